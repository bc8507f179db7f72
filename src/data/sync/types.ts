/** What a sync is asked, what it needs, and what it tells. */
import type { Mapping } from '../../settings/mapping.ts';
import type { Instant } from '../../units/day.ts';
import type { ApiFailure, Gateway, Lane } from '../hubspot/types.ts';
import type { Cache } from '../store/cache.ts';
import type { ObjectCounts } from '../store/sync-state.ts';
import type { Notices, Scope, Unavailable } from '../store/types.ts';

export interface SyncPorts {
  readonly gateway: Gateway;
  readonly cache: Cache;
  readonly now: () => Instant;
}

/**
 * `portal` definitions and owners · `companies` the book's companies · `changes` what changed since the last sync ·
 * `links` what hangs on which company · `records` those records.
 */
export type SyncPhase = 'portal' | 'companies' | 'changes' | 'links' | 'records';

/** Records done and to do in the phase; `total` null until known. `secondsLeft` is of the phase, null until it can be told. */
export interface SyncProgress {
  readonly phase: SyncPhase;
  readonly done: number;
  readonly total: number | null;
  readonly secondsLeft: number | null;
}

export interface SyncOptions {
  readonly mapping: Mapping;
  /** An owner id, or `all`. */
  readonly scope: Scope;
  /** Read everything again. */
  readonly full?: boolean;
  readonly lane?: Lane;
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: SyncProgress) => void;
  /**
   * `changes` what changed, or everything the first time · `census` the daily census where it is due, nothing otherwise ·
   * `both` (default) the one and then the other.
   */
  readonly part?: 'changes' | 'census' | 'both';
  /** Lets companies leave the book however many they are. */
  readonly accept?: boolean;
  /** Asked between pages: whether to stop here and leave the rest for another call. */
  readonly pause?: () => boolean;
  /** Awaited after pages of a book's first load: there are more rows to show. */
  readonly onRows?: () => Promise<void>;
}

export interface SyncOutcome {
  readonly mode: 'full' | 'incremental';
  /** Requests of this call but its census', retries not counted; a sync that was cut off before has spent its own. */
  readonly requests: number;
  readonly retried: number;
  readonly durationMs: number;
  /** By object type, over the whole sync, including what was done before it was cut off. */
  readonly objects: Readonly<Record<string, ObjectCounts>>;
  /** Object types that could not be read; their old rows are kept. */
  readonly unavailable: readonly Unavailable[];
  /** What stopped it, or the first refusal that an object met; null when all went well. */
  readonly problem: ApiFailure | null;
  /** False when it stopped early: all that landed is kept, the next sync goes on from there. */
  readonly complete: boolean;
  /** The daily census; null where none was due or asked for. */
  readonly census: { readonly requests: number; readonly complete: boolean } | null;
  readonly notices: Notices;
}

/** Another process, or this one, is syncing this profile. */
export interface SyncBusy {
  readonly kind: 'busy';
}
