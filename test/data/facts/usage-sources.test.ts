/** The same use of the product written down in each of the ways in which portals keep it: every input reads every way. */
import { describe, expect, it } from 'vitest';
import { assembleAccount } from '../../../src/data/facts/assemble.ts';
import { type FactsContext, type ImportedUsage, NOTHING_IMPORTED } from '../../../src/data/facts/context.ts';
import type { RawAccount, StoredRecord } from '../../../src/data/store/types.ts';
import { factsOf } from '../../../src/scoring/facts.ts';
import { INPUTS } from '../../../src/scoring/inputs/index.ts';
import { isMissing, type ReadingContext } from '../../../src/scoring/reading.ts';
import type { Mapping } from '../../../src/settings/mapping.ts';
import { addDays, addMonths, type Day, firstDay, type Month, monthOf, serialOf } from '../../../src/units/day.ts';
import { fromMajor } from '../../../src/units/money.ts';
import { at, context, rawAccount, record } from './raw.ts';

/** A Sunday. */
const AS_OF = '2026-11-22' as Day;
const OBJECT = '2-102';

interface Period {
  readonly start: Day;
  readonly end: Day;
  readonly logins: number;
  readonly users: number;
  readonly features: readonly string[];
}

/** Eight weeks of 20 logins by 8 users in three features, then four of 10 by 4 in two. */
const now = { logins: 10, users: 4, features: ['Board', 'Export'] };
const before = { logins: 20, users: 8, features: ['Board', 'Export', 'Reports'] };
const WEEKS: readonly Period[] = Array.from({ length: 12 }, (_, index) => {
  const start = addDays(AS_OF, -7 * (12 - index) + 1);
  return { start, end: addDays(start, 6), ...(index < 8 ? before : now) };
});
const MONTHS: readonly Period[] = (['2026-08', '2026-09', '2026-10'] as Month[]).map((month, index) => {
  const used = index < 2 ? before : now;
  const start = firstDay(month);
  return { start, end: addDays(firstDay(addMonths(month, 1)), -1), ...used, logins: Math.round(used.logins * 4.35) };
});

const instant = (day: Day) => `${day}T12:00:00+09:00`;

interface Written {
  readonly mapping: Mapping;
  readonly raw: Partial<RawAccount>;
  readonly more?: Partial<FactsContext>;
}

const PLAN = { seats_bought: '10', features_in_plan: '4' };
const company = (properties: Record<string, string> = {}, history: Record<string, readonly (readonly [string, string])[]> = {}) =>
  record(
    'companies',
    { ...PLAN, ...properties },
    {
      history: {
        seats_bought: [['10', instant(WEEKS[0]?.start ?? AS_OF)]],
        features_in_plan: [['4', instant(WEEKS[0]?.start ?? AS_OF)]],
        ...history,
      },
    },
  );
const row = (period: Period, properties: Record<string, string>): StoredRecord =>
  record(OBJECT, { from: period.start, ...properties }, { createdAt: at(instant(period.end)) });

const changes = (value: (period: Period) => string) => WEEKS.map((period) => [value(period), instant(period.start)] as const);

const happened = (type: string, person: number, day: Day, count: number): StoredRecord =>
  record('events', { type, object: 'contacts', objectId: String(person), day, count: String(count) });

