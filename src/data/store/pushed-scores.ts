/** What was last written to HubSpot of each account's score; where it is lost, HubSpot is asked. */
import type { Db } from './driver.ts';

/** By company id, the values by property. */
export type PushedScores = ReadonlyMap<string, Readonly<Record<string, string>>>;

export async function pushedScores(db: Db): Promise<PushedScores> {
  const rows = await db.all<{ company_id: string; json: string }>('SELECT company_id, json FROM pushed_score');
  return new Map(rows.map(({ company_id, json }) => [company_id, JSON.parse(json)]));
}

/** One transaction. */
export function keepPushed(db: Db, pushed: PushedScores): Promise<void> {
  return db.transaction((tx) =>
    tx.runMany(
      'INSERT OR REPLACE INTO pushed_score VALUES (?, ?)',
      [...pushed].map(([id, values]) => [id, JSON.stringify(values)]),
    ),
  );
}
