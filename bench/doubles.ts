/** Looking for records of ours that are there twice, among many activities that all carry a mark, beside reading their bodies. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openCache } from '../src/data/store/cache.ts';
import { cacheSchema } from '../src/data/store/cache-schema.ts';
import { openDb } from '../src/data/store/driver.ts';
import { makeMarker, markersIn } from '../src/plays/marker.ts';
import type { Instant } from '../src/units/day.ts';
import { type Figure, figure, inTurns } from './measure.ts';

const PAGE = 1_000;
const DOUBLED = 5;
/** As long as a note of a few sentences. */
const WORDS = 'They asked about the price and the next release; we agreed to talk again. '.repeat(8);

const bytes = (seed: number): Uint8Array => Uint8Array.from({ length: 12 }, (_, at) => Math.floor(seed / 32 ** (at % 6)) % 32);

/** Bodies read one after the other, as it would be done without the marks. */
async function byBodies(path: string): Promise<number> {
  const db = await openDb(path, cacheSchema);
  try {
    const seen = new Map<string, number>();
    let last = 0;
    for (;;) {
      const page = await db.all<{ at: number; properties: string }>(
        `SELECT rowid AS at, properties FROM record WHERE rowid > ? AND object = 'notes' AND gone IS NULL ORDER BY rowid LIMIT ?`,
        last,
        PAGE,
      );
      for (const { properties } of page) for (const mark of markersIn(properties)) seen.set(mark, (seen.get(mark) ?? 0) + 1);
      const end = page.at(-1);
      if (!end) break;
      last = end.at;
    }
    return [...seen.values()].filter((count) => count > 1).length;
  } finally {
    await db.close();
  }
}

export async function doublesFigures(activities: number, rounds: number): Promise<Figure[]> {
  const folder = mkdtempSync(join(tmpdir(), 'kizashi-bench-doubles-'));
  process.once('exit', () => rmSync(folder, { recursive: true, force: true }));
  const path = join(folder, 'cache.db');
  const cache = await openCache(path);
  try {
    for (let from = 0; from < activities; from += PAGE) {
      const records = Array.from({ length: Math.min(PAGE, activities - from) }, (_, at) => {
        const place = from + at;
        const mark = makeMarker(bytes(place < DOUBLED ? place + DOUBLED : place));
        return {
          id: String(1_000_000 + place),
          properties: { hs_note_body: `${WORDS}<br><br>${mark}` },
          history: {},
          createdAt: place as Instant,
          updatedAt: place as Instant,
        };
      });
      await cache.write((writer) => writer.putRecords('notes', records, 1 as Instant, null));
    }
    const timed = async (job: () => Promise<number>): Promise<number> => {
      const begun = performance.now();
      const found = await job();
      if (found !== DOUBLED) throw new Error(`${found} doubles where there are ${DOUBLED}`);
      return performance.now() - begun;
    };
    const times = await inTurns(
      { marks: () => timed(async () => (await cache.doubledMarks()).length), bodies: () => timed(() => byBodies(path)) },
      rounds,
    );
    return [figure(`doubles among ${activities} marked notes`, times.marks, 'reading their bodies a page at a time', times.bodies)];
  } finally {
    await cache.close();
  }
}
