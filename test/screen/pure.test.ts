/** What screens work out without drawing. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { tenths } from '../../src/book/printed-receipt.ts';
import { bookLayout } from '../../src/screens/book/columns.ts';
import { bookList, type ListQuery, type Morning, noFilter, rowNear, step } from '../../src/screens/book/list.ts';
import { row, snapshotOf, TODAY } from './fixture.ts';

/** Nothing changed, nothing done. */
const CALM: Morning = { brief: null, done: new Map(), today: TODAY, myId: '77' };

const query = (over: Partial<ListQuery> = {}): ListQuery => ({
  filter: noFilter,
  find: '',
  brief: null,
  segment: '',
  expression: '',
  sort: 'priority',
  reversed: false,
  ...over,
});
const ids = (list: ReturnType<typeof bookList>): string[] =>
  list.entries.flatMap((entry) => (entry.kind === 'row' ? [entry.row.id] : [entry.group]));

describe('rounded parts', () => {
  it('sum to the rounded whole, each within a tenth of its own', () => {
    fc.assert(
      fc.property(fc.array(fc.double({ min: -40, max: 40, noNaN: true }), { minLength: 1, maxLength: 12 }), (parts) => {
        const rounded = tenths(parts);
        const whole = Math.round(parts.reduce((sum, part) => sum + part, 0) * 10);
        expect(rounded.reduce((sum, part) => sum + part, 0) === whole).toBe(true);
        for (const [index, part] of parts.entries()) expect(Math.abs((rounded[index] ?? 0) - part * 10)).toBeLessThanOrEqual(1.000001);
      }),
    );
  });
});

describe('the list', () => {
  const snapshot = snapshotOf([
    row(0, { mrr: 100, renewalDate: null, daysToRenewal: null }),
    row(1, { mrr: null, tier: null }),
    row(2, { mrr: 300, name: 'Ｋａｎａ ガガーリン' }),
    row(3, { group: 'snoozed', tier: 'low' }),
    row(4, { group: 'unknown', band: null }),
  ]);

  it('keeps groups apart whatever the order', () => {
    expect(ids(bookList(snapshot, query(), 'en', CALM))).toEqual(['9001', '9002', '9003', 'unknown', '9005', 'snoozed', '9004']);
    expect(ids(bookList(snapshot, query({ reversed: true }), 'en', CALM))).toEqual([
      '9003',
      '9002',
      '9001',
      'unknown',
      '9005',
      'snoozed',
      '9004',
    ]);
  });

  it('puts unknown values last both ways', () => {
    expect(ids(bookList(snapshot, query({ sort: 'mrr' }), 'en', CALM)).slice(0, 3)).toEqual(['9003', '9001', '9002']);
    expect(ids(bookList(snapshot, query({ sort: 'mrr', reversed: true }), 'en', CALM)).slice(0, 3)).toEqual(['9001', '9003', '9002']);
    expect(ids(bookList(snapshot, query({ sort: 'renewal' }), 'en', CALM))[2]).toBe('9001');
  });

  it('finds whatever the width, kana or case', () => {
    for (const find of ['kana', 'ＫＡＮＡ', 'がが', 'ｶﾞｶﾞ']) expect(ids(bookList(snapshot, query({ find }), 'ja', CALM))).toEqual(['9003']);
  });

  it('combines parts of a filter', () => {
    const filter = { ...noFilter, bands: ['unknown' as const, 'critical' as const], tiers: ['high' as const] };
    expect(ids(bookList(snapshot, query({ filter }), 'en', CALM))).toEqual(['9001']);
    expect(ids(bookList(snapshot, query({ filter: { ...noFilter, renewalWithin: 60 } }), 'en', CALM))).toEqual(['9002']);
  });

  it('is the same object for the same question', () => {
    const asked = query();
    expect(bookList(snapshot, asked, 'en', CALM)).toBe(bookList(snapshot, { ...asked }, 'en', CALM));
  });

  it('steps over the words between groups and stops at the ends', () => {
    const list = bookList(snapshot, query(), 'en', CALM);
    expect(step(list, 2, 1)?.row.id).toBe('9005');
    expect(step(list, 4, -1)?.row.id).toBe('9003');
    expect(step(list, 6, 5)?.row.id).toBe('9004');
    expect(rowNear(list, 99)?.row.id).toBe('9004');
    expect(rowNear(bookList(snapshot, query({ find: 'nobody' }), 'en', CALM), 0)).toBeNull();
  });
});

describe('columns', () => {
  it('fill the width exactly, and give way in the agreed order', () => {
    const order = ['tier', 'change', 'renewal', 'loss', 'trend', 'move', 'rank'];
    let gone = 0;
    for (let width = 220; width >= 40; width--) {
      const { columns } = bookLayout({ width, lang: 'en', total: 412, moved: false, chosen: [], density: 'compact' });
      expect(columns.reduce((sum, column) => sum + column.width, columns.length - 1)).toBe(width);
      const missing = order.filter((id) => !columns.some((column) => column.id === id));
      expect(missing).toEqual(order.slice(0, missing.length));
      expect(missing.length).toBeGreaterThanOrEqual(gone);
      gone = missing.length;
    }
  });
});
