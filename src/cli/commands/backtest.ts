/** How well the rules foresaw real churn. */
import { clean } from '../../text/clean.ts';
import { t } from '../../text/messages/index.ts';
import { runBacktest } from '../../workspace/replays.ts';
import { backtestJson, backtestParts } from '../backtest-report.ts';
import { type Context, type Invocation, option, type Run } from '../context.ts';
import { withDesk } from '../desk.ts';
import { CommandError, EXIT } from '../exit.ts';
import { writeJson } from '../print.ts';
import { type ReportFormat, renderReport } from '../report.ts';
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

function formatOf(context: Context, invocation: Invocation): ReportFormat {
  const value = option(invocation, 'format') ?? 'text';
  if (value === 'text' || value === 'md') return value;
  const params = { option: '--format', value: clean(value), allowed: 'text, md' };
  throw new CommandError(EXIT.usage, t(context.lang, 'cli.error.not_among', params));
}
