/** Which accounts have other figures than a moment ago, while nobody touched the list. */
import type { BookRow, BookSnapshot } from '../book/row.ts';

/** How long they are pointed out. */
export const FRESH_MS = 5000;

/** Where more of the book than this has changed, the day or the rules did: pointing at every row says nothing. */
const MOST = 0.5;

const NOBODY: ReadonlySet<string> = new Set();

const isOther = (before: BookRow, now: BookRow): boolean => before.risk !== now.risk || before.band !== now.band || before.mrr !== now.mrr;

/** Those whose risk, band or MRR is another, and those who were not there. */
export function freshRows(before: BookSnapshot | null, now: BookSnapshot | null): ReadonlySet<string> {
  if (before === null || now === null || before === now) return NOBODY;
  const then = new Map(before.rows.map((row) => [row.id, row]));
  const found = now.rows.filter((row) => {
    const was = then.get(row.id);
    return was !== row && (was === undefined || isOther(was, row));
  });
  return found.length > now.rows.length * MOST ? NOBODY : new Set(found.map(({ id }) => id));
}
