/**
 * The nouns: a customer account with its dated facts.
 *
 * Every fact carries two days of the portal's calendar: `validAt`, the day it is about, and `knownAt`, the day HubSpot
 * recorded it (a history entry's timestamp, a record's createdate; where there is neither, the first sync that saw it).
 * A score as of D uses facts with `knownAt` ≤ D and `validAt` ≤ D, so a fact that became known later never changes it.
 * Texts are raw, as HubSpot gave them: they reach a screen or a file only through `text/clean.ts`.
 */
import { addDays, type Day, type Instant, type Month } from './units/day.ts';
import type { Money } from './units/money.ts';

/** The record a fact was read from; `object` is a HubSpot object type (`companies`, `tickets`, `2-123`, …). */
export interface SourceRef {
  readonly object: string;
  readonly id: string;
  readonly property?: string;
}

export interface Dated {
  readonly validAt: Day;
  readonly knownAt: Day;
  readonly source: SourceRef;
}

/** One value that an account's property had from `validAt` on; null is a cleared value. */
export interface AttributeValue<T> extends Dated {
  readonly value: T | null;
}

/** All known values of one property, oldest first by `knownAt`. */
export type History<T> = readonly AttributeValue<T>[];

/** One usable MRR record. `validAt` is the first day of its month. */
export interface MrrFact extends Dated {
  readonly month: Month;
  readonly amount: Money;
  /** ISO 4217; the portal's home currency where the record names none. */
  readonly currency: string;
  readonly product: string | null;
  readonly plan: string | null;
  readonly seats: number | null;
  /** From a source that says how long MRR runs rather than from a record of the month: lines that look alike are contracts of their own. */
  readonly running?: true;
  /** The record's last change; only where another one looks like it (month, product, plan, currency). */
  readonly changedAt?: Instant;
}

/** Usage over one period, `validAt` its first day. A measure that the portal does not map or did not send is null, never 0. */
export interface UsageFact extends Dated {
  readonly days: number;
  readonly logins: number | null;
  readonly activeUsers: number | null;
  readonly minutes: number | null;
  readonly featuresUsed: number | null;
  readonly lastUsedOn: Day | null;
  /** Names of the features used; absent where the portal does not name them. */
  readonly features?: readonly string[];
}

/** What a field held, each step from the day on which it was recorded, oldest first. */
export type Steps<T> = readonly { readonly on: Day; readonly value: T }[];

/** What people fill in on a ticket while it lives. */
export interface TicketFields {
  readonly priority: 'low' | 'medium' | 'high' | 'urgent' | null;
  readonly category: string | null;
  readonly escalated: boolean | null;
  readonly reopened: boolean | null;
  /** 1–5. */
  readonly csat: number | null;
}

/** The fields stand as they are now; where one was not what it is from the beginning, `changes` says since when. */
export interface TicketFact extends Dated, TicketFields {
  readonly subject: string;
  readonly content?: string | null;
  readonly closedOn: Day | null;
  /** Hours from creation to close, null while open or unknown. */
  readonly hoursToClose: number | null;
  readonly changes?: { readonly [Field in keyof TicketFields]?: Steps<TicketFields[Field]> };
  /** The ticket stands for the customer's onboarding: its pipeline says so. */
  readonly onboarding?: boolean;
}

/** A field of a ticket as the portal had it on `day`. */
export function ticketField<Field extends keyof TicketFields>(ticket: TicketFact, field: Field, day: Day): TicketFields[Field] | null {
  const steps = ticket.changes?.[field] as Steps<TicketFields[Field]> | undefined;
  return steps === undefined ? ticket[field] : (steps.findLast(({ on }) => on <= day)?.value ?? null);
}

/** What a field of a ticket held and since when; one step where it never changed, none where it was never filled in. */
export function ticketSteps<Field extends keyof TicketFields>(ticket: TicketFact, field: Field): Steps<TicketFields[Field]> {
  const steps = ticket.changes?.[field] as Steps<TicketFields[Field]> | undefined;
  return steps ?? (ticket[field] === null ? [] : [{ on: ticket.knownAt, value: ticket[field] }]);
}

/** A deal with the customer. `closedOn`: won or lost; an open one may have any close date. */
export interface DealFact extends Dated {
  readonly name: string;
  readonly text: string | null;
  readonly closedOn: Day | null;
  /** Its name, type or pipeline says that it is about a renewal. */
  readonly renewal: boolean;
}

