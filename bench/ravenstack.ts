/** 500 accounts in whose data there is no signal: the verdict must say so. */
import { type Verdict, verdictOf } from '../src/scoring/backtest.ts';
import { bootstrap, resamplingOf } from '../src/scoring/bootstrap.ts';
import { aucOfRanked, averagePrecision, calibrationError, type Estimate, liftAt, rank } from '../src/scoring/measures.ts';
import { addDays, type Day, daysBetween, parseDay } from '../src/units/day.ts';
import { seeded } from '../src/units/random.ts';
import { cell, hasTable, type Row, readTable } from './csv.ts';
import { type Labelled, predictL2 } from './reference-model.ts';

const TRAIN = ['2023-07-01', '2023-10-01', '2024-01-01', '2024-04-01'].flatMap((text) => parseDay(text) ?? []);
const TEST = ['2024-07-01', '2024-10-01'].flatMap((text) => parseDay(text) ?? []);
const HORIZON = 90;
const LEAST_AGE = 30;

const table = (name: string): Row[] => readTable(`ravenstack/ravenstack_${name}.csv`);
export const hasRavenstack = hasTable('ravenstack/ravenstack_accounts.csv');

/** `27-10-2024` and `28-07-2023 03:00`. */
const dayIn = (row: Row, column: string): Day | null => {
  const [day, month, year] = cell(row, column).slice(0, 10).split('-');
  return parseDay(`${year}-${month}-${day}`);
};

interface Case extends Labelled {
  readonly accountId: string;
}

interface Dated {
  readonly row: Row;
  readonly on: Day;
}

function cases(days: readonly Day[]): Case[] {
  const dated = (name: string, column: string, key: (row: Row) => string): ((id: string) => readonly Dated[]) => {
    const found = Map.groupBy(
      table(name).flatMap((row) => {
        const on = dayIn(row, column);
        return on ? [{ row, on }] : [];
      }),
      ({ row }) => key(row),
    );
    return (id) => found.get(id) ?? [];
  };
  const account = (row: Row): string => cell(row, 'account_id');
  const subscriptions = dated('subscriptions', 'start_date', account);
  const owner = new Map(table('subscriptions').map((row) => [cell(row, 'subscription_id'), account(row)]));
  const usage = dated('feature_usage', 'usage_date', (row) => owner.get(cell(row, 'subscription_id')) ?? '');
  const tickets = dated('support_tickets', 'submitted_at', account);
  const churns = dated('churn_events', 'churn_date', account);
  const accounts = table('accounts');
  return days.flatMap((day) =>
    accounts.flatMap((row): Case[] => {
      const signup = dayIn(row, 'signup_date');
      if (!signup || signup > addDays(day, -LEAST_AGE)) return [];
      const id = account(row);
      const before = (rows: readonly Dated[], within = 10_000): Row[] =>
        rows.filter(({ on }) => on < day && on >= addDays(day, -within)).map((one) => one.row);
      const total = (rows: readonly Row[], column: string): number => rows.reduce((sum, one) => sum + Number(cell(one, column) || 0), 0);
      const running = before(subscriptions(id)).filter((one) => (dayIn(one, 'end_date') ?? day) >= day);
      const used = before(usage(id), 28);
      const asked = before(tickets(id), 90);
      const rated = asked.filter((one) => cell(one, 'satisfaction_score') !== '' && (dayIn(one, 'closed_at') ?? day) < day);
      return [
        {
          accountId: id,
          churned: churns(id).some(({ on }) => on >= day && on < addDays(day, HORIZON)),
          words: {
            industry: cell(row, 'industry'),
            country: cell(row, 'country'),
            source: cell(row, 'referral_source'),
            plan: cell(row, 'plan_tier'),
          },
          numeric: {
            seats: Math.log1p(Number(cell(row, 'seats'))),
            tenure: Math.log1p(daysBetween(signup, day)),
            subscriptions: running.length,
            mrr: Math.log1p(total(running, 'mrr_amount')),
            uses: Math.log1p(total(used, 'usage_count')),
            minutes: Math.log1p(total(used, 'usage_duration_secs') / 60),
            errors: total(used, 'error_count'),
            useChange: used.length - before(usage(id), 84).length / 3,
            tickets: asked.length,
            urgent: asked.filter((one) => cell(one, 'priority') === 'urgent').length,
            escalated: asked.filter((one) => cell(one, 'escalation_flag') === 'TRUE').length,
            satisfaction: rated.length === 0 ? null : total(rated, 'satisfaction_score') / rated.length,
            churnedBefore: before(churns(id)).length,
          },
        },
      ];
    }),
  );
}

export interface RavenFigures {
  readonly train: readonly [cases: number, events: number];
  readonly test: readonly [cases: number, events: number];
  readonly auc: Estimate | null;
  readonly averagePrecision: number | null;
  readonly lift10: number | null;
  readonly ece: number | null;
  readonly verdict: Verdict;
}

export function ravenFigures(): RavenFigures {
  const [train, test] = [cases(TRAIN), cases(TEST)];
  const predicted = predictL2(train, test);
  const churned = test.map((one) => one.churned);
  const ranked = rank(predicted, churned);
  const value = aucOfRanked(ranked);
  const interval = bootstrap(resamplingOf(test.map((one) => one.accountId)), (weights) => aucOfRanked(ranked, weights), seeded(1));
  const auc = value === null || interval === null ? null : { value, ...interval };
  const events = new Set(test.filter((one) => one.churned).map((one) => one.accountId)).size;
  const size = (of: readonly Case[]) => [of.length, of.filter((one) => one.churned).length] as const;
  return {
    train: size(train),
    test: size(test),
    auc,
    averagePrecision: averagePrecision(predicted, churned),
    lift10: liftAt(predicted, churned, 0.1),
    ece: calibrationError(predicted, churned),
    verdict: verdictOf(auc, events, false),
  };
}
