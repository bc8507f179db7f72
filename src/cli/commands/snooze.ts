/** Puts an account off: until a day, or until it gets worse. */
import type { SnoozeWish } from '../../book/snoozing.ts';
import { clean } from '../../text/clean.ts';
import { parseDue } from '../../text/dates.ts';
import { formatDay } from '../../text/format.ts';
import { t } from '../../text/messages/index.ts';
import { addDays, type Day } from '../../units/day.ts';
import { type Context, type Invocation, option, type Run } from '../context.ts';
import { withDesk } from '../desk.ts';
import { CommandError, EXIT } from '../exit.ts';
import { accountRow } from '../owners.ts';
import { writeJson } from '../print.ts';
import { refuseOtherDay } from '../submit.ts';
import { wholeOption } from '../whole.ts';

const LONGEST_REASON = 500;
/** A year: whoever wants an account gone for longer means something else. */
const LONGEST_DAYS = 366;

export const run: Run = (context, invocation) => {
  const worseBy = wholeOption(context, invocation, 'or-worse');
  if (worseBy !== null && (worseBy < 1 || worseBy > 100))
    throw new CommandError(EXIT.usage, t(context.lang, 'quiet.error.or_worse', { value: worseBy }));
  const reason = (option(invocation, 'because') ?? '').trim();
  if (reason.length > LONGEST_REASON)
    throw new CommandError(EXIT.usage, t(context.lang, 'cli.error.long_reason', { limit: LONGEST_REASON }));
  return withDesk(context, async (desk) => {
    refuseOtherDay(context, desk);
    const until = untilOption(context, invocation, desk.today) ?? addDays(desk.today, desk.quiet.snoozeDays);
    const account = accountRow(context, await desk.book(), invocation.args[0] ?? '');
    const wish: SnoozeWish = { until, ...(worseBy === null ? {} : { worseBy }), ...(reason === '' ? {} : { reason }) };
    await desk.snooze(account, wish);
    const orWorse = worseBy ?? desk.quiet.snoozeWorseBy;
    if (context.json) writeJson(context, { account: account.id, until, orWorse, riskThen: account.risk, because: reason || null });
    else {
      const shown = { name: clean(account.name), until: formatDay(until, context.lang), n: orWorse };
      context.stdout.write(`${t(context.lang, 'quiet.snoozed', shown)}\n`);
    }
    return EXIT.done;
  });
};

function untilOption(context: Context, invocation: Invocation, today: Day): Day | null {
  const text = option(invocation, 'until');
  if (text === undefined) return null;
  const day = parseDue(text, today);
  if (day === null) throw new CommandError(EXIT.usage, t(context.lang, 'cli.error.bad_due', { value: clean(text) }));
  if (day <= today || day > addDays(today, LONGEST_DAYS))
    throw new CommandError(
      EXIT.usage,
      t(context.lang, 'quiet.error.until', { day, from: addDays(today, 1), to: addDays(today, LONGEST_DAYS) }),
    );
  return day;
}
