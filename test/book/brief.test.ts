import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Brief, type BriefTask, brief, briefJson } from '../../src/book/brief.ts';
import type { BookRow, BookSnapshot, RowSignal } from '../../src/book/row.ts';
import { addDays, type Day } from '../../src/units/day.ts';
import { row as sample } from '../screen/fixture.ts';

const THEN = '2026-11-13' as Day;
const NOW = '2026-11-20' as Day;
const signal = (id: string, points: number): RowSignal => ({
  id,
  type: 'usage',
  points,
  evidence: { en: `${id} fires`, ja: `${id}が発火` },
  short: { en: id, ja: id },
  since: THEN,
  dismissed: false,
});
/** Calm unless said otherwise. */
const row = (id: string, over: Partial<BookRow> = {}): BookRow => ({
  ...sample(0),
  id,
  name: `Account ${id}`,
  group: 'ranked',
  risk: 40,
  band: 'low',
  mrr: 100,
  expectedLoss: 10,
  daysToRenewal: 200,
  signals: [],
  returned: null,
  ...over,
});
const book = (asOf: Day, rows: readonly BookRow[]): BookSnapshot => ({
  asOf,
  syncedAt: null,
  portalId: '1',
  policy: 'sha256:1',
  currency: 'JPY',
  portalCoverage: 1,
  feeds: [],
  unproven: false,
  cap: null,
  rows,
});
const told = (before: readonly BookRow[], now: readonly BookRow[], tasks: readonly BriefTask[] = []): Brief =>
  brief({ before: book(THEN, before), now: book(NOW, now), lookedAt: null, tasks });
const lists = (of: Brief) => ({
  newlyAtRisk: of.newlyAtRisk.map(({ row: { id } }) => id),
  worse: of.worse.map(({ row: { id } }) => id),
  better: of.better.map(({ row: { id } }) => id),
  mrrMoves: of.mrrMoves.map(({ row: { id } }) => id),
  renewals: of.renewals.map(({ row: { id } }) => id),
  returned: of.returned.map(({ row: { id } }) => id),
});
const NONE = { newlyAtRisk: [], worse: [], better: [], mrrMoves: [], renewals: [], returned: [] };

