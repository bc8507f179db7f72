/** What a healthy HubSpot never does. The rule under test: reads heal, writes go out once, the token goes nowhere else. */
import { type AddressInfo, createServer as createNetServer, type Socket } from 'node:net';
import { gzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { openHttp } from '../../../src/data/hubspot/http.ts';
import type { Pace } from '../../../src/data/hubspot/pace.ts';
import type { ApiFailure } from '../../../src/data/hubspot/types.ts';
import { CANARY, failure, freePace, make, NOW, value } from './make.ts';
import { type Handler, record, reply, type Server, startServer } from './server.ts';

let server: Server;
beforeEach(async () => {
  server = await startServer((_, response) => reply(response, 200, { portalId: 1 }));
});
afterEach(() => server.close());

const NOTE = { properties: { hs_note_body: 'x' }, associations: [] };
const TENSE = { connectMs: 200, answerMs: 100 };

/** A port that nobody listens on. */
async function closedPort(): Promise<URL> {
  const closed = createNetServer();
  await new Promise<void>((resolve) => closed.listen(0, '127.0.0.1', resolve));
  const { port } = closed.address() as AddressInfo;
  await new Promise((resolve) => closed.close(resolve));
  return new URL(`http://127.0.0.1:${port}`);
}

const refusal = (status: number, body: unknown, headers: Record<string, string> = {}): Handler => {
  return (_, response) => reply(response, status, body, headers);
};
const raw = (status: number, headers: Record<string, string>, body: string): Handler => {
  return (_, response) => {
    response.writeHead(status, headers);
    response.end(body);
  };
};
const HTML = { 'content-type': 'text/html' };
const error = (category: string, more: Record<string, unknown> = {}) => ({
  status: 'error',
  message: 'no',
  category,
  correlationId: 'c-1',
  ...more,
});

interface Fault {
  readonly name: string;
  readonly handle: Handler;
  readonly kind: ApiFailure['kind'];
  /** Whether a create that met it surely changed nothing. */
  readonly sure: boolean;
  /** How often a read is asked. */
  readonly reads: number;
}

const FAULTS: readonly Fault[] = [
  { name: '400', handle: refusal(400, error('VALIDATION_ERROR')), kind: 'invalid', sure: true, reads: 1 },
  { name: '401', handle: refusal(401, error('INVALID_AUTHENTICATION')), kind: 'auth', sure: true, reads: 1 },
  { name: '403', handle: refusal(403, error('MISSING_SCOPES')), kind: 'scope', sure: true, reads: 1 },
  { name: '403 of a firewall', handle: raw(403, HTML, '<h1>blocked</h1>'), kind: 'body', sure: true, reads: 5 },
  { name: '404', handle: refusal(404, error('OBJECT_NOT_FOUND')), kind: 'not_found', sure: true, reads: 1 },
  { name: '409', handle: refusal(409, error('CONFLICT')), kind: 'invalid', sure: true, reads: 1 },
  { name: '415', handle: refusal(415, error('X')), kind: 'invalid', sure: true, reads: 1 },
  { name: '423', handle: refusal(423, error('LOCKED')), kind: 'server', sure: true, reads: 5 },
  { name: '429 of the second', handle: refusal(429, error('RATE_LIMITS', { policyName: 'SECONDLY' })), kind: 'rate', sure: true, reads: 5 },
  {
    name: '429 of ten seconds',
    handle: refusal(429, error('RATE_LIMITS', { policyName: 'TEN_SECONDLY_ROLLING' })),
    kind: 'rate',
    sure: true,
    reads: 5,
  },
  { name: '429 of the day', handle: refusal(429, error('RATE_LIMITS', { policyName: 'DAILY' })), kind: 'daily', sure: true, reads: 1 },
  { name: '500', handle: refusal(500, error('INTERNAL')), kind: 'server', sure: false, reads: 5 },
  { name: '502 as HTML', handle: raw(502, HTML, '<html>Bad gateway</html>'), kind: 'server', sure: false, reads: 5 },
  { name: '504', handle: raw(504, {}, ''), kind: 'server', sure: false, reads: 5 },
  { name: '524', handle: raw(524, HTML, 'timeout'), kind: 'server', sure: false, reads: 5 },
  { name: 'HTML with 200', handle: raw(200, HTML, '<html>hello</html>'), kind: 'body', sure: false, reads: 5 },
  { name: 'HTML called JSON', handle: raw(200, { 'content-type': 'application/json' }, '<html>'), kind: 'body', sure: false, reads: 5 },
  { name: 'nothing with 201', handle: raw(201, {}, ''), kind: 'body', sure: false, reads: 5 },
  { name: '{} with 201', handle: raw(201, {}, '{}'), kind: 'body', sure: false, reads: 5 },
  { name: 'cut JSON', handle: raw(200, {}, '{"portalId": 1, "na'), kind: 'body', sure: false, reads: 5 },
  { name: 'an error inside a 200', handle: raw(200, {}, '{"status":"error","message":"x"}'), kind: 'body', sure: false, reads: 5 },
  { name: 'gzip that is none', handle: raw(200, { 'content-encoding': 'gzip' }, 'plain'), kind: 'body', sure: false, reads: 5 },
  { name: 'an encoding never asked for', handle: raw(200, { 'content-encoding': 'br' }, 'x'), kind: 'body', sure: false, reads: 5 },
  { name: 'a redirect', handle: raw(307, { location: 'http://127.0.0.1:9/' }, ''), kind: 'body', sure: false, reads: 1 },
  {
    name: 'a reset before the answer',
    handle: (_, _response, request) => request.socket.resetAndDestroy(),
    kind: 'network',
    sure: false,
    reads: 5,
  },
  {
    name: 'a reset inside the answer',
    handle: (_, response, request) => {
      response.writeHead(200, { 'content-length': '100' });
      response.write('{"portalId":', () => request.socket.resetAndDestroy());
    },
    kind: 'network',
    sure: false,
    reads: 5,
  },
  { name: 'silence', handle: () => undefined, kind: 'timeout', sure: false, reads: 5 },
  {
    name: 'a byte now and then',
    handle: (_, response) => {
      response.writeHead(200, { 'content-type': 'application/json' });
      const drip = setInterval(() => response.write(' '), 20);
      response.on('close', () => clearInterval(drip));
    },
    kind: 'timeout',
    sure: false,
    reads: 5,
  },
];

describe.each(FAULTS)('$name', ({ handle, kind, sure, reads }) => {
  beforeEach(() => {
    server.handle = handle;
  });

  test('a create goes out once and says whether anybody can know', async () => {
    const { gateway } = make(server.base, { timeouts: TENSE });
    const failed = failure(await gateway.create('notes', NOTE));
    expect(failed).toMatchObject({ kind, surelyNotApplied: sure, request: 'POST /crm/v3/objects/notes' });
    expect(server.seen).toHaveLength(1);
    expect(gateway.counters).toEqual({ requests: 1, retried: 0 });
  });

  test('an update goes out once', async () => {
    const { gateway } = make(server.base, { timeouts: TENSE });
    expect(failure(await gateway.update('companies', '1', { a: 'b' })).surelyNotApplied).toBe(sure);
    expect(server.seen).toHaveLength(1);
  });

  test(`a read is asked ${reads} times`, async () => {
    const { gateway, log } = make(server.base, { timeouts: TENSE });
    expect(failure(await gateway.portalInfo())).toMatchObject({ kind, request: 'GET /account-info/v3/details' });
    expect(server.seen).toHaveLength(reads);
    expect(gateway.counters).toEqual({ requests: 1, retried: reads - 1 });
    expect(log).toHaveLength(reads);
  });
});

describe('R12, R14, R15: reads heal', () => {
  test.each(FAULTS.filter(({ reads }) => reads > 1))('after $name', async ({ handle }) => {
    server.handle = (seen, response, request) =>
      server.seen.length === 1 ? handle(seen, response, request) : reply(response, 200, { portalId: 7 });
    expect(value(await make(server.base, { timeouts: TENSE }).gateway.portalInfo()).portalId).toBe('7');
    expect(server.seen).toHaveLength(2);
  });

  test('POSTs that only read are reads', async () => {
    server.handle = ({ path }, response) => {
      if (server.seen.length % 2 === 1) reply(response, 500, {});
      else reply(response, 200, { total: 0, results: path.includes('associations') || path.endsWith('search') ? [] : [record('1')] });
    };
    const { gateway } = make(server.base);
    value(await gateway.search('companies', { filterGroups: [], properties: [], afterId: null, limit: 1 }));
    value(await gateway.read('companies', ['1'], [], []));
    value(await gateway.associations('companies', 'notes', ['1']));
    expect(gateway.counters).toEqual({ requests: 3, retried: 3 });
  });

  test('waits grow, with jitter', async () => {
    server.handle = refusal(503, {});
    const { gateway, waits } = make(server.base, { random: () => 0 });
    await gateway.portalInfo();
    expect(waits).toEqual([250, 500, 1_000, 2_000]);
    const spread = make(server.base, { random: () => 0.999 });
    await spread.gateway.portalInfo();
    expect(spread.waits[3]).toBeCloseTo(4_000, -1);
  });

  test('each window has its wait', async () => {
    for (const [policyName, low, high] of [['SECONDLY', 1_000, 1_500] as const, ['TEN_SECONDLY_ROLLING', 5_000, 10_000] as const]) {
      server.handle = refusal(429, { policyName });
      for (const random of [() => 0, () => 0.999]) {
        const { gateway, waits } = make(server.base, { random });
        await gateway.portalInfo();
        expect(waits).toHaveLength(4);
        for (const wait of waits) expect(wait >= low && wait <= high).toBe(true);
      }
    }
  });

  test('Retry-After is honoured, in seconds and as a date', async () => {
    for (const header of ['3', new Date(NOW + 3_000).toUTCString()]) {
      server.handle = refusal(429, {}, { 'retry-after': header });
      const { gateway, waits } = make(server.base, { random: () => 0 });
      expect(failure(await gateway.portalInfo()).retryAt).toBe(NOW + 3_000);
      expect(waits).toEqual([3_000, 3_000, 3_000, 3_000]);
    }
  });

  test('who is told to come back tomorrow is told so now', async () => {
    server.handle = refusal(477, {}, { 'retry-after': '86400' });
    const { gateway, waits } = make(server.base);
    expect(failure(await gateway.portalInfo())).toMatchObject({ kind: 'server', status: 477, retryAt: NOW + 86_400_000 });
    expect(waits).toEqual([]);
  });
});

describe('what surely did not leave', () => {
  test('a refused connection', async () => {
    const { gateway } = make(await closedPort());
    expect(failure(await gateway.create('notes', NOTE))).toMatchObject({ kind: 'network', surelyNotApplied: true, status: null });
    expect(failure(await gateway.create('notes', NOTE)).message).toContain('ECONNREFUSED');
  });

  test('a name that does not resolve', async () => {
    const { gateway } = make(new URL('https://no-such-host.invalid'));
    expect(failure(await gateway.create('notes', NOTE))).toMatchObject({ kind: 'network', surelyNotApplied: true });
  });

  test('a TLS handshake that fails, which is not tried again', async () => {
    const { gateway, waits } = make(new URL(`https://127.0.0.1:${server.base.port}`));
    expect(failure(await gateway.create('notes', NOTE))).toMatchObject({ kind: 'network', surelyNotApplied: true });
    expect(failure(await gateway.portalInfo()).kind).toBe('network');
    expect(waits).toEqual([]);
    expect(server.seen).toHaveLength(0);
  });

  test('a TLS handshake that hangs', async () => {
    const sockets: Socket[] = [];
    const silent = createNetServer((socket) => sockets.push(socket));
    await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve));
    const { gateway } = make(new URL(`https://127.0.0.1:${(silent.address() as AddressInfo).port}`), { timeouts: TENSE });
    expect(failure(await gateway.create('notes', NOTE))).toMatchObject({ kind: 'timeout', surelyNotApplied: true });
    gateway.close();
    for (const socket of sockets) socket.destroy();
    silent.close();
  });

  test('everything under --offline: no socket at all', async () => {
    const { gateway } = make(server.base, { offline: true });
    expect(failure(await gateway.portalInfo()).kind).toBe('offline');
    expect(failure(await gateway.create('notes', NOTE))).toMatchObject({ kind: 'offline', surelyNotApplied: true });
    expect(server.seen).toHaveLength(0);
    expect(gateway.counters.requests).toBe(0);
  });

  test('a token that no header can carry', async () => {
    for (const token of ['', 'a\nb', 'abc def', 'トークン']) {
      const failed = failure(await make(server.base, { token }).gateway.portalInfo());
      expect(failed).toMatchObject({ kind: 'auth', message: 'the access token holds characters that no token has' });
    }
    expect(server.seen).toHaveLength(0);
  });
});

