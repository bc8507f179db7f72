/** What must hold for any account, any facts and any feeds. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Account } from '../../src/account.ts';
import { NO_LABELS } from '../../src/book/labels.ts';
import { evidenceOf } from '../../src/book/rows.ts';
import { type Portal, type ScoredAccount, scoreBook } from '../../src/book/score-book.ts';
import type { SignalGroup } from '../../src/policy.ts';
import { compilePolicy } from '../../src/scoring/compile.ts';
import { DEFAULT_POLICY } from '../../src/scoring/policy-default.ts';
import { AS_OF, accounts, later } from './arbitrary.ts';
import { FEEDS, feedsOn, NOT_MAPPED, portalOn } from './portal.ts';

const CONNECTED = FEEDS;
const portal: Portal = portalOn(AS_OF, { feeds: feedsOn(AS_OF, CONNECTED) });
const RULES = new Map(DEFAULT_POLICY.signals.map((rule) => [rule.id, rule]));
const compiled = compilePolicy(DEFAULT_POLICY);

const score = (account: Account, on: Portal = portal): ScoredAccount => {
  const [scored] = scoreBook([account], on, DEFAULT_POLICY).accounts;
  if (!scored) throw new Error('nothing scored');
  return scored;
};
/** All that is said of an account, without the facts it was said of. */
const said = ({ account: _, series, since, ...rest }: ScoredAccount) => ({
  ...rest,
  since: since(),
  mrr: [...series.months].map(([month, { total }]) => `${month} ${total}`).sort(),
});
const near = (a: number, b: number): boolean => Math.abs(a - b) < 1e-9;

