/** What hangs on companies: which records, what they say, and what changed among them. */
import type { ObjectPlan } from '../hubspot/plan.ts';
import type { Filter } from '../hubspot/types.ts';
import type { CacheWriter } from '../store/cache.ts';
import type { Link } from '../store/cache-write.ts';
import { countMissed } from './alarm.ts';
import { LINKS_STEP, parentStep, type Run, readStep, surveyStep } from './run.ts';
import { scan } from './scan.ts';

const COMPANIES = 'companies';
const LINK_BATCH = 1_000;
const READ_BATCH = 100;
const DAY_MS = 86_400_000;
const DAYS = 7;

/** Parents whose children are deleted in the course of business, which no search tells: asked again with every change. */
const LOSES_ITEMS: ReadonlySet<string> = new Set(['deals']);

type Found = ReadonlyMap<string, readonly string[]>;
const linksOf = (found: Found): Link[] => [...found].flatMap(([from, targets]) => targets.map((to) => ({ from, to })));

/** Asks what hangs on the companies of the links step, type by type, and puts the records worth reading on the list. */
export async function readLinks(run: Run): Promise<void> {
  const { sync } = run.cache;
  run.progress.begin('links', await sync.todoCount(run.slot, LINKS_STEP));
  for (;;) {
    const companies = await sync.todo(run.slot, LINKS_STEP, LINK_BATCH);
    if (companies.length === 0) return;
    const direct = run.children.filter((child) => child.parents.includes('companies'));
    const replies = await Promise.all(
      direct.map(async (child) => ({ child, reply: await run.gateway.associations(COMPANIES, child.object, companies, run.call) })),
    );
    for (const { child, reply } of replies) if (!reply.ok) await run.refuse(child.object, reply.error);
    await run.page(async (writer) => {
      for (const { child, reply } of replies) if (reply.ok) await keepLinks(run, writer, child, COMPANIES, companies, reply.value);
      await sync.doneTodo(writer.tx, run.slot, LINKS_STEP, companies);
    });
    run.progress.advance(companies.length);
    await run.breathe();
  }
}

async function keepLinks(
  run: Run,
  writer: CacheWriter,
  child: ObjectPlan,
  parent: string,
  parents: readonly string[],
  found: Found,
): Promise<void> {
  const { removed } = await writer.replaceLinks(parent, child.object, parents, linksOf(found));
  const ids = [...new Set([...found.values()].flat())];
  const worth = run.current.mode === 'full' ? ids : await worthReading(run, writer, child.object, ids);
  // What lost its link may have been deleted, merged or only moved: its own record tells.
  await run.todo(readStep(child.object), [...worth, ...removed], writer);
  const again = run.current.mode === 'census' && LOSES_ITEMS.has(child.object);
  if (run.plan.children.some(({ parents: of }) => of.some((one) => one === child.object)))
    await run.todo(surveyStep(child.object), again ? ids : worth, writer);
}

/**
 * Records that are new to the store, and at a census a seventh of the others: in a week each of them is read again, whatever
 * touched it or did not.
 */
async function worthReading(run: Run, writer: CacheWriter, object: string, ids: readonly string[]): Promise<string[]> {
  const unknown = await run.cache.sync.unknownIn(writer.tx, object, ids);
  if (run.current.mode !== 'census') return unknown;
  const today = Math.floor(run.current.to / DAY_MS) % DAYS;
  return [...new Set([...unknown, ...ids.filter((id) => weekdayOf(id) === today)])];
}

/** 0–6, evenly whatever the step between ids: a type that a portal gives every seventh id would all fall on one day. */
const weekdayOf = (id: string): number => (Math.imul(Number(id.slice(-9)), 0x9e3779b1) >>> 0) % DAYS;

