/**
 * What moved MRR between two months: new, expansion, contraction, churn, reactivation.
 *
 * new: MRR of an account that never had any before; reactivation: of one that had none in the first month, but earlier;
 * expansion and contraction: the rise and the fall of one that has MRR in both; churn: all of one that has none left.
 */
import { addMonths, type Month } from '../units/day.ts';
import type { Money } from '../units/money.ts';
import { amountAt, firstPaidMonth, type RevenueLedger } from './ledger.ts';

export type MovementKind = 'new' | 'expansion' | 'contraction' | 'churn' | 'reactivation';

/** `end = start + new + reactivation + expansion − contraction − churn`; every part is 0 or more. */
export interface Movements {
  readonly start: Money;
  readonly new: Money;
  readonly expansion: Money;
  readonly contraction: Money;
  readonly churn: Money;
  readonly reactivation: Money;
  readonly netNew: Money;
  readonly end: Money;
  readonly customersStart: number;
  readonly customersNew: number;
  readonly customersChurned: number;
  readonly customersReactivated: number;
  readonly customersEnd: number;
}

/**
 * Which sort of step an account, or a product of one, took; null where its MRR is the same in both months. A product can
 * stand below 0 (a discount on its own line): it has no customer then, and between two such months it rises or falls.
 */
export function movementKind(before: number, after: number, hadEarlier: boolean): MovementKind | null {
  if (before === after) return null;
  if (before <= 0 && after > 0) return hadEarlier ? 'reactivation' : 'new';
  if (before > 0 && after <= 0) return 'churn';
  return after > before ? 'expansion' : 'contraction';
}

/** Adds up account by account; `add` takes the MRR of both months and whether any was there before the first of them. */
export class MovementSum {
  #start = 0;
  #end = 0;
  #new = 0;
  #expansion = 0;
  #contraction = 0;
  #churn = 0;
  #reactivation = 0;
  #customersStart = 0;
  #customersEnd = 0;
  #customersNew = 0;
  #customersChurned = 0;
  #customersReactivated = 0;

  add(before: number, after: number, hadEarlier: boolean): void {
    this.#start += before;
    this.#end += after;
    if (before > 0) this.#customersStart += 1;
    if (after > 0) this.#customersEnd += 1;
    switch (movementKind(before, after, hadEarlier)) {
      case 'new':
        this.#new += after - before;
        this.#customersNew += 1;
        return;
      case 'reactivation':
        this.#reactivation += after - before;
        this.#customersReactivated += 1;
        return;
      case 'churn':
        this.#churn += before - after;
        this.#customersChurned += 1;
        return;
      case 'expansion':
        this.#expansion += after - before;
        return;
      case 'contraction':
        this.#contraction += before - after;
        return;
    }
  }

  get movements(): Movements {
    return {
      start: this.#start as Money,
      new: this.#new as Money,
      expansion: this.#expansion as Money,
      contraction: this.#contraction as Money,
      churn: this.#churn as Money,
      reactivation: this.#reactivation as Money,
      netNew: (this.#end - this.#start) as Money,
      end: this.#end as Money,
      customersStart: this.#customersStart,
      customersNew: this.#customersNew,
      customersChurned: this.#customersChurned,
      customersReactivated: this.#customersReactivated,
      customersEnd: this.#customersEnd,
    };
  }
}

export interface MonthMovements extends Movements {
  readonly month: Month;
}

/** Of the last `count` months up to the ledger's last, oldest first; a month before the ledger begins has 0 in every part. */
export function monthlyMovements(ledger: RevenueLedger, count: number): readonly MonthMovements[] {
  const from = ledger.months - count;
  const sums = Array.from({ length: count }, () => new MovementSum());
  for (let account = 0; account < ledger.ids.length; account++) {
    const first = firstPaidMonth(ledger, account);
    if (first < 0) continue;
    let before: number = amountAt(ledger, account, from - 1);
    for (let index = 0; index < count; index++) {
      const month = from + index;
      const after = amountAt(ledger, account, month);
      sums[index]?.add(before, after, first < month);
      before = after;
    }
  }
  return sums.map((sum, index) => ({ month: addMonths(ledger.first, from + index), ...sum.movements }));
}

/** The months' movements added up, from the first one's start to the last one's end. */
export function addedMovements(rows: readonly MonthMovements[]): Movements {
  const sum = (key: 'new' | 'expansion' | 'contraction' | 'churn' | 'reactivation' | 'netNew'): Money =>
    rows.reduce((total, row) => total + row[key], 0) as Money;
  const count = (key: 'customersNew' | 'customersChurned' | 'customersReactivated'): number =>
    rows.reduce((total, row) => total + row[key], 0);
  return {
    start: rows[0]?.start ?? (0 as Money),
    new: sum('new'),
    expansion: sum('expansion'),
    contraction: sum('contraction'),
    churn: sum('churn'),
    reactivation: sum('reactivation'),
    netNew: sum('netNew'),
    end: rows.at(-1)?.end ?? (0 as Money),
    customersStart: rows[0]?.customersStart ?? 0,
    customersNew: count('customersNew'),
    customersChurned: count('customersChurned'),
    customersReactivated: count('customersReactivated'),
    customersEnd: rows.at(-1)?.customersEnd ?? 0,
  };
}
