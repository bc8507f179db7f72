/** The tabs above the queue: saved filters, the built-in ones first. Pure. */

import { compileFilter, type FilterWorld } from '../../book/expression.ts';
import type { BookSnapshot } from '../../book/row.ts';
import { keptCount, SEGMENT_FILTERS } from '../../book/segments.ts';
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

/** In the order of the tabs. */
const BUILT_IN: readonly (readonly [id: string, title: MessageKey, filter: string])[] = [
  [EVERYBODY, 'morning.segment.all', ''],
  ['act', 'morning.segment.act', SEGMENT_FILTERS.act],
  ['renewal90', 'morning.segment.renewal90', SEGMENT_FILTERS.renewal90],
  ['falling', 'morning.segment.falling', SEGMENT_FILTERS.falling],
  ['single', 'morning.segment.single', SEGMENT_FILTERS.single],
  ['growing', 'morning.segment.growing', SEGMENT_FILTERS.growing],
  ['renewal60', 'morning.segment.renewal60', SEGMENT_FILTERS.renewal60],
  ['renewal30', 'morning.segment.renewal30', SEGMENT_FILTERS.renewal30],
  ['tierHigh', 'app.tierLong.high', SEGMENT_FILTERS.tierHigh],
  ['tierLow', 'app.tierLong.low', SEGMENT_FILTERS.tierLow],
  ['tierTech', 'app.tierLong.tech', SEGMENT_FILTERS.tierTech],
  ['keep', 'morning.segment.keep', SEGMENT_FILTERS.keep],
  ['automate', 'morning.segment.automate', SEGMENT_FILTERS.automate],
  ['quiet', 'morning.segment.quiet', SEGMENT_FILTERS.quiet],
  ['mine', 'morning.segment.mine', SEGMENT_FILTERS.mine],
  ['snoozed', 'morning.segment.snoozed', SEGMENT_FILTERS.snoozed],
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
  const known = keptCount(snapshot.rows, filter);
  if (known !== null) return known;
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
