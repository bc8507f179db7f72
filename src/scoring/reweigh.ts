/**
 * Ranks a book again under other weights. The severities and group sums of the policy that the book was read with are
 * kept; a change works out anew only the groups that it touches, and bands only of accounts whose score moved.
 */
import type { Band, Policy, SignalGroup } from '../policy.ts';
import { bandAfter } from './bands.ts';
import { type CompiledPolicy, type CompiledRule, compilePolicy, GROUPS, rampFor, rampSeverity } from './compile.ts';
import { expectedLoss, probabilityOf } from './exposure.ts';
import { CELL, SHEET_DAYS, type Sheet } from './sheet.ts';

const LAST = SHEET_DAYS - 1;
/** A score with too little behind it. */
const UNKNOWN = Number.NaN;

/** By account, in the sheet's order. */
export interface Ranking {
  /** Indexes of accounts, first to last in the default order of the book. */
  readonly order: Uint32Array;
  /** How many of them are ranked; notice given, unknown and snoozed stand after. */
  readonly ranked: number;
  readonly risk: Uint8Array;
  readonly bands: readonly (Band | null)[];
  /** Expected loss in exact money; NaN where MRR is unknown. */
  readonly loss: Float64Array;
}

/** Sums of one group by place. */
interface GroupSums {
  readonly points: Float64Array;
  /** Weight of what is known, and of what is not. */
  readonly known: Float64Array;
  readonly unknown: Float64Array;
}

/** What a ranking was made of, kept so that the next one can begin from it. */
interface Weighed {
  /** By group. */
  readonly sums: readonly GroupSums[];
  /** By place; NaN where too little is known. */
  readonly totals: Float64Array;
  readonly ranking: Ranking;
}

export class Reweigher {
  readonly sheet: Sheet;
  readonly policy: Policy;
  readonly #compiled: CompiledPolicy;
  readonly #places: number;
  /** By rule, then by place. */
  readonly #severities: readonly Float64Array[];
  readonly #kept: Weighed;

