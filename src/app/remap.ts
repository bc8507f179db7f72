/** Keys that people chose for themselves: checked before they are taken. */
import { say } from '../components/say.ts';
import { type Clean, cleanLine } from '../text/clean.ts';
import type { Lang } from '../text/messages/index.ts';
import { type Action, keysOf } from './action.ts';
import { typedText } from './keys.ts';
import { type KeyOverrides, type Mode, WRITING } from './state.ts';

export type RemapProblem =
  | { readonly kind: 'unknown'; readonly id: string }
  | { readonly kind: 'key'; readonly id: string; readonly key: string }
  /** A key that writes text where the action is to be reached. */
  | { readonly kind: 'text'; readonly action: Action; readonly key: string }
  | { readonly kind: 'conflict'; readonly action: Action; readonly other: Action; readonly key: string; readonly mode: Mode };

const NAMED = new Set(['enter', 'esc', 'tab', 'backspace', 'delete', 'up', 'down', 'left', 'right', 'pageup', 'pagedown', 'home', 'end']);

const SHIFTED = new Set(['shift+tab', 'shift+left', 'shift+right']);

/** A key name as `keys.ts` gives them. */
export const isKeyName = (key: string): boolean => {
  if (key === 'space' || SHIFTED.has(key)) return true;
  const [, modifier, name = ''] = /^(ctrl\+|alt\+)?(.+)$/su.exec(key) ?? [];
  if (NAMED.has(name)) return true;
  return modifier === 'ctrl+' ? /^([a-z]|space|[[\]\\^_])$/.test(name) : modifier === undefined && typedText(name) !== null && name !== ' ';
};

export interface Remapped {
  /** What can be taken as it is. */
  readonly keys: KeyOverrides;
  readonly problems: readonly RemapProblem[];
}

/** An entry with a fault is left out, and its action keeps its own keys. */
export function checkRemaps(all: readonly Action[], wanted: KeyOverrides): Remapped {
  const problems: RemapProblem[] = [];
  let keys: KeyOverrides = {};
  const known = Object.entries(wanted).filter(([id, own]) => {
    const problem = problemAlone(all, id, own);
    if (problem) problems.push(problem);
    return problem === null;
  });
  // Two that change places are judged together: first all, then without those that do not fit.
  keys = Object.fromEntries(known);
  for (const [id] of known) {
    const problem = conflictOf(all, id, keys);
    if (problem === null) continue;
    problems.push(problem);
    const { [id]: _, ...rest } = keys;
    keys = rest;
  }
  return { keys, problems };
}

function problemAlone(all: readonly Action[], id: string, keys: readonly string[]): RemapProblem | null {
  const action = all.find((one) => one.id === id);
  if (!action) return { kind: 'unknown', id };
  const odd = keys.find((key) => !isKeyName(key));
  if (odd !== undefined) return { kind: 'key', id, key: odd };
  const writes = keys.find((key) => typedText(key) !== null && action.where.some((mode) => WRITING.has(mode)));
  return writes === undefined ? null : { kind: 'text', action, key: writes };
}

function conflictOf(all: readonly Action[], id: string, overrides: KeyOverrides): RemapProblem | null {
  const own = all.filter((action) => action.id === id);
  for (const action of own) {
    for (const other of all) {
      if (other.id === id) continue;
      const mode = action.where.find((one) => other.where.includes(one));
      if (mode === undefined) continue;
      const key = keysOf(action, overrides).find((one) => keysOf(other, overrides).includes(one));
      if (key !== undefined) return { kind: 'conflict', action, other, key, mode };
    }
  }
  return null;
}

/** What stands against these keys for that action; what is wrong elsewhere is no matter here. */
export function keyProblem(all: readonly Action[], id: string, wanted: KeyOverrides): RemapProblem | null {
  const isAbout = (problem: RemapProblem): boolean =>
    problem.kind === 'unknown' || problem.kind === 'key'
      ? problem.id === id
      : problem.action.id === id || (problem.kind === 'conflict' && problem.other.id === id);
  return checkRemaps(all, wanted).problems.find(isAbout) ?? null;
}

export function remapText(problem: RemapProblem, lang: Lang): Clean {
  switch (problem.kind) {
    case 'unknown':
      return say(lang, 'looks.keys.unknown', { id: cleanLine(problem.id) });
    case 'key':
      return say(lang, 'looks.keys.key', { id: cleanLine(problem.id), key: cleanLine(problem.key) });
    case 'text':
      return say(lang, 'looks.keys.text', { key: cleanLine(problem.key), action: say(lang, problem.action.title) });
    case 'conflict':
      return say(lang, 'looks.keys.conflict', {
        key: cleanLine(problem.key),
        action: say(lang, problem.action.title),
        id: problem.action.id,
        other: say(lang, problem.other.title),
        otherId: problem.other.id,
      });
  }
}