test('what is given up while connecting never leaves', async () => {
  const http = openHttp(server.base, { http: null, https: null, no: null }, TENSE);
  const request = { method: 'POST', url: new URL('/x', server.base), headers: {}, body: '{}', fresh: true } as const;
  await http.send(request, new AbortController().signal);
  const stop = new AbortController();
  const second = http.send(request, stop.signal);
  // Far enough for the connection to be asked for, not far enough for it to stand.
  for (let turn = 0; turn < 20; turn += 1) await Promise.resolve();
  stop.abort();
  expect(await second).toEqual({ ok: false, error: { kind: 'aborted', started: false, code: null } });
  await http.send(request, new AbortController().signal);
  expect(server.seen).toHaveLength(2);
  http.close();
});

describe('a create that worked', () => {
  test.each([200, 201])('is taken under %i', async (status) => {
    server.handle = refusal(status, record('5'));
    expect(value(await make(server.base).gateway.create('notes', NOTE)).id).toBe('5');
  });

  test('uses a connection of its own each time', async () => {
    server.handle = refusal(201, record('5'));
    const { gateway } = make(server.base);
    value(await gateway.create('notes', NOTE));
    value(await gateway.create('notes', NOTE));
    expect(server.seen.map(({ headers }) => headers.connection)).toEqual(['close', 'close']);
  });
});

