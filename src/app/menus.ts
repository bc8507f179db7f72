/** What the sort and filter menus offer, from the book as it is. */
import { BRIEF_KINDS, type BriefKind, SINCE_WISHES, type SinceWish } from '../book/brief.ts';
import { DISMISS_REASONS, type DismissReason, type SnoozeWish } from '../book/snoozing.ts';
import { say } from '../components/say.ts';
import type { RowField } from '../open.ts';
import { onBusinessDay } from '../plays/due.ts';
import type { Tier } from '../policy.ts';
import { type BandFilter, type Filter, matches, noFilter } from '../screens/book/list.ts';
import { SORTS, type Sort } from '../screens/book/order.ts';
import { signalWord } from '../screens/book/view-model.ts';
import { kindWords } from '../screens/brief/view-model.ts';
import { type Clean, cleanLine, literal } from '../text/clean.ts';
import { formatDay, formatSigned } from '../text/format.ts';
import { t } from '../text/messages/index.ts';
import { addDays, type Day } from '../units/day.ts';
import { type Context, subjectRow, subjectRows } from './context.ts';
import { type MenuName, type RowEdit, topOverlay } from './state.ts';

export interface MenuItem {
  readonly label: Clean;
  readonly chosen: boolean;
  /** Accounts behind it, where that says something. */
  readonly count: number | null;
  readonly pick:
    | { readonly sort: Sort }
    | { readonly filter: Filter }
    | { readonly snooze: SnoozeWish | null }
    | { readonly signal: string; readonly dismissed: boolean }
    | { readonly reason: DismissReason }
    | { readonly points: number }
    | { readonly due: Day }
    | { readonly person: string; readonly how: 'task' | 'handOver' | 'ask' }
    | { readonly field: RowField }
    | { readonly value: string }
    | { readonly brief: BriefKind }
    | { readonly since: SinceWish }
    | { readonly seen: true }
    /** A page of HubSpot. */
    | { readonly url: string };
}

const BANDS: readonly BandFilter[] = ['critical', 'high', 'watch', 'low', 'unknown'];
const TIERS: readonly Tier[] = ['high', 'low', 'tech'];
const RENEWALS = [30, 60, 90] as const;
const SIGNALS_MAX = 12;

const toggled = <T>(values: readonly T[], value: T): readonly T[] =>
  values.includes(value) ? values.filter((one) => one !== value) : [...values, value];

export function menuItems(menu: MenuName, context: Context): readonly MenuItem[] {
  switch (menu) {
    case 'sort':
      return sortItems(context);
    case 'taskDue':
      return dueItems(context);
    case 'taskOwner':
      return people(context, 'task');
    case 'handOver':
      return people(context, 'handOver');
    case 'escalate':
      return people(context, 'ask');
    case 'brief':
      return briefItems(context);
    case 'filter':
      return filterItems(context);
    case 'snooze':
      return snoozeItems(context);
    case 'dismiss':
      return dismissItems(context);
    case 'reason':
      return DISMISS_REASONS.map((reason) => plainItem(say(context.lang, `quiet.reason.${reason}`), { reason }));
    case 'rowField':
      return (rowEdit(context)?.fields ?? []).map((field) => plainItem(cleanLine(`${field.label}  ${field.value}`), { field }));
    case 'rowValue': {
      const [field] = rowEdit(context)?.fields ?? [];
      return (field?.options ?? []).map(({ value, label }) => ({
        ...plainItem(cleanLine(label || value), { value }),
        chosen: value === field?.value,
      }));
    }
    case 'evidence':
      return evidenceItems(context);
    case 'pulse':
      return PULSES.map((points) =>
        plainItem(
          say(context.lang, `quiet.pulse.${points < 0 ? 'better' : points > 0 ? 'worse' : 'none'}`, { points: formatSigned(points, 0) }),
          { points },
        ),
      );
  }
}

export const menuTitle = (menu: MenuName, context: Context): Clean =>
  say(context.lang, `app.menu.${menu}`, { label: cleanLine(rowEdit(context)?.fields[0]?.label ?? '') });

/** The queued row that the menu on top asks about. */
const rowEdit = ({ ui }: Context): RowEdit | null => {
  const top = topOverlay(ui);
  return top?.kind === 'menu' ? (top.edit ?? null) : null;
};

