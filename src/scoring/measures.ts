/**
 * How well a ranking or a probability foresaw what happened.
 *
 * Everywhere `values[i]` belongs to `churned[i]`, and a higher value means more risk. A measure is null where the cases
 * cannot carry it (one class only, none at all).
 */

export interface Interval {
  readonly low: number;
  readonly high: number;
}

export interface Estimate extends Interval {
  readonly value: number;
}

/** Cases sorted once, so that many weightings of them can be measured. */
export interface Ranked {
  /** Case numbers by ascending value. */
  readonly order: Uint32Array;
  /** Ends (exclusive) of the runs of equal values in `order`. */
  readonly ends: readonly number[];
  readonly churned: readonly boolean[];
}

export function rank(values: readonly number[], churned: readonly boolean[]): Ranked {
  const valueAt = (index: number): number => values[index] ?? Number.NaN;
  const order = Uint32Array.from(values, (_, index) => index).sort((a, b) => valueAt(a) - valueAt(b));
  const ends: number[] = [];
  for (let at = 1; at <= order.length; at++) {
    if (at === order.length || valueAt(order[at] ?? 0) !== valueAt(order[at - 1] ?? 0)) ends.push(at);
  }
  return { order, ends, churned };
}

/** Area under the ROC curve (Mann–Whitney, ties ½); `weights` counts each case that often. */
export function aucOfRanked({ order, ends, churned }: Ranked, weights?: Float64Array): number | null {
  let positives = 0;
  let negatives = 0;
  let won = 0;
  let at = 0;
  for (const end of ends) {
    let tiedPositives = 0;
    let tiedNegatives = 0;
    for (; at < end; at++) {
      const one = order[at] ?? 0;
      const weight = weights ? (weights[one] ?? 0) : 1;
      if (churned[one]) tiedPositives += weight;
      else tiedNegatives += weight;
    }
    won += tiedPositives * (negatives + tiedNegatives / 2);
    positives += tiedPositives;
    negatives += tiedNegatives;
  }
  return positives > 0 && negatives > 0 ? won / (positives * negatives) : null;
}

export const aucOf = (values: readonly number[], churned: readonly boolean[]): number | null => aucOfRanked(rank(values, churned));

const share = (churned: readonly boolean[]): number => churned.filter(Boolean).length / churned.length;

/** Average precision: Σ ΔR·P over the distinct thresholds, highest first. */
export function averagePrecision(values: readonly number[], churned: readonly boolean[]): number | null {
  const { order, ends } = rank(values, churned);
  const all = churned.filter(Boolean).length;
  if (all === 0) return null;
  let found = 0;
  let seen = 0;
  let sum = 0;
  for (let run = ends.length - 1; run >= 0; run--) {
    const from = ends[run - 1] ?? 0;
    let here = 0;
    for (let at = from; at < (ends[run] ?? 0); at++) if (churned[order[at] ?? 0]) here++;
    seen += (ends[run] ?? 0) - from;
    found += here;
    sum += (here / all) * (found / seen);
  }
  return sum;
}

/** Case numbers, highest value first; equal values by ascending `tie` (default: as they come). */
export function descending(values: readonly number[], tie?: readonly number[]): number[] {
  const tieAt = (index: number): number => tie?.[index] ?? index;
  return values.map((_, index) => index).sort((a, b) => (values[b] ?? 0) - (values[a] ?? 0) || tieAt(a) - tieAt(b));
}

export const topCount = (cases: number, part: number): number => Math.ceil(part * cases);

/** Churn rate among the ⌈part·n⌉ highest ÷ base rate. */
export function liftAt(values: readonly number[], churned: readonly boolean[], part: number, tie?: readonly number[]): number | null {
  const base = share(churned);
  if (!(base > 0)) return null;
  const top = descending(values, tie).slice(0, topCount(values.length, part));
  return top.filter((index) => churned[index]).length / top.length / base;
}

