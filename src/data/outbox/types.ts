/** What the outbox gives and takes at its door. */

import type { ActivityObject, PropertyChange } from '../../plays/intent.ts';
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
  /** Of the record that it changes or takes back, nothing is known here (any more). */
  | { readonly kind: 'no_target' }
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

/** The record that a change goes to: one that HubSpot has, or what another row makes (known once that row is sent). */
export type RequestTarget = { readonly id: string } | { readonly row: string };

export interface FrozenCreate {
  readonly operation: 'create';
  readonly object: ActivityObject;
  readonly record: NewRecord;
  /** The property that HubSpot keeps unique and that carries the marker; absent: the text carries it. */
  readonly uniqueProperty?: string;
}

export interface FrozenChange extends PropertyChange {
  /** What HubSpot held right before the first attempt: what undoing goes back to. */
  readonly found?: string | null;
}

export interface FrozenUpdate {
  readonly operation: 'update';
  readonly object: 'companies' | ActivityObject;
  readonly target: RequestTarget;
  readonly changes: readonly FrozenChange[];
}

export interface FrozenArchive {
  readonly operation: 'archive';
  readonly object: ActivityObject;
  readonly target: RequestTarget;
}

/** The request as it goes out, whole. */
export type FrozenRequest = FrozenCreate | FrozenUpdate | FrozenArchive;
