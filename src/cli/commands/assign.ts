/** Hands an account over, or asks somebody to take it by a task. */
import { escalation } from '../../book/escalation.ts';
import { ownerName } from '../../book/owner-name.ts';
import type { BookRow } from '../../book/row.ts';
import type { Intent } from '../../plays/intent.ts';
import { clean } from '../../text/clean.ts';
import { t } from '../../text/messages/index.ts';
import type { Desk } from '../../workspace/desk.ts';
import { handover } from '../../workspace/handover.ts';
import type { Session } from '../../workspace/session.ts';
import { assigneeOf, dayOption } from '../activity-options.ts';
import { type Context, flag, option, type Run } from '../context.ts';
import { withDesk } from '../desk.ts';
import { CommandError, EXIT } from '../exit.ts';
import { accountRow } from '../owners.ts';
import { refuseOtherDay, submit } from '../submit.ts';

const usage = (message: string): CommandError => new CommandError(EXIT.usage, message);

export const run: Run = (context, invocation) =>
  withDesk(context, async (desk, session) => {
    refuseOtherDay(context, desk);
    const account = accountRow(context, await desk.book(), invocation.args[0] ?? '');
    const to = option(invocation, 'to') ?? (flag(invocation, 'ask') ? 'lead' : undefined);
    if (to === undefined) throw usage(t(context.lang, 'acting.error.to'));
    const ownerId = await assigneeOf(context, desk, account, to);
    const intent = flag(invocation, 'ask')
      ? escalation(account, {
          ownerId,
          due: dayOption(context, invocation, 'due', '1d', desk.today),
          because: option(invocation, 'because') ?? '',
          lang: context.lang,
        })
      : await change(context, desk, session, account, ownerId);
    return await submit(context, invocation, desk, intent);
  });

async function change(context: Context, desk: Desk, session: Session, account: BookRow, ownerId: string): Promise<Intent> {
  const { lang } = context;
  const owner = (await desk.owners()).find(({ id }) => id === ownerId);
  if (!owner) throw usage(t(lang, 'cli.error.no_owner', { value: clean(ownerId) }));
  const name = ownerName(owner);
  if (account.owner?.id === ownerId) throw usage(t(lang, 'acting.error.same_owner', { name: clean(account.name), owner: clean(name) }));
  const intent = await handover(session, account.id, owner, t(lang, 'acting.assign.what', { owner: clean(name) }));
  if (typeof intent !== 'string') return intent;
  throw new CommandError(EXIT.failed, t(lang, `acting.error.owner_${intent}`, { owner: clean(name) }));
}
