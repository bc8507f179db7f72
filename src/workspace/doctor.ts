/** What a person should know about an installation before trusting it: each check says how it stands and what mends it. */
import type { DataProblem } from '../account.ts';
import { signalCoverage } from '../book/coverage.ts';
import { feedsContext } from '../book/facts-context.ts';
import { recordUrl } from '../data/hubspot/links.ts';
import { sqliteVersion } from '../data/store/driver.ts';
import { listUnsent } from './access.ts';
import { openBooks } from './books.ts';
import { NeverSyncedError, NotConnectedError, RemoteError, TokenError } from './errors.ts';
import { scopeOf } from './profile.ts';
import type { Session } from './session.ts';

export type Check =
  | { readonly id: 'runtime'; readonly state: 'ok'; readonly node: string; readonly sqlite: string }
  | { readonly id: 'proxy'; readonly state: 'ok'; readonly proxy: string }
  | { readonly id: 'connection'; readonly state: 'ok'; readonly portalId: string }
  | { readonly id: 'connection'; readonly state: 'warn'; readonly offline: true }
  | { readonly id: 'connection'; readonly state: 'fail'; readonly error: RemoteError | TokenError | NotConnectedError }
  | { readonly id: 'store'; readonly state: 'ok'; readonly accounts: number; readonly syncedAt: number | null }
  | { readonly id: 'store'; readonly state: 'warn'; readonly never: true }
  | { readonly id: 'coverage'; readonly state: 'ok' | 'warn'; readonly share: number }
  | { readonly id: 'outbox'; readonly state: 'ok' | 'warn'; readonly unsent: number };

export interface DataFinding {
  readonly code: DataProblem['code'];
  readonly count: number;
  readonly examples: readonly { readonly id: string; readonly name: string; readonly url: string }[];
}

export interface Findings {
  readonly checks: readonly Check[];
  readonly data: readonly DataFinding[];
}

const EXAMPLES = 3;
/** Below this share of connected signal weight, scores rest on little. */
const LITTLE = 0.4;

export async function examine(session: Session): Promise<Findings> {
  const checks: Check[] = [{ id: 'runtime', state: 'ok', node: process.versions.node, sqlite: sqliteVersion() }];
  const { env } = session.profile.options;
  const proxy = env.HTTPS_PROXY ?? env.https_proxy;
  if (proxy) checks.push({ id: 'proxy', state: 'ok', proxy: withoutPassword(proxy) });
  checks.push(await connection(session));
  const unsent = await listUnsent(session);
  checks.push({ id: 'outbox', state: unsent > 0 ? 'warn' : 'ok', unsent });
  const scope = scopeOf(session.profile.settings);
  if (scope === null) return { checks, data: [] };
  try {
    const books = await openBooks(session, scope);
    const { snapshot, problems } = await books.current();
    checks.push({ id: 'store', state: 'ok', accounts: snapshot.rows.length, syncedAt: snapshot.syncedAt });
    const facts = await feedsContext(await session.cache(), session.profile.settings.mapping);
    const { share } = signalCoverage(books.policy, facts);
    checks.push({ id: 'coverage', state: share < LITTLE ? 'warn' : 'ok', share });
    const names = new Map(snapshot.rows.map((row) => [row.id, row.name]));
    const url = (id: string): string => recordUrl(books.portal.uiDomain, books.portal.portalId, 'companies', id);
    return { checks, data: findings(problems, names, url) };
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

/** User and password of a proxy's address are nobody's business. */
function withoutPassword(proxy: string): string {
  try {
    const url = new URL(proxy);
    return `${url.protocol}//${url.host}`;
  } catch {
    return 'set, but not a URL';
  }
}

function findings(problems: readonly DataProblem[], names: ReadonlyMap<string, string>, url: (id: string) => string): DataFinding[] {
  const byCode = Map.groupBy(problems, (problem) => problem.code);
  return [...byCode].sort().map(([code, list]) => {
    const ids = [...new Set(list.map((problem) => problem.accountId ?? problem.source.id))].slice(0, EXAMPLES);
    return { code, count: list.length, examples: ids.map((id) => ({ id, name: names.get(id) ?? id, url: url(id) })) };
  });
}
