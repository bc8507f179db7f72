import { describe, expect, it } from 'vitest';
import { parseMonth } from '../../src/units/day.ts';

describe('parseMonth', () => {
  it.each([
    ['2026-11', '2026-11'],
    ['2026/11', '2026-11'],
    ['2026/1', '2026-01'],
    ['202611', '2026-11'],
    ['2026年11月', '2026-11'],
    ['2026年1月', '2026-01'],
    ['２０２６年１１月', '2026-11'],
    [' 2026-11 ', '2026-11'],
    ['2026-11-01', '2026-11'],
    ['2026-11-30', '2026-11'],
  ])('reads %j', (text, month) => {
    expect(parseMonth(text)).toBe(month);
  });

  it.each([
    '',
    ' ',
    '2026',
    '2026-13',
    '2026-00',
    '202613',

    '2026-02-30',
    '11/2026',
    'Nov 2026',
    '2026-11-01T00:00:00Z',
    '1793491200000',
  ])('does not guess at %j', (text) => {
    expect(parseMonth(text)).toBeNull();
  });
});