describe('gzip', () => {
  test('is asked for and read', async () => {
    server.handle = ({ headers }, response) => {
      expect(headers['accept-encoding']).toBe('gzip');
      response.writeHead(200, { 'content-encoding': 'gzip' });
      response.end(gzipSync('{"portalId":42,"companyCurrency":"円"}'));
    };
    expect(value(await make(server.base).gateway.portalInfo())).toMatchObject({ portalId: '42', currency: '円' });
  });

  test('a small answer that unpacks to far too much is refused', async () => {
    const bomb = gzipSync(`${JSON.stringify(record('5'))}${' '.repeat(60 * 1024 * 1024)}`);
    server.handle = (_, response) => {
      response.writeHead(201, { 'content-encoding': 'gzip' });
      response.end(bomb);
    };
    expect(failure(await make(server.base).gateway.create('notes', NOTE)).kind).toBe('body');
  });

  test('an answer that never ends is cut at 50 MB', async () => {
    const block = Buffer.alloc(1024 * 1024, ' ');
    let written = 0;
    server.handle = (_, response) => {
      response.writeHead(200);
      const pour = () => {
        while (!response.destroyed && response.write(block)) written += block.length;
      };
      response.on('drain', pour);
      response.on('error', () => undefined);
      pour();
    };
    const failed = failure(await make(server.base, { timeouts: { connectMs: 1_000, answerMs: 30_000 } }).gateway.create('notes', NOTE));
    expect(failed).toMatchObject({ kind: 'body', surelyNotApplied: false });
    expect(written).toBeLessThan(90 * 1024 * 1024);
  });
});

