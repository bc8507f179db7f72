import { fork } from 'node:child_process';
import { once } from 'node:events';
import { appendFileSync, existsSync, mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { seedPortal } from '../../../src/data/demo/portal/seed.ts';
import type { Day } from '../../../src/units/day.ts';
import { fixture } from './help.ts';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'kizashi-demo-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

it('has every answered write again after a kill', async () => {
  const stateFile = join(folder, 'journal.jsonl');
  const child = fork(new URL('./serve-child.ts', import.meta.url), [stateFile], { stdio: 'ignore' });
  const [message] = await once(child, 'message');
  const url = String(message);
  const headers = { authorization: 'Bearer x', 'content-type': 'application/json' };
  const call = async (method: string, path: string, body?: unknown) =>
    (await (await fetch(url + path, { method, headers, ...(body === undefined ? {} : { body: JSON.stringify(body) }) })).json()) as {
      id: string;
      results: { id: string }[];
    };
  const company = (await call('GET', '/crm/v3/objects/companies?limit=1')).results[0]?.id ?? '';
  const associations = [{ to: { id: company }, types: [{ associationCategory: 'HUBSPOT_DEFINED', associationTypeId: 190 }] }];
  const made: string[] = [];
  for (let index = 0; index < 10; index += 1) {
    made.push(
      (await call('POST', '/crm/v3/objects/notes', { properties: { hs_timestamp: '0', hs_note_body: `メモ${index}` }, associations })).id,
    );
  }
  await call('PATCH', `/crm/v3/objects/companies/${company}`, { properties: { success_goals: '新しい目標' } });
  child.kill('SIGKILL');
  await once(child, 'exit');
  appendFileSync(stateFile, '[{"kind":"create","type":"0-46","id":"5000'); // what a kill in the middle of a line leaves

  // Another day: the seed moves on, what was written stays.
  const f = await fixture({ stateFile, portal: seedPortal({ asOf: '2026-11-23' as Day, companies: 40 }) });
  const { json } = await f.get(`/crm/v3/objects/companies/${company}?properties=success_goals&propertiesWithHistory=success_goals`);
  expect(json.properties.success_goals).toBe('新しい目標');
  expect(json.propertiesWithHistory.success_goals).toHaveLength(2);
  const linked = (await f.get(`/crm/v4/objects/companies/${company}/associations/notes`)).json.results.map(
    (result: { toObjectId: number }) => String(result.toObjectId),
  );
  expect(made.every((id) => linked.includes(id))).toBe(true);
  const next = await f.send('POST', '/crm/v3/objects/notes', { properties: { hs_timestamp: '0', hs_note_body: 'nach' } });
  expect(made).not.toContain(next.json.id);
  await f.server.close();
  await using again = await fixture({ stateFile });
  expect((await again.get(`/crm/v3/objects/notes/${next.json.id}?properties=hs_note_body`)).json.properties.hs_note_body).toBe('nach');
  expect(statSync(stateFile).mode & 0o777).toBe(0o600);
});

it.runIf(existsSync('/dev/full'))('makes nothing of a write that the disk refuses', async () => {
  await using f = await fixture({ companies: 1, stateFile: '/dev/full' });
  const refused = await f.send('POST', '/crm/v3/objects/notes', { properties: { hs_timestamp: '0', hs_note_body: 'lost?' } });
  expect(refused.status).toBe(500);
  const notes = (await f.get('/crm/v3/objects/notes?limit=100&properties=hs_note_body')).json.results;
  expect(notes.some((note: { properties: { hs_note_body: string } }) => note.properties.hs_note_body === 'lost?')).toBe(false);
});
