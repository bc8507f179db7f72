/** The recording in the READMEs: made of cells alone, small, and harmless whatever a name holds. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { pictureOf } from '../../scripts/picture-svg.ts';
import type { TerminalCell } from '../terminal/terminal.ts';

const plain = { width: 1, foreground: null, background: null, bold: false, dim: false, inverse: false } as const;
const cellsOf = (text: string): TerminalCell[] => Array.from(text, (chars) => ({ ...plain, chars }));

it('escapes what a name holds', () => {
  const svg = pictureOf([{ cells: [cellsOf('<script>alert("a&b")</script>\u0007')], seconds: 1 }], '"><script>');
  expect(svg).not.toContain('<script');
  expect(svg).not.toContain('\u0007');
  expect(svg).toContain('&#60;script&#62;alert(&#34;a&#38;b&#34;)&#60;/script&#62;\ufffd');
});

it('holds each run to its cells, wide characters apart', () => {
  const wide: TerminalCell[] = [
    { ...plain, chars: '北', width: 2 },
    { ...plain, chars: '', width: 0 },
    { ...plain, chars: '斗', width: 2 },
    { ...plain, chars: '', width: 0 },
  ];
  const svg = pictureOf([{ cells: [[...wide, ...cellsOf(' ab'), ...cellsOf('█▁')]], seconds: 1 }], 'x');
  expect(svg).toContain('<text x="0" y="13" textLength="32" font-size="15">北斗</text>');
  expect(svg).toContain('<text x="40" y="13" textLength="16">ab</text>');
  expect(svg).toContain('d="M56 0h8v17h-8zM64 15h8v2h-8z"');
});

it('draws a row that stands on two screens once', () => {
  const row = cellsOf('the same');
  const svg = pictureOf(
    [1, 2].map((seconds) => ({ cells: [row], seconds })),
    'x',
  );
  expect(svg.split('>the same<')).toHaveLength(2);
});

it.each(['kizashi.svg', 'kizashi.ja.svg'])('%s is small, and asks for nothing from elsewhere', (file) => {
  const svg = readFileSync(join(import.meta.dirname, '../../docs/media', file), 'utf8');
  expect(Buffer.byteLength(svg)).toBeLessThan(150 * 1024);
  expect(svg).not.toMatch(/<script|@font-face|url\(|href="(?!#)|<image|<foreignObject|\son\w+=/);
});
