/**
 * What changed between two days in a book: the morning's first page.
 *
 * Both days are scored by the policy of today, so that what is told is a change of the accounts and not of the rules.
 */

import { weekdayOf } from '../text/when.ts';
import { addDays, type Day, type Instant } from '../units/day.ts';
import { atHome } from './home-money.ts';
import type { BookRow, BookSnapshot, RowSignal } from './row.ts';

/** Points of risk from which a change is told. */
const MOVED = 5;
/** A renewal is told when it comes this near. */
export const RENEWAL_WINDOW_DAYS = 90;
const RISKY = new Set(['high', 'critical']);

/** A signal whose points are others than before; a signal that fires no more has its last evidence. */
export interface BriefReason {
  readonly signal: string;
  readonly points: number;
  readonly pointsBefore: number;
  readonly evidence: RowSignal['evidence'];
  readonly short: RowSignal['short'];
}

export interface BriefRow {
  readonly row: BookRow;
  /** null: it was not in the book then. */
  readonly riskBefore: number | null;
  readonly mrrBefore: number | null;
  /** What moved the risk: the largest change of points first. */
  readonly because: readonly BriefReason[];
}

/** An open task of the person whose book it is. */
export interface BriefTask {
  readonly id: string;
  readonly accountId: string;
  readonly account: string;
  readonly subject: string;
  readonly due: Day;
}

export interface Brief {
  readonly since: Day;
  readonly until: Day;
  /** Of the last look, where `since` is the day of one. */
  readonly lookedAt: Instant | null;
  /** In a band from high on now, and in a lower one, in none or not in the book then; by what they would cost. */
  readonly newlyAtRisk: readonly BriefRow[];
  /** Risk up or down by 5 or more, without the newly at risk; the largest step first. */
  readonly worse: readonly BriefRow[];
  readonly better: readonly BriefRow[];
  /** The largest change of MRR first. */
  readonly mrrMoves: readonly BriefRow[];
  /** The renewal has come within 90 days; the nearest first. */
  readonly renewals: readonly BriefRow[];
  /** Due by the end of `until`; the longest overdue first. */
  readonly tasks: readonly BriefTask[];
  /** Came back from being put off. */
  readonly returned: readonly BriefRow[];
  /** Somebody should look: anything but what got better. */
  readonly attention: boolean;
}

export interface BriefInputs {
  readonly before: BookSnapshot;
  readonly now: BookSnapshot;
  readonly lookedAt: Instant | null;
  readonly tasks: readonly BriefTask[];
}

/** Why it moved is worked out for what is told. */
interface Moved extends Omit<BriefRow, 'because'> {
  readonly old: BookRow | null;
}

/** Snoozed accounts are in none of the lists until they are back. */
export function brief({ before, now, lookedAt, tasks }: BriefInputs): Brief {
  const then = new Map(before.rows.map((row) => [row.id, row]));
  const rows = now.rows
    .filter(({ group }) => group !== 'snoozed')
    .map((row): Moved => {
      const old = then.get(row.id) ?? null;
      return { row, old, riskBefore: old?.risk ?? null, mrrBefore: old?.mrr ?? null };
    });
  const newly = rows.filter(({ row, old }) => isRisky(row) && !(old && isRisky(old)));
  const isNew = new Set(newly.map(({ row }) => row.id));
  const step = ({ row, riskBefore }: Moved): number => (riskBefore === null || row.band === null ? 0 : row.risk - riskBefore);
  const moved = ({ row, mrrBefore }: Moved): number => (row.mrr === null || mrrBefore === null ? 0 : row.mrr - mrrBefore);
  const known = rows.filter(({ row, old }) => !isNew.has(row.id) && old !== null && old.band !== null);
  const lists = {
    newlyAtRisk: newly.sort((a, b) => loss(b.row) - loss(a.row) || b.row.risk - a.row.risk),
    worse: known.filter((one) => step(one) >= MOVED).sort((a, b) => step(b) - step(a) || loss(b.row) - loss(a.row)),
    better: known.filter((one) => step(one) <= -MOVED).sort((a, b) => step(a) - step(b) || loss(b.row) - loss(a.row)),
    mrrMoves: rows.filter((one) => moved(one) !== 0).sort((a, b) => Math.abs(moved(b)) - Math.abs(moved(a))),
    renewals: rows
      .filter(({ row, old }) => isNear(row) && old !== null && !isNear(old))
      .sort((a, b) => (a.row.daysToRenewal ?? 0) - (b.row.daysToRenewal ?? 0)),
    returned: rows.filter(({ row }) => row.returned !== null && row.returned.on > before.asOf),
  };
  const due = tasks
    .filter((task) => task.due <= now.asOf)
    .sort((a, b) => (a.due === b.due ? (a.id < b.id ? -1 : 1) : a.due < b.due ? -1 : 1));
  const { better: _, ...calling } = lists;
  const plain = (list: readonly Moved[]): readonly BriefRow[] =>
    list.map(({ old, ...one }) => ({ ...one, because: reasons(one.row, old) }));
  return {
    since: before.asOf,
    until: now.asOf,
    lookedAt,
    newlyAtRisk: plain(lists.newlyAtRisk),
    worse: plain(lists.worse),
    better: plain(lists.better),
    mrrMoves: plain(lists.mrrMoves),
    renewals: plain(lists.renewals),
    tasks: due,
    returned: plain(lists.returned),
    attention: due.length > 0 || Object.values(calling).some((list) => list.length > 0),
  };
}

