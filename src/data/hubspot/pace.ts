/**
 * The port to the pacing bucket: who may send now. One bucket per portal is shared by all processes of the machine; its
 * SQLite form is in `store/`.
 */
import type { Lane } from './types.ts';

/** Search has a small limit of its own beside the portal's general one. */
export type PaceKind = 'search' | 'other';

/** What an answer's headers told of the portal's limits; null where the header was absent. */
export interface PortalLimits {
  /** Requests allowed per `intervalMs`. */
  readonly max: number | null;
  readonly intervalMs: number | null;
  readonly dailyMax: number | null;
  readonly dailyRemaining: number | null;
}

export interface Pace {
  /**
   * Resolves once one request may go out. `daily`: the day's quota is nearly spent and background work must stop;
   * `aborted`: the signal fired while waiting.
   */
  take(kind: PaceKind, lane: Lane, signal: AbortSignal): Promise<'go' | 'daily' | 'aborted'>;
  learn(limits: PortalLimits): void;
  /** HubSpot said 429: nobody on this machine sends this kind for `ms` milliseconds. */
  hold(kind: PaceKind, ms: number): void;
}
