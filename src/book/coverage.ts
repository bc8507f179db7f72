/** Which signals a mapping can feed, before any record was read: what `init` ends with and `doctor` repeats. */

import { type FeedsContext, portalFeeds } from '../data/facts/feeds.ts';
import type { Bilingual, Policy } from '../policy.ts';
import { INPUTS, isInputName } from '../scoring/inputs/index.ts';
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
  let fed = 0;
  let all = 0;
  const signals = policy.signals.map((rule): SignalCoverage => {
    if (!isInputName(rule.input)) throw new RangeError(`unknown input ${rule.input}`);
    const input: Input = INPUTS[rule.input];
    const needed = input.feeds.map((feed) => ({ feed, ...feeds[feed] }));
    const alive = needed.filter((feed) => feed.mapped && feed.unavailable === null);
    const isFed = input.anyFeed ? alive.length > 0 : alive.length === needed.length;
    all += Math.abs(rule.points);
    if (isFed) {
      fed += Math.abs(rule.points);
      return { signal: rule.id, label: rule.label, state: 'ok', because: null };
    }
    const barred = needed.find((feed) => feed.mapped && feed.unavailable !== null);
    if (barred) return { signal: rule.id, label: rule.label, state: 'unavailable', because: barred.unavailable };
    return { signal: rule.id, label: rule.label, state: 'n/a', because: needed.find((feed) => !feed.mapped)?.feed ?? null };
  });
  return { signals, share: all === 0 ? 0 : fed / all };
}
