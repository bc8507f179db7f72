/** Rows as columns against the rows that they were made of. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { chosenRows } from '../../src/book/filters.ts';
import { bookTextTail } from '../../src/book/json.ts';
import { packRows, plainRow, unpackRows } from '../../src/book/kept-rows.ts';
import { type BookRow, type BookSnapshot, rowWith } from '../../src/book/row.ts';
import type { Day, Month } from '../../src/units/day.ts';
import { row } from '../screen/fixture.ts';

const words = fc.oneof(fc.string({ unit: 'binary' }), fc.constantFrom('', '\ud800', '赤い', 'null', '"', '{"id":1}'));
const amount = fc.option(fc.double({ noNaN: true, noDefaultInfinity: true }).map((value) => value + 0));
const day = fc.option(fc.constantFrom('2026-11-21', '2025-02-28').map((text) => text as Day));
const bilingual = fc.record({ en: words, ja: words });

const change: fc.Arbitrary<Partial<BookRow>> = fc.record(
  {
    id: words,
    name: words,
    domain: fc.option(words),
    url: words,
    owner: fc.option(fc.record({ id: words, name: words, email: fc.option(words) })),
    products: fc.array(words, { maxLength: 3 }),
    mrr: amount,
    mrrChange1m: amount,
    coverage: fc.double({ min: 0, max: 1, noNaN: true }),
    riskRange: fc.tuple(fc.integer({ min: 0, max: 100 }), fc.integer({ min: 0, max: 100 })),
    mrrTrend: fc.array(fc.record({ month: fc.constant('2026-11' as Month), mrr: amount }), { maxLength: 4 }),
    renewalDate: day,
    group: fc.constantFrom('ranked', 'notice', 'unknown', 'snoozed'),
    contractValueDerived: fc.boolean(),
    signals: fc.array(
      fc.record({
        id: words,
        type: words,
        points: fc.double({ noNaN: true, noDefaultInfinity: true }).map((value) => value + 0),
        evidence: bilingual,
        short: bilingual,
        since: day,
        dismissed: fc.boolean(),
      }),
      { maxLength: 4 },
    ),
    play: fc.option(fc.record({ id: words, label: bilingual })),
    returned: fc.option(fc.record({ on: fc.constant('2026-11-20' as Day), because: fc.constantFrom('day', 'worse', 'mrr', 'renewal') })),
  },
  { requiredKeys: [] },
);

/** More than a block of them, so that accounts lie in several. */
const books = fc.array(change, { maxLength: 70, size: 'max' }).map((list) => list.map((one, index) => ({ ...row(index), ...one })));

const snapshot = (rows: readonly BookRow[]): BookSnapshot => ({
  asOf: '2026-11-21' as Day,
  syncedAt: null,
  portalId: '1',
  policy: 'sha256:1',
  currency: 'JPY',
  portalCoverage: 1,
  unproven: false,
  feeds: [],
  cap: null,
  rows,
});

describe('rows in columns', () => {
  it('come back as they were', () => {
    fc.assert(
      fc.property(books, (rows) => {
        expect(unpackRows(packRows(rows)).map(plainRow)).toEqual(rows);
      }),
      { numRuns: 60 },
    );
  });

  it('print the same bytes, chosen, sorted and up to the renewal alike', () => {
    fc.assert(
      fc.property(books, fc.constantFrom('priority', 'mrr', 'name'), fc.constantFrom('days', 'renewal'), (rows, sort, horizon) => {
        const choice = { filter: {}, sort, horizon } as const;
        const [plain, kept] = [rows, unpackRows(packRows(rows))].map((list) => {
          const chosen = chosenRows(list, choice);
          return bookTextTail(snapshot(chosen), chosen, chosen.length, 'ja', horizon);
        });
        expect(kept).toBe(plain);
      }),
      { numRuns: 60 },
    );
  });

  it('give other values in the fields that are asked for, as often as one likes', () => {
    const [kept] = unpackRows(packRows([row(0)]));
    if (!kept) throw new Error('no row');
    const snoozed = rowWith(rowWith(kept, { group: 'snoozed', snoozedUntil: '2026-12-01' as Day }), { group: 'notice' });
    expect(plainRow(snoozed)).toEqual({ ...row(0), group: 'notice', snoozedUntil: '2026-12-01' });
    expect(plainRow(kept)).toEqual(row(0));
  });

  it('are JSON as objects are', () => {
    expect(JSON.parse(JSON.stringify(unpackRows(packRows([row(0), row(1)]))))).toEqual([row(0), row(1)]);
  });
});
