/** Inputs over people and contact with them. */
import { dayOfSerial } from '../../units/day.ts';
import { type ContactDays, NEVER } from '../facts.ts';
import { contractStartOn, type Input, insufficient, notApplicable, plainly, reading } from '../reading.ts';
import { day, NONE, number, text } from './evidence.ts';
import { seatsOn } from './usage.ts';

const CHAMPION_WINDOW = 180;
const ACTIVE_WINDOW = 90;
const LEAST_SEATS = 5;

/** Days since the last two-way contact, for tiers that a person looks after. */
const daysSinceContact: Input = {
  feeds: ['engagement'],
  read(facts, context) {
    const { on, tier } = context;
    if (tier !== 'high' && tier !== 'low') return notApplicable('tier');
    const index = facts.talks.seen.findIndex((seen) => seen <= on);
    const touch = facts.talks.facts[index];
    if (touch) {
      const days = on - (facts.talks.at[index] ?? on);
      return reading(days, () => ({
        evidence: { v: number(days), date: day(touch.validAt), kind: text(touch.kind) },
        at: touch.validAt,
        source: touch.source,
      }));
    }
    const since = contractStartOn(facts, context) ?? facts.created;
    if (since > on) return insufficient('not_started');
    const days = on - since;
    return reading(days, () => ({ evidence: { v: number(days), date: NONE, kind: NONE } }), 0, true);
  },
};

/** Whether the contact was recorded as gone by then. */
const isGone = ({ left }: ContactDays, on: number): boolean => left !== null && left.on <= on && left.known <= on;

/** 1 where a champion was recorded as gone within 180 days. */
const championLeft: Input = {
  feeds: ['people'],
  read({ contacts }, { on }) {
    let hasChampion = false;
    let latest: ContactDays | null = null;
    let leftOn = on - CHAMPION_WINDOW;
    for (const one of contacts) {
      if (!one.contact.champion || one.seen > on) continue;
      hasChampion = true;
      if (one.left === null || !isGone(one, on) || one.left.on < leftOn || one.left.on <= on - CHAMPION_WINDOW) continue;
      if (latest !== null && one.left.on === leftOn && one.contact.source.id >= latest.contact.source.id) continue;
      latest = one;
      leftOn = one.left.on;
    }
    if (!hasChampion) return insufficient('champion');
    if (latest === null) return reading(0, plainly);
    const { contact } = latest;
    const days = on - leftOn;
    const at = dayOfSerial(leftOn);
    return reading(1, () => ({ evidence: { name: text(contact.name), date: day(at), v: number(days) }, at, source: contact.source }), days);
  },
};

/** Contacts who were active within 90 days and have not left. */
const activeContacts: Input = {
  feeds: ['people'],
  read(facts, context) {
    const { on } = context;
    const seats = seatsOn(facts, context);
    if (typeof seats !== 'number') return seats;
    if (seats < LEAST_SEATS) return notApplicable('few_seats');
    let told = 0;
    let active = 0;
    let newest = -NEVER;
    for (const one of facts.contacts) {
      if (one.lastActive === null || one.seen > on || isGone(one, on)) continue;
      told++;
      newest = Math.max(newest, one.lastActive);
      if (one.lastActive > on - ACTIVE_WINDOW) active++;
    }
    // The day of the last activity is overwritten, not kept: seen from before that day, nobody knows the one it replaced.
    if (told === 0 || newest > on) return insufficient('contact_activity');
    return reading(active, () => ({ evidence: { v: number(active) } }), 0, active === 0);
  },
};

export const engagementInputs = { daysSinceContact, championLeft, activeContacts } as const;
