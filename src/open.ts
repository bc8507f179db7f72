/** Opens a profile as the app sees it: it reads ready books here, while a worker syncs, scores and sends. */
import type { BriefSummary } from './book/brief.ts';
import type { DoneMarks } from './book/done.ts';
import { escalation } from './book/escalation.ts';
import type { HygieneFinding } from './book/hygiene.ts';
import type { KeptBook } from './book/kept.ts';
import { ownerName } from './book/owner-name.ts';
import type { RevenueAnswer } from './book/revenue-answers.ts';
import { withSnoozes } from './book/snoozing.ts';
import { recordUrl } from './data/hubspot/links.ts';
import { outboxCounts } from './data/outbox/counts.ts';
import { getDraft, keepDraft } from './data/store/local-queries.ts';
import type { Quota } from './data/store/pace.ts';
import { WHOLE_PORTAL } from './data/store/types.ts';
import { addBusinessDays } from './plays/due.ts';
import type { Intent } from './plays/intent.ts';
import { problemText } from './rules/problem.ts';
import { type Personal, savePersonal } from './settings/settings.ts';
import { cleanLine } from './text/clean.ts';
import { type Lang, t } from './text/messages/index.ts';
import { dayOf } from './units/day.ts';
import { err, ok } from './units/result.ts';
import { logAction } from './workspace/action-log.ts';
import { bookTasks } from './workspace/activities.ts';
import { apiText } from './workspace/api-text.ts';
import type { News } from './workspace/background.ts';
import { startBackgroundThread } from './workspace/background-thread.ts';
import { openBooks } from './workspace/books.ts';
import { openAccount } from './workspace/desk.ts';
import { NotConnectedError } from './workspace/errors.ts';
import { handover } from './workspace/handover.ts';
import { holdYoungSpace } from './workspace/heap.ts';
import { findingsOf } from './workspace/hygiene.ts';
import { localNoticeText } from './workspace/local-notice.ts';
import { doneMarks, keepLooked, type MorningPorts, markDone, restoreMorning } from './workspace/morning.ts';
import { entryOf, refusedOf } from './workspace/outbox-entries.ts';
import { openPlayKit } from './workspace/plays.ts';
import type { PolicyInForce } from './workspace/policy.ts';
import { type Profile, scopeOf } from './workspace/profile.ts';
import { enterPulse } from './workspace/pulses.ts';
import { dismissSignal, type QuietPorts, restoreQuiet, snoozeRows } from './workspace/quiet.ts';
import type { RulesView } from './workspace/rules.ts';
import { openSession, type Session } from './workspace/session.ts';
import { noticeTexts } from './workspace/sync-notices.ts';
import type { ChoiceBefore, OutboxEntry, Workspace, WorkspaceStatus } from './workspace/types.ts';
import { openWriting } from './workspace/writing.ts';

export type { Access } from './workspace/access.ts';
export type * from './workspace/setup-types.ts';
export type * from './workspace/types.ts';

export interface OpenOptions {
  readonly lang: Lang;
  /** The worker's own bundle. */
  readonly worker: URL;
}

const LISTED_ROWS = 200;
/** What the first frame has no use for is made ready so long after it. */
const AFTER_FIRST_FRAME_MS = 400;

