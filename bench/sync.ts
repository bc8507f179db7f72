/** Requests of the first sync against the fewest with which the portal can be read. */
import { DatabaseSync } from 'node:sqlite';
import { minimumRequests } from '../test/data/sync/minimum.ts';
import type { Figure } from './measure.ts';
import { storeOf } from './store.ts';

const STANDARD = ['contacts', 'deals', 'tickets', 'feedback_submissions', 'notes', 'tasks', 'calls', 'meetings', 'emails'];

export async function syncFigures(accounts: number): Promise<Figure[]> {
  const store = await storeOf(accounts);
  const db = new DatabaseSync(store.cacheDb, { readOnly: true });
  const companies = Number(db.prepare('SELECT count(*) AS n FROM book').get()?.n);
  const counted = db.prepare(`SELECT object, count(*) AS n FROM record WHERE object <> 'companies' GROUP BY object`).all();
  db.close();
  const children: Record<string, number> = Object.fromEntries(STANDARD.map((object) => [object, 0]));
  let records = companies;
  for (const { object, n } of counted) {
    children[String(object)] = Number(n);
    records += Number(n);
  }
  const least = minimumRequests({ companies, children });
  return [
    {
      what: `requests of the first sync, ${companies} companies, ${records} records`,
      value: String(store.requests),
      baseline: `fewest possible: ${least}`,
      ratio: (store.requests / least).toFixed(2),
    },
  ];
}
