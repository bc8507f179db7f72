/**
 * Which companies are in the book, and their own properties.
 *
 * Always ids by search and values by batch: list pages cost more for any scope. Only batches give histories besides lists
 * of 50 a page that cannot filter, a list must be read again by batch for them, and search gives 200 ids a page.
 */
import type { CrmRecord, Filter } from '../hubspot/types.ts';
import { WHOLE_PORTAL } from '../store/types.ts';
import { LINKS_STEP, type Run, readStep } from './run.ts';
import { scan } from './scan.ts';

const COMPANIES = 'companies';
const READ = readStep(COMPANIES);
const BATCH = 100;
const BATCH_WITH_HISTORY = 50;

/** Whose and which companies: the owner's, of those that are customers. */
export function bookFilters(run: Run): Filter[] {
  const { customers, ownerProperty } = run.plan;
  return [
    ...(run.scope === WHOLE_PORTAL ? [] : [{ propertyName: ownerProperty, operator: 'EQ', value: run.scope } as const]),
    ...(customers ? [customers] : []),
  ];
}

/** Whether a company as just read belongs to the book. The record is fresher than the search that may still list it. */
function belongs(run: Run, record: CrmRecord): boolean {
  return bookFilters(run).every(({ propertyName, operator, value }) => {
    const actual = record.properties[propertyName] ?? '';
    if (operator === 'HAS_PROPERTY') return actual !== '';
    const wanted = (value ?? '').toLowerCase();
    return actual.toLowerCase().split(';').includes(wanted) || actual.toLowerCase() === wanted;
  });
}

/**
 * Lists the whole book by search. New and changed companies are to be read (`everything`: all of them), and so is every
 * company of the book that the search no longer lists: absence there proves nothing, only the record itself does.
 */
export function listBook(run: Run, everything: boolean): Promise<void> {
  const { sync } = run.cache;
  const { to } = run.current;
  return scan(run, {
    object: COMPANIES,
    filters: bookFilters(run),
    onPage: async (writer, rows) => {
      const ids = rows.map((row) => row.id);
      const joined = await writer.joinBook(run.scope, ids, to);
      await run.todo(READ, everything ? ids : [...joined, ...(await sync.staleIn(writer.tx, COMPANIES, rows))], writer);
    },
    onEnd: async (writer) => run.todo(READ, await sync.unseenIn(writer.tx, run.scope, to), writer),
  });
}

/** Finds the book's companies that changed in the window: for books too large to be listed each time. */
export function changedCompanies(run: Run, window: Filter): Promise<void> {
  const { sync } = run.cache;
  return scan(run, {
    object: COMPANIES,
    filters: [...bookFilters(run), window],
    onPage: async (writer, rows) => {
      const joined = await writer.joinBook(
        run.scope,
        rows.map((row) => row.id),
        run.current.to,
      );
      await run.todo(READ, [...joined, ...(await sync.staleIn(writer.tx, COMPANIES, rows))], writer);
    },
  });
}

/** Reads the companies to be read, and settles for each whether it is ours, somebody else's, merged away or gone. */
export async function readCompanies(run: Run): Promise<void> {
  const { companies } = run.plan;
  const { to } = run.current;
  run.progress.begin('companies', await run.cache.sync.todoCount(run.scope, READ));
  await run.drain(
    READ,
    COMPANIES,
    companies.history.length > 0 ? BATCH_WITH_HISTORY : BATCH,
    (ids) => run.gateway.read(COMPANIES, ids, companies.properties, companies.history, run.call),
    async (writer, answer) => {
      const ours = answer.records.filter((record) => belongs(run, record));
      const others = answer.records.filter((record) => !ours.includes(record));
      const changed = await writer.putRecords(COMPANIES, answer.records, to, null);
      const ids = ours.map((record) => record.id);
      await writer.joinBook(run.scope, ids, to);
      await run.todo(LINKS_STEP, ids, writer);

      let removed = await writer.leaveBook(
        run.scope,
        others.map((record) => record.id),
        to,
      );
      removed += await writer.markGone(COMPANIES, answer.missing, to);
      const merged = new Map([...answer.records.flatMap(losersOf), ...answer.merged]);
      for (const [loser, survivor] of merged) {
        removed += await writer.markGone(COMPANIES, [loser], to, survivor);
        await writer.dropLinks(COMPANIES, [loser]);
      }
      await writer.leaveBook(run.scope, [...answer.missing, ...merged.keys()], to);
      run.count(COMPANIES, { read: answer.records.length, changed, removed });
    },
  );
}

const losersOf = (record: CrmRecord): [string, string][] =>
  (record.properties.hs_merged_object_ids ?? '')
    .split(';')
    .map((id) => id.trim())
    .filter((id) => id !== '' && id !== record.id)
    .map((id) => [id, record.id]);
