/** Logs a meeting on an account: one that was, or one that is planned. */
import type { MeetingIntent } from '../../plays/intent.ts';
import { t } from '../../text/messages/index.ts';
import type { Instant } from '../../units/day.ts';
import { alsoOption, among, lengthOption, momentOption } from '../activity-options.ts';
import { bodyText } from '../body.ts';
import { option, type Run } from '../context.ts';
import { withDesk } from '../desk.ts';
import { CommandError, EXIT } from '../exit.ts';
import { accountRow } from '../owners.ts';
import { refuseOtherDay, submit } from '../submit.ts';
import { begunWith } from '../template-option.ts';

export const MEETING_RESULTS = {
  scheduled: 'SCHEDULED',
  completed: 'COMPLETED',
  rescheduled: 'RESCHEDULED',
  'no-show': 'NO_SHOW',
  canceled: 'CANCELED',
} as const satisfies Record<string, MeetingIntent['outcome']>;

const HALF_HOUR_MS = 1_800_000;

export const run: Run = (context, invocation) =>
  withDesk(context, async (desk) => {
    refuseOtherDay(context, desk);
    const now = desk.now();
    const start = momentOption(context, invocation, 'start', desk) ?? now;
    const length = lengthOption(context, invocation, 'duration') ?? HALF_HOUR_MS;
    const end = momentOption(context, invocation, 'end', desk) ?? ((start + length) as Instant);
    if (end <= start) throw new CommandError(EXIT.usage, t(context.lang, 'acting.error.end'));
    // Who logs it says how it went only by saying so; when it was says the rest.
    const outcome = among(context, invocation, 'outcome', MEETING_RESULTS, start > now ? 'scheduled' : 'completed');
    const account = accountRow(context, await desk.book(), invocation.args[0] ?? '');
    const also = await alsoOption(context, invocation, desk, account);
    const given = option(invocation, 'subject');
    const begun = await begunWith(context, invocation, desk, account, 'meeting');
    const body = await bodyText(context, invocation, given === undefined ? undefined : invocation.args[1], begun?.text);
    const title = (given ?? invocation.args[1] ?? begun?.subject ?? '').trim();
    if (title === '' || title === '-') throw new CommandError(EXIT.usage, t(context.lang, 'acting.error.no_meeting_subject'));
    const location = (option(invocation, 'location') ?? '').trim();
    return await submit(context, invocation, desk, {
      kind: 'meeting',
      companyId: account.id,
      title,
      body,
      start,
      end,
      outcome,
      ...(location === '' ? {} : { location }),
      ownerId: desk.owner?.id ?? null,
      ...(also ? { also } : {}),
    });
  });
