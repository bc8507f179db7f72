/** The many companies without a story of their own, by archetype: steady, growing, sliding, seasonal, young, tired, gone. */
import { growing, level, mrrLine, usage } from './curves.ts';
import {
  type AccountPlan,
  type ContactPlan,
  MONTHS,
  type PlanName,
  type Product,
  type SurveyPlan,
  type TicketPlan,
  type TouchPlan,
} from './plan.ts';
import type { Random } from './random.ts';
import { comment, goals, identity, jobTitle, person, ticketText, touchText } from './words.ts';

export type Archetype =
  | 'steady'
  | 'thriving'
  | 'growing'
  | 'sliding'
  | 'seasonal'
  | 'young'
  | 'tired'
  | 'small'
  | 'unfed'
  | 'churned'
  | 'prospect';

/** Out of 100 companies. */
const SHARES: readonly (readonly [Archetype, number])[] = [
  ['steady', 27],
  ['thriving', 12],
  ['growing', 10],
  ['sliding', 7],
  ['seasonal', 5],
  ['young', 6],
  ['tired', 6],
  ['small', 9],
  ['unfed', 2],
  ['churned', 9],
  ['prospect', 7],
];

function archetypeOf(n: number): Archetype {
  // A full turn of 100 in a scattered order, so that any stretch of companies has the same mixture.
  let place = (n * 37) % 100;
  for (const [archetype, share] of SHARES) {
    if (place < share) return archetype;
    place -= share;
  }
  return 'steady';
}

/** Yen a month for the whole of a plan, and what comes with it. */
const PLANS: Readonly<
  Record<
    PlanName,
    {
      readonly mrr: readonly [number, number];
      readonly seats: readonly [number, number];
      readonly features: number;
      readonly employees: readonly [number, number];
    }
  >
> = {
  Starter: { mrr: [18_000, 70_000], seats: [3, 12], features: 6, employees: [4, 60] },
  Standard: { mrr: [90_000, 320_000], seats: [10, 45], features: 12, employees: [40, 400] },
  Enterprise: { mrr: [380_000, 1_250_000], seats: [40, 180], features: 18, employees: [300, 4_000] },
};

const PRODUCTS: readonly Product[] = ['CRM', 'MA', 'SFA', 'BI'];
const DAYS_A_MONTH = 30;

interface Traits {
  readonly random: Random;
  readonly archetype: Archetype;
  readonly plan: PlanName;
  readonly seats: number;
  readonly features: number;
  readonly mrr: number;
  readonly startDaysAgo: number;
  readonly language: 'ja' | 'en';
}

export function populationPlan(n: number, random: Random): AccountPlan {
  const archetype = archetypeOf(n);
  const who = identity(n);
  const roll = random.next();
  const plan: PlanName = archetype === 'small' ? 'Starter' : roll < 0.3 ? 'Starter' : roll < 0.8 ? 'Standard' : 'Enterprise';
  const shape = PLANS[plan];
  const startDaysAgo = archetype === 'young' ? random.int(25, 130) : archetype === 'prospect' ? random.int(5, 200) : random.int(200, 1_900);
  const traits: Traits = {
    random,
    archetype,
    plan,
    seats: random.int(...shape.seats),
    features: shape.features,
    mrr: Math.round(random.int(...shape.mrr) / 1_000) * 1_000,
    startDaysAgo,
    language: who.language,
  };
  const monthly = plan === 'Starter' ? random.chance(0.6) : random.chance(0.1);
  const termMonths = monthly ? 1 : random.chance(0.12) ? 24 : 12;
  const churnDaysAgo = archetype === 'churned' ? random.int(20, Math.min(600, startDaysAgo - 120)) : null;
  const contacts = contactsOf(traits);
  return {
    ...who,
    employees: random.int(...shape.employees),
    kind: archetype === 'prospect' ? 'prospect' : archetype === 'churned' ? 'churned' : 'customer',
    plan,
    seats: traits.seats,
    featuresInPlan: shape.features,
    goals: goals(random, who.language),
    onboarding: archetype === 'young' ? random.pick(['kickoff', 'setup', 'training', 'live']) : 'live',
    startDaysAgo,
    termMonths,
    renewalInDays: monthly || archetype === 'prospect' || churnDaysAgo !== null ? null : renewalIn(startDaysAgo, termMonths),
    billing: monthly ? 'monthly' : random.chance(0.1) ? 'semiannual' : 'annual',
    contractValue: null,
    noticeDays: random.pick([30, 30, 60, 90]),
    ...(churnDaysAgo === null
      ? {}
      : {
          churn: {
            daysAgo: churnDaysAgo,
            reason: random.pick(['usage', 'usage', 'price', 'price', 'competitor', 'feature', 'support', 'business']),
          },
        }),
    ...(random.chance(0.3) && archetype !== 'prospect' ? { sentiment: sentimentOf(archetype) } : {}),
    mrr: archetype === 'prospect' ? [] : mrrOf(traits, churnDaysAgo),
    usage: archetype === 'prospect' || archetype === 'unfed' || churnDaysAgo !== null ? null : usageOf(traits),
    contacts,
    tickets: archetype === 'prospect' || churnDaysAgo !== null ? [] : ticketsOf(traits),
    nps: archetype === 'prospect' || churnDaysAgo !== null ? [] : npsOf(traits),
    touches: touchesOf(traits, churnDaysAgo),
    ...(random.chance(0.3) ? { renewalDeal: true } : {}),
  };
}

