/** The scoring policy: what each rule did, whether its file is right, and what a change would do. */
import type { BookSnapshot } from '../../book/row.ts';
import type { Policy } from '../../policy.ts';
import { changedPolicy } from '../../rules/change.ts';
import { type ReadPolicyFile, readPolicyFile } from '../../rules/load.ts';
import { type Change, type ChangeProblem, parseChange } from '../../rules/paths.ts';
import { portalFaults } from '../../rules/portal-check.ts';
import { type PolicyProblem, pathText, problemText } from '../../rules/problem.ts';
import { TOP, whatIf } from '../../rules/what-if.ts';
import { Reweigher } from '../../scoring/reweigh.ts';
import { clean } from '../../text/clean.ts';
import { type Lang, type MessageKey, t } from '../../text/messages/index.ts';
import { err, ok, type Result } from '../../units/result.ts';
import { NeverSyncedError } from '../../workspace/errors.ts';
import { portalNames } from '../../workspace/plays.ts';
import { policyFileOf, readPolicyText } from '../../workspace/policy.ts';
import type { Profile } from '../../workspace/profile.ts';
import type { Context, Invocation, Run } from '../context.ts';
import { profileOf, withDesk } from '../desk.ts';
import { CommandError, EXIT } from '../exit.ts';
import { accountRow } from '../owners.ts';
import { writeJson } from '../print.ts';
import { findingsText, readingsJson, readingsText, rulesText, whatIfText } from '../rules-text.ts';

const ACTIONS = 'list, lint, test, what-if';

export const run: Run = (context, { args }: Invocation) => {
  const [action = 'list', ...rest] = args;
  const takes = (least: number, most: number): void => {
    if (rest.length < least) throw new CommandError(EXIT.usage, t(context.lang, `rules.usage.${action === 'test' ? 'test' : 'what_if'}`));
    if (rest.length > most) throw new CommandError(EXIT.usage, t(context.lang, 'cli.error.excess_arguments'));
  };
  switch (action) {
    case 'list':
      takes(0, 0);
      return list(context);
    case 'lint':
      takes(0, 0);
      return lint(context);
    case 'test':
      takes(1, 1);
      return test(context, rest[0] ?? '');
    case 'what-if':
      takes(1, Number.POSITIVE_INFINITY);
      return tryOut(context, rest);
    default:
      throw new CommandError(EXIT.usage, t(context.lang, 'cli.error.bad_action', { value: clean(action), allowed: ACTIONS }));
  }
};

const list = (context: Context): Promise<number> =>
  withDesk(context, async (desk) => {
    const view = await desk.rules();
    const { asOf, inForce, stats } = view;
    if (context.json) {
      const file = inForce.exists ? inForce.file : null;
      writeJson(context, { asOf, policy: inForce.hash, file, accounts: view.sheet.accounts.length, rules: stats });
    } else context.stdout.write(rulesText(view, context.lang));
    return EXIT.done;
  });

/** The file first, which needs no portal; then what it names of the portal, and the rules on the book, where there is one. */
async function lint(context: Context): Promise<number> {
  const profile = profileOf(context);
  const file = policyFileOf(profile);
  const read = readFile(profile, file);
  if (!read.ok) return tellProblems(context, file, read.error);
  const alone = (why: MessageKey): number => {
    if (context.json) writeJson(context, { file, problems: [], findings: null, checked: { users: false, properties: false } });
    else context.stdout.write(`${t(context.lang, why)}\n`);
    return EXIT.done;
  };
  if (!profile.connected && !context.demo) return alone('rules.lint.file_only');
  try {
    return await withDesk(context, async (desk, session) => {
      const names = await portalNames(session);
      const placed = read.value;
      const problems = placed ? portalFaults(placed.file, names).map(placed.placed) : [];
      const checked = { users: names.users !== null, properties: names.properties !== null };
      if (problems.length > 0) return tellProblems(context, file, problems, checked);
      const view = await desk.rules();
      if (context.json) writeJson(context, { file: view.inForce.exists ? file : null, problems: [], findings: view.findings, checked });
      else {
        context.stdout.write(findingsText(view, context.lang));
        if (!checked.users) context.stdout.write(`${t(context.lang, 'rules.lint.no_users')}\n`);
        if (!checked.properties) context.stdout.write(`${t(context.lang, 'rules.lint.no_properties')}\n`);
      }
      return EXIT.done;
    });
  } catch (error) {
    if (error instanceof NeverSyncedError) return alone('rules.lint.unsynced');
    throw error;
  }
}

function tellProblems(
  context: Context,
  file: string,
  problems: readonly PolicyProblem[],
  checked = { users: false, properties: false },
): number {
  if (context.json) writeJson(context, { file, problems: problems.map((problem) => problemJson(problem, context)), findings: [], checked });
  else for (const problem of problems) context.stdout.write(`${problemText(problem, context.lang)}\n`);
  return EXIT.usage;
}

