/** Changes laid into the text of a policy file. */
import type { Policy } from '../policy.ts';
import { err, ok, type Result } from '../units/result.ts';
import { loadPolicy } from './load.ts';
import { type Change, entriesOf } from './paths.ts';
import type { PolicyProblem } from './problem.ts';
import { writeEntries } from './write.ts';

/** The file's text with the changes in it, and the policy that it then says. `policy` is the one in force from `text`. */
export function changedPolicy(
  text: string,
  file: string,
  policy: Policy,
  changes: readonly Change[],
): Result<{ readonly text: string; readonly policy: Policy }, readonly PolicyProblem[]> {
  const changed = changes.length === 0 ? text : writeEntries(text, entriesOf(policy, changes));
  const loaded = loadPolicy(changed, file);
  return loaded.ok ? ok({ text: changed, policy: loaded.value }) : err(loaded.error);
}
