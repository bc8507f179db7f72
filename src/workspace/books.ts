/** The scored book of a session: as kept, or scored anew where records, day or policy have moved on. */
import type { BookInputs, BuiltBook } from '../book/build.ts';
import { type KeptBook, keepBook, keptBook, printedBook, ROWS_OF } from '../book/kept.ts';
import type { BookSnapshot } from '../book/row.ts';
import type { AccountPulse, Dismissal } from '../book/score-book.ts';
import { withSnoozes, wokenIn } from '../book/snoozing.ts';
import { dismissals, keepSnoozes, lastVerdict, pulses, type Snooze, saveScores, snoozes } from '../data/store/local-queries.ts';
import { keepPolicy } from '../data/store/policy-log.ts';
import type { Scope, StoredPortal } from '../data/store/types.ts';
import type { Policy } from '../policy.ts';
import { policyHash, responseHash, ruleHashes } from '../scoring/policy-hash.ts';
import type { Sheet } from '../scoring/sheet.ts';
import type { Lang } from '../text/messages/index.ts';
import { type Day, dayOf, monthOf } from '../units/day.ts';
import { type CalibrationVersion, policyOn, readCalibrations } from './calibrations.ts';
import { dataUntil } from './data-until.ts';
import { NeverSyncedError } from './errors.ts';
import { importedFacts } from './imported.ts';
import { type PolicyInForce, policyInForce } from './policy.ts';
import type { Session } from './session.ts';

export interface Books {
  readonly scope: Scope;
  /** In force: the team's own, with the newest calibration of it laid over. */
  readonly policy: Policy;
  readonly calibrations: readonly CalibrationVersion[];
  /** The team's own policy, before any calibration of it. */
  readonly inForce: PolicyInForce;
  readonly portal: StoredPortal;
  readonly today: Day;
  readonly asOf: Day;
  /** The day that MRR is known until; `asOf` at most. */
  readonly dataUntil: Day;
  /** As kept for that day, whatever its age; null where none is kept. */
  kept(): Promise<KeptBook | null>;
  /** Whether the kept book is up to date with the store. Reads no account. */
  isCurrent(): Promise<boolean>;
  /** The newest kept book, of whatever day: what a first frame can paint. */
  newest(): Promise<KeptBook | null>;
  /** The whole book as `list --json` prints it, in two pieces; null where the kept one is not up to date. */
  printed(lang: Lang): Promise<readonly [string, Uint8Array] | null>;
  /** Up to date with the store: the kept one, or scored now and kept. */
  current(): Promise<KeptBook>;
  /**
   * The book as of an earlier day, by the policy of today. `as kept`: one that was scored before will do, whatever has been
   * read since, because what becomes known later is no part of that day.
   */
  on(day: Day, how?: 'as kept'): Promise<BookSnapshot>;
  dismissals(): Promise<readonly Dismissal[]>;
  /** What every rule read of the accounts in the book. Reads the whole store. */
  sheet(book: BookSnapshot): Promise<Sheet>;
  pulses(): Promise<readonly AccountPulse[]>;
  /** By account. */
  snoozes(): Promise<ReadonlyMap<string, Snooze>>;
}

