/** What the sort and filter menus offer, from the book as it is. */
import { say } from '../components/say.ts';
import type { Tier } from '../policy.ts';
import { type BandFilter, type Filter, matches, noFilter, SORTS, type Sort } from '../screens/book/list.ts';
import { signalWord } from '../screens/book/view-model.ts';
import type { Clean } from '../text/clean.ts';
import type { Context } from './context.ts';

export type MenuName = 'sort' | 'filter';

export interface MenuItem {
  readonly label: Clean;
  readonly chosen: boolean;
  /** Accounts behind it, where that says something. */
  readonly count: number | null;
  readonly pick: { readonly sort: Sort } | { readonly filter: Filter };
}

const BANDS: readonly BandFilter[] = ['critical', 'high', 'watch', 'low', 'unknown'];
const TIERS: readonly Tier[] = ['high', 'low', 'tech'];
const RENEWALS = [30, 60, 90] as const;
const SIGNALS_MAX = 12;

const toggled = <T>(values: readonly T[], value: T): readonly T[] =>
  values.includes(value) ? values.filter((one) => one !== value) : [...values, value];

export const menuItems = (menu: MenuName, context: Context): readonly MenuItem[] =>
  menu === 'sort' ? sortItems(context) : filterItems(context);

function sortItems({ ui, lang }: Context): MenuItem[] {
  return SORTS.map((sort) => ({ label: say(lang, `app.sort.${sort}`), chosen: ui.book.sort === sort, count: null, pick: { sort } }));
}

function filterItems(context: Context): MenuItem[] {
  const { ui, snapshot, lang } = context;
  const { filter } = ui.book;
  const rows = snapshot?.rows ?? [];
  const item = (label: Clean, chosen: boolean, next: Filter, alone: Partial<Filter>): MenuItem => ({
    label,
    chosen,
    count: rows.filter((row) => matches(row, { ...noFilter, ...alone })).length,
    pick: { filter: next },
  });
  return [
    ...BANDS.map((band) =>
      item(
        say(lang, `book.band.${band}`),
        filter.bands.includes(band),
        { ...filter, bands: toggled(filter.bands, band) },
        { bands: [band] },
      ),
    ),
    ...TIERS.map((tier) =>
      item(
        say(lang, `app.tierLong.${tier}`),
        filter.tiers.includes(tier),
        { ...filter, tiers: toggled(filter.tiers, tier) },
        { tiers: [tier] },
      ),
    ),
    ...RENEWALS.map((days) =>
      item(
        say(lang, 'app.filter.renewal', { n: days }),
        filter.renewalWithin === days,
        { ...filter, renewalWithin: filter.renewalWithin === days ? null : days },
        { renewalWithin: days },
      ),
    ),
    ...firingSignals(context).map((signal) =>
      item(
        signalWord(signal, snapshot, lang),
        filter.signal === signal,
        { ...filter, signal: filter.signal === signal ? null : signal },
        { signal },
      ),
    ),
  ];
}

/** The signals that fire on most accounts, and the one that is filtered by. */
function firingSignals({ ui, snapshot }: Context): string[] {
  const counts = new Map<string, number>();
  for (const row of snapshot?.rows ?? [])
    for (const { id, points } of row.signals) if (points > 0) counts.set(id, (counts.get(id) ?? 0) + 1);
  const most = [...counts]
    .sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1))
    .slice(0, SIGNALS_MAX)
    .map(([id]) => id);
  const chosen = ui.book.filter.signal;
  return chosen !== null && !most.includes(chosen) ? [...most, chosen] : most;
}
