/** What waits to be sent: seen, sent, tried again, given up. */

import { clean, cleanLine, literal } from '../../text/clean.ts';
import { t } from '../../text/messages/index.ts';
import type { Desk } from '../../workspace/desk.ts';
import type { OutboxEntry } from '../../workspace/types.ts';
import type { Context, Run } from '../context.ts';
import { withDesk } from '../desk.ts';
import { CommandError, EXIT } from '../exit.ts';
import { writeJson } from '../print.ts';
import { table } from '../table.ts';
import { sendWaiting } from './sync.ts';

const ACTIONS = ['list', 'send', 'retry', 'drop'] as const;
const SENDING_MS = 30_000;
const TEXT_CELLS = 40;

export const run: Run = (context, invocation) =>
  withDesk(context, async (desk, session) => {
    const [word = 'list', id] = invocation.args;
    const action = ACTIONS.find((one) => one === word);
    if (action === undefined)
      throw new CommandError(EXIT.usage, t(context.lang, 'cli.error.bad_action', { value: clean(word), allowed: ACTIONS.join(', ') }));
    if (action === 'list') return list(context, desk);
    if (action === 'send') {
      const counts = await sendWaiting(session, SENDING_MS);
      if (context.json) writeJson(context, counts);
      else context.stdout.write(`${t(context.lang, 'cli.sync.sent', { ...counts })}\n`);
      return counts.failed > 0 ? EXIT.partly : counts.waiting > 0 && !context.offline ? EXIT.unreachable : EXIT.done;
    }
    if (id === undefined) throw new CommandError(EXIT.usage, t(context.lang, 'cli.error.needs_id', { action }));
    const before = (await desk.entries()).find((entry) => entry.id === id);
    if (!before) throw new CommandError(EXIT.usage, t(context.lang, 'cli.error.no_row', { value: clean(id) }));
    const outbox = await session.outbox();
    const done = action === 'retry' ? await outbox.retry(id) : await outbox.drop(id);
    if (!done) throw new CommandError(EXIT.failed, t(context.lang, 'cli.error.cannot', { action, state: before.state }));
    if (action === 'retry' && !context.offline) {
      const after = await desk.deliver(id, SENDING_MS);
      if (context.json) writeJson(context, entryJson(after));
      else context.stdout.write(`${t(context.lang, 'cli.outbox.done', { id, state: after.state })}\n`);
      return after.state === 'sent' ? EXIT.done : after.state === 'needs_you' ? EXIT.failed : EXIT.unreachable;
    }
    if (context.json) writeJson(context, { id, state: action === 'drop' ? 'dropped' : 'ready' });
    else context.stdout.write(`${t(context.lang, 'cli.outbox.done', { id, state: action === 'drop' ? 'dropped' : 'ready' })}\n`);
    return EXIT.done;
  });

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
