/** What the screens ask of the revenue book, and the answers: plain data, so that they can come from another thread. */

import type { SignalRule } from '../policy.ts';
import type { Cohort } from '../revenue/cohorts.ts';
import { type MonthMovements, monthlyMovements } from '../revenue/movements.ts';
import { productsAt } from '../revenue/products.ts';
import type { Segmentation } from '../revenue/segments.ts';
import { type Month, monthsBetween } from '../units/day.ts';
import type { Money } from '../units/money.ts';
import type { ChurnStory } from './churn-stories.ts';
import type { PortalLabels } from './labels.ts';
import { type NamedWhitespace, type ProductReport, productReport } from './product-report.ts';
import { type Behind, type BehindList, behind } from './revenue-listed.ts';
import {
  type Churned,
  type ChurnReport,
  churnedOf,
  churnReport,
  cohortReport,
  type Drivers,
  driversOf,
  lastMonth,
  winBackOf,
} from './revenue-reports.ts';
import type { RevenueSource } from './revenue-source.ts';
import { newestFirst, TOLD_AT_ONCE } from './who-left.ts';

export type RevenueQuestion =
  | { readonly ask: 'mrr'; readonly months: number }
  /** What moved MRR in the `months` up to `month`: its end against the end of the month before them. */
  | { readonly ask: 'drivers'; readonly by: Segmentation | 'account'; readonly month: Month; readonly months: number }
  | { readonly ask: 'churn'; readonly months: number }
  /** What had been known and was done of who left, from one place of a list on: of all, of the win-back list, or of a month. */
  | { readonly ask: 'stories'; readonly months: number; readonly of: 'all' | 'winback' | Month; readonly from: number }
  | { readonly ask: 'cohorts' }
  | { readonly ask: 'products'; readonly months: number }
  | { readonly ask: 'behind'; readonly of: Behind };

/** An account that lacks something, with what it has. */
export interface WhitespaceRow {
  readonly id: string;
  /** Raw. */
  readonly name: string;
  readonly mrr: Money;
  readonly has: readonly string[];
  readonly lacks: readonly Pick<NamedWhitespace, 'product' | 'peers' | 'of' | 'like'>[];
}

export interface ProductAnswer extends Omit<ProductReport, 'whitespace'> {
  /** The accounts with the most MRR that lack something. */
  readonly whitespace: readonly WhitespaceRow[];
  readonly whitespaceCount: number;
}

export interface StoryAnswer {
  readonly stories: readonly (Pick<Churned, 'id' | 'month'> & ChurnStory)[];
  /** What the signals are called. */
  readonly rules: readonly Pick<SignalRule, 'id' | 'label'>[];
}

export interface ChurnAnswer extends ChurnReport {
  /** MRR lost by month shown, of everybody: `churned` has the largest of each month. */
  readonly lost: readonly Money[];
}

export interface RevenueAnswers {
  readonly mrr: { readonly months: readonly MonthMovements[] };
  readonly drivers: Drivers;
  readonly churn: ChurnAnswer;
  readonly stories: StoryAnswer;
  readonly cohorts: readonly Cohort[];
  readonly products: ProductAnswer;
  readonly behind: BehindList;
}

export type Ask = RevenueQuestion['ask'];

/** An answer with what it is about. */
export type RevenueAnswer = {
  readonly [A in Ask]: {
    readonly ask: A;
    readonly currency: string;
    /** The last month of the figures. */
    readonly last: Month;
    /** The month that is still being written. */
    readonly writing: Month | null;
    /** Of the whole portal, not of one book. */
    readonly whole: boolean;
    readonly unknown: number;
    readonly foreign: number;
    /** What people read in place of plans and products. */
    readonly labels: Pick<PortalLabels, 'plan' | 'product'>;
    /** The policy has grades of its own to cut customers by. */
    readonly graded: boolean;
    readonly data: RevenueAnswers[A];
  };
}[Ask];

/** More than anybody reads on a screen. */
const LISTED = 500;

