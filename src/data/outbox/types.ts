/** What the outbox gives and takes at its door. */
import type { Instant } from '../../units/day.ts';
import type { NewRecord } from '../hubspot/types.ts';

export type { AttemptRecord, Because, OutboxRow, OutboxState } from '../store/outbox-rows.ts';

/** All waiting asks one clock, so that tests can shift or speed it. */
export interface Clock {
  now(): Instant;
  /** Resolves after `ms` of this clock, or as soon as `signal` aborts; never rejects. */
  sleep(ms: number, signal: AbortSignal): Promise<void>;
}

/** Nothing was kept: the text must stay with its writer. `length` and `limit` are characters of the final HTML. */
export type Refused =
  | { readonly kind: 'too_long'; readonly length: number; readonly limit: number }
  | { readonly kind: 'empty' }
  | { readonly kind: 'disk_full' }
  | { readonly kind: 'store'; readonly message: string };

export interface OutboxCounts {
  readonly held: number;
  readonly ready: number;
  readonly sending: number;
  readonly unknown: number;
  readonly needsYou: number;
  /** Unsent rows of other portals: never sent from here. */
  readonly elsewhere: number;
}

/** The request as it goes out, whole. */
export interface FrozenRequest {
  readonly operation: 'create';
  readonly object: 'notes' | 'tasks';
  readonly record: NewRecord;
}