/** Null where there is no file, or nothing stands in it. */
function readFile(profile: Profile, file: string): Result<ReadPolicyFile | null, readonly PolicyProblem[]> {
  const read = readPolicyText(profile);
  if (!read.ok) return err([read.error]);
  return read.value === null ? ok(null) : readPolicyFile(read.value, file);
}

const problemJson = (problem: PolicyProblem, { lang }: Context): Record<string, unknown> => ({
  file: problem.file,
  line: problem.line,
  path: pathText(problem.path),
  kind: problem.kind,
  message: problemText(problem, lang),
});

const test = (context: Context, word: string): Promise<number> =>
  withDesk(context, async (desk) => {
    const snapshot = await desk.book();
    const row = accountRow(context, snapshot, word);
    const readings = await desk.ruleReadings(row.id);
    if (readings === null) throw new Error(`account ${row.id} is in the book but not in the store`);
    const { policy, hash } = desk.inForce;
    if (context.json)
      writeJson(context, { id: row.id, name: row.name, asOf: snapshot.asOf, policy: hash, rules: readingsJson(readings, policy) });
    else context.stdout.write(readingsText(row, readings, policy, context.lang));
    return EXIT.done;
  });

const tryOut = (context: Context, words: readonly string[]): Promise<number> =>
  withDesk(context, async (desk) => {
    const { inForce } = desk;
    const changes = changesOf(context, words, inForce.policy);
    const changed = changedPolicy(inForce.source, inForce.file, inForce.policy, changes);
    if (!changed.ok) {
      const [problem] = changed.error;
      throw new CommandError(
        EXIT.usage,
        problem ? problemText({ ...problem, line: null, file: t(context.lang, 'rules.what_if.name') }, context.lang) : '',
      );
    }
    const view = await desk.rules();
    const snapshot = await desk.book();
    const reweigher = new Reweigher(view.sheet, inForce.policy);
    const tried = whatIf(reweigher, changed.value.policy, changes, TOP);
    if (!tried) throw new CommandError(EXIT.failed, t(context.lang, 'rules.what_if.not_weighable'));
    const rows = rowMaker(snapshot, reweigher, changed.value.policy, tried.after.risk, changes, context.lang);
    const { entered, left, moved, ...rest } = tried.result;
    const name = (id: string): string => rowOf(snapshot, id)?.name ?? id;
    const result = {
      ...rest,
      entered: entered.map(rows),
      left: left.map(rows),
      moved: moved.map(({ id, from, to }) => ({ id, name: name(id), from, to })),
    };
    if (context.json) writeJson(context, result);
    else context.stdout.write(whatIfText(result, snapshot.currency, context.lang));
    return EXIT.done;
  });

function changesOf(context: Context, words: readonly string[], policy: Policy): Change[] {
  return words.map((word) => {
    const change = parseChange(word, policy);
    if (!change.ok) throw new CommandError(EXIT.usage, changeText(change.error, context));
    return change.value;
  });
}

function changeText(problem: ChangeProblem, { lang }: Context): string {
  if (problem.kind === 'signal') {
    const { near } = problem;
    return t(lang, near === null ? 'rules.change.signal' : 'rules.change.signal_near', { value: clean(problem.text), near: near ?? '' });
  }
  return t(lang, `rules.change.${problem.kind}`, { value: clean(problem.text) });
}

const rowOf = (snapshot: BookSnapshot, id: string) => snapshot.rows.find((row) => row.id === id);

/** An account as `entered` and `left` show it: the risk on both sides, and what the changed signals give it. */
function rowMaker(snapshot: BookSnapshot, reweigher: Reweigher, changed: Policy, risk: Uint8Array, changes: readonly Change[], lang: Lang) {
  const places = new Map(reweigher.sheet.accounts.map(({ id }, index) => [id, index]));
  const signals = [...new Set(changes.flatMap(({ path }) => (path[0] === 'signals' ? [String(path[1])] : [])))];
  return (id: string) => {
    const row = rowOf(snapshot, id);
    const place = places.get(id) ?? 0;
    return {
      id,
      name: row?.name ?? id,
      risk: risk[place] ?? 0,
      riskBefore: reweigher.base.risk[place] ?? 0,
      mrr: row?.mrr ?? null,
      mrrBefore: row?.mrr ?? null,
      because: signals.map((signal) => ({
        signal,
        points: rounded(reweigher.points(signal, place, changed)),
        pointsBefore: rounded(reweigher.points(signal, place, reweigher.policy)),
        evidence: row?.signals.find((one) => one.id === signal)?.evidence[lang] ?? null,
      })),
    };
  };
}

const rounded = (points: number): number => Number(points.toFixed(2));
