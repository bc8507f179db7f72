/** The scored book as it is kept, so that a first frame and `list` need neither records nor scoring. */
import type { DataProblem, FeedId, PortalFeed } from '../account.ts';
import type { Cache } from '../data/store/cache.ts';
import type { Scope } from '../data/store/types.ts';
import type { QuietFeed } from '../scoring/feeds.ts';
import type { Peers } from '../scoring/peers.ts';
import type { Lang } from '../text/messages/index.ts';
import type { Day, Instant } from '../units/day.ts';
import { matches } from './filters.ts';
import { bookTextHead, bookTextTail } from './json.ts';
import { packRows, ROW_FIELDS, unpackRows } from './kept-rows.ts';
import type { BookSnapshot } from './row.ts';
import { rememberCounts, type SegmentCounts, segmentCounts } from './segments.ts';

export type KeptFeeds = Readonly<Record<FeedId, PortalFeed>>;

/** What one account's receipt needs of all the others; kept with the book. */
export interface BookContext {
  readonly feeds: KeptFeeds;
  readonly peers: Peers;
  /** Days on which the month's MRR was still being written. */
  readonly lateDays: readonly Day[];
}

/** The part of a snapshot that is not its rows, as it is kept. */
interface KeptHeader {
  readonly syncedAt: Instant | null;
  readonly portalId: string;
  readonly currency: string;
  readonly portalCoverage: number;
  readonly feeds: readonly QuietFeed[];
  readonly unproven: boolean;
  readonly context: BookContext;
  readonly problems: readonly DataProblem[];
  readonly problemCounts: ProblemCounts;
  readonly policy: string;
  readonly cap: number | null;
  readonly counts: SegmentCounts;
  /** Which fields its rows have. */
  readonly rowsOf: string;
}

/** Rises when what a field of a row or of the header means is another thing. */
const MEANING = 3;

/** A book of other rows is as out of date as one of another policy. */
export const ROWS_OF = `${MEANING}.${ROW_FIELDS}`;

/** How many there are of each code. */
export type ProblemCounts = Readonly<Partial<Record<DataProblem['code'], number>>>;

/** Data problems kept of each code; of the others the count is what matters. */
const KEPT_PROBLEMS = 100;

export function countProblems(problems: readonly DataProblem[]): ProblemCounts {
  const counts: Partial<Record<DataProblem['code'], number>> = {};
  for (const { code } of problems) counts[code] = (counts[code] ?? 0) + 1;
  return counts;
}

const firstOfEach = (problems: readonly DataProblem[]): readonly DataProblem[] =>
  [...Map.groupBy(problems, ({ code }) => code).values()].flatMap((list) => list.slice(0, KEPT_PROBLEMS));

export async function keepBook(cache: Cache, scope: Scope, built: KeptBook, now: Instant): Promise<void> {
  const { snapshot, context, revision, problems, key } = built;
  const header: KeptHeader = {
    syncedAt: snapshot.syncedAt,
    portalId: snapshot.portalId,
    currency: snapshot.currency,
    portalCoverage: snapshot.portalCoverage,
    feeds: snapshot.feeds,
    unproven: snapshot.unproven,
    policy: snapshot.policy,
    cap: snapshot.cap,
    counts: segmentCounts(snapshot.rows, snapshot.asOf),
    rowsOf: ROWS_OF,
    context,
    problems: firstOfEach(problems),
    problemCounts: countProblems(problems),
  };
  await cache.saveSnapshot(
    { scope, asOf: snapshot.asOf, policy: key, revision, savedAt: now, json: JSON.stringify(header) },
    packRows(snapshot.rows),
    { en: printOf(snapshot, 'en'), ja: printOf(snapshot, 'ja') },
  );
}

/** What `list --json` prints where nothing narrows it, but for its beginning. */
function printOf(snapshot: BookSnapshot, lang: Lang): Uint8Array {
  const listed = snapshot.rows.filter((row) => matches(row, {}));
  return Buffer.from(bookTextTail(snapshot, listed, listed.length, lang), 'utf8');
}

export interface KeptBook {
  /** Names what it was made with: the policy's hash, and what the policy says beside the score. */
  readonly key: string;
  readonly snapshot: BookSnapshot;
  readonly context: BookContext;
  readonly revision: number;
  readonly problems: readonly DataProblem[];
  readonly problemCounts: ProblemCounts;
}

/** The book as last scored for that day, or for the newest day; null where none is kept. */
export async function keptBook(cache: Cache, scope: Scope, asOf?: Day): Promise<KeptBook | null> {
  const stored = await cache.loadSnapshot({ scope, ...(asOf === undefined ? {} : { asOf }) });
  if (!stored) return null;
  const { context, problems, problemCounts, counts, rowsOf, ...header } = JSON.parse(stored.header.json) as KeptHeader;
  // Kept by a version that knew less of the portal: it is scored anew.
  if (rowsOf !== ROWS_OF) return null;
  const rows = unpackRows(stored.parts);
  rememberCounts(rows, counts);
  return {
    context,
    problems,
    problemCounts,
    key: stored.header.policy,
    revision: stored.header.revision,
    snapshot: {
      asOf: stored.header.asOf,
      ...header,
      rows,
    },
  };
}

/** What the newest kept book says of all accounts together; null where none is kept. Reads no row of it. */
export async function keptContext(cache: Cache, scope: Scope): Promise<BookContext | null> {
  const header = await cache.newestHeader(scope);
  return header === null ? null : (JSON.parse(header) as KeptHeader).context;
}

export interface PrintWanted {
  readonly scope: Scope;
  readonly asOf: Day;
  /** Key of the kept book. */
  readonly policy: string;
  readonly lang: Lang;
}

/** The whole book as `list --json` prints it, from what is kept; null where that is not up to date. In two pieces. */
export async function printedBook(cache: Cache, wanted: PrintWanted): Promise<readonly [string, Uint8Array] | null> {
  const tail = await cache.loadPrint(wanted);
  return tail && [bookTextHead({ asOf: wanted.asOf, syncedAt: await cache.syncedAt(wanted.scope) }), tail];
}
