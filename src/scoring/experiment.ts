/**
 * Two groups of accounts before and after: difference in differences with a 95 % interval, by KPI.
 *
 * effect = (target after − target before) − (control after − control before). Since every account is measured on both
 * sides of the start, that is the difference of two means of changes, one change an account. The interval is Welch's:
 * groups of different size and spread, Student's t with Welch–Satterthwaite degrees of freedom. Accounts are the units:
 * two months of one account are no two witnesses.
 */
import type { Random } from '../units/random.ts';
import { tBeyond } from './student.ts';

export type Side = 'target' | 'control';

/** Accounts in a group, under which nothing can be said of it. */
export const LEAST_GROUP = 5;
/** Under so many a group is told to be small: only a large effect would show. */
export const SMALL_GROUP = 20;

/** `better`: which way is an improvement. */
export const KPIS = [
  { id: 'mrr', better: 'up' },
  { id: 'churn', better: 'down' },
  { id: 'risk', better: 'down' },
  { id: 'logins', better: 'up' },
  { id: 'activeUsers', better: 'up' },
  { id: 'adoption', better: 'up' },
  { id: 'tickets', better: 'down' },
  { id: 'touches', better: 'up' },
] as const satisfies readonly { readonly id: string; readonly better: 'up' | 'down' }[];

export type Kpi = (typeof KPIS)[number]['id'];

/** One account on one KPI; null where it is not known. */
export interface Change {
  readonly before: number | null;
  readonly after: number | null;
}

export interface Measured {
  readonly side: Side;
  readonly kpis: Readonly<Record<Kpi, Change>>;
}

/** Means over the accounts of which both sides are known. */
export interface SideResult {
  readonly before: number | null;
  readonly after: number | null;
  /** Accounts that the means are of. */
  readonly n: number;
}

/**
 * `improved`, `worse`: the interval lies on that side of 0 · `unclear`: it holds 0 · `unknown`: too few accounts are known,
 * or all changed alike, so that nothing tells how far chance goes.
 */
export type Finding = 'improved' | 'worse' | 'unclear' | 'unknown';

export interface KpiResult {
  readonly kpi: Kpi;
  readonly better: 'up' | 'down';
  readonly target: SideResult;
  readonly control: SideResult;
  readonly effect: { readonly value: number | null; readonly low: number | null; readonly high: number | null };
  readonly finding: Finding;
}

interface Sample {
  readonly n: number;
  readonly mean: number;
  /** Of the mean. */
  readonly variance: number;
}

function sampleOf(values: readonly number[]): Sample {
  const n = values.length;
  const mean = values.reduce((sum, value) => sum + value, 0) / n;
  const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  return { n, mean, variance: squares / (n - 1) / n };
}

const TAILS = 0.05;
/** A spread that is nothing but rounding. */
const NO_SPREAD = 1e-12;

/** Mean of `a` − mean of `b` with Welch's 95 % interval; both need two values. Null where neither group has any spread. */
export function welchInterval(a: readonly number[], b: readonly number[]): { readonly low: number; readonly high: number } | null {
  const [one, other] = [sampleOf(a), sampleOf(b)];
  const variance = one.variance + other.variance;
  const scale = Math.max(...[...a, ...b].map(Math.abs));
  if (!(Math.sqrt(variance) > NO_SPREAD * scale)) return null;
  const freedom = variance ** 2 / (one.variance ** 2 / (one.n - 1) + other.variance ** 2 / (other.n - 1));
  const half = tBeyond(TAILS, freedom) * Math.sqrt(variance);
  const value = one.mean - other.mean;
  return { low: value - half, high: value + half };
}

interface Known {
  readonly before: number;
  readonly after: number;
}

const isKnown = (change: Change): change is Known => change.before !== null && change.after !== null;

const meanOf = (values: readonly number[]): number | null =>
  values.length === 0 ? null : values.reduce((sum, value) => sum + value, 0) / values.length;

export function compareGroups(accounts: readonly Measured[]): KpiResult[] {
  return KPIS.map(({ id, better }): KpiResult => {
    const known = (side: Side): Known[] =>
      accounts
        .filter((one) => one.side === side)
        .map(({ kpis }) => kpis[id])
        .filter(isKnown);
    const [target, control] = [known('target'), known('control')];
    const means = (group: readonly Known[]): SideResult => ({
      before: meanOf(group.map(({ before }) => before)),
      after: meanOf(group.map(({ after }) => after)),
      n: group.length,
    });
    const changes = (group: readonly Known[]): number[] => group.map(({ before, after }) => after - before);
    const [gained, usual] = [meanOf(changes(target)), meanOf(changes(control))];
    const isCarried = Math.min(target.length, control.length) >= LEAST_GROUP;
    const value = gained === null || usual === null || !isCarried ? null : gained - usual;
    const interval = value === null ? null : welchInterval(changes(target), changes(control));
    return {
      kpi: id,
      better,
      target: means(target),
      control: means(control),
      effect: { value, low: interval?.low ?? null, high: interval?.high ?? null },
      finding: findingOf(interval, better),
    };
  });
}

function findingOf(interval: { readonly low: number; readonly high: number } | null, better: 'up' | 'down'): Finding {
  if (!interval) return 'unknown';
  if (interval.low <= 0 && interval.high >= 0) return 'unclear';
  return interval.low > 0 === (better === 'up') ? 'improved' : 'worse';
}

/**
 * Draws `each` accounts for each group, or halves the whole set where `each` is null, one stratum after the other, so that
 * both groups have as many of each stratum as can be. Two odd strata lend their odd accounts to different groups.
 */
export function drawGroups<T>(
  accounts: readonly T[],
  stratumOf: (account: T) => string,
  random: Random,
  each: number | null = null,
): { readonly target: readonly T[]; readonly control: readonly T[] } {
  const strata = [...Map.groupBy(accounts, stratumOf)].sort(([a], [b]) => (a < b ? -1 : 1));
  const inOrder = strata.flatMap(([, members]) => shuffled(members, random));
  const drawn = each === null ? inOrder : spread(inOrder, 2 * each);
  const target: T[] = [];
  const control: T[] = [];
  for (let at = 0; at < drawn.length; at += 2) {
    const pair = drawn.slice(at, at + 2);
    const [first, second] = random() < 0.5 ? [target, control] : [control, target];
    first.push(...pair.slice(0, 1));
    second.push(...pair.slice(1));
  }
  return { target, control };
}

/** `count` places evenly over the list: of each stratum its share. */
const spread = <T>(list: readonly T[], count: number): T[] =>
  count >= list.length
    ? [...list]
    : list.filter((_, at) => Math.floor(((at + 1) * count) / list.length) > Math.floor((at * count) / list.length));

/** Fisher–Yates. */
function shuffled<T>(list: readonly T[], random: Random): T[] {
  const order = [...list];
  for (let at = order.length - 1; at > 0; at--) {
    const other = Math.floor(random() * (at + 1));
    const [one, two] = [order[at], order[other]];
    if (one === undefined || two === undefined) continue;
    order[at] = two;
    order[other] = one;
  }
  return order;
}
