/** A small server over a small portal, and plain HTTP to it. */
import { seedPortal } from '../../../src/data/demo/portal/seed.ts';
import { type DemoServer, type DemoServerOptions, startDemoServer } from '../../../src/data/demo/server.ts';
import type { Day, Instant } from '../../../src/units/day.ts';

export const AS_OF = '2026-11-21' as Day;
export const NOON = Date.parse('2026-11-21T03:00:00Z') as Instant;

export interface Clock {
  now: Instant;
}

export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  // What a test looks into is its own business.
  // biome-ignore lint/suspicious/noExplicitAny: answers are JSON of every shape
  readonly json: any;
}

export interface Fixture extends AsyncDisposable {
  readonly server: DemoServer;
  readonly clock: Clock;
  get(path: string): Promise<Answer>;
  send(method: string, path: string, body?: unknown): Promise<Answer>;
}

export async function fixture(options: Partial<DemoServerOptions> & { companies?: number } = {}): Promise<Fixture> {
  const { companies = 40, ...rest } = options;
  const clock: Clock = { now: NOON };
  const server = await startDemoServer({
    portal: seedPortal({ asOf: AS_OF, companies }),
    now: () => clock.now,
    limits: false,
    ...rest,
  });
  const send = async (method: string, path: string, body?: unknown): Promise<Answer> => {
    const response = await fetch(server.url + path, {
      method,
      headers: { authorization: 'Bearer test-token', ...(body === undefined ? {} : { 'content-type': 'application/json' }) },
      redirect: 'manual',
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    return { status: response.status, headers: response.headers, json: text === '' ? undefined : JSON.parse(text) };
  };
  return { server, clock, send, get: (path) => send('GET', path), [Symbol.asyncDispose]: () => server.close() };
}

export const search = (filters: readonly unknown[], more: Readonly<Record<string, unknown>> = {}): unknown => ({
  filterGroups: filters.length === 0 ? [] : [{ filters }],
  properties: [],
  sorts: [],
  limit: 100,
  after: '0',
  ...more,
});
