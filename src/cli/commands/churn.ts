/** Churn: how much, why, in which segments, who, and whom to win back. */
import { churnJson } from '../../book/revenue-json.ts';
import { type Churned, type ChurnReport, churnReport } from '../../book/revenue-reports.ts';
import { AVOIDABLE } from '../../plays/post-mortem.ts';
import { clean } from '../../text/clean.ts';
import { t } from '../../text/messages/index.ts';
import { type Context, flag, type Invocation, option, type Run } from '../context.ts';
import { CommandError, EXIT } from '../exit.ts';
import type { Part } from '../report.ts';
import { writeReport } from '../report-output.ts';
import { stampOf, withRevenue } from '../revenue-options.ts';

export const run: Run = (context, invocation) => {
  const only = onlyList(context, invocation);
  return withRevenue(context, invocation, async (found) => {
    const { source, months, options, session } = found;
    const { lang } = context;
    const whole = churnReport(source, { months, by: options.by });
    const wanted = among(context, invocation);
    const report: ChurnReport = { ...whole, churned: whole.churned.filter(wanted.has), winBack: whole.winBack.filter(wanted.has) };
    const { churnStories } = await import('../../workspace/revenue.ts');
    const { format } = options.output;
    const withStories = format === 'json' || (format === 'csv' ? only === 'churned' : only !== 'winBack');
    // A table of a file lists everybody, and tells of everybody that it can tell of.
    const isTable = format === 'csv' || format === 'xlsx';
    const told = isTable && option(invocation, 'limit') === undefined ? report.churned.length : options.limit;
    const stories = withStories ? await churnStories(session, source, report.churned, told) : new Map();
    return writeReport(context, options.output, {
      name: `${only === null ? 'churn' : only === 'winBack' ? 'win-back' : 'churned'}-${source.asOf}`,
      stamp: stampOf(
        found,
        report.months.map(({ month }) => month),
      ),
      terms: only !== null ? [] : ['terms.mrr', 'terms.logo', 'terms.mrr_churn', 'terms.retention', 'terms.trailing', 'terms.segments'],
      parts: async () => {
        const { churnParts, listParts, winBackParts } = await import('../churn-text.ts');
        if (only === 'winBack') return alone(winBackParts(found, report.winBack, lang, wanted.words));
        if (only === 'churned') return alone(listParts(found, report, stories, lang, wanted.words));
        return churnParts(found, report, stories, lang, wanted.words);
      },
      figures: async () =>
        only !== null ? { lead: [], charts: [] } : (await import('../churn-figures.ts')).churnFigures(found, report, lang),
      sheets: async () => (await import('../revenue-sheets.ts')).churnSheets(found, report, { stories, only }, lang),
      json: () => churnJson(source, report, stories),
    });
  });
};

/** The list that was asked for without the rest of the report. */
function onlyList(context: Context, invocation: Invocation): 'churned' | 'winBack' | null {
  const [churned, winBack] = [flag(invocation, 'churned'), flag(invocation, 'winBack')];
  if (churned && winBack) throw new CommandError(EXIT.usage, t(context.lang, 'revenue.error.two_lists'));
  return churned ? 'churned' : winBack ? 'winBack' : null;
}

/** A list by itself has its heading as its title. */
function alone(parts: readonly Part[]): readonly Part[] {
  const [first, ...rest] = parts;
  return first?.kind === 'heading' ? [{ ...first, kind: 'title' }, ...rest] : parts;
}

interface Wanted {
  has(one: Churned): boolean;
  /** As it was asked for; null where nothing was. */
  readonly words: string | null;
}

/** Of who left, those of whom the post-mortem says so. Rates, counts and segments stay those of everybody. */
function among(context: Context, invocation: Invocation): Wanted {
  const oneOf = <T extends string>(name: string, allowed: readonly T[]): T | null => {
    const value = option(invocation, name);
    const found = allowed.find((one) => one === value) ?? null;
    if (value === undefined || found !== null) return found;
    const params = { option: `--${name}`, value: clean(value), allowed: allowed.join(', ') };
    throw new CommandError(EXIT.usage, t(context.lang, 'cli.error.not_among', params));
  };
  const state = oneOf('postmortem', ['done', 'missing'] as const);
  const avoidable = oneOf('avoidable', AVOIDABLE);
  const fixed = flag(invocation, 'fixed');
  const words = [...(state ? [`postmortem ${state}`] : []), ...(avoidable ? [`avoidable ${avoidable}`] : []), ...(fixed ? ['fixed'] : [])];
  return {
    has: ({ lookBack }) =>
      (state === null || (lookBack !== null) === (state === 'done')) &&
      (avoidable === null || lookBack?.avoidable === avoidable) &&
      (!fixed || (lookBack?.fixed ?? null) !== null),
    words: words.length === 0 ? null : words.join(', '),
  };
}
