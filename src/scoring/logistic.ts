/**
 * Logistic regression around a prior, each coefficient within its bounds:
 *
 *   minimise  Σ log-loss(offset + x·θ) + ½ Σ precision·(θ − centre)²   with  lower ≤ θ ≤ upper
 *
 * An L2 regression is centre 0, precision λ, a free intercept precision 0. Convex: a projected Newton method finds the one
 * minimum in a handful of steps.
 */

export interface Coefficient {
  readonly centre: number;
  /** 1 ÷ variance of the prior; 0: no prior. */
  readonly precision: number;
  readonly lower?: number;
  readonly upper?: number;
}

export const FREE: Coefficient = { centre: 0, precision: 0 };

export interface LogisticProblem {
  /** One row a case, each as long as `coefficients`. */
  readonly rows: readonly Float64Array[];
  readonly churned: readonly boolean[];
  readonly coefficients: readonly Coefficient[];
  /** Log-odds that are given, by case. */
  readonly offset?: readonly number[];
}

const MOST_STEPS = 200;
const MOST_HALVINGS = 40;
const ENOUGH = 1e-9;
/** Costs nearer than this part of them cannot be told apart: the last steps go by the slope alone. */
const SAME = 1e-13;
/** Keeps the Hessian invertible where columns say the same. */
const RIDGE = 1e-9;

export const sigmoid = (odds: number): number => 1 / (1 + Math.exp(-odds));
export const logit = (probability: number): number => Math.log(probability / (1 - probability));

export function dot(row: Float64Array, theta: Float64Array): number {
  let sum = 0;
  for (let index = 0; index < theta.length; index++) sum += (row[index] ?? 0) * (theta[index] ?? 0);
  return sum;
}

/** ln(1 + eˣ) without overflow. */
const softplus = (x: number): number => (x > 0 ? x + Math.log1p(Math.exp(-x)) : Math.log1p(Math.exp(x)));

/** The coefficients at the minimum. */
export function fitLogistic(problem: LogisticProblem): Float64Array {
  const { coefficients } = problem;
  const clip = (value: number, index: number): number => {
    const { lower = Number.NEGATIVE_INFINITY, upper = Number.POSITIVE_INFINITY } = coefficients[index] ?? FREE;
    return Math.min(upper, Math.max(lower, value));
  };
  let theta: Float64Array<ArrayBuffer> = Float64Array.from(coefficients, ({ centre }, index) => clip(centre, index));
  let cost = costOf(problem, theta);
  for (let step = 0; step < MOST_STEPS; step++) {
    const { gradient, hessian } = slopes(problem, theta);
    const free = coefficients.flatMap((_, index) => (isHeld(gradient, theta, coefficients, index) ? [] : [index]));
    if (Math.max(0, ...free.map((index) => Math.abs(gradient[index] ?? 0))) < ENOUGH) break;
    const direction = newton(hessian, gradient, free);
    // Cut off at the bounds, a Newton step may lead up; one scaled by each curvature alone never does.
    const next =
      descend(problem, theta, cost, gradient, direction, clip) ??
      descend(problem, theta, cost, gradient, scaled(hessian, gradient, free), clip);
    if (next === null) break;
    [theta, cost] = next;
  }
  return theta;
}

/** At a bound, and the way down leads out of it. */
function isHeld(gradient: Float64Array, theta: Float64Array, coefficients: readonly Coefficient[], index: number): boolean {
  const { lower, upper } = coefficients[index] ?? FREE;
  const value = theta[index] ?? 0;
  const slope = gradient[index] ?? 0;
  return (lower !== undefined && value <= lower && slope > 0) || (upper !== undefined && value >= upper && slope < 0);
}

function costOf({ rows, churned, coefficients, offset }: LogisticProblem, theta: Float64Array): number {
  let sum = 0;
  for (const [index, row] of rows.entries()) {
    const odds = (offset?.[index] ?? 0) + dot(row, theta);
    sum += softplus(churned[index] ? -odds : odds);
  }
  for (const [index, { centre, precision }] of coefficients.entries()) sum += (precision * ((theta[index] ?? 0) - centre) ** 2) / 2;
  return sum;
}

