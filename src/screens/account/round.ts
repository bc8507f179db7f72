/** Rounded parts that still sum to the rounded whole, so that a receipt can be re-added by hand as it is printed. */

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