/** What every answer says of itself. */
function headOf(source: RevenueSource) {
  const { book, whole } = source;
  const { unknown, foreign } = book.notes;
  const { plan, product } = source.labels;
  return {
    ...{ currency: book.ledger.currency, last: lastMonth(source), writing: book.writing, whole, unknown, foreign },
    ...{ labels: { plan, product }, graded: (source.policy.customerGrades ?? []).length > 0 },
  };
}

const lostIn = (churned: readonly Churned[], month: Month): Money =>
  churned.reduce((sum, one) => (one.month === month ? sum + one.mrrLost : sum), 0) as Money;

type StoryQuestion = Extract<RevenueQuestion, { ask: 'stories' }>;

/** Listed of each month. */
const OF_A_MONTH = 100;

/** The largest losses of each month. */
function largest(churned: readonly Churned[]): readonly Churned[] {
  return [...Map.groupBy(churned, ({ month }) => month).values()].flatMap((own) => own.slice(0, OF_A_MONTH));
}

/** Of whom the stories are asked, in the order in which the screen lists them. */
export function leftOf(source: RevenueSource, { months, of, from }: StoryQuestion): readonly Churned[] {
  const churned = churnedOf(source, months);
  const listed = of === 'winback' ? winBackOf(source, churned) : newestFirst(largest(churned));
  return (of === 'winback' || of === 'all' ? listed : listed.filter(({ month }) => month === of)).slice(from, from + TOLD_AT_ONCE);
}

export const answerStories = (source: RevenueSource, stories: ReadonlyMap<Churned, ChurnStory>): RevenueAnswer => ({
  ...headOf(source),
  ask: 'stories',
  data: {
    stories: [...stories].map(([{ id, month }, story]) => ({ id, month, ...story })),
    rules: source.policy.signals.map(({ id, label }) => ({ id, label })),
  },
});

export function answerRevenue(source: RevenueSource, question: Exclude<RevenueQuestion, StoryQuestion>): RevenueAnswer {
  const { book } = source;
  const head = headOf(source);
  switch (question.ask) {
    case 'mrr':
      return { ...head, ask: 'mrr', data: { months: monthlyMovements(book.ledger, question.months) } };
    case 'drivers':
      return {
        ...head,
        ask: 'drivers',
        data: driversOf(source, question.by, question.months, monthsBetween(book.ledger.first, question.month)),
      };
    case 'churn': {
      const report = churnReport(source, { months: question.months, by: null });
      return {
        ...head,
        ask: 'churn',
        data: {
          ...report,
          ...{ churned: largest(report.churned), winBack: report.winBack.slice(0, LISTED) },
          lost: report.months.map(({ month }) => lostIn(report.churned, month)),
        },
      };
    }
    case 'cohorts':
      return { ...head, ask: 'cohorts', data: cohortReport(source, null) };
    case 'products':
      return { ...head, ask: 'products', data: productAnswer(source, question.months) };
    case 'behind':
      return { ...head, ask: 'behind', data: behind(source, question.of) };
  }
}

function productAnswer(source: RevenueSource, months: number): ProductAnswer {
  const { whitespace, ...report } = productReport(source, months);
  const { ledger } = source.book;
  const last = ledger.months - 1;
  const accounts = [...Map.groupBy(whitespace, ({ account }) => account)]
    .map(([place, lacks]): WhitespaceRow | null => {
      const [first] = lacks;
      if (!first) return null;
      const has = productsAt(ledger, place, last).map((product) => ledger.products[product] ?? '');
      return {
        id: first.id,
        name: first.name,
        mrr: first.mrr,
        has,
        lacks: lacks.map(({ product, peers, of, like }) => ({ product, peers, of, like })),
      };
    })
    .filter((row) => row !== null)
    .sort((a, b) => b.mrr - a.mrr || (a.id < b.id ? -1 : 1));
  return { ...report, whitespace: accounts.slice(0, LISTED), whitespaceCount: accounts.length };
}
