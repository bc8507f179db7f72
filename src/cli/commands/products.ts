/** MRR by product and plan, and who could buy what. */
import { productsJson } from '../../book/revenue-json.ts';
import { productReport } from '../../book/revenue-reports.ts';
import type { Run } from '../context.ts';
import { EXIT } from '../exit.ts';
import { writeJson } from '../print.ts';
import { writeReport } from '../report-output.ts';
import { withRevenue } from '../revenue-options.ts';

export const run: Run = (context, invocation) =>
  withRevenue(context, invocation, async (found) => {
    const { source, months, options } = found;
    const report = productReport(source, months);
    if (context.json && options.output.path === null) {
      writeJson(context, productsJson(source, report));
      return EXIT.done;
    }
    return writeReport(context, options.output, {
      name: `products-${source.asOf}`,
      parts: async () => (await import('../products-text.ts')).productParts(found, report, context.lang),
      figures: async () => (await import('../revenue-files.ts')).productFigures(found, report, context.lang),
      sheet: async () => (await import('../revenue-files.ts')).productSheet(found, report, context.lang),
    });
  });
