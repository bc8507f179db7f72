/**
 * Calibrated parameters, a file a version beside the profile's store: what was fitted, to what, and how well. The newest
 * one of the team's policy is in force. Rolling back adds a version as well, so that what counted on an earlier day is
 * still known; taking the newest file away undoes it without a trace.
 */
import { mkdirSync, readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Policy, Stratum } from '../policy.ts';
import { type Fit, type Parameters, type Step, withParameters } from '../scoring/calibrate.ts';
import type { Estimate } from '../scoring/measures.ts';
import { policyHash } from '../scoring/policy-hash.ts';
import { type Day, type Instant, parseDay } from '../units/day.ts';

export interface FittedVersion {
  readonly format: 1;
  readonly madeOn: Day;
  /** Who had it made, as the profile knows; null for the whole portal. */
  readonly by: string | null;
  /** Hash of the policy that the parameters are laid over: of another one they say nothing. */
  readonly basedOn: string;
  readonly step: Step;
  readonly data: { readonly from: Day; readonly to: Day; readonly cases: number; readonly accounts: number; readonly events: number };
  /** Measured on later days than it was fitted to. */
  readonly evidence: { readonly before: Fit; readonly after: Fit; readonly improvement: Estimate };
  readonly parameters: Parameters;
}

/** Back to what was in force before a version. */
export interface RolledBack extends Pick<FittedVersion, 'format' | 'madeOn' | 'by' | 'basedOn'> {
  /** Name of the version that counts again; null for the policy as the team wrote it. */
  readonly backTo: string | null;
  /** Of that version. */
  readonly parameters: Parameters | null;
}

export type CalibrationVersion = (FittedVersion | RolledBack) & {
  /** Its file's. */
  readonly name: string;
};

const FOLDER = 'calibrations';
const STRATA: readonly Stratum[] = ['monthly', 'annual_in_window', 'annual_out'];

/** Of this policy, oldest first. A file that is damaged, or of another policy, counts as not there. */
export function readCalibrations(profileDir: string, policy: Policy): readonly CalibrationVersion[] {
  const folder = join(profileDir, FOLDER);
  const names = namesIn(folder);
  if (names.length === 0) return [];
  const hash = policyHash(policy);
  return names.flatMap((name) => {
    const found = parse(readFileSync(join(folder, name), 'utf8'));
    return found?.basedOn === hash ? [{ ...found, name }] : [];
  });
}

/** Writes the version beside the others, whole or not at all; gives back its file. */
export function keepCalibration(profileDir: string, version: FittedVersion | RolledBack, at: Instant): string {
  const folder = join(profileDir, FOLDER);
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const file = join(folder, `${new Date(at).toISOString().replaceAll(':', '-')}.json`);
  const partial = `${file}.${process.pid}.part`;
  writeFileSync(partial, `${JSON.stringify(version, null, 2)}\n`, { mode: 0o600 });
  renameSync(partial, file);
  return file;
}

/** The policy with its newest calibration, or with the newest that was made by `day`. */
export function policyOn(policy: Policy, versions: readonly CalibrationVersion[], day?: Day): Policy {
  const found = versions.findLast((version) => day === undefined || version.madeOn <= day);
  return found?.parameters ? withParameters(policy, found.parameters) : policy;
}

/** The fitted version that counts after all of these; null for the policy as the team wrote it. */
function inForceAfter(versions: readonly CalibrationVersion[]): CalibrationVersion | null {
  const last = versions.at(-1);
  if (!last || !('backTo' in last)) return last ?? null;
  return versions.find(({ name }) => name === last.backTo) ?? null;
}

/** What counted before the version in force was made; undefined where none is in force. */
export function versionBefore(versions: readonly CalibrationVersion[]): CalibrationVersion | null | undefined {
  const now = inForceAfter(versions);
  return now === null ? undefined : inForceAfter(versions.slice(0, versions.indexOf(now)));
}

function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder)
      .filter((name) => name.endsWith('.json'))
      .sort();
  } catch {
    return [];
  }
}

function parse(text: string): FittedVersion | RolledBack | null {
  try {
    const found = JSON.parse(text) as FittedVersion | RolledBack;
    return isSound(found) ? found : null;
  } catch {
    return null;
  }
}

/** What scoring rests on is looked at; the rest is for people. */
function isSound(version: FittedVersion | RolledBack): boolean {
  const { format, madeOn, parameters } = version;
  if (parameters === null) return 'backTo' in version && format === 1 && parseDay(madeOn) !== null;
  const { slope, baseRates, points } = parameters;
  return (
    format === 1 &&
    parseDay(madeOn) !== null &&
    Number.isFinite(slope) &&
    slope >= 0 &&
    STRATA.every((stratum) => baseRates[stratum] > 0 && baseRates[stratum] < 1) &&
    Object.values(points).every(Number.isFinite)
  );
}
