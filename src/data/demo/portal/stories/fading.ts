/** Smaller accounts that are fading, never started, or have said goodbye. */
import { level, mrrLine, usage } from '../curves.ts';
import type { AccountPlan } from '../plan.ts';
import { story } from './story.ts';

/** Uses fewer features by the month though logins hold. */
export const narrowing = (): AccountPlan =>
  story({
    name: 'Kestrel Analytics',
    domain: 'kestrel-analytics.example',
    language: 'en',
    industry: 'COMPUTER_SOFTWARE',
    csm: 0,
    employees: 75,
    seats: 15,
    startDaysAgo: 540,
    termMonths: 1,
    renewalInDays: null,
    billing: 'monthly',
    mrr: [{ product: 'CRM', plan: 'Standard', months: mrrLine({ now: 150_000, from: 18 }) }],
    usage: usage({
      logins: level(48),
      users: level(9),
      features: [
        [26, 7],
        [8, 7],
        [4, 4],
      ],
      wobble: [0, 3, -2],
    }),
    contacts: [
      { name: 'Harlow', role: 'champion', title: 'Head of Operations' },
      { name: 'Tan', role: 'user', title: 'Analyst' },
    ],
    tickets: [
      {
        daysAgo: 40,
        subject: 'Export to our warehouse',
        content: 'We now build our reports outside. Is there an API?',
        category: 'FEATURE_REQUEST',
        priority: 'MEDIUM',
        closedAfterHours: 22,
        csat: 4,
      },
    ],
    nps: [{ daysAgo: 70, score: 7, comment: 'Fine, but we use only half of it' }],
    touches: [{ kind: 'email-in', daysAgo: 24, title: 'Re: next meeting', body: 'Let us skip this month.' }],
  });

/** Gave up one of its two products in the month before last; the renewal of the other is near. */
export const dropped = (): AccountPlan =>
  story({
    name: 'さくら印刷',
    domain: 'sakura-insatsu.example',
    industry: 'PRINTING',
    csm: 0,
    employees: 24,
    plan: 'Starter',
    seats: 6,
    featuresInPlan: 6,
    startDaysAgo: 1_062,
    renewalInDays: 33,
    mrr: [
      { product: 'CRM', plan: 'Starter', months: mrrLine({ now: 30_000 }) },
      { product: 'MA', plan: 'Starter', months: mrrLine({ now: 30_000, from: 25, until: 2 }) },
    ],
    usage: usage({
      logins: [
        [26, 20],
        [12, 18],
        [1, 11],
      ],
      users: [
        [26, 5],
        [1, 3],
      ],
      features: [
        [26, 4],
        [1, 2],
      ],
      wobble: [0, 1, -1],
    }),
    tickets: [
      {
        daysAgo: 66,
        subject: 'MAの解約手続き',
        content: '費用対効果が見えないため、MAだけ解約したい。',
        category: 'BILLING_ISSUE',
        priority: 'MEDIUM',
        closedAfterHours: 20,
        csat: 4,
      },
    ],
    touches: [{ kind: 'email-in', daysAgo: 63, title: 'Re: MAの解約について', body: '社内で検討の結果です。' }],
  });

/** Bought ten weeks ago, hardly anybody has started. */
export const notActivated = (): AccountPlan =>
  story({
    name: 'Larkspur Foods',
    domain: 'larkspur-foods.example',
    language: 'en',
    industry: 'FOOD_PRODUCTION',
    csm: 2,
    employees: 210,
    seats: 25,
    onboarding: 'setup',
    startDaysAgo: 74,
    renewalInDays: 291,
    mrr: [{ product: 'CRM', plan: 'Standard', months: mrrLine({ now: 180_000, from: 2 }) }],
    usage: usage({
      from: 10,
      logins: [
        [10, 3],
        [6, 7],
        [1, 5],
      ],
      users: [
        [10, 1],
        [6, 3],
        [1, 2],
      ],
      features: [
        [10, 1],
        [1, 2],
      ],
    }),
    contacts: [
      { name: 'Romero', role: 'champion', title: 'Sales Operations Manager' },
      { name: 'Boyd', role: 'user', title: 'Account Executive' },
    ],
    tickets: [
      {
        daysAgo: 30,
        subject: 'Single sign-on',
        content: 'Our IT wants single sign-on before the roll-out.',
        category: 'PRODUCT_ISSUE',
        priority: 'HIGH',
        closedAfterHours: null,
      },
    ],
    touches: [
      { kind: 'meeting', daysAgo: 61, title: 'Kick-off', body: 'Roll-out planned for October.' },
      { kind: 'email-out', daysAgo: 13, title: 'Training dates', body: 'Which of these three days suits your team?' },
    ],
  });

/** Has given notice; the contract runs out in seven weeks. */
export const leaving = (): AccountPlan =>
  story({
    name: 'Tidewater Press',
    domain: 'tidewater-press.example',
    language: 'en',
    industry: 'PRINTING',
    csm: 2,
    employees: 90,
    seats: 14,
    startDaysAgo: 1_045,
    renewalInDays: 50,
    noticeGivenDaysAgo: 12,
    sentiment: 'AT_RISK',
    mrr: [
      {
        product: 'CRM',
        plan: 'Standard',
        months: mrrLine({
          now: 140_000,
          steps: [
            [29, 1.1],
            [9, 1],
          ],
        }),
      },
    ],
    usage: usage({
      logins: [
        [26, 40],
        [14, 30],
        [1, 9],
      ],
      users: [
        [26, 10],
        [1, 4],
      ],
      features: [
        [26, 6],
        [1, 3],
      ],
    }),
    nps: [{ daysAgo: 60, score: 3, comment: 'Not worth the price' }],
    tickets: [
      {
        daysAgo: 12,
        subject: 'Cancellation',
        content: 'We will not renew in January. Please confirm.',
        category: 'BILLING_ISSUE',
        priority: 'HIGH',
        closedAfterHours: 5,
      },
    ],
    touches: [{ kind: 'call', daysAgo: 11, title: 'Notice', body: 'Moving to the group’s own system.' }],
  });