describe('the end of the program', () => {
  test('close ends what is in flight and what waits', async () => {
    server.handle = () => undefined;
    const { gateway } = make(server.base);
    const read = gateway.portalInfo();
    const write = gateway.create('notes', NOTE);
    while (server.seen.length < 2) await new Promise((resolve) => setTimeout(resolve, 2));
    gateway.close();
    expect(failure(await read).kind).toBe('aborted');
    // It had left: nobody knows.
    expect(failure(await write)).toMatchObject({ kind: 'aborted', surelyNotApplied: false });
    expect(failure(await gateway.create('notes', NOTE))).toMatchObject({ kind: 'aborted', surelyNotApplied: true });
    expect(server.seen).toHaveLength(2);
  });

  test("a caller's signal ends its own call only", async () => {
    server.handle = ({ path }, response) => (path.includes('owners') ? undefined : reply(response, 200, { portalId: 1 }));
    const { gateway } = make(server.base);
    const stop = new AbortController();
    const slow = gateway.owners({ signal: stop.signal });
    while (server.seen.length < 1) await new Promise((resolve) => setTimeout(resolve, 2));
    stop.abort();
    expect(failure(await slow).kind).toBe('aborted');
    value(await gateway.portalInfo());
  });

  test('an abort between two tries is the end', async () => {
    server.handle = refusal(500, {});
    const stop = new AbortController();
    const { gateway } = make(server.base, { sleep: async () => stop.abort() });
    expect(failure(await gateway.portalInfo({ signal: stop.signal })).kind).toBe('aborted');
    expect(server.seen).toHaveLength(1);
  });
});

