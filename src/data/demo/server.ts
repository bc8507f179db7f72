/**
 * A HubSpot-compatible server on loopback: real HTTP over a portal held in memory.
 *
 * Knows the v3 and v4 paths that the official client speaks and the same under 2026-09, with HubSpot's status codes,
 * error bodies, limits, paging, scopes and search lag. What users write is journalled when `stateFile` is given.
 */
import { randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Instant } from '../../units/day.ts';
import { type Access, createAccess, noCustomObjects, noEvents, type TokenState } from './access.ts';
import type { Change } from './apply.ts';
import { type Call, errorBody, Refusal, type Reply, type World } from './call.ts';
import { dailyUsage } from './catalogue.ts';
import { act } from './fault-actions.ts';
import { createFaultPlan, type Fault } from './faults.ts';
import { createLimits, DEFAULT_LIMITS, type LimitSettings, type Limits } from './limits.ts';
import { findRoute, type Target, targetOf } from './routes.ts';
import type { IndexLag } from './search-index.ts';
import { send, type Wire } from './send.ts';
import type { PortalState } from './state.ts';
import { createWorld } from './world.ts';

export interface DemoServerOptions {
  readonly portal: PortalState;
  /** 0 or absent: any free port. */
  readonly port?: number;
  /** The portal's clock: timestamps, limits, search lag. */
  readonly now: () => Instant;
  readonly limits: boolean | Partial<LimitSettings>;
  /** The one accepted bearer token; absent: any. */
  readonly token?: string;
  /** Absent: every scope. */
  readonly scopes?: readonly string[];
  /** Where writes are kept for the next run. */
  readonly stateFile?: string;
  readonly faults?: readonly Fault[];
  /** Associated ids per `from` in one page; default 500. */
  readonly associationPageSize?: number;
}

export interface LoggedRequest {
  readonly method: string;
  /** Path without query. */
  readonly path: string;
  readonly query: string;
  readonly body: string;
  /** Null where no answer was sent (yet). */
  status: number | null;
  /** The request took effect in the portal. */
  applied: boolean;
  readonly at: Instant;
}

export interface DemoServer {
  /** `http://127.0.0.1:port`, without a trailing slash. */
  readonly url: string;
  readonly portal: PortalState;
  /** Oldest first; the last 20,000. */
  readonly requests: readonly LoggedRequest[];
  clearRequests(): void;
  /** Replaces all faults and starts their counts anew. */
  setFaults(faults: readonly Fault[]): void;
  setToken(state: TokenState): void;
  setScopes(scopes: readonly string[]): void;
  removeScope(scope: string): void;
  setCustomObjects(available: boolean): void;
  setEvents(available: boolean): void;
  /** What the portal's admin demands of every new record of a type (`0-27`); only the dated API asks for it. */
  demand(typeId: string, properties: readonly string[]): void;
  /** Changes made by somebody else: in the portal's own pages, by an import, by a calculation. */
  edit(changes: readonly Change[]): void;
  /** How long search lags behind writes from now on; `catchUp` ends what lags. */
  readonly indexLag: { set(lag: IndexLag): void; catchUp(): void };
  /** How long new links stay out of association reads, in milliseconds. */
  setAssociationLag(ms: number): void;
  /** Resolves when nothing waits to be answered or applied late. */
  settled(): Promise<void>;
  /** Ends all connections; what still waited to be applied is not. */
  close(): Promise<void>;
}

const KEPT_REQUESTS = 20_000;
const MAX_BODY = 20 * 1_024 * 1_024;

export async function startDemoServer(options: DemoServerOptions): Promise<DemoServer> {
  const { portal, now } = options;
  const access = createAccess(options.token, options.scopes);
  const { timeZone, utcOffsetMilliseconds } = portal.account;
  const limitSettings = options.limits === false ? null : { ...DEFAULT_LIMITS, ...(options.limits === true ? {} : options.limits) };
  const limits = createLimits(limitSettings, now, timeZone, utcOffsetMilliseconds);
  const faults = createFaultPlan(options.faults ?? []);
  const requests: LoggedRequest[] = [];
  const open = createOpenWork();
  const world = createWorld({ portal, now, stateFile: options.stateFile, associationPageSize: options.associationPageSize ?? 500 });

  const http = createServer((request, response) => {
    readBody(request)
      .then((body) => exchange(request, response, body))
      // A request that broke off, or an answer that nobody takes.
      .catch(() => request.socket.destroy());
  });

  function exchange(request: IncomingMessage, response: ServerResponse, body: string): void {
    const url = URL.parse(request.url ?? '/', 'http://127.0.0.1') ?? new URL('http://127.0.0.1/');
    const method = request.method ?? 'GET';
    const entry: LoggedRequest = { method, path: url.pathname, query: url.search, body, status: null, applied: false, at: now() };
    requests.push(entry);
    if (requests.length > KEPT_REQUESTS) requests.splice(0, requests.length - KEPT_REQUESTS);
    const done = open.begin();
    response.once('close', done);
    const target = targetOf(url.pathname);
    const isSearch = target?.path.endsWith('/search') ?? false;
    let reply: Reply | null = null;
    const answer = (): Reply => {
      reply ??= answerTo({ request, url, method, body, target, isSearch, world: world.world, access, limits });
      entry.applied = reply.status < 300;
      return reply;
    };
    const wire = (): Wire => ({ request, response, headers: { ...commonHeaders(now()), ...(isSearch ? {} : limits.headers()) } });
    const respond = (whole: Reply): void => {
      entry.status = whole.status;
      send(wire(), whole);
    };
    const action = faults.next(method, `${url.pathname}${url.search}`, body);
    if (action) entry.status = act(action, { wire: wire(), answer, respond, later: open.later });
    else respond(answer());
  }

  await new Promise<void>((resolve, reject) => {
    http.once('error', reject);
    http.listen(options.port ?? 0, '127.0.0.1', resolve);
  });
  const address = http.address() as AddressInfo; // A listening TCP server has one.
  world.setUrl(`http://127.0.0.1:${address.port}`);

  return {
    url: world.world.url,
    portal,
    requests,
    clearRequests: () => requests.splice(0),
    setFaults: faults.set,
    setToken: access.setToken,
    setScopes: access.setScopes,
    removeScope: access.removeScope,
    setCustomObjects: access.setCustomObjects,
    setEvents: access.setEvents,
    demand: (typeId, properties) => {
      const type = portal.types.get(typeId);
      if (type) type.demanded = properties;
    },
    edit: world.world.commit,
    indexLag: { set: world.world.index.setLag, catchUp: world.world.index.catchUp },
    setAssociationLag: world.setAssociationLag,
    settled: open.settled,
    close: () =>
      new Promise((resolve) => {
        open.cancel();
        http.close(() => {
          world.close();
          resolve();
        });
        http.closeAllConnections();
      }),
  };
}

