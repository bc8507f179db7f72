/** How well the rules foresaw real churn. */
import { runBacktest } from '../../workspace/replays.ts';
import { backtestFigures, backtestSheets } from '../backtest-files.ts';
import { backtestJson, backtestParts } from '../backtest-report.ts';
import type { Run } from '../context.ts';
import { dataSource } from '../data-source.ts';
import { withDesk } from '../desk.ts';
import { reportOutput, writeReport } from '../report-output.ts';
import { wholeOption } from '../whole.ts';

const DEFAULT_CAPACITY = 20;

export const run: Run = (context, invocation) => {
  const output = reportOutput(context, invocation);
  const leadDays = wholeOption(context, invocation, 'lead') ?? 0;
  const capacity = wholeOption(context, invocation, 'capacity') ?? DEFAULT_CAPACITY;
  return withDesk(context, async (desk, session) => {
    const done = await runBacktest(session, { leadDays, capacity });
    return writeReport(context, output, {
      name: `backtest-${done.asOf}`,
      stamp: { asOf: done.asOf, policy: done.policyHash, currency: null, data: await dataSource(desk, session) },
      parts: () => backtestParts(done, context.lang),
      figures: () => backtestFigures(done, context.lang),
      sheets: () => backtestSheets(done, context.lang),
      json: () => backtestJson(done),
    });
  });
};
