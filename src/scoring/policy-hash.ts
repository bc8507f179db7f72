/** What a score was made with, in one word. */
import type { Policy } from '../policy.ts';
import { DEFAULT_POLICY } from './policy-default.ts';

/** Put in by the build: hashing, and loading what hashes, would cost every start. */
declare const __DEFAULT_POLICY_HASH__: string | undefined;

/**
 * `sha256:…` over what a score is made with: the order of keys and of signals does not matter, every value does. What is
 * done about a score is not part of it.
 */
export function policyHash(policy: Policy): string {
  if (policy === DEFAULT_POLICY && typeof __DEFAULT_POLICY_HASH__ === 'string') return __DEFAULT_POLICY_HASH__;
  const signals = [...policy.signals].sort((a, b) => (a.id < b.id ? -1 : 1));
  const {
    churnReasons: _reasons,
    quiet: _quiet,
    plays: _plays,
    templates: _templates,
    responses: _responses,
    leads: _leads,
    ...scores
  } = policy;
  return `sha256:${sha256(canonical({ ...scores, signals }))}`;
}

/** The rest of a policy in one word, as far as the book shows it; empty for the default. */
export function responseHash({ quiet, plays, responses, leads }: Policy): string {
  const { quiet: q, plays: p, responses: r, leads: l } = DEFAULT_POLICY;
  if (quiet === q && plays === p && responses === r && leads === l) return '';
  return sha256(canonical({ quiet, plays, responses, leads })).slice(0, RULE_HASH);
}

const sha256 = (text: string): string => process.getBuiltinModule('node:crypto').createHash('sha256').update(text).digest('hex');

/** Each rule in one word, by signal id, with what plans, segments and retirements make of it. */
export const ruleHashes = (policy: Policy): Readonly<Record<string, string>> =>
  Object.fromEntries(
    policy.signals.map((rule) => {
      const own = <T extends { readonly signal: string }>(list: readonly T[]): readonly T[] =>
        list.filter(({ signal }) => signal === rule.id);
      return [rule.id, sha256(canonical([rule, own(policy.ramps), own(policy.retired)])).slice(0, RULE_HASH)];
    }),
  );

/** Hexadecimal digits that tell the versions of one rule apart. */
const RULE_HASH = 16;

function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value) ?? 'null';
  const entries = Object.entries(value).filter(([, item]) => item !== undefined);
  return `{${entries
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, item]) => `${JSON.stringify(key)}:${canonical(item)}`)
    .join(',')}}`;
}