const WAYS: Readonly<Record<string, Written>> = {
  'company properties with history': {
    mapping: {
      'usage.logins': 'logins',
      'usage.activeUsers': 'users',
      'usage.featureNames': 'features',
      'usage.minutes': 'minutes',
      'usage.seatsBought': 'seats_bought',
      'usage.featuresInPlan': 'features_in_plan',
    },
    raw: {
      company: company(
        { logins: '10', users: '4', features: 'Board;Export', minutes: '100' },
        {
          logins: changes(({ logins }) => String(logins)),
          users: changes(({ users }) => String(users)),
          features: changes(({ features }) => features.join(';')),
          minutes: changes(({ logins }) => String(logins * 10)),
        },
      ),
    },
  },
  'an object by week': {
    mapping: {
      'usage.object': OBJECT,
      'usage.week': 'from',
      'usage.logins': 'logins',
      'usage.activeUsers': 'users',
      'usage.featureNames': 'features',
      'usage.seatsBought': 'company.seats_bought',
      'usage.featuresInPlan': 'company.features_in_plan',
    },
    raw: {
      company: company(),
      usage: WEEKS.map((period) =>
        row(period, { logins: String(period.logins), users: String(period.users), features: period.features.join('、') }),
      ),
    },
  },
  'an object by month': {
    mapping: {
      'usage.object': OBJECT,
      'usage.month': 'from',
      'usage.logins': 'logins',
      'usage.activeUsers': 'users',
      'usage.featureNames': 'features',
      'usage.seatsBought': 'company.seats_bought',
      'usage.featuresInPlan': 'company.features_in_plan',
    },
    raw: {
      company: company(),
      usage: MONTHS.map((period) =>
        row(period, {
          from: monthOf(period.start),
          logins: String(period.logins),
          users: String(period.users),
          features: period.features.join(','),
        }),
      ),
    },
  },
  'a row for each feature': {
    mapping: {
      'usage.object': OBJECT,
      'usage.week': 'from',
      'usage.logins': 'logins',
      'usage.activeUsers': 'users',
      'usage.perFeature': 'feature',
      'usage.featureCount': 'times',
      'usage.seatsBought': 'company.seats_bought',
      'usage.featuresInPlan': 'company.features_in_plan',
    },
    raw: {
      company: company(),
      usage: WEEKS.flatMap((period) =>
        ['Board', 'Export', 'Reports', 'Audit'].map((feature) =>
          row(period, {
            feature,
            times: period.features.includes(feature) ? '7' : '0',
            logins: String(period.logins),
            users: String(period.users),
          }),
        ),
      ),
    },
  },
  'custom events': {
    mapping: {
      'usage.source': 'events',
      'usage.events': 'pe1_Board, pe1_Export, pe1_Reports',
      'usage.logins': 'pe1_login',
      'usage.seatsBought': 'seats_bought',
      'usage.featuresInPlan': 'features_in_plan',
    },
    raw: {
      company: company(),
      events: WEEKS.flatMap((period) => [
        ...Array.from({ length: period.users }, (_, person) => happened('pe1_login', person, period.end, period.logins / period.users)),
        ...period.features.map((feature) => happened(`pe1_${feature}`, 0, period.start, 3)),
      ]),
    },
  },
  'an imported file': {
    mapping: { 'usage.source': 'csv', 'usage.seatsBought': 'seats_bought', 'usage.featuresInPlan': 'features_in_plan' },
    raw: { company: company() },
    more: {},
  },
};

const imported = (period: Period, line: number): ImportedUsage => ({
  line,
  start: period.start,
  days: 7,
  logins: period.logins,
  activeUsers: period.users,
  minutes: null,
  featuresUsed: null,
  lastUsedOn: null,
  features: period.features,
  knownAt: period.end,
});

function assembled(way: string, on: Day = AS_OF) {
  const written = WAYS[way];
  if (!written) throw new Error(way);
  const raw = rawAccount(written.raw);
  const csv = written.mapping['usage.source'] === 'csv' ? new Map([[raw.company.id, WEEKS.map(imported)]]) : new Map();
  const { account, problems } = assembleAccount(
    raw,
    context({
      mapping: { ...written.mapping, 'mrr.source': 'company-property', 'mrr.amount': 'fee' },
      imported: { ...NOTHING_IMPORTED, usage: csv },
      ...written.more,
    }),
  );
  expect(problems).toEqual([]);
  return { account, facts: factsOf(account), context: reading(on) };
}

/** As much of a context as the inputs over usage ask for. */
const reading = (asOf: Day): ReadingContext =>
  ({
    asOf,
    on: serialOf(asOf),
    revenue: { currency: 'JPY', foreign: false, mrr: fromMajor(400_000), seats: null, firstPaid: null },
    plan: 'Pro',
    peers: { resolutionHours: null, plans: { Pro: { loginRate: 2, unitCost: [10_000, 20_000, 50_000, 200_000] } } },
    keyFeatures: [],
  }) as unknown as ReadingContext;

