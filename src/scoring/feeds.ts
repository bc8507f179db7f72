/**
 * What state a feed is in on a day, for the portal and for one account.
 *
 * Only a living feed that knows the account may say "nothing happened". A feed that has fallen silent for everybody
 * keeps its last values for a week, then counts as missing: no alarms from a dead feed.
 */
import type { Account, FeedId, PortalFeed } from '../account.ts';
import { type Day, daysBetween, serialOf } from '../units/day.ts';
import type { Missing } from './types.ts';

/** Days for which a feed that fell silent keeps its last values. */
export const FROZEN_DAYS = 7;
const SILENT_GAPS = 3;
const LEAST_SILENCE = 2;
/** Days with data that tell what is usual of late. */
const USUAL_DAYS = 30;
/** Usual gap of a feed that has spoken on one day only. */
const UNKNOWN_GAP = 7;
/** Revenue records come once a month, on however many days of it they are written. */
const LEAST_GAP: Readonly<Partial<Record<FeedId, number>>> = { mrr: 28 };

/** The company's own properties, and objects that hang on it by association: every account is in them without further mapping. */
const CRM_FEEDS: ReadonlySet<FeedId> = new Set<FeedId>([
  'contract',
  'billing',
  'support',
  'survey',
  'engagement',
  'people',
  'mentions',
  'csm',
]);

export interface FeedOnDay {
  readonly state: 'alive' | 'frozen' | 'stale' | 'n/a';
  /** The day as of which the feed's values are read: earlier than the day itself while frozen. */
  readonly asOf: Day;
  readonly because: string;
}

export type PortalFeeds = Readonly<Record<FeedId, PortalFeed>>;

/** The same as a reading needs it. */
export interface FeedReach {
  /** The day as of which the feed's values are read. */
  readonly asOf: Day;
  readonly on: number;
  /** Why it says nothing of anybody; null where it speaks. */
  readonly missing: Missing | null;
  /** What it says of accounts that it does not know. */
  readonly unmatched: Missing;
}

export type FeedStates = Readonly<Record<FeedId, FeedReach>>;

/** The state of every feed by day, worked out once a day. */
export class FeedClock {
  readonly #feeds: PortalFeeds;
  readonly #known = new Map<Day, FeedStates>();

  constructor(feeds: PortalFeeds) {
    this.#feeds = feeds;
  }

  mapped(feed: FeedId): boolean {
    return this.#feeds[feed].mapped;
  }

  on(day: Day): FeedStates {
    let known = this.#known.get(day);
    if (!known) {
      // The keys are those of a record over all feeds.
      known = Object.fromEntries(
        Object.entries(this.#feeds).map(([id, feed]) => [id, reachOf(feedOn(id as FeedId, feed, day))]),
      ) as unknown as FeedStates;
      this.#known.set(day, known);
    }
    return known;
  }
}

function reachOf({ state, asOf, because }: FeedOnDay): FeedReach {
  const missing: Missing | null = state === 'n/a' || state === 'stale' ? { state, because: because || state } : null;
  return { asOf, on: serialOf(asOf), missing, unmatched: { state: 'unmatched', because: because || 'unmatched' } };
}

export function feedOn(id: FeedId, feed: PortalFeed, day: Day): FeedOnDay {
  if (!feed.mapped) return { state: 'n/a', asOf: day, because: 'not_connected' };
  if (feed.unavailable !== null) return { state: 'stale', asOf: day, because: feed.unavailable };
  if (feed.polled) return { state: 'alive', asOf: day, because: '' };
  const active = feed.activeDays.slice(0, countUpTo(feed.activeDays, day)).slice(-USUAL_DAYS);
  const last = active.at(-1);
  if (!last) return { state: 'stale', asOf: day, because: 'no_data' };
  const silent = daysBetween(last, day);
  const limit = Math.max(LEAST_SILENCE, SILENT_GAPS * Math.max(LEAST_GAP[id] ?? 0, usualGap(active)));
  if (silent <= limit) return { state: 'alive', asOf: day, because: '' };
  return { state: silent <= limit + FROZEN_DAYS ? 'frozen' : 'stale', asOf: last, because: `silent_since ${last}` };
}

/** A feed that is connected and tells nothing new of anybody. */
export interface QuietFeed {
  readonly feed: FeedId;
  /** `frozen`: its last values still count · `stale`: its signals are missing. */
  readonly state: 'frozen' | 'stale';
  /** The last day on which it spoke; null where it never did or may not be read. */
  readonly since: Day | null;
  /** What is missing to read it, such as a scope. */
  readonly missing: string | null;
}

/** In the order in which feeds are listed. */
export function quietFeeds(feeds: PortalFeeds, day: Day): readonly QuietFeed[] {
  // The keys are those of a record over all feeds.
  return (Object.keys(feeds) as FeedId[]).flatMap((feed): QuietFeed[] => {
    const { state, asOf } = feedOn(feed, feeds[feed], day);
    if (state !== 'frozen' && state !== 'stale') return [];
    return [{ feed, state, since: asOf < day ? asOf : null, missing: feeds[feed].unavailable }];
  });
}

/** How many of the ascending days are on or before `day`. */
function countUpTo(days: readonly Day[], day: Day): number {
  let low = 0;
  let high = days.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((days[middle] ?? day) <= day) low = middle + 1;
    else high = middle;
  }
  return low;
}

/**
 * The gap between successive days with data into which half of all the days fall. Counted by days and not by gaps, so
 * that rows written on Monday and Tuesday of every week still make a feed that speaks once a week.
 */
function usualGap(days: readonly Day[]): number {
  const gaps = days
    .slice(1)
    .map((day, index) => daysBetween(days[index] ?? day, day))
    .sort((a, b) => a - b);
  const half = gaps.reduce((sum, gap) => sum + gap, 0) / 2;
  let passed = 0;
  for (const gap of gaps) {
    passed += gap;
    if (passed >= half) return gap;
  }
  return UNKNOWN_GAP;
}

/** Whether the account has ever been seen in the feed, is mapped to it, or hangs on it by HubSpot's own association. */
export const isMatched = (account: Pick<Account, 'matched'>, feed: FeedId): boolean =>
  CRM_FEEDS.has(feed) || account.matched.includes(feed);
