/** Why a score changed: parts that add up, whatever happened between. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Account } from '../../src/account.ts';
import { changeOf, lastBetter } from '../../src/book/change.ts';
import { BookScorer, type Portal, PortalCensus } from '../../src/book/score-book.ts';
import type { Policy } from '../../src/policy.ts';
import type { Change } from '../../src/scoring/diff.ts';
import { DEFAULT_POLICY } from '../../src/scoring/policy-default.ts';
import type { Receipt } from '../../src/scoring/types.ts';
import { addDays, type Day } from '../../src/units/day.ts';
import { AS_OF, accounts } from './arbitrary.ts';
import { account, day, feedsOn, NOT_MAPPED, portalOn, since, survey, ticket } from './portal.ts';

const SEVERE: Policy = {
  ...DEFAULT_POLICY,
  base: 40,
  groupCaps: { ...DEFAULT_POLICY.groupCaps, usage: 20 },
  signals: DEFAULT_POLICY.signals.slice(3).map((rule) => ({ ...rule, points: rule.points * 2 })),
};

function changed(of: Account, from: string, more: { readonly portal?: Portal; readonly before?: Policy } = {}): Change {
  const { portal = portalOn(AS_OF), before = DEFAULT_POLICY } = more;
  const census = new PortalCensus(portal, DEFAULT_POLICY);
  census.add(of);
  return changeOf({ account: of, portal, census: census.close(), from: day(from), policies: { from: before, to: DEFAULT_POLICY } });
}

function receiptOn(of: Account, on: Day, portal: Portal, policy: Policy): Receipt {
  const census = new PortalCensus(portal, DEFAULT_POLICY);
  census.add(of);
  return new BookScorer(portal, policy, census.close()).evaluateOn(of, on).receipt;
}
const clipped = (receipt: Receipt): number => Math.min(100, Math.max(0, receipt.unclipped));
/** What clip and rounding do to a score. */
const unexplained = (receipt: Receipt): number => receipt.risk - receipt.total + clipped(receipt) - receipt.unclipped;

const sum = ({ parts }: Change): number => parts.reduce((total, part) => total + part.points, 0);
const kinds = ({ parts }: Change) => parts.map(({ kind, signal }) => (signal === null ? kind : `${kind} ${signal}`));

describe('any change', () => {
  it('is the sum of its parts, between any two days, policies and dismissals', () => {
    const dismissals = fc.array(
      fc.record({
        accountId: fc.constant('x'),
        signal: fc.constantFrom(...DEFAULT_POLICY.signals.map((rule) => rule.id)),
        on: fc.nat(60).map((back) => addDays(AS_OF, -back)),
      }),
      { maxLength: 5 },
    );
    fc.assert(
      fc.property(accounts, fc.integer({ min: 1, max: 90 }), fc.boolean(), dismissals, (of, back, severe, dismissed) => {
        const one = { ...of, id: 'x' };
        const portal = portalOn(AS_OF, { dismissals: dismissed });
        const found = changed(one, addDays(AS_OF, -back), { portal, before: severe ? SEVERE : DEFAULT_POLICY });
        expect(sum(found)).toBeCloseTo(found.after - found.before, 9);
        for (const part of found.parts) {
          expect(part.points).not.toBe(0);
          expect(Math.abs(part.points * 100 - Math.round(part.points * 100))).toBeLessThan(1e-6);
        }
        if (!severe) expect(found.parts.some(({ kind }) => kind === 'policy')).toBe(false);
        // Nothing but clip and rounding is put down to them.
        const then = receiptOn(one, found.from, portal, severe ? SEVERE : DEFAULT_POLICY);
        const now = receiptOn(one, found.to, portal, DEFAULT_POLICY);
        const told = found.parts.find(({ kind }) => kind === 'rounding')?.points ?? 0;
        expect(Math.abs(told - (unexplained(now) - unexplained(then)))).toBeLessThan(0.005 * (found.parts.length + 40));
      }),
    );
  });

  it('is none between a day and a day on which nothing passed', () => {
    fc.assert(
      fc.property(accounts, (of) => {
        expect(changed(of, AS_OF)).toMatchObject({ parts: [] });
      }),
      { numRuns: 30 },
    );
  });
});

