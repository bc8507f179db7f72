/** Logs a task on an account. */
import type { TaskIntent } from '../../plays/intent.ts';
import { clean } from '../../text/clean.ts';
import { parseDue } from '../../text/dates.ts';
import { t } from '../../text/messages/index.ts';
import { bodyText } from '../body.ts';
import { type Context, type Invocation, option, type Run } from '../context.ts';
import { withDesk } from '../desk.ts';
import { CommandError, EXIT } from '../exit.ts';
import { accountRow } from '../owners.ts';
import { refuseOtherDay, submit } from '../submit.ts';

const PRIORITIES = { none: 'NONE', low: 'LOW', medium: 'MEDIUM', high: 'HIGH' } as const satisfies Record<string, TaskIntent['priority']>;
const TYPES = { todo: 'TODO', call: 'CALL', email: 'EMAIL' } as const satisfies Record<string, TaskIntent['type']>;

export const run: Run = (context, invocation) =>
  withDesk(context, async (desk) => {
    refuseOtherDay(context, desk);
    const priority = among(context, invocation, 'priority', PRIORITIES, 'none');
    const type = among(context, invocation, 'type', TYPES, 'todo');
    const dueText = option(invocation, 'due') ?? '1d';
    const due = parseDue(dueText, desk.today);
    if (due === null) throw new CommandError(EXIT.usage, t(context.lang, 'cli.error.bad_due', { value: clean(dueText) }));
    const account = accountRow(context, await desk.book(), invocation.args[0] ?? '');
    const text = await bodyText(context, invocation, option(invocation, 'subject') === undefined ? undefined : invocation.args[1]);
    const subject = (option(invocation, 'subject') ?? invocation.args[1] ?? '').trim();
    if (subject === '' || subject === '-') throw new CommandError(EXIT.usage, t(context.lang, 'cli.error.no_subject'));
    return await submit(context, invocation, desk, {
      kind: 'task',
      companyId: account.id,
      subject,
      body: text,
      due,
      priority,
      type,
      ownerId: desk.owner?.id ?? null,
    });
  });

function among<T extends string>(
  context: Context,
  invocation: Invocation,
  name: string,
  words: Readonly<Record<string, T>>,
  fallback: string,
): T {
  const value = option(invocation, name) ?? fallback;
  const found = Object.hasOwn(words, value) ? words[value] : undefined;
  if (found !== undefined) return found;
  throw new CommandError(
    EXIT.usage,
    t(context.lang, 'cli.error.not_among', { option: `--${name}`, value: clean(value), allowed: Object.keys(words).join(', ') }),
  );
}
