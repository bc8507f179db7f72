/** Rows of the store as they are read back. */
import type { Instant } from '../../units/day.ts';

/** A HubSpot record as stored: raw values, with the instant at which a sync first saw it. */
export interface StoredRecord {
  readonly object: string;
  readonly id: string;
  readonly properties: Readonly<Record<string, string | null>>;
  /** By property, any order. */
  readonly history: Readonly<Record<string, readonly { readonly value: string; readonly timestamp: Instant }[]>>;
  readonly createdAt: Instant;
  readonly updatedAt: Instant;
  readonly firstSeenAt: Instant;
}

/** A company with every live record that hangs on it. */
export interface RawAccount {
  readonly company: StoredRecord;
  readonly mrr: readonly StoredRecord[];
  readonly usage: readonly StoredRecord[];
  readonly tickets: readonly StoredRecord[];
  readonly contacts: readonly StoredRecord[];
  readonly feedback: readonly StoredRecord[];
  readonly notes: readonly StoredRecord[];
  readonly tasks: readonly StoredRecord[];
  readonly calls: readonly StoredRecord[];
  readonly meetings: readonly StoredRecord[];
  readonly emails: readonly StoredRecord[];
  readonly deals: readonly StoredRecord[];
}
