/** Custom events over HTTP: read in windows, as days of people, and told where the token or the plan does not give them. */
import { describe, expect, it } from 'vitest';
import type { EventState, PortalState, StoredRecord } from '../../../src/data/demo/state.ts';
import type { Mapping } from '../../../src/settings/mapping.ts';
import { addDays, type Day, type Instant } from '../../../src/units/day.ts';
import { accessGaps } from '../../../src/workspace/access.ts';
import { findDrift } from '../../../src/workspace/drift.ts';
import { TODAY } from './contracts.ts';
import { emptyPortal, noon, Writer } from './portal.ts';
import { stage } from './stage.ts';

const MAPPING: Mapping = {
  customers: 'all',
  'usage.source': 'events',
  'usage.events': 'pe4711_report, pe4711_export',
  'usage.logins': 'pe4711_login',
  'usage.minutes': 'minutes',
};

interface Told {
  readonly portal: PortalState;
  readonly events: EventState[];
  readonly company: StoredRecord;
  readonly people: readonly StoredRecord[];
  happen(type: string, record: StoredRecord, day: Day, more?: Partial<EventState>): void;
}

function portal(): Told {
  const writer = new Writer(emptyPortal());
  const company = writer.company('events');
  const people = [1, 2].map(() => writer.add('0-1', '2026-01-10' as Day, { email: 'a@events.example' }, [['0-2', company]]));
  const events: EventState[] = [];
  return {
    portal: { ...writer.portal, events },
    events,
    company,
    people,
    happen: (type, record, day, more = {}) =>
      void events.push({
        id: String(events.length + 1),
        eventType: type,
        objectType: 'CONTACT',
        objectId: record.id,
        occurredAt: noon(day),
        properties: {},
        ...more,
      }),
  };
}

/** The Monday six weeks ago. */
const monday = (() => {
  let day = addDays(TODAY, -42);
  while (new Date(`${day}T00:00:00Z`).getUTCDay() !== 1) day = addDays(day, -1);
  return day;
})();

const asked = (requests: readonly { readonly path: string; readonly query: string }[]) =>
  requests.filter(({ path }) => path === '/events/v3/events').map(({ query }) => new URLSearchParams(query));

