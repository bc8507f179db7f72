/** The part of a long list that is on screen. */

/** Rows kept between the selection and the edge, so that the next ones are in sight. */
const MARGIN = 2;

/**
 * Where the window starts so that `index` is in it, moved from `offset` as little as possible: the list scrolls only
 * when the selection comes near an edge.
 */
export function edgeScroll(offset: number, index: number, height: number, total: number): number {
  const last = Math.max(0, total - height);
  const margin = Math.min(MARGIN, Math.floor((height - 1) / 2));
  const from = Math.min(offset, index - margin);
  const to = Math.max(from, index + margin - height + 1);
  return Math.max(0, Math.min(last, to));
}
