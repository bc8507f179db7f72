/** Retention by the first month with MRR. */
import { cohortsJson } from '../../book/revenue-json.ts';
import { cohortReport } from '../../book/revenue-reports.ts';
import type { Run } from '../context.ts';
import { EXIT } from '../exit.ts';
import { writeJson } from '../print.ts';
import { writeReport } from '../report-output.ts';
import { withRevenue } from '../revenue-options.ts';

export const run: Run = (context, invocation) =>
  withRevenue(context, invocation, async (found) => {
    const { source, options } = found;
    const rows = cohortReport(source, options.months);
    if (context.json && options.output.path === null) {
      writeJson(context, cohortsJson(source, rows));
      return EXIT.done;
    }
    return writeReport(context, options.output, {
      name: `cohorts-${source.asOf}`,
      parts: async () => (await import('../revenue-text.ts')).cohortParts(found, rows, context.lang),
      figures: async () => (await import('../revenue-files.ts')).cohortFigures(rows, context.lang),
      sheet: async () => (await import('../revenue-files.ts')).cohortSheet(found, rows, context.lang),
    });
  });
