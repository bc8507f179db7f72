/** Up to when a list looks: the policy's days, or each account's next renewal. */
import { type BookRow, rowWith } from './row.ts';

export const HORIZONS = ['days', 'renewal'] as const;
export type Horizon = (typeof HORIZONS)[number];

/** The row with probability, MRR at risk and expected loss up to the next renewal. */
export function toRenewal(row: BookRow): BookRow {
  const { mrr, probabilityToRenewal: probability, monthsLost } = row;
  const atRisk = mrr === null || probability === null ? null : mrr * probability;
  return rowWith(row, { probability, mrrAtRisk: rounded(atRisk), expectedLoss: rounded(atRisk === null ? null : atRisk * monthsLost) });
}

/** As exact as money is. */
const rounded = (value: number | null): number | null => (value === null ? null : Math.round(value * 10_000) / 10_000);
