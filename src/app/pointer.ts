/** The mouse, where the setting turns it on: click chooses, a second click on the same row opens, the wheel moves. */
import type { Line } from '../components/line.ts';
import { width } from '../text/cells.ts';
import type { Hint } from './help.ts';

/** From the left upper corner, 0-based. */
export interface Point {
  readonly x: number;
  readonly y: number;
}

export type PointerEvent = { readonly kind: 'click'; readonly at: Point } | { readonly kind: 'wheel'; readonly by: 1 | -1 };

/** Buttons are told, moves are not; coordinates as decimal numbers. With Shift the terminal keeps the mouse for itself. */
export const MOUSE_ON = '\u001b[?1000h\u001b[?1006h';
export const MOUSE_OFF = '\u001b[?1006l\u001b[?1000l';

const REPORT = /\u001b\[<(\d+);(\d+);(\d+)([Mm])/g;
/** The beginning of a report whose rest comes with the next read. */
const UNFINISHED = /\u001b\[<[\d;]*$/;
const WHEEL_UP = 64;
const WHEEL_DOWN = 65;

/** Takes the mouse's reports out of what the terminal sends; what remains are keys. */
export function createPointerReader(tell: (event: PointerEvent) => void): (data: string) => string {
  let kept = '';
  return (data) => {
    const all = kept + data;
    kept = UNFINISHED.exec(all)?.[0] ?? '';
    return all.slice(0, all.length - kept.length).replace(REPORT, (_, button: string, x: string, y: string, end: string) => {
      if (Number(button) === WHEEL_UP) tell({ kind: 'wheel', by: -1 });
      else if (Number(button) === WHEEL_DOWN) tell({ kind: 'wheel', by: 1 });
      else if (Number(button) === 0 && end === 'M') tell({ kind: 'click', at: { x: Number(x) - 1, y: Number(y) - 1 } });
      return '';
    });
  };
}

/** `stdin` as Ink is to see it: without the mouse. */
export function withoutPointer<T extends NodeJS.ReadStream>(stdin: T, tell: (event: PointerEvent) => void): T {
  const keysOf = createPointerReader(tell);
  return new Proxy(stdin, {
    get(target, name) {
      if (name === 'read')
        return (size?: number): unknown => {
          const chunk: unknown = target.read(size);
          return chunk === null ? null : keysOf(String(chunk));
        };
      const value: unknown = Reflect.get(target, name, target);
      return typeof value === 'function' ? value.bind(target) : value;
    },
  });
}

const MARK = '▸';
/** So many characters of a row tell it from the others; what stands further right follows the selection. */
const TELLING = 28;

const textOf = (line: Line | undefined): string => (line ?? []).map(({ text }) => text).join('');
const told = (line: Line | undefined): string => textOf(line).replace(MARK, ' ').slice(0, TELLING);
const selectedAt = (lines: readonly Line[]): number => lines.findLastIndex((line) => textOf(line).trimStart().startsWith(MARK));

/** The key of the footer's hint at that place. */
export function hintAt(footer: Line, x: number, hints: readonly Hint[]): string | null {
  let from = 0;
  let found: string | null = null;
  for (const { text, tone } of footer) {
    if (from > x) break;
    if (tone === 'accent') found = hints.find(({ key }) => key === text)?.name ?? null;
    from += width(text);
  }
  return x < from ? found : null;
}

/** What pressing keys does to the screen: the lines after `key`. */
export type Press = (key: 'up' | 'down') => readonly Line[];

/**
 * Brings the selection to the row at `y` of what is shown, one step after the other as keys do; says whether it was
 * there already. Rows that cannot be selected are passed over; null where `y` is no row of a list.
 */
export function chooseRow(lines: readonly Line[], y: number, press: Press): 'moved' | 'there' | null {
  const at = selectedAt(lines);
  const wanted = told(lines[y]);
  if (at < 0 || wanted.trim() === '') return null;
  if (at === y) return 'there';
  const way = y > at ? 'down' : 'up';
  for (let step = 0; step < Math.abs(y - at); step++) {
    const after = press(way);
    if (told(after[selectedAt(after)]) === wanted) return 'moved';
  }
  return null;
}
