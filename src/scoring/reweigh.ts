/**
 * Ranks a book again under other weights. The severities and group sums of the policy that the book was read with are
 * kept; a change works out anew only the groups that it touches, and bands only of accounts whose score moved.
 */
import type { Band, Policy } from '../policy.ts';
import { replayBand } from './bands.ts';
import { type CompiledPolicy, type CompiledRule, compilePolicy, GROUPS, rampFor, rampSeverity } from './compile.ts';
import { expectedLoss, probabilityOf } from './exposure.ts';
import { CELL, SHEET_DAYS, type Sheet } from './sheet.ts';

const LAST = SHEET_DAYS - 1;
const WIDTH = GROUPS.length;
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

/** Sums by place × group. */
interface Sums {
  readonly points: Float64Array;
  readonly known: Float64Array;
  readonly unknown: Float64Array;
}

const sumsFor = (places: number): Sums => ({
  points: new Float64Array(places * WIDTH),
  known: new Float64Array(places * WIDTH),
  unknown: new Float64Array(places * WIDTH),
});

interface Kept {
  readonly totals: Float64Array;
  readonly ranking: Ranking;
}

export class Reweigher {
  readonly sheet: Sheet;
  readonly policy: Policy;
  readonly #compiled: CompiledPolicy;
  /** By place × rule. */
  readonly #severities: Float64Array;
  readonly #sums: Sums;
  readonly #kept: Kept;
  /** Rules of a group stand together: where each group begins, and where the last ends. */
  readonly #edges: readonly number[];

