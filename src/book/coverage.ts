/** Which signals a mapping can feed, before any record was read: what `init` ends with and `doctor` repeats. */

import { type FeedsContext, type PortalFeeds, portalFeeds } from '../data/facts/feeds.ts';
import type { Bilingual, Policy } from '../policy.ts';
import { compilePolicy, type Slot } from '../scoring/compile.ts';
import { leavesOf } from '../scoring/condition.ts';
import type { Input } from '../scoring/reading.ts';

export interface SignalCoverage {
  readonly signal: string;
  readonly label: Bilingual;
  /** `ok` connected · `unavailable` mapped, but a scope is missing · `n/a` not mapped. */
  readonly state: 'ok' | 'unavailable' | 'n/a';
  /** The missing scope, or the feed that is not connected. */
  readonly because: string | null;
}

export interface PortalCoverage {
  readonly signals: readonly SignalCoverage[];
  /** Σ|points| of the signals that are `ok` ÷ Σ|points| of all. */
  readonly share: number;
}

export function signalCoverage(policy: Policy, context: FeedsContext): PortalCoverage {
  const feeds = portalFeeds([], context);
  const { rules, slots } = compilePolicy(policy);
  const inPolicyOrder = new Map(rules.map((compiled) => [compiled.rule.id, compiled]));
  let fed = 0;
  let all = 0;
  const signals = policy.signals.flatMap(({ id }): SignalCoverage[] => {
    const compiled = inPolicyOrder.get(id);
    // Retired everywhere: as if the catalogue did not have it.
    if (!compiled) return [];
    const { rule } = compiled;
    all += Math.abs(rule.points);
    const lacking = inputsOf(slots, compiled.slot).flatMap((input) => lackOf(input, feeds) ?? []);
    const [first] = lacking;
    if (!first) {
      fed += Math.abs(rule.points);
      return [{ signal: rule.id, label: rule.label, state: 'ok', because: null }];
    }
    return [{ signal: rule.id, label: rule.label, ...(lacking.find(({ state }) => state === 'unavailable') ?? first) }];
  });
  return { signals, share: all === 0 ? 0 : fed / all };
}

type Lack = Pick<SignalCoverage, 'because'> & { readonly state: 'unavailable' | 'n/a' };

/** What an input cannot do without; null where it is fed. */
function lackOf({ feeds: ids, anyFeed }: Input, feeds: PortalFeeds): Lack | null {
  const needed = ids.map((feed) => ({ feed, ...feeds[feed] }));
  const alive = needed.filter((feed) => feed.mapped && feed.unavailable === null);
  if (anyFeed ? alive.length > 0 : alive.length === needed.length) return null;
  const barred = needed.find((feed) => feed.mapped && feed.unavailable !== null);
  if (barred) return { state: 'unavailable', because: barred.unavailable };
  return { state: 'n/a', because: needed.find((feed) => !feed.mapped)?.feed ?? null };
}

/** Every input that a slot reads. */
function inputsOf(slots: readonly Slot[], at: number): readonly Input[] {
  const slot = slots[at];
  if (!slot) return [];
  return 'when' in slot ? leavesOf(slot.when).flatMap((leaf) => inputsOf(slots, leaf)) : [slot.input];
}
