/** Screens of a terminal as one SVG that shows them one after the other: no script, no font of its own, text escaped. */
import type { TerminalCell } from '../test/terminal/terminal.ts';

export interface Shot {
  readonly cells: readonly (readonly TerminalCell[])[];
  /** How long it is shown, in seconds. */
  readonly seconds: number;
}

const CELL = { width: 8, height: 17, baseline: 13 } as const;
const MARGIN = 12;
const BAR = 26;
const GROUND = '#16181d';
const TEXT = '#d4d7dd';
/** The sixteen colours of a dark terminal. */
const COLOURS =
  '#30343c #f2777a #7fc08a #e6b455 #6ea8f0 #c792e0 #5cc0c4 #d4d7dd #7d838f #ff8e8f #9ad8a4 #ffcf78 #8fbfff #dcb0f2 #7fdadd #ffffff'.split(
    ' ',
  );

const DIM = 0.62;

const escaped = (text: string): string =>
  text.replace(/[&<>"']/g, (char) => `&#${char.codePointAt(0)};`).replace(/[\u0000-\u001f\u007f-\u009f]/g, '\ufffd');

interface Look {
  readonly ink: string;
  readonly ground: string | null;
  readonly bold: boolean;
  readonly dim: boolean;
}

function lookOf(cell: TerminalCell): Look {
  const ink = (cell.foreground === null ? null : COLOURS[cell.foreground]) ?? TEXT;
  const ground = (cell.background === null ? null : COLOURS[cell.background]) ?? null;
  const { bold, dim } = cell;
  return cell.inverse ? { ink: ground ?? GROUND, ground: ink, bold, dim } : { ink, ground, bold, dim };
}

const sameLook = (a: Look, b: Look): boolean => a.ink === b.ink && a.bold === b.bold && a.dim === b.dim;

/** Lower eighths, and the box lines that fonts seldom join: drawn as rectangles, in pixels of the cell. */
function shapeOf(char: string): readonly [x: number, y: number, width: number, height: number] | null {
  const { width, height } = CELL;
  const code = char.codePointAt(0) ?? 0;
  if (code >= 0x2581 && code <= 0x2588) {
    const tall = Math.round((height * (code - 0x2580)) / 8);
    return [0, height - tall, width, tall];
  }
  if (code > 0x2588 && code <= 0x258f) return [0, 0, Math.round((width * (0x2590 - code)) / 8), height];
  if (char === '─') return [0, 8, width, 1];
  if (char === '│') return [4, 0, 1, height];
  return null;
}

const SHADES: Readonly<Record<string, number>> = { '░': 0.25, '▒': 0.5, '▓': 0.75 };

/** One row at the top edge: grounds and shapes by colour, then runs of text, each held to its cells. */
function drawing(row: readonly TerminalCell[]): string {
  const shapes = new Map<string, string[]>();
  const texts: string[] = [];
  const shape = (key: string, x: number, y: number, width: number, height: number): void => {
    const list = shapes.get(key) ?? [];
    list.push(`M${x} ${y}h${width}v${height}h${-width}z`);
    shapes.set(key, list);
  };
  let run: { readonly x: number; readonly look: Look; text: string; cells: number } | null = null;
  const end = (): void => {
    if (run === null) return;
    const { x, look, text, cells } = run;
    const weight = look.bold ? ' font-weight="700"' : '';
    const opacity = look.dim ? ` opacity="${DIM}"` : '';
    const ink = look.ink === TEXT ? '' : ` fill="${look.ink}"`;
    const size = cells > [...text].length ? ' font-size="15"' : '';
    const at = `x="${x * CELL.width}" y="${CELL.baseline}" textLength="${cells * CELL.width}"`;
    texts.push(`<text ${at}${size}${ink}${weight}${opacity}>${escaped(text)}</text>`);
    run = null;
  };
  /** Blanks behind a run that may go on. */
  let blanks = 0;
  for (const [x, cell] of row.entries()) {
    if (cell.width === 0) continue;
    const look = lookOf(cell);
    const left = x * CELL.width;
    if (look.ground !== null) shape(`${look.ground} 1`, left, 0, cell.width * CELL.width, CELL.height);
    if (cell.chars.trim() === '') {
      blanks += 1;
      continue;
    }
    const box = shapeOf(cell.chars);
    const shade = SHADES[cell.chars];
    if (box !== null || shade !== undefined) {
      end();
      const [dx, dy, width, height] = box ?? [0, 0, CELL.width, CELL.height];
      shape(`${look.ink} ${(shade ?? 1) * (look.dim ? DIM : 1)}`, left + dx, dy, width, height);
      continue;
    }
    // A wide character and a narrow one are stretched in different ways: no run has both.
    if (run !== null && (blanks > 1 || !sameLook(run.look, look) || run.cells / [...run.text].length !== cell.width)) end();
    if (run !== null && blanks === 1 && cell.width === 1) {
      run.text += ' ';
      run.cells += 1;
    } else if (blanks > 0) end();
    blanks = 0;
    run ??= { x, look, text: '', cells: 0 };
    run.text += cell.chars;
    run.cells += cell.width;
  }
  end();
  const paths = [...shapes].map(([key, list]) => {
    const [ink, opacity] = key.split(' ');
    return `<path fill="${ink}"${opacity === '1' ? '' : ` opacity="${opacity}"`} d="${joined(list)}"/>`;
  });
  return [...paths, ...texts].join('');
}

/** Rectangles side by side on one row become one. */
function joined(list: readonly string[]): string {
  const merged: { x: number; y: number; width: number; height: number }[] = [];
  for (const one of list) {
    const [x = 0, y = 0, width = 0, height = 0] = one.match(/-?\d+/g)?.map(Number) ?? [];
    const last = merged.at(-1);
    if (last && last.y === y && last.height === height && last.x + last.width === x) last.width += width;
    else merged.push({ x, y, width, height });
  }
  return merged.map(({ x, y, width, height }) => `M${x} ${y}h${width}v${height}h${-width}z`).join('');
}

/** `title`: for who cannot see it. */
export function pictureOf(shots: readonly Shot[], title: string): string {
  const [first] = shots;
  if (!first) throw new Error('nothing to show');
  const width = (first.cells[0]?.length ?? 0) * CELL.width + 2 * MARGIN;
  const height = first.cells.length * CELL.height + BAR + MARGIN;
  const total = shots.reduce((sum, { seconds }) => sum + seconds, 0);
  let from = 0;
  /** Rows that were drawn: many stand on several screens. */
  const known = new Map<string, number>();
  const styles: string[] = [];
  const groups = shots.map(({ cells, seconds }, index) => {
    const percent = (at: number): string => `${((at / total) * 100).toFixed(2).replace(/\.?0+$/, '')}%`;
    const [begin, end] = [percent(from), percent(from + seconds)];
    from += seconds;
    const before = index === 0 ? '' : '0%{visibility:hidden}';
    styles.push(`@keyframes s${index}{${before}${begin}{visibility:visible}${end}{visibility:hidden}100%{visibility:hidden}}`);
    styles.push(`.s${index}{animation:s${index} ${total}s step-end infinite${index === 0 ? '' : ';visibility:hidden'}}`);
    const rows = cells.map((row, y) => {
      const drawn = drawing(row);
      if (drawn === '') return '';
      const id = known.get(drawn) ?? known.size;
      known.set(drawn, id);
      return `<use href="#r${id}" y="${y * CELL.height}"/>`;
    });
    return `<g class="s${index}">${rows.join('')}</g>`;
  });
  const rows = [...known].map(([drawn, id]) => `<g id="r${id}">${drawn}</g>`);
  const dots = ['#f2777a', '#e6b455', '#7fc08a'].map((ink, at) => `<circle cx="${MARGIN + 6 + at * 16}" cy="13" r="5" fill="${ink}"/>`);
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img">`,
    `<title>${escaped(title)}</title>`,
    '<style>text{white-space:pre;font-family:ui-monospace,SFMono-Regular,Menlo,Consolas,"DejaVu Sans Mono","Noto Sans Mono CJK JP",monospace}',
    styles.join(''),
    '@media(prefers-reduced-motion:reduce){g g{animation:none!important}}</style>',
    `<defs>${rows.join('')}</defs>`,
    `<rect width="${width}" height="${height}" rx="8" fill="${GROUND}"/>`,
    ...dots,
    `<g transform="translate(${MARGIN} ${BAR})" fill="${TEXT}" font-size="13">`,
    ...groups,
    '</g></svg>',
    '',
  ].join('\n');
}
