/** Several cases in turns, so that what else the machine does weighs on all of them alike. */

export interface Figure {
  readonly what: string;
  readonly value: string;
  readonly baseline: string;
  /** Value ÷ baseline, of each round: median (least–most). */
  readonly ratio: string;
}

export const median = (values: readonly number[]): number => {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length >> 1;
  return ((sorted[middle] ?? Number.NaN) + (sorted[(sorted.length - 1) >> 1] ?? Number.NaN)) / 2;
};

/** `12.3 ms (11.0–14.9)`. */
export function spread(values: readonly number[], unit = '', digits = 1): string {
  const show = (value: number) => value.toFixed(digits);
  return `${show(median(values))}${unit && ` ${unit}`} (${show(Math.min(...values))}–${show(Math.max(...values))})`;
}

/** One measurement; gives the number. */
export type Case = () => Promise<number>;

/** Every case once in each of `rounds` rounds, after one round that does not count. */
export async function inTurns<Name extends string>(cases: Readonly<Record<Name, Case>>, rounds: number): Promise<Record<Name, number[]>> {
  const names = Object.keys(cases) as Name[];
  const found = Object.fromEntries(names.map((name) => [name, [] as number[]])) as Record<Name, number[]>;
  for (let round = 0; round <= rounds; round += 1) {
    for (const name of names) {
      const value = await cases[name]();
      if (round > 0) found[name].push(value);
    }
  }
  return found;
}

/** `values[i]` and `baseline[i]` are of the same round. */
export function figure(what: string, values: readonly number[], name: string, baseline: readonly number[], unit = 'ms'): Figure {
  const ratios = values.map((value, round) => value / (baseline[round] ?? Number.NaN));
  return { what, value: spread(values, unit), baseline: `${name}: ${spread(baseline, unit)}`, ratio: spread(ratios, '', 2) };
}
