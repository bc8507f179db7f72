/** Rounded parts that still sum to the rounded whole, so that a receipt can be re-added by hand as it is printed. */
import type { ReceiptView } from './account-view.ts';

/**
 * Each part at one decimal, as integers of tenths, summing to `total` in tenths: the parts nearest to the next tenth take
 * the rounding. `total` defaults to the rounded sum of the parts.
 */
export function tenths(parts: readonly number[], total: number = Math.round(parts.reduce((sum, part) => sum + part, 0) * 10)): number[] {
  const floors = parts.map((part) => Math.floor(part * 10));
  let missing = total - floors.reduce((sum, part) => sum + part, 0);
  const order = parts
    .map((part, index) => ({ index, left: part * 10 - Math.floor(part * 10) }))
    .sort((a, b) => b.left - a.left || a.index - b.index);
  const result = [...floors];
  // One tenth each, round and round: more than one round only where a cap moved the whole away from its parts.
  for (let turn = 0; missing !== 0 && order.length > 0; turn++) {
    const way = Math.sign(missing);
    const place = way > 0 ? turn % order.length : order.length - 1 - (turn % order.length);
    const index = order[place]?.index ?? 0;
    result[index] = (result[index] ?? 0) + way;
    missing -= way;
  }
  return result;
}

/** A receipt at one decimal, as integers of tenths: base + groups = unclipped, and lines = their group's uncapped sum. */
export interface PrintedReceipt {
  readonly base: number;
  /** Before the clip to 0–100 and any floor. */
  readonly unclipped: number;
  readonly groups: readonly {
    readonly points: number;
    readonly uncapped: number;
    /** The cap or the floor of the group took something away. */
    readonly bitten: boolean;
    readonly lines: readonly number[];
  }[];
}

/** What differs by less is rounding, not a cap. */
const BITE = 0.049;

export function printedReceipt(receipt: Pick<ReceiptView, 'base' | 'groups'>): PrintedReceipt {
  const [base = 0, ...subtotals] = tenths([receipt.base, ...receipt.groups.map((group) => group.points)]);
  return {
    base,
    unclipped: base + subtotals.reduce((sum, part) => sum + part, 0),
    groups: receipt.groups.map((group, index) => {
      const points = subtotals[index] ?? 0;
      const bitten = Math.abs(group.points - group.uncapped) > BITE;
      const uncapped = bitten ? Math.round(group.uncapped * 10) : points;
      const lines = tenths(
        group.lines.map((line) => line.points),
        uncapped,
      );
      return { points, uncapped, bitten, lines };
    }),
  };
}
