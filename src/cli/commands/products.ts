/** MRR by product and plan, and who could buy what. */
import { productsJson } from '../../book/revenue-json.ts';
import { productReport } from '../../book/revenue-reports.ts';
import type { Run } from '../context.ts';
import { EXIT } from '../exit.ts';
import { writeJson } from '../print.ts';
import { renderReport } from '../report.ts';
import { withRevenue } from '../revenue-options.ts';

export const run: Run = (context, invocation) =>
  withRevenue(context, invocation, async (found) => {
    const { source, months, options } = found;
    const report = productReport(source, months);
    if (context.json) writeJson(context, productsJson(source, report));
    else
      context.stdout.write(renderReport((await import('../products-text.ts')).productParts(found, report, context.lang), options.format));
    return EXIT.done;
  });
