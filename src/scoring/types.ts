/** What scoring gives back: a receipt that can be re-added by hand, and the row figures that follow from it. */
import type { FeedId, SourceRef } from '../account.ts';
import type { Band, SignalGroup, Stratum } from '../policy.ts';
import type { EvidenceValues } from '../text/evidence.ts';
import type { Day } from '../units/day.ts';

/** `ok` data · `zero` feed alive, account mapped, nothing happened · `unmatched` account never seen in the feed · `stale` the feed is silent for everybody · `n/a` does not apply or not connected. */
export type FeedState = 'ok' | 'zero' | 'unmatched' | 'stale' | 'n/a';

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
