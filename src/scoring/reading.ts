/** What an input reads off an account's facts, and what it may ask for. */

import type { FeedId, SourceRef } from '../account.ts';
import type { Incident, Tier } from '../policy.ts';
import type { EvidenceValues } from '../text/evidence.ts';
import { addDays, type Day, type Month, serialOf } from '../units/day.ts';
import type { Money } from '../units/money.ts';
import { type Column, type Facts, pastValue } from './facts.ts';
import type { Mention } from './mentions.ts';
import type { Peers } from './peers.ts';
import type { Missing } from './types.ts';

/** What is said of a value. */
export interface Told {
  readonly evidence: EvidenceValues;
  /** The day that the value is about, where it is one day. */
  readonly at?: Day | null;
  readonly source?: SourceRef | null;
}

/** A value of an input; `zero` says that the account is mapped and the feed alive, but nothing happened. */
export interface Value {
  readonly state: 'ok' | 'zero';
  /** In the input's unit. */
  readonly value: number;
  /** Days since the event, for signals that decay; 0 where the value is of now. */
  readonly ageDays: number;
  /** Put into words only where somebody reads it: most values of a book fire on nobody. */
  readonly tell: () => Told;
}

export type Reading = Value | Missing;

export const isMissing = (reading: Reading): reading is Missing => reading.state !== 'ok' && reading.state !== 'zero';

/** The account's revenue as it was known on the days between two records. */
export interface RevenueReading {
  readonly currency: string;
  /** In another currency than the portal's. */
  readonly foreign: boolean;
  /** The month that revenue works with. */
  readonly month: Month;
  /** Month of the oldest record. */
  readonly firstRecord: Month | null;
  /** The first day of the first month with MRR. */
  readonly firstPaid: Day | null;
  /** In `month`. */
  readonly mrr: Money | null;
  readonly seats: number | null;
  /** Readings that nothing but the revenue decides about, kept for as long as it stands. */
  readonly readings: ReadonlyMap<Input, Reading>;
  /** Null where unknown, 0 where there is no record. */
  mrrIn(month: Month): Money | null;
  productsIn(month: Month): ReadonlyMap<string | null, Money>;
  seatsIn(month: Month): number | null;
}

/** A success manager's own view, entered on this machine. */
export interface Pulse {
  readonly on: Day;
  /** −8 … +12. */
  readonly points: number;
  readonly because: string;
}

export interface ReadingContext {
  /** The day as of which facts count; while a feed is frozen, the last day on which it spoke. */
  readonly asOf: Day;
  /** The same. */
  readonly on: number;
  readonly revenue: RevenueReading;
  readonly tier: Tier | null;
  /** The policy's notice period, where the contract names none. */
  readonly noticeDays: number;
  /** The plan that the account is on, among whose accounts it is compared. */
  readonly plan: string | null;
  readonly peers: Peers;
  /** Hours in which a ticket should be solved, where the policy says. */
  readonly resolutionHours: number | null;
  readonly keyFeatures: readonly string[];
  readonly incidents: readonly Incident[];
  readonly pulses: readonly Pulse[];
  mentions(topic: string): Column<Mention>;
  speaks(feed: FeedId): boolean;
}

/** What can be told of an account from its own facts alone. */
export type OwnContext = Pick<ReadingContext, 'asOf' | 'on' | 'revenue'>;

interface Rests {
  readonly feeds: readonly FeedId[];
  /** One living feed is enough; else all are needed. */
  readonly anyFeed?: boolean;
  /** The rule's half-life weights the mean inside the input, and does not decay the severity. */
  readonly weighsByAge?: boolean;
}

/** Nothing but the revenue decides: read once for as long as that stands. */
export interface RevenueInput extends Rests {
  readonly ofRevenue: true;
  read(facts: Facts, context: Pick<ReadingContext, 'revenue'>): Reading;
}

/**
 * One thing that can be said of an account, in one number.
 * `feeds`: what it rests on, the first being the one that a missing signal is put down to.
 */
export type Input =
  | RevenueInput
  | (Rests & {
      readonly ofRevenue?: never;
      /** `halfLifeDays`: the rule's, for inputs that weigh by age. */
      read(facts: Facts, context: ReadingContext, halfLifeDays: number | null): Reading;
    });

export const insufficient = (because: string): Missing => ({ state: 'insufficient', because });
export const notApplicable = (because: string): Missing => ({ state: 'n/a', because });

/** `zero`: the feed is alive and nothing happened. */
export const reading = (value: number, tell: () => Told, ageDays = 0, zero = false): Value => ({
  state: zero ? 'zero' : 'ok',
  value,
  ageDays,
  tell,
});

/** Of a value about which there is nothing more to say. */
export const plainly = (): Told => ({ evidence: {} });

/** `day` − `days`. */
export const daysAgo = (day: Day, days: number): Day => addDays(day, -days);

/** Mapped, else the first day of the first month with MRR; null where neither is known. */
export function contractStartOn({ past }: Facts, { on, revenue }: OwnContext): number | null {
  const start = pastValue(past.contractStart, on) ?? revenue.firstPaid;
  return start && serialOf(start);
}
