/** Back-test and calibration over the store's own history. */
import { type Replay, replay } from '../book/replay.ts';
import { keepVerdict, lastVerdict } from '../data/store/local-queries.ts';
import type { Policy } from '../policy.ts';
import { type BacktestReport, backtest } from '../scoring/backtest.ts';
import { type Calibration, calibrate, withParameters } from '../scoring/calibrate.ts';
import { distinct, eventsOf } from '../scoring/calibrate-fit.ts';
import { policyHash } from '../scoring/policy-hash.ts';
import type { Day } from '../units/day.ts';
import { seeded } from '../units/random.ts';
import type { Books } from './books.ts';
import { type FittedVersion, keepCalibration, policyOn, versionBefore } from './calibrations.ts';
import { ownBooks, readHistory } from './history.ts';
import type { Session } from './session.ts';

/** The same history gives the same report: resamples are drawn alike every time. */
const SEED = 20_260_101;

export interface BacktestRun {
  readonly asOf: Day;
  readonly policy: Policy;
  readonly policyHash: string;
  readonly leadDays: number;
  readonly span: Replay['span'];
  readonly report: BacktestReport;
}

export interface CalibrationRun {
  readonly asOf: Day;
  readonly span: Replay['span'];
  /** In force before this run. */
  readonly policy: Policy;
  /** With what was fitted; null where nothing was. */
  readonly fitted: Policy | null;
  readonly calibration: Calibration;
  /** Of the policy that is in force after this run. */
  readonly policyHash: string;
  /** Where the new version was written; null where nothing was. */
  readonly file: string | null;
}

async function replayed(session: Session, books: Books, leadDays: number): Promise<Replay> {
  const { accounts, feeds } = await readHistory(session, books);
  return replay({ accounts, asOf: books.asOf, currency: books.portal.currency, feeds, policy: books.policy, leadDays });
}

/** Today's back-test without lead decides from then on whether probabilities are shown. Throws `NeverSyncedError`. */
export async function runBacktest(
  session: Session,
  wanted: { readonly leadDays: number; readonly capacity: number },
): Promise<BacktestRun> {
  const books = await ownBooks(session);
  const { span, observations, leaks } = await replayed(session, books, wanted.leadDays);
  const report = backtest({
    observations,
    policy: books.policy,
    previous: previousOf(books),
    leaks,
    capacity: wanted.capacity,
    random: seeded(SEED),
  });
  const hash = policyHash(books.policy);
  if (books.asOf === books.today && wanted.leadDays === 0) await keep(session, books, hash, report);
  return { asOf: books.asOf, policy: books.policy, policyHash: hash, leadDays: wanted.leadDays, span, report };
}

async function keep(session: Session, { portal, asOf }: Books, hash: string, { verdict }: BacktestReport): Promise<void> {
  const { db } = await session.local();
  const before = await lastVerdict(db, portal.portalId, hash);
  await keepVerdict(db, portal.portalId, hash, verdict, asOf, session.profile.options.now());
  if ((before === 'none') !== (verdict === 'none')) await (await session.cache()).outdate();
}

/** What was in force before the newest calibration; null before the first. */
const previousOf = ({ inForce, calibrations }: Books): Policy | null =>
  calibrations.length === 0 ? null : policyOn(inForce.policy, calibrations.slice(0, -1));

/** With `apply`, what is better on later data is in force from then on. Throws `NeverSyncedError`. */
export async function runCalibration(session: Session, { apply }: { readonly apply: boolean }): Promise<CalibrationRun> {
  const books = await ownBooks(session);
  const { span, observations } = await replayed(session, books, 0);
  const calibration = calibrate({ observations, policy: books.inForce.policy, inForce: books.policy, random: seeded(SEED) });
  const { adopted, parameters, before, after, improvement, step } = calibration;
  const run = {
    asOf: books.asOf,
    span,
    policy: books.policy,
    fitted: parameters && withParameters(books.inForce.policy, parameters),
    calibration,
  };
  if (!apply || !adopted || !parameters || !before || !after || !improvement || !span) {
    return { ...run, policyHash: policyHash(books.policy), file: null };
  }
  const { me } = session.profile.settings;
  const version: FittedVersion = {
    format: 1,
    madeOn: books.today,
    by: me?.email ?? null,
    basedOn: policyHash(books.inForce.policy),
    step,
    data: { ...span, cases: observations.length, accounts: distinct(observations), events: eventsOf(observations) },
    evidence: { before, after, improvement },
    parameters,
  };
  const file = keepCalibration(session.profile.paths.profileDir, version, session.profile.options.now());
  return { ...run, policyHash: policyHash(withParameters(books.inForce.policy, parameters)), file };
}

export interface Undone {
  readonly file: string;
  /** Of the policy that is in force now. */
  readonly policyHash: string;
}

/** Back to what counted before the calibration in force; null where none is. Throws `NeverSyncedError`. */
export async function undoCalibration(session: Session): Promise<Undone | null> {
  const { calibrations, inForce, today } = await ownBooks(session);
  const before = versionBefore(calibrations);
  if (before === undefined) return null;
  const { profileDir } = session.profile.paths;
  const parameters = before?.parameters ?? null;
  const { me } = session.profile.settings;
  const file = keepCalibration(
    profileDir,
    { format: 1, madeOn: today, by: me?.email ?? null, basedOn: policyHash(inForce.policy), backTo: before?.name ?? null, parameters },
    session.profile.options.now(),
  );
  return { file, policyHash: policyHash(parameters ? withParameters(inForce.policy, parameters) : inForce.policy) };
}
