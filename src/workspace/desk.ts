/** A profile as a command uses it: one process, no background, everything waited for. */
import type { AccountView } from '../book/account-view.ts';
import type { AttachedRecord } from '../book/attached.ts';
import type { KeptBook } from '../book/kept.ts';
import { ownerName } from '../book/owner-name.ts';
import type { PlayKit } from '../book/play-kit.ts';
import type { BookRow, BookSnapshot } from '../book/row.ts';
import type { DismissReason, SnoozeWish } from '../book/snoozing.ts';
import type { BookTask } from '../book/tasks.ts';
import { recordUrl } from '../data/hubspot/links.ts';
import type { Lane } from '../data/hubspot/types.ts';
import type { OutboxRow } from '../data/outbox/types.ts';
import { riskHistory } from '../data/store/local-queries.ts';
import { type Scope, type StoredOwner, WHOLE_PORTAL } from '../data/store/types.ts';
import { scopeOwners } from '../data/sync/scope.ts';
import type { SyncBusy, SyncOptions, SyncOutcome, SyncProgress } from '../data/sync/sync.ts';
import type { Intent, Planned } from '../plays/intent.ts';
import type { Policy, QuietPolicy } from '../policy.ts';
import type { Inspected } from '../scoring/scorer.ts';
import type { Lang } from '../text/messages/index.ts';
import { addDays, type Day, type Instant } from '../units/day.ts';
import { err, ok, type Result } from '../units/result.ts';
import { logAction } from './action-log.ts';
import { attachedTo, bookTasks, callOutcomes } from './activities.ts';
import { type Books, openBooks } from './books.ts';
import { policyOn } from './calibrations.ts';
import { NeverSyncedError, NotConnectedError } from './errors.ts';
import { importedFacts } from './imported.ts';
import { lookedAt } from './morning.ts';
import { entryOf, refusedOf } from './outbox-entries.ts';
import { actedSteps, openPlayKit } from './plays.ts';
import type { PolicyInForce } from './policy.ts';
import { scopeOf } from './profile.ts';
import { enterPulse, type NewPulse } from './pulses.ts';
import { dismissSignal, type QuietPorts, snoozeRows } from './quiet.ts';
import type { RulesView } from './rules.ts';
import type { Session } from './session.ts';
import { requestOf, type ShownRequest } from './shown-request.ts';
import type { ActedAll, ActRefused, OutboxEntry, Workspace } from './types.ts';

/** Days of risk history on the account's page. */
const HISTORY_DAYS = 90;
const LISTED_ROWS = 200;
/** How long a command waits until the team knows of a snooze. */
const SHARING_MS = 30_000;

export interface SyncRequest {
  readonly full: boolean;
  /** Default: the profile's own. */
  readonly scope?: Scope;
  /** `background` leaves the portal's quota to others; default `interactive`: somebody waits. */
  readonly lane?: Lane;
  /** Default: what changed, then the daily census where it is due. */
  readonly part?: SyncOptions['part'];
  readonly accept?: boolean;
  readonly pause?: () => boolean;
  readonly onRows?: () => Promise<void>;
  readonly onProgress?: (progress: SyncProgress) => void;
}

