/**
 * The revenue reports of a portal of many companies over three years, as commands, beside one scan in SQL of the MRR rows
 * that they are about. The ledger is built by the first command; that is told by itself.
 */
import { DatabaseSync } from 'node:sqlite';
import { openCache } from '../src/data/store/cache.ts';
import { addMonths, type Day, firstDay, type Instant, type Month, monthOf } from '../src/units/day.ts';
import { seeded } from '../src/units/random.ts';
import { type Figure, figure, inTurns, spread } from './measure.ts';
import { bareNode, PROGRAM, runNode } from './process.ts';
import { makeStore } from './store.ts';

const MONTHS = 36;
const PAGE = 500;
const PLANS = ['Starter', 'Standard', 'Enterprise'];
/** Two in five buy two of them, so that there is whitespace to find. */
const PRODUCTS = ['CRM', 'CRM', 'CRM', 'MA', 'MA', 'SFA'];
const INDUSTRIES = ['MACHINERY', 'RETAIL', 'PRINTING', 'CONSTRUCTION'];
const REASONS = ['price', 'usage', 'competitor', 'feature', 'support', 'business'];
const MRR_OBJECT = '2-101';

export async function revenueFigures(companies: number, rounds: number): Promise<Figure[]> {
  const { env, cacheDb } = await makeStore(30);
  process.stderr.write(`writing ${companies} companies with ${MONTHS} months …\n`);
  const rows = await fill(cacheDb, companies);
  const command = (...args: string[]) => runNode([PROGRAM, '--offline', ...args, '--json'], env);
  const built = (await command('mrr')).ms;
  const scan = async (): Promise<number> => {
    const db = new DatabaseSync(cacheDb, { readOnly: true });
    const begun = performance.now();
    db.prepare(
      `SELECT substr(properties ->> '$.target_month', 1, 7) AS month, sum(properties ->> '$.amount') AS mrr, count(*) AS n
       FROM record WHERE object = ? AND gone IS NULL GROUP BY 1`,
    ).all(MRR_OBJECT);
    const ms = performance.now() - begun;
    db.close();
    return ms;
  };
  const run = (name: string) => async () => (await command(name, '--months', String(MONTHS))).ms;
  const times = await inTurns(
    { scan, bare: bareNode, mrr: run('mrr'), churn: run('churn'), cohorts: run('cohorts'), products: run('products') },
    rounds,
  );
  const of = `${companies} companies, ${rows} MRR rows`;
  return [
    ...(['mrr', 'churn', 'cohorts', 'products'] as const).map((name) =>
      figure(`${name} --json, ${of}, whole process`, times[name], 'summing the rows by month in SQL', times.scan),
    ),
    { what: `building their ledger, once a sync`, value: `${(built / 1000).toFixed(1)} s`, baseline: '–', ratio: '–' },
    { what: 'a Node that does nothing', value: spread(times.bare, 'ms'), baseline: '–', ratio: '–' },
  ];
}

const at = (day: Day): Instant => Date.parse(`${day}T00:00:00Z`) as Instant;

/** Gives the number of MRR rows. */
async function fill(cacheDb: string, companies: number): Promise<number> {
  const cache = await openCache(cacheDb);
  const random = seeded(companies);
  const pick = (list: readonly string[]): string => list[Math.floor(random() * list.length)] ?? '';
  const now = Date.now() as Instant;
  const last: Month = monthOf(new Date(now).toISOString().slice(0, 10) as Day);
  let rows = 0;
  let next = 10_000_000_000;
  try {
    for (let from = 0; from < companies; from += PAGE) {
      await cache.write(async (writer) => {
        const ids: string[] = [];
        for (let index = from; index < Math.min(companies, from + PAGE); index++) {
          const id = String(next++);
          ids.push(id);
          const begin = random() < 0.7 ? MONTHS - 1 : Math.floor(random() * MONTHS);
          const end = random() < 0.2 ? Math.floor(random() * begin) : 0;
          const [product, plan] = [pick(PRODUCTS), pick(PLANS)];
          let amount = (1 + Math.floor(random() * 500)) * 1000;
          const stamp = { history: {}, createdAt: at(firstDay(addMonths(last, -begin))), updatedAt: now };
          const properties = {
            name: `Sample ${index}`,
            industry: pick(INDUSTRIES),
            numberofemployees: String(Math.floor(random() ** 3 * 2000) + 1),
            ...(end > 0 ? { churn_reason: pick(REASONS) } : {}),
          };
          await writer.putRecords('companies', [{ ...stamp, id, properties }], now, null);
          const records = [];
          for (let back = begin; back >= end; back--) {
            if (random() < 0.05) amount = Math.max(1000, Math.round(amount * (0.8 + random() * 0.5)));
            const month = addMonths(last, -back);
            const line = { target_month: firstDay(month), amount: String(amount), product, plan, currency: 'JPY' };
            records.push({ ...stamp, id: String(next++), properties: line });
          }
          rows += records.length;
          await writer.putRecords(MRR_OBJECT, records, now, null);
          await writer.replaceLinks(
            'companies',
            MRR_OBJECT,
            [id],
            records.map((record) => ({ from: id, to: record.id })),
          );
        }
        await writer.joinBook('all', ids, now);
      });
    }
  } finally {
    await cache.close();
  }
  return rows;
}
