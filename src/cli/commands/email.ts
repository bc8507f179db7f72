/** Logs an e-mail that was sent or received elsewhere; nothing is mailed. */
import { t } from '../../text/messages/index.ts';
import { alsoOption, among, momentOption } from '../activity-options.ts';
import { bodyText } from '../body.ts';
import { option, type Run } from '../context.ts';
import { withDesk } from '../desk.ts';
import { CommandError, EXIT } from '../exit.ts';
import { accountRow } from '../owners.ts';
import { refuseOtherDay, submit } from '../submit.ts';
import { begunWith } from '../template-option.ts';

const DIRECTIONS = {
  sent: 'EMAIL',
  received: 'INCOMING_EMAIL',
  forwarded: 'FORWARDED_EMAIL',
  outbound: 'EMAIL',
  inbound: 'INCOMING_EMAIL',
} as const;

export const run: Run = (context, invocation) =>
  withDesk(context, async (desk) => {
    refuseOtherDay(context, desk);
    const direction = among(context, invocation, 'direction', DIRECTIONS, 'sent');
    const at = momentOption(context, invocation, 'at', desk) ?? desk.now();
    const account = accountRow(context, await desk.book(), invocation.args[0] ?? '');
    const also = await alsoOption(context, invocation, desk, account);
    const begun = await begunWith(context, invocation, desk, account, 'email');
    const body = await bodyText(context, invocation, invocation.args[1], begun?.text);
    const subject = (option(invocation, 'subject') ?? begun?.subject ?? '').trim();
    if (subject === '') throw new CommandError(EXIT.usage, t(context.lang, 'acting.error.no_email_subject'));
    return await submit(context, invocation, desk, {
      kind: 'email',
      companyId: account.id,
      subject,
      body,
      at,
      direction,
      ownerId: desk.owner?.id ?? null,
      ...(also ? { also } : {}),
    });
  });
