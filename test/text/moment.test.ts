/** Moments and lengths as people type them. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseLength, parseMoment } from '../../src/text/moment.ts';
import { type Day, dayOf, type Instant } from '../../src/units/day.ts';
import { instantAt, minuteOf } from '../../src/units/zone.ts';

const TODAY = '2026-11-21' as Day;
const TOKYO = 'Asia/Tokyo';

describe('a moment', () => {
  it.each([
    ['15:00', '2026-11-21T15:00+09:00'],
    ['2026-11-20 9:05', '2026-11-20T09:05+09:00'],
    ['2026-11-20T09:05', '2026-11-20T09:05+09:00'],
    ['2026-11-20T09:05-05:00', '2026-11-20T09:05-05:00'],
    ['2026-11-20T09:05:30.5Z', '2026-11-20T09:05:30.500Z'],
    ['tomorrow 9:30', '2026-11-22T09:30+09:00'],
    ['Yesterday 17:00', '2026-11-20T17:00+09:00'],
    ['昨日 １５：３０', '2026-11-20T15:30+09:00'],
    ['来週月曜 9時半', '2026-11-23T09:30+09:00'],
    ['明日 14時', '2026-11-22T14:00+09:00'],
    ['30 Nov 8:00', '2026-11-30T08:00+09:00'],
  ])('%s', (text, expected) => {
    expect(parseMoment(text, TODAY, TOKYO)).toBe(Date.parse(expected));
  });

  it.each(['', 'soon', '25:00', '9:60', 'tomorrow', '2026-02-30 9:00', '2026-13-01T09:00Z', '2026-11-20T09:00+99:99', '9.30'])(
    '%s is none',
    (text) => {
      expect(parseMoment(text, TODAY, TOKYO)).toBeNull();
    },
  );

  it('is the wall clock’s in any zone, but for the hour that a change of clocks leaves out', () => {
    const day = fc.integer({ min: 0, max: 700 }).map((days) => new Date(Date.UTC(2026, 0, 1 + days)).toISOString().slice(0, 10) as Day);
    const zone = fc.constantFrom('Asia/Tokyo', 'America/New_York', 'Europe/Berlin', 'Asia/Kathmandu', 'UTC', 'Pacific/Chatham');
    fc.assert(
      // Clocks change between midnight and four.
      fc.property(day, fc.integer({ min: 240, max: 1439 }), zone, (on, minute, where) => {
        const at = instantAt(on, minute, where);
        expect([dayOf(at, where), minuteOf(at, where)]).toEqual([on, minute]);
      }),
      { numRuns: 200 },
    );
    expect(instantAt('2026-03-29' as Day, 540, 'Europe/Berlin')).toBe(Date.parse('2026-03-29T07:00:00Z') as Instant);
  });
});

describe('a length of time', () => {
  it.each([
    ['15m', 900_000],
    ['1h30m', 5_400_000],
    ['1h 30m', 5_400_000],
    ['90s', 90_000],
    ['2d', 172_800_000],
    ['３０分', 1_800_000],
    ['1時間', 3_600_000],
  ])('%s', (text, expected) => {
    expect(parseLength(text)).toBe(expected);
  });

  it.each(['', 'long', '15', '-5m', '1.5h', 'm', '99999999s'])('%s is none', (text) => {
    expect(parseLength(text)).toBeNull();
  });
});
