/** Revenue and usage of the population by archetype. */
import { growing, level, mrrLine, usage } from './curves.ts';
import { type AccountPlan, MONTHS, type Product } from './plan.ts';
import type { Random } from './random.ts';
import type { Archetype, Traits } from './traits.ts';

const PRODUCTS: readonly Product[] = ['CRM', 'MA', 'SFA', 'BI'];
const DAYS_A_MONTH = 30;

export function mrrOf({ random, archetype, plan, mrr, seats, startDaysAgo }: Traits, churnDaysAgo: number | null): AccountPlan['mrr'] {
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

export function usageOf({ random, archetype, seats, features, startDaysAgo }: Traits): AccountPlan['usage'] {
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
