/** L2 logistic regression on a table: what a scorecard is held against. */
import { dot, FREE, fitLogistic, sigmoid } from '../src/scoring/logistic.ts';

export interface Features {
  /** Null is missing. */
  readonly numeric: Readonly<Record<string, number | null>>;
  readonly words: Readonly<Record<string, string>>;
}

export interface Labelled extends Features {
  readonly churned: boolean;
}

/** Everything is learned from `train`: medians, scales, levels, coefficients. Gives the probability of each test row. */
export function predictL2(train: readonly Labelled[], test: readonly Features[], lambda = 1): number[] {
  const encode = encoder(train);
  const rows = train.map(encode);
  const size = rows[0]?.length ?? 0;
  const theta = fitLogistic({
    rows,
    churned: train.map((one) => one.churned),
    // The first column is the intercept.
    coefficients: Array.from({ length: size }, (_, index) => (index === 0 ? FREE : { centre: 0, precision: lambda })),
  });
  return test.map((one) => sigmoid(dot(encode(one), theta)));
}

/** Numbers: median where missing, an indicator beside columns with gaps, mean 0 and population SD 1. Words: a column a level. */
function encoder(train: readonly Features[]): (row: Features) => Float64Array {
  const columns: ((row: Features) => number)[] = [];
  for (const name of Object.keys(train[0]?.numeric ?? {})) {
    const value = (row: Features): number | null => row.numeric[name] ?? null;
    const known = train.map(value).filter((one) => one !== null);
    const middle = median(known);
    columns.push(standardised((row) => value(row) ?? middle, train));
    if (known.length < train.length) columns.push(standardised((row) => (value(row) === null ? 1 : 0), train));
  }
  for (const name of Object.keys(train[0]?.words ?? {})) {
    for (const level of [...new Set(train.map((row) => row.words[name]))].sort()) {
      columns.push((row) => (row.words[name] === level ? 1 : 0));
    }
  }
  return (row) => Float64Array.from([1, ...columns.map((column) => column(row))]);
}

function standardised(column: (row: Features) => number, train: readonly Features[]): (row: Features) => number {
  const values = train.map(column);
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const deviation = Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length);
  return deviation === 0 ? () => 0 : (row) => (column(row) - mean) / deviation;
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length / 2;
  return ((sorted[Math.ceil(middle) - 1] ?? 0) + (sorted[Math.floor(middle)] ?? 0)) / 2;
}
