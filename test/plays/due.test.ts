/** Days that a play counts. 20 November 2026 is a Friday. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addBusinessDays, circleIn, daysOf, parseSpan, resolveSpan } from '../../src/plays/due.ts';
import { weekdayOf } from '../../src/text/when.ts';
import { addDays, type Day } from '../../src/units/day.ts';

const FRIDAY = '2026-11-20' as Day;
const day = (text: string): Day => text as Day;
const on = (due: string, start = FRIDAY, renewal: Day | null = null): Day | null => {
  const span = parseSpan(due);
  return span && resolveSpan(span, start, renewal);
};

describe('a relative day', () => {
  it.each([
    ['0bd', '2026-11-20'],
    ['1bd', '2026-11-23'],
    ['5bd', '2026-11-27'],
    ['1d', '2026-11-23'],
    ['3d', '2026-11-23'],
    ['4d', '2026-11-24'],
    ['2w', '2026-12-04'],
    ['1m', '2026-12-21'],
    [' 3BD ', '2026-11-25'],
  ])('%s after a Friday is %s', (due, expected) => {
    expect(on(due)).toBe(expected);
  });

  it('counts from the Monday where the start is a Saturday', () => {
    expect(on('0bd', day('2026-11-21'))).toBe('2026-11-23');
    expect(on('1bd', day('2026-11-21'))).toBe('2026-11-24');
  });

  it('takes the end of a shorter month', () => {
    expect(on('1m', day('2027-01-31'))).toBe('2027-03-01');
  });

  it('counts back from the renewal, and starts at once where that day is past or unknown', () => {
    expect(on('renewal-30d', FRIDAY, day('2027-01-31'))).toBe('2027-01-01');
    expect(on('renewal-60d', FRIDAY, day('2026-12-24'))).toBe('2026-11-23');
    expect(on('renewal-30d')).toBe('2026-11-23');
  });

  it.each(['', '3', 'bd', '-1d', '1y', '1.5d', 'renewal+3d', 'renewal-3', '1000d', 'soon'])('%s is none', (text) => {
    expect(parseSpan(text)).toBeNull();
  });

  it('is never a weekend, and business days add up', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 400 }), fc.integer({ min: 0, max: 60 }), fc.integer({ min: 0, max: 60 }), (from, a, b) => {
        const start = addDays(FRIDAY, from);
        const far = addBusinessDays(start, a + b);
        expect(weekdayOf(far) % 6).not.toBe(0);
        expect(addBusinessDays(addBusinessDays(start, a), b)).toBe(far);
        expect(far >= start).toBe(true);
      }),
    );
  });
});

describe('steps', () => {
  const step = (id: string, due: string, after: string | null = null) => ({ id, due, after });

  it('count from the step that they come after, in whatever order they stand', () => {
    const days = daysOf(
      [step('c', '1bd', 'b'), step('a', '1bd'), step('b', '1w', 'a'), step('d', 'soon'), step('e', '1d', 'd')],
      FRIDAY,
      null,
    );
    expect(Object.fromEntries(days)).toEqual({ a: '2026-11-23', b: '2026-11-30', c: '2026-12-01' });
  });

  it('may name a day', () => {
    expect(daysOf([step('a', '2027-02-03'), step('b', '1bd', 'a')], FRIDAY, null).get('b')).toBe('2027-02-04');
  });

  it('that wait for one another are told', () => {
    expect(circleIn([step('a', '1d'), step('b', '1d', 'a')])).toBeNull();
    expect(circleIn([step('a', '1d', 'a')])).toBe('a');
    expect(circleIn([step('a', '1d'), step('b', '1d', 'd'), step('c', '1d', 'b'), step('d', '1d', 'c')])).toBe('b');
    expect(circleIn([step('a', '1d', 'nobody')])).toBeNull();
  });
});
