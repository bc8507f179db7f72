/** The policy in force: the team's file, else the last one that was right, else the default. */
import { readFileSync } from 'node:fs';
import { lastGoodSource } from '../data/store/policy-log.ts';
import type { Policy } from '../policy.ts';
import type { PolicyProblem } from '../rules/problem.ts';
import { DEFAULT_POLICY } from '../scoring/policy-default.ts';
import { policyHash } from '../scoring/policy-hash.ts';
import { err, ok, type Result } from '../units/result.ts';
import type { Profile } from './profile.ts';
import type { Session } from './session.ts';

export interface PolicyInForce {
  readonly policy: Policy;
  readonly hash: string;
  readonly file: string;
  /** Whether the file is there. */
  readonly exists: boolean;
  /** The text that is in force; empty for the default policy. */
  readonly source: string;
  /** Of the file; with any, something else than the file is in force. */
  readonly problems: readonly PolicyProblem[];
  readonly fallback: 'last_good' | 'default' | null;
}

/** The file that the settings name, else the profile's own. */
export const policyFileOf = ({ settings, paths }: Profile): string => settings.policyFile ?? paths.policyFile;

/** null where there is none and none was asked for. */
export function readPolicyText(profile: Profile): Result<string | null, PolicyProblem> {
  const file = policyFileOf(profile);
  try {
    return ok(readFileSync(file, 'utf8'));
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : String(error);
    if (code === 'ENOENT' && profile.settings.policyFile === null) return ok(null);
    return err({ file, line: null, path: [], kind: 'unreadable', params: { message: code } });
  }
}

/** The parser of YAML is loaded only where there is a file. */
export async function policyInForce(session: Session, portalId: string): Promise<PolicyInForce> {
  const file = policyFileOf(session.profile);
  const read = readPolicyText(session.profile);
  if (read.ok && read.value === null)
    return { policy: DEFAULT_POLICY, hash: policyHash(DEFAULT_POLICY), file, exists: false, source: '', problems: [], fallback: null };
  const { loadPolicy } = await import('../rules/load.ts');
  const source = read.ok ? (read.value ?? '') : '';
  const loaded = read.ok ? loadPolicy(source, file) : err([read.error]);
  if (loaded.ok) return { policy: loaded.value, hash: policyHash(loaded.value), file, exists: true, source, problems: [], fallback: null };
  const kept = await lastGoodSource((await session.local()).db, portalId);
  // What an older version of the program took for right may be refused by this one.
  const again = kept === null ? null : loadPolicy(kept, file);
  const policy = again?.ok ? again.value : DEFAULT_POLICY;
  return {
    policy,
    hash: policyHash(policy),
    file,
    exists: read.ok,
    source: again?.ok ? (kept ?? '') : '',
    problems: loaded.error,
    fallback: again?.ok ? 'last_good' : 'default',
  };
}