describe('where the token goes', () => {
  test('nowhere by a redirect, nor by a paging link', async () => {
    const other = await startServer((_, response) => reply(response, 200, { results: [] }));
    server.handle = ({ path }, response) => {
      if (path.includes('details')) reply(response, 302, undefined, { location: `${other.base}steal` });
      else reply(response, 200, { results: [record('1')], paging: { next: { after: '1', link: `${other.base}steal?after=1` } } });
    };
    const { gateway } = make(server.base);
    expect(failure(await gateway.portalInfo()).message).toContain('redirect');
    const page = value(await gateway.list('companies', [], null, false));
    value(await gateway.list('companies', [], page.after, false));
    expect(other.seen).toHaveLength(0);
    expect(server.seen).toHaveLength(3);
    await other.close();
  });

  test('not into failures or the log, even where the server echoes it', async () => {
    const echo = `the key ${CANARY} in Bearer ${CANARY} and ${CANARY.slice(0, 12)}\u0007${CANARY.slice(12)}`;
    const everything: unknown[] = [];
    const answers: Handler[] = [
      refusal(400, { message: echo, category: CANARY, correlationId: CANARY, errors: [{ context: { requiredScopes: [CANARY] } }] }),
      refusal(403, { message: echo, category: 'MISSING_SCOPES', errors: [{ context: { requiredScopes: [CANARY, 'tickets'] } }] }),
      raw(200, HTML, `<p>${echo}</p>`),
      raw(502, HTML, echo),
      raw(200, HTML, `${' '.repeat(5_990)}${CANARY}`),
      refusal(207, { results: [], numErrors: 1, errors: [{ category: 'INTERNAL_ERROR', message: echo, context: {} }] }),
      (_, _response, request) => request.socket.resetAndDestroy(),
    ];
    for (const handle of answers) {
      server.handle = handle;
      const { gateway, log } = make(server.base);
      everything.push(failure(await gateway.create('notes', NOTE)), failure(await gateway.associations('a', 'b', ['1'])), log);
    }
    everything.push(failure(await make(await closedPort()).gateway.portalInfo()));
    const text = JSON.stringify(everything);
    expect(text).toContain('[token]');
    expect(text).not.toContain(CANARY);
    expect(text).not.toContain(CANARY.slice(0, 9));
    expect(text).toContain('"scopes":["tickets"]');
  });

  test('not to a proxy on the way to this machine; to the named proxy only as a tunnel', async () => {
    const connects: string[] = [];
    const proxy = createNetServer((socket) => {
      socket.on('error', () => undefined);
      socket.once('data', (data) => {
        connects.push(data.toString('latin1'));
        socket.end('HTTP/1.1 403 Forbidden\r\ncontent-length: 0\r\n\r\n');
      });
    });
    await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve));
    const address = `http://127.0.0.1:${(proxy.address() as AddressInfo).port}`;
    const settings = { http: address, https: address, no: null };
    value(await make(server.base, { proxy: settings }).gateway.portalInfo());
    expect(connects).toEqual([]);

    const far = new URL('https://api.hubapi.example');
    const failed = failure(await make(far, { proxy: settings }).gateway.create('notes', NOTE));
    expect(failed).toMatchObject({ kind: 'network', surelyNotApplied: true });
    expect(connects).toHaveLength(1);
    expect(connects[0]).toMatch(/^CONNECT api\.hubapi\.example:443 /);
    expect(connects.join()).not.toContain(CANARY);

    failure(await make(new URL('https://no-such-host.invalid'), { proxy: { ...settings, no: '.invalid' } }).gateway.create('notes', NOTE));
    expect(connects).toHaveLength(1);
    proxy.close();
  });
});

