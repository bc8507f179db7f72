import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  addDays,
  addMonths,
  type Day,
  dayBounds,
  dayOf,
  dayOfSerial,
  daysBetween,
  firstDay,
  type Instant,
  isZone,
  lastDay,
  type Month,
  monthOf,
  monthsBetween,
  parseDay,
  parseMonth,
  serialOf,
  wholeMonths,
} from '../../src/units/day.ts';

const EPOCH = parseDay('1990-01-01') as Day;
const days = fc.nat(40_000).map((count) => addDays(EPOCH, count));
const at = (text: string): Day => parseDay(text) as Day;

describe('days', () => {
  it.each(['2026-02-29', '2026-13-01', '2026-00-10', '2026-1-1', '2026-11-31', '', '20261101', ' 2026-11-01'])('%j is no day', (text) => {
    expect(parseDay(text)).toBeNull();
  });

  it('counts days there and back', () => {
    fc.assert(
      fc.property(days, fc.integer({ min: -5000, max: 5000 }), (day, count) => {
        expect(daysBetween(day, addDays(day, count))).toBe(count);
      }),
    );
  });

  it('knows the ends of months', () => {
    fc.assert(
      fc.property(days, (day) => {
        const month = monthOf(day);
        expect(firstDay(month) <= day && day <= lastDay(month)).toBe(true);
        expect(addDays(lastDay(month), 1)).toBe(firstDay(addMonths(month, 1)));
      }),
    );
  });

  it('adds months there and back', () => {
    fc.assert(
      fc.property(days, fc.integer({ min: -500, max: 500 }), (day, count) => {
        const month = monthOf(day);
        expect(monthsBetween(month, addMonths(month, count))).toBe(count);
      }),
    );
  });

  it('turns an instant into the day of the zone', () => {
    const instant = Date.parse('2026-10-31T15:00:00Z') as Instant;
    expect(dayOf(instant, 'Asia/Tokyo')).toBe('2026-11-01');
    expect(dayOf(instant, 'UTC')).toBe('2026-10-31');
    expect(dayOf(instant, 'America/New_York')).toBe('2026-10-31');
    expect(isZone('Asia/Tokyo')).toBe(true);
    expect(isZone('Mars/Base')).toBe(false);
    expect(isZone('constructor')).toBe(false);
  });

  it('knows by itself what the engine says of the zones whose clocks stand still', () => {
    const instants = fc.integer({ min: Date.UTC(1930, 0, 1), max: Date.UTC(2150, 0, 1) });
    const parts = { year: 'numeric', month: '2-digit', day: '2-digit' } as const;
    for (const zone of ['UTC', 'Asia/Tokyo']) {
      const asked = new Intl.DateTimeFormat('sv-SE', { timeZone: zone, ...parts });
      fc.assert(
        fc.property(instants, (instant) => {
          expect(dayOf(instant as Instant, zone)).toBe(asked.format(instant));
        }),
      );
    }
  });
});

describe('days as numbers', () => {
  it('count the calendar, day by day, and give the day back', () => {
    expect([serialOf(at('1970-01-01')), serialOf(at('2000-03-01')), serialOf(at('2026-11-21'))]).toEqual([0, 11_017, 20_778]);
    fc.assert(
      fc.property(fc.integer({ min: Date.UTC(1200, 0, 1), max: Date.UTC(3900, 0, 1) }), (ms) => {
        const day = at(new Date(ms).toISOString().slice(0, 10));
        expect(serialOf(day)).toBe(Math.floor(ms / 86_400_000));
        expect(dayOfSerial(serialOf(day))).toBe(day);
      }),
    );
  });
});

