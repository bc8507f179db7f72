/** Runs a play on an account: its notes, tasks and changes as one, its e-mail draft for the person to send. */

import { type PlayKit, preparePlay, proposalOf } from '../../book/play-kit.ts';
import type { BookRow } from '../../book/row.ts';
import { FACTS } from '../../plays/facts.ts';
import { mailtoOf, plannedOf, runId } from '../../plays/planned.ts';
import { answerable, type Prepared, type StepProblem } from '../../plays/prepare.ts';
import type { Play } from '../../policy.ts';
import { nearest } from '../../rules/near.ts';
import { clean, cleanBlock } from '../../text/clean.ts';
import { type Lang, t } from '../../text/messages/index.ts';
import { type Context, flag, type Invocation, many, type Run } from '../context.ts';
import { withDesk } from '../desk.ts';
import { CommandError, EXIT } from '../exit.ts';
import { accountRow } from '../owners.ts';
import { writeJson } from '../print.ts';
import { refuseOtherDay, submitAll } from '../submit.ts';

export const run: Run = (context, invocation) =>
  withDesk(context, async (desk) => {
    const dryRun = flag(invocation, 'dryRun');
    if (!dryRun && !flag(invocation, 'list')) refuseOtherDay(context, desk);
    const row = accountRow(context, await desk.book(), invocation.args[0] ?? '');
    const kit = await desk.playKit();
    if (flag(invocation, 'list')) return list(context, kit, row);
    const play = chosenPlay(context, kit, row, invocation.args[1]);
    const answers = answersOf(context, invocation, play);
    const adjustments = skipped(context, invocation, play);
    const view = await desk.account(row.id);
    const prepared = preparePlay(kit, { play, row, view, today: desk.today, lang: context.lang, answers, adjustments });
    const planned = plannedOf(prepared, {
      companyId: row.id,
      at: desk.now(),
      meId: kit.me?.id ?? null,
      run: runId(Math.random),
      lang: context.lang,
    });
    if (dryRun) {
      const requests = await Promise.all(
        planned.map(async ({ intent, step }) => ({ step: step ?? '', ...(await desk.requestOf(intent)) })),
      );
      writeJson(context, {
        play: play.id,
        account: row.id,
        requests,
        drafts: draftsOf(prepared),
        missing: prepared.missing,
        problems: prepared.problems.map(({ step, problem }) => ({ step, message: problemWords(problem, context.lang) })),
      });
      return EXIT.done;
    }
    refuseUnready(context, prepared);
    if (planned.length === 0) throw new CommandError(EXIT.usage, t(context.lang, 'plays.error.nothing'));
    if (!context.json) for (const draft of draftsOf(prepared)) context.stdout.write(draftText(draft, context.lang));
    return await submitAll(context, invocation, desk, planned, play.id);
  });

function list(context: Context, kit: PlayKit, row: BookRow): number {
  const { lang } = context;
  const proposed = proposalOf(kit, row)?.id ?? null;
  if (context.json) {
    const plays = kit.plays.map(({ id, label, about, steps }) => ({
      id,
      label: label[lang],
      about: about[lang],
      proposed: id === proposed,
      steps: steps.map((step) => ({ id: step.id, kind: step.kind })),
      answers: steps.flatMap((step) => (step.kind === 'questions' ? step.ask.map((one) => ({ id: one.id, label: one.label[lang] })) : [])),
    }));
    writeJson(context, { account: row.id, plays });
    return EXIT.done;
  }
  for (const { id, label, about } of kit.plays)
    context.stdout.write(`${id === proposed ? '*' : ' '} ${clean(id)}  ${clean(label[lang])} - ${clean(about[lang])}\n`);
  return EXIT.done;
}

function chosenPlay({ lang }: Context, kit: PlayKit, row: BookRow, id: string | undefined): Play {
  if (id === undefined) {
    const proposed = proposalOf(kit, row);
    if (proposed) return proposed;
    throw new CommandError(EXIT.usage, t(lang, 'plays.error.no_proposal', { name: clean(row.name), ids: idsOf(kit) }));
  }
  const found = kit.plays.find((play) => play.id === id);
  if (found) return found;
  const near = nearest(
    id,
    kit.plays.map((play) => play.id),
  );
  throw new CommandError(
    EXIT.usage,
    near === null
      ? t(lang, 'plays.error.unknown', { play: clean(id), ids: idsOf(kit) })
      : t(lang, 'plays.error.unknown_near', { play: clean(id), near }),
  );
}

const idsOf = ({ plays }: PlayKit): string => plays.map(({ id }) => clean(id)).join(', ');

/** `id=text`: of a question of the play, or of a fact that nobody knows. */
function answersOf({ lang }: Context, invocation: Invocation, play: Play): Record<string, string> {
  const known = answerable(play);
  return Object.fromEntries(
    many(invocation, 'answer').map((given) => {
      const at = given.indexOf('=');
      const id = given.slice(0, Math.max(0, at)).trim();
      if (at < 1 || !known.includes(id))
        throw new CommandError(EXIT.usage, t(lang, 'plays.error.answer', { value: clean(given), ids: known.join(', ') }));
      return [id, given.slice(at + 1)];
    }),
  );
}

function skipped({ lang }: Context, invocation: Invocation, play: Play): Record<string, { off: true }> {
  return Object.fromEntries(
    many(invocation, 'skip').map((step) => {
      if (!play.steps.some(({ id }) => id === step))
        throw new CommandError(
          EXIT.usage,
          t(lang, 'plays.error.step', { step: clean(step), play: clean(play.id), ids: play.steps.map(({ id }) => clean(id)).join(', ') }),
        );
      return [step, { off: true }];
    }),
  );
}

/** Nothing is written while a fact is missing or a step cannot be. */
function refuseUnready({ lang }: Context, { missing, problems, play }: Prepared): void {
  const [first] = problems;
  if (first)
    throw new CommandError(
      EXIT.usage,
      t(lang, 'plays.error.problem', { play: clean(play.id), step: clean(first.step), what: problemWords(first.problem, lang) }),
    );
  if (missing.length > 0)
    throw new CommandError(
      EXIT.usage,
      t(lang, 'plays.error.missing', {
        facts: missing.map((fact) => FACTS[fact][lang]).join(lang === 'ja' ? '、' : ', '),
        options: missing.map((fact) => `--answer ${fact}=…`).join(' '),
      }),
    );
}

const problemWords = (problem: StepProblem, lang: Lang): string =>
  t(lang, problem.kind === 'property' ? `plays.problem.${problem.state}` : `plays.problem.${problem.kind}`, {
    value: clean(problem.value),
  });

interface Draft {
  readonly step: string;
  readonly to: string | null;
  readonly subject: string;
  readonly text: string;
  readonly mailto: string;
  readonly missing: readonly string[];
}

const draftsOf = ({ steps }: Prepared): Draft[] =>
  steps.flatMap((step) =>
    step.kind === 'email' && step.on
      ? [{ step: step.id, to: step.to, subject: step.subject, text: step.text, mailto: mailtoOf(step), missing: step.missing }]
      : [],
  );

const draftText = ({ to, subject, text }: Draft, lang: Lang): string =>
  `${t(lang, 'plays.draft', { to: to === null ? '–' : clean(to) })}\n${clean(subject)}\n\n${cleanBlock(text)}\n\n`;
