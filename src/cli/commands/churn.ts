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
    const { source, months, options } = found;
    const report = churnReport(source, { months, by: options.by });
    if (context.json) writeJson(context, churnJson(source, report, new Map()));
    else {
      const { churnParts, winBackParts } = await import('../churn-text.ts');
      const parts = flag(invocation, 'winBack')
        ? winBackParts(found, report.winBack, context.lang)
        : churnParts(found, report, context.lang);
      context.stdout.write(renderReport(parts, options.format));
    }
    return EXIT.done;
  });