export interface SurveyFact extends Dated {
  readonly kind: 'nps' | 'csat';
  /** NPS 0–10, CSAT 1–5. */
  readonly score: number;
  readonly who: string | null;
  readonly comment: string | null;
}

/** A logged activity. `twoWay` is contact in both directions: a meeting held, a call connected, an e-mail received. */
export interface TouchFact extends Dated {
  readonly kind: 'note' | 'call' | 'meeting' | 'email' | 'task';
  readonly twoWay: boolean;
  readonly title: string;
  readonly body: string | null;
  readonly direction: 'in' | 'out' | null;
  /** Tasks only. */
  readonly done?: boolean;
  readonly ownerId: string | null;
}

/**
 * A running total that HubSpot keeps on a contact, oldest first, each step on the day on which it was recorded; before
 * the first step it was 0. Only a total with history tells when it grew.
 */
export type Counter = readonly { readonly on: Day; readonly total: number }[];

/** By mapping key's last word. An absent one is not mapped or has no history. */
export interface ContactCounters {
  readonly visits?: Counter;
  readonly cancelPageViews?: Counter;
  readonly pricingPageViews?: Counter;
  readonly emailsSent?: Counter;
  readonly emailsOpened?: Counter;
}

export interface ContactFact extends Dated {
  readonly name: string;
  readonly email: string | null;
  readonly jobTitle: string | null;
  readonly role: string | null;
  readonly champion: boolean;
  /** Dated by itself: the day on which the portal recorded the leaving. */
  readonly left: { readonly on: Day; readonly knownAt: Day } | null;
  readonly lastActiveOn: Day | null;
  /** When somebody of the team last called, met or mailed the person, as HubSpot keeps it; absent where it knows of no time. */
  readonly lastTouchedOn?: Day;
  readonly counters?: ContactCounters;
  /** Days on which the contact was sent a survey, oldest first; absent where the portal keeps no log of it. */
  readonly surveyedOn?: readonly { readonly on: Day; readonly knownAt: Day }[];
}

/** Company and contract properties by mapping key, each with its history. An absent key is not mapped. */
export interface AccountAttributes {
  readonly contractStart?: History<Day>;
  readonly contractRenewal?: History<Day>;
  readonly contractValue?: History<Money>;
  readonly contractTermMonths?: History<number>;
  readonly contractBilling?: History<string>;
  readonly noticeDays?: History<number>;
  readonly noticeGivenOn?: History<Day>;
  readonly plan?: History<string>;
  readonly industry?: History<string>;
  readonly employees?: History<number>;
  readonly segment?: History<string>;
  readonly goals?: History<string>;
  readonly onboardingStage?: History<string>;
  /** What the customer was promised to gain, and what has come of it, in the portal's own words. */
  readonly valuePromised?: History<string>;
  readonly valueProven?: History<string>;
  readonly churnOn?: History<Day>;
  readonly churnReason?: History<string>;
  readonly seats?: History<number>;
  readonly featuresInPlan?: History<number>;
  readonly lastUsedOn?: History<Day>;
  readonly logins?: History<number>;
  readonly activeUsers?: History<number>;
  readonly featuresUsed?: History<number>;
  readonly minutes?: History<number>;
  /** Names of the features in use. */
  readonly features?: History<readonly string[]>;
  readonly adoption?: History<number>;
  readonly daysOverdue?: History<number>;
  /** The day since which a payment has been overdue, null while none is: where a status says so and nothing counts the days. */
  readonly overdueSince?: History<Day>;
  readonly discountEndsOn?: History<Day>;
  /** A fraction: 0.2 is 20 %. */
  readonly discount?: History<number>;
  readonly priceRaisedOn?: History<Day>;
  /** A fraction. */
  readonly priceRaise?: History<number>;
  /** What the success manager thinks, as HubSpot's own property has it: healthy, neutral, at_risk, or a word like them. */
  readonly sentiment?: History<string>;
  /** HubSpot's own health score, a number or a word, as it stands: shown beside ours, never part of it. */
  readonly healthScore?: History<string>;
  /** The customer is going out of business or into another company: anything that is not empty or no. */
  readonly closingDown?: History<boolean>;
  /** The day until which the team has put the account off; no score depends on it. */
  readonly snoozedUntil?: History<Day>;
}

