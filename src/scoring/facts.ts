/**
 * One account's facts in columns, made once for all days and policies: days as numbers, every list newest first, so that
 * a window of days is a short run at its begin. Equal days stand by source id: the order in which facts came is nothing.
 */
import type {
  Account,
  AccountAttributes,
  AttributeValue,
  ContactCounters,
  ContactFact,
  Dated,
  FeedId,
  History,
  SourceRef,
  SurveyFact,
  TicketFact,
  TouchFact,
  UsageFact,
} from '../account.ts';
import { FEED_IDS, ticketSteps } from '../account.ts';
import { type Day, type Serial, serialOf } from '../units/day.ts';
import { isMatched } from './feeds.ts';

/** Later than any day: where there is no such day. */
export const NEVER = 2 ** 30;

/** Facts by the day that they are about. */
export interface Column<F> {
  readonly at: readonly number[];
  /** The first day on which the fact counts: it is known, and about no later day. */
  readonly seen: readonly number[];
  readonly facts: readonly F[];
}

export interface TicketColumn extends Column<TicketFact> {
  /** `NEVER` where open. */
  readonly closed: readonly number[];
}

/** Open from the first day up to the day before `until`. */
export interface OpenSpan {
  readonly from: number;
  readonly until: number;
}

/** `at` is the last day of the row's period. */
export interface UsageColumn extends Column<UsageFact> {
  readonly begins: readonly number[];
  readonly hasNames: boolean;
}

/** A day on which the product was used; a period's last day stands for it where the day itself is not told. */
export interface UseColumn {
  readonly at: readonly number[];
  readonly seen: readonly number[];
  readonly isPeriod: readonly boolean[];
  readonly sources: readonly SourceRef[];
}

export interface Rating {
  readonly score: number;
  readonly source: SourceRef;
  readonly of: 'support' | 'survey';
  /** The day on which another rating took its place; `NEVER` where none did. */
  readonly until: number;
}

/** A property's values, oldest first: the last one seen stands. */
export interface Past<T> {
  readonly seen: readonly number[];
  readonly entries: History<T>;
}

type Pasts = { readonly [K in keyof AccountAttributes]?: NonNullable<AccountAttributes[K]> extends History<infer T> ? Past<T> : never };

export interface Steps {
  readonly contact: ContactFact;
  /** From when on the contact counts. */
  readonly seen: number;
  /** Oldest first. */
  readonly on: readonly number[];
  readonly total: readonly number[];
}

export interface ContactDays {
  readonly contact: ContactFact;
  readonly seen: number;
  readonly left: { readonly on: number; readonly known: number } | null;
  readonly lastActive: number | null;
  readonly surveyed: readonly { readonly on: number; readonly known: number }[] | null;
}

export interface Facts {
  readonly account: Account;
  readonly created: Serial;
  /** Feeds that know the account. */
  readonly matched: ReadonlySet<FeedId>;
  readonly past: Pasts;
  readonly usage: UsageColumn;
  readonly uses: UseColumn;
  readonly tickets: TicketColumn;
  /** Tickets that stand for the customer's onboarding, and deals about a renewal: the days on which they are open. */
  readonly onboardings: readonly OpenSpan[];
  readonly renewals: readonly OpenSpan[];
  readonly ratings: Column<Rating>;
  readonly surveys: Column<SurveyFact>;
  readonly nps: Column<SurveyFact>;
  /** In both directions. */
  readonly talks: Column<TouchFact>;
  readonly meetings: Column<TouchFact>;
  readonly contacts: readonly ContactDays[];
  readonly counters: Readonly<Record<keyof ContactCounters, readonly Steps[]>>;
}

export function factsOf(account: Account): Facts {
  const tickets = columnOf(account.tickets);
  return {
    account,
    created: serialOf(account.createdOn),
    matched: matchedSet(FEED_IDS.filter((feed) => isMatched(account, feed))),
    past: pastsOf(account.attributes),
    usage: usageOf(account.usage),
    uses: usesOf(account),
    tickets: { ...tickets, closed: tickets.facts.map(({ closedOn }) => (closedOn === null ? NEVER : serialOf(closedOn))) },
    onboardings: spansOf(account.tickets.filter(({ onboarding }) => onboarding === true)),
    renewals: spansOf((account.deals ?? []).filter(({ renewal }) => renewal)),
    ratings: ratingsOf(account),
    surveys: columnOf(account.surveys),
    nps: columnOf(account.surveys.filter(({ kind }) => kind === 'nps')),
    talks: columnOf(account.touches.filter(({ twoWay }) => twoWay)),
    meetings: columnOf(account.touches.filter(({ kind }) => kind === 'meeting')),
    contacts: account.contacts.map(contactDays),
    counters: {
      visits: stepsOf(account.contacts, 'visits'),
      cancelPageViews: stepsOf(account.contacts, 'cancelPageViews'),
      pricingPageViews: stepsOf(account.contacts, 'pricingPageViews'),
      emailsSent: stepsOf(account.contacts, 'emailsSent'),
      emailsOpened: stepsOf(account.contacts, 'emailsOpened'),
    },
  };
}

