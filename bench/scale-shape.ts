/** What hangs on every company of the portals that a sync is measured with, and the fewest requests for it. */
import { minimumRequests } from '../test/data/sync/minimum.ts';

/** Records of each type on one company: thirty months of MRR, and what a year of work leaves. */
export const SHAPE = {
  '2-101': 30,
  contacts: 2,
  tickets: 1,
  deals: 1,
  notes: 2,
  tasks: 1,
  calls: 1,
  meetings: 1,
  emails: 2,
  feedback_submissions: 0,
} as const;

export type ChildType = keyof typeof SHAPE;
export const TYPES = Object.keys(SHAPE) as readonly ChildType[];
/** One company in so many changes overnight, and everything on it. */
export const CHANGED_ONE_IN = 20;

const FIXED_DOZEN = 12;
const pages = (count: number, size: number): number => Math.ceil(count / size);
const hanging = TYPES.filter((type) => SHAPE[type] > 0);

/** Records ÷ 100 and association lists ÷ 1,000, each rounded up by type, and a dozen for everything else. */
export function fewest(companies: number): number {
  const records = pages(companies, 100) + hanging.reduce((sum, type) => sum + pages(companies * SHAPE[type], 100), 0);
  // Survey answers are asked of contacts and of tickets; everything else of companies.
  const links =
    (TYPES.length - 1) * pages(companies, 1_000) + pages(companies * SHAPE.contacts, 1_000) + pages(companies * SHAPE.tickets, 1_000);
  return records + links + FIXED_DOZEN;
}

/** The same through the limits of each call: searches of 200 ids, 50 companies with histories, definitions by type. */
export const fewestByCall = (companies: number): number =>
  minimumRequests({ companies, children: Object.fromEntries(TYPES.map((type) => [type, companies * SHAPE[type]])) });

/** A morning on which one company in twenty and everything on it changed. */
export function fewestChanged(companies: number): number {
  const changed = pages(companies, CHANGED_ONE_IN);
  const own = pages(changed, 200) + pages(changed, 50);
  // Found by search, asked whose they are, read; a type without changes is asked once.
  const hung = TYPES.reduce((sum, type) => {
    const count = changed * SHAPE[type];
    return sum + Math.max(1, pages(count, 200)) + pages(count, 1_000) + pages(count, 100);
  }, 0);
  const links = (TYPES.length - 1) * pages(changed, 1_000);
  return own + hung + links + 1;
}
