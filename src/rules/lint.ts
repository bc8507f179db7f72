/** Rules that do nothing, do the same as another, or wait to be looked at again. */
import type { Policy, SignalRule } from '../policy.ts';
import type { Reweigher } from '../scoring/reweigh.ts';
import { CELL } from '../scoring/sheet.ts';
import type { Day } from '../units/day.ts';

/**
 * `unfed` nothing is known of it on any account · `dead` known, and fires on none · `constant` the same severity on every
 * account it knows · `weightless` 0 points · `capped` its group is full wherever it fires · `overlap` fires on the same
 * accounts as `other` · `overdue` its review day has passed · `untested` no back-test has judged the rule as it is now.
 */
export interface Finding {
  readonly kind: 'unfed' | 'dead' | 'constant' | 'weightless' | 'capped' | 'overlap' | 'overdue' | 'untested';
  readonly signal: string;
  readonly other: string | null;
  /** Accounts that say so. */
  readonly accounts: number;
  readonly day: Day | null;
}

/** Fewer accounts say nothing of a rule. */
const LEAST_ACCOUNTS = 5;
/** Shared accounts ÷ accounts of either, from which two rules say the same. */
const SAME_ACCOUNTS = 0.9;

interface Column {
  readonly rule: SignalRule;
  readonly severities: Float64Array;
  readonly states: Uint8Array;
  readonly fired: ReadonlySet<number>;
}

/** `tested`: the rules that a back-test has judged as they are now. */
export function lintRules(policy: Policy, reweigher: Reweigher, today: Day, tested: ReadonlySet<string>): Finding[] {
  const ids = new Set(reweigher.sheet.rules);
  const columns = policy.signals
    .filter(({ id }) => ids.has(id))
    .map((rule): Column => {
      const severities = reweigher.severities(rule.id);
      const states = reweigher.states(rule.id);
      const fired = new Set([...states.keys()].filter((account) => states[account] === CELL.read && (severities[account] ?? 0) !== 0));
      return { rule, severities, states, fired };
    });
  return [
    ...columns.flatMap((column) => ownFindings(column, columns, policy)),
    ...overlaps(columns),
    ...policy.signals.flatMap(({ id, reviewBy = null }): Finding[] =>
      reviewBy !== null && reviewBy < today ? [finding('overdue', id, 0, null, reviewBy)] : [],
    ),
    ...columns.flatMap(({ rule }) => (tested.has(rule.id) ? [] : [finding('untested', rule.id, 0)])),
  ];
}

const finding = (
  kind: Finding['kind'],
  signal: string,
  accounts: number,
  other: string | null = null,
  day: Day | null = null,
): Finding => ({
  kind,
  signal,
  other,
  accounts,
  day,
});

/** The first that holds: what is dead needs no word about its weight. */
function ownFindings(column: Column, columns: readonly Column[], policy: Policy): Finding[] {
  const { rule, states, severities, fired } = column;
  const known = [...states.keys()].filter((account) => (states[account] ?? 0) >= CELL.read);
  if (states.length === 0) return [];
  if (known.length === 0) return [finding('unfed', rule.id, states.length)];
  if (rule.points === 0) return [finding('weightless', rule.id, fired.size)];
  if (fired.size === 0) return known.length < LEAST_ACCOUNTS ? [] : [finding('dead', rule.id, known.length)];
  const isConstant = known.every((account) => severities[account] === severities[known[0] ?? 0]);
  if (isConstant && known.length >= LEAST_ACCOUNTS) return [finding('constant', rule.id, known.length)];
  const mates = columns.filter((one) => one.rule.group === rule.group && one !== column);
  const counts = [...fired].some((account) => clipped(account, [...mates, column], policy) !== clipped(account, mates, policy));
  return counts ? [] : [finding('capped', rule.id, fired.size)];
}

/** Points of the account's group with these rules alone. */
function clipped(account: number, columns: readonly Column[], policy: Policy): number {
  const [first] = columns;
  const sum = columns.reduce(
    (points, { rule, severities, fired }) => points + (fired.has(account) ? rule.points * (severities[account] ?? 0) : 0),
    0,
  );
  const cap = first ? policy.groupCaps[first.rule.group] : 0;
  return Math.min(cap, Math.max(policy.groupFloor, sum));
}

/** Pairs that pull the same way on nearly the same accounts. */
function overlaps(columns: readonly Column[]): Finding[] {
  const many = columns.filter(({ fired, states }) => fired.size >= LEAST_ACCOUNTS && fired.size < states.length * SAME_ACCOUNTS);
  return many.flatMap((one, index) =>
    many.slice(index + 1).flatMap((other): Finding[] => {
      if (Math.sign(one.rule.points) !== Math.sign(other.rule.points)) return [];
      const shared = one.fired.intersection(other.fired).size;
      const either = one.fired.size + other.fired.size - shared;
      return shared / either >= SAME_ACCOUNTS ? [finding('overlap', one.rule.id, shared, other.rule.id)] : [];
    }),
  );
}
