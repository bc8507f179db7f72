/** What rules do on a book: counts, findings, and who a change brings into the top; worked by hand. */
import { describe, expect, it } from 'vitest';
import type { Account } from '../../src/account.ts';
import type { Policy } from '../../src/policy.ts';
import { lintRules } from '../../src/rules/lint.ts';
import { loadPolicy } from '../../src/rules/load.ts';
import { parseChange } from '../../src/rules/paths.ts';
import { ruleStats } from '../../src/rules/stats.ts';
import { whatIf } from '../../src/rules/what-if.ts';
import { Reweigher } from '../../src/scoring/reweigh.ts';
import { account, day, mrr, portalOn, since } from '../scoring/portal.ts';
import { sheetOf } from './sheet.ts';

const AS_OF = day('2026-11-21');

const policyOf = (text: string): Policy => {
  const loaded = loadPolicy(`version: 1\n${text}`, 'policy.yaml');
  if (!loaded.ok) throw new Error(JSON.stringify(loaded.error));
  return loaded.value;
};

/** Pays so much; last used so many days ago (null: nothing is known of its use). */
const customer = (id: string, amount: number, unused: number | null): Account => {
  const on = unused === null ? null : day(new Date(Date.parse(AS_OF) - unused * 86_400_000).toISOString().slice(0, 10));
  return account({
    id,
    mrr: [mrr('2026-11', amount)],
    matched: unused === null ? ['mrr'] : ['mrr', 'usage'],
    attributes: on ? { lastUsedOn: since(on, on) } : {},
  });
};

/** Three are unused for long, one of them is small; nothing else speaks. */
const BOOK = [
  customer('a', 1000, 0),
  customer('b', 900, 30),
  customer('c', 800, 0),
  customer('d', 700, 30),
  customer('e', 100, 30),
  customer('f', 50, null),
];
/** One rule, so that the sums can be done in the head. */
const ONLY = policyOf(
  'preset: simple\nminimumCoverage: 0\nretired: { usage.login_drop: x, usage.seat_util_low: x, usage.adoption_low: x, lifecycle.renewal_near: x, support.ticket_spike: x, support.csat_low: x, sentiment.nps_low: x, commercial.mrr_drop: x, engagement.champion_left: x }\n',
);

const bench = (book: readonly Account[], policy: Policy) => new Reweigher(sheetOf(book, portalOn(AS_OF), policy), policy);

function tryOut(text: string, top: number) {
  const parsed = parseChange(text, ONLY);
  if (!parsed.ok) throw new Error('no change');
  const { value, path } = parsed.value;
  const [head, , key] = path;
  const changed: Policy =
    head === 'signals' && key === 'points'
      ? { ...ONLY, signals: ONLY.signals.map((rule) => (rule.id === path[1] ? { ...rule, points: value } : rule)) }
      : { ...ONLY, bands: { ...ONLY.bands, [String(path[1])]: value } };
  const tried = whatIf(bench(BOOK, ONLY), changed, [parsed.value], top);
  if (!tried) throw new Error('it cannot be weighed');
  return tried.result;
}

describe('a what-if', () => {
  it('says who enters and leaves the top', () => {
    // P(30) = 5.5 % and P(44) = 9.4 %: losses per month a 55, b 85, c 44, d 66, e 9: the order is b d a c e.
    // With 0 points all have 5.5 %: a b c d e.
    expect(tryOut('signals.usage.last_login.points=0', 2)).toEqual({
      changes: [{ path: 'signals.usage.last_login.points', from: 14, to: 0 }],
      top: 2,
      entered: ['a'],
      left: ['d'],
      moved: [{ id: 'b', from: 1, to: 2 }],
      bands: {
        before: { critical: 0, high: 0, watch: 6, low: 0, unknown: 0 },
        after: { critical: 0, high: 0, watch: 6, low: 0, unknown: 0 },
      },
    });
  });

  it('says which bands change though nobody moves', () => {
    const { entered, left, moved, bands } = tryOut('bands.high=44', 2);
    expect([entered, left, moved]).toEqual([[], [], []]);
    expect([bands.before.high, bands.after.high, bands.after.watch]).toEqual([0, 3, 3]);
  });
});

describe('what a rule did', () => {
  it('is counted on the accounts that it knows', () => {
    const policy = policyOf('signals: { usage.last_login: { reviewBy: 2026-12-01 } }\nretired: { support.urgent: noise }\n');
    const stats = ruleStats({
      policy,
      reweigher: bench(BOOK, policy),
      acted: new Map([['usage.last_login', 1]]),
      dismissals: new Map([['usage.last_login', 2]]),
      changedOn: new Map([['usage.last_login', day('2026-11-01')]]),
    });
    expect(stats.find(({ id }) => id === 'usage.last_login')).toMatchObject({
      fired: 3,
      coverage: 5 / 6,
      acted: 1,
      dismissed: 2,
      changedOn: '2026-11-01',
      reviewBy: '2026-12-01',
      retired: null,
    });
    expect(stats.find(({ id }) => id === 'support.urgent')).toMatchObject({ fired: 0, coverage: null, retired: 'noise' });
    expect(stats).toHaveLength(policy.signals.length);
  });
});

describe('lint', () => {
  const all = (policy: Policy) => new Set(policy.signals.map(({ id }) => id));
  const found = (policy: Policy, book = BOOK, tested = all(policy)) =>
    lintRules(policy, bench(book, policy), AS_OF, tested).map(({ kind, signal, other, accounts }) => [signal, kind, other, accounts]);

  it('has nothing to say of a rule that works', () => {
    expect(found(ONLY).filter(([signal]) => signal === 'usage.last_login')).toEqual([]);
  });

  it('finds what is unknown, dead, constant, weightless and full', () => {
    const policy = policyOf('signals: { usage.last_login: { points: 0 } }\n');
    expect(found(policy)).toContainEqual(['usage.last_login', 'weightless', null, 3]);
    expect(found(policy)).toContainEqual(['usage.seat_util_low', 'unfed', null, 6]);
    expect(found(policy)).toContainEqual(['support.ticket_spike', 'dead', null, 6]);
    const same = BOOK.map(({ id }) => customer(id, 100, 30));
    expect(found(policyOf(''), same)).toContainEqual(['usage.last_login', 'constant', null, 6]);
    expect(found(policyOf('caps: { usage: 0 }\n'))).toContainEqual(['usage.last_login', 'capped', null, 3]);
  });

  it('finds rules that fire on the same accounts', () => {
    const many = [...Array(20).keys()].map((index) => customer(`m${index}`, 100, index < 8 ? 30 : 0));
    const twin = policyOf(
      'signals: { custom.twin: { group: usage, label: Twin, points: 3, input: days_since_last_use, ramp: { from: 20, to: 40 } } }\n',
    );
    expect(found(twin, many)).toContainEqual(['usage.last_login', 'overlap', 'custom.twin', 8]);
  });

  it('names the rules that no back-test has judged, and not those that are retired', () => {
    const tested = all(ONLY);
    tested.delete('usage.last_login');
    tested.delete('usage.login_drop');
    expect(found(ONLY, BOOK, tested)).toEqual([['usage.last_login', 'untested', null, 0]]);
  });

  it('knows which reviews are overdue', () => {
    const review = (on: string) =>
      found(policyOf(`signals: { usage.last_login: { reviewBy: ${on} } }\n`)).filter(([, kind]) => kind === 'overdue');
    expect(review('2026-11-20')).toEqual([['usage.last_login', 'overdue', null, 0]]);
    expect(review('2026-11-21')).toEqual([]);
  });
});
