import { Terminal } from '@xterm/headless';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createCellOutput } from '../../src/app/cell-output.ts';
import { width } from '../../src/text/cells.ts';
import type { Clean } from '../../src/text/clean.ts';

const COLUMNS = 24;
const ROWS = 10;
const ESC = '\u001b';

const emulator = () => new Terminal({ cols: COLUMNS, rows: ROWS, allowProposedApi: true, convertEol: true, scrollback: 0 });
const write = (terminal: Terminal, data: string): Promise<void> => new Promise((resolve) => terminal.write(data, resolve));

function screen(terminal: Terminal): string[] {
  const { active } = terminal.buffer;
  return Array.from({ length: ROWS }, (_, y) =>
    Array.from({ length: COLUMNS }, (_, x) => {
      const cell = active.getLine(y)?.getCell(x);
      const chars = cell?.getChars() || (cell?.getWidth() === 0 ? '' : ' ');
      return chars.trim() === '' ? chars : `${chars}${cell?.isBold() ? '*' : ''}${cell?.getFgColor()}`;
    }).join('|'),
  );
}

/** What Ink writes in a frame: places, erasing, styles, text that stays on its line, lists that move by a row. */
const text = fc
  .array(fc.constantFrom('a', 'Z', ' ', '9', 'あ', '株', '▅', '·'), { minLength: 1, maxLength: 12 })
  .map((parts) => parts.join(''));
const piece = fc.oneof(
  fc.tuple(fc.nat(ROWS - 1), fc.nat(COLUMNS - 1), text).map(([y, x, words]) => {
    const room = COLUMNS - x;
    let fits = '';
    for (const one of words) if (width((fits + one) as Clean) <= room) fits += one;
    return `${ESC}[${y + 1};${x + 1}H${fits}`;
  }),
  fc.tuple(fc.nat(ROWS - 1), fc.nat(COLUMNS - 1)).map(([y, x]) => `${ESC}[${y + 1};${x + 1}H${ESC}[K`),
  fc.constantFrom(`${ESC}[1m`, `${ESC}[22m`, `${ESC}[31m`, `${ESC}[36m`, `${ESC}[39m`),
  fc.nat(6).map((shift) => Array.from({ length: ROWS }, (_, y) => `${ESC}[${y + 1};1H${ESC}[Krow ${y + shift}`).join('')),
);
const frame = fc.array(piece, { minLength: 1, maxLength: 8 }).map((pieces) => `${ESC}[?2026h${pieces.join('')}${ESC}[?2026l`);

describe('the cell output', () => {
  it('shows what would have been shown without it', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(frame, { minLength: 1, maxLength: 8 }), async (frames) => {
        const [plain, ours] = [emulator(), emulator()];
        const cells = createCellOutput(() => ({ columns: COLUMNS, rows: ROWS }));
        const start = `${ESC}[?1049h${ESC}[?25l`;
        await write(plain, start);
        await write(ours, cells.take(start));
        for (const data of frames) {
          await write(plain, data);
          await write(ours, cells.take(data));
          expect(screen(ours)).toEqual(screen(plain));
        }
        plain.dispose();
        ours.dispose();
      }),
      { numRuns: 150 },
    );
  });

  it('writes nothing for a frame that changes nothing', () => {
    const cells = createCellOutput(() => ({ columns: COLUMNS, rows: ROWS }));
    const data = `${ESC}[?2026h${ESC}[1;1Hhello あ${ESC}[K${ESC}[?2026l`;
    cells.take(`${ESC}[?1049h`);
    expect(cells.take(data)).toContain('hello あ');
    expect(cells.take(data)).toBe('');
  });

  it('draws everything anew after a sequence that it does not know, and after a resize', () => {
    let size = { columns: COLUMNS, rows: ROWS };
    const cells = createCellOutput(() => size);
    cells.take(`${ESC}[?1049h${ESC}[1;1Hhello`);
    expect(cells.take(`${ESC}]0;title\u0007`)).toContain(`${ESC}]0;title\u0007`);
    expect(cells.take(`${ESC}[2;1Hx`)).toContain('hello');
    size = { columns: 12, rows: 4 };
    expect(cells.take(`${ESC}[2;1Hy`)).toContain('hello');
  });

  it('lets everything pass off the alternate screen', () => {
    const cells = createCellOutput(() => ({ columns: COLUMNS, rows: ROWS }));
    expect(cells.take(`plain ${ESC}[31mtext\n`)).toBe(`plain ${ESC}[31mtext\n`);
    cells.take(`${ESC}[?1049h${ESC}[1;1Hhello`);
    expect(cells.take(`${ESC}[?1049l${ESC}[?25h`)).toContain(`${ESC}[?1049l${ESC}[?25h`);
    expect(cells.take('bye\n')).toBe('bye\n');
  });
});