describe('parseMonth', () => {
  it.each(['2026-11', '2026/11', '202611', '2026年11月', '2026-11-01', '2026-11-30', '２０２６年１１月', ' 2026-11 '])(
    '%j is November 2026',
    (text) => {
      expect(parseMonth(text)).toBe('2026-11' as Month);
    },
  );

  it.each(['2026/1', '2026年1月'])('%j is January 2026', (text) => {
    expect(parseMonth(text)).toBe('2026-01');
  });

  it.each([
    '',
    '2026',
    '2026-13',
    '2026-00',
    '202613',
    '2026-11-31',
    '11/2026',
    'Nov 2026',
    '26-11',
    '2026-11-01T00:00:00Z',
    '1793404800000',
    '2026年',
    '20261101x',
  ])('%j names no month', (text) => {
    expect(parseMonth(text)).toBeNull();
  });
});

describe('wholeMonths', () => {
  it.each([
    ['2026-01-31', '2026-02-28', 1],
    ['2026-01-31', '2026-02-27', 0],
    ['2024-01-31', '2024-02-28', 0],
    ['2024-01-31', '2024-02-29', 1],
    ['2026-01-15', '2026-02-14', 0],
    ['2026-01-15', '2026-02-15', 1],
    ['2026-03-31', '2026-04-30', 1],
    ['2025-03-31', '2025-06-01', 2],
    ['2024-02-29', '2025-02-28', 12],
    ['2026-01-01', '2026-01-31', 0],
    ['2026-02-28', '2026-01-31', -1],
  ])('%s to %s is %i', (from, to, months) => {
    expect(wholeMonths(at(from), at(to))).toBe(months);
  });

  it('never falls as time passes, and grows by one a month', () => {
    fc.assert(
      fc.property(days, fc.nat(2000), (from, count) => {
        const to = addDays(from, count);
        const months = wholeMonths(from, to);
        const tomorrow = wholeMonths(from, addDays(to, 1));
        expect(tomorrow - months === 0 || tomorrow - months === 1).toBe(true);
        expect(months).toBeGreaterThanOrEqual(0);
        expect(wholeMonths(to, from)).toBe(0 - months);
      }),
    );
  });

  it('is the number of months added, unless the day does not exist there', () => {
    fc.assert(
      fc.property(days, fc.nat(300), (from, months) => {
        const target = addMonths(monthOf(from), months);
        const same = parseDay(`${target}${from.slice(7)}`) ?? lastDay(target);
        expect(wholeMonths(from, same)).toBe(months);
      }),
    );
  });
});

describe('dayBounds', () => {
  it.each([
    ['2026-11-21', 'UTC', '2026-11-21T00:00:00Z', '2026-11-22T00:00:00Z'],
    ['2026-11-21', 'Asia/Tokyo', '2026-11-20T15:00:00Z', '2026-11-21T15:00:00Z'],
    ['2026-03-08', 'America/New_York', '2026-03-08T05:00:00Z', '2026-03-09T04:00:00Z'],
    ['2026-01-01', 'Pacific/Kiritimati', '2025-12-31T10:00:00Z', '2026-01-01T10:00:00Z'],
    ['2018-11-04', 'America/Sao_Paulo', '2018-11-04T03:00:00Z', '2018-11-05T02:00:00Z'],
  ])('%s in %s', (day, zone, begins, ends) => {
    const bounds = dayBounds(at(day), zone);
    expect([bounds.begins, bounds.ends]).toEqual([Date.parse(begins), Date.parse(ends)]);
  });

  it('hold every instant of the day and no other', () => {
    const zones = fc.constantFrom('Asia/Tokyo', 'America/New_York', 'Europe/London', 'Pacific/Apia', 'Asia/Kathmandu', 'America/Sao_Paulo');
    const instants = fc.integer({ min: Date.UTC(2012, 0, 2), max: Date.UTC(2035, 0, 1) });
    fc.assert(
      fc.property(instants, zones, (instant, zone) => {
        const { begins, ends } = dayBounds(dayOf(instant as Instant, zone), zone);
        expect(begins <= instant && instant < ends).toBe(true);
        expect(dayOf((begins - 1) as Instant, zone)).not.toBe(dayOf(begins, zone));
        expect(dayOf((ends - 1) as Instant, zone)).toBe(dayOf(begins, zone));
      }),
    );
  });
});
