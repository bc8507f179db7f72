/** Retention by the first month with MRR. */
import { cohortsJson } from '../../book/revenue-json.ts';
import { cohortReport } from '../../book/revenue-reports.ts';
import type { Run } from '../context.ts';
import { EXIT } from '../exit.ts';
import { writeJson } from '../print.ts';
import { renderReport } from '../report.ts';
import { withRevenue } from '../revenue-options.ts';

export const run: Run = (context, invocation) =>
  withRevenue(context, invocation, async (found) => {
    const { source, options } = found;
    const rows = cohortReport(source, options.months);
    if (context.json) writeJson(context, cohortsJson(source, rows));
    else context.stdout.write(renderReport((await import('../revenue-text.ts')).cohortParts(found, rows, context.lang), options.format));
    return EXIT.done;
  });