export interface Desk {
  readonly asOf: Day;
  readonly today: Day;
  /** The day that MRR is known until, and is that of; `asOf` at most. */
  readonly dataUntil: Day;
  readonly scope: Scope;
  /** Who works here, whatever the book: theirs are the notes. Null where nobody said. */
  readonly owner: Workspace['owner'];
  now(): Instant;
  owners(): Promise<readonly StoredOwner[]>;
  /** Scored as of `asOf`; scores now where the kept one is out of date. */
  book(): Promise<BookSnapshot>;
  /** Another owner's book, a team's, or the whole portal's, as far as a sync has brought it. Throws `NeverSyncedError`. */
  bookOf(scope: Scope): Promise<BookSnapshot>;
  /** The same as of an earlier day. */
  bookOn(scope: Scope, day: Day): Promise<BookSnapshot>;
  /** When the book was last looked at in the app; null where it never was. */
  lastLook(): Promise<{ readonly at: Instant; readonly day: Day } | null>;
  /** Whether a sync has brought the scope, by itself or with the whole portal. */
  has(scope: Scope): Promise<boolean>;
  /** The whole book as `list --json` prints it, in two pieces; null where it must be scored first. */
  printedBook(): Promise<readonly [string, Uint8Array] | null>;
  /** `since`: the day that the change is told from; without it the last look, else a week ago. */
  account(id: string, since?: Day): Promise<AccountView | null>;
  /** The policy in force, and what is wrong with its file. */
  readonly inForce: PolicyInForce;
  /** What every rule does on the book. Reads the whole store. */
  rules(): Promise<RulesView>;
  /** What every rule makes of one account; null where it is not in the book. */
  ruleReadings(id: string): Promise<readonly Inspected[] | null>;
  recordUrl(companyId: string): string;
  /** Keeps one's own view of an account for today; gives back the day on which it stops counting. */
  pulse(pulse: NewPulse): Promise<Day>;
  readonly quiet: QuietPolicy;
  /** Puts an account off; null wakes it. Gives back whether it was put off before. */
  snooze(row: BookRow, wish: SnoozeWish | null): Promise<boolean>;
  /** Takes a signal out of an account's score; null lets it count again. Gives back whether it was out before. */
  dismiss(accountId: string, signal: string, reason: DismissReason | null): Promise<boolean>;
  /** What running a play needs of the portal. */
  playKit(): Promise<PlayKit>;
  /** Open tasks on these accounts as of the book's day, whoever is to do them. */
  tasks(book: Pick<BookSnapshot, 'asOf' | 'rows' | 'syncedAt'>): Promise<readonly BookTask[]>;
  /** The account's own contacts, deals and tickets. */
  attached(accountId: string): Promise<readonly AttachedRecord[]>;
  /** What the portal calls the outcomes of a call; empty where it names none. */
  callOutcomes(): Promise<readonly { readonly value: string; readonly label: string }[]>;
  /** The portal's zone (IANA name). */
  readonly timeZone: string;
  /** The exact request that the intent would send. */
  requestOf(intent: Intent): Promise<ShownRequest>;
  act(intent: Intent, holdMs: number): Promise<Result<{ readonly id: string; readonly undoUntil: Instant }, ActRefused>>;
  /** Several intents in one commit, all or none; `play` names the play that they are the steps of. */
  actAll(planned: readonly Planned[], holdMs: number, play?: string): Promise<Result<ActedAll, ActRefused & { readonly index: number }>>;
  /** Sends the row and waits for what becomes of it, so long at most. */
  deliver(id: string, waitMs: number): Promise<OutboxEntry>;
  /** The same for several rows, in their order. */
  deliverAll(ids: readonly string[], waitMs: number): Promise<readonly OutboxEntry[]>;
  entry(id: string): Promise<OutboxEntry>;
  /** What waits, newest first, then the last that were sent. */
  entries(): Promise<readonly OutboxEntry[]>;
}