describe('the parts', () => {
  const quiet = account({ attributes: { contractStart: since('2025-06-01', day('2025-06-01')) } });

  it('time: the renewal drew nearer', () => {
    const renews = { ...quiet, attributes: { ...quiet.attributes, contractRenewal: since('2025-06-01', day('2027-01-20')) } };
    const found = changed(renews, '2026-10-21');
    // 91 → 60 days on a ramp of 120 → 30 for 8 points, and no meeting within 90 days of a renewal for 6.
    expect(found.parts.find(({ kind }) => kind === 'time')?.points).toBeCloseTo((8 * 31) / 90 + 6, 2);
  });

  it('new facts: a low NPS answer, by its signal', () => {
    const told = { ...quiet, surveys: [survey('2026-11-21', 3)] };
    const found = changed(told, '2026-11-14');
    expect(found.parts).toContainEqual({ kind: 'information', signal: 'sentiment.nps_low', points: 10 });
    const again = { ...quiet, surveys: [survey('2026-09-21', 7), survey('2026-11-21', 3)] };
    expect(kinds(changed(again, '2026-11-14'))).toContain('fact sentiment.nps_low');
  });

  it('a person: a dismissal', () => {
    const told = { ...quiet, id: 'x', surveys: [survey('2026-11-10', 3)] };
    const portal = portalOn(AS_OF, { dismissals: [{ accountId: 'x', signal: 'sentiment.nps_low', on: day('2026-11-18') }] });
    expect(kinds(changed(told, '2026-11-14', { portal }))).toContain('person sentiment.nps_low');
  });

  it('information: a feed that fell silent for everybody', () => {
    const used = { ...quiet, attributes: { ...quiet.attributes, lastUsedOn: since('2026-08-01', day('2026-08-01')) } };
    const usage = {
      ...NOT_MAPPED,
      mapped: true,
      activeDays: Array.from({ length: 60 }, (_, index) => addDays(day('2026-11-05'), index - 59)),
    };
    const portal = portalOn(AS_OF, { feeds: { ...feedsOn(AS_OF), usage } });
    expect(kinds(changed(used, '2026-11-05', { portal }))).toContain('information usage.last_login');
  });

  it('an exception: a ticket that asks to cancel lifts the score', () => {
    const asked = { ...quiet, tickets: [ticket('2026-11-20', { subject: 'Please cancel our contract' })] };
    const found = changed(asked, '2026-11-14');
    expect(found.after).toBe(90);
    expect(found.parts.find(({ kind }) => kind === 'override')?.points).toBeGreaterThan(40);
  });

  it('the policy: other points by then', () => {
    expect(kinds(changed(quiet, '2026-11-14', { before: SEVERE }))).toContain('policy');
  });
});

describe('the last day in a better band', () => {
  const told = account({ id: 'x', surveys: [survey('2026-11-11', 2)], tickets: [] });
  const portal = portalOn(AS_OF);
  const census = new PortalCensus(portal, DEFAULT_POLICY);
  census.add(told);
  const scorer = new BookScorer(portal, DEFAULT_POLICY, census.close());

  it('is the day before what made it worse', () => {
    const now = scorer.evaluateOn(told, AS_OF).receipt;
    const before = scorer.evaluateOn(told, day('2026-11-10')).receipt;
    const edges = { ...DEFAULT_POLICY.bands, high: (now.total + before.total) / 2, critical: 100 };
    const policy = { ...DEFAULT_POLICY, bands: edges, minimumCoverage: 0 };
    expect(lastBetter(told, scorer, policy, AS_OF, 'high')).toEqual({ day: '2026-11-10', band: 'watch', risk: before.risk });
  });

  it('is none for the best band, and where the band is unknown', () => {
    expect(lastBetter(told, scorer, DEFAULT_POLICY, AS_OF, 'low')).toBeNull();
    expect(lastBetter(told, scorer, DEFAULT_POLICY, AS_OF, null)).toBeNull();
  });
});
