/** Churn: how much, why, in which segments, who, and whom to win back. */
import { churnJson } from '../../book/revenue-json.ts';
import { type Churned, type ChurnReport, churnReport } from '../../book/revenue-reports.ts';
import { AVOIDABLE } from '../../plays/post-mortem.ts';
import { clean } from '../../text/clean.ts';
import { t } from '../../text/messages/index.ts';
import { type Context, flag, type Invocation, option, type Run } from '../context.ts';
import { CommandError, EXIT } from '../exit.ts';
import { writeReport } from '../report-output.ts';
import { stampOf, withRevenue } from '../revenue-options.ts';

export const run: Run = (context, invocation) =>
  withRevenue(context, invocation, async (found) => {
    const { source, months, options, session } = found;
    const { lang } = context;
    const whole = churnReport(source, { months, by: options.by });
    const wanted = among(context, invocation);
    const report: ChurnReport = { ...whole, churned: whole.churned.filter(wanted.has), winBack: whole.winBack.filter(wanted.has) };
    const winBack = flag(invocation, 'winBack');
    const { churnStories } = await import('../../workspace/revenue.ts');
    const withStories = options.output.format === 'json' || !winBack;
    const stories = withStories ? await churnStories(session, source, report.churned, options.limit) : new Map();
    return writeReport(context, options.output, {
      name: `${winBack ? 'win-back' : 'churn'}-${source.asOf}`,
      stamp: stampOf(found),
      parts: async () => {
        const { churnParts, winBackParts } = await import('../churn-text.ts');
        return winBack ? winBackParts(found, report.winBack, lang, wanted.words) : churnParts(found, report, stories, lang, wanted.words);
      },
      figures: async () => (winBack ? { lead: [], charts: [] } : (await import('../churn-figures.ts')).churnFigures(found, report, lang)),
      sheets: async () => (await import('../revenue-sheets.ts')).churnSheets(found, report, { stories, winBack }, lang),
      json: () => churnJson(source, report, stories),
    });
  });

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
