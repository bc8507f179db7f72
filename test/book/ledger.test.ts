/** The save ledger on hand-made accounts: what was paid then and later, and who was left alone meanwhile. */
import { describe, expect, it } from 'vitest';
import type { Account } from '../../src/account.ts';
import { type LedgerInputs, ledgerOf } from '../../src/book/ledger.ts';
import type { KeptEntry } from '../../src/data/store/ledger.ts';
import { DEFAULT_POLICY } from '../../src/scoring/policy-default.ts';
import { addDays, addMonths, type Day, dayOf, type Instant } from '../../src/units/day.ts';
import { fromMajor } from '../../src/units/money.ts';
import { account, day, feedsOn, month, mrr, since, touch } from '../scoring/portal.ts';

const AS_OF = day('2026-11-30');
const UNUSED = 'usage.last_login';
const NOON_MS = 12 * 3_600_000;

/** Pays 100 from January 2026 on, and `amounts` from September on. */
const customer = (id: string, amounts: readonly number[] = [], more: Partial<Account> = {}): Account =>
  account({
    id,
    name: `Sample ${id}`,
    mrr: Array.from({ length: 11 }, (_, index) => mrr(addMonths(month('2026-01'), index), amounts[index - 8] ?? 100)),
    ...more,
  });

/** Last used on 1 July: by September nothing else speaks. */
const idle = { attributes: { lastUsedOn: since('2026-07-01', day('2026-07-01')) } };

const entry = (accountId: string, on: string, more: Partial<KeptEntry> = {}): KeptEntry => ({
  actionId: `${accountId}-${on}`,
  accountId,
  kind: 'note',
  at: (Date.parse(on) + NOON_MS) as Instant,
  risk: 60,
  band: 'high',
  mrr: fromMajor(100),
  currency: 'JPY',
  signals: [
    { id: UNUSED, points: 14 },
    { id: 'sentiment.nps_high', points: -4 },
  ],
  sent: true,
  hubspotId: null,
  play: null,
  ...more,
});

const ledger = (accounts: readonly Account[], entries: readonly KeptEntry[], more: Partial<LedgerInputs> = {}) =>
  ledgerOf({
    accounts,
    entries,
    since: null,
    asOf: AS_OF,
    dayOf: (at) => dayOf(at, 'UTC'),
    currency: 'JPY',
    feeds: feedsOn(AS_OF),
    policy: DEFAULT_POLICY,
    ...more,
  });

const yen = (...amounts: readonly (number | null)[]) => amounts.map((amount) => (amount === null ? null : fromMajor(amount)));

describe('an action', () => {
  it('has the MRR 30, 60 and 90 days later, where the days are over', () => {
    // 10 September + 30, 60, 90 days: October, November, and 9 December, which is still to come.
    const { actions } = ledger([customer('a', [100, 80, 0])], [entry('a', '2026-09-10')]);
    expect(actions).toMatchObject([{ day: '2026-09-10', name: 'Sample a', from: 'here', signal: UNUSED, mrr: fromMajor(100) }]);
    expect(actions[0]?.later).toEqual(yen(80, 0, null));
  });

  it('has none where the month is written but the day is still to come', () => {
    const asOf = day('2026-11-20');
    const on = (date: string) => ledger([customer('a')], [entry('a', date)], { asOf, feeds: feedsOn(asOf) }).actions[0]?.later;
    expect([on('2026-10-20'), on('2026-10-22')]).toEqual([yen(100, null, null), yen(null, null, null)]);
  });

  it('stands under the signal that raised the risk most, or under none', () => {
    const good = entry('a', '2026-09-11', { signals: [{ id: 'sentiment.nps_high', points: -4 }] });
    const { actions, signals, all } = ledger([customer('a')], [good, entry('a', '2026-09-10')]);
    expect(actions.map(({ signal }) => signal)).toEqual([null, UNUSED]);
    expect(signals.map(({ signal }) => signal)).toEqual([UNUSED]);
    expect(all.accounts).toBe(1);
  });

  it('keeps what is not known unknown: an account that is gone, another currency, a day that is still to come', () => {
    const usd = { currency: 'USD' };
    const dollars = customer('b', [], { mrr: [mrr('2026-09', 5, usd), mrr('2026-10', 4, usd), mrr('2026-11', 0, usd)] });
    const { actions, all } = ledger(
      [dollars],
      [entry('a', '2026-09-01'), entry('b', '2026-09-02', { currency: 'USD', mrr: fromMajor(5) }), entry('b', '2026-12-01')],
    );
    expect(actions.map(({ accountId, name, later }) => [accountId, name, later])).toEqual([
      ['b', 'Sample b', yen(4, 0, null)],
      ['a', null, yen(null, null, null)],
    ]);
    // Two accounts, of which only one pays in yen: sums never mix.
    expect(all).toMatchObject({ accounts: 2, mrr: fromMajor(100) });
    expect(all.later[0]).toEqual({ days: 30, accounts: 0, mrrThen: 0, mrr: 0 });
  });

  it('of a colleague is found by the reference in its text, and told with the signals of that day', () => {
    const theirs = touch('2026-09-10', 'note', { body: 'Called them<br><br>ref0123456789ab', source: { object: 'notes', id: '51' } });
    const plain = touch('2026-09-11', 'note', { body: 'Written in HubSpot itself' });
    const a = customer('a', [100, 90], { ...idle, touches: [theirs, plain] });
    expect(ledger([a], []).actions).toMatchObject([
      { id: '51', kind: 'note', day: '2026-09-10', from: 'team', sent: true, signal: UNUSED, mrr: fromMajor(100), currency: 'JPY' },
    ]);
    // One's own is known already, and what is older than asked for is left out.
    expect(ledger([a], [entry('a', '2026-09-10', { hubspotId: '51' })]).actions.map(({ from }) => from)).toEqual(['here']);
    expect(ledger([a], [], { since: day('2026-09-11') }).actions).toEqual([]);
    expect(ledger([a], [], { asOf: day('2026-09-09'), feeds: feedsOn(day('2026-09-09')) }).actions).toEqual([]);
  });
});

