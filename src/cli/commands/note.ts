/** Logs a note on an account. */
import { clean } from '../../text/clean.ts';
import { t } from '../../text/messages/index.ts';
import type { Instant } from '../../units/day.ts';
import { bodyText } from '../body.ts';
import { type Context, type Invocation, option, type Run } from '../context.ts';
import { withDesk } from '../desk.ts';
import { CommandError, EXIT } from '../exit.ts';
import { accountRow } from '../owners.ts';
import { refuseOtherDay, submit } from '../submit.ts';

export const run: Run = (context, invocation) =>
  withDesk(context, async (desk) => {
    refuseOtherDay(context, desk);
    const at = instantOption(context, invocation) ?? desk.now();
    const account = accountRow(context, await desk.book(), invocation.args[0] ?? '');
    const body = await bodyText(context, invocation, invocation.args[1]);
    if (body.trim() === '') throw new CommandError(EXIT.usage, t(context.lang, 'cli.error.no_text'));
    return await submit(context, invocation, desk, { kind: 'note', companyId: account.id, body, at, ownerId: desk.owner?.id ?? null });
  });

function instantOption(context: Context, invocation: Invocation): Instant | null {
  const text = option(invocation, 'at');
  if (text === undefined) return null;
  const form = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(?::\d{2}(?:\.\d{1,3})?)?(?:Z|[+-]\d{2}:\d{2})$/;
  const instant = form.test(text) ? Date.parse(text) : Number.NaN;
  if (Number.isNaN(instant)) throw new CommandError(EXIT.usage, t(context.lang, 'cli.error.bad_instant', { value: clean(text) }));
  return instant as Instant;
}
