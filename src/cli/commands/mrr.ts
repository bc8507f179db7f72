/** MRR movements by month, and what moved it. */
import { mrrJson } from '../../book/revenue-json.ts';
import { mrrReport } from '../../book/revenue-reports.ts';
import type { Run } from '../context.ts';
import { EXIT } from '../exit.ts';
import { writeJson } from '../print.ts';
import { writeReport } from '../report-output.ts';
import { withRevenue } from '../revenue-options.ts';

export const run: Run = (context, invocation) =>
  withRevenue(context, invocation, async (found) => {
    const { source, months, options } = found;
    const report = mrrReport(source, { months, by: options.by });
    if (context.json && options.output.path === null) {
      writeJson(context, mrrJson(source, report));
      return EXIT.done;
    }
    return writeReport(context, options.output, {
      name: `mrr-${source.asOf}`,
      parts: async () => (await import('../revenue-text.ts')).mrrParts(found, report, context.lang),
      figures: async () => (await import('../revenue-files.ts')).mrrFigures(found, report, context.lang),
      sheet: async () => (await import('../revenue-files.ts')).mrrSheet(found, report, context.lang),
    });
  });
