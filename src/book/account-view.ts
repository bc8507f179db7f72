/** One account with everything its screen and `show` need. Texts are raw. */

import type { SourceRef } from '../account.ts';
import type { RowKind } from '../plays/intent.ts';
import type { PlayProgress } from '../plays/progress.ts';
import type { Bilingual, SignalGroup } from '../policy.ts';
import type { ChangePart } from '../scoring/diff.ts';
import type { Mention } from '../scoring/mentions.ts';
import type { MissingSignal, Override } from '../scoring/types.ts';
import type { Day, Instant, Month } from '../units/day.ts';
import type { BetterDay } from './change.ts';
import type { BookRow } from './row.ts';

export interface ReceiptLineView {
  readonly signal: string;
  readonly label: Bilingual;
  readonly evidence: Bilingual;
  readonly input: string;
  readonly value: number;
  readonly valueAt: Day | null;
  readonly source: SourceRef | null;
  /** The record in HubSpot, where it has a page. */
  readonly url: string | null;
  readonly from: number;
  readonly to: number;
  readonly severity: number;
  readonly points: number;
  readonly dismissed: boolean;
}

export interface ReceiptView {
  readonly asOf: Day;
  readonly base: number;
  readonly groups: readonly {
    readonly group: SignalGroup;
    readonly label: Bilingual;
    readonly cap: number;
    readonly uncapped: number;
    readonly points: number;
    readonly lines: readonly ReceiptLineView[];
  }[];
  readonly overrides: readonly Override[];
  readonly unclipped: number;
  readonly floored: boolean;
  readonly total: number;
  readonly risk: number;
  readonly missing: readonly {
    readonly signal: string;
    readonly label: Bilingual;
    readonly feed: string;
    readonly state: MissingSignal['state'];
    readonly because: string;
  }[];
}

/** Why the risk changed; the parts add up to `after` − `before`. */
export interface ChangeView {
  readonly from: Day;
  readonly to: Day;
  readonly before: number;
  readonly after: number;
  /** Hashes of the policies in force on both days. */
  readonly policies: { readonly before: string; readonly after: string };
  /** `label` is the signal's, null where the part is of no one signal. */
  readonly parts: readonly (ChangePart & { readonly label: Bilingual | null })[];
}

export interface TimelineEntry {
  readonly at: Day;
  readonly kind: 'note' | 'call' | 'meeting' | 'email' | 'task' | 'ticket' | 'survey' | 'mrr' | 'renewal';
  readonly title: string;
  readonly body: string | null;
  readonly direction: 'in' | 'out' | null;
  readonly source: SourceRef | null;
}

/** What a customer said, in their words. */
export interface VoiceEntry {
  readonly at: Day;
  readonly where: Mention['where'];
  readonly who: string | null;
  /** A survey's whole comment; of other records the words around the topic. */
  readonly text: string;
  /** `NPS 9`; null where it is no survey. */
  readonly score: string | null;
  /** Lists of the policy (`mentions`) of which a word was found. */
  readonly topics: readonly string[];
  readonly source: SourceRef;
}

export interface ContactView {
  readonly id: string;
  readonly name: string;
  readonly email: string | null;
  readonly jobTitle: string | null;
  readonly role: string | null;
  /** As HubSpot shows it, like every `label` beside a value here. */
  readonly roleLabel: string | null;
  readonly champion: boolean;
  readonly leftOn: Day | null;
  readonly lastActiveOn: Day | null;
  /** The team's last call, meeting or mail with the person. */
  readonly lastTouchedOn: Day | null;
}

/** What was agreed, as the portal has it; null is unknown. */
export interface ContractView {
  /** Without a word of the portal: the first month with MRR. */
  readonly start: Day | null;
  readonly startDerived: boolean;
  readonly renewal: Day | null;
  readonly termMonths: number | null;
  /** As the portal stores it, and in its own words. */
  readonly billing: string | null;
  readonly billingLabel: string | null;
  readonly noticeDays: number;
  /** The policy's, as the contract names none. */
  readonly noticeAssumed: boolean;
  readonly noticeGivenOn: Day | null;
}

export interface PendingAction {
  readonly id: string;
  readonly kind: RowKind;
  readonly state: 'held' | 'ready' | 'sending' | 'unknown' | 'needs_you';
  readonly text: string;
  readonly queuedAt: Instant;
}

export interface AccountView {
  readonly row: BookRow;
  readonly receipt: ReceiptView;
  /** Null where the day to compare with is not before as-of. */
  readonly change: ChangeView | null;
  /** The last day in a better band, 90 days back at most. */
  readonly lastBetter: BetterDay | null;
  /** Of the first day of the change, and of the last day in a better band. */
  readonly earlier: readonly ReceiptView[];
  /** Largest current MRR first; 24 months like `mrrTrend`; `product` null for records without one. */
  readonly mrrByProduct: readonly {
    readonly product: string | null;
    readonly label: string | null;
    readonly months: readonly { readonly month: Month; readonly mrr: number }[];
  }[];
  /** The plan and since when, oldest first. */
  readonly plans: readonly { readonly on: Day; readonly plan: string | null; readonly label: string | null }[];
  /** Newest first. */
  readonly voice: readonly VoiceEntry[];
  /** Newest first. */
  readonly timeline: readonly TimelineEntry[];
  readonly contract: ContractView;
  readonly contacts: readonly ContactView[];
  readonly openTasks: readonly TimelineEntry[];
  /** Risk by day, oldest first. */
  readonly history: readonly { readonly day: Day; readonly risk: number }[];
  readonly goals: string | null;
  /** HubSpot's own, as it stands there. */
  readonly healthScore: string | null;
  readonly healthLabel: string | null;
  readonly pending: readonly PendingAction[];
  /** Plays that run or ran: overdue ones first. */
  readonly plays: readonly (PlayProgress & { readonly label: Bilingual })[];
}
