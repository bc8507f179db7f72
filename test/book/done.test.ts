import { expect, it } from 'vitest';
import { type DoneMarks, doneMark, handled, isDone } from '../../src/book/done.ts';
import { addDays } from '../../src/units/day.ts';
import { NOW, row, TODAY } from '../screen/fixture.ts';

const rows = [row(0, { mrr: 500 }), row(1, { mrr: 300 }), row(2, { mrr: null }), row(3, { mrr: 100, group: 'notice' })];
const marks = (...of: readonly (typeof rows)[number][]): DoneMarks => new Map(of.map((one) => [one.id, doneMark(one, TODAY, NOW)]));
const [first, second, third] = rows;
if (!first || !second || !third) throw new Error('three rows are expected');

it('lasts for the day, until it gets worse', () => {
  const done = marks(first);
  expect(isDone(first, done, TODAY)).toBe(true);
  expect(isDone(second, done, TODAY)).toBe(false);
  expect(isDone(first, done, addDays(TODAY, 1))).toBe(false);
  expect(isDone({ ...first, risk: first.risk + 1 }, done, TODAY)).toBe(false);
  expect(isDone({ ...first, risk: first.risk - 5, signals: [] }, done, TODAY)).toBe(true);
  const another = { ...first.signals[0], id: 'another', dismissed: false } as (typeof first.signals)[number];
  expect(isDone({ ...first, signals: [...first.signals, another] }, done, TODAY)).toBe(false);
  expect(isDone({ ...first, signals: [...first.signals, { ...another, dismissed: true }] }, done, TODAY)).toBe(true);
  expect(isDone({ ...first, signals: first.signals.map((one) => ({ ...one, points: one.points + 0.2 })) }, done, TODAY)).toBe(true);
});

it('counts accounts and MRR against the cap', () => {
  expect(handled(rows, marks(first), TODAY, 2)).toEqual({ done: 1, of: 2, mrrDone: 500, mrrOf: 800 });
  expect(handled(rows, marks(first, second, third), TODAY, 2)).toEqual({ done: 3, of: 3, mrrDone: 800, mrrOf: 800 });
  expect(handled(rows, marks(third), TODAY, 12)).toEqual({ done: 1, of: 3, mrrDone: 0, mrrOf: 800 });
  expect(handled(rows, marks(first), TODAY, null)).toEqual({ done: 1, of: null, mrrDone: 500, mrrOf: null });
});
