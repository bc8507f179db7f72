/** The tabs above the queue: saved filters, the built-in ones first. Pure. */

import { compileFilter, type FilterWorld } from '../../book/expression.ts';
import type { BookSnapshot } from '../../book/row.ts';
import type { SavedView } from '../../settings/settings.ts';
import type { Clean } from '../../text/clean.ts';
import { cleanLine } from '../../text/clean.ts';
import { type Lang, type MessageKey, t } from '../../text/messages/index.ts';

export interface Segment {
  readonly id: string;
  readonly title: Clean;
  /** As typed into the filter line; empty: everybody. */
  readonly filter: string;
}

/** Under which every account is shown. */
export const EVERYBODY = 'all';

const BUILT_IN: readonly (readonly [id: string, title: MessageKey, filter: string])[] = [
  [EVERYBODY, 'morning.segment.all', ''],
  ['act', 'morning.segment.act', 'quadrant:act'],
  ['renewal90', 'morning.segment.renewal90', 'renewal<=90'],
  ['falling', 'morning.segment.falling', 'contract:high change<0'],
  ['single', 'morning.segment.single', 'tier:high products=1'],
  ['growing', 'morning.segment.growing', 'tier:low,tech change>=10'],
  ['renewal60', 'morning.segment.renewal60', 'renewal<=60'],
  ['renewal30', 'morning.segment.renewal30', 'renewal<=30'],
  ['tierHigh', 'app.tierLong.high', 'tier:high'],
  ['tierLow', 'app.tierLong.low', 'tier:low'],
  ['tierTech', 'app.tierLong.tech', 'tier:tech'],
  ['keep', 'morning.segment.keep', 'quadrant:keep'],
  ['automate', 'morning.segment.automate', 'quadrant:automate'],
  ['quiet', 'morning.segment.quiet', 'quadrant:tech'],
  ['mine', 'morning.segment.mine', 'owner:me'],
  ['snoozed', 'morning.segment.snoozed', 'is:snoozed'],
];

export const segmentsOf = (lang: Lang, views: readonly SavedView[] = []): readonly Segment[] => [
  ...BUILT_IN.slice(0, 1).map(built(lang)),
  ...views.map(({ name, filter }) => ({ id: `view:${name}`, title: cleanLine(name), filter })),
  ...BUILT_IN.slice(1).map(built(lang)),
];

const built =
  (lang: Lang) =>
  ([id, title, filter]: (typeof BUILT_IN)[number]): Segment => ({ id, title: cleanLine(t(lang, title)), filter });

const counted = new WeakMap<BookSnapshot, Map<string, number>>();

/** Accounts behind a filter; worked out once for each book. */
export function countOf(snapshot: BookSnapshot, filter: string, world: FilterWorld): number {
  if (filter === '') return snapshot.rows.length;
  let counts = counted.get(snapshot);
  if (!counts) {
    counts = new Map();
    counted.set(snapshot, counts);
  }
  let count = counts.get(filter);
  if (count === undefined) {
    const { test } = compileFilter(filter, world);
    count = snapshot.rows.reduce((sum, row) => sum + (test(row) ? 1 : 0), 0);
    counts.set(filter, count);
  }
  return count;
}
