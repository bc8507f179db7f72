/** Splitting and running batches. */
import { err, ok, type Result } from '../../units/result.ts';

/** Requests of one call that may be under way at the same time; the bucket paces them. */
const CONCURRENCY = 4;

export function chunks<T>(items: readonly T[], size: number): T[][] {
  const result: T[][] = [];
  for (let start = 0; start < items.length; start += size) result.push(items.slice(start, start + size));
  return result;
}

/** Runs `job` over `items`, a few at a time, results in their order; the first failure stops the rest from starting. */
export async function runAll<T, R, E>(items: readonly T[], job: (item: T) => Promise<Result<R, E>>): Promise<Result<R[], E>> {
  const results: R[] = [];
  let failure: { readonly error: E } | null = null;
  let next = 0;
  const worker = async () => {
    while (failure === null && next < items.length) {
      const index = next;
      next += 1;
      const item = items[index] as T;
      const result = await job(item);
      if (result.ok) results[index] = result.value;
      else failure ??= { error: result.error };
    }
  };
  await Promise.all(Array.from({ length: Math.min(CONCURRENCY, items.length) }, worker));
  // Assigned inside the workers, which the compiler does not follow.
  const failed = failure as { readonly error: E } | null;
  return failed ? err(failed.error) : ok(results);
}
