/**
 * Which companies are in the book, and their own properties.
 *
 * Always ids by search and values by batch: list pages cost more for any scope. Only batches give histories besides lists
 * of 50 a page that cannot filter, a list must be read again by batch for them, and search gives 200 ids a page.
 */
import { valueIn } from '../hubspot/records.ts';
import type { CrmRecord, Filter } from '../hubspot/types.ts';
import { heldSlot } from '../store/sync-state.ts';
import { countMissed } from './alarm.ts';
import { GONE_STEP, LEFT_STEP, LINKS_STEP, type Run, readStep } from './run.ts';
import { scan } from './scan.ts';
import { ownerGroups } from './scope.ts';

const COMPANIES = 'companies';
const READ = readStep(COMPANIES);
const BATCH = 100;
/** So many of a book, and so many companies whatever the book, may leave at once without asking. */
const BELIEVED_SHARE = 0.05;
const BELIEVED_COUNT = 10;
const BATCH_WITH_HISTORY = 50;

/** Whose and which companies: the owners', of those that are customers. */
const bookFilters = (run: Run, more: readonly Filter[] = []): (readonly Filter[])[] =>
  ownerGroups(run.owners, run.plan.ownerProperty, [...(run.plan.customers ? [run.plan.customers] : []), ...more]);

/** Whether a company as just read belongs to the book. The record is fresher than the search that may still list it. */
function belongs(run: Run, record: CrmRecord): boolean {
  const { customers, ownerProperty } = run.plan;
  if (run.owners !== null && !run.owners.has(valueIn(record, ownerProperty) ?? '')) return false;
  if (customers === null) return true;
  const actual = (valueIn(record, customers.propertyName) ?? '').toLowerCase();
  if (customers.operator === 'HAS_PROPERTY') return actual !== '';
  const wanted = (customers.value ?? '').toLowerCase();
  return actual.split(';').includes(wanted) || actual === wanted;
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
    groups: bookFilters(run),
    onPage: async (writer, rows) => {
      const ids = rows.map((row) => row.id);
      const joined = await writer.joinBook(run.scope, ids, to);
      await run.todo(READ, everything ? ids : [...joined, ...(await sync.staleIn(writer.tx, COMPANIES, rows))], writer);
    },
    onEnd: async (writer) => {
      await run.todo(READ, await sync.unseenIn(writer.tx, run.scope, to), writer);
    },
    // The first companies are there to be shown long before the last are listed.
    ...(everything ? { between: () => drainCompanies(run, false) } : {}),
  });
}

/** Finds the book's companies that changed in the window: for books too large to be listed each time. */
export function changedCompanies(run: Run, window: Filter): Promise<void> {
  const { sync } = run.cache;
  return scan(run, {
    object: COMPANIES,
    groups: bookFilters(run, [window]),
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

/** Companies that were not let go are looked at again by every run. */
export function recheckHeld(run: Run): Promise<void> {
  const { sync } = run.cache;
  return run.page(async (writer) => {
    for (const step of [LEFT_STEP, GONE_STEP]) await run.todo(READ, await sync.todoIn(writer.tx, heldSlot(run.scope), step), writer);
  });
}

/** Reads the companies to be read, and settles for each whether it is ours, somebody else's, merged away or gone. */
export async function readCompanies(run: Run): Promise<void> {
  run.progress.begin('companies', await run.cache.sync.todoCount(run.slot, READ));
  await drainCompanies(run, true);
}

async function drainCompanies(run: Run, told: boolean): Promise<void> {
  const { companies } = run.plan;
  const { to } = run.current;
  await run.drain(
    READ,
    COMPANIES,
    companies.history.length > 0 ? BATCH_WITH_HISTORY : BATCH,
    (ids) => run.gateway.read(COMPANIES, ids, companies.properties, companies.history, run.call),
    async (writer, answer) => {
      const ours = answer.records.filter((record) => belongs(run, record));
      const others = answer.records.filter((record) => !ours.includes(record));
      const moved = others.filter((record) => isSomebodyElses(run, record)).map(({ id }) => id);
      await countMissed(run, writer, COMPANIES, answer.records);
      const changed = await writer.putRecords(COMPANIES, answer.records, to, null);
      const ids = ours.map((record) => record.id);
      await writer.joinBook(run.scope, ids, to);
      await run.todo(LINKS_STEP, ids, writer);

      let removed = await writer.leaveBook(run.scope, moved, to);
      const leaving = others.map(({ id }) => id).filter((id) => !moved.includes(id));
      await run.todo(LEFT_STEP, await run.cache.sync.membersIn(writer.tx, run.scope, leaving), writer);
      await run.todo(GONE_STEP, answer.missing, writer);
      const merged = new Map([...answer.records.flatMap(losersOf), ...answer.merged]);
      for (const [loser, survivor] of merged) {
        removed += await writer.markGone(COMPANIES, [loser], to, survivor);
        await writer.dropLinks(COMPANIES, [loser]);
      }
      await writer.leaveBook(run.scope, [...merged.keys()], to);
      run.count(COMPANIES, { read: answer.records.length, changed, removed });
    },
    told,
  );
}

/** The record itself names another owner: an account that changed hands. */
function isSomebodyElses(run: Run, record: CrmRecord): boolean {
  const owner = valueIn(record, run.plan.ownerProperty) ?? '';
  return run.owners !== null && owner !== '' && !run.owners.has(owner);
}

/**
 * Lets companies leave the book that HubSpot does not give any more, or that are nobody's or no customers any more. A book
 * that would shrink by more than a twentieth at once is more likely a slip (a property emptied by an import, a token that
 * sees less) than the truth: then nothing leaves, and a person is asked.
 */
export async function settleLeavers(run: Run): Promise<void> {
  const { sync } = run.cache;
  const { to } = run.current;
  const size = await sync.bookSize(run.scope);
  await run.page(async (writer) => {
    const held = heldSlot(run.scope);
    const left = await sync.todoIn(writer.tx, run.slot, LEFT_STEP);
    const gone = await sync.todoIn(writer.tx, run.slot, GONE_STEP);
    const missed = await sync.membersIn(writer.tx, run.scope, gone);
    const leaving = left.length + missed.length;
    // Each of those held before was looked at again by this run.
    for (const step of [LEFT_STEP, GONE_STEP]) await sync.dropTodo(writer.tx, held, step);
    if (!run.accept && leaving > Math.max(size * BELIEVED_SHARE, BELIEVED_COUNT)) {
      await sync.addTodo(writer.tx, held, LEFT_STEP, left);
      await sync.addTodo(writer.tx, held, GONE_STEP, missed);
      const others = gone.filter((id) => !missed.includes(id));
      await writer.markGone(COMPANIES, others, to);
    } else {
      let removed = await writer.leaveBook(run.scope, left, to);
      removed += await writer.markGone(COMPANIES, gone, to);
      await writer.leaveBook(run.scope, gone, to);
      if (removed > 0) run.count(COMPANIES, { removed });
    }
    for (const step of [LEFT_STEP, GONE_STEP]) await sync.dropTodo(writer.tx, run.slot, step);
  });
}

const losersOf = (record: CrmRecord): [string, string][] =>
  (record.properties.hs_merged_object_ids ?? '')
    .split(';')
    .map((id) => id.trim())
    .filter((id) => id !== '' && id !== record.id)
    .map((id) => [id, record.id]);