describe('what is said of a failure', () => {
  test('scopes, category and correlation id, one clean line', async () => {
    const message = "This app hasn't been granted\u001b]52;c;eA==\u0007 all\n\tscopes \u202e!";
    server.handle = refusal(403, {
      message,
      category: 'MISSING_SCOPES',
      correlationId: 'aaaa-bbbb',
      errors: [{ context: { requiredGranularScopes: ['crm.objects.companies.read', 'tickets'] } }],
    });
    expect(failure(await make(server.base).gateway.portalInfo())).toEqual({
      kind: 'scope',
      status: 403,
      category: 'MISSING_SCOPES',
      correlationId: 'aaaa-bbbb',
      scopes: ['crm.objects.companies.read', 'tickets'],
      message: "This app hasn't been granted]52;c;eA== all scopes !",
      request: 'GET /account-info/v3/details',
      retryAt: null,
      surelyNotApplied: true,
    });
  });

  test('long messages are cut', async () => {
    server.handle = refusal(400, { message: '長'.repeat(5_000) });
    expect(failure(await make(server.base).gateway.portalInfo()).message).toHaveLength(300);
  });

  test('the log holds method and path, no query, and the start of what is no JSON', async () => {
    server.handle = raw(200, HTML, `<p>maintenance ${'x'.repeat(1_000)}`);
    const { gateway, log } = make(server.base);
    await gateway.list('companies', ['secret_name'], null, false);
    expect(log[0]).toMatchObject({ request: 'GET /crm/v3/objects/companies', attempt: 1, status: 200, failure: 'body' });
    expect(log[0]?.detail).toHaveLength(300);
    expect(log[4]?.attempt).toBe(5);
  });

  test('a path prefix of the base URL is kept', async () => {
    value(await make(new URL(`${server.base.origin}/proxy/hubspot`)).gateway.portalInfo());
    expect(server.seen[0]?.path).toBe('/proxy/hubspot/account-info/v3/details');
  });

  test('odd insides of a good outline are a failure, not a crash', async () => {
    server.handle = raw(200, {}, JSON.stringify({ results: [{ ...record('1'), propertiesWithHistory: { mrr: 5 } }] }));
    expect(failure(await make(server.base).gateway.read('companies', ['1'], [], ['mrr'])).kind).toBe('body');
    server.handle = raw(200, {}, `{"results":[{"id":"1","deep":${'['.repeat(1_000)}${']'.repeat(1_000)}}]}`);
    expect(failure(await make(server.base).gateway.read('companies', ['1'], [], [])).kind).toBe('body');
  });
});

