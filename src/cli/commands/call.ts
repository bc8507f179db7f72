/** Logs a call on an account. */
import type { CallIntent } from '../../plays/intent.ts';
import { clean } from '../../text/clean.ts';
import { t } from '../../text/messages/index.ts';
import { searchKey } from '../../text/search.ts';
import type { Desk } from '../../workspace/desk.ts';
import { alsoOption, among, lengthOption, momentOption } from '../activity-options.ts';
import { bodyText } from '../body.ts';
import { type Context, type Invocation, option, type Run } from '../context.ts';
import { withDesk } from '../desk.ts';
import { CommandError, EXIT } from '../exit.ts';
import { accountRow } from '../owners.ts';
import { refuseOtherDay, submit } from '../submit.ts';
import { begunWith } from '../template-option.ts';

const DIRECTIONS = { outbound: 'OUTBOUND', inbound: 'INBOUND' } as const;
export const CALL_OUTCOMES = {
  completed: 'COMPLETED',
  'no-answer': 'NO_ANSWER',
  busy: 'BUSY',
  missed: 'MISSED',
  canceled: 'CANCELED',
  failed: 'FAILED',
} as const satisfies Record<string, CallIntent['status']>;

export const run: Run = (context, invocation) =>
  withDesk(context, async (desk) => {
    refuseOtherDay(context, desk);
    const direction = among(context, invocation, 'direction', DIRECTIONS, 'outbound');
    const status = among(context, invocation, 'outcome', CALL_OUTCOMES, 'completed');
    const durationMs = lengthOption(context, invocation, 'duration');
    const at = momentOption(context, invocation, 'at', desk) ?? desk.now();
    const account = accountRow(context, await desk.book(), invocation.args[0] ?? '');
    const disposition = await dispositionOption(context, invocation, desk);
    const also = await alsoOption(context, invocation, desk, account);
    const begun = await begunWith(context, invocation, desk, account, 'call');
    const body = await bodyText(context, invocation, invocation.args[1], begun?.text);
    const title = (option(invocation, 'subject') ?? begun?.subject ?? '').trim();
    if (body.trim() === '' && title === '') throw new CommandError(EXIT.usage, t(context.lang, 'cli.error.no_text'));
    return await submit(context, invocation, desk, {
      kind: 'call',
      companyId: account.id,
      title,
      body,
      at,
      direction,
      status,
      disposition,
      durationMs,
      ownerId: desk.owner?.id ?? null,
      ...(also ? { also } : {}),
    });
  });

/** HubSpot's own ids of outcomes. */
const GUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

/** One of the portal's own outcomes, by its name or its value. */
async function dispositionOption(context: Context, invocation: Invocation, desk: Desk): Promise<string | null> {
  const word = option(invocation, 'disposition');
  if (word === undefined) return null;
  const outcomes = await desk.callOutcomes();
  const found = outcomes.find(({ value, label }) => value === word.trim() || searchKey(label) === searchKey(word.trim()));
  if (found) return found.value;
  if (outcomes.length === 0 && GUID.test(word.trim())) return word.trim();
  const allowed = outcomes.map(({ label }) => clean(label)).join(', ') || '–';
  throw new CommandError(EXIT.usage, t(context.lang, 'cli.error.not_among', { option: '--disposition', value: clean(word), allowed }));
}
