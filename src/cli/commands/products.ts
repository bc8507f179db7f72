/** MRR by product and plan, and who could buy what. */

import { productReport } from '../../book/product-report.ts';
import { productsJson } from '../../book/revenue-json.ts';
import type { Run } from '../context.ts';
import { writeReport } from '../report-output.ts';
import { stampOf, withRevenue } from '../revenue-options.ts';

export const run: Run = (context, invocation) =>
  withRevenue(context, invocation, async (found) => {
    const { source, months, options } = found;
    const report = productReport(source, months);
    return writeReport(context, options.output, {
      name: `products-${source.asOf}`,
      stamp: stampOf(
        found,
        report.months.map(({ month }) => month),
      ),
      terms: ['terms.mrr', 'terms.plan', 'terms.whitespace'],
      parts: async () => (await import('../products-text.ts')).productParts(found, report, context.lang),
      figures: async () => (await import('../product-figures.ts')).productFigures(found, report, context.lang),
      sheets: async () => (await import('../revenue-sheets.ts')).productSheets(found, report, context.lang),
      json: () => productsJson(source, report),
    });
  });
