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
const told = (line: Line | undefined): string => textOf(line).replaceAll(MARK, ' ').slice(0, TELLING);
const isSelected = (line: Line): boolean => textOf(line).trimStart().startsWith(MARK);

/** Which of several signs is the one that moves: a pane's is the last, a chart tells below it what its own is on. */
export type Sign = 'first' | 'last';
const selectedAt = (lines: readonly Line[], sign: Sign): number =>
  sign === 'first' ? lines.findIndex(isSelected) : lines.findLastIndex(isSelected);

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
export type Press = (key: 'up' | 'down' | 'left' | 'right' | 'tab') => readonly Line[];

/** The words of the tab that is shown, `▌words▐`. */
const shownTab = (line: Line | undefined): string | null => /▌(.+?)▐/.exec(textOf(line))?.[1] ?? null;
/** More views than any screen has. */
const TABS_MOST = 24;

/** Turns the views of a screen until the one that was clicked is shown; null where no views stand at that place. */
export function chooseTab(lines: readonly Line[], { x, y }: Point, press: Press): 'moved' | 'there' | null {
  const shown = shownTab(lines[y]);
  const wanted = wordsAt(lines[y], x);
  if (shown === null || wanted === null) return null;
  if (wanted === shown) return 'there';
  for (let step = 0; step < TABS_MOST; step++) {
    const after = shownTab(press('tab')[y]);
    if (after === wanted) return 'moved';
    if (after === shown) break;
  }
  return null;
}

/** The piece of the line at that place, without the marks of a tab. */
function wordsAt(line: Line | undefined, x: number): string | null {
  let from = 0;
  for (const { text } of line ?? []) {
    from += width(text);
    if (x < from) return text.trim() === '' ? null : text.trim().replace(/^▌|▐$/g, '');
  }
  return null;
}

/** The cells that the sign under the chosen column of a chart takes, and in which line. */
function pointerIn(lines: readonly Line[]): { readonly y: number; readonly from: number; readonly to: number } | null {
  for (const [y, line] of lines.entries()) {
    const found = /^([ └─]*)(▲+)[ ─┘]*$/.exec(textOf(line));
    if (found) return { y, from: found[1]?.length ?? 0, to: (found[1]?.length ?? 0) + (found[2]?.length ?? 0) };
  }
  return null;
}

/** Walks along a chart to the column that was clicked; null below the chart and where there is none. */
export function chooseColumn(lines: readonly Line[], { x, y }: Point, press: Press): 'moved' | 'there' | null {
  let here = pointerIn(lines);
  if (here === null || y > here.y || y < 2) return null;
  const away = ({ from, to }: { from: number; to: number }): number => (x < from ? from - x : Math.max(0, x - to + 1));
  if (away(here) === 0) return 'there';
  const way = x < here.from ? 'left' : 'right';
  let moved = false;
  for (;;) {
    const next = pointerIn(press(way));
    // A step too far is the way between two columns: the one that it was come to is the nearest.
    if (next === null || next.from === here.from) return moved ? 'moved' : null;
    moved = true;
    if (away(next) >= away(here) || away(next) === 0) return 'moved';
    here = next;
  }
}

/** In a row of shares, to the one that was clicked: its sign stands before it. */
export function chooseShare(lines: readonly Line[], { x, y }: Point, press: Press): void {
  let at = textOf(lines[y]).lastIndexOf(MARK);
  while (at > 0 && (x < at || x >= at + SHARE)) {
    const next = textOf(press(x < at ? 'left' : 'right')[y]).lastIndexOf(MARK);
    if (next <= 0 || next === at || (next > at && x < at)) return;
    at = next;
  }
}

/** Cells of one share. */
const SHARE = 6;

/**
 * Brings the selection to the row at `y` of what is shown, one step after the other as keys do; says whether it was
 * there already. Rows that cannot be selected are passed over; null where `y` is no row of a list.
 */
export function chooseRow(lines: readonly Line[], y: number, press: Press, sign: Sign = 'last'): 'moved' | 'there' | null {
  const at = selectedAt(lines, sign);
  const wanted = told(lines[y]);
  if (at < 0 || wanted.trim() === '') return null;
  if (at === y) return 'there';
  const way = y > at ? 'down' : 'up';
  for (let step = 0; step < Math.abs(y - at); step++) {
    const after = press(way);
    if (told(after[selectedAt(after, sign)]) === wanted) return 'moved';
  }
  return null;
}
