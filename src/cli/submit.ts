/** From an intent to the outbox and, unless told otherwise, on to HubSpot; the result in words or JSON. */
import type { Intent, Planned } from '../plays/intent.ts';
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
  const wait = waitOf(context, invocation, holdMs);
  const entry = wait === null ? await desk.deliver(queued.value.id, DELIVERY_MS) : await desk.entry(queued.value.id);
  const result = resultOf(context, desk, entry, wait);
  if (context.json) writeJson(context, result);
  else tell(context, entry, result, wait);
  return codeOf(result.state, wait !== null);
}

/** Several intents as one: all are queued, or none is. `play` names the play that they are the steps of. */
export async function submitAll(
  context: Context,
  invocation: Invocation,
  desk: Desk,
  planned: readonly Planned[],
  play: string,
): Promise<number> {
  if (flag(invocation, 'dryRun')) {
    const requests = await Promise.all(planned.map(async ({ intent, step }) => ({ step: step ?? '', ...(await desk.requestOf(intent)) })));
    writeJson(context, requests);
    return EXIT.done;
  }
  const holdMs = duration(context, option(invocation, 'undo'));
  const queued = await desk.actAll(planned, holdMs, play);
  if (!queued.ok)
    throw new CommandError(
      queued.error.kind === 'disk_full' || queued.error.kind === 'store' ? EXIT.failed : EXIT.usage,
      `${planned[queued.error.index]?.step ?? ''}: ${refusal(context, queued.error)}`,
    );
  const { ids } = queued.value;
  const wait = waitOf(context, invocation, holdMs);
  const entries = wait === null ? await desk.deliverAll(ids, DELIVERY_MS) : await Promise.all(ids.map((id) => desk.entry(id)));
  const results = entries.map((entry) => resultOf(context, desk, entry, wait));
  if (context.json) writeJson(context, results);
  else for (const [index, entry] of entries.entries()) tell(context, entry, results[index] ?? resultOf(context, desk, entry, wait), wait);
  return worst(results.map(({ state }) => codeOf(state, wait !== null)));
}

/** One code for several results: what a person must look at comes before what waits; a part that failed is a part. */
function worst(codes: readonly ExitCode[]): ExitCode {
  const bad = codes.filter((code) => code !== EXIT.done);
  if (bad.length === 0) return EXIT.done;
  if (bad.length < codes.length) return EXIT.partly;
  return bad.includes(EXIT.failed) ? EXIT.failed : EXIT.unreachable;
}

type Wait = 'offline' | 'no_wait' | 'undo' | null;

const waitOf = (context: Context, invocation: Invocation, holdMs: number): Wait =>
  context.offline ? 'offline' : invocation.options.wait === false ? 'no_wait' : holdMs > 0 ? 'undo' : null;

interface WriteResult {
  readonly id: string;
  readonly kind: string;
  readonly account: string;
  readonly state: WriteState;
  readonly hubspotId: string | null;
  readonly url: string | null;
  readonly because: string | null;
}

function resultOf({ lang }: Context, desk: Desk, entry: OutboxEntry, wait: Wait): WriteResult {
  return {
    id: entry.id,
    kind: entry.kind,
    account: entry.accountId,
    state: entry.state === 'held' || entry.state === 'ready' || entry.state === 'sending' ? 'waiting' : entry.state,
    hubspotId: entry.hubspotId,
    url: entry.hubspotId === null ? null : desk.recordUrl(entry.accountId),
    because: wait !== null ? t(lang, `cli.write.because.${wait}`) : entry.because,
  };
}

function tell(context: Context, entry: OutboxEntry, { state, url, because }: WriteResult, wait: Wait): void {
  (state === 'sent' || wait !== null ? context.stdout : context.stderr).write(`${sentence(context, entry, state, url, because)}\n`);
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

const refusal = (context: Context, { kind, message }: ActRefused): string =>
  kind === 'store' ? t(context.lang, 'cli.error.not_kept', { message: clean(message) }) : message;

/** `10s`, `2m` in milliseconds; 0 without a word. */
function duration(context: Context, text: string | undefined): number {
  if (text === undefined) return 0;
  const match = /^(\d{1,4})(s|m)$/.exec(text);
  if (!match) throw new CommandError(EXIT.usage, t(context.lang, 'cli.error.bad_duration', { value: clean(text) }));
  return Number(match[1]) * (match[2] === 'm' ? 60_000 : 1000);
}
