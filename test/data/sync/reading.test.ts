/** The failure modes of reading, by their numbers in the list that the design was made from. */
import { describe, expect, it } from 'vitest';
import type { Instant } from '../../../src/units/day.ts';
import { furnish, HOUR, makeBench } from './bench.ts';
import { MAPPING } from './mapping.ts';
import { failure } from './portal.ts';

const searches = (bench: Awaited<ReturnType<typeof makeBench>>, object: string) =>
  bench.portal.requests.filter((request) => request.kind === 'search' && request.object === object);

describe('what changed since', () => {
  it('brings a changed company, a changed and a new record, and only those', async () => {
    const bench = await makeBench();
    const [a = '', b = ''] = furnish(bench, 3);
    await bench.sync();
    bench.wait(2);
    bench.portal.change('companies', a, { plan: 'Enterprise' });
    const [ticket = ''] = (await bench.accounts()).get(b)?.tickets.map((row) => row.id) ?? [];
    bench.portal.change('tickets', ticket, { subject: 'Still broken' });
    const fresh = bench.portal.add('2-1', { month: '2026-12-01', amount: '9' }, { on: [['companies', b]] });
    const outcome = await bench.sync();
    expect(outcome).toMatchObject({ mode: 'incremental', complete: true });
    expect(outcome.objects).toEqual({
      companies: { read: 1, changed: 1, removed: 0 },
      tickets: { read: 1, changed: 1, removed: 0 },
      '2-1': { read: 1, changed: 1, removed: 0 },
    });
    const accounts = await bench.accounts();
    expect(accounts.get(a)?.company.properties.plan).toBe('Enterprise');
    expect(accounts.get(b)?.tickets[0]?.properties.subject).toBe('Still broken');
    expect(accounts.get(b)?.mrr.map((row) => row.id)).toContain(fresh);
  });

  it('asks little and changes nothing where nothing changed', async () => {
    const bench = await makeBench();
    furnish(bench, 30);
    await bench.sync();
    bench.wait(1);
    await bench.sync();
    const revision = await bench.cache.revision();
    bench.wait(1);
    const outcome = await bench.sync();
    // Account details, the book, and one search for each of the eleven types.
    expect(outcome.requests).toBe(13);
    expect(outcome.objects).toEqual({});
    expect(await bench.cache.revision()).toBe(revision);
  });

  it('leaves records of other people’s companies unread', async () => {
    const bench = await makeBench();
    furnish(bench, 1);
    const other = bench.company({ hubspot_owner_id: '8' });
    await bench.sync();
    bench.wait(1);
    bench.portal.add('tickets', { subject: 'Not mine' }, { on: [['companies', other]] });
    const outcome = await bench.sync();
    expect(outcome.objects.tickets).toBeUndefined();
  });

  it('brings a survey answer of a known contact, and of a contact who is new', async () => {
    const bench = await makeBench();
    const [a = ''] = furnish(bench, 1);
    await bench.sync();
    bench.wait(1);
    const contact = (await bench.accounts()).get(a)?.contacts[0]?.id ?? '';
    bench.portal.add('feedback_submissions', { hs_value: '3' }, { on: [['contacts', contact]] });
    const newcomer = bench.portal.add('contacts', { email: 'n@example.com' }, { on: [['companies', a]] });
    bench.portal.add('feedback_submissions', { hs_value: '2' }, { on: [['contacts', newcomer]] });
    await bench.sync();
    expect(
      (await bench.accounts())
        .get(a)
        ?.feedback.map((row) => row.properties.hs_value)
        .sort(),
    ).toEqual(['2', '3', '9']);
  });
});

