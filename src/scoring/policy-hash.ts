/** What a score was made with, in one word. */
import { createHash } from 'node:crypto';
import type { Policy } from '../policy.ts';

/** `sha256:…` over the policy's meaning: the order of keys and of signals does not matter, every value does. */
export function policyHash(policy: Policy): string {
  const signals = [...policy.signals].sort((a, b) => (a.id < b.id ? -1 : 1));
  return `sha256:${createHash('sha256')
    .update(canonical({ ...policy, signals }))
    .digest('hex')}`;
}

/** Each rule in one word, by signal id, with what plans, segments and retirements make of it. */
export const ruleHashes = (policy: Policy): Readonly<Record<string, string>> =>
  Object.fromEntries(
    policy.signals.map((rule) => {
      const own = <T extends { readonly signal: string }>(list: readonly T[]): readonly T[] =>
        list.filter(({ signal }) => signal === rule.id);
      const text = canonical([rule, own(policy.ramps), own(policy.retired)]);
      return [rule.id, createHash('sha256').update(text).digest('hex').slice(0, RULE_HASH)];
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
