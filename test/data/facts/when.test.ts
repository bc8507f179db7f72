/** Days never depend on the machine's zone: the same checks run in this process and in children of three zones. */
import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { dayReader, parseDayValue, parseInstant } from '../../../src/data/facts/when.ts';
import { dayOf, type Instant } from '../../../src/units/day.ts';

const ZONES = [
  'UTC',
  'Asia/Tokyo',
  'America/Los_Angeles',
  'Pacific/Kiritimati',
  'Asia/Kathmandu',
  'Australia/Lord_Howe',
  'America/St_Johns',
  'Pacific/Apia',
];

describe('dayReader', () => {
  it('agrees with dayOf at every instant', () => {
    const instant = fc.integer({ min: Date.UTC(2012, 0, 1), max: Date.UTC(2032, 0, 1) });
    const nearTurn = fc
      .tuple(fc.integer({ min: 15_340, max: 22_640 }), fc.integer({ min: 0, max: 95 }), fc.constantFrom(-1, 0, 1))
      .map(([day, quarter, off]) => day * 86_400_000 + quarter * 900_000 + off);
    fc.assert(
      fc.property(fc.constantFrom(...ZONES), fc.oneof(instant, nearTurn), (zone, ms) => {
        expect(dayReader(zone)(ms as Instant)).toBe(dayOf(ms as Instant, zone));
      }),
      { numRuns: 2000 },
    );
  });

  it('follows a change of summer time', () => {
    const berlin = dayReader('Europe/Berlin');
    expect(berlin(Date.UTC(2026, 9, 24, 21, 59) as Instant)).toBe('2026-10-24');
    expect(berlin(Date.UTC(2026, 9, 24, 22, 0) as Instant)).toBe('2026-10-25');
    expect(berlin(Date.UTC(2026, 9, 25, 22, 59) as Instant)).toBe('2026-10-25');
    expect(berlin(Date.UTC(2026, 9, 25, 23, 0) as Instant)).toBe('2026-10-26');
  });

  it('knows no zone by a wrong name', () => {
    expect(() => dayReader('Mars/Olympus')).toThrow(RangeError);
  });
});

const tokyo = dayReader('Asia/Tokyo');
const angeles = dayReader('America/Los_Angeles');

describe('R21: parseDayValue', () => {
  it.each([
    ['2026-03-31', '2026-03-31'],
    ['2026-03-31T00:00:00Z', '2026-03-31'],
    ['2026-03-31T00:00:00.000Z', '2026-03-31'],
    ['2026-03-31T00:00:00.123456Z', '2026-03-31'],
    ['2026-03-31T00:00:00+00:00', '2026-03-31'],
    ['2026-03-31T09:00:00+09:00', '2026-03-31'],
    ['2026-03-31T00:00:00', '2026-03-31'],
    ['1774915200000', '2026-03-31'],
    ['1774915200000.0', '2026-03-31'],
    ['2026/3/31', '2026-03-31'],
    ['2026年3月31日', '2026-03-31'],
    ['２０２６−０３−３１'.replaceAll('−', '-'), '2026-03-31'],
  ])('a date %j is never shifted', (raw, day) => {
    expect(parseDayValue(raw, 'date', tokyo)).toEqual({ ok: true, value: day });
    expect(parseDayValue(raw, 'date', angeles)).toEqual({ ok: true, value: day });
  });

  it.each([
    ['2026-03-31T15:00:00Z', '2026-04-01', '2026-03-31'],
    ['2026-03-31T14:59:59.999Z', '2026-03-31', '2026-03-31'],
    ['2026-04-01T06:59:59Z', '2026-04-01', '2026-03-31'],
    ['1774969200000', '2026-04-01', '2026-03-31'],
    ['2026-03-31', '2026-03-31', '2026-03-31'],
  ])('a datetime %j is a day of the portal', (raw, inTokyo, inAngeles) => {
    expect(parseDayValue(raw, 'datetime', tokyo)).toEqual({ ok: true, value: inTokyo });
    expect(parseDayValue(raw, 'datetime', angeles)).toEqual({ ok: true, value: inAngeles });
  });

  it('text holds a calendar day, or an instant that is not one in disguise', () => {
    expect(parseDayValue('1774915200000', 'string', angeles)).toEqual({ ok: true, value: '2026-03-31' });
    expect(parseDayValue('2026-03-31T15:00:00Z', 'string', tokyo)).toEqual({ ok: true, value: '2026-04-01' });
  });

  it.each(['', '  ', null])('%j is no day, and no problem', (raw) => {
    expect(parseDayValue(raw, 'date', tokyo)).toEqual({ ok: false, error: 'empty' });
  });

  it.each([
    '0',
    '-1',
    '2026',
    '2026-02-30',
    '2026-13-01',
    '31/03/2026',
    'soon',
    '2026-03-31T25:00:00Z',
    '20260331',
    '9999999999999999',
    'NaN',
    '1e12',
  ])('%j is not guessed at', (raw) => {
    expect(parseDayValue(raw, 'date', tokyo)).toEqual({ ok: false, error: 'bad' });
  });

  it('reads every instant that HubSpot can write back to itself', () => {
    fc.assert(
      fc.property(fc.integer({ min: Date.UTC(1975, 0, 1), max: Date.UTC(2100, 0, 1) }), (ms) => {
        expect(parseInstant(new Date(ms).toISOString())).toBe(ms);
        expect(parseInstant(String(ms))).toBe(ms);
      }),
    );
  });
});

describe('R21: the machine’s own zone', () => {
  it('changes nothing', async () => {
    const run = async (TZ: string) => {
      const { stdout } = await promisify(execFile)(process.execPath, [join(import.meta.dirname, 'zone-child.ts')], {
        env: { ...process.env, TZ },
      });
      return JSON.parse(stdout) as { local: string; facts: unknown };
    };
    const [kiritimati, utc, angelesRun] = await Promise.all(['Pacific/Kiritimati', 'UTC', 'America/Los_Angeles'].map(run));
    expect(new Set([kiritimati, utc, angelesRun].map((one) => one?.local)).size).toBe(3);
    expect(utc?.facts).toMatchObject({ account: { mrr: [{ month: '2026-11' }, { month: '2026-12' }] } });
    expect(kiritimati?.facts).toEqual(utc?.facts);
    expect(angelesRun?.facts).toEqual(utc?.facts);
  });
});
