/** Matrices of the book to walk in, as lines; and where an arrow leads. Pure. */
import { type BookRow, type BookSnapshot, shown, shownProducts } from '../../book/row.ts';
import { type BubbleCell, bubbleCellAt, bubbleLines } from '../../components/bubble.ts';
import { glyphs } from '../../components/glyphs.ts';
import { cutLine, emptyLine, fitLine, gap, type Line, lineWidth, rule, span, spread } from '../../components/line.ts';
import { say } from '../../components/say.ts';
import type { Tone } from '../../components/theme.ts';
import { width as cellWidth, fit } from '../../text/cells.ts';
import { type Clean, cleanLine, join, literal } from '../../text/clean.ts';
import { formatMoney } from '../../text/format.ts';
import type { Lang } from '../../text/messages/index.ts';
import { bandTone } from '../figures.ts';
import { viewTabs } from '../tabs.ts';
import { type GridView, MATRIX_VIEWS, type Matrix, type MatrixCell, type MatrixView, matrixOf, mrrOf, placeIn } from './grid.ts';
import { cellAt, cellBeside, dayShare, type Plane, planeCells, planeOf, TICKS, UNPLACED } from './plane.ts';

export interface MatrixInput {
  readonly snapshot: BookSnapshot | null;
  readonly view: MatrixView;
  /** A cell, an account, or `UNPLACED`; null: where one begins. */
  readonly at: string | null;
  readonly width: number;
  readonly height: number;
  readonly lang: Lang;
}

/** What stands under the cursor. */
export interface MatrixSlice {
  readonly name: Clean;
  readonly accounts: readonly BookRow[];
}

const SEPARATOR = literal(' · ');

const moneyOf = (amount: number, snapshot: BookSnapshot, lang: Lang): Clean => cleanLine(formatMoney(amount, snapshot.currency, lang));

const rowWords = (view: GridView, row: string, lang: Lang): Clean => {
  if (view === 'risk') return say(lang, `charts.impact.${row as 'high' | 'low' | 'unknown'}`);
  return row === 'high' || row === 'low' || row === 'tech'
    ? say(lang, `app.tierLong.${row}`)
    : say(lang, `charts.mrr.${row as 'zero' | 'unknown'}`);
};

function columnWords(view: GridView, column: string, lang: Lang): Clean {
  if (view === 'risk') return say(lang, `book.band.${column as 'low' | 'watch' | 'high' | 'critical' | 'unknown'}`);
  if (column === 'unknown') return say(lang, 'charts.unknown');
  if (view === 'age') return say(lang, `charts.age.${column as 'm6' | 'm12' | 'm24' | 'm36' | 'more'}`);
  return say(lang, column === '5' ? 'charts.products.more' : 'charts.products', { n: Number(column) });
}

function quadrantWords(view: GridView, { row, column }: MatrixCell, lang: Lang): Clean | null {
  if (view !== 'risk' || row === 'unknown' || column === 'unknown') return null;
  const isRisky = column === 'high' || column === 'critical';
  const name = row === 'high' ? (isRisky ? 'act' : 'keep') : isRisky ? 'automate' : 'tech';
  return say(lang, `charts.quadrant.${name}`);
}

const BETWEEN: Readonly<Record<Lang, Clean>> = { en: literal(' × '), ja: literal(' × ') };

export function sliceOf(input: Pick<MatrixInput, 'snapshot' | 'view' | 'at' | 'lang' | 'width' | 'height'>): MatrixSlice | null {
  const { snapshot, view, at, lang } = input;
  if (!snapshot || snapshot.rows.length === 0) return null;
  if (view === 'bubble') {
    const plane = planeOf(snapshot);
    const cell = bubbleAt(input, plane);
    if (cell === null) return { name: say(lang, 'charts.bubble.unknown', { n: plane.unknown.length }), accounts: plane.unknown };
    const byId = new Set(cell.bubbles.map(({ id }) => id));
    return { name: say(lang, 'charts.view.bubble'), accounts: snapshot.rows.filter(({ id }) => byId.has(id)) };
  }
  const matrix = matrixOf(snapshot, view);
  const { row, column } = placeIn(matrix, at);
  const cell = matrix.cell(matrix.rows[row] ?? '', matrix.columns[column] ?? '');
  return { name: join([rowWords(view, cell.row, lang), columnWords(view, cell.column, lang)], BETWEEN[lang]), accounts: cell.accounts };
}

