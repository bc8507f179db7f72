/** The rules on the book: what each does, what a change would do, and the change written into the team's file. */
import { mkdirSync, renameSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import type { Db } from '../data/store/driver.ts';
import { ledgerEntries, settleLedger } from '../data/store/ledger.ts';
import { dismissals, judgedPolicies } from '../data/store/local-queries.ts';
import { type KeptPolicy, policyLog } from '../data/store/policy-log.ts';
import { changedPolicy } from '../rules/change.ts';
import { type Finding, lintRules } from '../rules/lint.ts';
import type { Change } from '../rules/paths.ts';
import type { PolicyProblem } from '../rules/problem.ts';
import { type RuleStat, ruleStats } from '../rules/stats.ts';
import { ruleHashes } from '../scoring/policy-hash.ts';
import { Reweigher } from '../scoring/reweigh.ts';
import type { Sheet } from '../scoring/sheet.ts';
import { type Day, dayOf, type Instant } from '../units/day.ts';
import { err, ok, type Result } from '../units/result.ts';
import type { Books } from './books.ts';
import { type PolicyInForce, readPolicyText } from './policy.ts';
import type { Profile } from './profile.ts';
import type { Session } from './session.ts';

/** Plain data: a worker reads it, the screen weighs it anew. */
export interface RulesView {
  readonly asOf: Day;
  readonly inForce: PolicyInForce;
  readonly sheet: Sheet;
  /** In the policy's order. */
  readonly stats: readonly RuleStat[];
  readonly findings: readonly Finding[];
}

const RECENT_MS = 30 * 86_400_000;

/** Scores the book where it is out of date, then reads the whole store. */
export async function readRules(session: Session, books: Books): Promise<RulesView> {
  const { snapshot } = await books.current();
  const { inForce, portal } = books;
  const { policy } = inForce;
  const { db } = await session.local();
  const sheet = await books.sheet(snapshot);
  const reweigher = new Reweigher(sheet, policy);
  const since = (session.profile.options.now() - RECENT_MS) as Instant;
  const dismissed = new Map<string, number>();
  for (const { signal, at } of [...(await dismissals(db, portal.portalId)).values()].flat())
    if (at >= since) dismissed.set(signal, (dismissed.get(signal) ?? 0) + 1);
  await settleLedger(db, session.profile.options.now());
  const log = await policyLog(db, portal.portalId);
  const tested = testedRules(log, await judgedPolicies(db, portal.portalId), ruleHashes(books.policy));
  return {
    asOf: snapshot.asOf,
    inForce,
    sheet,
    stats: ruleStats({
      policy,
      reweigher,
      acted: await actedOn(db, portal.portalId, since),
      dismissals: dismissed,
      changedOn: changeDays(log, portal.timeZone),
    }),
    findings: lintRules(policy, reweigher, books.asOf, tested),
  };
}

/** By signal: the accounts on which somebody acted while it fired. */
async function actedOn(db: Db, portalId: string, since: Instant): Promise<ReadonlyMap<string, number>> {
  const accounts = new Map<string, Set<string>>();
  for (const { accountId, signals } of await ledgerEntries(db, portalId, since))
    for (const { id } of signals) accounts.set(id, (accounts.get(id) ?? new Set()).add(accountId));
  return new Map([...accounts].map(([signal, ids]) => [signal, ids.size]));
}

/** Rules that stand now as they stood in a policy that a back-test has judged. */
function testedRules(log: readonly KeptPolicy[], judged: ReadonlySet<string>, now: Readonly<Record<string, string>>): ReadonlySet<string> {
  const versions = log.filter(({ hash }) => judged.has(hash));
  return new Set(Object.keys(now).filter((signal) => versions.some(({ rules }) => rules[signal] === now[signal])));
}

/** By signal: the day on which it became what it is; none where it is what it was at the first scoring. */
function changeDays(log: readonly KeptPolicy[], zone: string): ReadonlyMap<string, Day> {
  const days = new Map<string, Day>();
  for (const [index, { at, rules }] of log.entries()) {
    const before = log[index - 1]?.rules;
    if (!before) continue;
    for (const [signal, hash] of Object.entries(rules)) if (before[signal] !== hash) days.set(signal, dayOf(at, zone));
  }
  return days;
}

/** `changed`: the file is no longer what the rules were read from · `broken`: it is wrong already · `unwritable`. */
export type SaveRefused =
  | { readonly kind: 'changed' | 'broken' }
  | { readonly kind: 'wrong'; readonly problem: PolicyProblem }
  | { readonly kind: 'unwritable'; readonly because: string };

/** Writes the changes into the policy file, making it where there is none; whole or not at all. Gives back the file. */
export function savePolicy(profile: Profile, inForce: PolicyInForce, changes: readonly Change[]): Result<string, SaveRefused> {
  const { file, fallback, source, policy, exists } = inForce;
  if (fallback !== null) return err({ kind: 'broken' });
  const now = readPolicyText(profile);
  if (!now.ok || (now.value ?? '') !== source || (now.value !== null) !== exists) return err({ kind: 'changed' });
  const changed = changedPolicy(source, file, policy, changes);
  if (!changed.ok) {
    const [problem] = changed.error;
    return err(problem ? { kind: 'wrong', problem } : { kind: 'broken' });
  }
  try {
    mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
    const partial = `${file}.${process.pid}.part`;
    writeFileSync(partial, changed.value.text, { mode: 0o600 });
    renameSync(partial, file);
    return ok(file);
  } catch (error) {
    return err({ kind: 'unwritable', because: error instanceof Error && 'code' in error ? String(error.code) : String(error) });
  }
}