describe('R1, R2: more rows than a search gives, all with one time of change', () => {
  it('walks by id and reads each page once', async () => {
    const bench = await makeBench();
    const [company = ''] = furnish(bench, 1);
    await bench.sync();
    bench.wait(1);
    for (let index = 0; index < 10_250; index++)
      bench.portal.add('2-2', { week: '2026-11-16', logins: '1' }, { on: [['companies', company]] });
    const before = searches(bench, '2-2').length;
    const outcome = await bench.sync();
    expect(outcome.complete).toBe(true);
    expect((await bench.accounts()).get(company)?.usage).toHaveLength(10_251);
    const pages = searches(bench, '2-2').slice(before);
    expect(pages).toHaveLength(Math.ceil(10_251 / 200));
    expect(new Set(pages.map((page) => page.afterId)).size).toBe(pages.length);
  });

  it('ends as incomplete, not in a loop, where a search makes no progress', async () => {
    const bench = await makeBench();
    furnish(bench, 1);
    await bench.sync();
    bench.wait(1);
    bench.portal.distort = (page, { object }) => (object === 'tickets' ? { total: 5, records: [] } : page);
    expect(await bench.sync()).toMatchObject({ complete: false, problem: { kind: 'body' } });
  });
});

describe('R3: the search index lags', () => {
  it('finds a row that was not in the index when its window was read', async () => {
    const bench = await makeBench();
    const [company = ''] = furnish(bench, 1);
    await bench.sync();
    bench.wait(2);
    const late = bench.portal.add('tickets', { subject: 'Late' }, { on: [['companies', company]], lag: 3 * HOUR });
    bench.wait(1);
    await bench.sync();
    expect((await bench.accounts()).get(company)?.tickets.map((row) => row.id)).not.toContain(late);
    bench.wait(4);
    await bench.sync();
    expect((await bench.accounts()).get(company)?.tickets.map((row) => row.id)).toContain(late);
  });

  it('keeps the company whose new owner the index does not know yet as the record says', async () => {
    const bench = await makeBench();
    const [a = ''] = furnish(bench, 2);
    await bench.sync();
    bench.wait(1);
    bench.portal.change('companies', a, { hubspot_owner_id: '8' });
    await bench.sync();
    expect([...(await bench.accounts()).keys()]).not.toContain(a);
    expect(await bench.cache.leftCompanyIds('7')).toEqual([a]);
  });
});

describe('R4: the cursor is the end of the window', () => {
  it('finds in the next sync what was edited while this one was paging', async () => {
    const bench = await makeBench();
    const [a = ''] = furnish(bench, 1);
    await bench.sync();
    bench.wait(1);
    const ticket = (await bench.accounts()).get(a)?.tickets[0]?.id ?? '';
    bench.portal.fault = ({ kind, object }) => {
      if (kind === 'search' && object === 'notes') {
        bench.portal.now = (bench.portal.now + 60_000) as Instant;
        bench.portal.change('tickets', ticket, { subject: 'While paging' });
        bench.portal.fault = () => null;
      }
      return null;
    };
    await bench.sync();
    expect((await bench.accounts()).get(a)?.tickets[0]?.properties.subject).toBe('Help');
    // Long after the overlap: only the cursor can find it.
    bench.wait(24.01);
    await bench.sync();
    expect((await bench.accounts()).get(a)?.tickets[0]?.properties.subject).toBe('While paging');
  });
});

describe('R5: rows leave the result while it is read', () => {
  it('skips nobody', async () => {
    const bench = await makeBench();
    const companies = furnish(bench, 450);
    let page = 0;
    bench.portal.fault = ({ kind, object }) => {
      if (kind === 'search' && object === 'companies' && ++page === 2)
        for (const id of companies.slice(0, 50)) bench.portal.remove('companies', id);
      return null;
    };
    await bench.sync();
    expect([...(await bench.accounts()).keys()]).toEqual(expect.arrayContaining(companies.slice(50)));
    bench.wait(1);
    await bench.sync({ accept: true });
    expect([...(await bench.accounts()).keys()]).toEqual(companies.slice(50));
  });
});

describe('R6: contacts have a change time of their own name', () => {
  it('finds changed contacts', async () => {
    const bench = await makeBench();
    const [a = ''] = furnish(bench, 1);
    await bench.sync();
    bench.wait(1);
    const contact = (await bench.accounts()).get(a)?.contacts[0]?.id ?? '';
    bench.portal.change('contacts', contact, { jobtitle: 'CTO' });
    await bench.sync();
    expect((await bench.accounts()).get(a)?.contacts[0]?.properties.jobtitle).toBe('CTO');
  });
});

