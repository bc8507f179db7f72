/** What waits to be sent: seen, sent, tried again, completed, taken back, given up. */
import { BODY_LIMIT } from '../../plays/intent.ts';
import { clean, cleanLine, literal } from '../../text/clean.ts';
import { t } from '../../text/messages/index.ts';
import type { Desk } from '../../workspace/desk.ts';
import type { Session } from '../../workspace/session.ts';
import type { OutboxEntry } from '../../workspace/types.ts';
import { type Context, flag, type Invocation, many, type Run } from '../context.ts';
import { withDesk } from '../desk.ts';
import { CommandError, EXIT } from '../exit.ts';
import { writeJson } from '../print.ts';
import { table } from '../table.ts';
import { sendWaiting } from './sync.ts';

const ACTIONS = ['list', 'send', 'retry', 'drop', 'undo', 'export', 'doubles', 'probe'] as const;
const SENDING_MS = 30_000;
const TEXT_CELLS = 40;

export const run: Run = (context, invocation) =>
  withDesk(context, async (desk, session) => {
    const [word = 'list', id] = invocation.args;
    const action = ACTIONS.find((one) => one === word);
    switch (action) {
      case undefined:
        throw new CommandError(EXIT.usage, t(context.lang, 'cli.error.bad_action', { value: clean(word), allowed: ACTIONS.join(', ') }));
      case 'list':
        return list(context, desk);
      case 'send':
        return send(context, session);
      case 'export':
        return (await import('../outbox-care.ts')).exportOutbox(context, session, flag(invocation, 'all'));
      case 'doubles':
        return (await import('../outbox-care.ts')).doubles(context, desk, session, flag(invocation, 'heal'));
      case 'probe':
        return (await import('../outbox-care.ts')).probe(context, invocation, desk, session);
      case 'retry':
      case 'drop':
      case 'undo':
        return onRow(context, invocation, desk, session, action, id);
    }
  });

async function send(context: Context, session: Session): Promise<number> {
  const counts = await sendWaiting(session, SENDING_MS);
  if (context.json) writeJson(context, counts);
  else context.stdout.write(`${t(context.lang, 'cli.sync.sent', { ...counts })}\n`);
  return counts.failed > 0 ? EXIT.partly : counts.waiting > 0 && !context.offline ? EXIT.unreachable : EXIT.done;
}

async function onRow(
  context: Context,
  invocation: Invocation,
  desk: Desk,
  session: Session,
  action: 'retry' | 'drop' | 'undo',
  id: string | undefined,
): Promise<number> {
  if (id === undefined) throw new CommandError(EXIT.usage, t(context.lang, 'cli.error.needs_id', { action }));
  const before = (await desk.entries()).find((entry) => entry.id === id);
  if (!before) throw new CommandError(EXIT.usage, t(context.lang, 'cli.error.no_row', { value: clean(id) }));
  const outbox = await session.outbox();
  const cannot = () => new CommandError(EXIT.failed, t(context.lang, 'cli.error.cannot', { action, state: before.state }));
  if (action === 'drop') {
    if (!(await outbox.drop(id))) throw cannot();
    return tell(context, id, 'dropped');
  }
  if (action === 'undo') {
    const undone = await outbox.undo(id);
    if (undone === null) throw cannot();
    return undone.kind === 'removed' ? tell(context, id, 'removed') : deliver(context, desk, undone.id);
  }
  const fields = fieldsOf(context, many(invocation, 'set'));
  if (Object.keys(fields).length > 0) {
    const edited = await outbox.edit(id, fields);
    if (edited === null) throw cannot();
    if (!edited.ok) throw new CommandError(EXIT.usage, t(context.lang, 'cli.error.too_long', { limit: BODY_LIMIT.toLocaleString('en') }));
    return deliver(context, desk, edited.value.id);
  }
  if (!(await outbox.retry(id))) throw cannot();
  return deliver(context, desk, id);
}

/** `field=value`, by HubSpot's names; `body` is the text. */
function fieldsOf(context: Context, settings: readonly string[]): Readonly<Record<string, string>> {
  return Object.fromEntries(
    settings.map((setting) => {
      const at = setting.indexOf('=');
      const name = setting.slice(0, at);
      if (at < 1 || !/^[a-z][a-z0-9_]*$/.test(name))
        throw new CommandError(EXIT.usage, t(context.lang, 'outbox.error.bad_set', { value: clean(setting) }));
      return [name, setting.slice(at + 1)];
    }),
  );
}

/** Sends the row, unless offline, and says what became of it. */
async function deliver(context: Context, desk: Desk, id: string): Promise<number> {
  const after = context.offline ? await desk.entry(id) : await desk.deliver(id, SENDING_MS);
  if (context.json) writeJson(context, entryJson(after));
  else context.stdout.write(`${t(context.lang, 'cli.outbox.done', { id, state: after.state })}${because(after)}\n`);
  if (after.state === 'sent' || context.offline) return EXIT.done;
  return after.state === 'needs_you' ? EXIT.failed : EXIT.unreachable;
}

const because = (entry: OutboxEntry): string => (entry.because === null ? '' : ` (${entry.because})`);

function tell(context: Context, id: string, state: string): number {
  if (context.json) writeJson(context, { id, state });
  else context.stdout.write(`${t(context.lang, 'cli.outbox.done', { id, state })}\n`);
  return EXIT.done;
}

const iso = (instant: number | null): string | null => (instant === null ? null : new Date(instant).toISOString());

function entryJson(entry: OutboxEntry): Record<string, unknown> {
  return {
    id: entry.id,
    kind: entry.kind,
    account: entry.accountId,
    accountName: entry.accountName,
    state: entry.state,
    hubspotId: entry.hubspotId,
    attempts: entry.attempts,
    queuedAt: iso(entry.queuedAt),
    nextLookAt: iso(entry.nextLookAt),
    because: entry.because,
    required: entry.required,
    dependsOn: entry.dependsOn,
    group: entry.groupId,
    play: entry.play,
    step: entry.step,
    text: entry.text,
  };
}

async function list(context: Context, desk: Desk): Promise<number> {
  const entries = await desk.entries();
  if (context.json) {
    writeJson(context, { rows: entries.map(entryJson) });
    return EXIT.done;
  }
  if (entries.length === 0) {
    context.stdout.write(`${t(context.lang, 'cli.outbox.empty')}\n`);
    return EXIT.done;
  }
  const title = (key: 'id' | 'state' | 'kind' | 'name' | 'text' | 'tries' | 'because') => ({
    title: literal(t(context.lang, `cli.column.${key}`)),
  });
  const columns = [
    title('id'),
    title('state'),
    title('kind'),
    { ...title('name'), max: 24 },
    { ...title('text'), max: TEXT_CELLS },
    title('tries'),
    title('because'),
  ];
  const rows = entries.map((entry) => [
    clean(entry.id),
    literal(entry.state),
    literal(t(context.lang, `outbox.kind.${entry.kind}`)),
    clean(entry.accountName),
    cleanLine(entry.text),
    literal(String(entry.attempts)),
    cleanLine(entry.because ?? ''),
  ]);
  context.stdout.write(table(columns, rows));
  return EXIT.done;
}