describe('a brief', () => {
  it('is empty where nothing moved', () => {
    const same = told([row('1')], [row('1')]);
    expect(lists(same)).toEqual(NONE);
    expect(same.attention).toBe(false);
  });

  it('puts an account that crossed into high among the newly at risk, and not among the worse', () => {
    const now = [row('1', { risk: 61, band: 'high', expectedLoss: 5 }), row('2', { risk: 90, band: 'critical', expectedLoss: 50 })];
    const found = told([row('1'), row('2', { band: 'watch', risk: 50 })], now);
    expect(lists(found)).toEqual({ ...NONE, newlyAtRisk: ['2', '1'] });
    expect(found.attention).toBe(true);
  });

  it('counts one that came into the book at risk, or had no band before', () => {
    const risky = { risk: 70, band: 'high' } as const;
    expect(lists(told([], [row('1', risky)])).newlyAtRisk).toEqual(['1']);
    expect(lists(told([row('1', { band: null })], [row('1', risky)])).newlyAtRisk).toEqual(['1']);
    expect(told([], [row('1', risky)]).newlyAtRisk[0]).toMatchObject({ riskBefore: null, mrrBefore: null });
  });

  it('tells a step of 5 or more as worse or better, the largest first', () => {
    const before = ['1', '2', '3', '4', '5'].map((id) => row(id));
    const now = [44, 45, 52, 36, 35].map((risk, index) => row(String(index + 1), { risk }));
    expect(lists(told(before, now))).toEqual({ ...NONE, worse: ['3', '2'], better: ['5'] });
    expect(told(before, [row('1', { risk: 30 })]).attention).toBe(false);
  });

  it('tells no step where the band is unknown now or was then', () => {
    expect(lists(told([row('1', { band: null })], [row('1', { risk: 55 })])).worse).toEqual([]);
    expect(lists(told([row('1')], [row('1', { risk: 55, band: null, group: 'unknown' })])).worse).toEqual([]);
  });

  it('tells every change of MRR, the largest first, and none that is unknown', () => {
    const before = [row('1'), row('2'), row('3', { mrr: null }), row('4')];
    const now = [row('1', { mrr: 90 }), row('2', { mrr: 150 }), row('3'), row('4', { mrr: null })];
    expect(lists(told(before, now)).mrrMoves).toEqual(['2', '1']);
  });

  it('tells a renewal on the day it comes within 90 days', () => {
    const at = (id: string, days: number | null): BookRow => row(id, { daysToRenewal: days });
    const before = [at('1', 97), at('2', 98), at('3', 90), at('4', null), at('5', 92)];
    const now = [at('1', 90), at('2', 91), at('3', 83), at('4', 30), at('5', 85)];
    expect(lists(told(before, now)).renewals).toEqual(['4', '5', '1']);
  });

  it('tells who came back after the first day, and leaves out who is put off', () => {
    const back = (id: string, on: Day): BookRow => row(id, { returned: { on, because: 'worse' } });
    const now = [back('1', NOW), back('2', THEN), row('3', { group: 'snoozed', risk: 90, band: 'critical', mrr: 1 })];
    expect(
      lists(
        told(
          ['1', '2', '3'].map((id) => row(id)),
          now,
        ),
      ),
    ).toEqual({ ...NONE, returned: ['1'] });
  });

  it('tells tasks that are due, the longest overdue first', () => {
    const task = (id: string, due: Day): BriefTask => ({ id, accountId: '1', account: 'Account 1', subject: 'Call', due });
    const tasks = [task('9', NOW), task('8', addDays(NOW, 1)), task('7', THEN)];
    const found = told([row('1')], [row('1')], tasks);
    expect(found.tasks.map(({ id }) => id)).toEqual(['7', '9']);
    expect(found.attention).toBe(true);
  });

  it('names what moved the risk, also what fires no more', () => {
    const before = [row('1', { signals: [signal('a', 5), signal('b', 3), signal('c', 2)] })];
    const now = [row('1', { risk: 60, signals: [signal('a', 14), signal('c', 2), signal('d', 4)] })];
    const [first] = told(before, now).worse;
    expect(first?.because.map(({ signal: id, points, pointsBefore }) => [id, points, pointsBefore])).toEqual([
      ['a', 14, 5],
      ['d', 4, 0],
      ['b', 0, 3],
    ]);
    expect(briefJson(told(before, now), 'ja')).toMatchObject({
      since: THEN,
      until: NOW,
      worse: [{ id: '1', risk: 60, riskBefore: 40, mrr: 100, mrrBefore: 100, because: [{ signal: 'a', evidence: 'aが発火' }, {}, {}] }],
      attention: true,
    });
  });

  it('does not depend on the order of rows, and never tells an account as both worse and better or newly at risk', () => {
    const rows = fc.uniqueArray(
      fc.record({ id: fc.nat(20).map(String), risk: fc.nat(100), band: fc.constantFrom('low', 'watch', 'high', 'critical', null) }),
      { selector: ({ id }) => id },
    );
    fc.assert(
      fc.property(rows, rows, (before, now) => {
        const make = (list: typeof before): BookRow[] =>
          list.map(({ id, risk, band }) => row(id, { risk, band, expectedLoss: risk * 100 + Number(id) }));
        const found = lists(told(make(before), make(now)));
        const all = [...found.newlyAtRisk, ...found.worse, ...found.better];
        expect(new Set(all).size).toBe(all.length);
        const turned = lists(told(make(before).reverse(), make(now).reverse()));
        expect(Object.values(turned).map((list) => [...list].sort())).toEqual(Object.values(found).map((list) => [...list].sort()));
      }),
    );
  });
});
