/** The reports over revenue, as commands, screens and files show them. Definitions stand in docs/metrics.md. */
import type { LookBack } from '../plays/post-mortem.ts';
import type { ChurnCategory, Policy } from '../policy.ts';
import { type ChurnEvent, churnBySegment, churnEvents, type SegmentChurn } from '../revenue/churn.ts';
import { type Cohort, cohorts } from '../revenue/cohorts.ts';
import { accountDrivers, type Driver, drivers } from '../revenue/drivers.ts';
import { addedMovements, type MonthMovements, type Movements, monthlyMovements } from '../revenue/movements.ts';
import { type MonthRetention, monthlyRetention, type Retention, trailing12 } from '../revenue/retention.ts';
import { type Segmentation, segmentationsOf } from '../revenue/segments.ts';
import { addDays, addMonths, firstDay, type Month, monthsBetween } from '../units/day.ts';
import type { Money } from '../units/money.ts';
import { categoriser } from './churn-reasons.ts';
import { labelOf, labelOrNull } from './labels.ts';
import { ownerLabel, type RevenueSource, segmentTerms } from './revenue-source.ts';

/** The last month of the figures. */
export const lastMonth = ({ book: { ledger } }: RevenueSource): Month => addMonths(ledger.first, ledger.months - 1);

/** What an owner's id stands for is their name, of a list property's value its label; other segments are named as they are. */
function nameOf({ owners, labels }: RevenueSource, by: Segmentation, value: string | null): string | null {
  if (value === null) return null;
  if (by === 'owner') return ownerLabel(owners, value);
  return by === 'industry' || by === 'plan' || by === 'product' ? labelOf(labels[by], value) : value;
}

export interface NamedDriver extends Driver {
  /** `value` as people know it. Raw. */
  readonly name: string | null;
}

/** What moved MRR from the end of `from` to the end of `to`; the rows and the rest add up to the whole change. */
export interface Drivers {
  readonly by: Segmentation | 'account';
  readonly from: Month;
  readonly to: Month;
  readonly change: Money;
  readonly rows: readonly NamedDriver[];
  /** Of a long list, what is not in `rows`. */
  readonly rest: { readonly count: number; readonly change: Money };
}

/** Accounts that are named; the others stand in the rest. */
const NAMED_ACCOUNTS = 20;

/** Over the `months` up to the month with the number `to`, the ledger's last where none is given. */
export function driversOf(
  source: RevenueSource,
  by: Segmentation | 'account',
  months: number,
  to = source.book.ledger.months - 1,
): Drivers {
  const { ledger, account } = source.book;
  const period = { from: to - months, to };
  const { rows, rest } =
    by === 'account'
      ? named(accountDrivers(ledger, period, NAMED_ACCOUNTS), (row) => account(row.account).name)
      : named({ rows: drivers(ledger, by, period, segmentTerms(source)), rest: NOTHING }, ({ value }) => nameOf(source, by, value));
  return {
    by,
    from: addMonths(ledger.first, to - months),
    to: addMonths(ledger.first, to),
    change: rows.reduce((sum, row) => sum + row.change, rest.change as number) as Money,
    rows,
    rest,
  };
}

const NOTHING: Drivers['rest'] = { count: 0, change: 0 as Money };

const named = <Row extends Driver>(
  { rows, rest }: { rows: readonly Row[]; rest: Drivers['rest'] },
  nameOf: (row: Row) => string | null,
) => ({
  rows: rows.map((row) => ({ ...row, name: nameOf(row) })),
  rest,
});

export interface MrrReport {
  readonly months: readonly MonthMovements[];
  /** All the months as one step: what came and went account by account, month by month. */
  readonly span: Movements;
  readonly drivers: readonly Drivers[];
}

/** `by`: the drivers beside those by account; by product where nothing was asked for. */
export function mrrReport(source: RevenueSource, { months, by }: { readonly months: number; readonly by: Segmentation | null }): MrrReport {
  const rows = monthlyMovements(source.book.ledger, months);
  return {
    months: rows,
    span: addedMovements(rows),
    drivers: [driversOf(source, by ?? 'product', months), driversOf(source, 'account', months)],
  };
}

/** A churn with what is known of the account. */
export interface Churned extends ChurnEvent {
  /** Raw. */
  readonly name: string;
  readonly ownerId: string | null;
  /** The company's own words; null where there are none, or where they are about a later churn. */
  readonly reason: string | null;
  /** As HubSpot shows it. */
  readonly reasonLabel: string | null;
  readonly category: ChurnCategory | null;
  /** The post-mortem of this very churn; null where none is known. */
  readonly lookBack: LookBack | null;
}

export interface ReasonRow {
  readonly reason: string | null;
  readonly reasonLabel: string | null;
  readonly category: ChurnCategory | null;
  readonly customers: number;
  readonly mrr: Money;
  /** Customers by month shown, oldest first. */
  readonly byMonth: readonly number[];
}

export interface NamedSegment extends SegmentChurn {
  readonly by: Segmentation;
  readonly name: string | null;
}

