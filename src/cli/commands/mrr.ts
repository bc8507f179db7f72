/** MRR movements by month, and what moved it. */
import { mrrJson } from '../../book/revenue-json.ts';
import { mrrReport } from '../../book/revenue-reports.ts';
import type { Run } from '../context.ts';
import { EXIT } from '../exit.ts';
import { writeJson } from '../print.ts';
import { renderReport } from '../report.ts';
import { withRevenue } from '../revenue-options.ts';

export const run: Run = (context, invocation) =>
  withRevenue(context, invocation, async (found) => {
    const { source, months, options } = found;
    const report = mrrReport(source, { months, by: options.by });
    if (context.json) writeJson(context, mrrJson(source, report));
    else context.stdout.write(renderReport((await import('../revenue-text.ts')).mrrParts(found, report, context.lang), options.format));
    return EXIT.done;
  });