/** Throws `NeverSyncedError` before the first sync. */
export async function openDesk(session: Session, lang: Lang): Promise<Desk> {
  const scope = scopeOf(session.profile.settings);
  if (scope === null) throw new NotConnectedError();
  const books = await openBooks(session, scope);
  const cache = await session.cache();
  const { options, settings } = session.profile;
  const owners = await cache.owners();
  const myId = settings.me?.ownerId ?? null;
  const me = owners.find((owner) => owner.id === myId);

  const quietPorts: QuietPorts = { session, portalId: books.portal.portalId, quiet: books.policy.quiet, now: options.now };

  const entries = async (rows: readonly OutboxRow[]): Promise<OutboxEntry[]> => {
    const book = await books.current();
    const names = new Map(book.snapshot.rows.map((row) => [row.id, row.name]));
    return rows.map((row) => entryOf(row, names.get(row.companyId) ?? row.companyId, lang)).filter((entry) => entry !== null);
  };

  const entry = async (id: string): Promise<OutboxEntry> => {
    const [found] = await entries(await (await session.outbox()).list({ ids: [id] }));
    if (!found) throw new Error(`outbox row ${id} is gone`);
    return found;
  };

  const deliver = async (ids: readonly string[], waitMs: number): Promise<void> => {
    const outbox = await session.outbox();
    await outbox.flush({ ids, deadline: (options.now() + waitMs) as Instant, signal: session.signal });
  };

  return {
    asOf: books.asOf,
    today: books.today,
    dataUntil: books.dataUntil,
    scope,
    owner: myId === null ? null : { id: myId, name: me ? ownerName(me) : myId, email: me?.email ?? null },
    now: options.now,
    owners: async () => owners,
    book: async () => (await books.current()).snapshot,
    bookOf: (wanted) => bookOf(session, books, wanted, async (of) => (await of.current()).snapshot),
    bookOn: (wanted, day) => bookOf(session, books, wanted, (of) => of.on(day)),
    lastLook: () => lookedAt(session, books),
    has: async (wanted) => (await cache.syncedAt(wanted)) !== null || (await cache.syncedAt(WHOLE_PORTAL)) !== null,
    printedBook: () => books.printed(lang),
    inForce: books.inForce,
    rules: async () => (await import('./rules.ts')).readRules(session, books),
    ruleReadings: async (id) => {
      const { snapshot, context } = await books.current();
      const row = snapshot.rows.find((one) => one.id === id);
      if (!row) return null;
      const { accountRules } = await import('../book/view.ts');
      return accountRules({ ...(await accountInputs(session, books)), asOf: snapshot.asOf, context, row });
    },
    account: async (id, since) => openAccount(session, books, await books.current(), id, since),
    recordUrl: (companyId) => recordUrl(books.portal.uiDomain, books.portal.portalId, 'companies', companyId),
    pulse: (pulse) => enterPulse(session, books.portal.portalId, books.today, pulse),
    quiet: books.policy.quiet,
    snooze: async (row, wish) => {
      const { before, queued } = await snoozeRows(quietPorts, [row], wish);
      if (queued.length > 0 && !options.offline) await deliver(queued, SHARING_MS);
      return (before.get(row.id)?.untilDay ?? null) !== null || row.snoozedUntil !== null;
    },
    dismiss: async (accountId, signal, reason) => (await dismissSignal(quietPorts, accountId, signal, reason)).before !== null,
    playKit: () => openPlayKit(session, books.policy),
    tasks: (book) => bookTasks(session, books, book),
    attached: (accountId) => attachedTo(session, accountId),
    callOutcomes: () => callOutcomes(session),
    timeZone: books.portal.timeZone,
    requestOf: (intent) => requestOf(intent, books.portal.timeZone),
    entry,
    entries: async () => entries(await (await session.outbox()).list({ newest: LISTED_ROWS })),
    act: async (intent, holdMs) => {
      const queued = await (await session.outbox()).enqueue(intent, { undoMs: holdMs });
      if (queued.ok) {
        const row = (await books.current()).snapshot.rows.find(({ id }) => id === intent.companyId);
        await logAction(session, books.portal.portalId, row, { id: queued.value.id, kind: intent.kind });
      }
      return queued.ok ? ok(queued.value) : err(refusedOf(queued.error, lang));
    },
    actAll: async (planned, holdMs, play) => {
      const queued = await (await session.outbox()).enqueueAll(planned, { undoMs: holdMs, ...(play === undefined ? {} : { play }) });
      if (!queued.ok) return err({ ...refusedOf(queued.error.refused, lang), index: queued.error.index });
      const { rows } = (await books.current()).snapshot;
      for (const [index, { intent }] of planned.entries()) {
        const row = rows.find(({ id }) => id === intent.companyId);
        await logAction(session, books.portal.portalId, row, { id: queued.value.ids[index] ?? '', kind: intent.kind });
      }
      return ok(queued.value);
    },
    deliver: async (id, waitMs) => {
      await deliver([id], waitMs);
      return entry(id);
    },
    deliverAll: async (ids, waitMs) => {
      await deliver(ids, waitMs);
      return Promise.all(ids.map(entry));
    },
  };
}