interface Slopes {
  readonly gradient: Float64Array;
  readonly hessian: readonly Float64Array[];
}

function slopes({ rows, churned, coefficients, offset }: LogisticProblem, theta: Float64Array): Slopes {
  const size = coefficients.length;
  const gradient = Float64Array.from(coefficients, ({ centre, precision }, index) => precision * ((theta[index] ?? 0) - centre));
  const hessian = coefficients.map(({ precision }, index) => {
    const row = new Float64Array(size);
    row[index] = precision + RIDGE;
    return row;
  });
  const used = new Uint32Array(size);
  for (const [index, row] of rows.entries()) {
    const probability = sigmoid((offset?.[index] ?? 0) + dot(row, theta));
    const miss = probability - (churned[index] ? 1 : 0);
    const weight = probability * (1 - probability);
    // Most columns of most rows are 0: only the others are added up.
    let count = 0;
    for (let column = 0; column < size; column++) if (row[column] !== 0) used[count++] = column;
    for (let a = 0; a < count; a++) {
      const column = used[a] ?? 0;
      const value = row[column] ?? 0;
      gradient[column] = (gradient[column] ?? 0) + miss * value;
      const line = hessian[column];
      if (!line) continue;
      for (let b = 0; b <= a; b++) {
        const other = used[b] ?? 0;
        line[other] = (line[other] ?? 0) + weight * value * (row[other] ?? 0);
      }
    }
  }
  return { gradient, hessian };
}

/** Solves the lower triangle of the Hessian over the free coefficients by Cholesky; the others stay. */
function newton(hessian: readonly Float64Array[], gradient: Float64Array, free: readonly number[]): Float64Array {
  const size = free.length;
  const root = free.map(() => new Float64Array(size));
  const at = (row: number, column: number): number => root[row]?.[column] ?? 0;
  for (let row = 0; row < size; row++) {
    for (let column = 0; column <= row; column++) {
      let sum = hessian[free[row] ?? 0]?.[free[column] ?? 0] ?? 0;
      for (let k = 0; k < column; k++) sum -= at(row, k) * at(column, k);
      const line = root[row];
      if (line) line[column] = row === column ? Math.sqrt(Math.max(sum, RIDGE)) : sum / at(column, column);
    }
  }
  const middle = new Float64Array(size);
  for (let row = 0; row < size; row++) {
    let sum = -(gradient[free[row] ?? 0] ?? 0);
    for (let k = 0; k < row; k++) sum -= at(row, k) * (middle[k] ?? 0);
    middle[row] = sum / at(row, row);
  }
  const direction = new Float64Array(gradient.length);
  for (let row = size - 1; row >= 0; row--) {
    let sum = middle[row] ?? 0;
    for (let k = row + 1; k < size; k++) sum -= at(k, row) * (direction[free[k] ?? 0] ?? 0);
    direction[free[row] ?? 0] = sum / at(row, row);
  }
  return direction;
}

function scaled(hessian: readonly Float64Array[], gradient: Float64Array, free: readonly number[]): Float64Array {
  const direction = new Float64Array(gradient.length);
  for (const index of free) direction[index] = -(gradient[index] ?? 0) / (hessian[index]?.[index] ?? 1);
  return direction;
}

/** Along the direction, held inside the bounds, halving until the cost falls; null where it does not any more. */
function descend(
  problem: LogisticProblem,
  theta: Float64Array,
  cost: number,
  gradient: Float64Array,
  direction: Float64Array,
  clip: (value: number, index: number) => number,
): [Float64Array<ArrayBuffer>, number] | null {
  let length = 1;
  for (let halving = 0; halving < MOST_HALVINGS; halving++) {
    const next = Float64Array.from(theta, (value, index) => clip(value + length * (direction[index] ?? 0), index));
    const promised = next.reduce((sum, value, index) => sum + (gradient[index] ?? 0) * (value - (theta[index] ?? 0)), 0);
    const reached = costOf(problem, next);
    if (promised < 0 && reached <= cost + 1e-4 * promised + SAME * cost) return [next, reached];
    length /= 2;
  }
  return null;
}