const commonHeaders = (now: Instant): Record<string, string> => ({
  Date: new Date(now).toUTCString(),
  'X-HubSpot-Correlation-Id': randomUUID(),
});

interface Asked {
  readonly request: IncomingMessage;
  readonly url: URL;
  readonly method: string;
  readonly body: string;
  readonly target: Target | null;
  readonly isSearch: boolean;
  readonly world: World;
  readonly access: Access;
  readonly limits: Limits;
}

function answerTo(asked: Asked): Reply {
  try {
    return routed(asked);
  } catch (error) {
    if (error instanceof Refusal) return { status: error.status, body: error.body };
    // A write that the disk refused was not made: say so as the service would.
    const message = error instanceof Error ? error.message : String(error);
    return { status: 500, body: errorBody('INTERNAL_ERROR', `internal error: ${message}`) };
  }
}

function routed(asked: Asked): Reply {
  const { access, limits, target, method } = asked;
  const refused = access.checkToken(asked.request.headers.authorization) ?? limits.admit(asked.isSearch);
  if (refused) return refused;
  if (!target) return noSuchPath();
  if (method === 'GET' && target.path === 'account-info/api-usage/daily/private-apps')
    return dailyUsage(callOf(asked, target, {}), limits.usage());
  const found = findRoute(method, target);
  if (!found) return noSuchPath();
  if ('allow' in found) return { status: 405, body: errorBody('METHOD_NOT_ALLOWED', `Method ${method} is not allowed here`) };
  const route = found.pattern.build(asked.world.portal, found.params);
  if (route.custom && !access.customObjects) return noCustomObjects();
  if (route.events && !access.events) return noEvents();
  for (const need of route.needs) {
    const lacking = access.checkScopes(need);
    if (lacking) return lacking;
  }
  return route.run(callOf(asked, target, found.params));
}

const noSuchPath = (): Reply => ({ status: 404, body: errorBody('OBJECT_NOT_FOUND', 'Unable to find a page at this address') });

function callOf(asked: Asked, target: Target, params: Readonly<Record<string, string>>): Call {
  const { body, request, url, world } = asked;
  return { world, version: target.version, params, query: url.searchParams, body: parseBody(request, body), bodyLength: body.length };
}

function parseBody(request: IncomingMessage, body: string): unknown {
  if (body === '') return undefined;
  if (!/^application\/json\b/i.test(request.headers['content-type'] ?? '')) {
    throw new Refusal(415, 'UNSUPPORTED_MEDIA_TYPE', 'Content-Type must be application/json');
  }
  try {
    return JSON.parse(body);
  } catch {
    throw new Refusal(400, 'VALIDATION_ERROR', 'Invalid input JSON on line 1, column 1');
  }
}

async function readBody(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request) {
    size += chunk.length;
    if (size > MAX_BODY) throw new Error('body too large');
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

/** What is still going on, so that tests can await its end instead of sleeping. */
function createOpenWork() {
  let count = 0;
  const timers = new Set<NodeJS.Timeout>();
  let waiting: (() => void)[] = [];
  const check = () => {
    if (count > 0 || timers.size > 0) return;
    for (const resolve of waiting) resolve();
    waiting = [];
  };
  return {
    begin(): () => void {
      count += 1;
      return () => {
        count -= 1;
        // Work that starts on the same `close` event comes first.
        setImmediate(check);
      };
    },
    later(ms: number, work: () => void): void {
      const timer = setTimeout(() => {
        timers.delete(timer);
        work();
        check();
      }, ms);
      timers.add(timer);
    },
    settled: (): Promise<void> =>
      new Promise((resolve) => {
        waiting.push(resolve);
        setImmediate(check);
      }),
    cancel(): void {
      for (const timer of timers) clearTimeout(timer);
      timers.clear();
    },
  };
}