/** Surveys hang on contacts and tickets: asks for those of the contacts and tickets that are new to the store. */
export async function readSurveyLinks(run: Run): Promise<void> {
  for (const child of run.children) {
    for (const parent of child.parents) {
      if (parent === COMPANIES) continue;
      run.progress.begin('links', await run.cache.sync.todoCount(run.slot, surveyStep(parent)));
      await run.drain(
        surveyStep(parent),
        child.object,
        LINK_BATCH,
        (ids) => run.gateway.associations(parent, child.object, ids, run.call),
        (writer, found, ids) => keepLinks(run, writer, child, parent, ids, found),
      );
    }
  }
}

/** Finds the records of one type that changed in the window, over the whole portal: search cannot tell whose they are. */
export async function changedRecords(run: Run, child: ObjectPlan, window: Filter): Promise<void> {
  const { sync } = run.cache;
  await scan(run, {
    object: child.object,
    groups: [[window]],
    onPage: async (writer, rows) => run.todo(parentStep(child.object), await sync.staleIn(writer.tx, child.object, rows), writer),
    onEnd: async (writer) => {
      const { relink, windowEnd } = await sync.cursorIn(writer.tx, run.scope, child.object);
      if (!relink && windowEnd !== null) return;
      for (const parent of child.parents) {
        if (parent === COMPANIES) await run.todo(LINKS_STEP, await sync.bookIn(writer.tx, run.scope), writer);
        else await run.todo(surveyStep(parent), await sync.bookRecordsIn(writer.tx, run.scope, parent), writer);
      }
    },
  });
}

/** Asks on whom the changed records hang, and keeps those of known companies (surveys: of known contacts and tickets). */
export async function attachChanged(run: Run): Promise<void> {
  const { sync } = run.cache;
  for (const child of run.children) {
    run.progress.begin('links', await sync.todoCount(run.slot, parentStep(child.object)));
    await run.drain(
      parentStep(child.object),
      child.object,
      LINK_BATCH,
      async (ids) => {
        const found: { readonly parent: string; readonly links: Found }[] = [];
        for (const parent of child.parents) {
          const reply = await run.gateway.associations(child.object, parent, ids, run.call);
          if (!reply.ok) return reply;
          found.push({ parent, links: reply.value });
        }
        return { ok: true, value: found };
      },
      async (writer, found, ids) => {
        const ours = new Set<string>();
        for (const { parent, links } of found) {
          const known = await sync.knownIn(writer.tx, parent, [...new Set([...links.values()].flat())]);
          const kept = [...links].flatMap(([id, parents]) => parents.filter((one) => known.has(one)).map((one) => ({ from: one, to: id })));
          for (const { to } of kept) ours.add(to);
          const { removed } = await writer.replaceBackLinks(parent, child.object, ids, kept);
          for (const id of removed) ours.add(id);
        }
        await run.todo(readStep(child.object), [...ours], writer);
        if (run.plan.children.some(({ parents }) => parents.some((one) => one === child.object))) {
          const again = LOSES_ITEMS.has(child.object) ? [...ours] : await sync.unknownIn(writer.tx, child.object, [...ours]);
          await run.todo(surveyStep(child.object), again, writer);
        }
      },
    );
  }
}

/** Reads the records on the list, type by type. */
export async function readRecords(run: Run): Promise<void> {
  const { sync } = run.cache;
  let total = 0;
  for (const { object } of run.children) total += await sync.todoCount(run.slot, readStep(object));
  run.progress.begin('records', total);
  for (const child of run.children) {
    const { object } = child;
    await run.drain(
      readStep(object),
      object,
      READ_BATCH,
      (ids) => run.gateway.read(object, ids, child.properties, child.history, run.call),
      async (writer, answer) => {
        const { to } = run.current;
        await countMissed(run, writer, object, answer.records);
        const changed = await writer.putRecords(object, answer.records, to, child.period);
        let removed = await writer.markGone(object, answer.missing, to);
        await writer.dropLinks(object, answer.missing);
        for (const [loser, survivor] of answer.merged) {
          removed += await writer.markGone(object, [loser], to, survivor);
          await writer.moveLinks(object, loser, survivor);
        }
        run.count(object, { read: answer.records.length, changed, removed });
      },
    );
    if (run.current.unread.includes(object)) await run.page(async () => run.readWhole(object));
  }
}
