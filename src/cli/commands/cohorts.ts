/** Retention by the first month with MRR. */
import { cohortsJson } from '../../book/revenue-json.ts';
import { cohortReport, lastMonth } from '../../book/revenue-reports.ts';
import type { Run } from '../context.ts';
import { writeReport } from '../report-output.ts';
import { stampOf, withRevenue } from '../revenue-options.ts';

export const run: Run = (context, invocation) =>
  withRevenue(context, invocation, async (found) => {
    const { source, options } = found;
    const rows = cohortReport(source, options.months);
    return writeReport(context, options.output, {
      name: `cohorts-${source.asOf}`,
      stamp: stampOf(found, rows[0] ? [rows[0].month, lastMonth(source)] : []),
      terms: rows.length === 0 ? [] : ['terms.cohort', 'terms.cohort_rates'],
      parts: async () => (await import('../revenue-text.ts')).cohortParts(found, rows, context.lang),
      figures: async () => (await import('../revenue-figures.ts')).cohortFigures(rows, context.lang),
      sheets: async () => (await import('../revenue-sheets.ts')).cohortSheets(found, rows, context.lang),
      json: () => cohortsJson(source, rows),
    });
  });
