/** The bubble chart: contract value against the days since the last use, of the accounts of which both are known. */
import { type BookRow, type BookSnapshot, shown } from '../../book/row.ts';
import { type Bubble, type BubbleCell, bubbleCells } from '../../components/bubble.ts';
import type { Tone } from '../../components/theme.ts';
import { characters } from '../../text/cells.ts';
import { type Clean, cleanLine, literal } from '../../text/clean.ts';

/** Days at equal distances: what happens in the first month matters more than what happens in the third. */
export const TICKS = [0, 7, 14, 21, 30, 60, 90] as const;
/** Without use for so long, usage counts as stalled. */
export const STALLED = 30;

/** A scale from 0 to 1; 90 days and more stand at its end. */
export function dayShare(days: number): number {
  const last = TICKS.length - 1;
  for (let index = 0; index < last; index++) {
    const [from = 0, to = 0] = [TICKS[index], TICKS[index + 1]];
    if (days < to) return (index + Math.max(0, days - from) / (to - from)) / (last + 0.5);
  }
  return last / (last + 0.5) + Math.min(0.5, (days - 90) / 180) / (last + 0.5);
}

const log = (value: number): number => Math.log10(Math.max(1, value));

export interface Plan {
  /** Null: no plan is known. */
  readonly name: Clean | null;
  readonly mark: Clean;
  readonly tone: Tone;
  readonly count: number;
}

export interface Plane {
  readonly bubbles: readonly Bubble[];
  /** Accounts of which one of the two figures, or the currency, cannot be placed. */
  readonly unknown: readonly BookRow[];
  /** Most accounts first. */
  readonly plans: readonly Plan[];
  /** Contract values at the bottom, where large ones begin, and at the top. */
  readonly amounts: { readonly least: number; readonly large: number; readonly most: number };
  readonly divide: { readonly x: number; readonly y: number };
}

/** Colours that mean nothing else on this screen. */
const PLAN_TONES: readonly Tone[] = ['accent', 'better', 'high', 'plain'];

function plansOf(rows: readonly BookRow[]): Map<string | null, Plan> {
  const counts = [...Map.groupBy(rows, (row) => row.plan)].sort(
    (a, b) => Number(a[0] === null) - Number(b[0] === null) || b[1].length - a[1].length || ((a[0] ?? '') < (b[0] ?? '') ? -1 : 1),
  );
  const taken = new Set<string>();
  return new Map(
    counts.map(([plan, own], index) => {
      const words = own[0] ? shown(own[0], 'plan') : plan;
      const name = words === null ? null : cleanLine(words);
      const letters = [...characters(name ?? ('' as Clean)), ...'abcdefghijklmnopqrstuvwxyz'];
      const mark = plan === null ? '?' : (letters.find((one) => /^[\x21-\x7e]$/.test(one) && !taken.has(one)) ?? '*');
      taken.add(mark);
      const tone = plan === null ? 'quiet' : (PLAN_TONES[Math.min(index, PLAN_TONES.length - 1)] ?? 'plain');
      return [plan, { name, mark: literal(mark), tone, count: own.length }];
    }),
  );
}

const planes = new WeakMap<BookSnapshot, Plane>();

/** The same object for the same book. */
export function planeOf(snapshot: BookSnapshot): Plane {
  const known = planes.get(snapshot);
  if (known) return known;
  const isPlaced = (row: BookRow): boolean =>
    row.daysSinceLastUse !== null && row.contractValue !== null && row.currency === snapshot.currency;
  const placed = snapshot.rows.filter(isPlaced);
  const values = placed.map((row) => row.contractValue ?? 0).sort((a, b) => a - b);
  const [least, most] = [values[0] ?? 0, values.at(-1) ?? 0];
  const large = values[Math.min(values.length - 1, Math.floor(values.length * 0.8))] ?? 0;
  const [bottom, top] = [log(least), log(most)];
  const height = (value: number): number => (top === bottom ? 0.5 : (log(value) - bottom) / (top - bottom));
  const plans = plansOf(placed);
  const plane: Plane = {
    bubbles: placed.map((row) => ({
      id: row.id,
      x: dayShare(row.daysSinceLastUse ?? 0),
      y: height(row.contractValue ?? 0),
      size: Math.max(1, row.products.length),
      mark: plans.get(row.plan)?.mark ?? literal('?'),
      tone: plans.get(row.plan)?.tone ?? 'plain',
    })),
    unknown: snapshot.rows.filter((row) => !isPlaced(row)),
    plans: [...plans.values()],
    amounts: { least, large, most },
    divide: { x: dayShare(STALLED), y: height(large) },
  };
  planes.set(snapshot, plane);
  return plane;
}

let last: { readonly plane: Plane; readonly width: number; readonly height: number; readonly cells: readonly BubbleCell[] } | null = null;

/** The same objects for the same plane at the same size. */
export function planeCells(plane: Plane, width: number, height: number): readonly BubbleCell[] {
  if (last?.plane !== plane || last.width !== width || last.height !== height)
    last = { plane, width, height, cells: bubbleCells(plane.bubbles, width, height) };
  return last.cells;
}

/** Stands for the accounts that have no place in the plane. */
export const UNPLACED = '?';

/** The cell of an account; where it names none, the one nearest to the upper right corner. */
export function cellAt(cells: readonly BubbleCell[], at: string | null): BubbleCell | null {
  const found = cells.find(({ bubbles }) => bubbles.some(({ id }) => id === at));
  if (found) return found;
  return cells.reduce<BubbleCell | null>(
    (best, one) => (best && best.column - best.row * 2 >= one.column - one.row * 2 ? best : one),
    null,
  );
}

/** The nearest cell in a direction: what lies straight ahead counts before what lies aside. */
export function cellBeside(cells: readonly BubbleCell[], from: BubbleCell, dx: number, dy: number): BubbleCell | null {
  let best: BubbleCell | null = null;
  let least = Number.POSITIVE_INFINITY;
  for (const cell of cells) {
    const right = cell.column - from.column;
    const down = (cell.row - from.row) * 2;
    const ahead = right * dx + down * dy;
    if (ahead <= 0) continue;
    const cost = ahead + 2 * Math.abs(dx === 0 ? right : down);
    if (cost < least) {
      least = cost;
      best = cell;
    }
  }
  return best;
}
