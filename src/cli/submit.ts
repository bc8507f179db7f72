/** From an intent to the outbox and, unless told otherwise, on to HubSpot; the result in words or JSON. */
import type { Intent } from '../plays/intent.ts';
import { BODY_LIMIT } from '../plays/intent.ts';
import { clean } from '../text/clean.ts';
import { t } from '../text/messages/index.ts';
import type { Desk } from '../workspace/desk.ts';
import type { ActRefused, OutboxEntry } from '../workspace/types.ts';
import { type Context, flag, type Invocation, option } from './context.ts';
import { CommandError, EXIT, type ExitCode } from './exit.ts';
import { writeJson } from './print.ts';

/** A command waits this long for its own sending. */
const DELIVERY_MS = 30_000;

/** Refuses to write as of another day; to be asked before anything is scored for that day. */
export function refuseOtherDay(context: Context, { asOf, today }: Desk): void {
  if (asOf !== today) throw new CommandError(EXIT.usage, t(context.lang, 'cli.error.as_of_write', { day: asOf, today }));
}

export async function submit(context: Context, invocation: Invocation, desk: Desk, intent: Intent): Promise<number> {
  if (flag(invocation, 'dryRun')) {
    writeJson(context, await desk.requestOf(intent));
    return EXIT.done;
  }
  const holdMs = duration(context, option(invocation, 'undo'));
  const queued = await desk.act(intent, holdMs);
  if (!queued.ok)
    throw new CommandError(
      queued.error.kind === 'disk_full' || queued.error.kind === 'store' ? EXIT.failed : EXIT.usage,
      refusal(context, queued.error),
    );
  const wait = context.offline ? 'offline' : invocation.options.wait === false ? 'no_wait' : holdMs > 0 ? 'undo' : null;
  const entry = wait === null ? await desk.deliver(queued.value.id, DELIVERY_MS) : await desk.entry(queued.value.id);
  const url = entry.hubspotId === null ? null : desk.recordUrl(intent.companyId);
  const state = entry.state === 'held' || entry.state === 'ready' || entry.state === 'sending' ? 'waiting' : entry.state;
  const because = wait !== null ? t(context.lang, `cli.write.because.${wait}`) : entry.because;
  if (context.json)
    writeJson(context, { id: entry.id, kind: entry.kind, account: intent.companyId, state, hubspotId: entry.hubspotId, url, because });
  else (state === 'sent' || wait !== null ? context.stdout : context.stderr).write(`${sentence(context, entry, state, url, because)}\n`);
  return codeOf(state, wait !== null);
}

type WriteState = 'sent' | 'waiting' | 'unknown' | 'needs_you';

function codeOf(state: WriteState, asked: boolean): ExitCode {
  if (state === 'sent' || (state === 'waiting' && asked)) return EXIT.done;
  return state === 'needs_you' ? EXIT.failed : EXIT.unreachable;
}

function sentence(context: Context, entry: OutboxEntry, state: WriteState, url: string | null, because: string | null): string {
  return t(context.lang, `cli.write.${state}`, {
    kind: t(context.lang, `outbox.kind.${entry.kind}`),
    id: entry.id,
    url: url ?? '',
    because: because ?? '',
  });
}

function refusal(context: Context, refused: ActRefused): string {
  if (refused.kind === 'too_long') return t(context.lang, 'cli.error.too_long', { limit: BODY_LIMIT.toLocaleString('en') });
  if (refused.kind === 'empty') return t(context.lang, 'cli.error.no_text');
  if (refused.kind === 'no_target') return t(context.lang, 'outbox.refused.no_target');
  if (refused.kind === 'disk_full') return t(context.lang, 'cli.error.disk_full');
  return t(context.lang, 'cli.error.not_kept', { message: clean(refused.message) });
}

/** `10s`, `2m` in milliseconds; 0 without a word. */
function duration(context: Context, text: string | undefined): number {
  if (text === undefined) return 0;
  const match = /^(\d{1,4})(s|m)$/.exec(text);
  if (!match) throw new CommandError(EXIT.usage, t(context.lang, 'cli.error.bad_duration', { value: clean(text) }));
  return Number(match[1]) * (match[2] === 'm' ? 60_000 : 1000);
}
