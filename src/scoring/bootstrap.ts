/** Intervals by drawing accounts again: several days of one account are no several witnesses. */
import type { Random } from '../units/random.ts';
import type { Interval } from './measures.ts';

export const RESAMPLES = 1000;
const LOW = 0.025;
const HIGH = 0.975;

export interface Resampling {
  /** By case: which account it is of, 0 … accounts − 1. */
  readonly accountOf: Uint32Array;
  readonly accounts: number;
}

export function resamplingOf(accountIds: readonly string[]): Resampling {
  const numbers = new Map<string, number>();
  const accountOf = Uint32Array.from(accountIds, (id) => {
    const known = numbers.get(id);
    if (known !== undefined) return known;
    numbers.set(id, numbers.size);
    return numbers.size - 1;
  });
  return { accountOf, accounts: numbers.size };
}

/**
 * The 2.5th and 97.5th percentile of `measure` over resamples of the accounts, each case weighing as often as its
 * account was drawn. Resamples that cannot carry the measure (null) are left out; null where none can.
 */
export function bootstrap(
  { accountOf, accounts }: Resampling,
  measure: (weights: Float64Array) => number | null,
  random: Random,
  resamples = RESAMPLES,
): Interval | null {
  const drawn = new Float64Array(accounts);
  const weights = new Float64Array(accountOf.length);
  const found: number[] = [];
  for (let round = 0; round < resamples; round++) {
    drawn.fill(0);
    for (let draw = 0; draw < accounts; draw++) {
      const account = Math.floor(random() * accounts);
      drawn[account] = (drawn[account] ?? 0) + 1;
    }
    for (let one = 0; one < weights.length; one++) weights[one] = drawn[accountOf[one] ?? 0] ?? 0;
    const value = measure(weights);
    if (value !== null) found.push(value);
  }
  if (found.length === 0) return null;
  found.sort((a, b) => a - b);
  const at = (share: number): number => found[Math.min(found.length - 1, Math.floor(share * found.length))] ?? Number.NaN;
  return { low: at(LOW), high: at(HIGH) };
}
