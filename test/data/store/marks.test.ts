/** Marks of ours are kept beside the records, so that finding them reads no bodies. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { expect, it, onTestFinished } from 'vitest';
import { type Cache, openCache } from '../../../src/data/store/cache.ts';
import type { IncomingRecord } from '../../../src/data/store/types.ts';
import { markOf } from '../../../src/plays/planned.ts';
import type { Instant } from '../../../src/units/day.ts';

const REF = 'ref0123456789ab';
const OTHER = 'refba9876543210';
const at = (ms: number) => ms as Instant;

function folder(): string {
  const path = mkdtempSync(join(tmpdir(), 'kizashi-marks-'));
  onTestFinished(() => rmSync(path, { recursive: true, force: true }));
  return path;
}

async function open(path: string): Promise<Cache> {
  const cache = await openCache(path);
  onTestFinished(() => cache.close());
  return cache;
}

const note = (id: string, body: string, { created = 1, updated = 1, property = 'hs_note_body' } = {}): IncomingRecord => ({
  id,
  properties: { [property]: body, hs_timestamp: '2026-11-02T15:00:00Z' },
  history: {},
  createdAt: at(created),
  updatedAt: at(updated),
});

async function put(cache: Cache, object: string, records: readonly IncomingRecord[]): Promise<void> {
  await cache.write(async (writer) => {
    await writer.putRecords(object, records, at(5), null);
    const ids = records.map(({ id }) => id);
    await writer.replaceBackLinks(
      'companies',
      object,
      ids,
      ids.map((to) => ({ from: '77', to })),
    );
  });
}

it('finds records of one kind with the same reference, the oldest first, and no others', async () => {
  const cache = await open(join(folder(), 'cache.db'));
  await put(cache, 'notes', [
    note('30', `<p>later</p>${REF}`, { created: 9 }),
    note('4', `text<br><br>${REF}`, { created: 2 }),
    // The property that HubSpot keeps unique holds it alone.
    note('5', REF, { created: 3, property: 'kizashi_ref' }),
    note('6', `prefer the reference ${OTHER}`),
  ]);
  await put(cache, 'tasks', [note('7', REF, { property: 'hs_task_body' })]);
  expect(await cache.doubledMarks()).toEqual([{ object: 'notes', mark: REF, companyId: '77', ids: ['4', '5', '30'] }]);

  // Gone, and written over: what is left has no double.
  await cache.write((writer) => writer.markGone('notes', ['30'], at(10)));
  await put(cache, 'notes', [note('5', 'nothing of ours', { updated: 2 })]);
  expect(await cache.doubledMarks()).toEqual([]);
  // Back again.
  await put(cache, 'notes', [note('30', REF, { created: 9, updated: 11 })]);
  expect((await cache.doubledMarks()).map(({ ids }) => ids)).toEqual([['4', '30']]);
});

it('finds the notes of a step of a play with the company that they hang on', async () => {
  const cache = await open(join(folder(), 'cache.db'));
  await put(cache, 'notes', [
    note('1', `Why<br><br>${markOf('post-mortem', 'review', '2345ABCD')}`),
    note('2', markOf('post-mortem', 'reviewed', '2345ABCD')),
    note('3', markOf('win-back', 'review', '2345ABCD')),
    note('4', 'kizashi play post-mortem / review'),
  ]);
  expect(await cache.notesOfStep('post-mortem', 'review')).toMatchObject([{ id: '1', companyId: '77', at: '2026-11-02T15:00:00Z' }]);
});

it('marks what an earlier version of the program has read', async () => {
  const path = join(folder(), 'cache.db');
  const before = await openCache(path);
  await put(before, 'notes', [note('1', REF, { created: 1 }), note('2', REF, { created: 2 }), note('3', 'prefer')]);
  await before.close();
  const raw = new DatabaseSync(path);
  raw.exec(`DELETE FROM mark; UPDATE meta SET value = 0 WHERE key = 'marks'`);
  raw.close();
  const cache = await open(path);
  expect((await cache.doubledMarks()).map(({ ids }) => ids)).toEqual([['1', '2']]);
});
