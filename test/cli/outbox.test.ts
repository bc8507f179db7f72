/** The outbox as commands show and mend it. */
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { DemoServer } from '../../src/data/demo/server.ts';
import type { Instant } from '../../src/units/day.ts';
import { type Json, prepareHome } from './harness.ts';
import { desk } from './inside.ts';

let from = '';
beforeAll(async () => {
  from = await prepareHome();
});
afterAll(() => rmSync(from, { recursive: true, force: true }));

const NOTE = '0-46';
const liveNotes = ({ portal }: DemoServer, words: string) =>
  [...(portal.types.get(NOTE)?.records.values() ?? [])].filter(
    ({ archivedAt, properties }) => archivedAt === null && (properties.hs_note_body ?? '').includes(words),
  );

it('F24 a mark that a sync counts twice is reported, and the later record taken back where one agrees', async () => {
  const here = await desk({ from });
  const told = await here.json(['note', 'あおば', 'only once, please']);
  const [first] = liveNotes(here.server, 'only once');
  const at = (Date.now() + 1000) as Instant;
  here.server.edit([
    { kind: 'create', type: NOTE, id: '599999999999', at, properties: { ...first?.properties } },
    { kind: 'link', fromType: NOTE, from: '599999999999', toType: '0-2', to: told.account },
  ]);
  const synced = await here.run(['sync']);
  expect(synced.code).toBe(0);
  expect(synced.stderr).toContain('1 record of ours is in HubSpot twice: kizashi outbox doubles');
  const doubled = { object: 'notes', companyId: told.account, keep: told.hubspotId, others: ['599999999999'] };
  expect(await here.json(['outbox', 'doubles'])).toEqual({ doubles: [doubled], archived: 0, failed: 0 });
  expect(liveNotes(here.server, 'only once'), 'nothing without consent').toHaveLength(2);
  expect(await here.json(['outbox', 'doubles', '--heal'])).toEqual({ doubles: [doubled], archived: 1, failed: 0 });
  expect(liveNotes(here.server, 'only once').map(({ id }) => id)).toEqual([told.hubspotId]);
  expect((await here.json(['sync'])).doubles).toBe(0);
});

it('F27 a full sync, a lost cache and a logout leave unsent rows alone; export gives their words', async () => {
  const here = await desk({ from });
  const told = await here.json(['--offline', 'note', 'あおば', 'first line\nsecond <line>']);
  expect(told.state).toBe('waiting');
  rmSync(join(here.home, 'profiles', 'default', 'cache.db'), { force: true });
  here.server.setFaults([{ match: { method: 'POST', path: /objects\/notes$/ }, action: { kind: 'status', status: 503 } }]);
  await here.run(['sync', '--full']);
  await here.run(['auth', 'logout']);
  const { rows } = await here.json(['outbox', 'export']);
  expect(rows).toMatchObject([{ id: told.id, kind: 'note', text: 'first line\nsecond <line>' }]);
  expect((await here.run(['outbox', 'export'])).stdout).toContain('first line\nsecond <line>\n');
});

it('what was sent is undone by a command of its own, what was refused is completed on the spot', async () => {
  const here = await desk({ from });
  const told = await here.json(['note', 'あおば', 'not after all']);
  expect(await here.json(['outbox', 'undo', told.id])).toMatchObject({ kind: 'archive', state: 'sent' });
  expect(liveNotes(here.server, 'not after all')).toEqual([]);
  const missing = {
    status: 'error',
    category: 'VALIDATION_ERROR',
    message: 'required',
    errors: [{ code: 'MISSING_REQUIRED_PROPERTY', context: { propertyName: ['hs_task_type'] } }],
  };
  here.server.setFaults([
    { match: { method: 'POST', path: /objects\/tasks$/, nth: 1 }, action: { kind: 'status', status: 400, json: missing } },
  ]);
  const refused = await here.run(['task', 'あおば', '--subject', 'call them', '--json']);
  expect(refused.code).toBe(1);
  const row: Json = JSON.parse(refused.stdout);
  expect(row).toMatchObject({
    state: 'needs_you',
    because: `this portal demands hs_task_type: kizashi outbox retry ${row.id} --set hs_task_type=…`,
  });
  expect((await here.json(['outbox', 'list'])).rows[0]).toMatchObject({ id: row.id, required: 'hs_task_type' });
  expect(await here.json(['outbox', 'retry', row.id, '--set', 'hs_task_type=CALL'])).toMatchObject({ id: row.id, state: 'sent' });
  const bad = await here.run(['outbox', 'retry', row.id, '--set', 'nonsense']);
  expect(bad.code).toBe(2);
});

it('a probe tries how the portal knows our records again, and leaves nothing behind', async () => {
  const here = await desk({ from });
  const before = liveNotes(here.server, '').length;
  expect(await here.run(['outbox', 'probe'])).toMatchObject({ code: 2, stderr: expect.stringContaining('was not probed yet') });
  expect(await here.json(['outbox', 'probe', 'あおば'])).toMatchObject({
    way: 'text',
    objects: [],
    markSurvives: true,
    millisecondsSurvive: true,
    listedAtOnce: true,
  });
  here.server.setAssociationLag(400);
  const slow = await here.json(['outbox', 'probe', 'あおば']);
  expect(slow).toMatchObject({ listedAtOnce: false, searchedAfterMs: expect.any(Number) });
  expect(slow.listedAfterMs).toBeGreaterThan(200);
  here.server.setAssociationLag(0);
  expect(await here.json(['outbox', 'probe', 'あおば', '--create-properties'])).toMatchObject({
    way: 'property',
    objects: ['notes', 'tasks', 'calls', 'meetings', 'emails'],
    refused: null,
  });
  // What was found stays: nobody has to try again to know.
  const kept = await here.json(['outbox', 'probe', '--offline']);
  expect(kept).toMatchObject({
    way: 'property',
    markSurvives: true,
    listedAfterMs: expect.any(Number),
    searchedAfterMs: expect.any(Number),
  });
  expect(Math.abs(Date.parse(kept.at) - Date.now())).toBeLessThan(60_000);
  const { checks } = await here.json(['doctor', '--offline']);
  expect(checks.find(({ id }: Json) => id === 'marks')).toMatchObject({
    state: 'ok',
    message: expect.stringContaining('a property that HubSpot keeps unique'),
  });
  expect(liveNotes(here.server, '')).toHaveLength(before);
  const told = await here.json(['note', 'あおば', 'kept single']);
  expect(told.state).toBe('sent');
  expect(liveNotes(here.server, 'kept single')[0]?.properties).toMatchObject({
    hs_note_body: 'kept single',
    kizashi_ref: expect.any(String),
  });
});
