/**
 * One HTTP exchange: a request goes out once, its whole answer or the reason why there is none comes back.
 *
 * Built on undici's dispatcher because it tells exactly when the first byte leaves (`onRequestStart`), which is what
 * decides whether a write may have been applied. Redirects are plain answers here, nothing is followed.
 */
import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';
import type { Dispatcher } from 'undici';
import { err, ok, type Result } from '../../units/result.ts';

const gunzipAsync = promisify(gunzip);

/** Bytes of one answer, packed or not. */
const ANSWER_LIMIT = 50 * 1024 * 1024;

export interface Timeouts {
  /** Until the connection stands, TLS included. */
  readonly connectMs: number;
  /** For the whole exchange after that. */
  readonly answerMs: number;
}

export const TIMEOUTS: Timeouts = { connectMs: 10_000, answerMs: 60_000 };

/** As in the environment; null where unset. */
export interface ProxySettings {
  readonly http: string | null;
  readonly https: string | null;
  readonly no: string | null;
}

export function proxyFromEnv(env: Readonly<Record<string, string | undefined>>): ProxySettings {
  const pick = (name: string) => env[name.toLowerCase()] || env[name] || null;
  return { http: pick('HTTP_PROXY'), https: pick('HTTPS_PROXY'), no: pick('NO_PROXY') };
}

export interface HttpRequest {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  readonly url: URL;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | null;
  /** A write goes over a connection of its own: an idle one that the server just closed would leave doubt. */
  readonly fresh: boolean;
}

export interface HttpAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly text: string;
}

/** `started` false: no byte of the request left this machine. */
export interface HttpFailure {
  readonly kind: 'network' | 'timeout' | 'aborted' | 'body';
  readonly started: boolean;
  /** The system's or undici's code (`ECONNREFUSED`, `UND_ERR_SOCKET`, `TOO_LARGE`), null where there is none. */
  readonly code: string | null;
}

export interface Http {
  send(request: HttpRequest, signal: AbortSignal): Promise<Result<HttpAnswer, HttpFailure>>;
  close(): void;
}

interface Raw {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
}

/** `base` decides whether a proxy is used: plain http goes to this machine only and never through a proxy. */
export function openHttp(base: URL, proxy: ProxySettings, timeouts: Timeouts): Http {
  const dispatchers = new Map<boolean, Promise<Dispatcher>>();
  let closed = false;
  const dispatcher = (fresh: boolean): Promise<Dispatcher> => {
    let found = dispatchers.get(fresh);
    if (!found) {
      found = makeDispatcher(base, proxy, timeouts, fresh);
      dispatchers.set(fresh, found);
    }
    return found;
  };
  return {
    async send(request, signal) {
      if (closed || signal.aborted) return err({ kind: 'aborted', started: false, code: null });
      let through: Dispatcher;
      try {
        through = await dispatcher(request.fresh);
      } catch {
        // The only thing that can be wrong here is the proxy's address.
        return err({ kind: 'network', started: false, code: 'BAD_PROXY' });
      }
      if (closed || signal.aborted) return err({ kind: 'aborted', started: false, code: null });
      const raw = await exchange(through, request, timeouts, signal);
      return raw.ok ? decode(raw.value) : raw;
    },
    close() {
      closed = true;
      for (const opening of dispatchers.values()) opening.then((open) => open.destroy()).catch(() => undefined);
    },
  };
}

async function makeDispatcher(base: URL, proxy: ProxySettings, timeouts: Timeouts, fresh: boolean): Promise<Dispatcher> {
  const options = {
    allowH2: false,
    connectTimeout: timeouts.connectMs,
    // Our own deadline covers the rest, also against a server that sends a byte now and then.
    headersTimeout: 0,
    bodyTimeout: 0,
    pipelining: fresh ? 0 : 1,
  };
  if (base.protocol === 'http:' || !(proxy.https ?? proxy.http)) {
    const { default: Agent } = await import('undici/lib/dispatcher/agent.js');
    return new Agent(options);
  }
  // The proxy agents work only within the whole of undici, which completes their classes.
  const { EnvHttpProxyAgent } = await import('undici');
  // Empty texts, not undefined, so that undici does not look at the environment by itself.
  return new EnvHttpProxyAgent({ ...options, httpProxy: proxy.http ?? '', httpsProxy: proxy.https ?? '', noProxy: proxy.no ?? '' });
}