describe('R7, R8: what changes without touching the time of change', () => {
  it('is found by the daily census', async () => {
    const bench = await makeBench();
    const [a = '', b = ''] = furnish(bench, 2);
    await bench.sync();
    const ticket = (await bench.accounts()).get(b)?.tickets[0]?.id ?? '';
    bench.portal.link('companies', a, 'tickets', ticket);
    const note = (await bench.accounts()).get(b)?.notes[0]?.id ?? '';
    bench.portal.unlink('companies', b, 'notes', note);
    bench.portal.change('companies', b, { plan: 'Calculated' }, { quiet: true });
    bench.wait(1);
    await bench.sync();
    expect((await bench.accounts()).get(a)?.tickets).toHaveLength(1);
    bench.wait(23);
    const outcome = await bench.sync();
    expect(outcome).toMatchObject({ mode: 'incremental', complete: true });
    const accounts = await bench.accounts();
    expect(accounts.get(a)?.tickets.map((row) => row.id)).toContain(ticket);
    expect(accounts.get(b)?.notes).toEqual([]);
    expect(accounts.get(b)?.company.properties.plan).toBe('Calculated');
  });
});

describe('R9: many records on one company', () => {
  it('keeps all of them', async () => {
    const bench = await makeBench();
    const company = bench.company();
    for (let index = 0; index < 1_762; index++) bench.portal.add('deals', { dealname: `Deal ${index}` }, { on: [['companies', company]] });
    await bench.sync();
    expect((await bench.accounts()).get(company)?.deals).toHaveLength(1_762);
  });
});

describe('R10: records vanish', () => {
  it('marks a deleted company as gone and keeps its record', async () => {
    const bench = await makeBench();
    const [a = ''] = furnish(bench, 2);
    await bench.sync();
    bench.wait(1);
    bench.portal.remove('companies', a);
    const outcome = await bench.sync();
    expect(outcome.objects.companies).toMatchObject({ removed: 1 });
    expect([...(await bench.accounts()).keys()]).not.toContain(a);
    expect(await bench.cache.goneRecord('companies', a)).toMatchObject({ reason: 'deleted', mergedInto: null });
  });

  it('forgets a deleted MRR record at the census', async () => {
    const bench = await makeBench();
    const [a = ''] = furnish(bench, 1);
    await bench.sync();
    bench.portal.remove('2-1', (await bench.accounts()).get(a)?.mrr[0]?.id ?? '');
    bench.wait(24);
    const outcome = await bench.sync();
    expect((await bench.accounts()).get(a)?.mrr).toHaveLength(2);
    expect(outcome.objects['2-1']).toMatchObject({ removed: 1 });
  });

  it('removes nobody because a search came back empty', async () => {
    const bench = await makeBench();
    furnish(bench, 3);
    await bench.sync();
    bench.wait(1);
    bench.portal.distort = (page, { object }) => (object === 'companies' ? { total: 0, records: [] } : page);
    await bench.sync();
    expect((await bench.accounts()).size).toBe(3);
  });
});

describe('R11: companies are merged', () => {
  it('knows the survivor, through a chain of merges, and what hung on the loser hangs on it', async () => {
    const bench = await makeBench();
    const [a = '', b = '', c = ''] = furnish(bench, 3);
    await bench.sync();
    bench.wait(1);
    bench.portal.merge('companies', a, b);
    await bench.sync();
    bench.wait(1);
    bench.portal.merge('companies', b, c);
    await bench.sync();
    expect(await bench.cache.goneRecord('companies', a)).toMatchObject({ reason: 'merged', mergedInto: c });
    expect(await bench.cache.goneRecord('companies', b)).toMatchObject({ reason: 'merged', mergedInto: c });
    expect(await bench.cache.goneRecord('companies', c)).toBeNull();
    const accounts = await bench.accounts();
    expect([...accounts.keys()]).toEqual([c]);
    expect(accounts.get(c)?.mrr).toHaveLength(9);
  });
});

