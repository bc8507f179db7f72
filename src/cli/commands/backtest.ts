/** How well the rules foresaw real churn. */
import { runBacktest } from '../../workspace/replays.ts';
import { backtestJson, backtestParts } from '../backtest-report.ts';
import type { Run } from '../context.ts';
import { withDesk } from '../desk.ts';
import { EXIT } from '../exit.ts';
import { writeJson } from '../print.ts';
import { renderReport } from '../report.ts';
import { formatOf } from '../report-format.ts';
import { wholeOption } from '../whole.ts';

const DEFAULT_CAPACITY = 20;

export const run: Run = (context, invocation) => {
  const format = formatOf(context, invocation);
  const leadDays = wholeOption(context, invocation, 'lead') ?? 0;
  const capacity = wholeOption(context, invocation, 'capacity') ?? DEFAULT_CAPACITY;
  return withDesk(context, async (_desk, session) => {
    const done = await runBacktest(session, { leadDays, capacity });
    if (context.json) writeJson(context, backtestJson(done));
    else context.stdout.write(renderReport(backtestParts(done, context.lang), format));
    return EXIT.done;
  });
};