export interface ChurnReport {
  readonly target: Policy['targets'];
  readonly months: readonly MonthRetention[];
  readonly trailing12: Retention;
  readonly cumulativeChurned: number;
  /** Churn events so far, by month shown. */
  readonly cumulative: readonly number[];
  /** Oldest first, then the largest loss. */
  readonly churned: readonly Churned[];
  /** Most customers first, then the larger loss. */
  readonly reasons: readonly ReasonRow[];
  readonly categories: readonly ReasonRow[];
  readonly segments: readonly NamedSegment[];
  /**
   * Gone and not back, without those whose business ended. First those whose cause is fixed since, then those that a
   * post-mortem calls avoidable, then those that none has judged, last the unavoidable; of each the largest loss first.
   */
  readonly winBack: readonly WinBack[];
}

export interface WinBack extends Churned {
  /** Whole months since the first month without MRR. */
  readonly monthsAgo: number;
}

/** `by`: that segmentation alone. */
export function churnReport(
  source: RevenueSource,
  { months, by }: { readonly months: number; readonly by: Segmentation | null },
): ChurnReport {
  const { ledger } = source.book;
  const retention = monthlyRetention(ledger, months);
  const churned = churnedOf(source, months);
  let so = 0;
  return {
    target: source.policy.targets,
    months: retention,
    trailing12: trailing12(ledger),
    cumulativeChurned: churned.length,
    cumulative: retention.map((row) => {
      so += row.churned;
      return so;
    }),
    churned,
    reasons: reasonRows(churned, retention, ({ reason }) => reason),
    categories: reasonRows(churned, retention, ({ category }) => category).map((row) => ({ ...row, reason: null, reasonLabel: null })),
    segments: (by === null ? segmentationsOf(source.policy) : [by]).flatMap((one) =>
      churnBySegment(ledger, one, months, segmentTerms(source)).map((row) => ({ by: one, name: nameOf(source, one, row.value), ...row })),
    ),
    winBack: winBackOf(source, churned),
  };
}

/** A post-mortem may be written from the notice on, before the last paid month is over. */
const LOOKED_BACK_DAYS = 90;

export function churnedOf(source: RevenueSource, months: number): readonly Churned[] {
  const categoryOf = categoriser(source.policy.churnReasons);
  const { reason: labels } = source.labels;
  const { lookBacks } = source;
  return churnEvents(source.book.ledger, months).map((event) => {
    const { name, ownerId, churnReason } = source.book.account(event.account);
    const reason = event.latest ? churnReason : null;
    const reasonLabel = labelOrNull(labels, reason);
    const byValue = categoryOf(reason);
    const found = event.latest ? lookBacks.get(event.id) : undefined;
    const lookBack = found && found.day >= addDays(firstDay(event.month), -LOOKED_BACK_DAYS) ? found : null;
    const told = byValue === 'other' ? categoryOf(reasonLabel) : byValue;
    return { ...event, name, ownerId, reason, reasonLabel, category: told ?? lookBack?.cause ?? null, lookBack };
  });
}

function reasonRows(
  churned: readonly Churned[],
  months: readonly { readonly month: Month }[],
  key: (one: Churned) => string | null,
): readonly ReasonRow[] {
  return [...Map.groupBy(churned, key).values()]
    .map((list) => ({
      reason: list[0]?.reason ?? null,
      reasonLabel: list[0]?.reasonLabel ?? null,
      category: list[0]?.category ?? null,
      customers: list.length,
      mrr: list.reduce((sum, { mrrLost }) => sum + mrrLost, 0) as Money,
      byMonth: months.map(({ month }) => list.filter((one) => one.month === month).length),
    }))
    .sort(
      (a, b) =>
        Number(a.category === null) - Number(b.category === null) ||
        b.customers - a.customers ||
        b.mrr - a.mrr ||
        ((a.reason ?? a.category ?? '') < (b.reason ?? b.category ?? '') ? -1 : 1),
    );
}

/** How much a post-mortem speaks for asking again: the less, the more. */
const promise = ({ lookBack }: Churned): number =>
  lookBack?.fixed ? 0 : lookBack?.avoidable === 'yes' ? 1 : lookBack?.avoidable === 'no' ? 3 : 2;

export function winBackOf(source: RevenueSource, churned: readonly Churned[]): readonly WinBack[] {
  const last = lastMonth(source);
  return churned
    .filter(({ latest, back, category, lookBack }) => latest && !back && category !== 'business' && lookBack?.cause !== 'business')
    .map((one) => ({ ...one, monthsAgo: monthsBetween(one.month, last) }))
    .sort((a, b) => promise(a) - promise(b) || b.mrrLost - a.mrrLost || (a.id < b.id ? -1 : 1));
}

/** Oldest first; `months`: of the last so many months alone. */
export function cohortReport(source: RevenueSource, months: number | null): readonly Cohort[] {
  const all = cohorts(source.book.ledger);
  const first = months === null ? null : addMonths(lastMonth(source), 1 - months);
  return first === null ? all : all.filter(({ month }) => month >= first);
}
