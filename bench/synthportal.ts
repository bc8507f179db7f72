/** 912 simulated accounts over 30 months, at the first day of each quarter: features, labels, and the default policy on them. */
import { scoreBook } from '../src/book/score-book.ts';
import { backtest } from '../src/scoring/backtest.ts';
import { fitSlope } from '../src/scoring/calibrate-fit.ts';
import { aucInterval, aucOf, averagePrecision, calibrationError, type Estimate, liftAt } from '../src/scoring/measures.ts';
import { type Observation, predictor } from '../src/scoring/observation.ts';
import { DEFAULT_POLICY } from '../src/scoring/policy-default.ts';
import { addDays, type Day, daysBetween, parseDay } from '../src/units/day.ts';
import { toMajor } from '../src/units/money.ts';
import { seeded } from '../src/units/random.ts';
import { feedsOn, portalOn } from '../test/scoring/portal.ts';
import { SYNTH_FEEDS, synthAccounts } from '../test/scoring/synthportal.ts';
import { cell, type Row, readTable } from './csv.ts';
import { type Labelled, predictL2 } from './reference-model.ts';

const TRAIN = ['2023-07-01', '2023-10-01', '2024-01-01', '2024-04-01', '2024-07-01'].flatMap((text) => parseDay(text) ?? []);
const TEST = ['2024-10-01', '2025-01-01', '2025-04-01'].flatMap((text) => parseDay(text) ?? []);
const HORIZON = 90;
const LEAST_AGE = 30;

/** Live accounts of a quarter as the default policy sees them. */
function observe(asOf: Day): Observation[] {
  const live = synthAccounts(asOf).filter(
    ({ account, churnedOn }) => account.createdOn <= addDays(asOf, -LEAST_AGE) && !(churnedOn && churnedOn < asOf),
  );
  const leaves = new Map(live.map(({ account, churnedOn }) => [account.id, churnedOn !== null && churnedOn < addDays(asOf, HORIZON)]));
  const book = scoreBook(
    live.map(({ account }) => account),
    portalOn(asOf, { feeds: feedsOn(asOf, SYNTH_FEEDS) }),
    DEFAULT_POLICY,
  );
  return book.accounts.map(({ account, score, revenue }) => ({
    accountId: account.id,
    day: asOf,
    churned: leaves.get(account.id) ?? false,
    stratum: score.stratum,
    band: score.band,
    severities: new Map(score.receipt.groups.flatMap(({ lines }) => lines.map((line) => [line.signal, line.severity] as const))),
    missing: new Set(score.receipt.missing.map(({ signal }) => signal)),
    mrr: revenue.mrr === null ? null : toMajor(revenue.mrr),
    monthsLost: score.monthsLost,
    daysSinceLastUse: revenue.daysSinceLastUse,
    daysToRenewal: revenue.daysToRenewal,
  }));
}

const byAccount = (name: string): ((id: string) => readonly Row[]) => {
  const found = Map.groupBy(readTable(`synthportal/${name}`), (row) => cell(row, 'account_id'));
  return (id) => found.get(id) ?? [];
};

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);
const meanOf = (values: readonly number[]): number | null => (values.length === 0 ? null : sum(values) / values.length);
const ratio = (over: number | null, under: number | null): number | null =>
  over === null || under === null || under === 0 ? null : over / under;
const log = (value: number | null): number | null => (value === null ? null : Math.log(value));

