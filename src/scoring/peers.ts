/** What an account is compared with: the other accounts of the portal, and those on its plan. Small enough to be kept. */

/** Fewer accounts than this are no measure. */
const LEAST_PEERS = 20;
/** Edges that hold a plan's unit costs, whatever its size. */
const EDGES = 101;

export interface PlanPeers {
  /** Median logins a seat and week; null with fewer than 20 accounts. */
  readonly loginRate: number | null;
  /** Ascending quantiles of MRR per active user; null with fewer than 20 accounts. */
  readonly unitCost: readonly number[] | null;
}

export interface Peers {
  /** Median hours in which the portal's tickets of the last 90 days were solved; null with fewer than 20. */
  readonly resolutionHours: number | null;
  /** By plan; `''` for accounts without one. */
  readonly plans: Readonly<Record<string, PlanPeers>>;
}

/** What one account brings in. Nulls do not count. */
export interface PeerFigures {
  readonly plan: string | null;
  readonly loginRate: number | null;
  /** In the portal's home currency. */
  readonly unitCost: number | null;
}

const planKey = (plan: string | null): string => plan ?? '';

export const peersOf = (peers: Peers, plan: string | null): PlanPeers | null =>
  Object.hasOwn(peers.plans, planKey(plan)) ? (peers.plans[planKey(plan)] ?? null) : null;

/** Over all accounts of the portal, in any order. */
export function peersFrom(figures: Iterable<PeerFigures>, resolutionHours: readonly number[]): Peers {
  const rates = new Map<string, number[]>();
  const costs = new Map<string, number[]>();
  const push = (into: Map<string, number[]>, plan: string | null, value: number | null): void => {
    if (value === null) return;
    const known = into.get(planKey(plan));
    if (known) known.push(value);
    else into.set(planKey(plan), [value]);
  };
  for (const { plan, loginRate, unitCost } of figures) {
    push(rates, plan, loginRate);
    push(costs, plan, unitCost);
  }
  const plans = [...new Set([...rates.keys(), ...costs.keys()])].sort().map((plan) => {
    const cost = sorted(costs.get(plan) ?? []);
    const unitCost = cost.length < LEAST_PEERS ? null : Array.from({ length: EDGES }, (_, edge) => quantile(cost, edge / (EDGES - 1)));
    return [plan, { loginRate: median(rates.get(plan) ?? []), unitCost }] as const;
  });
  return { resolutionHours: median(resolutionHours), plans: Object.fromEntries(plans) };
}

const sorted = (values: readonly number[]): Float64Array => Float64Array.from(values).sort();

function quantile(ascending: Float64Array, share: number): number {
  const at = (ascending.length - 1) * share;
  const below = ascending[Math.floor(at)] ?? 0;
  const above = ascending[Math.ceil(at)] ?? 0;
  return below + (above - below) * (at - Math.floor(at));
}

const median = (values: readonly number[]): number | null => (values.length < LEAST_PEERS ? null : quantile(sorted(values), 0.5));

/** The share of peers whose value is lower; of ascending quantiles, linear between two, the middle of equal ones. */
export function shareBelow(quantiles: readonly number[], value: number): number {
  const last = quantiles.length - 1;
  let below = 0;
  let upTo = 0;
  for (const one of quantiles) {
    if (one < value) below++;
    if (one <= value) upTo++;
  }
  if (upTo > below) return (below + upTo - 1) / 2 / last;
  if (below === 0) return 0;
  if (below > last) return 1;
  const from = quantiles[below - 1] ?? value;
  const to = quantiles[below] ?? value;
  return (below - 1 + (value - from) / (to - from)) / last;
}