  /** `policy` is the one that the sheet was read with. */
  constructor(sheet: Sheet, policy: Policy) {
    this.sheet = sheet;
    this.policy = policy;
    this.#compiled = compilePolicy(policy);
    const { rules } = this.#compiled;
    this.#edges = [
      ...GROUPS.map((group) => rules.filter((one) => GROUPS.indexOf(one.rule.group) < GROUPS.indexOf(group)).length),
      rules.length,
    ];
    const places = sheet.accounts.length * SHEET_DAYS;
    this.#severities = new Float64Array(places * rules.length);
    for (const [index, rule] of rules.entries()) {
      const column = this.#column(index, rule);
      for (let place = 0; place < places; place++) this.#severities[place * rules.length + index] = column[place] ?? 0;
    }
    this.#sums = sumsFor(places);
    const all = GROUPS.map(() => true);
    this.#kept = this.#weigh(this.#compiled, new Map(), all, this.#sums, null);
  }

  get base(): Ranking {
    return this.#kept.ranking;
  }

  /** Severity of a rule by account, as of the sheet's day. */
  severities(rule: string): Float64Array {
    const index = this.sheet.rules.indexOf(rule);
    return Float64Array.from(
      this.sheet.accounts,
      (_, account) => this.#severities[(account * SHEET_DAYS + LAST) * this.sheet.rules.length + index] ?? 0,
    );
  }

  /** What a rule gives one account under `policy`; 0 where it is unknown, dismissed or left out. */
  points(rule: string, account: number, policy: Policy): number {
    const index = this.sheet.rules.indexOf(rule);
    const compiled = compilePolicy(policy).rules[index];
    const place = account * SHEET_DAYS + LAST;
    if (!compiled || this.sheet.states[place * this.sheet.rules.length + index] !== CELL.read) return 0;
    return compiled.rule.points * this.#severityAt(index, compiled, place);
  }

  /** The state (`CELL`) of a rule by account, as of the sheet's day. */
  states(rule: string): Uint8Array {
    const index = this.sheet.rules.indexOf(rule);
    return Uint8Array.from(
      this.sheet.accounts,
      (_, account) => this.sheet.states[(account * SHEET_DAYS + LAST) * this.sheet.rules.length + index] ?? 0,
    );
  }

  /** `policy` may differ from the sheet's in what `isWeighable` allows. */
  rank(policy: Policy): Ranking {
    const compiled = compilePolicy(policy);
    const columns = new Map<number, Float64Array>();
    const touched = GROUPS.map(() => false);
    for (const [index, rule] of compiled.rules.entries()) {
      const before = this.#compiled.rules[index];
      if (!before) throw new RangeError('another set of signals cannot be weighed on this sheet');
      const sameRamp = sameRamps(before, rule);
      if (!sameRamp) columns.set(index, this.#column(index, rule));
      if (!sameRamp || before.rule.points !== rule.rule.points) touched[GROUPS.indexOf(rule.rule.group)] = true;
    }
    return this.#weigh(compiled, columns, touched, sumsFor(0), this.#kept).ranking;
  }

  /** Severities of one rule by place. */
  #column(index: number, rule: CompiledRule): Float64Array {
    const { rules, profileAt, states } = this.sheet;
    const column = new Float64Array(profileAt.length);
    for (let place = 0; place < column.length; place++) {
      if ((states[place * rules.length + index] ?? 0) >= CELL.read) column[place] = this.#severityAt(index, rule, place);
    }
    return column;
  }

  #severityAt(index: number, rule: CompiledRule, place: number): number {
    const { rules, profiles, profileAt, values, fades } = this.sheet;
    const cell = place * rules.length + index;
    const profile = profiles[profileAt[place] ?? 0];
    return rampSeverity(values[cell] ?? 0, profile ? rampFor(rule, profile) : rule.rule.ramp) * (fades[cell] ?? 1);
  }

  /** `into` takes the sums of touched groups where it has room for them; groups that are not touched are read from the kept sums. */
  #weigh(
    { policy, rules }: CompiledPolicy,
    columns: ReadonlyMap<number, Float64Array>,
    touched: readonly boolean[],
    into: Sums,
    kept: Kept | null,
  ): Kept {
    const { accounts, floors, states } = this.sheet;
    const keeps = into.points.length > 0;
    const sums = this.#sums;
    const points = rules.map((one) => one.rule.points);
    const caps = GROUPS.map((group) => policy.groupCaps[group]);
    const count = accounts.length;
    const totals = new Float64Array(count * SHEET_DAYS);
    const risk = new Uint8Array(count);
    const loss = new Float64Array(count);
    const bands: (Band | null)[] = new Array(count);
    const sameBands = kept !== null && RISING.every((band) => policy.bands[band] === this.policy.bands[band]);
    for (const [account, { mrr, stratum, monthsLost }] of accounts.entries()) {
      let unclipped = policy.base;
      let total = 0;
      let moved = !sameBands;
      for (let day = 0; day < SHEET_DAYS; day++) {
        const place = account * SHEET_DAYS + day;
        let sum = 0;
        let known = 0;
        let weight = 0;
        for (let group = 0; group < WIDTH; group++) {
          const at = place * WIDTH + group;
          let groupPoints = 0;
          let groupKnown = 0;
          let groupUnknown = 0;
          if (touched[group]) {
            const end = this.#edges[group + 1] ?? 0;
            for (let rule = this.#edges[group] ?? 0; rule < end; rule++) {
              const cell = place * rules.length + rule;
              const state = states[cell];
              if (state === CELL.none) continue;
              const value = points[rule] ?? 0;
              if (state === CELL.unknown) groupUnknown += Math.abs(value);
              else groupKnown += Math.abs(value);
              if (state === CELL.read) groupPoints += value * (columns.get(rule)?.[place] ?? this.#severities[cell] ?? 0);
            }
            if (keeps) {
              into.points[at] = groupPoints;
              into.known[at] = groupKnown;
              into.unknown[at] = groupUnknown;
            }
          } else {
            groupPoints = sums.points[at] ?? 0;
            groupKnown = sums.known[at] ?? 0;
            groupUnknown = sums.unknown[at] ?? 0;
          }
          sum += Math.min(caps[group] ?? 0, Math.max(policy.groupFloor, groupPoints));
          known += groupKnown;
          weight += groupKnown + groupUnknown;
        }
        unclipped = policy.base + sum;
        total = Math.max(Math.min(100, Math.max(0, unclipped)), floors[place] ?? 0);
        const isKnown = (weight === 0 ? 0 : known / weight) >= policy.minimumCoverage;
        totals[place] = isKnown ? total : UNKNOWN;
        if (!moved) moved = !Object.is(totals[place], kept?.totals[place]);
      }
      risk[account] = Math.round(total);
      const days = totals.subarray(account * SHEET_DAYS, (account + 1) * SHEET_DAYS);
      bands[account] = moved ? bandAfter(days, policy) : (kept?.ranking.bands[account] ?? null);
      loss[account] = mrr === null ? UNKNOWN : expectedLoss(mrr, probabilityOf(unclipped, stratum, policy), monthsLost);
    }
    const groups = accounts.map(({ noticeGiven, snoozed }, index) => (noticeGiven ? 1 : snoozed ? 3 : bands[index] === null ? 2 : 0));
    const order = this.#ordered(groups, loss, risk);
    return { totals, ranking: { order, ranked: groups.filter((group) => group === 0).length, risk, bands, loss } };
  }

  /** As the book's default order: expected loss, risk, MRR, each largest first, then id. */
  #ordered(groups: readonly number[], loss: Float64Array, risk: Uint8Array): Uint32Array {
    const { accounts } = this.sheet;
    return Uint32Array.from(accounts.keys()).sort((a, b) => {
      const byGroup = (groups[a] ?? 0) - (groups[b] ?? 0);
      if (byGroup !== 0) return byGroup;
      const byLoss = largestFirst(loss[a] ?? UNKNOWN, loss[b] ?? UNKNOWN);
      if (byLoss !== 0) return byLoss;
      const byRisk = (risk[b] ?? 0) - (risk[a] ?? 0);
      if (byRisk !== 0) return byRisk;
      const [one, other] = [accounts[a], accounts[b]];
      if (!one || !other) return 0;
      return largestFirst(one.mrr ?? UNKNOWN, other.mrr ?? UNKNOWN) || (one.id < other.id ? -1 : 1);
    });
  }
}

const RISING: readonly Band[] = ['low', 'watch', 'high', 'critical'];

/** Unknown (NaN) last. */
const largestFirst = (a: number, b: number): number => (Number.isNaN(a) ? (Number.isNaN(b) ? 0 : 1) : Number.isNaN(b) ? -1 : b - a);

/** Null where the last day knows too little. */
function bandAfter(days: Float64Array, policy: Policy): Band | null {
  if (Number.isNaN(days[LAST])) return null;
  return replayBand(
    Array.from(days, (total) => (Number.isNaN(total) ? null : total)),
    policy.bands,
  );
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