/** Contracts renew on their start's anniversary. */
function renewalIn(startDaysAgo: number, termMonths: number): number {
  const term = Math.round(termMonths * 30.44);
  return term - (startDaysAgo % term);
}

function sentimentOf(archetype: Archetype): 'HEALTHY' | 'NEUTRAL' | 'AT_RISK' {
  if (archetype === 'sliding' || archetype === 'tired' || archetype === 'churned') return 'AT_RISK';
  return archetype === 'thriving' || archetype === 'growing' ? 'HEALTHY' : 'NEUTRAL';
}

function mrrOf({ random, archetype, plan, mrr, seats, startDaysAgo }: Traits, churnDaysAgo: number | null): AccountPlan['mrr'] {
  const from = Math.min(MONTHS, Math.floor(startDaysAgo / DAYS_A_MONTH));
  const until = churnDaysAgo === null ? -1 : Math.floor(churnDaysAgo / DAYS_A_MONTH);
  const wanted = plan === 'Starter' || archetype === 'small' ? 1 : random.int(1, plan === 'Enterprise' ? 4 : 3);
  const parts = [1, 0.45, 0.3, 0.2].slice(0, wanted);
  const whole = parts.reduce((sum, part) => sum + part, 0);
  const seatsByMonth = Array.from({ length: MONTHS }, () => seats);
  return parts.map((part, index) => {
    const now = (mrr * part) / whole;
    const months = growing(now * startShare(archetype), now, from);
    const steps =
      archetype === 'growing' || archetype === 'thriving' ? months : mrrLine({ now, from, until, steps: stepsOf(random, archetype, from) });
    return {
      product: PRODUCTS[index] ?? 'CRM',
      plan,
      months: churnDaysAgo === null ? steps : mrrLine({ now, from, until }),
      seats: seatsByMonth,
    };
  });
}

const startShare = (archetype: Archetype): number => (archetype === 'growing' ? 0.35 : 0.75);

function stepsOf(random: Random, archetype: Archetype, from: number): readonly (readonly [number, number])[] {
  if (archetype === 'sliding')
    return [
      [from, 1.2],
      [6, 1.1],
      [random.int(1, 2), 1],
    ];
  if (archetype === 'tired')
    return [
      [from, 1.15],
      [random.int(8, 14), 1],
    ];
  return random.chance(0.5)
    ? [
        [from, 0.85],
        [random.int(5, 18), 1],
      ]
    : [];
}

const WOBBLE = [0, 2, -1, 1, -2, 3, 0, -1, 1, -3, 2] as const;

function usageOf({ random, archetype, seats, features, startDaysAgo }: Traits): AccountPlan['usage'] {
  const weeksOld = Math.floor(startDaysAgo / 7);
  const busy = (0.45 + random.next() * 0.4) * seats;
  const logins = busy * (2.5 + random.next() * 2);
  const share = 0.4 + random.next() * 0.35;
  const wobble = WOBBLE.map((step) => Math.round((step * Math.max(1, logins)) / 30));
  const from = Math.min(26, weeksOld);
  const flat = { from, wobble, features: level(features * share) };
  switch (archetype) {
    case 'thriving':
      return usage({
        ...flat,
        logins: level(logins * 1.4),
        users: level(seats * (0.78 + random.next() * 0.18)),
        features: level(features * 0.8),
      });
    case 'growing':
      return usage({
        ...flat,
        logins: [
          [26, logins * 0.6],
          [1, logins * 1.4],
        ],
        users: [
          [26, busy * 0.6],
          [1, busy * 1.15],
        ],
      });
    case 'sliding':
      return usage({
        ...flat,
        logins: [
          [26, logins],
          [11, logins],
          [1, logins * 0.45],
        ],
        users: [
          [12, busy],
          [1, seats * 0.3],
        ],
        features: [
          [12, features * share],
          [1, features * 0.25],
        ],
      });
    case 'seasonal':
      return usage({
        ...flat,
        logins: [
          [26, logins],
          [20, logins * 0.5],
          [13, logins * 1.3],
          [6, logins * 0.6],
          [1, logins],
        ],
        users: level(busy),
      });
    case 'young':
      return usage({
        ...flat,
        logins: [
          [from, 2],
          [1, logins],
        ],
        users: [
          [from, 1],
          [1, busy],
        ],
        features: [
          [from, 1],
          [1, features * share],
        ],
      });
    case 'tired':
      return usage({ ...flat, logins: level(Math.max(3, seats * 0.5)), users: level(seats * 0.22), features: level(features * 0.2) });
    default:
      return usage({ ...flat, logins: level(logins), users: level(busy) });
  }
}

function contactsOf({ random, archetype, language }: Traits): readonly ContactPlan[] {
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

function ticketsOf({ random, archetype, language, startDaysAgo }: Traits): readonly TicketPlan[] {
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

function npsOf({ random, archetype, language, startDaysAgo }: Traits): readonly SurveyPlan[] {
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

function touchesOf({ random, archetype, language, startDaysAgo }: Traits, churnDaysAgo: number | null): readonly TouchPlan[] {
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
