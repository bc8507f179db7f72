import { Terminal } from '@xterm/headless';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { looksOf } from '../../src/app/looks.ts';
import { createPainter } from '../../src/app/painter.ts';
import { sgrOf } from '../../src/app/sgr.ts';
import type { Size } from '../../src/app/state.ts';
import { fitLine, type Line, linkSpan, span } from '../../src/components/line.ts';
import type { Tone } from '../../src/components/theme.ts';
import { cleanLine } from '../../src/text/clean.ts';

const COLUMNS = 24;
const ROWS = 10;
const ESC = '\u001b';
const NO_MODES = { enter: '', leave: '' };

const emulator = () => new Terminal({ cols: COLUMNS, rows: ROWS, allowProposedApi: true, scrollback: 0 });
const write = (terminal: Terminal, data: string): Promise<void> => new Promise((resolve) => terminal.write(data, resolve));

/** A painter on a terminal that is only text, and what it is to show. */
function stage(size: Size = { columns: COLUMNS, rows: ROWS }, links = false) {
  let written = '';
  const now = { lines: [] as Line[], cursor: null as { x: number; y: number } | null };
  const stdout = {
    ...size,
    write: (data: string) => {
      written += data;
      return true;
    },
  };
  const frame = ({ rows }: Size) => ({ lines: Array.from({ length: rows }, (_, y) => now.lines[y] ?? []), cursor: now.cursor });
  const looks = { ...looksOf({}), links };
  // biome-ignore lint/suspicious/noExplicitAny: only these parts of a stream are used
  const painter = createPainter({ stdout: stdout as any, looks, own: NO_MODES, frame });
  /** Since asked last. */
  const take = (): string => {
    const out = written;
    written = '';
    return out;
  };
  return {
    painter,
    stdout,
    show(lines: Line[], cursor: { x: number; y: number } | null = null) {
      Object.assign(now, { lines, cursor });
      if (painter.isIn) painter.paint();
      else painter.enter();
      return take();
    },
    written: take,
  };
}

function screen(terminal: Terminal): string[] {
  const { active } = terminal.buffer;
  return Array.from({ length: ROWS }, (_, y) =>
    Array.from({ length: COLUMNS }, (_, x) => {
      const cell = active.getLine(y)?.getCell(x);
      const chars = cell?.getChars() || (cell?.getWidth() === 0 ? '' : ' ');
      return chars.trim() === '' ? chars : `${chars}${cell?.isBold() ? '*' : ''}${cell?.isDim() ? '~' : ''}${cell?.getFgColor()}`;
    }).join('|'),
  );
}

const words = fc
  .array(fc.constantFrom('a', 'Z', ' ', '9', 'あ', '株', '▅', '·', 'か\u3099', '…'), { maxLength: 14 })
  .map((parts) => parts.join(''));
const tone = fc.constantFrom<Tone>('plain', 'plain', 'strong', 'quiet', 'critical', 'accent', 'selected');
const line: fc.Arbitrary<Line> = fc
  .array(fc.tuple(words, tone), { maxLength: 4 })
  .map((parts) => parts.map(([text, own]) => span(cleanLine(text), own)));
/** Lists that move by a row, and anything else. */
const frames = fc.array(
  fc.oneof(
    fc.array(line, { maxLength: ROWS }),
    fc
      .nat(6)
      .map((shift) => Array.from({ length: ROWS }, (_, y): Line => [span(cleanLine(`row ${y + shift}`), y === 3 ? 'selected' : 'plain')])),
  ),
  { minLength: 1, maxLength: 8 },
);