const value = (way: string, id: keyof typeof INPUTS, on?: Day): number | string => {
  const { facts, context: asked } = assembled(way, on);
  const read = INPUTS[id].read(facts, asked, null);
  return isMissing(read) ? read.because : read.value;
};

describe.each(Object.keys(WAYS))('usage kept as %s', (way) => {
  const monthly = way === 'an object by month';

  it.each([
    ['days_since_last_use', monthly ? 22 : 0],
    ['login_trend', 0.5],
    ['logins_per_seat', 1],
    ['seat_utilisation', 0.4],
    ['adoption', 0.5],
    ['adoption_trend', -0.25],
    ['unit_cost', 0.75],
    ['key_feature_stopped', 1],
  ] as const)('gives %s %f', (id, expected) => {
    expect(value(way, id)).toBeCloseTo(expected, 1);
  });
});

describe('counts on the company', () => {
  const counted = (entries: readonly (readonly [string, string])[], now: string) => {
    const raw = rawAccount({ company: record('companies', { minutes: now }, { history: { minutes: entries } }) });
    return factsOf(assembleAccount(raw, context({ mapping: { 'usage.minutes': 'minutes' } })).account);
  };
  const lastUse = (facts: ReturnType<typeof factsOf>, on: Day) => {
    const read = INPUTS.days_since_last_use.read(facts, reading(on), null);
    return isMissing(read) ? read.because : read.value;
  };

  it('say that the product is in use while they are above 0, and until when it was', () => {
    const facts = counted(
      [
        ['90', '2026-09-01T12:00:00+09:00'],
        ['0', '2026-11-02T12:00:00+09:00'],
      ],
      '0',
    );
    expect(lastUse(facts, '2026-10-31' as Day)).toBe(0);
    expect(lastUse(facts, AS_OF)).toBe(21);
  });

  it('say nothing before the first of them, nor once they are emptied', () => {
    const facts = counted([['90', '2026-09-01T12:00:00+09:00']], '90');
    expect(lastUse(facts, '2026-08-31' as Day)).toBe('last_use');
    expect(lastUse(counted([], ''), AS_OF)).toBe('last_use');
  });
});

describe('a gap and a zero', () => {
  const weeks = (logins: readonly string[]) => {
    const rows = logins.map((count, index) => row(WEEKS[index] ?? { start: AS_OF, end: AS_OF, ...now }, { logins: count }));
    const mapping: Mapping = { 'usage.object': OBJECT, 'usage.week': 'from', 'usage.logins': 'logins' };
    const { account } = assembleAccount(rawAccount({ usage: rows }), context({ mapping }));
    const read = INPUTS.login_trend.read(factsOf(account), reading(AS_OF), null);
    return isMissing(read) ? read.because : read.value;
  };
  const eight = Array<string>(8).fill('20');

  it('count differently: an empty cell is no week at all, a 0 is a week without logins', () => {
    expect(weeks([...eight, '20', '', '', '20'])).toBe(1);
    expect(weeks([...eight, '20', '0', '0', '20'])).toBe(0.5);
  });
});

describe('a feature that one of two rows of a period says nothing of', () => {
  it('counts as used where any row says so', () => {
    const mapping: Mapping = { 'usage.object': OBJECT, 'usage.week': 'from', 'usage.perFeature': 'feature', 'usage.featureCount': 'times' };
    const rows = ['3', '0', ''].map((times, index) =>
      record(OBJECT, { from: '2026-11-16', feature: ['Board', 'Export', 'Audit'][index] ?? '', times }),
    );
    const { account } = assembleAccount(rawAccount({ usage: rows }), context({ mapping }));
    expect(account.usage).toHaveLength(1);
    expect(account.usage[0]).toMatchObject({ days: 7, features: ['Board', 'Audit'], featuresUsed: 2, logins: null, minutes: null });
  });
});
