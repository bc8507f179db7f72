/** Bars in rows with their values beside them, and who has what, as SVG for a page. Labels are given as they are to be read. */
import { colourOf, roomFor, WIDTH, words } from './charts.ts';
import { element, type Markup } from './markup.ts';
import { at, CHART, svg } from './svg.ts';

export interface MeasureRow {
  readonly label: string;
  /** One for each head; null is unknown. */
  readonly values: readonly (number | null)[];
}

/** Bars side by side with their values: a column for each head, on one scale (`together`) or each on its own. */
export function measuresSvg(
  rows: readonly MeasureRow[],
  heads: readonly string[],
  label: string,
  say: (value: number, place: number) => string,
  scale: 'together' | 'apart',
  /** Of the columns; default: those of series. */
  colours: readonly string[] = [],
): Markup {
  const [tall, first] = [17, 20];
  const room = Math.min(190, Math.max(60, ...rows.map((row) => roomFor(row.label) + 12)));
  const wide = (WIDTH - room) / Math.max(1, heads.length);
  const figure = 52;
  const top = (place: number): number => Math.max(0, ...rows.map(({ values }) => values[place] ?? 0));
  const tops = heads.map((_, place) => (scale === 'apart' ? top(place) : Math.max(...heads.map((__, other) => top(other)))));
  const marks = rows.flatMap((row, line) => {
    const y = first + line * tall;
    return [
      words(0, y + 12, row.label),
      ...heads.flatMap((_, place) => {
        const value = row.values[place] ?? null;
        const x = room + place * wide;
        const most = tops[place] ?? 0;
        const size = value === null || most <= 0 ? 0 : (Math.max(0, value) / most) * (wide - figure - 8);
        const bar = { x: at(x), y: y + 3, width: at(size), height: tall - 6, fill: colours[place] ?? colourOf([], place) };
        return [...(size > 0 ? [element('rect', bar)] : []), words(x + size + 5, y + 12, value === null ? '–' : say(value, place))];
      }),
    ];
  });
  const names = heads.map((head, place) => words(room + place * wide, 11, head));
  return svg(WIDTH, first + rows.length * tall + 4, label, names, marks);
}

export interface ChangeRow {
  readonly label: string;
  readonly change: number;
}

/** What went up to the right of the middle, what went down to the left; each with its value. */
export function changesSvg(rows: readonly ChangeRow[], label: string, say: (value: number) => string): Markup {
  const tall = 17;
  const room = Math.min(210, Math.max(60, ...rows.map((row) => roomFor(row.label) + 12)));
  const figure = 64;
  const middle = room + (WIDTH - room) / 2;
  const half = (WIDTH - room) / 2 - figure;
  const most = Math.max(0, ...rows.map(({ change }) => Math.abs(change)));
  const marks = rows.flatMap(({ label: name, change }, line) => {
    const y = line * tall;
    const size = most > 0 ? (Math.abs(change) / most) * half : 0;
    const isLoss = change < 0;
    const bar = {
      x: at(isLoss ? middle - size : middle),
      y: y + 3,
      width: at(size),
      height: tall - 6,
      fill: isLoss ? CHART.down : CHART.up,
    };
    const said = isLoss ? words(middle - size - 5, y + 12, say(change), 'end') : words(middle + size + 5, y + 12, say(change));
    return [words(0, y + 12, name), ...(size > 0 ? [element('rect', bar)] : []), said];
  });
  const axis = element('path', { d: `M${at(middle)} 0V${rows.length * tall}`, stroke: CHART.faint, fill: 'none' });
  return svg(WIDTH, rows.length * tall + 4, label, axis, marks);
}

/** `has`: it is there; a number: the share of those alike that have it; null: nothing to say. */
export type GridCell = 'has' | number | null;

/** Who has what: a filled field for what is there, the share of those alike where it is not. */
export function gridSvg(
  rows: readonly { readonly label: string; readonly note: string; readonly cells: readonly GridCell[] }[],
  heads: readonly string[],
  label: string,
  say: { readonly has: string; readonly share: (value: number) => string },
): Markup {
  const [tall, first, figures] = [18, 22, 74];
  const room = Math.min(180, Math.max(80, ...rows.map((row) => roomFor(row.label) + 10)));
  const wide = Math.min(96, (WIDTH - room - figures) / Math.max(1, heads.length));
  const x = (place: number): number => room + figures + place * wide;
  const marks = rows.flatMap((row, line) => {
    const y = first + line * tall;
    return [
      words(0, y + 12.5, row.label),
      words(room + figures - 10, y + 12.5, row.note, 'end'),
      ...row.cells.flatMap((cell, place) => {
        if (cell === null) return [words(x(place) + wide / 2, y + 12.5, '·', 'middle')];
        const isThere = cell === 'has';
        const look = isThere ? { fill: CHART.neutral } : { fill: '#e0a458', 'fill-opacity': at(0.25 + 0.75 * Math.min(1, cell)) };
        const ink = { x: at(x(place) + wide / 2), y: at(y + 12.5), 'text-anchor': 'middle', style: isThere ? 'fill:#fff' : null };
        return [
          element('rect', { x: at(x(place)), y: y + 1, width: at(wide - 2), height: tall - 2, ...look }),
          element('text', ink, isThere ? say.has : say.share(cell)),
        ];
      }),
    ];
  });
  const names = heads.map((head, place) => words(x(place) + wide / 2, 13, head, 'middle'));
  return svg(WIDTH, first + rows.length * tall + 4, label, names, marks);
}
