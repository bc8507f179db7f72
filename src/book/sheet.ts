/** The sheet of a book: what every rule read of every account over the days that decide about its band. */
import type { Account } from '../account.ts';
import type { Policy } from '../policy.ts';
import { compilePolicy } from '../scoring/compile.ts';
import { exposureOf } from '../scoring/exposure.ts';
import { bandDays } from '../scoring/scorer.ts';
import { laySheet, type Sheet, type SheetEntry } from '../scoring/sheet.ts';
import type { Day } from '../units/day.ts';
import type { BookScorer } from './score-book.ts';

/** `accounts` without those that have left; `snoozed` by id; `unproven`: nothing is ranked by probabilities. */
export function layBook(
  scorer: BookScorer,
  accounts: readonly Account[],
  policy: Policy,
  asOf: Day,
  snoozed: ReadonlySet<string>,
  unproven = false,
): Sheet {
  const compiled = compilePolicy(policy);
  const days = bandDays(asOf);
  const entries = function* (): Generator<SheetEntry> {
    for (const account of accounts) {
      const { stratum, monthsLost } = exposureOf(account, asOf, policy);
      const { mrr, cells, profiles, overrides } = scorer.inspect(account, days);
      yield {
        id: account.id,
        mrr,
        stratum,
        monthsLost,
        noticeGiven: overrides.at(-1)?.some(({ id }) => id === 'notice_given') ?? false,
        snoozed: snoozed.has(account.id),
        days: cells.map((day, index) => ({
          cells: day,
          profile: profiles[index] ?? { plan: null, segment: null },
          floor: Math.max(0, ...(overrides[index] ?? []).map(({ floor }) => floor ?? 0)),
        })),
      };
    }
  };
  return laySheet(
    compiled.rules.map(({ rule }) => rule.id),
    accounts.length,
    entries(),
    unproven,
  );
}
