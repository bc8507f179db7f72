/** Churn: how much, why, in which segments, who, and whom to win back. */
import { churnJson } from '../../book/revenue-json.ts';
import { churnReport } from '../../book/revenue-reports.ts';
import { flag, type Run } from '../context.ts';
import { EXIT } from '../exit.ts';
import { writeJson } from '../print.ts';
import { renderReport } from '../report.ts';
import { withRevenue } from '../revenue-options.ts';

export const run: Run = (context, invocation) =>
  withRevenue(context, invocation, async (found) => {
    const { source, months, options, session } = found;
    const report = churnReport(source, { months, by: options.by });
    const winBack = flag(invocation, 'winBack');
    const { churnStories } = await import('../../workspace/revenue.ts');
    const stories = winBack && !context.json ? new Map() : await churnStories(session, source, report.churned, options.limit);
    if (context.json) writeJson(context, churnJson(source, report, stories));
    else {
      const { churnParts, winBackParts } = await import('../churn-text.ts');
      const parts = winBack ? winBackParts(found, report.winBack, context.lang) : churnParts(found, report, stories, context.lang);
      context.stdout.write(renderReport(parts, options.format));
    }
    return EXIT.done;
  });
