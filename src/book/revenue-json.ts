/** The revenue reports as `--json` prints them. Field names are a public contract. */
import type { Cohort } from '../revenue/cohorts.ts';
import type { Movements } from '../revenue/movements.ts';
import { sizeBand } from '../revenue/segments.ts';
import { toMajor } from '../units/money.ts';
import type { ChurnStory } from './churn-stories.ts';
import type { ProductReport } from './product-report.ts';
import { type Churned, type ChurnReport, type Drivers, lastMonth, type MrrReport } from './revenue-reports.ts';
import type { RevenueSource } from './revenue-source.ts';
import { postMortemState, winBackPlaces } from './who-left.ts';

/** What the figures are of, and what they leave out. */
const head = (source: RevenueSource) => {
  const { asOf, policyHash, book, whole } = source;
  return {
    asOf,
    policy: policyHash,
    currency: book.ledger.currency,
    lastMonth: lastMonth(source),
    stillBeingWritten: book.writing,
    scope: whole ? 'portal' : 'book',
    leftOut: { foreign: book.notes.foreign, unknown: book.notes.unknown },
    converted: book.notes.converted,
    rates: source.policy.revenue.rates ?? null,
    ratesOn: source.policy.revenue.ratesOn ?? null,
  };
};

const moved = (one: Movements) => ({
  start: toMajor(one.start),
  new: toMajor(one.new),
  expansion: toMajor(one.expansion),
  contraction: toMajor(one.contraction),
  churn: toMajor(one.churn),
  reactivation: toMajor(one.reactivation),
  netNew: toMajor(one.netNew),
  end: toMajor(one.end),
});

const customersMoved = (one: Movements) => ({
  customersStart: one.customersStart,
  customersNew: one.customersNew,
  customersChurned: one.customersChurned,
  customersReactivated: one.customersReactivated,
  customersEnd: one.customersEnd,
});

const driversJson = ({ by, from, to, change, rows, rest }: Drivers) => ({
  by,
  from,
  to,
  change: toMajor(change),
  rows: rows.map((row) => ({ value: row.value, name: row.name, change: toMajor(row.change), ...moved(row) })),
  rest: { count: rest.count, change: toMajor(rest.change) },
});

export const mrrJson = (source: RevenueSource, { months, drivers }: MrrReport): Record<string, unknown> => ({
  ...head(source),
  arr: toMajor(months.at(-1)?.end ?? (0 as never)) * 12,
  months: months.map((one) => ({ month: one.month, ...moved(one), ...customersMoved(one) })),
  drivers: drivers.map(driversJson),
});

const churnedJson = (source: RevenueSource, one: Churned, story: ChurnStory | undefined, winBack: number | null) => ({
  id: one.id,
  name: one.name,
  month: one.month,
  mrrLost: toMajor(one.mrrLost),
  reason: one.reason,
  reasonLabel: one.reasonLabel,
  category: one.category,
  owner: one.ownerId,
  size: sizeBand(source.book.account(one.account).employees),
  back: one.back,
  signs: story?.signs ?? null,
  actions: story?.actions ?? null,
  postmortem: postMortemState(one, story),
  winBack,
  review: lookBackJson(one),
});

/** What the post-mortem of this churn has found. */
const lookBackJson = ({ lookBack }: Churned) =>
  lookBack && {
    day: lookBack.day,
    cause: lookBack.cause,
    avoidable: lookBack.avoidable,
    helped: lookBack.helped === '' ? null : lookBack.helped,
    fixed: lookBack.fixed,
  };

export function churnJson(source: RevenueSource, report: ChurnReport, stories: ReadonlyMap<Churned, ChurnStory>): Record<string, unknown> {
  const { logoChurnRate, grr, nrr } = report.trailing12;
  const reasonJson = ({ reason, reasonLabel, category, customers, mrr, byMonth }: ChurnReport['reasons'][number]) => ({
    reason,
    reasonLabel,
    category,
    customers,
    mrr: toMajor(mrr),
    byMonth,
  });
  const placeOf = winBackPlaces(report.winBack);
  return {
    ...head(source),
    target: report.target,
    months: report.months.map((one, index) => ({
      month: one.month,
      customersStart: one.customersStart,
      churned: one.churned,
      cumulativeChurned: report.cumulative[index] ?? 0,
      logoChurnRate: one.logoChurnRate,
      mrrStart: toMajor(one.mrrStart),
      grossMrrChurnRate: one.grossMrrChurnRate,
      netMrrChurnRate: one.netMrrChurnRate,
      grr: one.grr,
      nrr: one.nrr,
    })),
    trailing12: {
      customersStart: report.trailing12.customersStart,
      churned: report.trailing12.churned,
      logoChurnRate,
      grossMrrChurnRate: report.trailing12.grossMrrChurnRate,
      netMrrChurnRate: report.trailing12.netMrrChurnRate,
      grr,
      nrr,
    },
    cumulativeChurned: report.cumulativeChurned,
    churned: report.churned.map((one) => churnedJson(source, one, stories.get(one), placeOf(one))),
    reasons: report.reasons.map(reasonJson),
    categories: report.categories.map(({ category, customers, mrr, byMonth }) => ({ category, customers, mrr: toMajor(mrr), byMonth })),
    segments: report.segments.map((one) => ({
      by: one.by,
      value: one.value,
      name: one.name,
      customersStart: one.customersStart,
      churned: one.churned,
      mrrStart: toMajor(one.mrrStart),
      logoChurnRate: one.logoChurnRate,
      grr: one.grr,
      nrr: one.nrr,
    })),
    winBack: report.winBack.map((one) => ({
      id: one.id,
      name: one.name,
      month: one.month,
      monthsAgo: one.monthsAgo,
      mrrLost: toMajor(one.mrrLost),
      reason: one.reason,
      reasonLabel: one.reasonLabel,
      category: one.category,
      owner: one.ownerId,
      postmortem: one.lookBack ? 'done' : 'missing',
      review: lookBackJson(one),
    })),
  };
}

export const cohortsJson = (source: RevenueSource, rows: readonly Cohort[]): Record<string, unknown> => ({
  ...head(source),
  cohorts: rows.map((one) => ({ ...one, mrr: toMajor(one.mrr) })),
});

const customerJson = (one: ProductReport['customers'][number]) => ({
  id: one.id,
  name: one.name,
  plan: one.plan,
  mrr: toMajor(one.mrr),
  contractValue: one.contract && toMajor(one.contract.value),
  contractValueDerived: one.contract?.derived ?? false,
  products: one.products.map(({ product, mrr }) => ({ product, mrr: toMajor(mrr) })),
});

export const productsJson = (source: RevenueSource, report: ProductReport): Record<string, unknown> => ({
  ...head(source),
  months: report.months.map((one) => ({ ...one, mrr: toMajor(one.mrr) })),
  whitespace: report.whitespace.map(({ id, name, product, peers, of, like, mrr }) => ({
    id,
    name,
    product,
    peers,
    of,
    like,
    mrr: toMajor(mrr),
  })),
  combinations: report.combinations.map((one) => ({ ...one, mrr: toMajor(one.mrr) })),
  topCombinations: report.topCombinations.map((one) => ({ ...one, mrr: toMajor(one.mrr) })),
  upgradePaths: report.upgradePaths,
  customers: report.customers.map(customerJson),
  contracts: report.contracts.map(customerJson),
});