/** Null: the accounts without a place. */
function bubbleAt(input: Pick<MatrixInput, 'at' | 'width' | 'height' | 'snapshot' | 'lang'>, plane: Plane): BubbleCell | null {
  if (input.at === UNPLACED) return null;
  const { width, height } = plotSize(input, plane);
  return cellAt(planeCells(plane, width, height), input.at);
}

/** Where an arrow leads: the new `at`. */
export function matrixStep(input: MatrixInput, dx: number, dy: number): string | null {
  const { snapshot, view, at } = input;
  if (!snapshot) return at;
  if (view !== 'bubble') {
    const matrix = matrixOf(snapshot, view);
    const { row, column } = placeIn(matrix, at);
    const clamp = (value: number, count: number): number => Math.max(0, Math.min(count - 1, value));
    return `${matrix.rows[clamp(row + dy, matrix.rows.length)]}:${matrix.columns[clamp(column + dx, matrix.columns.length)]}`;
  }
  const plane = planeOf(snapshot);
  const { width, height } = plotSize(input, plane);
  const cells = planeCells(plane, width, height);
  if (at === UNPLACED) return dx < 0 || dy < 0 ? (cellAt(cells, null)?.bubbles[0]?.id ?? UNPLACED) : UNPLACED;
  const here = cellAt(cells, at);
  const next = here && cellBeside(cells, here, Math.sign(dx), Math.sign(dy));
  if (next) return next.bubbles[0]?.id ?? at;
  // Beyond the last account to the right, and below the lowest, stand those without a place.
  return (dx > 0 || dy > 0) && plane.unknown.length > 0 ? UNPLACED : (here?.bubbles[0]?.id ?? at);
}

/** Title, and the two lines of what stands under the cursor with a rule above them. */
const CHROME = 4;
/** Legend, names of the quadrants above and below the plot, axis. */
const AROUND_PLOT = 5;

function plotSize({ snapshot, width, height, lang }: Pick<MatrixInput, 'snapshot' | 'width' | 'height' | 'lang'>, plane: Plane) {
  const labels = snapshot ? amountLabels(plane, snapshot, lang) : [];
  const label = Math.max(0, ...labels.map(cellWidth));
  return { width: Math.max(2, width - label - 4), height: Math.max(2, height - CHROME - AROUND_PLOT) };
}

const amountLabels = ({ amounts: { most, large, least } }: Plane, snapshot: BookSnapshot, lang: Lang): [Clean, Clean, Clean] => [
  moneyOf(most, snapshot, lang),
  moneyOf(large, snapshot, lang),
  moneyOf(least, snapshot, lang),
];

/** `height` lines at most, none wider than `width`. */
export function matrixLines(input: MatrixInput): Line[] {
  const { snapshot, view, width, lang } = input;
  const tabs = viewTabs(
    MATRIX_VIEWS.map((one) => say(lang, `charts.view.${one}`)),
    MATRIX_VIEWS.indexOf(view),
    width - 12,
  );
  const count = snapshot?.rows.length ?? 0;
  const title = spread([gap(1), ...tabs], [span(say(lang, 'app.book.all', { n: count }), 'quiet'), gap(1)], width);
  if (!snapshot || count === 0) return [title, emptyLine, [gap(2), span(say(lang, 'charts.empty.book'), 'quiet')]];
  const body = view === 'bubble' ? planeBody(input, snapshot) : gridBody(input, snapshot, view);
  const free = Math.max(0, input.height - CHROME);
  const filled = Array.from({ length: free }, (_, index) => body[index] ?? emptyLine);
  return [title, ...filled.slice(0, free), ...detailLines(input, snapshot)].map((line) => cutLine(line, width));
}

/** What is drawn at that place: a cell, an account, or those without a place; `here`: the cursor is on it. */
export function matrixAt(
  input: MatrixInput,
  { x, y }: { readonly x: number; readonly y: number },
): { readonly at: string; readonly here: boolean } | null {
  const { snapshot, view, at, lang } = input;
  if (!snapshot || snapshot.rows.length === 0 || y >= input.height - CHROME + 1) return null;
  if (view !== 'bubble') {
    const matrix = matrixOf(snapshot, view);
    const { labelWidth, cellCells, cellRows } = gridSize(input, matrix, view);
    // Title and heads are above; a row of the grid begins with its rule.
    const row = Math.floor((y - 2) / (cellRows + 1));
    const column = Math.floor((x - labelWidth - 2) / (cellCells + 1));
    if (y < 2 || x < labelWidth + 2 || row >= matrix.rows.length || column >= matrix.columns.length) return null;
    const here = placeIn(matrix, at);
    return { at: `${matrix.rows[row]}:${matrix.columns[column]}`, here: here.row === row && here.column === column };
  }
  const plane = planeOf(snapshot);
  if (y === 1) {
    const isUnknown = plane.unknown.length > 0 && x >= input.width - lineWidth(unplacedWords(plane, at, lang));
    return isUnknown ? { at: UNPLACED, here: at === UNPLACED } : null;
  }
  const { width, height } = plotSize(input, plane);
  const cells = planeCells(plane, width, height);
  const cell = bubbleCellAt({ cells, amounts: amountLabels(plane, snapshot, lang) }, { x, y: y - 2 });
  const [first] = cell?.bubbles ?? [];
  return first ? { at: first.id, here: at !== UNPLACED && cellAt(cells, at) === cell } : null;
}