export interface Bin {
  readonly cases: number;
  /** Mean probability. */
  readonly expected: number;
  /** Share that churned. */
  readonly observed: number;
}

/** Equal-count bins by ascending probability. */
export function calibrationBins(probabilities: readonly number[], churned: readonly boolean[], count = 10): Bin[] {
  const order = descending(probabilities).reverse();
  const bins: Bin[] = [];
  // Where the count does not divide the cases, the first bins have one more.
  const startOf = (bin: number): number => bin * Math.floor(order.length / count) + Math.min(bin, order.length % count);
  for (let bin = 0; bin < count; bin++) {
    const part = order.slice(startOf(bin), startOf(bin + 1));
    if (part.length === 0) continue;
    bins.push({
      cases: part.length,
      expected: part.reduce((sum, index) => sum + (probabilities[index] ?? 0), 0) / part.length,
      observed: part.filter((index) => churned[index]).length / part.length,
    });
  }
  return bins;
}

/** Expected calibration error over equal-count bins. */
export function calibrationError(probabilities: readonly number[], churned: readonly boolean[], count = 10): number | null {
  if (probabilities.length === 0) return null;
  const bins = calibrationBins(probabilities, churned, count);
  return bins.reduce((sum, bin) => sum + bin.cases * Math.abs(bin.expected - bin.observed), 0) / probabilities.length;
}

const LEAST_PROBABILITY = 1e-12;

/** −ln of the probability that was given to what happened. */
export function lossOf(probability: number, churned: boolean): number {
  const given = churned ? probability : 1 - probability;
  return -Math.log(Math.max(LEAST_PROBABILITY, given));
}

/** Mean log-loss; 0 of none. */
export const logLoss = (probabilities: readonly number[], churned: readonly boolean[]): number =>
  probabilities.reduce((sum, probability, index) => sum + lossOf(probability, churned[index] ?? false), 0) /
  Math.max(1, probabilities.length);

const Z95 = 1.959963984540054;

/** Wilson's 95 % interval of a share; the whole range where there are no cases. */
export function wilson(hits: number, cases: number): Interval {
  if (cases === 0) return { low: 0, high: 1 };
  const rate = hits / cases;
  const z2 = Z95 ** 2;
  const centre = (rate + z2 / (2 * cases)) / (1 + z2 / cases);
  const half = (Z95 / (1 + z2 / cases)) * Math.sqrt((rate * (1 - rate)) / cases + z2 / (4 * cases ** 2));
  return { low: Math.max(0, centre - half), high: Math.min(1, centre + half) };
}

/** 95 % interval of the AUC by DeLong's variance: cheap where a bootstrap for each of many signals is not. */
export function aucInterval(values: readonly number[], churned: readonly boolean[]): Estimate | null {
  const ranked = rank(values, churned);
  const value = aucOfRanked(ranked);
  if (value === null) return null;
  const positives = churned.filter(Boolean).length;
  const negatives = churned.length - positives;
  const [won, lost]: [number[], number[]] = [[], []];
  let [positivesBelow, negativesBelow, from] = [0, 0, 0];
  for (const end of ranked.ends) {
    let tied = 0;
    for (let at = from; at < end; at++) if (churned[ranked.order[at] ?? 0]) tied++;
    const others = end - from - tied;
    for (let count = 0; count < tied; count++) won.push((negativesBelow + others / 2) / negatives);
    for (let count = 0; count < others; count++) lost.push((positives - positivesBelow - tied / 2) / positives);
    positivesBelow += tied;
    negativesBelow += others;
    from = end;
  }
  const half = Z95 * Math.sqrt(varianceOfMean(won, value) + varianceOfMean(lost, value));
  return { value, low: Math.max(0, value - half), high: Math.min(1, value + half) };
}

const varianceOfMean = (values: readonly number[], mean: number): number =>
  values.length < 2 ? 0.25 : values.reduce((sum, one) => sum + (one - mean) ** 2, 0) / (values.length - 1) / values.length;
