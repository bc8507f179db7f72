/** What a person should know about an installation before trusting it: each check says how it stands and what mends it. */
import { signalCoverage } from '../book/coverage.ts';
import { feedsContext } from '../book/facts-context.ts';
import type { HygieneFinding } from '../book/hygiene.ts';
import { sqliteVersion } from '../data/store/driver.ts';
import { type KeptProbe, lastProbe } from '../data/store/marker-probe.ts';
import { type Day, dayOf, type Month } from '../units/day.ts';
import { type AccessGap, accessGaps, listUnsent } from './access.ts';
import { openBooks } from './books.ts';
import { type Drift, findDrift } from './drift.ts';
import { NeverSyncedError, NotConnectedError, RemoteError, TokenError } from './errors.ts';
import { findingsOf } from './hygiene.ts';
import { scopeOf } from './profile.ts';
import { openRevenue } from './revenue.ts';
import type { Session } from './session.ts';

export type Check =
  | { readonly id: 'runtime'; readonly state: 'ok'; readonly node: string; readonly sqlite: string }
  /** `proxy` null: none is set. */
  | { readonly id: 'proxy'; readonly state: 'ok'; readonly proxy: string | null }
  | { readonly id: 'connection'; readonly state: 'ok'; readonly portalId: string }
  | { readonly id: 'connection'; readonly state: 'warn'; readonly offline: true }
  | { readonly id: 'connection'; readonly state: 'fail'; readonly error: RemoteError | TokenError | NotConnectedError }
  /** HubSpot's clock minus this machine's. */
  | { readonly id: 'clock'; readonly state: 'ok' | 'warn'; readonly seconds: number }
  | { readonly id: 'limits'; readonly state: 'ok' | 'warn'; readonly used: number; readonly max: number }
  | { readonly id: 'limits'; readonly state: 'ok'; readonly unknown: true }
  | { readonly id: 'scopes'; readonly state: 'ok' | 'warn'; readonly gaps: readonly AccessGap[] }
  | { readonly id: 'store'; readonly state: 'ok'; readonly accounts: number; readonly syncedAt: number | null }
  | { readonly id: 'store'; readonly state: 'warn'; readonly never: true }
  | { readonly id: 'files'; readonly state: 'ok' | 'fail'; readonly damaged: string | null }
  | { readonly id: 'mapping'; readonly state: 'ok' | 'warn'; readonly drift: readonly Drift[] }
  | { readonly id: 'coverage'; readonly state: 'ok' | 'warn'; readonly share: number }
  /** The first month with MRR of any customer: reports know nothing before it, and count it as 0. null: no MRR at all. */
  | { readonly id: 'history'; readonly state: 'ok' | 'warn'; readonly from: Month | null }
  /** What the last probe of the portal found; null: nobody has tried. */
  | { readonly id: 'marks'; readonly state: 'ok' | 'warn'; readonly probe: (KeptProbe & { readonly on: Day }) | null }
  | { readonly id: 'outbox'; readonly state: 'ok' | 'warn'; readonly unsent: number };

export interface Findings {
  readonly checks: readonly Check[];
  readonly data: readonly HygieneFinding[];
}

/** Below this share of connected signal weight, scores rest on little. */
const LITTLE = 0.4;
/** Seconds by which a clock may be off before "today" and "since" begin to be wrong. */
const CLOCK_TOLERANCE = 60;
/** Of the day's requests: where background syncs stop. */
const NEARLY_SPENT = 0.9;