describe('the table', () => {
  it('counts an account once, on its first day, and says of how many it speaks', () => {
    const { signals } = ledger(
      [customer('a', [100, 80, 60]), customer('b', [100, 100, 0])],
      [entry('a', '2026-10-20', { mrr: fromMajor(80) }), entry('a', '2026-09-10'), entry('b', '2026-10-15')],
    );
    // a: 100 on 10 September, 80 in October, 60 in November. b: 100 on 15 October, 0 in November; December is not over.
    expect(signals[0]?.acted).toEqual({
      accounts: 2,
      mrr: fromMajor(200),
      later: [
        { days: 30, accounts: 2, mrrThen: fromMajor(200), mrr: fromMajor(80) },
        { days: 60, accounts: 1, mrrThen: fromMajor(100), mrr: fromMajor(60) },
        { days: 90, accounts: 0, mrrThen: 0, mrr: 0 },
      ],
    });
  });

  const aloneWith = (more: Partial<Account>, entries: readonly KeptEntry[] = []) =>
    ledger([customer('a', [], idle), customer('b', [100, 70], { ...idle, ...more })], [entry('a', '2026-09-10'), ...entries]).signals[0]
      ?.alone;
  const at = (days: number): Day => addDays(day('2026-09-10'), days);

  it('has beside it who stood under the same signal and was left alone', () => {
    expect(aloneWith({})).toMatchObject({
      accounts: 1,
      mrr: fromMajor(100),
      later: [{ days: 30, accounts: 1, mrrThen: fromMajor(100), mrr: fromMajor(70) }, { days: 60 }, { days: 90 }],
    });
  });

  it.each([
    ['who was called a week before', { touches: [touch(at(-7), 'call')] }, 0],
    ['who got a mail 30 days after', { touches: [touch(at(30), 'email', { direction: 'out' })] }, 0],
    ['who wrote to us', { touches: [touch(at(3), 'email', { direction: 'in' })] }, 1],
    ['who was called long before and long after', { touches: [touch(at(-8), 'call'), touch(at(31), 'call')] }, 1],
    ['who is used', { attributes: { lastUsedOn: since('2026-09-09', day('2026-09-09')) } }, 0],
    ['who pays nothing', { mrr: [mrr('2026-01', 100), mrr('2026-06', 0)] }, 0],
    ['who was not there yet', { createdOn: at(1) }, 0],
  ] as const)('%s', (_, more, accounts) => {
    expect(aloneWith(more)?.accounts).toBe(accounts);
  });

  it('takes nobody for left alone on whom something was done from here, or whose 30 days are not over', () => {
    expect(aloneWith({}, [entry('b', '2026-09-30')])?.accounts).toBe(0);
    const late = ledger([customer('a', [], idle), customer('b', [], idle)], [entry('a', '2026-11-05')]);
    expect(late.signals[0]?.alone.accounts).toBe(0);
  });
});
