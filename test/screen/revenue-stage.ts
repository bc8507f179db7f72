/** A portal's revenue for screens: a seeded history of sample companies, asked through the real reports. */

import type { ChurnStory } from '../../src/book/churn-stories.ts';
import { NO_LABELS } from '../../src/book/labels.ts';
import { answerRevenue, answerStories, leftOf, type RevenueAnswer, type RevenueQuestion } from '../../src/book/revenue-answers.ts';
import type { Churned } from '../../src/book/revenue-reports.ts';
import type { RevenueSource } from '../../src/book/revenue-source.ts';
import type { LookBack } from '../../src/plays/post-mortem.ts';
import { DEFAULT_POLICY } from '../../src/scoring/policy-default.ts';
import { addDays } from '../../src/units/day.ts';
import type { Money } from '../../src/units/money.ts';
import { type History, LAST, ledger } from '../revenue/histories.ts';
import { HOSTILE, TODAY } from './fixture.ts';

const PRODUCTS = ['CRM', 'MA', 'SFA', 'サポート窓口', 'BI', 'CTI'];
const PLANS = ['Starter', 'Standard', 'Enterprise'];
export const REASONS = ['too expensive', '他社に切り替え', 'missing feature', null, '事業終了'];
const WORST = HOSTILE.filter((name) => !/\p{Extended_Pictographic}|\p{M}/u.test(name));

/** A number from 0 to 1 that is always the same for the same place. */
const random = (a: number, b: number): number => {
  const x = Math.sin(a * 127.1 + b * 311.7) * 43758.5453;
  return x - Math.floor(x);
};

export function historyOf(count: number): History {
  return Object.fromEntries(
    Array.from({ length: count }, (_, at) => {
      const began = 2 + Math.floor(random(at, 1) * 30);
      const left = random(at, 2) < 0.35 ? Math.floor(random(at, 3) * began) : -1;
      const lines = Array.from({ length: began }, (_, back) => back)
        .filter((back) => back >= left + (left < 0 ? 0 : 1) || (random(at, 4) < 0.2 && back < 2))
        .flatMap((back) => {
          const grown = 1 + Math.floor(((began - back) / 12) * random(at, 5) * 3);
          return PRODUCTS.slice(
            0,
            Math.min(PRODUCTS.length, 1 + Math.floor(random(at, 6) * 2) + (back < began / 2 ? Math.floor(random(at, 7) * 3) : 0)),
          ).map((product, index) => ({
            back,
            product,
            plan: PLANS[Math.min(2, Math.floor(random(at, 8) * 2) + (back < began / 3 ? 1 : 0))] ?? 'Starter',
            amount: Math.round(20 + random(at, index + 9) * 300) * grown * 1000,
          }));
        });
      return [String(9001 + at), lines];
    }),
  );
}

/** Of every third account a post-mortem whose cause is gone since, of every third one that says it could not be helped. */
const lookBacksIn = (history: History): RevenueSource['lookBacks'] =>
  new Map(
    Object.keys(history).flatMap((id, at): readonly (readonly [string, LookBack])[] => {
      const found = { day: TODAY, cause: 'price', helped: '小さいプラン' } as const;
      if (at % 3 === 0) return [[id, { ...found, avoidable: 'yes', fixed: { day: TODAY, what: 'A smaller plan' } }]];
      return at % 3 === 1 ? [[id, { ...found, avoidable: 'no', fixed: null }]] : [];
    }),
  );

/** `hostile`: names, plans and reasons that want to drive the terminal. */
export function sourceOf(history: History, hostile = false): RevenueSource {
  const books = ledger(history);
  const worst = (at: number): string => WORST[at % WORST.length] ?? '';
  return {
    asOf: TODAY,
    isAhead: false,
    day: TODAY,
    book: {
      ledger: hostile
        ? {
            ...books,
            products: books.products.map((one, at) => one && worst(at)),
            plans: books.plans.map((one, at) => one && worst(at + 1)),
          }
        : books,
      account: (place) => ({
        name: hostile ? worst(place) : `Sample ${books.ids[place]} 株式会社`,
        ownerId: place % 3 === 0 ? null : String(77 + (place % 2)),
        industry: hostile ? worst(place) : (['製造', 'SaaS', null][place % 3] ?? null),
        segment: null,
        plan: null,
        employees: place % 4 === 0 ? null : 5 * 4 ** (place % 5),
        churnReason: hostile ? worst(place) : (REASONS[place % REASONS.length] ?? null),
        contractValue: place % 3 === 1 ? (((place + 1) * 10_000_000_000) as Money) : null,
        renewal: place % 3 === 2 ? addDays(TODAY, 200) : null,
      }),
      writing: null,
      notes: { companies: books.ids.length, unknown: 2, foreign: 1, converted: 0, oldestRecord: null },
    },
    owners: new Map(),
    labels: NO_LABELS,
    policyHash: 'sha256:sample',
    policy: { ...DEFAULT_POLICY, targets: { logoChurnRate: 0.02, grr: 0.9, nrr: 1.05 } },
    lookBacks: lookBacksIn(history),
    whole: true,
  };
}

export const answering =
  (source: RevenueSource) =>
  (question: RevenueQuestion): RevenueAnswer =>
    structuredClone(
      question.ask === 'stories' ? answerStories(source, storiesOf(leftOf(source, question))) : answerRevenue(source, question),
    );

/** Of each who left the same: two signs, four actions of ours, no post-mortem by the play. */
const storiesOf = (churned: readonly Churned[]): ReadonlyMap<Churned, ChurnStory> =>
  new Map(
    churned.map((one) => [
      one,
      {
        signs: [
          { signal: 'usage.last_login', points: 9, since: TODAY, daysBefore: 47 },
          { signal: 'people.champion_left', points: 8, since: TODAY, daysBefore: 12 },
        ],
        actions: (['note', 'email', 'call', 'meeting'] as const).map((kind, at) => ({ kind, day: addDays(TODAY, at) })),
        postmortem: 'open',
      },
    ]),
  );

export { LAST };
