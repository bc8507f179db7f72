/** Single values of a policy by the path that its file gives them, for what-if: `signals.usage.last_login.points=20`. */
import type { Policy, SignalRule } from '../policy.ts';
import { err, ok, type Result } from '../units/result.ts';
import { nearest } from './near.ts';
import type { Path } from './problem.ts';
import type { Entry } from './write.ts';

export type ChangeProblem =
  | { readonly kind: 'form'; readonly text: string }
  | { readonly kind: 'number'; readonly text: string }
  | { readonly kind: 'signal'; readonly text: string; readonly near: string | null }
  | { readonly kind: 'path'; readonly text: string };

export interface Change extends Entry {
  /** As typed. */
  readonly name: string;
  readonly value: number;
}

const SIGNAL_ENDS: readonly Path[] = [['points'], ['ramp', 'from'], ['ramp', 'to']];
const PLAIN = ['base', 'groupFloor', 'minimumCoverage'] as const;

/** `policy` says which signals there are. */
export function parseChange(text: string, policy: Policy): Result<Change, ChangeProblem> {
  const at = text.indexOf('=');
  if (at < 1) return err({ kind: 'form', text });
  const name = text.slice(0, at).trim();
  const number = text.slice(at + 1).trim();
  if (!/^[+-]?\d+(?:\.\d+)?$/.test(number)) return err({ kind: 'number', text: number });
  const path = pathOf(name, policy);
  return path.ok ? ok({ name, path: path.value, value: Number(number) }) : path;
}

function pathOf(name: string, policy: Policy): Result<Path, ChangeProblem> {
  const parts = name.split('.');
  const [head = '', second = '', third = ''] = parts;
  if (head === 'signals') {
    const rest = name.slice('signals.'.length);
    const end = SIGNAL_ENDS.find((one) => rest.endsWith(`.${one.join('.')}`));
    if (!end) return err({ kind: 'path', text: name });
    const id = rest.slice(0, -(end.join('.').length + 1));
    const ids = policy.signals.map((rule) => rule.id);
    return ids.includes(id) ? ok(['signals', id, ...end]) : err({ kind: 'signal', text: id, near: nearest(id, ids) });
  }
  const known =
    (parts.length === 1 && PLAIN.some((one) => one === head)) ||
    (parts.length === 2 && head === 'caps' && Object.hasOwn(policy.groupCaps, second)) ||
    (parts.length === 2 && head === 'bands' && second !== 'low' && Object.hasOwn(policy.bands, second)) ||
    (parts.length === 2 && head === 'probability' && second === 'slope') ||
    (parts.length === 3 && head === 'probability' && second === 'baseRates' && Object.hasOwn(policy.probability.baseRates, third));
  return known ? ok(parts) : err({ kind: 'path', text: name });
}

/** The number that stands at a path that `parseChange` gave. */
export function valueAt(policy: Policy, path: Path): number {
  const [head, ...rest] = path;
  if (head === 'signals') {
    const rule = policy.signals.find(({ id }) => id === rest[0]);
    return rule ? valueOfRule(rule, rest.slice(1)) : Number.NaN;
  }
  const root: unknown = head === 'caps' ? policy.groupCaps : (policy as unknown as Record<string, unknown>)[String(head)];
  const found = rest.reduce<unknown>((node, part) => (node as Record<string, unknown> | undefined)?.[String(part)], root);
  return typeof found === 'number' ? found : Number.NaN;
}

const valueOfRule = (rule: SignalRule, [key, side]: Path): number =>
  key === 'points' ? rule.points : side === 'from' ? rule.ramp.from : rule.ramp.to;

/**
 * What the file must say so that the values stand: a ramp is written whole, so that a file that says only half of one
 * stays readable by itself.
 */
export function entriesOf(policy: Policy, changes: readonly Change[]): Entry[] {
  return changes.flatMap(({ path, value }): Entry[] => {
    if (path[2] !== 'ramp') return [{ path, value }];
    const ramp = path.slice(0, 3);
    const other = path[3] === 'from' ? 'to' : 'from';
    const paired = changes.find((one) => one.path.join() === [...ramp, other].join());
    return [
      { path, value },
      { path: [...ramp, other], value: paired?.value ?? valueAt(policy, [...ramp, other]) },
    ];
  });
}
