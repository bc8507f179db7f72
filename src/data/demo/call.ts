/** One request as the handlers see it, their answer, and the error bodies of the API. */
import { randomUUID } from 'node:crypto';
import type { Instant } from '../../units/day.ts';
import type { Change } from './apply.ts';
import type { SearchIndex } from './search-index.ts';
import type { PortalState } from './state.ts';

export type ApiVersion = 'v3' | 'v4' | '2026-09';

export interface World {
  readonly portal: PortalState;
  readonly index: SearchIndex;
  /** Links hidden from association reads for a while after they were made. */
  readonly hiddenLinks: { hides(fromType: string, from: string, toType: string, to: string): boolean };
  readonly associationPageSize: number;
  /** Base of the server's own links. */
  readonly url: string;
  now(): Instant;
  /** Applies the changes and keeps them; they are on disk when it returns. */
  commit(changes: readonly Change[]): void;
  newId(): string;
  /** 0 ≤ x < 1; the same sequence in every run. */
  random(): number;
}

export interface Call {
  readonly world: World;
  readonly version: ApiVersion;
  readonly params: Readonly<Record<string, string>>;
  readonly query: URLSearchParams;
  readonly body: unknown;
  /** Length of the body in characters. */
  readonly bodyLength: number;
}

export interface Reply {
  readonly status: number;
  /** Undefined: no body at all. */
  readonly body?: unknown;
}

/** A refusal on the way through a handler, with the body that tells it. */
export class Refusal extends Error {
  readonly status: number;
  readonly body: Readonly<Record<string, unknown>>;

  constructor(status: number, category: string, message: string, more: Readonly<Record<string, unknown>> = {}) {
    super(message);
    this.status = status;
    this.body = errorBody(category, message, more);
  }
}

export const errorBody = (category: string, message: string, more: Readonly<Record<string, unknown>> = {}): Record<string, unknown> => ({
  status: 'error',
  message,
  correlationId: randomUUID(),
  ...more,
  category,
});

export const invalid = (message: string, more: Readonly<Record<string, unknown>> = {}): Refusal =>
  new Refusal(400, 'VALIDATION_ERROR', message, more);

export const notFound = (message = 'resource not found'): Refusal => new Refusal(404, 'OBJECT_NOT_FOUND', message);

/** The body as an object; anything else is refused. */
export function objectBody(call: Call): Readonly<Record<string, unknown>> {
  return asObject(call.body, 'body');
}

export function asObject(value: unknown, what: string): Readonly<Record<string, unknown>> {
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as Readonly<Record<string, unknown>>;
  throw invalid(`Invalid input JSON: ${what} must be an object`);
}

export function asList(value: unknown, what: string): readonly unknown[] {
  if (value === undefined || value === null) return [];
  if (Array.isArray(value)) return value;
  throw invalid(`Invalid input JSON: ${what} must be a list`);
}

/** Ids come as strings, now and then as numbers. */
export function asText(value: unknown, what: string): string {
  if (typeof value === 'string') return value;
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  throw invalid(`Invalid input JSON: ${what} must be a string`);
}

export const asTexts = (value: unknown, what: string): readonly string[] => asList(value, what).map((item) => asText(item, what));

/** A query list: repeated parameters and comma-joined values alike. */
export const queryList = (query: URLSearchParams, name: string): readonly string[] =>
  query
    .getAll(name)
    .flatMap((value) => value.split(','))
    .map((value) => value.trim())
    .filter((value) => value !== '');

export function queryLimit(query: URLSearchParams, fallback: number, max: number): number {
  const text = query.get('limit');
  if (text === null) return fallback;
  const limit = Number(text);
  if (!Number.isInteger(limit) || limit < 1) throw invalid(`Invalid limit: ${text}`);
  if (limit > max) throw invalid(`Invalid limit: ${limit} is more than the maximum of ${max}`);
  return limit;
}

/** Opaque cursors: the last id, wrapped, so that nobody takes it for a number (and has to encode it in a URL). */
export const cursorOf = (id: string): string => Buffer.from(`after:${id}`).toString('base64');

export function readCursor(cursor: string | null): number {
  if (cursor === null) return Number.NEGATIVE_INFINITY;
  const match = /^after:(\d+)$/.exec(Buffer.from(cursor, 'base64').toString('utf8'));
  if (!match) throw invalid(`Invalid after: ${cursor}`);
  return Number(match[1]);
}

export function shuffle<T>(items: T[], random: () => number): T[] {
  for (let last = items.length - 1; last > 0; last -= 1) {
    const other = Math.floor(random() * (last + 1));
    const kept = items[last] as T;
    items[last] = items[other] as T;
    items[other] = kept;
  }
  return items;
}
