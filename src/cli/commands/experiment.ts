/** Experiments: two groups of accounts, and what became of them. */
import { SMALL_GROUP } from '../../scoring/experiment.ts';
import { clean } from '../../text/clean.ts';
import { formatDay } from '../../text/format.ts';
import { t } from '../../text/messages/index.ts';
import { searchKey } from '../../text/search.ts';
import { slug } from '../../text/slug.ts';
import { addDays, type Day, daysBetween, parseDay } from '../../units/day.ts';
import type { Desk } from '../../workspace/desk.ts';
import { listExperiments, makeExperiment, measureExperiment } from '../../workspace/experiments.ts';
import type { Session } from '../../workspace/session.ts';
import { type Context, type Invocation, option, type Run } from '../context.ts';
import { dataSource } from '../data-source.ts';
import { withDesk } from '../desk.ts';
import { CommandError, EXIT } from '../exit.ts';
import { experimentSheets, trialSheets } from '../experiment-files.ts';
import { groupsOf } from '../experiment-groups.ts';
import { experimentJson, experimentsParts, sizeOf, trialJson, trialParts } from '../experiment-report.ts';
import { writeJson } from '../print.ts';
import { reportOutput, writeReport } from '../report-output.ts';

const ACTIONS = 'new, list, show';
const LONGEST_NAME = 80;
const USUAL_DAYS = 90;
const LEAST_DAYS = 28;
const SHOWN_NAMES = 20;

export const run: Run = (context, invocation) => {
  const [action = 'list', name = ''] = invocation.args;
  switch (action) {
    case 'new':
      return make(context, invocation, nameOf(context, name));
    case 'list':
      if (name !== '') throw new CommandError(EXIT.usage, t(context.lang, 'cli.error.excess_arguments'));
      return list(context, invocation);
    case 'show':
      return show(context, invocation, name);
    default:
      throw new CommandError(EXIT.usage, t(context.lang, 'cli.error.bad_action', { value: clean(action), allowed: ACTIONS }));
  }
};

function nameOf(context: Context, text: string): string {
  const name = clean(text.trim());
  if (name === '') throw new CommandError(EXIT.usage, t(context.lang, 'proof.usage.new'));
  if (name.length > LONGEST_NAME) throw new CommandError(EXIT.usage, t(context.lang, 'proof.error.long_name', { limit: LONGEST_NAME }));
  return name;
}

const make = (context: Context, invocation: Invocation, name: string): Promise<number> => {
  const asked = { from: dayOption(context, invocation, 'from'), to: dayOption(context, invocation, 'to') };
  return withDesk(context, async (desk, session) => {
    const { from, to } = daysOf(context, desk, asked);
    const taken = (await listExperiments(session)).find(({ experiment }) => searchKey(experiment.name) === searchKey(name));
    const refuse = (old: string) => new CommandError(EXIT.usage, t(context.lang, 'proof.error.taken', { name: clean(old) }));
    if (taken) throw refuse(taken.experiment.name);
    const groups = await groupsOf(context, invocation, desk);
    if (!(await makeExperiment(session, { name, from, to, ...groups }))) throw refuse(name);
    const view = (await listExperiments(session)).find(({ experiment }) => experiment.name === name);
    if (!view) throw new Error(`experiment ${name} is gone`);
    const { experiment } = view;
    if (context.json) {
      const accounts = experiment.accounts.map((account) => ({ id: account.id, name: account.name, group: account.side }));
      writeJson(context, { ...experimentJson(view), accounts });
      return EXIT.done;
    }
    const sizes = { target: sizeOf(experiment, 'target'), control: sizeOf(experiment, 'control') };
    const said = [
      t(context.lang, 'proof.new.kept', { name, from: formatDay(from, context.lang), to: formatDay(to, context.lang), ...sizes }),
    ];
    if (groups.choice.kind === 'drawn') said.push(t(context.lang, 'proof.new.seed', { seed: groups.choice.seed }));
    if (Math.min(sizes.target, sizes.control) < SMALL_GROUP) said.push(t(context.lang, 'proof.show.small', { n: SMALL_GROUP }));
    context.stdout.write(`${said.join('\n')}\n`);
    return EXIT.done;
  });
};

function dayOption(context: Context, invocation: Invocation, name: 'from' | 'to'): Day | null {
  const text = option(invocation, name);
  if (text === undefined) return null;
  const day = parseDay(text);
  if (day === null) throw new CommandError(EXIT.usage, t(context.lang, 'cli.error.bad_date', { value: clean(text) }));
  return day;
}

/** Who is in a group is settled by the first day: a book of a later day would know who has left meanwhile. */
function daysOf(context: Context, { asOf }: Desk, asked: { readonly from: Day | null; readonly to: Day | null }): { from: Day; to: Day } {
  const from = asked.from ?? asOf;
  const to = asked.to ?? addDays(from, USUAL_DAYS - 1);
  if (from < asOf) throw new CommandError(EXIT.usage, t(context.lang, 'proof.error.before', { day: from }));
  if (daysBetween(from, to) + 1 < LEAST_DAYS) throw new CommandError(EXIT.usage, t(context.lang, 'proof.error.short', { n: LEAST_DAYS }));
  return { from, to };
}

const list = (context: Context, invocation: Invocation): Promise<number> => {
  const output = reportOutput(context, invocation);
  return withDesk(context, async (desk, session) => {
    const views = await listExperiments(session);
    return writeReport(context, output, {
      name: `experiments-${desk.asOf}`,
      stamp: { asOf: desk.asOf, policy: desk.inForce.hash, currency: null, data: await dataSource(desk, session) },
      parts: () => experimentsParts(views, context.lang),
      sheets: () => experimentSheets(views, context.lang),
      json: () => ({ experiments: views.map(experimentJson) }),
    });
  });
};

const show = (context: Context, invocation: Invocation, name: string): Promise<number> => {
  const output = reportOutput(context, invocation);
  return withDesk(context, async (desk, session) => {
    if (name === '') throw new CommandError(EXIT.usage, t(context.lang, 'proof.usage.show', { names: await namesOf(context, session) }));
    const found = await measureExperiment(session, name);
    if (!found)
      throw new CommandError(
        EXIT.usage,
        t(context.lang, 'proof.error.none', { name: clean(name), names: await namesOf(context, session) }),
      );
    const { asOf, currency, policyHash: policy, experiment } = found;
    return writeReport(context, output, {
      name: `experiment-${slug(experiment.name, experiment.from, 'of')}-${asOf}`,
      stamp: { asOf, policy, currency, data: await dataSource(desk, session) },
      parts: () => trialParts(found, context.lang),
      sheets: () => trialSheets(found, context.lang),
      json: () => trialJson(found),
    });
  });
};

async function namesOf({ lang }: Context, session: Session): Promise<string> {
  const names = (await listExperiments(session)).map(({ experiment }) => clean(experiment.name));
  return names.length === 0 ? t(lang, 'proof.list.none') : names.slice(-SHOWN_NAMES).join(', ');
}
