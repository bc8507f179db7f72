/** The filters that every book is cut by, and how many accounts each takes in. */
import type { Day } from '../units/day.ts';
import { compileFilter } from './expression.ts';
import type { BookRow } from './row.ts';

/** By the segment's name; as typed into the filter line. */
export const SEGMENT_FILTERS = {
  act: 'quadrant:act',
  renewal90: 'renewal<=90',
  falling: 'contract:high change<0',
  single: 'tier:high products=1',
  growing: 'tier:low,tech change>=10',
  renewal60: 'renewal<=60',
  renewal30: 'renewal<=30',
  tierHigh: 'tier:high',
  tierLow: 'tier:low',
  tierTech: 'tier:tech',
  keep: 'quadrant:keep',
  automate: 'quadrant:automate',
  quiet: 'quadrant:tech',
  mine: 'owner:me',
  snoozed: 'is:snoozed',
} as const;

/** Accounts by filter; of the segments that are the same whoever looks. */
export type SegmentCounts = Readonly<Record<string, number>>;

export function segmentCounts(rows: readonly BookRow[], asOf: Day): SegmentCounts {
  const filters = Object.values(SEGMENT_FILTERS).filter((filter) => filter !== SEGMENT_FILTERS.mine);
  return Object.fromEntries(
    filters.map((filter) => {
      const { test } = compileFilter(filter, { rows, myId: null, asOf });
      return [filter, rows.reduce((sum, row) => sum + (test(row) ? 1 : 0), 0)];
    }),
  );
}

/** Of these very rows: a book whose rows have changed since it was kept has others. */
const kept = new WeakMap<readonly BookRow[], SegmentCounts>();

export const rememberCounts = (rows: readonly BookRow[], counts: SegmentCounts): void => void kept.set(rows, counts);

/** Without looking at a row; null where it was not counted when the book was kept. */
export const keptCount = (rows: readonly BookRow[], filter: string): number | null => kept.get(rows)?.[filter] ?? null;