/** Throws `NotConnectedError` and `NeverSyncedError`. */
export async function openWorkspace(profile: Profile, { lang, worker }: OpenOptions): Promise<Workspace> {
  const scope = scopeOf(profile.settings);
  if (scope === null) throw new NotConnectedError();
  const { options } = profile;
  holdYoungSpace();
  const ending = new AbortController();
  // The screen's own session never opens a connection: whatever waits for the network waits in the worker.
  const session = openSession({ ...profile, options: { ...options, offline: true } }, ending.signal);
  let books = await openBooks(session, scope, 'partial').catch(async (error: unknown) => {
    await session.close();
    throw error;
  });
  const { portal } = books;
  const owners = await (await session.cache()).owners();
  const me = owners.find((owner) => owner.id === scope);
  /** What queues is loaded once the first frame is there; until then rows are only counted. */
  const outbox = () => session.outbox();
  const counts = async (): Promise<WorkspaceStatus['outbox']> => outboxCounts((await session.local()).db, profile.settings.portalId ?? '');
  const listeners = new Set<() => void>();
  const changed = () => {
    for (const listener of listeners) listener();
  };

  let book = (await books.kept()) ?? (await books.newest());
  let notices = noticeTexts(await (await session.cache()).notices(scope), lang);
  /** What stays true until somebody mends it. */
  let drift = await driftOf(session, lang);
  const standing = (): string | null => {
    const notice = localNoticeText(session.localNotice(), lang) ?? policyProblem(books.inForce, lang) ?? notices[0];
    return notice ?? (drift === null ? null : t(lang, 'setup.drift.app', { line: drift }));
  };
  let status: WorkspaceStatus = {
    syncedAt: book?.snapshot.syncedAt ?? null,
    offline: options.offline,
    sync: null,
    scoring: false,
    quota: null,
    problem: standing(),
    outbox: await counts(),
    drifted: drift !== null,
    doubles: await (await session.cache()).doubles(),
  };
  /** What keeps the data old; the policy's fault is told where nothing does. */
  let syncProblem: string | null = null;
  const tellProblem = (problem: string | null): void => {
    syncProblem = problem;
    update({ problem: problem ?? standing() });
  };
  const update = (change: Partial<WorkspaceStatus>): void => {
    status = { ...status, ...change };
    changed();
  };
  const recount = async (): Promise<void> => update({ outbox: await counts() });
  const reload = async (): Promise<void> => {
    books = await openBooks(session, scope, 'partial');
    notices = noticeTexts(await (await session.cache()).notices(scope), lang);
    book = (await books.kept()) ?? book;
    drift = await driftOf(session, lang);
    const doubles = await (await session.cache()).doubles();
    update({ syncedAt: book?.snapshot.syncedAt ?? null, problem: syncProblem ?? standing(), drifted: drift !== null, doubles });
  };

  const waitingForRevenue = new Map<number, (answer: RevenueAnswer | null) => void>();
  let asked = 0;
  const waitingForRules: ((view: RulesView | null) => void)[] = [];
  const hear = async (news: News): Promise<void> => {
    switch (news.kind) {
      case 'progress':
        return update({ sync: news.progress && { ...news.progress, phase: t(lang, `data.sync.phase.${news.progress.phase}`) } });
      case 'synced':
        syncProblem = null;
        update({ quota: scarce(news.quota) });
        return await reload();
      case 'failed':
        update({ quota: scarce(news.quota) });
        return tellProblem(apiText(news.failure, lang, options.now()));
      case 'no_token':
        return tellProblem(t(lang, 'cli.error.no_token'));
      case 'scoring':
        return update({ scoring: news.running });
      case 'scored':
        return await reload();
      case 'rules':
        for (const answer of waitingForRules.splice(0)) answer(news.view);
        return;
      case 'brief':
        told = news.told;
        return changed();
      case 'revenue':
        waitingForRevenue.get(news.id)?.(news.answer);
        waitingForRevenue.delete(news.id);
        return;
      case 'outbox':
        return await recount();
      case 'closed':
        return;
    }
  };
  // Whoever queues something shall not wait for that either.
  setTimeout(() => void outbox().catch((error: unknown) => session.log.error('outbox', { error })), AFTER_FIRST_FRAME_MS).unref();
  const background = startBackgroundThread(worker, options, {
    hear: (news) => {
      hear(news).catch((error: unknown) => session.log.error('workspace', { error }));
    },
    failed: (error) => {
      session.log.error('worker', { error });
      update({ sync: null, scoring: false, problem: t(lang, 'cli.error.unexpected', { message: '' }) });
      for (const answer of waitingForRules.splice(0)) answer(null);
      for (const answer of waitingForRevenue.values()) answer(null);
      waitingForRevenue.clear();
    },
  });

  const nameOf = (id: string): string => book?.snapshot.rows.find((row) => row.id === id)?.name ?? id;
  const today = () => dayOf(options.now(), portal.timeZone);
  const morning: MorningPorts = { session, portalId: portal.portalId, scope, now: options.now };
  let told: BriefSummary | null = null;
  /** The brief was gone through here: the look lasts until the app is left. */
  let seen = false;
  let done: DoneMarks = await doneMarks(morning, dayOf(options.now(), portal.timeZone));
  const showDone = async (): Promise<void> => {
    done = await doneMarks(morning, today());
    changed();
  };
  let { personal } = profile;
  const choose = async (change: Partial<Personal>): Promise<ChoiceBefore> => {
    const before = Object.fromEntries(Object.keys(change).map((key) => [key, personal[key as keyof Personal]]));
    const saved = await savePersonal(profile.paths.personalFile, change);
    if (!saved.ok) throw new Error(saved.error.because);
    personal = saved.value;
    changed();
    return { kind: 'choice', before };
  };
  const quietPorts = (): QuietPorts => ({ session, portalId: portal.portalId, quiet: books.policy.quiet, now: options.now });
  /** What was put off leaves the list now; the scores follow. */
  const showQuiet = async (): Promise<void> => {
    book = book && { ...book, snapshot: withSnoozes(book.snapshot, await books.snoozes(), portal.timeZone) };
    changed();
    background.order({ kind: 'score' });
  };

  let hygieneOf: { readonly book: KeptBook; readonly findings: readonly HygieneFinding[] } | null = null;
  /** Told anew for another book only. */
  const hygiene = (): readonly HygieneFinding[] => {
    if (book === null) return NOTHING;
    if (hygieneOf?.book !== book) hygieneOf = { book, findings: findingsOf(book, { portal, mapping: profile.settings.mapping, owners }) };
    return hygieneOf.findings;
  };

  /** What is still counted and written down while the screen says "queued" already. */
  const behind = new Set<Promise<void>>();
  const afterwards = (acts: readonly { readonly id: string; readonly intent: Intent }[]): void => {
    // As the accounts look at this moment; they are looked up when nobody waits any more.
    const now = book?.snapshot.rows ?? [];
    const job = (async () => {
      await recount();
      const rows = new Map(now.map((row) => [row.id, row]));
      for (const { id, intent } of acts) await logAction(session, portal.portalId, rows.get(intent.companyId), { id, kind: intent.kind });
    })().catch((error: unknown) => session.log.error('act', { error }));
    behind.add(job);
    void job.finally(() => behind.delete(job));
  };

  const act: Workspace['act'] = async (intent) => {
    if (options.asOf !== null && options.asOf !== today())
      return err({ kind: 'not_today', message: t(lang, 'cli.error.as_of_write', { day: options.asOf, today: today() }) });
    const queued = await (await outbox()).enqueue(intent);
    if (!queued.ok) return err(refusedOf(queued.error, lang));
    afterwards([{ id: queued.value.id, intent }]);
    return ok(queued.value);
  };
  const actAll: Workspace['actAll'] = async (planned, play) => {
    if (options.asOf !== null && options.asOf !== today())
      return err({ kind: 'not_today', index: null, message: t(lang, 'cli.error.as_of_write', { day: options.asOf, today: today() }) });
    const queued = await (await outbox()).enqueueAll(planned, play === undefined ? {} : { play });
    if (!queued.ok) return err({ ...refusedOf(queued.error.refused, lang), index: queued.error.index });
    afterwards(planned.map(({ intent }, index) => ({ id: queued.value.ids[index] ?? '', intent })));
    return ok(queued.value);
  };
  const myId = profile.settings.me?.ownerId ?? null;
  const people = owners
    .filter(({ archived }) => !archived)
    .map((owner) => ({ id: owner.id, name: ownerName(owner) }))
    .sort((a, b) => (a.name < b.name ? -1 : 1));

  return {
    profile: options.profile,
    demo: options.demo,
    portal: {
      portalId: portal.portalId,
      label: profile.options.demo ? t(lang, 'book.demo_portal') : (profile.settings.portalLabel ?? portal.portalId),
      uiDomain: portal.uiDomain,
      timeZone: portal.timeZone,
      currency: portal.currency,
    },
    owner: scope === WHOLE_PORTAL ? null : { id: scope, name: me ? ownerName(me) : scope, email: me?.email ?? null },
    myId,
    get asOf() {
      return options.asOf ?? today();
    },
    get today() {
      return today();
    },
    undoSeconds: profile.settings.undoSeconds,
    now: options.now,
    snapshot: () => book?.snapshot ?? null,
    status: () => status,
    subscribe: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    hygiene,
    account: async (id) => (book === null ? null : openAccount(session, books, book, id)),
    outbox: async () => {
      const rows = await (await outbox()).list({ newest: LISTED_ROWS });
      return rows.map((row) => entryOf(row, nameOf(row.companyId), lang)).filter((entry): entry is OutboxEntry => entry !== null);
    },
    act,
    actAll,
    ...openWriting({ session, books: () => books, book: () => book, today, now: options.now, myId, lang, actAll }),
    tasks: async (all) => {
      if (book === null) return [];
      const tasks = await bookTasks(session, { portal, today: today() }, book.snapshot);
      return all || myId === null ? tasks : tasks.filter((task) => task.owner?.id === myId);
    },
    people,
    leadOf: ({ team }) => {
      const { leads } = books.policy;
      const email = ((team === null ? undefined : leads[team]) ?? leads.default)?.toLowerCase();
      return owners.find((one) => !one.archived && one.email !== null && one.email.toLowerCase() === email)?.id ?? null;
    },
    handOver: async (accountId, ownerId) => {
      const to = owners.find(({ id }) => id === ownerId);
      if (!to) return err({ kind: 'no_target', message: t(lang, 'cli.error.no_owner', { value: ownerId }) });
      const name = cleanLine(ownerName(to));
      const intent = await handover(session, accountId, to, t(lang, 'acting.assign.what', { owner: name }));
      if (typeof intent !== 'string') return act(intent);
      return err({ kind: 'store', message: t(lang, `acting.error.owner_${intent}`, { owner: name }) });
    },
    escalate: async (accountId, ownerId) => {
      const row = book?.snapshot.rows.find(({ id }) => id === accountId);
      if (!row) return err({ kind: 'no_target', message: t(lang, 'app.account.gone') });
      return act(escalation(row, { ownerId, due: addBusinessDays(today(), 1), because: '', lang }));
    },
    undo: async (id) => (await (await outbox()).undo(id).finally(recount))?.kind ?? null,
    editRow: async (id, fields) => {
      const edited = await (await outbox()).edit(id, fields).finally(recount);
      if (edited === null) return null;
      return edited.ok ? ok(edited.value.id) : err(refusedOf(edited.error, lang));
    },
    rowFields: async (id) => (await import('./workspace/row-fields.ts')).rowFields(await outbox(), await session.cache(), id),
    retry: async (id) => (await outbox()).retry(id).finally(recount),
    drop: async (id) => (await outbox()).drop(id).finally(recount),
    healDoubles: async () => {
      const { findDoubles, healDoubles } = await import('./workspace/doubles.ts');
      const queued = await healDoubles(session, await findDoubles(await session.cache()), t(lang, 'outbox.doubles.what'));
      if (queued.length > 0) update({ doubles: 0 });
      await recount();
      return queued.length;
    },
    draft: async (key) => getDraft((await session.local()).db, key),
    keepDraft: async (key, text) => keepDraft((await session.local()).db, key, text, options.now()),
    playKit: () => openPlayKit(session, books.policy),
    get quiet() {
      return books.policy.quiet;
    },
    snooze: async (ids, wish) => {
      const wanted = new Set(ids);
      const was = await snoozeRows(quietPorts(), book?.snapshot.rows.filter((row) => wanted.has(row.id)) ?? [], wish);
      await showQuiet();
      return was;
    },
    dismiss: async (id, signal, reason) => {
      const was = await dismissSignal(quietPorts(), id, signal, reason);
      await showQuiet();
      return was;
    },
    restore: async (was) => {
      if (was.kind === 'choice') return void (await choose(was.before));
      if (was.kind === 'done') {
        await restoreMorning(morning, was);
        return showDone();
      }
      if (was.kind === 'look') {
        await restoreMorning(morning, was);
        seen = false;
        told = told && { ...told, seenAt: null };
        return changed();
      }
      await restoreQuiet(quietPorts(), was);
      await showQuiet();
    },
    pulse: async (pulse) => {
      const until = await enterPulse(session, portal.portalId, today(), pulse);
      background.order({ kind: 'score' });
      return until;
    },
    rules: () =>
      new Promise((resolve) => {
        waitingForRules.push(resolve);
        background.order({ kind: 'rules' });
      }),
    companyUrl: (id) => recordUrl(portal.uiDomain, portal.portalId, 'companies', id),
    revenue: (question) =>
      new Promise((resolve) => {
        asked += 1;
        waitingForRevenue.set(asked, resolve);
        background.order({ kind: 'revenue', id: asked, question });
      }),
    savePolicy: async (inForce, changes) => (await import('./workspace/rules.ts')).savePolicy(profile, inForce, changes),
    brief: () => told,
    briefSince: (since) => background.order({ kind: 'brief', since }),
    briefSeen: async () => {
      const was = await keepLooked(morning);
      seen = true;
      told = told && { ...told, seenAt: options.now() };
      changed();
      return was;
    },
    personal: () => personal,
    choose,
    done: () => done,
    markDone: async (ids, isDone) => {
      const wanted = new Set(ids);
      const was = await markDone(morning, book?.snapshot.rows.filter((row) => wanted.has(row.id)) ?? [], today(), isDone);
      await showDone();
      return was;
    },
    refresh: () => background.order({ kind: 'sync' }),
    close: async () => {
      if (seen && options.asOf === null) await keepLooked(morning).catch((error: unknown) => session.log.error('look', { error }));
      await background.close();
      await Promise.all(behind);
      ending.abort();
      await session.close();
    },
  };
}

const NOTHING: readonly HygieneFinding[] = [];

/** What of the mapping has drifted, in a line; where nothing has, as on most days, nothing that tells it is loaded. */
async function driftOf(session: Session, lang: Lang): Promise<string | null> {
  const cache = await session.cache();
  if ((await cache.drift()).length === 0) return null;
  const { driftText, keptDrift } = await import('./workspace/drift.ts');
  return driftText(await keptDrift(cache, session.profile.settings.mapping), lang);
}

/** What the header says of the day's quota: nothing while background work is free. */
const scarce = (quota: Quota | null): WorkspaceStatus['quota'] =>
  quota === null || quota.background === 'free' ? null : { left: quota.remaining / quota.max, background: quota.background };

function policyProblem({ fallback, problems: [problem] }: PolicyInForce, lang: Lang): string | null {
  return fallback === null || !problem ? null : t(lang, `rules.fallback.${fallback}`, { problem: problemText(problem, lang) });
}