/** Throws `NeverSyncedError` before the first sync has ended; `partial`: before it has brought its first companies. */
export async function openBooks(session: Session, scope: Scope, how: 'whole' | 'partial' = 'whole'): Promise<Books> {
  const { options, settings } = session.profile;
  const cache = await session.cache();
  const portal = await cache.portal();
  if (portal === null) throw new NeverSyncedError();
  const isThere = (await cache.syncedAt(scope)) !== null || (how === 'partial' && (await cache.companyIds(scope)).length > 0);
  if (!isThere) throw new NeverSyncedError();
  const inForce = await policyInForce(session, portal.portalId);
  const calibrations = readCalibrations(session.profile.paths.profileDir, inForce.policy);
  const policy = policyOn(inForce.policy, calibrations);
  const hash = calibrations.length === 0 ? inForce.hash : policyHash(policy);
  const now = options.now();
  const today = (await cache.dayAt(portal.timeZone, now)) ?? dayOf(now, portal.timeZone);
  const asOf = options.asOf ?? today;
  const until = await dataUntil(session, portal, scope, asOf, today);
  const lagging = monthOf(until) < monthOf(asOf) ? `:${monthOf(until)}` : '';
  /** Names the kept book: it is also out of date when what is done about a score is another thing now, a row, or what is known. */
  const key = `${hash}${responseHash(policy)}:${ROWS_OF}${lagging}`;

  const dismissed = async (day = asOf): Promise<readonly Dismissal[]> => {
    const byAccount = await dismissals((await session.local()).db, portal.portalId);
    return [...byAccount].flatMap(([accountId, list]) =>
      list
        .filter((one) => one.untilDay === null || one.untilDay > day)
        .map((one) => ({ accountId, signal: one.signal, on: dayOf(one.at, portal.timeZone) })),
    );
  };

  const entered = async (): Promise<readonly AccountPulse[]> =>
    (await pulses((await session.local()).db, portal.portalId)).map(({ accountId, day, points, because }) => ({
      accountId,
      on: day,
      points,
      because,
    }));

  const putOff = async (): Promise<ReadonlyMap<string, Snooze>> => snoozes((await session.local()).db, portal.portalId);

  const inputs = async (day = asOf): Promise<BookInputs> => {
    const { db } = await session.local();
    return {
      cache,
      portal,
      mapping: settings.mapping,
      imported: await importedFacts(session, portal),
      scope,
      asOf: day,
      dataUntil: until < day ? until : day,
      policy,
      dismissals: await dismissed(day),
      pulses: await entered(),
      snoozes: await putOff(),
      unproven: (await lastVerdict(db, portal.portalId, hash)) === 'none',
    };
  };

  const build = async (day = asOf): Promise<BuiltBook> => (await import('../book/build.ts')).buildBook(await inputs(day));

  const withSyncTime = async (book: KeptBook): Promise<KeptBook> => {
    const snapshot: BookSnapshot = { ...book.snapshot, syncedAt: await cache.syncedAt(scope) };
    return { ...book, snapshot: withSnoozes(snapshot, await putOff(), portal.timeZone) };
  };

  const kept = async (): Promise<KeptBook | null> => {
    const book = await keptBook(cache, scope, asOf);
    return book && book.key === key ? withSyncTime(book) : null;
  };

  const isCurrent = async (): Promise<boolean> => (await cache.keptRevision({ scope, asOf, policy: key })) === (await cache.revision());

  return {
    scope,
    policy,
    calibrations,
    inForce,
    portal,
    today,
    asOf,
    dataUntil: until,
    dismissals: () => dismissed(),
    sheet: async ({ rows }) => (await import('../book/build.ts')).buildSheet(await inputs(), new Set(rows.map(({ id }) => id))),
    pulses: entered,
    snoozes: putOff,
    kept,
    isCurrent,
    newest: () => keptBook(cache, scope),
    on: async (day, how) => {
      const revision = await cache.keptRevision({ scope, asOf: day, policy: key });
      const isKept = how === 'as kept' ? revision !== null : revision === (await cache.revision());
      const before = isKept ? await keptBook(cache, scope, day) : null;
      if (before) return before.snapshot;
      const built = await build(day);
      await keepBook(cache, scope, { ...built, key }, options.now());
      return built.snapshot;
    },
    printed: (lang) => printedBook(cache, { scope, asOf, policy: key, lang }),
    current: async () => {
      const book = (await isCurrent()) ? await kept() : null;
      if (book) return book;
      const built = await build();
      // Half a book is worth showing, not remembering.
      const whole = built.snapshot.syncedAt !== null;
      if (whole && asOf === today)
        await keepSnoozes((await session.local()).db, portal.portalId, wokenIn(built.snapshot.rows, await putOff()));
      await keepBook(cache, scope, { ...built, key }, options.now());
      if (!whole) return { ...built, key };
      await cache.keepDay(portal.timeZone, today);
      await keepPolicy((await session.local()).db, portal.portalId, {
        at: options.now(),
        hash,
        source: inForce.source,
        rules: ruleHashes(policy),
      });
      await keepHistory(session, portal, asOf, hash, built);
      return { ...built, key };
    },
  };
}

/** What the risk was is known on this machine only: HubSpot cannot give it again. */
async function keepHistory(session: Session, portal: StoredPortal, day: Day, hash: string, built: BuiltBook): Promise<void> {
  await saveScores(
    (await session.local()).db,
    portal.portalId,
    day,
    hash,
    built.scored.map(({ account, score }) => ({
      accountId: account.id,
      score: score.total,
      risk: score.risk,
      band: score.band,
      groups: score.groups,
      probability: score.probability,
    })),
  );
}
