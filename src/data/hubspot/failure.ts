/** What an answer that is not a success means, built from an allow-list: nothing else of a body or header is kept. */
import type { Instant } from '../../units/day.ts';
import type { ApiFailure, FailureKind } from './types.ts';

const MESSAGE_LENGTH = 300;
const PLAIN_WORD = /^[\w.:-]{1,120}$/;
// Token shapes, in case a body echoes another secret than ours.
const SECRETS = /\b(?:Bearer\s+\S+|pat-[a-z0-9]+-[0-9a-f-]{8,}|(?:access_token|refresh_token|client_secret|hapikey)["'=:\s]+[^\s"'&,}]+)/gi;
const INVISIBLE =
  /[\u0000-\u001f\u007f-\u009f\u00ad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]|[\u{e0000}-\u{e007f}]/gu;

/** One line of plain text, no control or direction characters, no secrets, at most `length` characters. */
export function plainLine(text: string, token: string, length = MESSAGE_LENGTH): string {
  const hide = (line: string) => (token === '' ? line : line.replaceAll(token, '[token]'));
  const line = hide(text)
    .slice(0, 20 * length)
    .toWellFormed()
    .replace(/\s+/g, ' ')
    .replace(INVISIBLE, '')
    .trim();
  // Once more: what was between its halves may be gone now.
  const safe = hide(line).replace(SECRETS, '[secret]');
  return safe.length > length ? `${safe.slice(0, length - 1).toWellFormed()}…` : safe;
}

/** What a request was, in words for messages and the log, and whether a failure leaves doubt. */
export interface Asked {
  /** Method and path without query. */
  readonly request: string;
  readonly write: boolean;
  readonly token: string;
}

export interface FailureParts {
  readonly kind: FailureKind;
  readonly message: string;
  readonly surelyNotApplied: boolean;
  readonly status?: number;
  readonly category?: string | null;
  readonly correlationId?: string | null;
  readonly scopes?: readonly string[];
  readonly required?: readonly string[];
  readonly retryAt?: Instant | null;
}

export function makeFailure(asked: Asked, parts: FailureParts): ApiFailure {
  return {
    kind: parts.kind,
    status: parts.status ?? null,
    category: parts.category ?? null,
    correlationId: parts.correlationId ?? null,
    scopes: parts.scopes ?? [],
    ...(parts.required && parts.required.length > 0 ? { required: parts.required } : {}),
    message: plainLine(parts.message, asked.token),
    request: asked.request,
    retryAt: parts.retryAt ?? null,
    surelyNotApplied: !asked.write || parts.surelyNotApplied,
  };
}

/** A failure with what the retry rule needs beside it. */
export interface Refusal {
  readonly failure: ApiFailure;
  /** `Retry-After` in milliseconds, where HubSpot gave one. */
  readonly retryAfterMs: number | null;
  /** The window that a 429 names. */
  readonly window: 'second' | 'ten_seconds' | null;
  /** Whether a read may be asked again at all. */
  readonly again: boolean;
}

const isObject = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null && !Array.isArray(value);

/** `Retry-After` as seconds or as an HTTP date. */
export function retryAfter(header: string | undefined, now: Instant): number | null {
  if (!header) return null;
  const text = header.trim();
  if (/^\d{1,9}(?:\.\d+)?$/.test(text)) return Math.ceil(Number(text) * 1000);
  const date = Date.parse(text);
  return Number.isNaN(date) ? null : Math.max(0, date - now);
}

function kindOf(status: number, body: Record<string, unknown> | null, daily: boolean): FailureKind {
  if (status === 401) return 'auth';
  if (status === 429) return daily ? 'daily' : 'rate';
  if (status >= 500 || status === 408 || status === 423 || status === 477) return 'server';
  // A page of a proxy or firewall says nothing about scopes or records.
  if (!body) return 'body';
  if (status === 403) return 'scope';
  if (status === 404) return 'not_found';
  return status >= 400 ? 'invalid' : 'body';
}

/** The refusal that a non-2xx answer is. `json` is the parsed body, undefined where it was no JSON. */
export function refused(asked: Asked, status: number, headers: Readonly<Record<string, string>>, json: unknown, now: Instant): Refusal {
  const body = isObject(json) ? json : null;
  const word = (value: unknown): string | null =>
    typeof value === 'string' && PLAIN_WORD.test(value) && !value.includes(asked.token) ? value : null;
  const said = body === null ? '' : saidOf(body);
  const policy = `${word(body?.policyName) ?? ''} ${said}`;
  const kind = kindOf(status, body, /\bdaily\b/i.test(policy));
  const retryAfterMs = retryAfter(headers['retry-after'], now);
  // Refused before anything was executed: every 4xx except a request that the server gave up reading.
  const surelyNotApplied = status >= 400 && status < 500 && status !== 408;
  const failure = makeFailure(asked, {
    kind,
    status,
    category: word(body?.category),
    correlationId: word(body?.correlationId) ?? word(headers['x-hubspot-correlation-id']),
    scopes: kind === 'scope' && body ? scopesOf(body, word) : [],
    required: kind === 'invalid' && body ? requiredOf(body, word) : [],
    message: said || (status >= 300 && status < 400 ? `HTTP ${status}, a redirect that is not followed` : `HTTP ${status}`),
    retryAt: retryAfterMs === null ? null : ((now + retryAfterMs) as Instant),
    surelyNotApplied,
  });
  const again = kind === 'rate' || kind === 'server' || (kind === 'body' && status >= 400);
  return { failure, retryAfterMs, again, window: windowOf(policy) };
}

/** Codes of the write validation that dated paths enforce where an admin has made rules. */
const REQUIRED = /^MISSING_(?:CONDITIONAL_)?REQUIRED_PROPERTY$/;
const VALUES_WRONG = /^Property values were not valid: (\[.*\])$/s;

/** HubSpot's message; of a validation error the properties at fault, which its message hides in JSON or leaves to `errors`. */
function saidOf(body: Record<string, unknown>): string {
  const said = typeof body.message === 'string' ? body.message : '';
  const errors = (Array.isArray(body.errors) ? body.errors : []).filter(isObject);
  const required = errors.filter(({ code }) => typeof code === 'string' && REQUIRED.test(code)).flatMap(({ context }) => namesIn(context));
  if (required.length > 0) return `required by a rule of this portal: ${[...new Set(required)].join(', ')}`;
  const wrong = VALUES_WRONG.exec(said)?.[1];
  return (wrong === undefined ? null : wrongValues(wrong)) ?? said;
}

/** `{propertyName: "x"}`, `{propertyName: ["x"]}`, `{properties: ["x"]}`: all are seen. */
function namesIn(context: unknown): string[] {
  if (!isObject(context)) return [];
  return [context.propertyName, context.properties].flat().filter((name): name is string => typeof name === 'string');
}

/** `[{"name": …, "message": …}]` as `name: message; …`; null where it is no such list. */
function wrongValues(json: string): string | null {
  try {
    const list: unknown = JSON.parse(json);
    if (!Array.isArray(list)) return null;
    const parts = list.filter(isObject).map(({ name, message, error }) => `${String(name)}: ${String(message ?? error)}`);
    return parts.length === 0 ? null : parts.join('; ');
  } catch {
    return null;
  }
}

function windowOf(policy: string): Refusal['window'] {
  if (/ten_?secondly/i.test(policy)) return 'ten_seconds';
  return /secondly/i.test(policy) ? 'second' : null;
}

/** The keys that HubSpot has used over the years; all mean "one of these". */
const SCOPE_KEYS = ['requiredGranularScopes', 'requiredScopes', 'missingScopes'] as const;

function scopesOf(body: Record<string, unknown>, word: (value: unknown) => string | null): string[] {
  const contexts = [body, ...(Array.isArray(body.errors) ? body.errors : [])].map((part) => (isObject(part) ? part.context : null));
  const found = new Set<string>();
  for (const context of contexts) {
    if (!isObject(context)) continue;
    for (const key of SCOPE_KEYS) {
      const scopes = context[key];
      if (!Array.isArray(scopes)) continue;
      for (const scope of scopes) {
        const plain = word(scope);
        if (plain) found.add(plain);
      }
    }
  }
  return [...found];
}

/** Properties without which the portal refuses the record: named one by one, or as a list. */
function requiredOf(body: Record<string, unknown>, word: (value: unknown) => string | null): string[] {
  const found = new Set<string>();
  for (const error of Array.isArray(body.errors) ? body.errors : []) {
    if (!isObject(error) || !isObject(error.context) || !/REQUIRED_PROPERT/i.test(`${error.code ?? ''} ${error.subCategory ?? ''}`))
      continue;
    for (const value of Object.values(error.context).flat()) {
      const plain = word(value);
      if (plain) found.add(plain);
    }
  }
  return [...found];
}
