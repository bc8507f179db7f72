/** Reads and writes of `local.db` apart from the outbox: drafts, score history, last looks, snoozes, dismissals, pulses. */
import type { Band } from '../../policy.ts';
import type { Verdict } from '../../scoring/backtest.ts';
import type { Day, Instant } from '../../units/day.ts';
import type { Db } from './driver.ts';

/** The text being written under `key` when it was last kept; null where there is none. */
export async function getDraft(db: Db, key: string): Promise<string | null> {
  return (await db.get<{ text: string }>('SELECT text FROM drafts WHERE key = ?', key))?.text ?? null;
}

/** Keeps what is being typed; null forgets it. */
export async function keepDraft(db: Db, key: string, text: string | null, at: Instant): Promise<void> {
  if (text === null) await db.run('DELETE FROM drafts WHERE key = ?', key);
  else await db.run('INSERT INTO drafts VALUES (?, ?, ?) ON CONFLICT DO UPDATE SET text = excluded.text, at = excluded.at', key, text, at);
}

export interface ScoreRecord {
  readonly accountId: string;
  /** Unrounded. */
  readonly score: number;
  readonly risk: number;
  readonly band: Band | null;
  /** Points by signal group. */
  readonly groups: Readonly<Record<string, number>>;
  readonly probability: number | null;
}

/** One day of one policy; scoring the same day again replaces it. */
export async function saveScores(db: Db, portalId: string, day: Day, policy: string, scores: Iterable<ScoreRecord>): Promise<void> {
  const rows = function* () {
    for (const { accountId, score, risk, band, groups, probability } of scores)
      yield [portalId, day, policy, accountId, score, risk, band, JSON.stringify(groups), probability];
  };
  await db.runMany('INSERT OR REPLACE INTO score_history VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)', rows());
}

/** Risk by account on the newest scored day in [`from`, `to`] of each account, under this policy. For the 7-day change. */
export async function riskBetween(db: Db, portalId: string, policy: string, from: Day, to: Day): Promise<ReadonlyMap<string, number>> {
  const rows = await db.all<{ account_id: string; risk: number }>(
    `SELECT account_id, risk FROM score_history WHERE portal_id = ? AND policy = ? AND day BETWEEN ? AND ? ORDER BY day`,
    portalId,
    policy,
    from,
    to,
  );
  return new Map(rows.map((row) => [row.account_id, row.risk]));
}

/** Risk of one account by day, oldest first, both ends included. */
export async function riskHistory(
  db: Db,
  portalId: string,
  policy: string,
  accountId: string,
  from: Day,
  to: Day,
): Promise<readonly { readonly day: Day; readonly risk: number }[]> {
  const rows = await db.all<{ day: string; risk: number }>(
    `SELECT day, risk FROM score_history WHERE portal_id = ? AND account_id = ? AND policy = ? AND day BETWEEN ? AND ? ORDER BY day`,
    portalId,
    accountId,
    policy,
    from,
    to,
  );
  return rows.map(({ day, risk }) => ({ day: day as Day, risk }));
}

/** When `screen` of this owner's book (`''`: the whole portal) was last looked at. */
export async function lastLook(db: Db, portalId: string, ownerId: string, screen: string): Promise<Instant | null> {
  const row = await db.get<{ at: number }>(
    'SELECT at FROM looks WHERE portal_id = ? AND owner_id = ? AND screen = ?',
    portalId,
    ownerId,
    screen,
  );
  return row ? (row.at as Instant) : null;
}

export async function keepLook(db: Db, portalId: string, ownerId: string, screen: string, at: Instant): Promise<void> {
  await db.run('INSERT OR REPLACE INTO looks VALUES (?, ?, ?, ?)', portalId, ownerId, screen, at);
}

export interface Snooze {
  readonly at: Instant;
  readonly untilDay: Day | null;
  /** Wakes when the risk is this much above `riskThen`. */
  readonly untilWorseBy: number | null;
  readonly riskThen: number | null;
  readonly reason: string | null;
  /** Wakes when the MRR is below this, in major units. */
  readonly mrrThen: number | null;
  /** Wakes so many days before the renewal; null where that was near already. */
  readonly renewalWithin: number | null;
  /** Set by the first scoring that found it awake: it stays awake from then on. */
  readonly wokeOn: Day | null;
  readonly wokeBecause: WokeBecause | null;
}

export type WokeBecause = 'day' | 'worse' | 'mrr' | 'renewal';

