/** The orders in which the list can stand. Pure. */
import { comparable } from '../../book/home-money.ts';
import { type BookRow, shown } from '../../book/row.ts';
import type { Tier } from '../../policy.ts';
import type { Lang } from '../../text/messages/index.ts';
import type { Day } from '../../units/day.ts';

export const SORTS = [
  'priority',
  'tier',
  'mrr',
  'growth',
  'risk',
  'change',
  'loss',
  'contract',
  'renewal',
  'lastUse',
  'lastTouch',
  'products',
  'plan',
  'owner',
  'why',
  'growth1m',
  'probability',
  'coverage',
  'atRisk',
  'age',
  'notice',
  'team',
  'industry',
  'segment',
  'domain',
  'quadrant',
  'play',
  'signals',
  'tickets',
  'nps',
  'health',
  'snoozed',
  'name',
] as const;
export type Sort = (typeof SORTS)[number];

export interface Order {
  readonly sort: Sort;
  readonly reversed: boolean;
}

/** Signals that raise the risk now. */
export const firing = ({ signals }: BookRow): number => signals.filter(({ points, dismissed }) => points > 0 && !dismissed).length;

/** Unknown values stand last whichever way the order runs. */
const by =
  (value: (row: BookRow) => number | null, direction: 1 | -1) =>
  (a: BookRow, b: BookRow): number => {
    const x = value(a);
    const y = value(b);
    if (x === null || y === null) return x === y ? 0 : x === null ? 1 : -1;
    return (x - y) * direction;
  };

const TIER_ORDER: Readonly<Record<Tier, number>> = { high: 0, low: 1, tech: 2 };

/** The worst first: the share of the MRR that was lost or won. */
function growth(mrr: number | null, change: number | null): number | null {
  return mrr === null || change === null || mrr - change <= 0 ? null : change / (mrr - change);
}

const QUADRANT_ORDER: Readonly<Record<NonNullable<BookRow['quadrant']>, number>> = { act: 0, keep: 1, automate: 2, tech: 3 };

const dayOrder = (day: Day | null): number | null => (day === null ? null : Date.parse(day));

function byText(text: (row: BookRow) => string | null, turn: 1 | -1, lang: Lang): (a: BookRow, b: BookRow) => number {
  const { compare } = collatorOf(lang);
  return (a, b) => {
    const x = text(a);
    const y = text(b);
    if (x === null || y === null) return x === y ? 0 : x === null ? 1 : -1;
    return compare(x, y) * turn;
  };
}

const collators: Partial<Record<Lang, Intl.Collator>> = {};

function collatorOf(lang: Lang): Intl.Collator {
  collators[lang] ??= new Intl.Collator(lang, { numeric: true });
  return collators[lang];
}

/** Null: as the book stands. */
export function comparator(order: Order, lang: Lang): ((a: BookRow, b: BookRow) => number) | null {
  const turn = order.reversed ? -1 : 1;
  switch (order.sort) {
    case 'priority':
      return null;
    case 'risk':
      return by((row) => row.risk, turn === 1 ? -1 : 1);
    case 'mrr':
      return by((row) => comparable(row, row.mrr), turn === 1 ? -1 : 1);
    case 'change':
      return by((row) => row.riskChange7d, turn === 1 ? -1 : 1);
    case 'renewal':
      return by((row) => row.daysToRenewal, turn);
    case 'growth':
      return by((row) => growth(row.mrr, row.mrrChange3m), turn);
    case 'growth1m':
      return by((row) => growth(row.mrr, row.mrrChange1m), turn);
    case 'loss':
      return by((row) => comparable(row, row.expectedLoss), turn === 1 ? -1 : 1);
    case 'contract':
      return by((row) => comparable(row, row.contractValue), turn === 1 ? -1 : 1);
    case 'tier':
      return by((row) => (row.tier === null ? null : TIER_ORDER[row.tier]), turn);
    case 'lastUse':
      return by((row) => row.daysSinceLastUse, turn === 1 ? -1 : 1);
    case 'lastTouch':
      return by((row) => dayOrder(row.lastTouchAt), turn);
    case 'products':
      return by((row) => row.products.length, turn === 1 ? -1 : 1);
    case 'plan':
      return byText((row) => shown(row, 'plan'), turn, lang);
    case 'owner':
      return byText((row) => row.owner?.name ?? null, turn, lang);
    case 'why':
      return byText((row) => row.signals.find(({ points, dismissed }) => points > 0 && !dismissed)?.short[lang] ?? null, turn, lang);
    case 'name':
      return byText((row) => row.name, turn, lang);
    case 'probability':
      return by((row) => row.probability, turn === 1 ? -1 : 1);
    case 'coverage':
      return by((row) => row.coverage, turn);
    case 'atRisk':
      return by((row) => comparable(row, row.mrrAtRisk), turn === 1 ? -1 : 1);
    case 'age':
      return by((row) => row.contractAgeMonths, turn);
    case 'notice':
      return by((row) => dayOrder(row.noticeBy), turn);
    case 'team':
      return byText((row) => row.team, turn, lang);
    case 'industry':
      return byText((row) => shown(row, 'industry'), turn, lang);
    case 'segment':
      return byText((row) => shown(row, 'segment'), turn, lang);
    case 'domain':
      return byText((row) => row.domain, turn, lang);
    case 'quadrant':
      return by((row) => (row.quadrant === null ? null : QUADRANT_ORDER[row.quadrant]), turn);
    case 'play':
      return byText((row) => row.play?.label[lang] ?? null, turn, lang);
    case 'signals':
      return by((row) => firing(row), turn === 1 ? -1 : 1);
    case 'tickets':
      return by((row) => row.openTickets, turn === 1 ? -1 : 1);
    case 'nps':
      return by((row) => row.nps, turn);
    case 'health':
      return byText((row) => shown(row, 'healthScore'), turn, lang);
    case 'snoozed':
      return by((row) => dayOrder(row.snoozedUntil), turn);
  }
}
