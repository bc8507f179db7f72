/** What an input reads off an account's facts, and what it may ask for. */
import type { Account, FeedId, SourceRef, UsageFact } from '../account.ts';
import type { Tier } from '../policy.ts';
import { addDays, type Day, type Month } from '../units/day.ts';
import type { Money } from '../units/money.ts';
import type { Mention } from './mentions.ts';
import type { Peers } from './peers.ts';
import type { EvidenceValues, FeedState } from './types.ts';

/** A value of an input; `quiet` says that the account is mapped and the feed alive, but nothing happened. */
export interface Value {
  readonly state: 'ok' | 'zero';
  /** In the input's unit. */
  readonly value: number;
  /** The day that the value is about, where it is one day. */
  readonly valueAt: Day | null;
  readonly source: SourceRef | null;
  /** Days since the event, for signals that decay; 0 where the value is of now. */
  readonly ageDays: number;
  readonly evidence: EvidenceValues;
}

export interface Missing {
  readonly state: Exclude<FeedState, 'ok' | 'zero'> | 'insufficient';
  readonly because: string;
}

export type Reading = Value | Missing;

export const isMissing = (reading: Reading): reading is Missing => !('value' in reading);

/** The account's revenue as it was known on the day of a reading. */
export interface RevenueReading {
  readonly currency: string;
  /** In another currency than the portal's. */
  readonly foreign: boolean;
  /** The month that revenue works with. */
  readonly month: Month;
  /** Month of the oldest record. */
  readonly firstRecord: Month | null;
  /** Mapped, else the first day of the first month with MRR. */
  readonly contractStart: Day | null;
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

/** A usage row with its last day. */
export interface UsageRow {
  readonly fact: UsageFact;
  readonly end: Day;
}

export interface ReadingContext {
  /** The day as of which facts count; while a feed is frozen, the last day on which it spoke. */
  readonly asOf: Day;
  readonly revenue: RevenueReading;
  readonly tier: Tier | null;
  /** The policy's notice period, where the contract names none. */
  readonly noticeDays: number;
  /** The rule's half-life, for inputs that are means. */
  readonly halfLifeDays: number | null;
  /** By last day, newest first. */
  readonly usage: readonly UsageRow[];
  /** The plan that the account is on, among whose accounts it is compared. */
  readonly plan: string | null;
  readonly peers: Peers;
  /** Hours in which a ticket should be solved, where the policy says. */
  readonly resolutionHours: number | null;
  readonly keyFeatures: readonly string[];
  readonly pulses: readonly Pulse[];
  mentions(topic: string): readonly Mention[];
  speaks(feed: FeedId): boolean;
}

/** What can be told of an account from its own facts alone. */
export type OwnContext = Pick<ReadingContext, 'asOf' | 'revenue' | 'usage'>;

/**
 * One thing that can be said of an account, in one number.
 * `feeds`: what it rests on, the first being the one that a missing signal is put down to.
 */
export interface Input {
  readonly feeds: readonly FeedId[];
  /** One living feed is enough; else all are needed. */
  readonly anyFeed?: boolean;
  /** The rule's half-life weights the mean inside the input, and does not decay the severity. */
  readonly weighsByAge?: boolean;
  read(account: Account, context: ReadingContext): Reading;
}

export const insufficient = (because: string): Missing => ({ state: 'insufficient', because });
export const notApplicable = (because: string): Missing => ({ state: 'n/a', because });

export interface ValueDetails {
  readonly at?: Day | null;
  readonly source?: SourceRef | null;
  readonly ageDays?: number;
  readonly zero?: boolean;
}

export const reading = (value: number, evidence: EvidenceValues, details: ValueDetails = {}): Value => ({
  state: details.zero ? 'zero' : 'ok',
  value,
  valueAt: details.at ?? null,
  source: details.source ?? null,
  ageDays: details.ageDays ?? 0,
  evidence,
});

/** `day` − `days`. */
export const daysAgo = (day: Day, days: number): Day => addDays(day, -days);

/** The account's usage rows by their last day, newest first; the order of the facts does not matter. */
export function usageRows(account: Account): readonly UsageRow[] {
  return account.usage
    .map((fact) => ({ fact, end: daysAgo(fact.validAt, 1 - fact.days) }))
    .sort((a, b) => (a.end === b.end ? (a.fact.source.id < b.fact.source.id ? -1 : 1) : a.end < b.end ? 1 : -1));
}