function detailLines(input: MatrixInput, snapshot: BookSnapshot): Line[] {
  const { lang, width, view } = input;
  const slice = sliceOf(input);
  const accounts = slice?.accounts ?? [];
  const only = accounts.length === 1 ? accounts[0] : undefined;
  const { sum, unknown } = mrrOf(accounts, snapshot.currency);
  const facts: Clean[] = [
    say(lang, 'charts.accounts', { n: accounts.length }),
    ...(accounts.length > unknown ? [literal(`MRR ${moneyOf(sum, snapshot, lang)}`)] : []),
    ...(unknown > 0 && accounts.length > 0 ? [say(lang, 'charts.mrr.unknownOf', { n: unknown })] : []),
    ...(only && view === 'bubble' ? bubbleFacts(only, snapshot, lang) : []),
  ];
  const name = only && view === 'bubble' ? cleanLine(only.name) : (slice?.name ?? literal(''));
  const names =
    accounts.length === 0 || (only && view === 'bubble')
      ? literal('')
      : join(
          accounts.slice(0, 12).map((row) => cleanLine(row.name)),
          SEPARATOR,
        );
  return [
    rule(width),
    cutLine([span(literal(` ${glyphs.here} `), 'selected'), span(name, 'selected'), gap(2), span(join(facts, SEPARATOR))], width),
    cutLine([gap(3), span(names, 'quiet')], width),
  ];
}

function bubbleFacts(row: BookRow, snapshot: BookSnapshot, lang: Lang): Clean[] {
  const plan = shown(row, 'plan');
  const unknown = say(lang, 'charts.unknown');
  return [
    say(lang, 'charts.bubble.value', { value: row.contractValue === null ? unknown : moneyOf(row.contractValue, snapshot, lang) }),
    row.daysSinceLastUse === null ? say(lang, 'charts.bubble.noUse') : say(lang, 'charts.bubble.days', { n: row.daysSinceLastUse }),
    row.products.length === 0
      ? unknown
      : join(
          shownProducts(row).map((one) => cleanLine(one)),
          literal(' '),
        ),
    plan === null ? unknown : cleanLine(plan),
  ];
}

function unplacedWords(plane: Plane, at: string | null, lang: Lang): Line {
  const isHere = at === UNPLACED;
  return [
    span(literal(isHere ? `${glyphs.here} ` : '  '), 'selected'),
    span(say(lang, 'charts.bubble.unknown', { n: plane.unknown.length }), isHere ? 'selected' : 'quiet'),
    gap(1),
  ];
}

function planeBody(input: MatrixInput, snapshot: BookSnapshot): Line[] {
  const { lang } = input;
  const plane = planeOf(snapshot);
  const { width, height } = plotSize(input, plane);
  const cells = planeCells(plane, width, height);
  const legend: Line = [
    gap(1),
    span(say(lang, 'charts.bubble.size'), 'quiet'),
    gap(1),
    ...glyphs.bubbles.flatMap((glyph, index) => [span(literal(`${glyph}${index + 1}${index === glyphs.bubbles.length - 1 ? '+' : ''} `))]),
    gap(1),
    span(say(lang, 'charts.bubble.colour'), 'quiet'),
    ...plane.plans.flatMap(({ mark, name, tone, count }) => [
      gap(1),
      span(literal(`${mark} `), tone === 'quiet' ? 'quiet' : tone),
      span(literal(`${name ?? say(lang, 'charts.unknown')} ${count}`), 'plain'),
    ]),
  ];
  const unknown = unplacedWords(plane, input.at, lang);
  const lines = bubbleLines({
    cells,
    width,
    height,
    divide: plane.divide,
    names: [
      say(lang, 'charts.bubble.healthy'),
      say(lang, 'charts.bubble.act'),
      say(lang, 'charts.bubble.small'),
      say(lang, 'charts.bubble.drifting'),
    ],
    selected: bubbleAt(input, plane),
    amounts: amountLabels(plane, snapshot, lang),
    ticks: TICKS.map((days) => ({
      x: dayShare(days),
      label: days === TICKS.at(-1) ? say(lang, 'charts.bubble.tickLast', { n: days }) : literal(String(days)),
    })),
  });
  return [spread(legend, unknown, input.width), ...lines];
}

