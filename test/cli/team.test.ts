/** The load of each success manager, counted by hand on a portal of three companies. */
import { rmSync } from 'node:fs';
import { afterAll, expect, it } from 'vitest';
import { newRecord } from '../../src/data/demo/apply.ts';
import { insertRecord, linkNew } from '../../src/data/demo/state.ts';
import { addDays, type Instant, monthOf } from '../../src/units/day.ts';
import { MAPPED, revenuePortal } from './five.ts';
import { ME_ID, now, prepareHome, run, today } from './harness.ts';

const homes: string[] = [];
afterAll(() => {
  for (const home of homes) rmSync(home, { recursive: true, force: true });
});

it('counts an activity on several accounts once, and the overdue tasks of nobody too', async () => {
  const names = ['one', 'two', 'three'];
  const portal = revenuePortal(
    names.map((name) => ({ name, properties: { hubspot_owner_id: ME_ID } })),
    names.map((company) => ({ company, month: monthOf(today()), amount: '100' })),
  );
  const companies = [...(portal.types.get('0-2')?.records.keys() ?? [])];
  let next = 70_000_000_001;
  const add = (type: string, on: readonly string[], properties: Record<string, string>): void => {
    const state = portal.types.get(type);
    if (!state) throw new Error(`no object type ${type}`);
    const record = newRecord(String(next++), (now() - 3_600_000) as Instant, properties);
    insertRecord(state, record);
    for (const company of on) linkNew(portal.links, type, record.id, '0-2', company);
  };
  const hourAgo = new Date(now() - 3_600_000).toISOString();
  const longAgo = `${addDays(today(), -9)}T03:00:00Z`;
  add('0-46', companies, { hs_note_body: 'on all three', hs_timestamp: hourAgo, hubspot_owner_id: ME_ID });
  add('0-48', companies.slice(0, 1), { hs_call_title: 'on one', hs_timestamp: hourAgo, hubspot_owner_id: ME_ID });
  add('0-48', companies.slice(1), { hs_call_title: 'too long ago', hs_timestamp: longAgo, hubspot_owner_id: ME_ID });
  add('0-49', companies.slice(1), { hs_email_direction: 'INCOMING_EMAIL', hs_timestamp: hourAgo, hubspot_owner_id: ME_ID });
  add('0-27', companies.slice(0, 1), { hs_task_subject: 'whose?', hs_timestamp: longAgo, hs_task_status: 'NOT_STARTED' });
  const home = await prepareHome(['--all', ...MAPPED, '--map', 'owner=hubspot_owner_id'], { portal });
  homes.push(home);
  const ran = await run(['--offline', 'team', '--json'], { home });
  expect([ran.code, ran.stderr]).toEqual([0, '']);
  expect(JSON.parse(ran.stdout).owners).toMatchObject([
    { owner: { id: ME_ID }, accounts: 3, mrr: 300, overdueTasks: 0, actions7d: 2 },
    { owner: null, accounts: 0, mrr: 0, overdueTasks: 1, actions7d: 0 },
  ]);
});