/** The scope's own book, else the whole portal's cut to it; `all` is what the store has of the portal. */
async function bookOf(session: Session, own: Books, wanted: Scope, read: (books: Books) => Promise<BookSnapshot>): Promise<BookSnapshot> {
  if (wanted === own.scope) return read(own);
  const cache = await session.cache();
  const isThere = async (scope: Scope) => (await cache.syncedAt(scope)) !== null;
  if (await isThere(wanted)) return read(await openBooks(session, wanted));
  if (wanted === WHOLE_PORTAL) return read(own);
  if (!(await isThere(WHOLE_PORTAL))) throw new NeverSyncedError(wanted);
  const snapshot = await read(await openBooks(session, WHOLE_PORTAL));
  const owners = scopeOwners(wanted, await cache.owners());
  return { ...snapshot, rows: snapshot.rows.filter((row) => owners?.has(row.owner?.id ?? '') ?? true) };
}

/** One account of the book; null where the book does not have it. */
export async function openAccount(
  session: Session,
  books: Books,
  { snapshot, context }: KeptBook,
  id: string,
  since?: Day,
): Promise<AccountView | null> {
  const row = snapshot.rows.find((one) => one.id === id);
  if (!row) return null;
  const { accountView } = await import('../book/view.ts');
  const local = await session.local();
  const pending = await (await session.outbox()).list({ companyId: id, states: ['held', 'ready', 'sending', 'unknown', 'needs_you'] });
  return accountView({
    ...(await accountInputs(session, books)),
    asOf: snapshot.asOf,
    since: await sinceOf(session, books, snapshot.asOf, since),
    context,
    row,
    history: await riskHistory(local.db, books.portal.portalId, snapshot.policy, id, addDays(snapshot.asOf, -HISTORY_DAYS), snapshot.asOf),
    pending: pending.flatMap(({ id: rowId, kind, state, text, queuedAt }) =>
      state === 'sent' || state === 'dropped' ? [] : [{ id: rowId, kind, state, text, queuedAt }],
    ),
    acted: await actedSteps({
      outbox: await session.outbox(),
      local: local.db,
      portalId: books.portal.portalId,
      companyId: id,
      syncedAt: snapshot.syncedAt,
      zone: books.portal.timeZone,
    }),
  });
}

const WEEK_DAYS = 7;
/** Days whose state of the month is kept with the book. */
const LONGEST_LOOK_DAYS = 90;

/** Asked for, else the day of the last look where that was an earlier one, else a week ago. */
async function sinceOf(session: Session, books: Books, asOf: Day, asked?: Day): Promise<{ readonly day: Day; readonly policy: Policy }> {
  const { inForce, calibrations } = books;
  const looked = (await lookedAt(session, books))?.day ?? null;
  const isRecent = looked !== null && looked < asOf && looked >= addDays(asOf, -LONGEST_LOOK_DAYS);
  const day = asked ?? (isRecent ? looked : addDays(asOf, -WEEK_DAYS));
  return { day, policy: policyOn(inForce.policy, calibrations, day) };
}

async function accountInputs(session: Session, books: Books) {
  return {
    cache: await session.cache(),
    portal: books.portal,
    mapping: session.profile.settings.mapping,
    imported: await importedFacts(session, books.portal),
    policy: books.policy,
    dismissals: await books.dismissals(),
    pulses: await books.pulses(),
  };
}

/** Brings HubSpot's changes into the store. Throws `TokenError` where there is no token. */
export async function syncNow(session: Session, request: SyncRequest): Promise<Result<SyncOutcome, SyncBusy>> {
  const scope = request.scope ?? scopeOf(session.profile.settings);
  if (scope === null) throw new NotConnectedError();
  const { runSync } = await import('../data/sync/sync.ts');
  const ports = { gateway: await session.gateway(), cache: await session.cache(), now: session.profile.options.now };
  const synced = await runSync(ports, {
    mapping: session.profile.settings.mapping,
    scope,
    full: request.full,
    lane: request.lane ?? 'interactive',
    signal: session.signal,
    ...(request.part ? { part: request.part } : {}),
    ...(request.accept ? { accept: true } : {}),
    ...(request.pause ? { pause: request.pause } : {}),
    ...(request.onRows ? { onRows: request.onRows } : {}),
    ...(request.onProgress ? { onProgress: request.onProgress } : {}),
  });
  const { keepDrift } = await import('./drift.ts');
  if (!synced.ok) return synced;
  await keepDrift(ports.cache, session.profile.settings.mapping, ports.now());
  const { keepDoubles } = await import('./doubles.ts');
  await keepDoubles(ports.cache, synced.value.objects, ports.now());
  return synced;
}