/** Cells of the labels at the left, and of a cell of the grid in each direction, without its rules. */
function gridSize({ width, height, lang }: MatrixInput, matrix: Matrix, view: GridView) {
  const labels = matrix.rows.map((row) => rowWords(view, row, lang));
  const labelWidth = Math.min(16, Math.max(6, ...labels.map(cellWidth)));
  const cellCells = Math.max(4, Math.floor((width - labelWidth - 2) / matrix.columns.length) - 1);
  const free = height - CHROME - 1;
  return { labels, labelWidth, cellCells, cellRows: Math.max(1, Math.floor(free / matrix.rows.length) - 1) };
}

function gridBody(input: MatrixInput, snapshot: BookSnapshot, view: GridView): Line[] {
  const { at, lang } = input;
  const matrix = matrixOf(snapshot, view);
  const here = placeIn(matrix, at);
  const { labels, labelWidth, cellCells, cellRows } = gridSize(input, matrix, view);
  const head: Line = [
    gap(labelWidth + 2),
    ...matrix.columns.flatMap((column, index) => [
      gap(1),
      span(fit(columnWords(view, column, lang), cellCells), index === here.column ? 'strong' : 'quiet'),
    ]),
  ];
  const lines: Line[] = [head];
  for (const [y, row] of matrix.rows.entries()) {
    lines.push(gridRule(labelWidth, cellCells, matrix));
    const drawn = matrix.columns.map((column, x) =>
      cellLines(matrix.cell(row, column), {
        snapshot,
        view,
        lang,
        selected: y === here.row && x === here.column,
        width: cellCells,
        rows: cellRows,
      }),
    );
    for (let line = 0; line < cellRows; line++)
      lines.push([
        gap(1),
        span(fit(line === 0 ? (labels[y] ?? literal('')) : literal(''), labelWidth), y === here.row ? 'strong' : 'quiet'),
        gap(1),
        ...drawn.flatMap((cell) => [span(literal(glyphs.vertical), 'quiet'), ...fitLine(cell[line] ?? emptyLine, cellCells)]),
      ]);
  }
  return lines;
}

const gridRule = (labelWidth: number, cellCells: number, matrix: Matrix): Line => [
  gap(labelWidth + 2),
  span(literal(`${glyphs.cross}${glyphs.horizontal.repeat(cellCells)}`.repeat(matrix.columns.length)), 'quiet'),
];

interface CellLook {
  readonly snapshot: BookSnapshot;
  readonly view: GridView;
  readonly lang: Lang;
  readonly selected: boolean;
  readonly width: number;
  readonly rows: number;
}

/** Number and MRR, then the name of the quadrant, then whom it is about: as much as there is room for. */
function cellLines(cell: MatrixCell, { snapshot, view, lang, selected, width, rows }: CellLook): Line[] {
  const { accounts } = cell;
  const marker = span(literal(selected ? glyphs.here : ' '), 'selected');
  const quadrant = quadrantWords(view, cell, lang);
  if (accounts.length === 0)
    return [
      [marker, span(literal(glyphs.lack), selected ? 'selected' : 'quiet')],
      ...(quadrant ? [[gap(1), span(quadrant, 'quiet')]] : []),
    ].slice(0, rows);
  const tone: Tone = selected ? 'selected' : view === 'risk' && cell.column !== 'unknown' ? bandTone(cell.column as 'high') : 'strong';
  const { sum, unknown } = mrrOf(accounts, snapshot.currency);
  const amount = unknown === accounts.length ? literal('–') : moneyOf(sum, snapshot, lang);
  const lines: Line[] = [fitLine([marker, span(literal(String(accounts.length)), tone), gap(1), span(amount)], width)];
  if (quadrant) lines.push([gap(1), span(quadrant, 'quiet')]);
  for (const row of accounts.slice(0, Math.max(0, rows - lines.length)))
    lines.push([gap(1), span(cleanLine(row.name), selected ? 'plain' : 'quiet')]);
  return lines.slice(0, rows);
}