  /** `policy` is the one that the sheet was read with. */
  constructor(sheet: Sheet, policy: Policy) {
    this.sheet = sheet;
    this.policy = policy;
    this.#compiled = compilePolicy(policy);
    this.#places = sheet.accounts.length * SHEET_DAYS;
    this.#severities = this.#compiled.rules.map((rule, index) => this.#column(index, rule));
    const sums = GROUPS.map((group) => this.#sum(group, this.#compiled, this.#severities));
    this.#kept = this.#weigh(policy, sums, null);
  }

  get base(): Ranking {
    return this.#kept.ranking;
  }

  /** Severity of a rule by account, as of the sheet's day. */
  severities(rule: string): Float64Array {
    const column = this.#severities[this.sheet.rules.indexOf(rule)];
    return Float64Array.from(this.sheet.accounts, (_, account) => column?.[account * SHEET_DAYS + LAST] ?? 0);
  }

  /** The state (`CELL`) of a rule by account, as of the sheet's day. */
  states(rule: string): Uint8Array {
    const first = this.sheet.rules.indexOf(rule) * this.#places;
    return Uint8Array.from(this.sheet.accounts, (_, account) => this.sheet.states[first + account * SHEET_DAYS + LAST] ?? 0);
  }

  /** What a rule gives one account under `policy`; 0 where it is unknown, dismissed or left out. */
  points(rule: string, account: number, policy: Policy): number {
    const index = this.sheet.rules.indexOf(rule);
    const compiled = compilePolicy(policy).rules[index];
    const place = account * SHEET_DAYS + LAST;
    if (!compiled || this.sheet.states[index * this.#places + place] !== CELL.read) return 0;
    return compiled.rule.points * this.#severityAt(index, compiled, place);
  }

  /** `policy` may differ from the sheet's in what `isWeighable` allows. */
  rank(policy: Policy): Ranking {
    const compiled = compilePolicy(policy);
    const severities = [...this.#severities];
    const touched = new Set<SignalGroup>();
    for (const [index, rule] of compiled.rules.entries()) {
      const before = this.#compiled.rules[index];
      if (!before) throw new RangeError('another set of signals cannot be weighed on this sheet');
      const sameRamp = sameRamps(before, rule);
      if (!sameRamp) severities[index] = this.#column(index, rule);
      if (!sameRamp || before.rule.points !== rule.rule.points) touched.add(rule.rule.group);
    }
    const sums = this.#kept.sums.map((kept, index) => {
      const group = GROUPS[index];
      return group && touched.has(group) ? this.#sum(group, compiled, severities) : kept;
    });
    return this.#weigh(policy, sums, this.#kept).ranking;
  }

  /** Severities of one rule by place. */
  #column(index: number, rule: CompiledRule): Float64Array {
    const { states } = this.sheet;
    const column = new Float64Array(this.#places);
    for (let place = 0; place < column.length; place++) {
      if ((states[index * this.#places + place] ?? 0) >= CELL.read) column[place] = this.#severityAt(index, rule, place);
    }
    return column;
  }

  #severityAt(index: number, rule: CompiledRule, place: number): number {
    const { profiles, profileAt, values, fades } = this.sheet;
    const cell = index * this.#places + place;
    const profile = profiles[profileAt[place] ?? 0];
    return rampSeverity(values[cell] ?? 0, profile ? rampFor(rule, profile) : rule.rule.ramp) * (fades[cell] ?? 1);
  }

  #sum(group: SignalGroup, { rules }: CompiledPolicy, severities: readonly Float64Array[]): GroupSums {
    const { states } = this.sheet;
    const points = new Float64Array(this.#places);
    const known = new Float64Array(this.#places);
    const unknown = new Float64Array(this.#places);
    for (const [index, { rule }] of rules.entries()) {
      if (rule.group !== group) continue;
      const column = severities[index] ?? points;
      const weight = Math.abs(rule.points);
      const first = index * this.#places;
      for (let place = 0; place < points.length; place++) {
        const state = states[first + place];
        if (state === CELL.none) continue;
        if (state === CELL.unknown) unknown[place] = (unknown[place] ?? 0) + weight;
        else known[place] = (known[place] ?? 0) + weight;
        if (state === CELL.read) points[place] = (points[place] ?? 0) + rule.points * (column[place] ?? 0);
      }
    }
    return { points, known, unknown };
  }

  /** `kept`: bands of accounts whose scores are the same are taken from there. */
  #weigh(policy: Policy, sums: readonly GroupSums[], kept: Weighed | null): Weighed {
    const { accounts } = this.sheet;
    const { unclipped, totals } = this.#totals(policy, sums);
    const risk = new Uint8Array(accounts.length);
    const loss = new Float64Array(accounts.length);
    const bands: (Band | null)[] = new Array(accounts.length);
    const before = kept && RISING.every((band) => policy.bands[band] === this.policy.bands[band]) ? kept : null;
    const rank = new Uint8Array(accounts.length);
    for (const [account, { mrr, stratum, monthsLost, noticeGiven, snoozed }] of accounts.entries()) {
      const first = account * SHEET_DAYS;
      const points = unclipped[account] ?? 0;
      risk[account] = Math.round(Math.max(Math.min(100, Math.max(0, points)), this.sheet.floors[first + LAST] ?? 0));
      const band = before && isSame(totals, before.totals, first) ? before.ranking.bands[account] : bandOn(totals, first, policy);
      bands[account] = band ?? null;
      loss[account] = mrr === null ? UNKNOWN : expectedLoss(mrr, probabilityOf(points, stratum, policy), monthsLost);
      rank[account] = noticeGiven ? 1 : snoozed ? 3 : bands[account] === null ? 2 : 0;
    }
    const ranking = {
      order: this.#ordered(rank, { risk, bands, loss }),
      ranked: rank.filter((group) => group === 0).length,
      risk,
      bands,
      loss,
    };
    return { sums, totals, ranking };
  }

  /** Scores before clipping as of the sheet's day, by account, and clipped ones by place. */
  #totals({ base, groupFloor, groupCaps, minimumCoverage }: Policy, sums: readonly GroupSums[]) {
    const { accounts, floors } = this.sheet;
    const points = new Float64Array(this.#places);
    const known = new Float64Array(this.#places);
    const weight = new Float64Array(this.#places);
    for (const [index, group] of GROUPS.entries()) {
      const own = sums[index];
      if (!own) continue;
      const cap = groupCaps[group];
      for (let place = 0; place < points.length; place++) {
        points[place] = (points[place] ?? 0) + Math.min(cap, Math.max(groupFloor, own.points[place] ?? 0));
        known[place] = (known[place] ?? 0) + (own.known[place] ?? 0);
        weight[place] = (weight[place] ?? 0) + (own.known[place] ?? 0) + (own.unknown[place] ?? 0);
      }
    }
    const unclipped = Float64Array.from(accounts, (_, account) => base + (points[account * SHEET_DAYS + LAST] ?? 0));
    const totals = points.map((sum, place) => {
      const all = weight[place] ?? 0;
      if ((all === 0 ? 0 : (known[place] ?? 0) / all) < minimumCoverage) return UNKNOWN;
      return Math.max(Math.min(100, Math.max(0, base + sum)), floors[place] ?? 0);
    });
    return { unclipped, totals };
  }

  /**
   * As the book's default order: by group, then expected loss, risk, MRR, each largest first, then id. Where probabilities
   * have no predictive power the loss says nothing: band, then MRR.
   */
  #ordered(groups: Uint8Array, { risk, bands, loss }: Pick<Ranking, 'risk' | 'bands' | 'loss'>): Uint32Array {
    const { accounts, unproven } = this.sheet;
    const heights = Float64Array.from(bands, (band) => RISING.indexOf(band ?? 'low'));
    const [first, second] = unproven ? [heights, risk.map(() => 0)] : [loss, risk];
    return Uint32Array.from(accounts.keys()).sort((a, b) => {
      const byGroup = (groups[a] ?? 0) - (groups[b] ?? 0);
      if (byGroup !== 0) return byGroup;
      const byFirst = largestFirst(first[a] ?? UNKNOWN, first[b] ?? UNKNOWN);
      if (byFirst !== 0) return byFirst;
      const bySecond = (second[b] ?? 0) - (second[a] ?? 0);
      if (bySecond !== 0) return bySecond;
      const [one, other] = [accounts[a], accounts[b]];
      if (!one || !other) return 0;
      return largestFirst(one.mrr ?? UNKNOWN, other.mrr ?? UNKNOWN) || (one.id < other.id ? -1 : 1);
    });
  }
}

const RISING: readonly Band[] = ['low', 'watch', 'high', 'critical'];

/** Unknown (NaN) last. */
const largestFirst = (a: number, b: number): number => (Number.isNaN(a) ? (Number.isNaN(b) ? 0 : 1) : Number.isNaN(b) ? -1 : b - a);

function isSame(a: Float64Array, b: Float64Array, first: number): boolean {
  for (let place = first; place < first + SHEET_DAYS; place++) if (!Object.is(a[place], b[place])) return false;
  return true;
}

/** The band after the account's days; null where the last day knows too little. */
function bandOn(totals: Float64Array, first: number, policy: Policy): Band | null {
  const ago = (days: number): number | null => {
    const total = totals[first + LAST - days] ?? UNKNOWN;
    return Number.isNaN(total) ? null : total;
  };
  return ago(0) === null ? null : bandAfter(LAST, ago, policy.bands);
}

const sameRamp = (a: { readonly from: number; readonly to: number } | undefined, b: typeof a): boolean =>
  a?.from === b?.from && a?.to === b?.to;

function sameRamps(a: CompiledRule, b: CompiledRule): boolean {
  if (!sameRamp(a.rule.ramp, b.rule.ramp)) return false;
  return (['plan', 'segment'] as const).every((key) => {
    const [before, after] = [a.ramps?.[key], b.ramps?.[key]];
    return (before?.size ?? 0) === (after?.size ?? 0) && [...(before ?? [])].every(([name, ramp]) => sameRamp(ramp, after?.get(name)));
  });
}

/** Whether the policies differ only in weights, ramps, caps, edges and rates: what a sheet can answer. */
export function isWeighable(a: Policy, b: Policy): boolean {
  const rest = (policy: Policy): string =>
    JSON.stringify({
      ...policy,
      base: 0,
      groupFloor: 0,
      groupCaps: 0,
      bands: 0,
      minimumCoverage: 0,
      probability: 0,
      targets: 0,
      ramps: policy.ramps.map((one) => ({ ...one, ramp: 0 })),
      signals: policy.signals.map(({ reviewBy: _, ...rule }) => ({ ...rule, ramp: 0, points: 0 })),
    });
  return rest(a) === rest(b);
}
