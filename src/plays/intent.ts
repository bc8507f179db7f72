/** What a person wants HubSpot to hold. An intent is complete: the outbox sends it as it is, days later if need be. */
import type { Day, Instant } from '../units/day.ts';

export interface NoteIntent {
  readonly kind: 'note';
  readonly companyId: string;
  readonly body: string;
  /** When it happened. */
  readonly at: Instant;
  readonly ownerId: string | null;
}

export interface TaskIntent {
  readonly kind: 'task';
  readonly companyId: string;
  readonly subject: string;
  readonly body: string;
  readonly due: Day;
  readonly priority: 'LOW' | 'MEDIUM' | 'HIGH' | 'NONE';
  readonly type: 'TODO' | 'CALL' | 'EMAIL';
  readonly ownerId: string | null;
}

export type Intent = NoteIntent | TaskIntent;

/** HubSpot's limit for an activity's body. */
export const BODY_LIMIT = 65_536;
