/** Portals for the plain definitions: any history with holes, comebacks, discounts, doubles, bad amounts and other currencies. */
import fc from 'fast-check';
import { addMonths, type Month } from '../../src/units/day.ts';
import type { PlainCompany, PlainPortal, PlainRecord, PlainRules } from './plain.ts';

export const LAST = '2026-11' as Month;
export const HOME = 'JPY';
export const RULES: PlainRules = { home: HOME, fillGaps: 1, duplicates: 'all' };

export const monthBack = (back: number): Month => addMonths(LAST, -back);

const name = <T>(...names: T[]): fc.Arbitrary<T | null> => fc.constantFrom(null, ...names, ...names);

/** Few sizes, so that amounts tie; some are below 0, some no amounts. */
const amount = fc.oneof(
  { weight: 8, arbitrary: fc.integer({ min: 1, max: 6 }).map((units) => units * 1_000_000) },
  { weight: 2, arbitrary: fc.integer({ min: -400, max: 900 }).map((units) => units * 10_000) },
  { weight: 1, arbitrary: fc.constantFrom(0, -1_000_000, -2_000_000) },
  { weight: 1, arbitrary: fc.constant(null) },
);

type Unnumbered = Omit<PlainRecord, 'id'>;

const record = (longest: number): fc.Arbitrary<Unnumbered> =>
  fc.record({
    back: fc.integer({ min: -1, max: longest }),
    amount,
    product: name('CRM', 'MA', 'Chat'),
    plan: name('Pro', 'Enterprise'),
    currency: fc.constantFrom(null, null, null, null, HOME, HOME, 'USD', 'EUR'),
    modified: fc.nat(3),
  });

/** Runs of months, which is what histories are made of, some with a record that looks like another. */
const records = (longest: number): fc.Arbitrary<readonly Unnumbered[]> =>
  fc
    .array(fc.tuple(record(longest), fc.nat(5), fc.boolean()), { maxLength: 7 })
    .map((runs) =>
      runs.flatMap(([one, months, twice]) => [
        ...Array.from({ length: Math.max(0, Math.min(months, one.back)) }, (_, index) => ({ ...one, back: one.back - index - 1 })),
        one,
        ...(twice ? [{ ...one, modified: one.modified + 1 }] : []),
      ]),
    );

const traits = {
  industry: name('IT', 'RETAIL'),
  owner: name('71', '72'),
  team: name('North'),
  employees: fc.constantFrom(null, 0, 1, 10, 11, 50, 51, 200, 201, 1000, 1001),
  plan: name('Pro', 'Old'),
};

/** The ids of an account's records ascend in no order of time. */
const numbered = (records: readonly Unnumbered[], place: number): readonly PlainRecord[] =>
  records.map((line, index) => ({ ...line, id: String(10_000 + place * 1000 + ((index * 7) % 997)) }));

export const portals = (longest = 15, most = 12): fc.Arbitrary<PlainPortal> =>
  fc
    .array(fc.record({ ...traits, records: records(longest) }), { maxLength: most })
    .map((companies) =>
      Object.fromEntries(
        companies.map((one, place): [string, PlainCompany] => [String(9000 + place), { ...one, records: numbered(one.records, place) }]),
      ),
    );

export const rules: fc.Arbitrary<PlainRules> = fc.record({
  home: fc.constant(HOME),
  fillGaps: fc.constantFrom(0, 1, 1, 2),
  duplicates: fc.constantFrom('all' as const, 'latest' as const),
});
