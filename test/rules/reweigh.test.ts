/** Other weights on a sheet give what scoring the book anew with them gives. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { sortRows } from '../../src/book/filters.ts';
import { NO_LABELS } from '../../src/book/labels.ts';
import { rowOf } from '../../src/book/rows.ts';
import { scoreBook } from '../../src/book/score-book.ts';
import type { StoredPortal } from '../../src/data/store/types.ts';
import type { Policy } from '../../src/policy.ts';
import { loadPolicy } from '../../src/rules/load.ts';
import { DEFAULT_POLICY } from '../../src/scoring/policy-default.ts';
import { isWeighable, type Ranking, Reweigher } from '../../src/scoring/reweigh.ts';
import type { Sheet } from '../../src/scoring/sheet.ts';
import { AS_OF, accounts } from '../scoring/arbitrary.ts';
import { portalOn } from '../scoring/portal.ts';
import { sheetOf } from './sheet.ts';

const policyOf = (text: string): Policy => {
  const loaded = loadPolicy(`version: 1\n${text}`, 'policy.yaml');
  if (!loaded.ok) throw new Error(JSON.stringify(loaded.error));
  return loaded.value;
};

const PORTAL = { portalId: '1', uiDomain: 'app.example', timeZone: 'Asia/Tokyo', currency: 'JPY' } as StoredPortal;

const shown = (sheet: Sheet, { risk, bands, loss }: Ranking) =>
  sheet.accounts.map(({ id }, index) => ({
    id,
    risk: risk[index],
    band: bands[index],
    loss: Number.isNaN(loss[index]) ? null : loss[index],
  }));

const signal = fc.constantFrom(...DEFAULT_POLICY.signals);
const change: fc.Arbitrary<(policy: Policy) => Policy> = fc.oneof(
  fc.record({ signal, points: fc.integer({ min: -20, max: 30 }) }).map(
    ({ signal: { id }, points }) =>
      (policy: Policy): Policy => ({ ...policy, signals: policy.signals.map((rule) => (rule.id === id ? { ...rule, points } : rule)) }),
  ),
  fc.record({ signal, by: fc.integer({ min: 1, max: 20 }) }).map(
    ({ signal: { id, ramp }, by }) =>
      (policy: Policy): Policy => ({
        ...policy,
        signals: policy.signals.map((rule) =>
          rule.id === id ? { ...rule, ramp: { from: ramp.from, to: ramp.to + ((ramp.to - ramp.from) * by) / 10 } } : rule,
        ),
      }),
  ),
  fc.integer({ min: 26, max: 64 }).map(
    (high) =>
      (policy: Policy): Policy => ({ ...policy, bands: { ...policy.bands, high } }),
  ),
  fc.integer({ min: 0, max: 40 }).map(
    (usage) =>
      (policy: Policy): Policy => ({ ...policy, groupCaps: { ...policy.groupCaps, usage } }),
  ),
  fc.constantFrom(0, 0.2, 0.4, 0.7).map(
    (minimumCoverage) =>
      (policy: Policy): Policy => ({ ...policy, minimumCoverage, base: 20 }),
  ),
);

describe('a sheet', () => {
  const portal = portalOn(AS_OF);
  const books = fc.array(accounts, { minLength: 1, maxLength: 6 });

  it('weighed anew is the book scored anew, whatever changes', () => {
    fc.assert(
      fc.property(books, fc.array(change, { maxLength: 3 }), (book, changes) => {
        const policy = changes.reduce<Policy>((before, one) => one(before), DEFAULT_POLICY);
        const sheet = sheetOf(book, portal, DEFAULT_POLICY);
        const scored = scoreBook(book, portal, policy).accounts;
        expect(isWeighable(DEFAULT_POLICY, policy)).toBe(true);
        expect(shown(sheet, new Reweigher(sheet, DEFAULT_POLICY).rank(policy))).toEqual(
          scored.map(({ account, score, expectedLoss }) => ({
            id: account.id,
            risk: score.receipt.risk,
            band: score.band,
            loss: expectedLoss,
          })),
        );
      }),
      { numRuns: 60 },
    );
  });

  it('knows ramps by plan and segment, retired and dismissed signals', () => {
    const policy = policyOf(
      'plans: { Pro: { ramps: { usage.seat_util_low: { from: 0.9, to: 0.5 } }, retired: { commercial.single_product: sold alone } } }\n' +
        'retired: { engagement.no_contact: not ours }\n',
    );
    fc.assert(
      fc.property(books, (book) => {
        const dismissals = book.map(({ id }) => ({ accountId: id, signal: 'support.ticket_spike', on: AS_OF }));
        const quieted = { ...portal, dismissals };
        const sheet = sheetOf(book, quieted, policy);
        const scored = scoreBook(book, quieted, policy).accounts;
        const { base } = new Reweigher(sheet, policy);
        expect(shown(sheet, base)).toEqual(
          scored.map(({ account, score, expectedLoss }) => ({
            id: account.id,
            risk: score.receipt.risk,
            band: score.band,
            loss: expectedLoss,
          })),
        );
      }),
      { numRuns: 40 },
    );
  });

  it('ranks the same change the same way after others were tried', () => {
    fc.assert(
      fc.property(books, change, change, (book, one, other) => {
        const sheet = sheetOf(book, portal, DEFAULT_POLICY);
        const reweigher = new Reweigher(sheet, DEFAULT_POLICY);
        const first = reweigher.rank(one(DEFAULT_POLICY));
        reweigher.rank(other(DEFAULT_POLICY));
        expect(reweigher.rank(one(DEFAULT_POLICY))).toEqual(first);
        expect(reweigher.rank(DEFAULT_POLICY)).toEqual(reweigher.base);
      }),
      { numRuns: 20 },
    );
  });

  it.each([
    ['by expected loss', false],
    ['by band and MRR where probabilities are hidden', true],
  ])('stands in the order of the list: %s', (_, unproven) => {
    const noted = {
      asOf: AS_OF,
      portal: PORTAL,
      owners: new Map(),
      labels: NO_LABELS,
      rules: new Map(),
      snoozes: new Map(),
      ticketsRead: true,
      unproven,
    };
    fc.assert(
      fc.property(books, change, (book, one) => {
        const policy = one(DEFAULT_POLICY);
        const rows = scoreBook(book, portal, policy).accounts.map((scored) => rowOf(scored, { ...noted, policy }));
        const sheet = sheetOf(book, portal, DEFAULT_POLICY, new Set(), unproven);
        const { order } = new Reweigher(sheet, DEFAULT_POLICY).rank(policy);
        expect([...order].map((index) => sheet.accounts[index]?.id)).toEqual(sortRows(rows).map(({ id }) => id));
      }),
      { numRuns: 60 },
    );
  });

  it('cannot answer for what changes the readings', () => {
    expect(isWeighable(DEFAULT_POLICY, policyOf('noticeDays: 60'))).toBe(false);
    expect(isWeighable(DEFAULT_POLICY, policyOf('preset: simple'))).toBe(false);
    expect(isWeighable(DEFAULT_POLICY, policyOf('retired: { usage.last_login: no feed }'))).toBe(false);
    expect(isWeighable(DEFAULT_POLICY, policyOf('bands: { high: 50 }'))).toBe(true);
  });
});
