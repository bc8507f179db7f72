/** One account scored by the default policy, as tests look at it. */
import type { Account } from '../../src/account.ts';
import { type Portal, type ScoredAccount, scoreBook } from '../../src/book/score-book.ts';
import type { Policy } from '../../src/policy.ts';
import { DEFAULT_POLICY } from '../../src/scoring/policy-default.ts';
import type { MissingSignal, ReceiptLine } from '../../src/scoring/types.ts';
import { portalOn } from './portal.ts';

export function scoreOne(account: Account, asOf: string, portal: Partial<Portal> = {}, policy: Policy = DEFAULT_POLICY): ScoredAccount {
  const [scored] = scoreBook([account], portalOn(asOf, portal), policy).accounts;
  if (!scored) throw new Error('nothing scored');
  return scored;
}

export const lineOf = (scored: ScoredAccount, signal: string): ReceiptLine | null =>
  scored.score.receipt.groups.flatMap((group) => group.lines).find((line) => line.signal === signal) ?? null;

export const missingOf = (scored: ScoredAccount, signal: string): MissingSignal | null =>
  scored.score.receipt.missing.find((one) => one.signal === signal) ?? null;

/** Points of a signal; null where it is missing, 0 where it does not fire. */
export const pointsOf = (scored: ScoredAccount, signal: string): number | null =>
  missingOf(scored, signal) ? null : (lineOf(scored, signal)?.points ?? 0);