export async function examine(session: Session): Promise<Findings> {
  const checks: Check[] = [{ id: 'runtime', state: 'ok', node: process.versions.node, sqlite: sqliteVersion() }];
  const { env } = session.profile.options;
  const proxy = env.HTTPS_PROXY || env.https_proxy;
  checks.push({ id: 'proxy', state: 'ok', proxy: proxy ? withoutPassword(proxy) : null });
  const connected = await connection(session);
  checks.push(connected);
  if (connected.state === 'ok') checks.push(...(await online(session)));
  checks.push(await files(session));
  const unsent = await listUnsent(session);
  checks.push({ id: 'outbox', state: unsent > 0 ? 'warn' : 'ok', unsent });
  const { portalId } = session.profile.settings;
  if (portalId) checks.push(await marks(session, portalId));
  const scope = scopeOf(session.profile.settings);
  if (scope === null) return { checks, data: [] };
  try {
    const books = await openBooks(session, scope);
    const book = await books.current();
    checks.push({ id: 'store', state: 'ok', accounts: book.snapshot.rows.length, syncedAt: book.snapshot.syncedAt });
    const { mapping } = session.profile.settings;
    const cache = await session.cache();
    const drift = await findDrift(cache, mapping);
    checks.push({ id: 'mapping', state: drift.length > 0 ? 'warn' : 'ok', drift });
    const { share } = signalCoverage(books.policy, await feedsContext(cache, mapping));
    checks.push({ id: 'coverage', state: share < LITTLE ? 'warn' : 'ok', share });
    const { ledger } = (await openRevenue(session)).book;
    const from = ledger.ids.length > 0 ? ledger.first : null;
    checks.push({ id: 'history', state: from === null ? 'warn' : 'ok', from });
    return { checks, data: findingsOf(book, { portal: books.portal, mapping, owners: await cache.owners() }) };
  } catch (error) {
    if (!(error instanceof NeverSyncedError)) throw error;
    checks.push({ id: 'store', state: 'warn', never: true });
    return { checks, data: [] };
  }
}

async function connection(session: Session): Promise<Check> {
  if (!session.profile.connected) return { id: 'connection', state: 'fail', error: new NotConnectedError() };
  if (session.profile.options.offline) return { id: 'connection', state: 'warn', offline: true };
  try {
    const reply = await (await session.gateway()).portalInfo({ lane: 'interactive' });
    return reply.ok
      ? { id: 'connection', state: 'ok', portalId: reply.value.portalId }
      : { id: 'connection', state: 'fail', error: new RemoteError(reply.error) };
  } catch (error) {
    if (error instanceof TokenError) return { id: 'connection', state: 'fail', error };
    throw error;
  }
}

/** What only HubSpot can tell: the time, the day's requests, what the token may read. */
async function online(session: Session): Promise<Check[]> {
  const checks: Check[] = [];
  const seen = session.observed();
  // The demo portal's clock stands in the day that is looked at.
  if (seen?.skewMs != null && !session.profile.options.demo) {
    const seconds = Math.round(seen.skewMs / 1000);
    checks.push({ id: 'clock', state: Math.abs(seconds) > CLOCK_TOLERANCE ? 'warn' : 'ok', seconds });
  }
  const { dailyMax: max = null, dailyRemaining: left = null } = seen?.limits ?? {};
  if (max === null || left === null) checks.push({ id: 'limits', state: 'ok', unknown: true });
  else checks.push({ id: 'limits', state: max - left >= NEARLY_SPENT * max ? 'warn' : 'ok', used: max - left, max });
  try {
    const gaps = await accessGaps(await session.gateway(), session.profile.settings.mapping);
    checks.push({ id: 'scopes', state: gaps.length > 0 ? 'warn' : 'ok', gaps });
  } catch (error) {
    if (!(error instanceof RemoteError)) throw error;
    checks.push({ id: 'connection', state: 'fail', error });
  }
  return checks;
}

/** Without a mark that comes back, a write whose answer was lost can only be asked about. */
async function marks(session: Session, portalId: string): Promise<Check> {
  const probe = await lastProbe((await session.local()).db, portalId);
  if (probe === null) return { id: 'marks', state: 'ok', probe };
  const on = dayOf(probe.at, (await (await session.cache()).portal())?.timeZone ?? 'UTC');
  return { id: 'marks', state: probe.markSurvives ? 'ok' : 'warn', probe: { ...probe, on } };
}

async function files(session: Session): Promise<Check> {
  const cache = await session.cache();
  const { db } = await session.local();
  const [row] = await db.all<{ quick_check: string }>('PRAGMA quick_check');
  const damaged = (await cache.isSound()) ? (row?.quick_check === 'ok' ? null : db.path) : cache.path;
  return { id: 'files', state: damaged === null ? 'ok' : 'fail', damaged };
}

/** User and password of a proxy's address are nobody's business. */
function withoutPassword(proxy: string): string {
  try {
    const url = new URL(proxy);
    return `${url.protocol}//${url.host}`;
  } catch {
    return 'set, but not a URL';
  }
}
