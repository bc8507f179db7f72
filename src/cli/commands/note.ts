/** Logs a note on an account. */
import { t } from '../../text/messages/index.ts';
import { alsoOption, momentOption } from '../activity-options.ts';
import { bodyText } from '../body.ts';
import type { Run } from '../context.ts';
import { withDesk } from '../desk.ts';
import { CommandError, EXIT } from '../exit.ts';
import { accountRow } from '../owners.ts';
import { refuseOtherDay, submit } from '../submit.ts';
import { begunWith } from '../template-option.ts';

export const run: Run = (context, invocation) =>
  withDesk(context, async (desk) => {
    refuseOtherDay(context, desk);
    const at = momentOption(context, invocation, 'at', desk) ?? desk.now();
    const account = accountRow(context, await desk.book(), invocation.args[0] ?? '');
    const also = await alsoOption(context, invocation, desk, account);
    const begun = await begunWith(context, invocation, desk, account, 'note');
    const body = await bodyText(context, invocation, invocation.args[1], begun?.text);
    if (body.trim() === '') throw new CommandError(EXIT.usage, t(context.lang, 'cli.error.no_text'));
    const ownerId = desk.owner?.id ?? null;
    return await submit(context, invocation, desk, { kind: 'note', companyId: account.id, body, at, ownerId, ...(also ? { also } : {}) });
  });
