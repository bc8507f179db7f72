/** MRR movements by month, and what moved it. */
import { mrrJson } from '../../book/revenue-json.ts';
import { mrrReport } from '../../book/revenue-reports.ts';
import type { Run } from '../context.ts';
import { writeReport } from '../report-output.ts';
import { stampOf, withRevenue } from '../revenue-options.ts';

export const run: Run = (context, invocation) =>
  withRevenue(context, invocation, async (found) => {
    const { source, months, options } = found;
    const report = mrrReport(source, { months, by: options.by });
    return writeReport(context, options.output, {
      name: `mrr-${source.asOf}`,
      stamp: stampOf(
        found,
        report.months.map(({ month }) => month),
      ),
      terms: ['terms.mrr', 'terms.moves', 'terms.drivers'],
      parts: async () => (await import('../revenue-text.ts')).mrrParts(found, report, context.lang),
      figures: async () => (await import('../revenue-figures.ts')).mrrFigures(found, report, context.lang),
      sheets: async () => (await import('../revenue-sheets.ts')).mrrSheets(found, report, context.lang),
      json: () => mrrJson(source, report),
    });
  });
