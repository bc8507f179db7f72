/**
 * The leak guard: what knows the outcome because it was written after it, and so would make any rule look wise.
 *
 * A replay uses what was known on each day. What remains are values that are overwritten without a history, things that
 * are only filled in when a customer leaves, and figures that are too good.
 */

export interface Leak {
  /** A mapping key, a signal, `auc`. */
  readonly what: string;
  readonly because: 'no_history' | 'written_by_churn' | 'too_good' | 'cancellation';
  /** How often, or how good. */
  readonly value: number | null;
}

const CHURNED_SHARE = 0.8;
const LIVE_SHARE = 0.05;
/** One value of a property need not be on most of the churned to be written by churn: a desk for lost accounts, a stage. */
const VALUE_CHURNED_SHARE = 0.25;
const VALUE_LIVE_SHARE = 0.01;
const SIGNAL_AUC = 0.9;
const OVERALL_AUC = 0.95;
/** A share of fewer accounts is chance. */
const LEAST_CHURNED = 5;

/** A property, or one value of it, and the accounts that have it. */
export interface Trait {
  readonly what: string;
  /** `filled`: the property has any value; `value`: it has this one. */
  readonly kind: 'filled' | 'value';
  readonly accounts: ReadonlySet<string>;
}

/** Properties filled for more than 80 % of the churned and fewer than 5 % of the living; values by 25 % and 1 %. */
export function leakyTraits(traits: Iterable<Trait>, churned: ReadonlySet<string>, living: ReadonlySet<string>): Leak[] {
  if (churned.size < LEAST_CHURNED || living.size === 0) return [];
  const found: Leak[] = [];
  for (const { what, kind, accounts } of traits) {
    const among = churned.intersection(accounts).size / churned.size;
    const alive = living.intersection(accounts).size / living.size;
    const [most, least] = kind === 'filled' ? [CHURNED_SHARE, LIVE_SHARE] : [VALUE_CHURNED_SHARE, VALUE_LIVE_SHARE];
    if (among > most && alive < least) {
      found.push({ what, because: 'written_by_churn', value: among });
    }
  }
  return found;
}

/** `fatal`: the whole looks foreseen, so that no verdict may rest on it. */
export function leaksInFigures(
  auc: number | null,
  signals: readonly { readonly id: string; readonly auc: number | null }[],
): { readonly leaks: readonly Leak[]; readonly fatal: boolean } {
  const leaks = signals.flatMap(({ id, auc: value }): Leak[] =>
    value !== null && value > SIGNAL_AUC ? [{ what: id, because: 'too_good', value }] : [],
  );
  const fatal = auc !== null && auc > OVERALL_AUC;
  return { leaks: fatal ? [...leaks, { what: 'auc', because: 'too_good', value: auc }] : leaks, fatal };
}
