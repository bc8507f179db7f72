/** What a sender and its two halves, looks and attempts, work with. */
import type { Gateway } from '../hubspot/types.ts';
import type { Db } from '../store/driver.ts';
import type { Random } from './ids.ts';
import type { Clock } from './types.ts';

export interface SenderParts {
  readonly db: Db;
  readonly gateway: Gateway;
  readonly clock: Clock;
  readonly random: Random;
  readonly portalId: string;
  /** The portal's zone (IANA name): its day's quota begins at midnight there. */
  readonly timeZone: string;
  readonly changed: () => void;
}