const codeOf = (error: unknown): string | null => {
  if (typeof error !== 'object' || error === null) return null;
  if ('code' in error && typeof error.code === 'string' && /^[A-Z0-9_]{1,60}$/.test(error.code)) return error.code;
  return 'cause' in error ? codeOf(error.cause) : null;
};

const flat = (headers: Readonly<Record<string, string | string[] | undefined>>): Record<string, string> => {
  const result: Record<string, string> = {};
  for (const [name, value] of Object.entries(headers)) {
    if (value !== undefined) result[name.toLowerCase()] = Array.isArray(value) ? value.join(', ') : value;
  }
  return result;
};

function exchange(
  dispatcher: Dispatcher,
  request: HttpRequest,
  timeouts: Timeouts,
  signal: AbortSignal,
): Promise<Result<Raw, HttpFailure>> {
  return new Promise((resolve) => {
    let settled = false;
    let started = false;
    let controller: Dispatcher.DispatchController | null = null;
    let status = 0;
    let headers: Record<string, string> = {};
    let size = 0;
    const chunks: Buffer[] = [];

    const settle = (result: Result<Raw, HttpFailure>) => {
      if (settled) return;
      settled = true;
      clearTimeout(timer);
      signal.removeEventListener('abort', onAbort);
      resolve(result);
    };
    const stop = (kind: HttpFailure['kind'], code: string | null = null) => {
      settle(err({ kind, started, code }));
      controller?.abort(new Error(kind));
    };
    const onAbort = () => stop('aborted');
    signal.addEventListener('abort', onAbort);
    const timer = setTimeout(() => stop('timeout'), timeouts.connectMs + timeouts.answerMs);

    const handler: Dispatcher.DispatchHandler = {
      onRequestStart(control) {
        controller = control;
        // Given up while still connecting: nothing may leave any more.
        if (settled) control.abort(new Error('given up'));
        else started = true;
      },
      onResponseStart(_, code, received) {
        status = code;
        headers = flat(received);
      },
      onResponseData(_, chunk) {
        size += chunk.length;
        if (size > ANSWER_LIMIT) stop('body', 'TOO_LARGE');
        else chunks.push(chunk);
      },
      onResponseEnd() {
        settle(ok({ status, headers, body: Buffer.concat(chunks) }));
      },
      onResponseError(_, error) {
        const code = codeOf(error);
        settle(err({ kind: code === 'UND_ERR_CONNECT_TIMEOUT' ? 'timeout' : 'network', started, code }));
      },
    };
    try {
      dispatcher.dispatch(
        {
          origin: request.url.origin,
          path: request.url.pathname + request.url.search,
          method: request.method,
          headers: { ...request.headers, 'accept-encoding': 'gzip' },
          body: request.body,
        },
        handler,
      );
    } catch (error) {
      settle(err({ kind: 'network', started, code: codeOf(error) }));
    }
  });
}

async function decode(raw: Raw): Promise<Result<HttpAnswer, HttpFailure>> {
  const encoding = (raw.headers['content-encoding'] ?? 'identity').trim().toLowerCase();
  const bad = (code: string) => err({ kind: 'body' as const, started: true, code });
  let body = raw.body;
  if (encoding === 'gzip' || encoding === 'x-gzip') {
    try {
      body = await gunzipAsync(body, { maxOutputLength: ANSWER_LIMIT });
    } catch (error) {
      return bad(codeOf(error) ?? 'BAD_GZIP');
    }
  } else if (encoding !== 'identity' && encoding !== '') {
    return bad('BAD_ENCODING');
  }
  return ok({ status: raw.status, headers: raw.headers, text: body.toString('utf8') });
}