/** By account. */
export async function snoozes(db: Db, portalId: string): Promise<ReadonlyMap<string, Snooze>> {
  const rows = await db.all<Snooze & { accountId: string }>(
    `SELECT account_id AS accountId, at, until_day AS untilDay, until_worse_by AS untilWorseBy, risk_then AS riskThen, reason,
       mrr_then AS mrrThen, renewal_within AS renewalWithin, woke_on AS wokeOn, woke_because AS wokeBecause
     FROM snoozes WHERE portal_id = ?`,
    portalId,
  );
  return new Map(rows.map(({ accountId, ...snooze }) => [accountId, snooze]));
}

/** Each takes the place of the account's former one; null takes that away. All or none. */
export async function keepSnoozes(db: Db, portalId: string, changes: ReadonlyMap<string, Snooze | null>): Promise<void> {
  await db.transaction(async (tx) => {
    for (const [accountId, snooze] of changes) {
      if (snooze === null) await tx.run('DELETE FROM snoozes WHERE portal_id = ? AND account_id = ?', portalId, accountId);
      else
        await tx.run(
          `INSERT OR REPLACE INTO snoozes (portal_id, account_id, at, until_day, until_worse_by, risk_then, reason, mrr_then,
             renewal_within, woke_on, woke_because) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
          portalId,
          accountId,
          snooze.at,
          snooze.untilDay,
          snooze.untilWorseBy,
          snooze.riskThen,
          snooze.reason,
          snooze.mrrThen,
          snooze.renewalWithin,
          snooze.wokeOn,
          snooze.wokeBecause,
        );
    }
  });
}

export interface Dismissal {
  readonly signal: string;
  readonly at: Instant;
  readonly untilDay: Day | null;
  readonly reason: string;
}

/** By account. */
export async function dismissals(db: Db, portalId: string): Promise<ReadonlyMap<string, readonly Dismissal[]>> {
  const rows = await db.all<Dismissal & { accountId: string }>(
    `SELECT account_id AS accountId, signal, at, until_day AS untilDay, reason FROM dismissals WHERE portal_id = ?
     ORDER BY account_id, signal`,
    portalId,
  );
  return Map.groupBy(rows, (row) => row.accountId);
}

/** Takes the place of a former one of the same signal; null takes that away. */
export async function keepDismissal(
  db: Db,
  portalId: string,
  accountId: string,
  signal: string,
  dismissal: Dismissal | null,
): Promise<void> {
  if (dismissal === null)
    await db.run('DELETE FROM dismissals WHERE portal_id = ? AND account_id = ? AND signal = ?', portalId, accountId, signal);
  else
    await db.run(
      'INSERT OR REPLACE INTO dismissals (portal_id, account_id, signal, at, until_day, reason) VALUES (?, ?, ?, ?, ?, ?)',
      portalId,
      accountId,
      signal,
      dismissal.at,
      dismissal.untilDay,
      dismissal.reason,
    );
}

/** What the last back-test of this policy said; null before the first. */
export async function lastVerdict(db: Db, portalId: string, policy: string): Promise<Verdict | null> {
  const row = await db.get<{ verdict: Verdict }>('SELECT verdict FROM backtests WHERE portal_id = ? AND policy = ?', portalId, policy);
  return row?.verdict ?? null;
}

export async function keepVerdict(db: Db, portalId: string, policy: string, verdict: Verdict, asOf: Day, at: Instant): Promise<void> {
  await db.run(
    'INSERT OR REPLACE INTO backtests (portal_id, policy, at, as_of, verdict) VALUES (?, ?, ?, ?, ?)',
    portalId,
    policy,
    at,
    asOf,
    verdict,
  );
}

/** The policies whose last back-test had enough churn to judge them. */
export async function judgedPolicies(db: Db, portalId: string): Promise<ReadonlySet<string>> {
  const rows = await db.all<{ policy: string }>("SELECT policy FROM backtests WHERE portal_id = ? AND verdict <> 'untestable'", portalId);
  return new Set(rows.map(({ policy }) => policy));
}

export interface StoredPulse {
  readonly accountId: string;
  readonly day: Day;
  readonly points: number;
  readonly because: string;
}

/** Every view that was entered, oldest first. */
export function pulses(db: Db, portalId: string): Promise<readonly StoredPulse[]> {
  return db.all<StoredPulse>(
    `SELECT account_id AS accountId, day, value AS points, coalesce(note, '') AS because FROM pulses WHERE portal_id = ?
     ORDER BY day, account_id`,
    portalId,
  );
}

/** One view an account and day: a second one of the same day takes the place of the first. */
export async function keepPulse(db: Db, portalId: string, pulse: StoredPulse): Promise<void> {
  const { accountId, day, points, because } = pulse;
  await db.run(
    'INSERT OR REPLACE INTO pulses (portal_id, account_id, day, value, note) VALUES (?, ?, ?, ?, ?)',
    portalId,
    accountId,
    day,
    points,
    because,
  );
}
