/** One account of the book as lists, screens and exports show it; `list --json` prints it field by field. Texts are raw. */

import type { Band, Bilingual, Stratum, Tier } from '../policy.ts';
import type { QuietFeed } from '../scoring/feeds.ts';
import type { Day, Instant, Month } from '../units/day.ts';
import type { OverduePlay } from './play-progress.ts';

export interface RowSignal {
  readonly id: string;
  /** The signal's group. */
  readonly type: string;
  readonly points: number;
  readonly evidence: Bilingual;
  /** A few words for a table cell: "unused 42 d". */
  readonly short: Bilingual;
  readonly since: Day | null;
  readonly dismissed: boolean;
}

/** What HubSpot shows in place of a field's value, where that is another text. Raw. */
export interface RowLabels {
  readonly plan?: string;
  readonly industry?: string;
  readonly segment?: string;
  readonly healthScore?: string;
  /** Of each product in turn. */
  readonly products?: readonly string[];
}

export interface BookRow {
  readonly id: string;
  readonly name: string;
  readonly domain: string | null;
  readonly url: string;
  readonly owner: { readonly id: string; readonly name: string; readonly email: string | null } | null;
  readonly team: string | null;
  readonly tier: Tier | null;
  /** The team's own grade by total MRR; null where the policy has none, and below the last. Raw. */
  readonly customerGrade: string | null;
  readonly plan: string | null;
  readonly products: readonly string[];
  readonly industry: string | null;
  readonly segment: string | null;
  readonly labels: RowLabels;
  readonly currency: string;
  /** Units of the portal's currency for one of `currency`: 1 for its own, the policy's fixed rate, or null where it has none. */
  readonly homeRate: number | null;
  /** Major units of `currency`, null where unknown. */
  readonly mrr: number | null;
  readonly mrrChange1m: number | null;
  readonly mrrChange3m: number | null;
  /** 24 months, oldest first, ending with the month of as-of. */
  readonly mrrTrend: readonly { readonly month: Month; readonly mrr: number | null }[];
  readonly contractValue: number | null;
  readonly contractValueDerived: boolean;
  readonly contractStart: Day | null;
  readonly contractAgeMonths: number | null;
  readonly renewalDate: Day | null;
  readonly daysToRenewal: number | null;
  /** Renewal − notice period. */
  readonly noticeBy: Day | null;
  readonly lastUsedAt: Day | null;
  readonly daysSinceLastUse: number | null;
  readonly lastTouchAt: Day | null;
  /** Null where the portal's tickets cannot be read. */
  readonly openTickets: number | null;
  /** The latest answer, 0–10. */
  readonly nps: number | null;
  /** HubSpot's own, as it stands there. */
  readonly healthScore: string | null;
  readonly group: 'ranked' | 'notice' | 'unknown' | 'snoozed';
  readonly risk: number;
  readonly band: Band | null;
  readonly riskRange: readonly [number, number];
  readonly coverage: number;
  readonly grade: 'A' | 'B' | 'C';
  readonly riskChange7d: number | null;
  readonly stratum: Stratum;
  readonly stratumAssumed: boolean;
  /** Of churn inside the policy's horizon. */
  readonly probability: number | null;
  /** Of churn up to the next renewal; the same where none is known ahead. */
  readonly probabilityToRenewal: number | null;
  readonly calibrated: boolean;
  readonly mrrAtRisk: number | null;
  readonly monthsLost: number;
  readonly expectedLoss: number | null;
  readonly quadrant: 'act' | 'keep' | 'automate' | 'tech' | null;
  /** Points descending, then id. */
  readonly signals: readonly RowSignal[];
  readonly play: { readonly id: string; readonly label: Bilingual } | null;
  /** A step of a running play that is overdue: it puts the account first. */
  readonly overduePlay: OverduePlay | null;
  /** What the team's own property says of it, where one is mapped, and since when. */
  readonly sharedSnooze: { readonly until: Day; readonly since: Day } | null;
  readonly snoozedUntil: Day | null;
  /** Came back from a snooze within the last days. */
  readonly returned: { readonly on: Day; readonly because: 'day' | 'worse' | 'mrr' | 'renewal' } | null;
}

/** The whole book as scored once; what a first frame paints and `list` prints. */
export interface BookSnapshot {
  readonly asOf: Day;
  readonly syncedAt: Instant | null;
  readonly portalId: string;
  readonly policy: string;
  readonly currency: string;
  /** Σ|points| of mapped signals ÷ Σ|points| of all. */
  readonly portalCoverage: number;
  /** Connected feeds that have fallen silent for everybody or cannot be read. */
  readonly feeds: readonly QuietFeed[];
  /** The last back-test found no predictive power: no row has a probability or what follows from one. */
  readonly unproven: boolean;
  /** Accounts a day that the list puts forward, by the policy; the rest is held back. Null: all. */
  readonly cap: number | null;
  /** In rank order of the default sort. */
  readonly rows: readonly BookRow[];
}

/** The field as people know it. Raw. */
export const shown = (row: BookRow, field: 'plan' | 'industry' | 'segment' | 'healthScore'): string | null =>
  row.labels[field] ?? row[field];

export const shownProducts = (row: BookRow): readonly string[] => row.labels.products ?? row.products;

/** The row with other values in these fields. A row of a kept book is no plain object: it must not be spread. */
export const rowWith = (row: BookRow, fields: Partial<BookRow>): BookRow =>
  Object.getPrototypeOf(row) === Object.prototype
    ? { ...row, ...fields }
    : (Object.create(row, Object.getOwnPropertyDescriptors(fields)) as BookRow);
