/** Brings an account back that was put off. */
import { clean } from '../../text/clean.ts';
import { t } from '../../text/messages/index.ts';
import type { Run } from '../context.ts';
import { withDesk } from '../desk.ts';
import { EXIT } from '../exit.ts';
import { accountRow } from '../owners.ts';
import { writeJson } from '../print.ts';
import { refuseOtherDay } from '../submit.ts';

export const run: Run = (context, invocation) =>
  withDesk(context, async (desk) => {
    refuseOtherDay(context, desk);
    const account = accountRow(context, await desk.book(), invocation.args[0] ?? '');
    const was = await desk.snooze(account, null);
    if (context.json) writeJson(context, { account: account.id, wasSnoozed: was });
    else context.stdout.write(`${t(context.lang, was ? 'quiet.unsnoozed' : 'quiet.was_awake', { name: clean(account.name) })}\n`);
    return EXIT.done;
  });
