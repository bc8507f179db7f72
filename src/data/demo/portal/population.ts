/** The many companies without a story of their own, by archetype: steady, growing, sliding, seasonal, young, tired, gone. */
import type { AccountPlan, PlanName } from './plan.ts';
import { around, contactsOf, npsOf, ticketsOf, touchesOf } from './population-around.ts';
import { mrrOf, usageOf } from './population-series.ts';
import type { Random } from './random.ts';
import type { Archetype, Traits } from './traits.ts';
import { goals, identity } from './words.ts';

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
    ...around(traits),
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