const spansOf = (facts: readonly (Dated & { readonly closedOn: Day | null })[]): readonly OpenSpan[] =>
  facts.map((fact) => ({ from: seenOn(fact), until: fact.closedOn === null ? NEVER : serialOf(fact.closedOn) }));

/** There are few different ones in a portal. */
const matchedSets = new Map<string, ReadonlySet<FeedId>>();
function matchedSet(feeds: readonly FeedId[]): ReadonlySet<FeedId> {
  const key = feeds.join(' ');
  const found = matchedSets.get(key) ?? new Set(feeds);
  matchedSets.set(key, found);
  return found;
}

const later = (a: Day, b: Day): Day => {
  if (a < b) return b;
  return a;
};

/** The first day on which the fact counts. */
const seenOn = (fact: Dated): Serial => serialOf(later(fact.knownAt, fact.validAt));

const newestFirst = (a: Dated, b: Dated): number =>
  a.validAt === b.validAt ? (a.source.id < b.source.id ? -1 : 1) : a.validAt < b.validAt ? 1 : -1;

const NOTHING: Column<never> = { at: [], seen: [], facts: [] };

export function columnOf<F extends Dated>(facts: readonly F[]): Column<F> {
  if (facts.length === 0) return NOTHING;
  const sorted = facts.toSorted(newestFirst);
  return { at: sorted.map(({ validAt }) => serialOf(validAt)), seen: sorted.map(seenOn), facts: sorted };
}

function usageOf(facts: readonly UsageFact[]): UsageColumn {
  const rows = facts
    .map((fact) => ({ fact, end: serialOf(fact.validAt) + fact.days - 1 }))
    .sort((a, b) => b.end - a.end || (a.fact.source.id < b.fact.source.id ? -1 : 1));
  return {
    at: rows.map(({ end }) => end),
    begins: rows.map(({ fact }) => serialOf(fact.validAt)),
    seen: rows.map(({ fact }) => seenOn(fact)),
    facts: rows.map(({ fact }) => fact),
    hasNames: facts.some(({ features }) => features !== undefined),
  };
}

const isActive = ({ logins, activeUsers, minutes, featuresUsed }: UsageFact): boolean =>
  (logins ?? 0) > 0 || (activeUsers ?? 0) > 0 || (minutes ?? 0) > 0 || (featuresUsed ?? 0) > 0;

function usesOf({ attributes, usage }: Account): UseColumn {
  const uses: { at: number; seen: number; isPeriod: boolean; source: SourceRef }[] = [];
  for (const entry of attributes.lastUsedOn ?? []) {
    if (entry.value) uses.push({ at: serialOf(entry.value), seen: seenOn(entry), isPeriod: false, source: entry.source });
  }
  for (const fact of usage) {
    const { source } = fact;
    if (fact.lastUsedOn) uses.push({ at: serialOf(fact.lastUsedOn), seen: seenOn(fact), isPeriod: false, source });
    else if (isActive(fact)) uses.push({ at: serialOf(fact.validAt) + fact.days - 1, seen: seenOn(fact), isPeriod: true, source });
  }
  uses.sort((a, b) => b.at - a.at || (a.source.id < b.source.id ? -1 : 1));
  return {
    at: uses.map(({ at }) => at),
    seen: uses.map(({ seen }) => seen),
    isPeriod: uses.map(({ isPeriod }) => isPeriod),
    sources: uses.map(({ source }) => source),
  };
}

