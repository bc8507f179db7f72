/** Churn: how much, why, in which segments, who, and whom to win back. */
import { churnJson } from '../../book/revenue-json.ts';
import { churnReport } from '../../book/revenue-reports.ts';
import { flag, type Run } from '../context.ts';
import { EXIT } from '../exit.ts';
import { writeJson } from '../print.ts';
import { writeReport } from '../report-output.ts';
import { withRevenue } from '../revenue-options.ts';

export const run: Run = (context, invocation) =>
  withRevenue(context, invocation, async (found) => {
    const { source, months, options, session } = found;
    const report = churnReport(source, { months, by: options.by });
    const winBack = flag(invocation, 'winBack');
    const { churnStories } = await import('../../workspace/revenue.ts');
    const toldAsJson = context.json && options.output.path === null;
    const stories = winBack && !toldAsJson ? new Map() : await churnStories(session, source, report.churned, options.limit);
    if (toldAsJson) {
      writeJson(context, churnJson(source, report, stories));
      return EXIT.done;
    }
    const [{ churnParts, winBackParts }, files] = await Promise.all([import('../churn-text.ts'), import('../revenue-files.ts')]);
    return writeReport(context, options.output, {
      name: `${winBack ? 'win-back' : 'churn'}-${source.asOf}`,
      parts: async () => (winBack ? winBackParts(found, report.winBack, context.lang) : churnParts(found, report, stories, context.lang)),
      figures: async () => (winBack ? { lead: [], charts: [] } : files.churnFigures(report, context.lang)),
      sheet: async () => (winBack ? files.winBackSheet(found, report, context.lang) : files.churnSheet(found, report, context.lang)),
    });
  });
