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
  /** By place: before clipping and floors, and after them; NaN where too little is known. */
  readonly unclipped: Float64Array;
  readonly totals: Float64Array;
  readonly standing: Standing;
  readonly ranking: Ranking;
}

/** What the order goes by, by account: the group first, then two figures, each largest first. */
interface Standing {
  readonly groups: Uint8Array;
  readonly first: Float64Array;
  readonly second: Uint8Array;
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

  /** What hangs on a score that is the same is taken from `kept`. */
  #weigh(policy: Policy, sums: readonly GroupSums[], kept: Weighed | null): Weighed {
    const { accounts } = this.sheet;
    const { unclipped, totals } = this.#totals(policy, sums, kept);
    const risk = new Uint8Array(accounts.length);
    const loss = new Float64Array(accounts.length);
    const bands: (Band | null)[] = new Array(accounts.length);
    const before = kept && RISING.every((band) => policy.bands[band] === this.policy.bands[band]) ? kept : null;
    const groups = new Uint8Array(accounts.length);
    for (const [account, { mrr, stratum, monthsLost, noticeGiven, snoozed }] of accounts.entries()) {
      const first = account * SHEET_DAYS;
      const points = unclipped[first + LAST] ?? 0;
      risk[account] = Math.round(Math.max(Math.min(100, Math.max(0, points)), this.sheet.floors[first + LAST] ?? 0));
      const band = before && isSame(totals, before.totals, first) ? before.ranking.bands[account] : bandOn(totals, first, policy);
      bands[account] = band ?? null;
      loss[account] = mrr === null ? UNKNOWN : expectedLoss(mrr, probabilityOf(points, stratum, policy), monthsLost);
      groups[account] = noticeGiven ? 1 : snoozed ? 3 : bands[account] === null ? 2 : 0;
    }
    const standing = this.#standing(groups, { risk, bands, loss });
    const order = this.#ordered(standing, kept);
    return {
      sums,
      unclipped,
      totals,
      standing,
      ranking: { order, ranked: groups.filter((group) => group === 0).length, risk, bands, loss },
    };
  }

  /** By place; only where a group's sum changed, if nothing else of the policy did that goes into the score. */
  #totals(policy: Policy, sums: readonly GroupSums[], kept: Weighed | null): Pick<Weighed, 'unclipped' | 'totals'> {
    const base = kept && sameFrame(policy, this.policy) ? kept : null;
    const unclipped = base ? base.unclipped.slice() : new Float64Array(this.#places);
    const totals = base ? base.totals.slice() : new Float64Array(this.#places);
    const changed = sums.flatMap((own, index) => {
      const then = base?.sums[index];
      return then && then !== own ? [{ own, then }] : [];
    });
    for (let place = 0; place < this.#places; place++) {
      if (base && changed.every(({ own, then }) => sameSum(own, then, place))) continue;
      const points = policy.base + sumAt(sums, place, policy);
      unclipped[place] = points;
      totals[place] =
        coverageAt(sums, place) < policy.minimumCoverage
          ? UNKNOWN
          : Math.max(Math.min(100, Math.max(0, points)), this.sheet.floors[place] ?? 0);
    }
    return { unclipped, totals };
  }

  /**
   * As the book's default order: by group, then expected loss, risk, MRR, each largest first, then id. Where probabilities
   * have no predictive power the loss says nothing: band, then MRR.
   */
  #standing(groups: Uint8Array, { risk, bands, loss }: Pick<Ranking, 'risk' | 'bands' | 'loss'>): Standing {
    if (!this.sheet.unproven) return { groups, first: loss, second: risk };
    return { groups, first: Float64Array.from(bands, (band) => RISING.indexOf(band ?? 'low')), second: new Uint8Array(bands.length) };
  }

  /** Who stands as before stays in the order that was; the others are sorted by themselves and put in between. */
  #ordered(now: Standing, kept: Weighed | null): Uint32Array {
    const { accounts } = this.sheet;
    const { groups, first, second } = now;
    const compare = (a: number, b: number): number => {
      const byGroup = (groups[a] ?? 0) - (groups[b] ?? 0);
      if (byGroup !== 0) return byGroup;
      const byFirst = largestFirst(first[a] ?? UNKNOWN, first[b] ?? UNKNOWN);
      if (byFirst !== 0) return byFirst;
      const bySecond = (second[b] ?? 0) - (second[a] ?? 0);
      if (bySecond !== 0) return bySecond;
      const [one, other] = [accounts[a], accounts[b]];
      if (!one || !other) return 0;
      return largestFirst(one.mrr ?? UNKNOWN, other.mrr ?? UNKNOWN) || (one.id < other.id ? -1 : 1);
    };
    if (!kept) return Uint32Array.from(accounts.keys()).sort(compare);
    const { standing: then, ranking } = kept;
    const stays = (account: number): boolean =>
      groups[account] === then.groups[account] &&
      Object.is(first[account], then.first[account]) &&
      second[account] === then.second[account];
    const staying = ranking.order.filter(stays);
    const moving = Uint32Array.from(accounts.keys().filter((account) => !stays(account))).sort(compare);
    return merged(staying, moving, compare);
  }
}

/** Of two runs that are in order. */
function merged(a: Uint32Array, b: Uint32Array, compare: (a: number, b: number) => number): Uint32Array {
  const all = new Uint32Array(a.length + b.length);
  let left = 0;
  let right = 0;
  for (let index = 0; index < all.length; index++) {
    const [one, other] = [a[left], b[right]];
    const takesLeft = other === undefined || (one !== undefined && compare(one, other) < 0);
    all[index] = (takesLeft ? one : other) ?? 0;
    if (takesLeft) left++;
    else right++;
  }
  return all;
}

/** What goes into every score besides the groups' sums. */
const sameFrame = (a: Policy, b: Policy): boolean =>
  a.base === b.base &&
  a.groupFloor === b.groupFloor &&
  a.minimumCoverage === b.minimumCoverage &&
  GROUPS.every((group) => a.groupCaps[group] === b.groupCaps[group]);

const sameSum = (a: GroupSums, b: GroupSums, place: number): boolean =>
  a.points[place] === b.points[place] && a.known[place] === b.known[place] && a.unknown[place] === b.unknown[place];

function sumAt(sums: readonly GroupSums[], place: number, { groupFloor, groupCaps }: Policy): number {
  let points = 0;
  for (let index = 0; index < sums.length; index++) {
    const group = GROUPS[index];
    if (group === undefined) break;
    points += Math.min(groupCaps[group], Math.max(groupFloor, sums[index]?.points[place] ?? 0));
  }
  return points;
}

function coverageAt(sums: readonly GroupSums[], place: number): number {
  let known = 0;
  let all = 0;
  for (const own of sums) {
    known += own.known[place] ?? 0;
    all += (own.known[place] ?? 0) + (own.unknown[place] ?? 0);
  }
  return all === 0 ? 0 : known / all;
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