describe('what validation refuses', () => {
  const refusedWith = async (body: unknown) => {
    server.handle = refusal(400, body);
    return failure(await make(server.base, { apiVersion: '2026-09' }).gateway.create('tasks', NOTE));
  };

  test.each([
    ['MISSING_CONDITIONAL_REQUIRED_PROPERTY', { propertyName: ['renewal_reason'] }],
    ['MISSING_REQUIRED_PROPERTY', { propertyName: 'renewal_reason' }],
    ['MISSING_REQUIRED_PROPERTY', { properties: ['renewal_reason'] }],
  ])('%s names the property: %j', async (code, context) => {
    const body = {
      category: 'VALIDATION_ERROR',
      message: 'Some required properties were not set.',
      errors: [{ code, message: 'x', context }],
    };
    expect(await refusedWith(body)).toMatchObject({
      kind: 'invalid',
      category: 'VALIDATION_ERROR',
      message: 'required by a rule of this portal: renewal_reason',
      surelyNotApplied: true,
    });
  });

  test('a list inside a message is told in words', async () => {
    const list = [
      { isValid: false, message: 'P0 was not one of the allowed options', error: 'INVALID_OPTION', name: 'hs_task_priority' },
      { isValid: false, error: 'INVALID_DATE', name: 'due' },
    ];
    expect(
      (await refusedWith({ category: 'VALIDATION_ERROR', message: `Property values were not valid: ${JSON.stringify(list)}` })).message,
    ).toBe('hs_task_priority: P0 was not one of the allowed options; due: INVALID_DATE');
  });

  test('a permission that a user lacks is told as HubSpot says it', async () => {
    const message = "Missing 'Edit Associations' permission.";
    expect(await refusedWith({ category: 'VALIDATION_ERROR', message })).toMatchObject({ kind: 'invalid', message });
  });
});

describe('pacing', () => {
  test('every try takes a token of its kind and lane, and what the headers say is learned', async () => {
    const takes: string[] = [];
    const learned: unknown[] = [];
    const holds: unknown[] = [];
    const pace: Pace = {
      take: async (kind, lane) => {
        takes.push(`${kind} ${lane}`);
        return 'go';
      },
      learn: (limits) => learned.push(limits),
      hold: (kind, ms) => holds.push([kind, ms]),
    };
    server.handle = ({ path }, response) => {
      const limits = { 'x-hubspot-ratelimit-max': '190', 'x-hubspot-ratelimit-interval-milliseconds': '10000' };
      const daily = { 'x-hubspot-ratelimit-daily': '625000', 'x-hubspot-ratelimit-daily-remaining': '600000' };
      if (!path.endsWith('search')) reply(response, 200, { portalId: 1 }, { ...limits, ...daily });
      else if (server.seen.length < 3) reply(response, 429, { policyName: 'SECONDLY' });
      else reply(response, 200, { total: 0, results: [] });
    };
    const { gateway } = make(server.base, { pace });
    value(await gateway.portalInfo());
    value(await gateway.search('companies', { filterGroups: [], properties: [], afterId: null, limit: 1 }, { lane: 'background' }));
    expect(takes).toEqual(['other interactive', 'search background', 'search background']);
    expect(learned[0]).toEqual({ max: 190, intervalMs: 10_000, dailyMax: 625_000, dailyRemaining: 600_000 });
    expect(learned[1]).toEqual({ max: null, intervalMs: null, dailyMax: null, dailyRemaining: null });
    expect(holds).toEqual([['search', 1_000]]);
  });

  test('a day that is nearly spent stops before anything is sent', async () => {
    const { gateway } = make(server.base, { pace: { ...freePace, take: async () => 'daily' } });
    expect(failure(await gateway.portalInfo({ lane: 'background' }))).toMatchObject({ kind: 'daily', status: null });
    expect(server.seen).toHaveLength(0);
  });
});
