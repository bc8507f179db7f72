/** What scoring gives back: a receipt that can be re-added by hand, and the row figures that follow from it. */
import type { FeedId, SourceRef } from '../account.ts';
import type { Band, SignalGroup, Stratum } from '../policy.ts';
import type { Day, Month } from '../units/day.ts';
import type { Money } from '../units/money.ts';

/** `ok` data · `zero` feed alive, account mapped, nothing happened · `unmatched` account never seen in the feed · `stale` the feed is silent for everybody · `n/a` does not apply or not connected. */
export type FeedState = 'ok' | 'zero' | 'unmatched' | 'stale' | 'n/a';

/** Where something was said; what a success manager thinks. */
export type EvidenceWord =
  | 'ticket'
  | 'survey'
  | 'note'
  | 'call'
  | 'meeting'
  | 'email'
  | 'task'
  | 'deal'
  | 'healthy'
  | 'neutral'
  | 'at_risk'
  | 'feed_may_have_stopped';

/** A value that an evidence template shows; formatted per language by the book. */
export type EvidenceValue =
  | { readonly kind: 'number'; readonly value: number; readonly digits?: number }
  /** A fraction: 0.31 is shown as "31%", −0.063 as "−6.3%" where `digits` is 1. */
  | { readonly kind: 'percent'; readonly value: number; readonly digits?: number }
  | { readonly kind: 'money'; readonly value: Money; readonly currency: string }
  | { readonly kind: 'day'; readonly value: Day }
  | { readonly kind: 'month'; readonly value: Month }
  /** Raw text from outside. */
  | { readonly kind: 'text'; readonly value: string }
  /** One of our own words, in the language of whoever reads it. */
  | { readonly kind: 'word'; readonly value: EvidenceWord };

export type EvidenceValues = Readonly<Record<string, EvidenceValue>>;

export interface ReceiptLine {
  readonly signal: string;
  readonly input: string;
  readonly value: number;
  readonly valueAt: Day | null;
  readonly source: SourceRef | null;
  readonly from: number;
  readonly to: number;
  /** 0–1, after decay. */
  readonly severity: number;
  /** Unrounded; 0 where dismissed. */
  readonly points: number;
  readonly evidence: EvidenceValues;
  readonly dismissed: boolean;
}

export interface ReceiptGroup {
  readonly group: SignalGroup;
  readonly cap: number;
  /** Sum of the lines. */
  readonly uncapped: number;
  /** After floor and cap. */
  readonly points: number;
  readonly lines: readonly ReceiptLine[];
}

export interface MissingSignal {
  readonly signal: string;
  readonly feed: FeedId;
  readonly state: Exclude<FeedState, 'ok' | 'zero'> | 'insufficient';
  /** Machine word or the name of a missing scope. */
  readonly because: string;
}

export interface Override {
  readonly id: 'notice_given' | 'cancellation_ticket' | 'bankruptcy';
  readonly floor: number | null;
  readonly because: string;
}

/** base + Σ groups.points = unclipped; clipped to 0–100, raised to an override's floor = total; rounded = risk. */
export interface Receipt {
  readonly asOf: Day;
  readonly base: number;
  readonly groups: readonly ReceiptGroup[];
  readonly overrides: readonly Override[];
  readonly unclipped: number;
  readonly floored: boolean;
  readonly total: number;
  readonly risk: number;
  readonly missing: readonly MissingSignal[];
}

export interface Score {
  /** Worked out anew each time it is asked for: a book has far more scores than anybody opens. */
  readonly receipt: Receipt;
  /** As on the receipt. */
  readonly risk: number;
  readonly total: number;
  readonly unclipped: number;
  /** Points by group in which a signal fires, after floor and cap. */
  readonly groups: Readonly<Partial<Record<SignalGroup, number>>>;
  /** null where coverage is below the policy's minimum. */
  readonly band: Band | null;
  readonly range: readonly [number, number];
  readonly coverage: number;
  readonly grade: 'A' | 'B' | 'C';
  readonly stratum: Stratum;
  readonly stratumAssumed: boolean;
  readonly probability: number;
  readonly monthsLost: number;
  readonly noticeGiven: boolean;
}

export interface Missing {
  readonly state: Exclude<FeedState, 'ok' | 'zero'> | 'insufficient';
  readonly because: string;
}
