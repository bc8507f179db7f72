/** People, tickets, opinions and contacts of the population by archetype. */
import type { AccountPlan, ContactPlan, SurveyPlan, TicketPlan, TouchPlan } from './plan.ts';
import type { Archetype, Traits } from './traits.ts';
import { comment, jobTitle, person, ticketText, touchText } from './words.ts';

export function contactsOf({ random, archetype, language }: Traits): readonly ContactPlan[] {
  const roles: readonly ContactPlan['role'][] =
    archetype === 'prospect'
      ? ['user']
      : ['champion', 'user', ...(random.chance(0.5) ? (['executive'] as const) : []), ...(random.chance(0.4) ? (['user'] as const) : [])];
  return roles.map((role) => ({
    name: person(random, language),
    role: archetype === 'prospect' ? null : role,
    title: jobTitle(random, language, role ?? 'user'),
    ...(role === 'user' && random.chance(0.06) ? { leftDaysAgo: random.int(20, 200) } : {}),
  }));
}

const TICKETS_A_YEAR: Readonly<Record<Archetype, number>> = {
  steady: 4,
  thriving: 4,
  growing: 7,
  sliding: 7,
  seasonal: 5,
  young: 5,
  tired: 2,
  small: 2,
  unfed: 3,
  churned: 0,
  prospect: 0,
};

export function ticketsOf({ random, archetype, language, startDaysAgo }: Traits): readonly TicketPlan[] {
  const days = Math.min(365, startDaysAgo);
  const count = Math.round((TICKETS_A_YEAR[archetype] * days) / 365) + random.int(-1, 2);
  const unhappy = archetype === 'sliding' || archetype === 'tired';
  return Array.from({ length: Math.max(0, count) }, () => {
    const daysAgo = random.int(1, days);
    const open = daysAgo < 6 && random.chance(0.6);
    return {
      ...ticketText(random, language),
      daysAgo,
      priority: random.pick(['LOW', 'MEDIUM', 'MEDIUM', unhappy ? 'HIGH' : 'MEDIUM'] as const),
      closedAfterHours: open ? null : Math.min(daysAgo * 24 - 20, random.int(2, unhappy ? 96 : 30)),
      ...(random.chance(0.5) ? { csat: unhappy ? random.int(2, 4) : random.int(4, 5) } : {}),
      ...(random.chance(unhappy ? 0.15 : 0.02) ? { escalated: true } : {}),
      ...(random.chance(unhappy ? 0.15 : 0.03) ? { reopened: true } : {}),
    };
  });
}

export function npsOf({ random, archetype, language, startDaysAgo }: Traits): readonly SurveyPlan[] {
  if (random.chance(0.35)) return [];
  const last = random.int(10, 170);
  const now =
    archetype === 'thriving' ? random.int(8, 10) : archetype === 'sliding' || archetype === 'tired' ? random.int(2, 7) : random.int(6, 9);
  const before = archetype === 'sliding' ? Math.min(10, now + 3) : Math.max(0, Math.min(10, now + random.int(-1, 1)));
  return [
    { daysAgo: last + 180, score: before },
    { daysAgo: last, score: now, ...(random.chance(0.6) ? { comment: comment(random, language, now) } : {}) },
  ].filter((survey) => survey.daysAgo < startDaysAgo - 20);
}

/** Days between contacts. */
const CADENCE: Readonly<Record<Archetype, number>> = {
  steady: 38,
  thriving: 26,
  growing: 40,
  sliding: 55,
  seasonal: 45,
  young: 14,
  tired: 80,
  small: 120,
  unfed: 50,
  churned: 60,
  prospect: 30,
};

export function touchesOf({ random, archetype, language, startDaysAgo }: Traits, churnDaysAgo: number | null): readonly TouchPlan[] {
  const touches: TouchPlan[] = [];
  const cadence = CADENCE[archetype];
  let daysAgo = (churnDaysAgo ?? 0) + random.int(1, cadence);
  while (daysAgo < Math.min(startDaysAgo, (churnDaysAgo ?? 0) + 300) && touches.length < 16) {
    const kind = random.pick(['meeting', 'call', 'email-in', 'email-out', 'note', 'email-in'] as const);
    touches.push({
      kind,
      daysAgo,
      ...touchText(random, language, kind),
      ...(kind === 'call' && random.chance(0.2) ? { done: false } : {}),
    });
    daysAgo += random.int(Math.ceil(cadence / 2), Math.ceil(cadence * 1.5));
  }
  if (churnDaysAgo !== null || archetype === 'prospect') return touches;
  if (random.chance(0.3)) touches.push({ kind: 'meeting', daysAgo: -random.int(2, 25), ...touchText(random, language, 'meeting') });
  if (random.chance(0.3))
    touches.push({ kind: 'task', daysAgo: random.int(-6, 4), ...touchText(random, language, 'task'), done: random.chance(0.3) });
  return touches;
}

/** Share of mails opened, visits a month now and before. */
const REACH: Readonly<Partial<Record<Archetype, readonly [opens: number, now: number, before: number]>>> = {
  steady: [0.5, 6, 6],
  thriving: [0.8, 12, 10],
  growing: [0.65, 10, 7],
  sliding: [0.15, 2, 8],
  seasonal: [0.4, 3, 5],
  young: [0.6, 12, 8],
  tired: [0.06, 1, 4],
  small: [0.35, 2, 2],
};

/** Mails, visits, prices: drawn last, so that they change nothing else of an account. */
export function around({ random, archetype }: Traits): Pick<AccountPlan, 'reach' | 'priceRaise' | 'discount'> {
  const reach = REACH[archetype];
  if (!reach) return {};
  const [opens, now, before] = reach;
  const isUneasy = archetype === 'sliding' || archetype === 'tired';
  return {
    reach: {
      opens,
      visits: [now, before],
      ...(isUneasy && random.chance(0.25) ? { cancelViews: [random.int(2, 25)] } : {}),
      ...(random.chance(0.08) ? { pricingViews: [random.int(1, 28), random.int(1, 28)] } : {}),
      ...(isUneasy && random.chance(0.5) ? { unanswered: [random.int(20, 60), random.int(80, 120)] } : {}),
    },
    ...(random.chance(0.06) ? { priceRaise: { daysAgo: random.int(10, 110), percent: random.pick([5, 8, 10]) } } : {}),
    ...(random.chance(0.04) ? { discount: { endsInDays: random.int(20, 200), percent: random.pick([10, 15, 20]) } } : {}),
  };
}
