/** Lower edges by total MRR as a policy file says them: an amount, or a share of the customers from the top (`20%`). Pure. */
import type { MrrCut, Policy } from '../policy.ts';
import type { PolicyFile } from './file.ts';
import type { Fault, Path } from './problem.ts';

const SHARE = /^(\d{1,3}(?:\.\d+)?)\s*[%％]$/;

/** Null: neither an amount above 0 nor a share of 100 % at most. */
export function cutOf(value: number | string): MrrCut | null {
  if (typeof value === 'number') return value > 0 ? { by: 'amount', from: value } : null;
  const percent = Number(SHARE.exec(value.trim())?.[1] ?? Number.NaN);
  return percent > 0 && percent <= 100 ? { by: 'share', from: percent / 100 } : null;
}

/** Of the file's cuts what is no cut, what mixes the two ways, and what does not go down from one to the next. */
export function cutFaults({ tiers, impact, customerGrades }: Pick<PolicyFile, 'tiers' | 'impact' | 'customerGrades'>): Fault[] {
  return [
    ...(tiers ? inOrder([['high', tiers.high] as const, ['low', tiers.low] as const], ['tiers']) : []),
    ...(impact === undefined || cutOf(impact) ? [] : [{ path: ['impact'], kind: 'cut', params: { value: String(impact) } } as const]),
    ...(customerGrades ? inOrder(Object.entries(customerGrades), ['customerGrades']) : []),
  ];
}

function inOrder(entries: readonly (readonly [string, number | string])[], path: Path): Fault[] {
  let above: (MrrCut & { readonly name: string; readonly said: string }) | null = null;
  for (const [name, said] of entries) {
    const cut = cutOf(said);
    const here = [...path, name];
    if (!cut) return [{ path: here, kind: 'cut', params: { value: String(said) } }];
    if (above && above.by !== cut.by) return [{ path: here, kind: 'cut_mixed', params: { value: String(said), other: above.said } }];
    const isBelow = above === null || (cut.by === 'amount' ? cut.from < above.from : cut.from > above.from);
    if (!isBelow)
      return [{ path: here, kind: 'cut_order', params: { value: String(said), name: above?.name ?? '', other: above?.said ?? '' } }];
    above = { ...cut, name, said: String(said) };
  }
  return [];
}

/** The file must have passed `cutFaults`. */
export function cutsOf(
  { tiers, impact, customerGrades }: Pick<PolicyFile, 'tiers' | 'impact' | 'customerGrades'>,
  base: Policy,
): Pick<Policy, 'tiers' | 'impact' | 'customerGrades'> {
  const [high, low] = tiers ? [cutOf(tiers.high), cutOf(tiers.low)] : [];
  const own = impact === undefined ? null : cutOf(impact);
  return {
    tiers: high && low ? { high: high.from, low: low.from, ...(high.by === 'share' ? { by: 'share' } : {}) } : base.tiers,
    ...(own ? { impact: own } : {}),
    ...(customerGrades
      ? {
          customerGrades: Object.entries(customerGrades).flatMap(([name, said]) => {
            const cut = cutOf(said);
            return cut ? [{ name, ...cut }] : [];
          }),
        }
      : {}),
  };
}