const isRisky = ({ band }: BookRow): boolean => band !== null && RISKY.has(band);
const loss = ({ expectedLoss }: BookRow): number => expectedLoss ?? 0;
const isNear = ({ daysToRenewal }: BookRow): boolean =>
  daysToRenewal !== null && daysToRenewal >= 0 && daysToRenewal <= RENEWAL_WINDOW_DAYS;

function reasons(row: BookRow, old: BookRow | null): readonly BriefReason[] {
  const before = new Map(old?.signals.map((signal) => [signal.id, signal]) ?? []);
  const now = new Map(row.signals.map((signal) => [signal.id, signal]));
  return [...new Set([...now.keys(), ...before.keys()])]
    .flatMap((id): BriefReason[] => {
      const told = now.get(id) ?? before.get(id);
      const points = now.get(id)?.points ?? 0;
      const pointsBefore = before.get(id)?.points ?? 0;
      if (!told || points === pointsBefore) return [];
      return [{ signal: id, points, pointsBefore, evidence: told.evidence, short: told.short }];
    })
    .sort((a, b) => Math.abs(b.points - b.pointsBefore) - Math.abs(a.points - a.pointsBefore) || (a.signal < b.signal ? -1 : 1));
}

type Lang = 'en' | 'ja';

/** As machines read it: the names are a public contract. */
export function briefJson(told: Brief, lang: Lang): Record<string, unknown> {
  const row = ({ row: { id, name, risk, mrr, daysToRenewal }, riskBefore, mrrBefore, because }: BriefRow) => ({
    id,
    name,
    risk,
    riskBefore,
    mrr,
    mrrBefore,
    daysToRenewal,
    because: because.map(({ signal, points, pointsBefore, evidence }) => ({ signal, points, pointsBefore, evidence: evidence[lang] })),
  });
  return {
    since: told.since,
    until: told.until,
    lookedAt: told.lookedAt === null ? null : new Date(told.lookedAt).toISOString(),
    newlyAtRisk: told.newlyAtRisk.map(row),
    worse: told.worse.map(row),
    better: told.better.map(row),
    mrrMoves: told.mrrMoves.map(row),
    renewals: told.renewals.map(row),
    tasks: told.tasks.map(({ id, accountId, account, subject, due }) => ({ id, accountId, account, subject, due })),
    returned: told.returned.map(row),
    attention: told.attention,
  };
}

/** The lists of a brief in the order in which a morning goes through them. */
export const BRIEF_KINDS = ['newlyAtRisk', 'worse', 'mrrMoves', 'renewals', 'tasks', 'returned', 'better'] as const;
export type BriefKind = (typeof BRIEF_KINDS)[number];

/** From when a brief tells. */
export const SINCE_WISHES = ['last', 'yesterday', 'monday'] as const;
export type SinceWish = (typeof SINCE_WISHES)[number];

/** What a screen beside the scoring needs of a brief: accounts by id, the book itself is there already. */
export interface BriefLine {
  readonly id: string;
  readonly riskBefore: number | null;
  readonly mrrBefore: number | null;
  /** The one signal that moved it most. */
  readonly because: BriefReason | null;
}

export interface BriefSummary {
  readonly wish: SinceWish;
  readonly since: Day;
  readonly until: Day;
  readonly lookedAt: Instant | null;
  /** When today's brief was gone through; null while it was not. */
  readonly seenAt: Instant | null;
  readonly lists: Readonly<Record<BriefKind, readonly BriefLine[]>>;
  /** Sum of the MRR moves, in major units of the portal's currency; other currencies by the policy's rates alone. */
  readonly mrrMoved: number;
}

export function briefSummary(told: Brief, wish: SinceWish, seenAt: Instant | null): BriefSummary {
  const line = ({ row, riskBefore, mrrBefore, because }: BriefRow): BriefLine => ({
    id: row.id,
    riskBefore,
    mrrBefore,
    because: because[0] ?? null,
  });
  const withTasks = [...new Set(told.tasks.map(({ accountId }) => accountId))];
  return {
    wish,
    since: told.since,
    until: told.until,
    lookedAt: told.lookedAt,
    seenAt,
    lists: {
      newlyAtRisk: told.newlyAtRisk.map(line),
      worse: told.worse.map(line),
      mrrMoves: told.mrrMoves.map(line),
      renewals: told.renewals.map(line),
      tasks: withTasks.map((id) => ({ id, riskBefore: null, mrrBefore: null, because: null })),
      returned: told.returned.map(line),
      better: told.better.map(line),
    },
    mrrMoved: told.mrrMoves.reduce((sum, { row, mrrBefore }) => sum + (atHome(row, (row.mrr ?? 0) - (mrrBefore ?? 0)) ?? 0), 0),
  };
}

/** The day that a brief of `asOf` starts from; `at` where that is the day of the last look. */
export function sinceOf(
  wish: SinceWish,
  asOf: Day,
  look: { readonly at: Instant; readonly day: Day } | null,
): { readonly day: Day; readonly at: Instant | null } {
  if (wish === 'last' && look !== null && look.day < asOf) return look;
  // On a Monday that is the one a week ago: today has not changed since today.
  if (wish === 'monday') return { day: addDays(asOf, -((weekdayOf(asOf) + 6) % 7 || 7)), at: null };
  return { day: addDays(asOf, -1), at: null };
}