const plainItem = (label: Clean, pick: MenuItem['pick']): MenuItem => ({ label, chosen: false, count: null, pick });

/** One's own view, worst first. */
const PULSES = [12, 8, 4, 0, -4, -8] as const;

/** The policy's own days first, so that Enter takes them; a snoozed account can be woken. */
function snoozeItems(context: Context): MenuItem[] {
  const { workspace, lang } = context;
  const { today, quiet } = workspace;
  const days = [quiet.snoozeDays, ...[1, 7, 14, 30, 90].filter((one) => one !== quiet.snoozeDays)];
  const item = (n: number): MenuItem => {
    const until = addDays(today, n);
    return plainItem(say(lang, 'quiet.menu.until', { n, day: formatDay(until, lang, 'full'), worse: quiet.snoozeWorseBy }), {
      snooze: { until },
    });
  };
  const isSnoozed = subjectRows(context).some((row) => row.snoozedUntil !== null);
  return [...(isSnoozed ? [plainItem(say(lang, 'quiet.menu.wake'), { snooze: null })] : []), ...days.map(item)];
}

/** What fires on the account; what is dismissed can be brought back. */
function dismissItems(context: Context): MenuItem[] {
  const { lang } = context;
  const signals = subjectRow(context)?.signals ?? [];
  return signals.map(({ id, short, points, dismissed }) => ({
    label: cleanLine(`${short[lang]}  ${dismissed ? t(lang, 'quiet.menu.dismissed') : formatSigned(points, 1)}`),
    chosen: dismissed,
    count: null,
    pick: { signal: id, dismissed },
  }));
}

/** Days on: tomorrow, in three days, and so on, never a weekend. */
const POSTPONE_DAYS = [1, 3, 7, 14, 30] as const;

function dueItems({ workspace, lang }: Context): MenuItem[] {
  const days = POSTPONE_DAYS.map((n) => onBusinessDay(addDays(workspace.today, n)));
  return [...new Set(days)].map((due) => plainItem(literal(formatDay(due, lang, 'full')), { due }));
}

/** Whoever can be given work; of those who are asked, the account's lead comes first. */
function people(context: Context, how: 'task' | 'handOver' | 'ask'): MenuItem[] {
  const { workspace } = context;
  const rows = how === 'task' ? [] : subjectRows({ ...context, ui: { ...context.ui, overlays: [] } });
  const [row] = rows;
  const lead = how === 'ask' && row ? workspace.leadOf(row) : null;
  const hasAll = (id: string): boolean => how === 'handOver' && rows.every(({ owner }) => owner?.id === id);
  const others = workspace.people.filter(({ id }) => id !== lead && !hasAll(id));
  const first = workspace.people.filter(({ id }) => id === lead);
  return [...first, ...others].map(({ id, name }) => ({ ...plainItem(cleanLine(name), { person: id, how }), chosen: id === lead }));
}

/** Every kind of change, from when it is told, and that all is seen. */
function briefItems({ ui, workspace, lang }: Context): MenuItem[] {
  const told = workspace.brief();
  if (told === null) return [];
  return [
    ...BRIEF_KINDS.map((brief) => ({
      label: kindWords(told, brief, workspace.portal.currency, lang),
      chosen: ui.book.brief === brief,
      count: null,
      pick: { brief },
    })),
    ...SINCE_WISHES.map((since) => ({
      label: say(lang, `morning.wish.${since}`),
      chosen: told.wish === since,
      count: null,
      pick: { since },
    })),
    { label: say(lang, 'morning.brief.allSeen'), chosen: told.seenAt !== null, count: null, pick: { seen: true } },
  ];
}

/** The records that the signals of the account on screen rest on, strongest first. */
function evidenceItems({ ui, lang }: Context): MenuItem[] {
  const lines = ui.account?.view?.receipt.groups.flatMap((group) => group.lines) ?? [];
  return [...lines]
    .sort((a, b) => b.points - a.points)
    .flatMap(({ evidence, points, url }) =>
      url === null ? [] : [plainItem(cleanLine(`${evidence[lang]}  ${formatSigned(points, 1)}`), { url })],
    );
}

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