/** Ratings of tickets, dated by their close (a rating comes after it), and CSAT answers. */
function ratingsOf({ tickets, surveys }: Account): Column<Rating> {
  const found: { at: number; seen: number; rating: Rating }[] = [];
  for (const ticket of tickets) {
    const steps = ticketSteps(ticket, 'csat');
    for (const [index, { on, value }] of steps.entries()) {
      if (value === null) continue;
      const next = steps[index + 1];
      const rating: Rating = { score: value, source: ticket.source, of: 'support', until: next ? serialOf(next.on) : NEVER };
      found.push({ at: serialOf(ticket.closedOn ?? ticket.validAt), seen: Math.max(seenOn(ticket), serialOf(on)), rating });
    }
  }
  for (const survey of surveys) {
    if (survey.kind !== 'csat') continue;
    found.push({
      at: serialOf(survey.validAt),
      seen: seenOn(survey),
      rating: { score: survey.score, source: survey.source, of: 'survey', until: NEVER },
    });
  }
  if (found.length === 0) return NOTHING;
  // Sorted, so that the last digit of the mean does not hang on the order in which the records came.
  found.sort((a, b) => b.at - a.at || (a.rating.source.id < b.rating.source.id ? -1 : 1));
  return { at: found.map(({ at }) => at), seen: found.map(({ seen }) => seen), facts: found.map(({ rating }) => rating) };
}

function contactDays(contact: ContactFact): ContactDays {
  const { left, lastActiveOn, surveyedOn } = contact;
  return {
    contact,
    seen: seenOn(contact),
    left: left && { on: serialOf(left.on), known: serialOf(left.knownAt) },
    lastActive: lastActiveOn && serialOf(lastActiveOn),
    surveyed: surveyedOn?.map(({ on, knownAt }) => ({ on: serialOf(on), known: serialOf(knownAt) })) ?? null,
  };
}

const stepsOf = (contacts: readonly ContactFact[], key: keyof ContactCounters): readonly Steps[] =>
  contacts.flatMap((contact) => {
    const counter = contact.counters?.[key];
    if (counter === undefined) return [];
    return [{ contact, seen: seenOn(contact), on: counter.map(({ on }) => serialOf(on)), total: counter.map(({ total }) => total) }];
  });

// The same keys, each with the columns of its own history.
const pastsOf = (attributes: AccountAttributes): Pasts =>
  Object.fromEntries(Object.entries(attributes).map(([key, history]) => [key, pastOf<unknown>(history)])) as Pasts;

const oldestFirst = (a: Dated, b: Dated): number =>
  a.validAt === b.validAt ? (a.knownAt === b.knownAt ? 0 : a.knownAt < b.knownAt ? -1 : 1) : a.validAt < b.validAt ? -1 : 1;

function pastOf<T>(history: History<T>): Past<T> {
  const entries = history.toSorted(oldestFirst);
  return { seen: entries.map(seenOn), entries };
}

/** The entry that stood on a day; null before the first. */
export function standing<T>(past: Past<T> | undefined, on: number): AttributeValue<T> | null {
  if (past === undefined) return null;
  const { seen, entries } = past;
  for (let index = seen.length - 1; index >= 0; index--) if ((seen[index] ?? NEVER) <= on) return entries[index] ?? null;
  return null;
}

/** The value a property had on a day; null where it was empty, not yet known or is not mapped. */
export const pastValue = <T>(past: Past<T> | undefined, on: number): T | null => standing(past, on)?.value ?? null;

/** The newest fact that counted on a day, later than `after`. */
export function newestIn<F>({ at, seen, facts }: Column<F>, after: number, on: number): F | null {
  for (let index = 0; index < at.length; index++) {
    if ((at[index] ?? 0) <= after) return null;
    if ((seen[index] ?? NEVER) <= on) return facts[index] ?? null;
  }
  return null;
}

/** The facts that counted on a day, later than `after`, newest first. */
export function allIn<F>({ at, seen, facts }: Column<F>, after: number, on: number): F[] {
  const found: F[] = [];
  for (let index = 0; index < at.length; index++) {
    if ((at[index] ?? 0) <= after) break;
    const fact = facts[index];
    if ((seen[index] ?? NEVER) <= on && fact !== undefined) found.push(fact);
  }
  return found;
}

/** The last day up to `on` on which the product was used, with the fact that says so. */
export function lastUseOn(
  { at, seen, isPeriod, sources }: UseColumn,
  on: number,
): { readonly on: number; readonly source: SourceRef } | null {
  let best = -NEVER;
  let found: SourceRef | null = null;
  for (let index = 0; index < at.length; index++) {
    let day = at[index] ?? 0;
    if (day < best) break;
    if ((seen[index] ?? NEVER) > on) continue;
    if (day > on) {
      // A period that is not over yet: it was used in it, up to now.
      if (!isPeriod[index]) continue;
      day = on;
    }
    const source = sources[index];
    if (source && (found === null || day > best || source.id < found.id)) {
      best = day;
      found = source;
    }
  }
  return found && { on: best, source: found };
}