/** What any analyst would take from the tables, known by the day before the quarter. */
function featuresOf(observations: readonly Observation[]): Labelled[] {
  const accounts = new Map(readTable('synthportal/accounts.csv').map((row) => [cell(row, 'account_id'), row]));
  const [usage, tickets, surveys, engagement, events, money] = [
    'usage_weekly.csv',
    'tickets.csv',
    'surveys.csv',
    'engagement_monthly.csv',
    'events.csv',
    'mrr_monthly.csv',
  ].map(byAccount);
  if (!usage || !tickets || !surveys || !engagement || !events || !money) throw new Error('a table is missing');
  return observations.map(({ accountId, day, churned, stratum, daysToRenewal }) => {
    const since = (rows: readonly Row[], column: string, from: number, to = 0): readonly Row[] =>
      rows.filter((row) => cell(row, column) >= addDays(day, -from) && cell(row, column) < addDays(day, -to));
    const number = (rows: readonly Row[], column: string): number[] =>
      rows.flatMap((row) => (cell(row, column) ? [Number(cell(row, column))] : []));
    const monthMrr = (back: number): Row[] => money(accountId).filter((row) => cell(row, 'month') === shifted(day, back));
    const weeks = (from: number, to: number) => since(usage(accountId), 'week_start', from * 7, to * 7);
    const [recent, base] = [weeks(4, 0), weeks(12, 4)];
    const logins = meanOf(number(recent, 'logins'));
    const active = meanOf(number(recent, 'active_users'));
    const [now, before] = [monthMrr(0), monthMrr(3)];
    const seats = Math.max(0, ...number(now, 'seats')) || null;
    const mrr = sum(number(now, 'mrr'));
    const opened = since(tickets(accountId), 'created', 90).filter((row) => cell(row, 'category') !== 'cancellation');
    const closed = opened.filter((row) => cell(row, 'closed') !== '' && cell(row, 'closed') < day);
    const answers = since(surveys(accountId), 'date', 180);
    const months = since(engagement(accountId), 'month', 92);
    const happened = (type: string, days: number): number =>
      since(events(accountId), 'date', days).filter((row) => cell(row, 'type') === type).length;
    const row = accounts.get(accountId) ?? {};
    const start = parseDay(cell(row, 'contract_start'));
    return {
      churned,
      words: { stratum },
      numeric: {
        tenure: start && Math.log(daysBetween(start, day)),
        daysToRenewal,
        mrr: log(mrr),
        mrrChange: ratio(mrr, sum(number(before, 'mrr'))),
        seatsChange: ratio(seats, Math.max(0, ...number(before, 'seats')) || null),
        products: now.length,
        utilisation: ratio(active, seats),
        loginsPerSeat: ratio(logins, seats),
        loginChange: ratio(logins, meanOf(number(base, 'logins'))),
        features: meanOf(number(recent, 'features_used')),
        featuresChange: ratio(meanOf(number(recent, 'features_used')), meanOf(number(base, 'features_used'))),
        tickets: opened.length,
        high: opened.filter((one) => cell(one, 'priority') === 'high').length,
        escalated: sum(number(opened, 'escalated')),
        reopened: sum(number(opened, 'reopened')),
        csat: meanOf(number(closed, 'csat')),
        nps: answers.length === 0 ? null : Number(cell(answers.at(-1) ?? {}, 'score')),
        meetings: sum(number(months, 'meetings')),
        opens: ratio(sum(number(months, 'emails_opened')), sum(number(months, 'emails_sent'))),
        cancelPage: sum(number(months.slice(-1), 'cancel_page_views')),
        pricingPage: sum(number(months.slice(-1), 'pricing_page_views')),
        championLeft: happened('champion_left', 180),
        priceUp: happened('price_increase_notice', 120),
        competitor: happened('competitor_mention', 120),
        incident: happened('incident', 90),
        paymentFailed: happened('payment_failed', 60),
      },
    };
  });
}

/** First of the month, so many months before. */
function shifted(day: Day, back: number): string {
  const date = new Date(`${day}T00:00:00Z`);
  date.setUTCMonth(date.getUTCMonth() - back);
  return date.toISOString().slice(0, 10);
}

export interface SynthFigures {
  readonly train: readonly [cases: number, events: number];
  readonly test: readonly [cases: number, events: number];
  readonly regression: {
    readonly auc: Estimate | null;
    readonly averagePrecision: number | null;
    readonly lift10: number | null;
    readonly ece: number | null;
  };
  /** Default points, base rates by stratum and one slope learned on the training quarters. */
  readonly strataAndSlope: number | null;
  /** Share of the churned MRR of the test quarters in the first tenth by expected loss, as the default policy ships. */
  readonly caughtMrr: number | null;
  readonly verdict: string;
}

export function synthFigures(): SynthFigures {
  const [train, test] = [TRAIN, TEST].map((days) => days.flatMap(observe));
  if (!train || !test) throw new Error('two periods were asked for');
  const churned = test.map((one) => one.churned);
  const predicted = predictL2(featuresOf(train), featuresOf(test));
  const fitted = fitSlope(DEFAULT_POLICY, train);
  const report = backtest({ observations: test, policy: DEFAULT_POLICY, previous: null, leaks: [], capacity: 20, random: seeded(1) });
  const size = (cases: readonly Observation[]) => [cases.length, cases.filter((one) => one.churned).length] as const;
  return {
    train: size(train),
    test: size(test),
    regression: {
      auc: aucInterval(predicted, churned),
      averagePrecision: averagePrecision(predicted, churned),
      lift10: liftAt(predicted, churned, 0.1),
      ece: calibrationError(predicted, churned),
    },
    strataAndSlope: aucOf(
      test.map(predictor(fitted)).map((one) => one.probability),
      churned,
    ),
    caughtMrr: report.mrrCaughtTop10.expectedLoss,
    verdict: report.verdict,
  };
}