describe('R12–R14: limits and faults', () => {
  it.each(['daily', 'rate', 'server', 'network', 'timeout', 'body', 'aborted', 'auth'] as const)(
    'stops at %s, keeps what landed, and goes on from there',
    async (kind) => {
      const bench = await makeBench();
      furnish(bench, 620);
      let reads = 0;
      bench.portal.fault = (request) => (request.kind === 'read' && ++reads > 20 ? failure(kind) : null);
      const stopped = await bench.sync();
      expect(stopped).toMatchObject({ complete: false, problem: { kind } });
      expect(stopped.objects.companies?.read).toBe(620);
      const spent = bench.portal.requests.length;
      bench.portal.fault = () => null;
      bench.wait(0.1);
      const outcome = await bench.sync();
      expect(outcome).toMatchObject({ mode: 'full', complete: true, problem: null });
      expect(bench.portal.requests.slice(spent).some(({ kind, object }) => kind === 'read' && object === 'companies')).toBe(false);
      for (const account of (await bench.accounts()).values()) expect(account.mrr).toHaveLength(3);
    },
  );
});

describe('R16: a list ends early and looks finished', () => {
  it('goes on after a short page as long as the search says that there is more', async () => {
    const bench = await makeBench();
    furnish(bench, 300);
    bench.portal.distort = ({ total, records }, { object }) => ({
      total,
      records: object === 'companies' ? records.slice(0, 70) : records,
    });
    expect(await bench.sync()).toMatchObject({ complete: true });
    expect((await bench.accounts()).size).toBe(300);
  });
});

describe('R18: a scope is missing', () => {
  const withoutTickets = ({ object, to }: { object: string; to?: string }) =>
    object === 'tickets' || to === 'tickets' ? failure('scope', { status: 403, scopes: ['tickets'], message: 'Missing scopes' }) : null;

  it('leaves that object out, names the scope, and loads the rest', async () => {
    const bench = await makeBench();
    const [a = ''] = furnish(bench, 2);
    bench.portal.fault = withoutTickets;
    const outcome = await bench.sync();
    expect(outcome).toMatchObject({
      complete: true,
      problem: null,
      unavailable: [{ object: 'tickets', kind: 'scope', scopes: ['tickets'] }],
    });
    const account = (await bench.accounts()).get(a);
    expect(account?.tickets).toEqual([]);
    expect(account?.mrr).toHaveLength(3);
    expect(account?.feedback).toHaveLength(1);
  });

  it('keeps the old rows, and catches up with everything once the scope is there again', async () => {
    const bench = await makeBench();
    const [a = '', b = ''] = furnish(bench, 2);
    await bench.sync();
    const ticket = (await bench.accounts()).get(a)?.tickets[0]?.id ?? '';
    bench.portal.fault = withoutTickets;
    bench.wait(30);
    expect((await bench.sync()).unavailable).toHaveLength(1);
    expect((await bench.accounts()).get(a)?.tickets).toHaveLength(1);
    bench.portal.change('tickets', ticket, { subject: 'Changed in the dark' });
    bench.portal.add('tickets', { subject: 'Made in the dark' }, { on: [['companies', b]] });
    bench.wait(60);
    await bench.sync();
    bench.portal.fault = () => null;
    bench.wait(1);
    expect((await bench.sync()).unavailable).toEqual([]);
    const accounts = await bench.accounts();
    expect(accounts.get(a)?.tickets[0]?.properties.subject).toBe('Changed in the dark');
    expect(accounts.get(b)?.tickets).toHaveLength(2);
  });

  it('brings old records, surveys too, as soon as the scope is given after a first load without it', async () => {
    const bench = await makeBench();
    const [a = ''] = furnish(bench, 2);
    bench.wait(100);
    bench.portal.fault = (request) =>
      withoutTickets(request) ??
      (request.object === 'feedback_submissions' || request.to === 'feedback_submissions' ? failure('scope') : null);
    expect((await bench.sync()).unavailable.map(({ object }) => object)).toEqual(['feedback_submissions', 'tickets']);
    bench.portal.fault = () => null;
    bench.wait(1);
    expect((await bench.sync()).unavailable).toEqual([]);
    expect((await bench.accounts()).get(a)?.tickets).toHaveLength(1);
    expect((await bench.accounts()).get(a)?.feedback).toHaveLength(1);
  });

  it('stops where companies themselves may not be read', async () => {
    const bench = await makeBench();
    furnish(bench, 1);
    bench.portal.fault = ({ kind, object }) => (kind === 'search' && object === 'companies' ? failure('scope', { scopes: ['c'] }) : null);
    expect(await bench.sync()).toMatchObject({ complete: false, problem: { kind: 'scope', scopes: ['c'] } });
  });
});