describe('usage from custom events', () => {
  it('counts logins, people, minutes and features by week, and knows every day of use', async () => {
    const { portal: state, people, company, happen } = portal();
    const [ann, bob] = people as [StoredRecord, StoredRecord];
    for (const day of [0, 1, 2]) happen('pe4711_login', ann, addDays(monday, day));
    happen('pe4711_login', bob, addDays(monday, 2));
    happen('pe4711_report', bob, addDays(monday, 3), { properties: { minutes: '12.5' } });
    happen('pe4711_report', company, addDays(monday, 14), { objectType: 'COMPANY' });
    // Neither mapped nor of this company.
    happen('pe4711_other', ann, addDays(monday, 4));
    happen('pe4711_login', { ...ann, id: '99' }, addDays(monday, 4));
    const at = await stage(state);
    expect(await at.sync(MAPPING)).toMatchObject({
      complete: true,
      problem: null,
      unavailable: [],
      objects: { events: { read: 7, changed: 7 } },
    });
    const { accounts } = await at.read(MAPPING);
    const [account] = accounts;
    expect(
      account?.usage.map(({ validAt, logins, activeUsers, minutes, features }) => ({ validAt, logins, activeUsers, minutes, features })),
    ).toEqual([
      { validAt: monday, logins: 4, activeUsers: 2, minutes: 12.5, features: ['report'] },
      { validAt: addDays(monday, 14), logins: 0, activeUsers: null, minutes: null, features: ['report'] },
    ]);
    expect(account?.attributes.lastUsedOn?.map(({ value }) => value)).toEqual([0, 1, 2, 3, 14].map((day) => addDays(monday, day)));
    expect(account?.matched).toContain('usage');
  });

  it('calls a week without events of this account 0 where others had some, and a gap where nobody had any', async () => {
    const { portal: state, people, happen } = portal();
    const [ann] = people as [StoredRecord, StoredRecord];
    for (const week of [0, 3]) happen('pe4711_login', ann, addDays(monday, week * 7));
    happen('pe4711_login', { ...ann, id: '99' }, addDays(monday, 14));
    const at = await stage(state);
    await at.sync(MAPPING);
    const { accounts } = await at.read(MAPPING);
    expect(accounts[0]?.usage.map(({ validAt, logins, activeUsers }) => [validAt, logins, activeUsers])).toEqual([
      [monday, 1, 1],
      [addDays(monday, 14), 0, 0],
      [addDays(monday, 21), 1, 1],
    ]);
  });

  it('reads on from where it stood, with two days again for what came late, and counts nothing twice', async () => {
    const { portal: state, people, happen } = portal();
    const [ann] = people as [StoredRecord, StoredRecord];
    for (let count = 0; count < 250; count++)
      happen('pe4711_login', ann, addDays(TODAY, -1), { occurredAt: (noon(addDays(TODAY, -1)) + count) as Instant });
    const at = await stage(state);
    await at.sync(MAPPING);
    const total = async () => {
      const { accounts } = await at.read(MAPPING);
      return accounts[0]?.usage.reduce((sum, { logins }) => sum + (logins ?? 0), 0);
    };
    expect(await total()).toBe(250);
    happen('pe4711_login', ann, addDays(TODAY, -1), { occurredAt: (noon(addDays(TODAY, -1)) - 3_600_000) as Instant });
    at.wait(24);
    at.server.clearRequests();
    expect(await at.sync(MAPPING)).toMatchObject({ mode: 'incremental', objects: { events: { read: 251, changed: 1 } } });
    expect(await total()).toBe(251);
    const windows = asked(at.server.requests);
    // Three types: one page each, and two more of the one with 251 occurrences.
    expect(windows).toHaveLength(5);
    for (const window of windows) {
      expect(Date.parse(window.get('occurredAfter') ?? '')).toBeGreaterThan(noon(addDays(TODAY, -9)));
      expect(window.get('eventType')).toMatch(/^pe4711_/);
    }
  });

  it.each([
    [
      'a token without the scope',
      (server: { removeScope(scope: string): void }) => server.removeScope('behavioral_events.event_definitions.read_write'),
      'behavioral_events.event_definitions.read_write',
    ],
    [
      'a plan without events',
      (server: { setEvents(available: boolean): void }) => server.setEvents(false),
      "This portal's subscription does not include events.",
    ],
  ])('%s leaves usage out, says why, and is made good by the next sync', async (_, refuse, because) => {
    const { portal: state, people, happen } = portal();
    const [ann] = people as [StoredRecord, StoredRecord];
    happen('pe4711_login', ann, addDays(TODAY, -20));
    const at = await stage(state);
    refuse(at.server as never);
    expect(await at.sync(MAPPING)).toMatchObject({ complete: true, problem: null, unavailable: [{ object: 'events', kind: 'scope' }] });
    const { context } = await at.read(MAPPING);
    expect(context.unavailable.events).toContain(because);
    expect(await findDrift(at.cache, MAPPING)).toMatchObject([
      { key: 'usage.events', code: 'unreadable', because: expect.stringContaining(because) },
    ]);
    expect(await accessGaps(at.gateway, MAPPING)).toMatchObject([{ object: 'events' }]);
    at.server.setScopes((await import('../../../src/data/demo/object-types.ts')).ALL_SCOPES);
    at.server.setEvents(true);
    at.wait(1);
    expect(await at.sync(MAPPING)).toMatchObject({ complete: true, unavailable: [] });
    expect((await at.read(MAPPING)).accounts[0]?.usage).toHaveLength(1);
    expect(await findDrift(at.cache, MAPPING)).toEqual([]);
  });

  it('reads the same from the dated paths', async () => {
    const { portal: state, people, happen } = portal();
    happen('pe4711_login', people[0] as StoredRecord, addDays(TODAY, -20));
    const at = await stage(state, { version: '2026-09' });
    expect(await at.sync(MAPPING)).toMatchObject({ complete: true, unavailable: [], objects: { events: { read: 1 } } });
    expect(at.server.requests.some(({ path }) => path === '/events/event-occurrences/2026-09')).toBe(true);
  });
});
