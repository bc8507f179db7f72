import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseDue } from '../../src/text/dates.ts';
import { addDays, type Day } from '../../src/units/day.ts';

/** A Saturday. */
const TODAY = '2026-11-21' as Day;

describe('parseDue', () => {
  it.each([
    ['today', '2026-11-21'],
    ['今日', '2026-11-21'],
    ['tomorrow', '2026-11-22'],
    [' Tomorrow ', '2026-11-22'],
    ['明日', '2026-11-22'],
    ['明後日', '2026-11-23'],
    ['2d', '2026-11-23'],
    ['２ｄ', '2026-11-23'],
    ['0d', '2026-11-21'],
    ['+10 days', '2026-12-01'],
    ['3日後', '2026-11-24'],
    ['1w', '2026-11-28'],
    ['2週間後', '2026-12-05'],
    ['1m', '2026-12-21'],
    ['3 months', '2027-02-21'],
    ['1か月後', '2026-12-21'],
    ['1ヶ月後', '2026-12-21'],
    ['next week', '2026-11-28'],
    ['来週', '2026-11-28'],
    ['mon', '2026-11-23'],
    ['Monday', '2026-11-23'],
    ['thurs', '2026-11-26'],
    ['sat', '2026-11-28'],
    ['sunday', '2026-11-22'],
    ['next mon', '2026-11-23'],
    ['next sun', '2026-11-29'],
    ['月曜', '2026-11-23'],
    ['月', '2026-11-23'],
    ['月曜日', '2026-11-23'],
    ['今週の金曜', '2026-11-20'],
    ['来週月曜', '2026-11-23'],
    ['来週の金曜日', '2026-11-27'],
    ['再来週水曜', '2026-12-02'],
    ['eom', '2026-11-30'],
    ['月末', '2026-11-30'],
    ['来月末', '2026-12-31'],
    ['2026-11-30', '2026-11-30'],
    ['2026/1/5', '2026-01-05'],
    ['2027年3月1日', '2027-03-01'],
    ['11/30', '2026-11-30'],
    ['11/21', '2026-11-21'],
    ['11/20', '2027-11-20'],
    ['1/5', '2027-01-05'],
    ['11月30日', '2026-11-30'],
    ['30 Nov', '2026-11-30'],
    ['Nov 30', '2026-11-30'],
    ['5 January', '2027-01-05'],
    ['nov 30, 2028', '2028-11-30'],
    ['2/29', '2028-02-29'],
  ])('%s is %s', (typed, day) => {
    expect(parseDue(typed, TODAY)).toBe(day);
  });

  it('keeps to the end of a shorter month', () => {
    expect(parseDue('1m', '2027-01-31' as Day)).toBe('2027-02-28');
  });

  it.each([
    '',
    ' ',
    'soon',
    '13/1',
    '2/30',
    '11/31',
    '2026-02-30',
    '5日',
    'monkey',
    'marvellous 3',
    '1y',
    '-2d',
    '99999d',
    '30 Foo',
    '21',
    'd',
    '来週x',
  ])('%j means no day', (typed) => {
    expect(parseDue(typed, TODAY)).toBeNull();
  });

  it('a weekday alone always is one to seven days ahead', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 5000 }),
        fc.constantFrom('mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun', '火曜'),
        (days, name) => {
          const today = addDays(TODAY, days);
          const due = parseDue(name, today);
          expect(due !== null && due > today && due <= addDays(today, 7)).toBe(true);
        },
      ),
    );
  });
});
