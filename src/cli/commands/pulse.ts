/** The success manager's own view of an account, with its reason. */
import { clean } from '../../text/clean.ts';
import { formatDay, formatNumber } from '../../text/format.ts';
import { t } from '../../text/messages/index.ts';
import { type Context, type Invocation, option, type Run } from '../context.ts';
import { withDesk } from '../desk.ts';
import { CommandError, EXIT } from '../exit.ts';
import { accountRow } from '../owners.ts';
import { writeJson } from '../print.ts';
import { refuseOtherDay } from '../submit.ts';

const LEAST = -8;
const MOST = 12;
const LONGEST_REASON = 500;

export const run: Run = (context, invocation) => {
  const points = pointsOption(context, invocation);
  const because = reasonOption(context, invocation);
  return withDesk(context, async (desk) => {
    refuseOtherDay(context, desk);
    const account = accountRow(context, await desk.book(), invocation.args[0] ?? '');
    const until = await desk.pulse({ accountId: account.id, points, because });
    if (context.json) writeJson(context, { account: account.id, day: desk.today, points, because, until });
    else {
      const shown = {
        name: clean(account.name),
        points: `${points > 0 ? '+' : ''}${formatNumber(points)}`,
        until: formatDay(until, context.lang),
      };
      context.stdout.write(`${t(context.lang, 'cli.pulse.kept', shown)}\n`);
    }
    return EXIT.done;
  });
};

function pointsOption(context: Context, invocation: Invocation): number {
  const text = option(invocation, 'points') ?? '';
  const points = /^[+-]?\d{1,2}$/.test(text) ? Number(text) : Number.NaN;
  if (points >= LEAST && points <= MOST) return points;
  throw new CommandError(EXIT.usage, t(context.lang, 'cli.error.bad_points', { value: clean(text), least: LEAST, most: MOST }));
}

function reasonOption(context: Context, invocation: Invocation): string {
  const because = (option(invocation, 'because') ?? '').trim();
  if (because === '') throw new CommandError(EXIT.usage, t(context.lang, 'cli.error.no_reason'));
  if (because.length > LONGEST_REASON)
    throw new CommandError(EXIT.usage, t(context.lang, 'cli.error.long_reason', { limit: LONGEST_REASON }));
  return because;
}
