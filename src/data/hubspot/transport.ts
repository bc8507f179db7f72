/**
 * Sends requests to HubSpot: base URL, version, token, pacing, retries of reads, and what every answer means.
 *
 * A read is asked up to five times. A write goes out exactly once, whatever happens; its failure says whether anybody
 * can know that nothing was applied. Answers are judged here, before the generated client sees them: it gets successes
 * of the shape that the call needs, and nothing else.
 */
import type { Instant } from '../../units/day.ts';
import { err, ok, type Result } from '../../units/result.ts';
import { type Asked, makeFailure, plainLine, type Refusal, refused } from './failure.ts';
import { type Http, type HttpFailure, openHttp, type ProxySettings, TIMEOUTS, type Timeouts } from './http.ts';
import type { Pace, PortalLimits } from './pace.ts';
import { type ApiVersion, versionedPath } from './paths.ts';
import { READ_TRIES, waitBefore } from './retry.ts';
import type { ApiFailure, CallOptions, FailureKind, Lane } from './types.ts';

/** One exchange as the log may keep it: no body, no header, no query, no secret. */
export interface LogEntry {
  readonly at: Instant;
  /** Method and path without query. */
  readonly request: string;
  /** 1 for the first try. */
  readonly attempt: number;
  readonly ms: number;
  readonly status: number | null;
  /** Null where the answer was a success. */
  readonly failure: FailureKind | null;
  readonly correlationId: string | null;
  /** System code, or the first 300 characters of an answer that is no JSON, as one plain line. */
  readonly detail: string | null;
}

/** What an answer's headers say beside the answer. */
export interface Observed {
  /** HubSpot's clock minus ours, to a second or so; null where the answer has no readable date. */
  readonly skewMs: number | null;
  readonly limits: PortalLimits;
}

export interface TransportOptions {
  /** From `checkBaseUrl`. */
  readonly baseUrl: URL;
  readonly token: string;
  readonly apiVersion: ApiVersion;
  /** No socket is opened; every call answers `offline`. */
  readonly offline?: boolean;
  readonly pace: Pace;
  readonly now: () => Instant;
  /** 0 ≤ x < 1. */
  readonly random: () => number;
  /** Resolves after `ms`, or earlier where the signal fires. */
  readonly sleep: (ms: number, signal: AbortSignal) => Promise<void>;
  readonly log?: (entry: LogEntry) => void;
  /** Told of every answer's headers. */
  readonly observe?: (seen: Observed) => void;
  readonly timeouts?: Timeouts;
  readonly proxy: ProxySettings;
}

export interface Ask {
  readonly method: 'GET' | 'POST' | 'PATCH' | 'DELETE';
  /** Path with query as the generated client makes it (v3, v4), below the base URL. */
  readonly path: string;
  readonly body: string | null;
  /** A POST that only reads is a read. */
  readonly write: boolean;
  readonly search: boolean;
  /** Whether a 2xx body is what the call needs; anything else is a `body` failure. */
  readonly accepts: (json: unknown) => boolean;
  readonly options: CallOptions;
}

export interface Answer {
  readonly status: number;
  /** Undefined where the answer has no body. */
  readonly json: unknown;
  readonly text: string;
}

export interface Transport {
  send(ask: Ask): Promise<Result<Answer, ApiFailure>>;
  readonly counters: { readonly requests: number; readonly retried: number };
  close(): void;
}

/** What a header can carry. */
const TOKEN = /^[\x21-\x7e]+$/;
/** Certificates do not heal within seconds. */
const HOPELESS = /CERT|SELF_SIGNED|ERR_TLS|ERR_SSL|EPROTO|BAD_PROXY|INVALID_ARG/;
const USER_AGENT = 'kizashi';

const MESSAGES: Readonly<Record<HttpFailure['kind'], string>> = {
  network: 'no connection to HubSpot',
  timeout: 'HubSpot did not answer in time',
  aborted: 'the program is ending',
  body: 'the answer cannot be read',
};

