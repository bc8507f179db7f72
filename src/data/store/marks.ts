/**
 * Which activities carry a mark of ours, by mark: the reference of a row of the outbox, or the line of a play's step. Kept
 * beside the records as a sync writes them, so that nobody has to read the bodies of a whole portal to find a few.
 */
import { markersIn } from '../../plays/marker.ts';
import { playMarksIn } from '../../plays/planned.ts';
import type { Db, Queries } from './driver.ts';

const MARKED: ReadonlySet<string> = new Set(['notes', 'tasks', 'calls', 'meetings', 'emails']);
/** What a mark begins with; bodies without either carry none. */
const REFERENCE = 'ref';
const PLAY = 'kizashi play ';
const PAGE = 2_000;

/** Of a record's values, each once. */
function marksIn(values: Iterable<string | null>): string[] {
  const found = new Set<string>();
  for (const value of values) {
    if (value === null) continue;
    if (value.includes(REFERENCE)) for (const mark of markersIn(value)) found.add(mark);
    if (value.includes(PLAY)) for (const mark of playMarksIn(value)) found.add(mark);
  }
  return [...found];
}

/** The marks of a record that has just been written take the place of those that it had. */
export async function putMarks(
  tx: Queries,
  object: string,
  id: string,
  properties: Readonly<Record<string, string | null>>,
): Promise<void> {
  if (!MARKED.has(object)) return;
  await tx.run('DELETE FROM mark WHERE object = ? AND id = ?', object, id);
  await add(tx, object, id, marksIn(Object.values(properties)));
}

async function add(tx: Queries, object: string, id: string, marks: readonly string[]): Promise<void> {
  for (const mark of marks) await tx.run('INSERT OR IGNORE INTO mark VALUES (?, ?, ?)', object, mark, id);
}

/** Marks what was read by a version of the program that kept none; once, a page at a time. */
async function complete(db: Db): Promise<void> {
  const done = await db.get<{ value: number }>(`SELECT value FROM meta WHERE key = 'marks'`);
  if (done?.value === 1) return;
  let last = 0;
  for (;;) {
    const page = await db.all<{ at: number; object: string; id: string; properties: string }>(
      `SELECT rowid AS at, object, id, properties FROM record
       WHERE rowid > ? AND object IN (SELECT value FROM json_each(?)) AND (instr(properties, ?) > 0 OR instr(properties, ?) > 0)
       ORDER BY rowid LIMIT ?`,
      last,
      JSON.stringify([...MARKED]),
      REFERENCE,
      PLAY,
      PAGE,
    );
    await db.transaction(async (tx) => {
      for (const { object, id, properties } of page) await add(tx, object, id, marksIn(Object.values(JSON.parse(properties))));
    });
    const end = page.at(-1);
    if (!end || page.length < PAGE) break;
    last = end.at;
  }
  await db.run(`UPDATE meta SET value = 1 WHERE key = 'marks'`);
}

/** Live records of one kind that carry the same reference, oldest first. */
export interface Doubled {
  readonly object: string;
  readonly mark: string;
  readonly ids: readonly string[];
  /** A company that the oldest hangs on. */
  readonly companyId: string | null;
}

const COMPANY = `(SELECT a.from_id FROM association a
  WHERE a.to_object = r.object AND a.to_id = r.id AND a.from_object = 'companies' ORDER BY a.from_id LIMIT 1) AS companyId`;

/** Reads the marks, and of the records only those whose mark is there twice. */
export async function doubledMarks(db: Db): Promise<readonly Doubled[]> {
  await complete(db);
  const rows = await db.all<{ object: string; mark: string; id: string; companyId: string | null }>(
    `WITH doubled AS (SELECT object, mark FROM mark WHERE mark >= 'ref' AND mark < 'reg' GROUP BY object, mark HAVING count(*) > 1)
     SELECT m.object, m.mark, r.id, ${COMPANY}
     FROM doubled JOIN mark m USING (object, mark) JOIN record r ON r.object = m.object AND r.id = m.id
     WHERE r.gone IS NULL ORDER BY m.object, m.mark, r.created_at, length(r.id), r.id`,
  );
  return [...Map.groupBy(rows, ({ object, mark }) => `${object} ${mark}`).values()].flatMap((group): Doubled[] => {
    const [first] = group;
    if (!first || group.length < 2) return [];
    return [{ object: first.object, mark: first.mark, ids: group.map(({ id }) => id), companyId: first.companyId }];
  });
}

/** A live note that carries a mark of a step of a play. */
export interface MarkedNote {
  readonly id: string;
  readonly companyId: string;
  /** As HubSpot keeps it. */
  readonly body: string;
  readonly createdAt: number;
  /** `hs_timestamp` as HubSpot gave it. */
  readonly at: string | null;
}

/** Notes of that step of that play, oldest first. */
export async function notesOfStep(db: Db, play: string, step: string): Promise<readonly MarkedNote[]> {
  await complete(db);
  const begin = `${PLAY}${play} / ${step} #`;
  return db.all<MarkedNote>(
    `SELECT r.id, a.from_id AS companyId, r.properties ->> '$.hs_note_body' AS body, r.created_at AS createdAt,
       r.properties ->> '$.hs_timestamp' AS at
     FROM mark m JOIN record r ON r.object = 'notes' AND r.id = m.id
       JOIN association a ON a.to_object = 'notes' AND a.to_id = r.id AND a.from_object = 'companies'
     WHERE m.object = 'notes' AND m.mark >= ?1 AND m.mark < ?1 || '~' AND r.gone IS NULL AND body IS NOT NULL
     ORDER BY r.created_at, length(r.id), r.id`,
    begin,
  );
}