/** Whether the portal knew the fact on `day` and it was about a day up to then. */
export const isKnown = (fact: Dated, day: Day): boolean => fact.knownAt <= day && fact.validAt <= day;

/** The entry of a property's history that stood on `day`: the last one recorded by then; null before the first. */
export function entryOn<T>(history: History<T> | undefined, day: Day): AttributeValue<T> | null {
  let found: AttributeValue<T> | null = null;
  for (const entry of history ?? []) {
    if (!isKnown(entry, day)) continue;
    if (!found || entry.validAt > found.validAt || (entry.validAt === found.validAt && entry.knownAt >= found.knownAt)) found = entry;
  }
  return found;
}

/** The value a property had on `day`; null where it was empty, not yet known or is not mapped. */
export const valueOn = <T>(history: History<T> | undefined, day: Day): T | null => entryOn(history, day)?.value ?? null;

/** The streams that signals rest on; each can be absent, silent or broken by itself. */
export const FEED_IDS = [
  'mrr',
  'contract',
  'usage',
  'support',
  'survey',
  'engagement',
  'people',
  'billing',
  'web',
  'email',
  'mentions',
  /** What success managers enter by hand: always there. */
  'csm',
] as const;

export type FeedId = (typeof FEED_IDS)[number];

/**
 * What the portal as a whole says of a feed.
 * `mapped` false: nothing in the portal is mapped to it (signals are `n/a`).
 * `because` names a missing scope or property when the feed could not be read.
 */
export interface PortalFeed {
  readonly mapped: boolean;
  /** Polled through the API (tickets, engagements, surveys): alive as long as reads succeed. */
  readonly polled: boolean;
  /** Days of the calendar, ascending, on which the feed produced data for some account: recent 120 are enough. */
  readonly activeDays: readonly Day[];
  readonly unavailable: string | null;
}

export interface Account {
  readonly id: string;
  readonly name: string;
  readonly domain: string | null;
  readonly ownerId: string | null;
  readonly createdOn: Day;
  readonly attributes: AccountAttributes;
  readonly mrr: readonly MrrFact[];
  readonly usage: readonly UsageFact[];
  readonly tickets: readonly TicketFact[];
  readonly surveys: readonly SurveyFact[];
  readonly touches: readonly TouchFact[];
  readonly contacts: readonly ContactFact[];
  readonly deals?: readonly DealFact[];
  /** Feeds in which this account has ever been seen or to which it is explicitly mapped: the ground of `zero` versus `unmatched`. */
  readonly matched: readonly FeedId[];
}

/** A value that could not be used, with where it stands, so that a person can open and mend it. */
export interface DataProblem {
  readonly code: 'amount' | 'currency' | 'date' | 'number' | 'duplicate' | 'gap' | 'churn-date' | 'foreign' | 'shared';
  readonly accountId: string | null;
  readonly source: SourceRef;
  /** The raw value, cut to 120 characters. */
  readonly value: string;
}

/** The last day on or before `day` on which the account was seen to use the product, with the fact that says so. */
export function lastUse(account: Account, day: Day): { readonly on: Day; readonly source: SourceRef } | null {
  let found: { on: Day; source: SourceRef } | null = null;
  const offer = (on: Day | null, source: SourceRef) => {
    if (on && on <= day && (!found || on > found.on || (on === found.on && source.id < found.source.id))) found = { on, source };
  };
  for (const entry of account.attributes.lastUsedOn ?? []) if (isKnown(entry, day)) offer(entry.value, entry.source);
  for (const fact of account.usage) {
    if (!isKnown(fact, day)) continue;
    if (fact.lastUsedOn) offer(fact.lastUsedOn, fact.source);
    else if ((fact.logins ?? 0) > 0 || (fact.activeUsers ?? 0) > 0 || (fact.minutes ?? 0) > 0 || (fact.featuresUsed ?? 0) > 0) {
      const end = addDays(fact.validAt, fact.days - 1);
      offer(end < day ? end : day, fact.source);
    }
  }
  return found;
}

/** The last two-way contact on or before `day`: a meeting held, a call connected, an e-mail received. */
export function lastTouch(account: Account, day: Day): TouchFact | null {
  let found: TouchFact | null = null;
  for (const touch of account.touches) {
    if (!touch.twoWay || !isKnown(touch, day)) continue;
    if (!found || touch.validAt > found.validAt || (touch.validAt === found.validAt && touch.source.id < found.source.id)) found = touch;
  }
  return found;
}