describe('any account', () => {
  it('has a receipt that adds up', () => {
    fc.assert(
      fc.property(accounts, (account) => {
        const { receipt, range, probability, coverage } = score(account).score;
        for (const group of receipt.groups) {
          expect(
            near(
              group.lines.reduce((sum, line) => sum + line.points, 0),
              group.uncapped,
            ),
          ).toBe(true);
          expect(group.points).toBe(Math.min(group.cap, Math.max(DEFAULT_POLICY.groupFloor, group.uncapped)));
          for (const [index, line] of group.lines.entries()) {
            expect(line.points).toBeLessThanOrEqual(group.lines[index - 1]?.points ?? Number.POSITIVE_INFINITY);
            // A success manager's view may also speak well of the account.
            expect(line.severity !== 0 && line.severity >= (line.signal === 'market.csm_sentiment' ? -8 / 12 : 0)).toBe(true);
            expect(line.severity).toBeLessThanOrEqual(1);
            expect(line.points).toBe((RULES.get(line.signal)?.points ?? Number.NaN) * line.severity);
          }
        }
        expect(near(receipt.base + receipt.groups.reduce((sum, group) => sum + group.points, 0), receipt.unclipped)).toBe(true);
        const floor = Math.max(0, ...receipt.overrides.map((override) => override.floor ?? 0));
        expect(receipt.total).toBe(Math.max(floor, Math.min(100, Math.max(0, receipt.unclipped))));
        expect(receipt.risk).toBe(Math.round(receipt.total));
        expect(range[0] <= receipt.risk && receipt.risk <= range[1]).toBe(true);
        expect(probability > 0 && probability < 1).toBe(true);
        expect(coverage >= 0 && coverage <= 1).toBe(true);
      }),
    );
  });

  it('says of every signal either that it is missing or what it gives, and gives what the sentence needs', () => {
    fc.assert(
      fc.property(accounts, (account) => {
        const { receipt } = score(account).score;
        const lines = receipt.groups.flatMap((group) => group.lines);
        const missing = new Set(receipt.missing.map((one) => one.signal));
        for (const line of lines) {
          expect(missing.has(line.signal)).toBe(false);
          const { evidence, short } = RULES.get(line.signal) ?? { evidence: { en: '', ja: '' }, short: { en: '', ja: '' } };
          for (const template of [evidence.en, evidence.ja, short.en, short.ja]) {
            for (const [, name] of template.matchAll(/\{(\w+)(?:\|[^{}]*)?\}/g))
              expect(Object.keys(evidenceOf(line, NO_LABELS))).toContain(name);
          }
        }
      }),
    );
  });

  it.each([
    ['became known after the day', true],
    ['happen after the day', false],
  ])('is said the same whatever facts %s', (_, known) => {
    fc.assert(
      fc.property(accounts, accounts, (account, other) => {
        const more = later(other, known);
        const fuller: Account = {
          ...account,
          mrr: [...account.mrr, ...more.mrr],
          usage: [...more.usage, ...account.usage],
          tickets: [...account.tickets, ...more.tickets],
          surveys: [...more.surveys, ...account.surveys],
          touches: [...account.touches, ...more.touches],
          contacts: [...account.contacts, ...more.contacts],
          deals: [...(account.deals ?? []), ...(more.deals ?? [])],
        };
        expect(said(score(fuller))).toEqual(said(score(account)));
      }),
    );
  });

  it('is said the same in whatever order its facts come', () => {
    const shuffled = accounts.chain((account) =>
      fc
        .record({
          mrr: fc.shuffledSubarray([...account.mrr], { minLength: account.mrr.length }),
          usage: fc.shuffledSubarray([...account.usage], { minLength: account.usage.length }),
          tickets: fc.shuffledSubarray([...account.tickets], { minLength: account.tickets.length }),
          surveys: fc.shuffledSubarray([...account.surveys], { minLength: account.surveys.length }),
          touches: fc.shuffledSubarray([...account.touches], { minLength: account.touches.length }),
          contacts: fc.shuffledSubarray([...account.contacts], { minLength: account.contacts.length }),
        })
        .map((facts) => [account, { ...account, ...facts }] as const),
    );
    fc.assert(
      fc.property(shuffled, ([account, other]) => {
        expect(said(score(other))).toEqual(said(score(account)));
      }),
    );
  });

  it('loses only the groups that rest on a feed, and coverage, when the feed falls away', () => {
    fc.assert(
      fc.property(accounts, fc.constantFrom(...CONNECTED), fc.boolean(), (account, feed, dies) => {
        const feeds = { ...portal.feeds, [feed]: dies ? { ...portal.feeds[feed], unavailable: 'scope' } : NOT_MAPPED };
        const whole = score(account).score;
        const less = score(account, { ...portal, feeds }).score;
        const resting = new Set<SignalGroup>();
        for (const { rule, slot } of compiled.rules) {
          const wanted = compiled.slots[slot];
          if (wanted && 'input' in wanted && wanted.input.feeds.includes(feed)) resting.add(rule.group);
        }
        for (const group of whole.receipt.groups) {
          if (!resting.has(group.group)) expect(less.receipt.groups).toContainEqual(group);
        }
        if (dies) expect(less.coverage).toBeLessThanOrEqual(whole.coverage);
        const points = DEFAULT_POLICY.signals.filter((rule) => !less.receipt.missing.some((one) => one.signal === rule.id));
        expect(points.length).toBeLessThan(DEFAULT_POLICY.signals.length);
      }),
    );
  });

  it('without any feed is at the base score, not at zero and not at risk', () => {
    fc.assert(
      fc.property(accounts, (account) => {
        const feeds = Object.fromEntries(FEEDS.map((feed) => [feed, NOT_MAPPED])) as Portal['feeds'];
        const { receipt, band, coverage } = score(account, { ...portal, feeds }).score;
        expect([receipt.unclipped, band, coverage]).toEqual([30, null, 0]);
        expect(receipt.missing).toHaveLength(DEFAULT_POLICY.signals.length);
      }),
    );
  });
});

describe('a book', () => {
  it('gives equal MRR an equal tier, and no tier without MRR', () => {
    fc.assert(
      fc.property(fc.array(accounts, { minLength: 1, maxLength: 8 }), (many) => {
        const book = scoreBook(many, portal, DEFAULT_POLICY);
        const tiers = new Map<number, string | null>();
        for (const { revenue, tier } of book.accounts) {
          if (revenue.mrr === null || revenue.mrr === 0 || revenue.foreign) expect(tier).toBeNull();
          else {
            expect(tier).toBe(tiers.get(revenue.mrr) ?? tier);
            tiers.set(revenue.mrr, tier);
          }
        }
      }),
      { numRuns: 40 },
    );
  });

  it('does not depend on the order of its accounts', () => {
    fc.assert(
      fc.property(fc.array(accounts, { minLength: 2, maxLength: 6 }), (many) => {
        const byId = (book: readonly ScoredAccount[]) => [...book].sort((a, b) => (a.account.id < b.account.id ? -1 : 1)).map(said);
        expect(byId(scoreBook([...many].reverse(), portal, DEFAULT_POLICY).accounts)).toEqual(
          byId(scoreBook(many, portal, DEFAULT_POLICY).accounts),
        );
      }),
      { numRuns: 30 },
    );
  });
});