describe('R19: definitions drift', () => {
  it('asks for no property that the portal does not have', async () => {
    const bench = await makeBench();
    const [a = ''] = furnish(bench, 1);
    await bench.sync({ mapping: { ...MAPPING, 'churn.on': 'gone_property' } });
    expect((await bench.accounts()).get(a)?.company.properties.plan).toBe('Pro');
  });

  it('names custom objects that this portal does not have', async () => {
    const bench = await makeBench();
    const [a = ''] = furnish(bench, 1);
    bench.portal.schemaIds = ['2-1'];
    const outcome = await bench.sync();
    expect(outcome).toMatchObject({ complete: true, unavailable: [{ object: '2-2', kind: 'absent' }] });
    bench.portal.schemaIds = ['2-1', '2-2'];
    bench.wait(24);
    expect((await bench.sync()).unavailable).toEqual([]);
    expect((await bench.accounts()).get(a)?.usage).toHaveLength(1);
  });
});

describe('R25: impossible answers', () => {
  it('never lets an older state replace a newer one', async () => {
    const bench = await makeBench();
    const [a = ''] = furnish(bench, 1);
    bench.wait(5);
    bench.portal.change('companies', a, { plan: 'New' });
    await bench.sync();
    const record = bench.portal.get('companies', a);
    record.properties = { ...record.properties, plan: 'Old' };
    record.updatedAt = (record.updatedAt - HOUR) as Instant;
    bench.wait(1);
    await bench.sync({ full: true });
    expect((await bench.accounts()).get(a)?.company.properties.plan).toBe('New');
  });
});

describe('a book too large to be listed each time', () => {
  it('finds changed and new companies by their window, and those who left or vanished at the census', async () => {
    const bench = await makeBench();
    const [first = '', second = '', third = ''] = Array.from({ length: 2_050 }, () => bench.company());
    await bench.sync();
    bench.wait(1);
    bench.portal.change('companies', first, { plan: 'Gold' });
    bench.portal.change('companies', second, { hubspot_owner_id: '8' });
    bench.portal.remove('companies', third);
    const newcomer = bench.company();
    const before = searches(bench, 'companies').length;
    const outcome = await bench.sync();
    expect(searches(bench, 'companies').length - before).toBeLessThan(12);
    expect(outcome.objects.companies?.changed).toBe(2);
    let accounts = await bench.accounts();
    expect(accounts.get(first)?.company.properties.plan).toBe('Gold');
    expect(accounts.has(newcomer)).toBe(true);
    bench.wait(24);
    await bench.sync();
    accounts = await bench.accounts();
    expect([accounts.has(second), accounts.has(third), accounts.size]).toEqual([false, false, 2_049]);
    expect(await bench.cache.goneRecord('companies', third)).toMatchObject({ reason: 'deleted' });
  });
});

describe('a clock that was set back', () => {
  it('makes nobody unseen and no window empty', async () => {
    const bench = await makeBench();
    const [a = '', b = ''] = furnish(bench, 2);
    await bench.sync();
    bench.wait(-48);
    const ticket = (await bench.accounts()).get(a)?.tickets[0]?.id ?? '';
    bench.portal.get('tickets', ticket).updatedAt = bench.portal.now;
    bench.portal.remove('companies', b);
    expect(await bench.sync()).toMatchObject({ complete: true });
    expect([...(await bench.accounts()).keys()]).toEqual([a]);
  });
});