describe('the painter', () => {
  it('shows after any frames what it shows when it draws the last one alone', async () => {
    await fc.assert(
      fc.asyncProperty(frames, async (all) => {
        const [stepwise, whole] = [emulator(), emulator()];
        const steps = stage();
        for (const lines of all) {
          await write(stepwise, steps.show(lines));
          const once = stage();
          whole.reset();
          await write(whole, once.show(lines));
          expect(screen(stepwise)).toEqual(screen(whole));
        }
        stepwise.dispose();
        whole.dispose();
      }),
      { numRuns: 150 },
    );
  });

  it('draws what the lines say', async () => {
    const terminal = emulator();
    const { show } = stage();
    await write(
      terminal,
      show([[span(cleanLine('株式'), 'critical'), span(cleanLine(' x'))], [], [span(cleanLine(`${'a'.repeat(COLUMNS - 1)}株b`))]]),
    );
    const rows = screen(terminal);
    expect(rows[0]).toMatch(/^株\*1\|\|式\*1\|\| \|x/);
    expect(rows[1]?.replaceAll('|', '').trim()).toBe('');
    // A wide character does not fit in the last cell, and what comes behind it does.
    expect(terminal.buffer.active.getLine(2)?.translateToString()).toBe(`${'a'.repeat(COLUMNS - 1)}b`);
    terminal.dispose();
  });

  it('writes nothing where nothing changed, and only what changed', () => {
    const { show } = stage();
    const many = (word: string): Line[] => Array.from({ length: ROWS }, (_, y) => [span(cleanLine(`row ${y} ${y === 4 ? word : 'same'}`))]);
    expect(show(many('one'))).toContain('row 9 same');
    expect(show(many('one'))).toBe('');
    expect(show(many('two'))).toBe(`${ESC}[5;7Htwo`);
  });

  it('shows the cursor where somebody types, and hides it again', async () => {
    const terminal = emulator();
    const { show } = stage();
    await write(terminal, show([[span(cleanLine('name: '))]], { x: 6, y: 0 }));
    expect([terminal.buffer.active.cursorX, terminal.buffer.active.cursorY]).toEqual([6, 0]);
    expect(show([[span(cleanLine('name: ab'))]], { x: 8, y: 0 })).toBe(`${ESC}[?25l${ESC}[1;7Hab${ESC}[1;9H${ESC}[?25h`);
    expect(show([[span(cleanLine('name: ab'))]])).toBe(`${ESC}[?25l`);
    terminal.dispose();
  });

  it('draws everything anew after a resize and when it is back, and nothing while it is away', () => {
    const { painter, show, written, stdout } = stage();
    show([[span(cleanLine('hello'))]]);
    stdout.columns = 12;
    painter.paint();
    expect(written()).toContain('hello');
    painter.forget();
    painter.paint();
    expect(written()).toContain('hello');
    painter.leave();
    painter.leave();
    expect(written()).toBe(`${ESC}[?2004l${ESC}[?25l${ESC}[?1049l${ESC}[?25h`);
    painter.paint();
    expect(written()).toBe('');
    painter.enter();
    expect(written()).toContain('hello');
  });
});

describe('a style', () => {
  it('is told in what the terminal knows', () => {
    expect(sgrOf({}, 4)).toBe('');
    expect(sgrOf({ color: 'red', bold: true }, 4)).toBe('1;31');
    expect(sgrOf({ color: 'cyanBright', dimColor: true, underline: true, inverse: true }, 4)).toBe('2;4;7;96');
    expect(sgrOf({ color: '#79c0ff' }, 24)).toBe('38;2;121;192;255');
    expect(sgrOf({ color: '#79c0ff' }, 8)).toBe('38;5;111');
    expect(sgrOf({ color: '#808080' }, 8)).toBe('38;5;244');
  });
});

describe('a link', () => {
  const page = 'https://app.hubspot.com/contacts/1/record/0-2/5';
  const start = `${ESC}]8;;${page}${ESC}\\`;
  const end = `${ESC}]8;;${ESC}\\`;
  const named = (url: string | null, text = 'Aoba') => [
    span(cleanLine('> ')),
    linkSpan(cleanLine(text), 'strong', url),
    span(cleanLine(' end')),
  ];

  it('begins and ends with its words, and keeps what stands beside it out', async () => {
    const { show } = stage(undefined, true);
    const out = show([named(page)]);
    expect(out).toContain(`${start}${ESC}[0;1mAoba${end}`);
    expect(out.lastIndexOf(end)).toBeGreaterThan(out.lastIndexOf(start));
    const terminal = emulator();
    await write(terminal, out);
    expect(terminal.buffer.active.getLine(0)?.translateToString(true)).toBe('> Aoba end');
    terminal.dispose();
  });

  it('is drawn anew when its page changes, and not when nothing does', () => {
    const { show } = stage(undefined, true);
    show([named(page)]);
    expect(show([named(page)])).toBe('');
    expect(show([named(`${page}6`)])).toContain(`${page}6`);
    expect(show([named(null)])).toContain('Aoba');
  });

  it('is plain text where links are not wanted, where the address is no safe one, and is kept when words are cut', () => {
    expect(stage().show([named(page)])).not.toContain(']8;');
    const { show } = stage(undefined, true);
    for (const bad of [
      'javascript:alert(1)',
      'http://plain.example/',
      `${page}${ESC}[2J`,
      `https://x.example/${'a'.repeat(3000)}`,
      'https://x.example/ y',
    ])
      expect(show([named(bad)])).not.toContain(']8;');
    expect(fitLine(named(page, 'a very long name of an account'), 12).some(({ link }) => link === page)).toBe(true);
  });
});
