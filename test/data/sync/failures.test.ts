/** More of the failure modes of reading, by their numbers in docs/sync.md: those that need a second morning or a census. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { CrmRecord } from '../../../src/data/hubspot/types.ts';
import { runSync } from '../../../src/data/sync/sync.ts';
import type { Instant } from '../../../src/units/day.ts';
import { dayBounds } from '../../../src/units/day.ts';
import { furnish, HOUR, makeBench } from './bench.ts';
import { MAPPING } from './mapping.ts';
import { failure } from './portal.ts';

const CHILDREN = ['2-1', '2-2', 'contacts', 'tickets', 'deals', 'notes', 'tasks', 'calls', 'meetings', 'emails', 'feedback_submissions'];

describe('R6: a search by the wrong time of change finds nothing and says nothing', () => {
  it('is told loudly once the census has seen changes that no window brought', async () => {
    const bench = await makeBench();
    const companies = furnish(bench, 40);
    await bench.sync();
    const tickets = [...bench.portal.table('tickets').keys()];
    bench.wait(10);
    for (const id of tickets) bench.portal.change('tickets', id, { subject: 'Changed' });
    bench.portal.distort = (page, { object }) => (object === 'tickets' ? { total: 0, records: [] } : page);
    bench.wait(15);
    const outcome = await bench.sync();
    expect(outcome).toMatchObject({ complete: true, census: { complete: true } });
    expect(outcome.notices.alarms).toMatchObject([{ object: 'tickets' }]);
    expect(outcome.notices.alarms[0]?.missed).toBeGreaterThan(0);
    // In a week every one of them has been read again all the same.
    for (let day = 0; day < 7; day++) {
      bench.wait(24);
      await bench.sync();
    }
    for (const account of (await bench.accounts()).values()) expect(account.tickets[0]?.properties.subject).toBe('Changed');
    expect(companies).toHaveLength(40);
  });

  it('is no alarm where the windows bring what changed', async () => {
    const bench = await makeBench();
    furnish(bench, 40);
    await bench.sync();
    bench.wait(10);
    for (const id of bench.portal.table('tickets').keys()) bench.portal.change('tickets', id, { subject: 'Changed' });
    bench.wait(15);
    expect((await bench.sync()).notices.alarms).toEqual([]);
  });
});

describe('R8: calculated values of what hangs on a company', () => {
  it('are read again within a week', async () => {
    const bench = await makeBench();
    furnish(bench, 10);
    await bench.sync();
    for (const id of bench.portal.table('deals').keys()) bench.portal.change('deals', id, { dealname: 'Recalculated' }, { quiet: true });
    for (let day = 0; day < 7; day++) {
      bench.wait(24);
      await bench.sync();
    }
    for (const account of (await bench.accounts()).values()) expect(account.deals[0]?.properties.dealname).toBe('Recalculated');
  });
});

describe('R10, R16: companies vanish, or seem to', () => {
  it('marks exactly those that are gone, and none because a list was cut short', async () => {
    const bench = await makeBench();
    const companies = Array.from({ length: 1_450 }, () => bench.company());
    await bench.sync();
    bench.wait(24);
    for (const id of companies.slice(0, 4)) bench.portal.remove('companies', id);
    expect((await bench.sync()).objects.companies).toMatchObject({ removed: 4 });
    bench.wait(24);
    let page = 0;
    // From the seventh page on the search says that it is over.
    bench.portal.distort = (found, { object }) =>
      object === 'companies' && ++page >= 7 ? { total: found.records.length, records: found.records } : found;
    expect((await bench.sync()).objects.companies?.removed ?? 0).toBe(0);
    expect((await bench.accounts()).size).toBe(1_446);
  });

  it('lets nobody go where more than a twentieth would, until somebody says so', async () => {
    const bench = await makeBench();
    const companies = furnish(bench, 120);
    await bench.sync();
    bench.wait(1);
    for (const id of companies.slice(0, 12)) bench.portal.change('companies', id, { lifecyclestage: 'other' });
    const held = await bench.sync();
    expect(held).toMatchObject({ complete: true, notices: { held: 12 } });
    expect((await bench.accounts()).size).toBe(120);
    bench.wait(1);
    expect((await bench.sync()).notices.held).toBe(12);
    // One of them is a customer again: nobody has to say anything about it.
    bench.portal.change('companies', companies[0] ?? '', { lifecyclestage: 'customer' });
    bench.wait(1);
    expect((await bench.sync()).notices.held).toBe(11);
    bench.wait(1);
    const accepted = await bench.sync({ accept: true });
    expect(accepted).toMatchObject({ notices: { held: 0 }, objects: { companies: { removed: 11 } } });
    expect((await bench.accounts()).size).toBe(109);
  });

  it('holds back what a large book’s census finds gone, and lets it go when told', async () => {
    const bench = await makeBench();
    const companies = Array.from({ length: 2_050 }, () => bench.company());
    await bench.sync();
    for (const id of companies.slice(0, 200)) bench.portal.remove('companies', id);
    bench.wait(24);
    expect(await bench.sync()).toMatchObject({ census: { complete: true }, notices: { held: 200 } });
    expect((await bench.accounts()).size).toBe(2_050);
    bench.wait(1);
    expect(await bench.sync({ accept: true })).toMatchObject({ notices: { held: 0 } });
    expect((await bench.accounts()).size).toBe(1_850);
  });

  it('believes a company that names another owner, however many do', async () => {
    const bench = await makeBench();
    const companies = furnish(bench, 40);
    await bench.sync();
    bench.wait(1);
    for (const id of companies.slice(0, 30)) bench.portal.change('companies', id, { hubspot_owner_id: '8' });
    expect(await bench.sync()).toMatchObject({ notices: { held: 0 }, objects: { companies: { removed: 30 } } });
  });
});

describe('R13: the day’s quota is used up', () => {
  it('says when it comes back: at midnight where the portal is', async () => {
    const bench = await makeBench();
    furnish(bench, 3);
    bench.portal.fault = ({ kind }) => (kind === 'read' ? failure('daily', { status: 429 }) : null);
    const stopped = await bench.sync();
    expect(stopped).toMatchObject({ complete: false, problem: { kind: 'daily' } });
    expect(stopped.problem?.retryAt).toBe(Date.UTC(2026, 10, 20, 15));
    expect(stopped.problem?.retryAt).toBe(dayBounds('2026-11-20' as never, 'Asia/Tokyo').ends);
  });
});

describe('R17: the token ends in the middle', () => {
  it('keeps what landed, old rows too, and goes on with another token', async () => {
    const bench = await makeBench();
    const [a = ''] = furnish(bench, 5);
    await bench.sync();
    bench.wait(1);
    bench.portal.change('companies', a, { plan: 'Gold' });
    bench.portal.fault = ({ kind, object }) => (kind === 'search' && object === 'tickets' ? failure('auth', { status: 401 }) : null);
    expect(await bench.sync()).toMatchObject({ complete: false, problem: { kind: 'auth' } });
    expect((await bench.accounts()).size).toBe(5);
    bench.portal.fault = () => null;
    bench.wait(1);
    expect(await bench.sync()).toMatchObject({ complete: true, problem: null });
    expect((await bench.accounts()).get(a)?.company.properties.plan).toBe('Gold');
  });
});

describe('R18: any one object out of reach', () => {
  it.each(CHILDREN.flatMap((object) => [[object, 'scope'] as const, [object, 'not_found'] as const]))(
    'without %s (%s) the rest is read',
    async (object, kind) => {
      const bench = await makeBench();
      const [a = ''] = furnish(bench, 2);
      bench.portal.fault = (request) =>
        [request.object, request.to].includes(object) && request.kind !== 'schemas' ? failure(kind, { scopes: ['x'] }) : null;
      const outcome = await bench.sync();
      expect(outcome.complete).toBe(true);
      expect(outcome.unavailable.map((one) => one.object)).toContain(object);
      const account = (await bench.accounts()).get(a);
      expect(account?.company.properties.name).toBe('Company 0');
      if (object !== '2-1') expect(account?.mrr).toHaveLength(3);
      if (object !== 'notes') expect(account?.notes).toHaveLength(1);
    },
  );
});

describe('R25: answers in any order, repeated, and outside of what was asked', () => {
  it('end in the same store', async () => {
    const calm = await makeBench();
    furnish(calm, 25);
    await calm.sync();
    const expected = JSON.stringify([...(await calm.accounts()).entries()]);
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 1, max: 2 ** 31 - 1 }), async (seed) => {
        const bench = await makeBench();
        furnish(bench, 25);
        const { portal } = bench;
        const read = portal.read.bind(portal);
        const rolled = <T>(rows: readonly T[]): T[] => [...rows.slice(seed % (rows.length + 1)), ...rows, ...rows.slice(0, seed % 3)];
        portal.read = async (...asked) => {
          const reply = await read(...asked);
          if (!reply.ok) return reply;
          const records: CrmRecord[] = rolled(reply.value.records);
          return { ok: true, value: { ...reply.value, records } };
        };
        portal.distort = ({ total, records }) => ({ total: total + (seed % 2), records });
        // A search that promises one more than it has ends as incomplete; everything else is as it should be.
        if (seed % 2 === 1) portal.distort = (page) => page;
        await bench.sync();
        await bench.sync();
        const outcome = JSON.stringify([...(await bench.accounts()).entries()]);
        if (seed % 2 === 1) expect(outcome).toBe(expected);
        else expect((await bench.accounts()).size).toBeLessThanOrEqual(25);
      }),
      { numRuns: 8 },
    );
  });
});

describe('the census', () => {
  it('is done in slices between syncs, and holds none of them up', async () => {
    const bench = await makeBench();
    const companies = furnish(bench, 900);
    await bench.sync();
    for (const id of companies) bench.portal.change('companies', id, { plan: 'Calculated' }, { quiet: true });
    // Longer than the windows overlap, so that rows of the first load are in none of them.
    bench.wait(49);
    await bench.sync({ part: 'changes' });
    bench.wait(1);
    const changes = await bench.sync({ part: 'changes' });
    expect(changes).toMatchObject({ complete: true, census: null });
    expect(changes.objects).toEqual({});
    let slices = 0;
    for (; slices < 50; slices++) {
      let pages = 0;
      const slice = await bench.sync({ part: 'census', pause: () => ++pages > 2 });
      if (slice.census?.complete) break;
      expect(slice).toMatchObject({ complete: true, problem: null });
      const before = bench.portal.requests.length;
      bench.portal.change('companies', companies[slices] ?? '', { plan: `Fresh ${slices}` });
      const between = await bench.sync({ part: 'changes' });
      expect(between).toMatchObject({ mode: 'incremental', complete: true });
      expect(bench.portal.requests.length - before).toBeLessThan(45);
    }
    expect(slices).toBeGreaterThan(2);
    expect(slices).toBeLessThan(50);
    const accounts = await bench.accounts();
    expect(accounts.get(companies[0] ?? '')?.company.properties.plan).toBe('Fresh 0');
    expect(accounts.get(companies.at(-1) ?? '')?.company.properties.plan).toBe('Calculated');
    expect((await bench.sync({ part: 'census' })).census).toBeNull();
  });
});

describe('a team', () => {
  const owner = (id: string, team: string) => ({
    id,
    userId: null,
    email: `${id}@demo.example`,
    firstName: '',
    lastName: id,
    teams: [{ id: team, name: `Team ${team}`, primary: true }],
    archived: false,
  });

  it('is the companies of its owners, and follows who joins it', async () => {
    const bench = await makeBench();
    let owners = [owner('7', '1'), owner('8', '1'), owner('9', '2')];
    bench.portal.owners = async () => ({ ok: true, value: owners });
    const mine = [bench.company(), bench.company({ hubspot_owner_id: '8' })];
    const other = bench.company({ hubspot_owner_id: '9' });
    bench.company({ hubspot_owner_id: '' });
    await bench.sync({ scope: 'team:1' });
    expect([...(await bench.accounts('team:1')).keys()]).toEqual(mine);
    owners = [owner('7', '1'), owner('8', '1'), owner('9', '1')];
    bench.wait(24);
    await bench.sync({ scope: 'team:1' });
    expect([...(await bench.accounts('team:1')).keys()]).toEqual([...mine, other]);
    bench.portal.change('companies', other, { hubspot_owner_id: '10' });
    bench.wait(1);
    await bench.sync({ scope: 'team:1' });
    expect([...(await bench.accounts('team:1')).keys()]).toEqual(mine);
  });

  it('without anybody in it has no companies', async () => {
    const bench = await makeBench();
    bench.company();
    expect(await bench.sync({ scope: 'team:none' })).toMatchObject({ complete: true });
    expect((await bench.accounts('team:none')).size).toBe(0);
  });
});

describe('a first load', () => {
  it('has rows to show after its first pages, and says what is still to come', async () => {
    const bench = await makeBench();
    furnish(bench, 600);
    const seen: { companies: number; unread: readonly string[] }[] = [];
    const outcome = await bench.sync({
      onRows: async () => {
        seen.push({ companies: (await bench.cache.companyIds('7')).length, unread: await bench.cache.unread() });
      },
    });
    expect(outcome.complete).toBe(true);
    const first = seen.find(({ companies }) => companies > 0);
    expect(first?.companies).toBeLessThan(600);
    expect(first?.unread).toEqual(CHILDREN);
    const mrrRead = seen.findIndex(({ unread }) => !unread.includes('2-1'));
    expect(seen[mrrRead]?.unread).toContain('emails');
    expect(await bench.cache.unread()).toEqual([]);
  });

  it('that is paused goes on where it was', async () => {
    const bench = await makeBench();
    furnish(bench, 300);
    let pages = 0;
    const paused = await runSync(
      { gateway: bench.portal, cache: bench.cache, now: () => bench.portal.now },
      { mapping: MAPPING, scope: '7', pause: () => ++pages > 4 },
    );
    expect(paused).toMatchObject({ ok: true, value: { complete: false, problem: null } });
    const spent = bench.portal.requests.length;
    bench.portal.now = (bench.portal.now + HOUR / 60) as Instant;
    expect(await bench.sync()).toMatchObject({ mode: 'full', complete: true });
    expect(bench.portal.requests.slice(spent).filter(({ kind, object }) => kind === 'search' && object === 'companies')).toEqual([]);
  });
});

describe('values of any size and kind', () => {
  it('are kept as they came: 64 KiB, NUL, quotes, __proto__', async () => {
    const bench = await makeBench();
    const long = 'あ'.repeat(65_536);
    const company = bench.company({ name: `"; drop table record; --\u0000`, plan: long });
    bench.portal.add('notes', { hs_note_body: long }, { on: [['companies', company]] });
    await bench.sync();
    const account = (await bench.accounts()).get(company);
    expect(account?.company.properties.plan).toBe(long);
    expect(account?.company.properties.name).toBe(`"; drop table record; --\u0000`);
    expect(account?.notes[0]?.properties.hs_note_body).toBe(long);
  });
});