export function createTransport(options: TransportOptions): Transport {
  const { token, now } = options;
  const http: Http = openHttp(options.baseUrl, options.proxy, options.timeouts ?? TIMEOUTS);
  const closing = new AbortController();
  const counters = { requests: 0, retried: 0 };

  const urlOf = (path: string): URL => {
    const [plain = '', query] = path.split('?', 2);
    const url = new URL(options.baseUrl);
    url.pathname = options.baseUrl.pathname.replace(/\/$/, '') + versionedPath(plain, options.apiVersion);
    url.search = query ?? '';
    return url;
  };

  /** One try. A refusal says how to go on; `again` is about reads. */
  async function attempt(ask: Ask, asked: Asked, url: URL, number: number, signal: AbortSignal): Promise<Result<Answer, Refusal>> {
    const lane: Lane = ask.options.lane ?? 'interactive';
    const final = (kind: FailureKind, message: string): Result<Answer, Refusal> =>
      err({ failure: makeFailure(asked, { kind, message, surelyNotApplied: true }), retryAfterMs: null, window: null, again: false });
    const turn = await options.pace.take(ask.search ? 'search' : 'other', lane, signal);
    if (turn === 'aborted' || signal.aborted) return final('aborted', MESSAGES.aborted);
    if (turn === 'daily') return final('daily', 'nine tenths of the daily request quota are used');

    if (number === 1) counters.requests += 1;
    else counters.retried += 1;
    const began = now();
    const headers: Record<string, string> = { authorization: `Bearer ${token}`, accept: 'application/json', 'user-agent': USER_AGENT };
    if (ask.body !== null) headers['content-type'] = 'application/json';
    const sent = await http.send({ method: ask.method, url, headers, body: ask.body, fresh: ask.write }, signal);
    const judged = sent.ok ? judge(ask, asked, sent.value) : lost(asked, sent.error);
    options.log?.({
      at: began,
      request: asked.request,
      attempt: number,
      ms: now() - began,
      status: sent.ok ? sent.value.status : null,
      failure: judged.ok ? null : judged.error.failure.kind,
      correlationId: judged.ok ? null : judged.error.failure.correlationId,
      detail: sent.ok ? unreadable(judged, sent.value.text) : sent.error.code,
    });
    return judged;
  }

  function judge(
    ask: Ask,
    asked: Asked,
    answer: { readonly status: number; readonly headers: Readonly<Record<string, string>>; readonly text: string },
  ): Result<Answer, Refusal> {
    const { status, headers, text } = answer;
    const limits: PortalLimits = {
      max: wholeNumber(headers['x-hubspot-ratelimit-max']),
      intervalMs: wholeNumber(headers['x-hubspot-ratelimit-interval-milliseconds']),
      dailyMax: wholeNumber(headers['x-hubspot-ratelimit-daily']),
      dailyRemaining: wholeNumber(headers['x-hubspot-ratelimit-daily-remaining']),
    };
    options.pace.learn(limits);
    options.observe?.({ skewMs: skewOf(headers.date, now()), limits });
    const json = parse(text);
    if (status < 200 || status > 299) {
      const refusal = refused(asked, status, headers, json, now());
      if (status === 429 && refusal.failure.kind === 'rate') {
        const otherwise = refusal.window === 'second' ? 1_000 : 2_000;
        options.pace.hold(ask.search ? 'search' : 'other', Math.min(refusal.retryAfterMs ?? otherwise, 10_000));
      }
      return err(refusal);
    }
    if (ask.accepts(json)) return ok({ status, json, text });
    const failure = makeFailure(asked, {
      kind: 'body',
      status,
      message: json === undefined ? `HTTP ${status} without the JSON it should carry` : `HTTP ${status} with an unexpected body`,
      surelyNotApplied: false,
    });
    return err({ failure, retryAfterMs: null, window: null, again: true });
  }

  function lost(asked: Asked, failure: HttpFailure): Result<never, Refusal> {
    const message = failure.code ? `${MESSAGES[failure.kind]} (${failure.code})` : MESSAGES[failure.kind];
    return err({
      failure: makeFailure(asked, { kind: failure.kind, message, surelyNotApplied: !failure.started }),
      retryAfterMs: null,
      window: null,
      again: failure.kind !== 'aborted' && !(failure.code && HOPELESS.test(failure.code)),
    });
  }

  // JSON of another shape is left out: it may hold a customer's data, and escapes inside it could hide a secret.
  const unreadable = (judged: Result<Answer, Refusal>, text: string): string | null =>
    !judged.ok && judged.error.failure.kind === 'body' && parse(text) === undefined ? plainLine(text, token) : null;

  async function send(ask: Ask): Promise<Result<Answer, ApiFailure>> {
    const url = urlOf(ask.path);
    const asked: Asked = { request: `${ask.method} ${url.pathname}`, write: ask.write, token };
    const refuse = (kind: FailureKind, message: string) => err(makeFailure(asked, { kind, message, surelyNotApplied: true }));
    if (options.offline) return refuse('offline', 'working offline');
    if (!TOKEN.test(token)) return refuse('auth', 'the access token holds characters that no token has');

    const signal = ask.options.signal ? AbortSignal.any([closing.signal, ask.options.signal]) : closing.signal;
    for (let number = 1; ; number += 1) {
      const result = await attempt(ask, asked, url, number, signal);
      if (result.ok) return result;
      const { failure } = result.error;
      const wait = ask.write || number === READ_TRIES ? null : waitBefore(result.error, number, options.random);
      if (wait === null) return err(failure);
      await options.sleep(wait, signal);
      if (signal.aborted) return refuse('aborted', MESSAGES.aborted);
    }
  }

  return {
    send,
    counters,
    close() {
      closing.abort();
      http.close();
    },
  };
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function wholeNumber(header: string | undefined): number | null {
  if (header === undefined || !/^\d{1,12}$/.test(header.trim())) return null;
  return Number(header);
}

/** A `Date` header is cut to the second, so that half a second is added. */
function skewOf(date: string | undefined, now: Instant): number | null {
  const theirs = date === undefined ? Number.NaN : Date.parse(date);
  return Number.isNaN(theirs) ? null : theirs + 500 - now;
}
