/** Inputs over people and contact with them. */
import { isKnown, lastTouch } from '../../account.ts';
import { daysBetween } from '../../units/day.ts';
import { daysAgo, type Input, insufficient, notApplicable, reading } from '../reading.ts';
import { day, NONE, number, text } from './evidence.ts';
import { seatsOn } from './usage.ts';

const CHAMPION_WINDOW = 180;
const ACTIVE_WINDOW = 90;
const LEAST_SEATS = 5;

/** Days since the last two-way contact, for tiers that a person looks after. */
const daysSinceContact: Input = {
  feeds: ['engagement'],
  read(account, { asOf, tier, revenue }) {
    if (tier !== 'high' && tier !== 'low') return notApplicable('tier');
    const touch = lastTouch(account, asOf);
    if (touch) {
      const days = daysBetween(touch.validAt, asOf);
      return reading(
        days,
        { v: number(days), date: day(touch.validAt), kind: text(touch.kind) },
        { at: touch.validAt, source: touch.source },
      );
    }
    const since = revenue.contractStart ?? account.createdOn;
    if (since > asOf) return insufficient('not_started');
    const days = daysBetween(since, asOf);
    return reading(days, { v: number(days), date: NONE, kind: NONE }, { zero: true });
  },
};

/** 1 where a champion was recorded as gone within 180 days. */
const championLeft: Input = {
  feeds: ['people'],
  read(account, { asOf }) {
    const champions = account.contacts.filter((contact) => contact.champion && isKnown(contact, asOf));
    if (champions.length === 0) return insufficient('champion');
    const after = daysAgo(asOf, CHAMPION_WINDOW);
    const [latest] = champions
      .flatMap((contact) =>
        contact.left && contact.left.on > after && contact.left.on <= asOf && contact.left.knownAt <= asOf
          ? [{ contact, on: contact.left.on }]
          : [],
      )
      .sort((a, b) => (a.on === b.on ? (a.contact.source.id < b.contact.source.id ? -1 : 1) : a.on < b.on ? 1 : -1));
    if (!latest) return reading(0, {});
    const days = daysBetween(latest.on, asOf);
    return reading(
      1,
      { name: text(latest.contact.name), date: day(latest.on), v: number(days) },
      { at: latest.on, source: latest.contact.source, ageDays: days },
    );
  },
};

/** Contacts who were active within 90 days and have not left. */
const activeContacts: Input = {
  feeds: ['people'],
  read(account, context) {
    const { asOf } = context;
    const seats = seatsOn(account, context);
    if (typeof seats !== 'number') return seats;
    if (seats < LEAST_SEATS) return notApplicable('few_seats');
    const present = account.contacts.filter(
      (contact) => isKnown(contact, asOf) && !(contact.left && contact.left.on <= asOf && contact.left.knownAt <= asOf),
    );
    const seen = present.filter((contact) => contact.lastActiveOn !== null);
    // The day of the last activity is overwritten, not kept: seen from before that day, nobody knows the one it replaced.
    if (seen.length === 0 || seen.some((contact) => (contact.lastActiveOn ?? asOf) > asOf)) return insufficient('contact_activity');
    const after = daysAgo(asOf, ACTIVE_WINDOW);
    const active = seen.filter((contact) => (contact.lastActiveOn ?? '') > after);
    return reading(active.length, { v: number(active.length) }, { zero: active.length === 0 });
  },
};

export const engagementInputs = { daysSinceContact, championLeft, activeContacts } as const;
