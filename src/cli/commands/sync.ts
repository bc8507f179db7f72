/** Brings HubSpot's changes into the store, then sends what waits in the outbox. */
import { type Scope, WHOLE_PORTAL } from '../../data/store/types.ts';
import type { SyncOutcome } from '../../data/sync/sync.ts';
import { clean, cleanLine } from '../../text/clean.ts';
import { t } from '../../text/messages/index.ts';
import type { Instant } from '../../units/day.ts';
import { syncNow } from '../../workspace/desk.ts';
import { NotConnectedError, RemoteError } from '../../workspace/errors.ts';
import { scopeOf } from '../../workspace/profile.ts';
import type { Session } from '../../workspace/session.ts';
import { type Context, flag, type Invocation, option, type Run } from '../context.ts';
import { withSession } from '../desk.ts';
import { CommandError, EXIT } from '../exit.ts';
import { errorJson, explain } from '../explain.ts';
import { writeJson } from '../print.ts';
import { syncProgress } from '../progress.ts';

/** How long a sync waits for its own sending. */
const SENDING_MS = 30_000;

export interface Sent {
  readonly sent: number;
  readonly waiting: number;
  readonly failed: number;
}

export const run: Run = (context, invocation) =>
  withSession(context, async (session) => {
    const scope = await scopeFor(context, invocation, session);
    const progress = syncProgress(context);
    const synced = await syncNow(session, { full: flag(invocation, 'full'), scope, onProgress: progress.show }).finally(progress.clear);
    if (!synced.ok) throw new CommandError(EXIT.failed, t(context.lang, 'cli.error.busy'), 'busy');
    const outcome = synced.value;
    if (context.signal.aborted) return EXIT.interrupted;
    const outbox = await sendWaiting(session, SENDING_MS);
    if (context.signal.aborted) return EXIT.interrupted;
    const failure = outcome.complete || !outcome.problem ? null : explain(new RemoteError(outcome.problem), context.lang);
    // One document whatever happens: what was brought before it failed, and the failure.
    if (context.json) writeJson(context, { ...syncJson(outcome, outbox), ...(failure === null ? {} : errorJson(failure)) });
    else if (failure === null) tell(context, outcome, outbox);
    if (failure !== null) {
      context.stderr.write(`kizashi: ${failure.message}\n`);
      return failure.code;
    }
    return outcome.unavailable.some((one) => one.kind === 'failed') ? EXIT.partly : EXIT.done;
  });

async function scopeFor(context: Context, invocation: Invocation, session: Session): Promise<Scope> {
  const own = scopeOf(session.profile.settings);
  if (flag(invocation, 'all')) return WHOLE_PORTAL;
  const word = option(invocation, 'owner');
  if (word === undefined || word === 'me') {
    if (own === null) throw new NotConnectedError();
    return own;
  }
  if (word === 'all') return WHOLE_PORTAL;
  const reply = await (await session.gateway()).owners();
  if (!reply.ok) throw new RemoteError(reply.error);
  const key = word.trim().toLowerCase();
  const found = reply.value.find((owner) => owner.id === key || owner.email?.toLowerCase() === key);
  if (found) return found.id;
  throw new CommandError(EXIT.usage, t(context.lang, 'cli.error.no_owner', { value: clean(word) }));
}

/** Sends what is due and counts what became of it. */
export async function sendWaiting(session: Session, waitMs: number): Promise<Sent> {
  const outbox = await session.outbox();
  const rows = await outbox.flush({ deadline: (session.profile.options.now() + waitMs) as Instant, signal: session.signal });
  const count = (...states: readonly string[]) => rows.filter((row) => states.includes(row.state)).length;
  return { sent: count('sent'), waiting: count('held', 'ready', 'sending', 'unknown'), failed: count('needs_you') };
}

function syncJson(outcome: SyncOutcome, outbox: Sent): Record<string, unknown> {
  const { mode, requests, retried, durationMs, objects, unavailable, complete, problem } = outcome;
  return {
    mode,
    requests,
    retried,
    durationMs: Math.round(durationMs),
    objects,
    outbox,
    complete,
    unavailable: unavailable.map(({ object, kind, scopes, message }) => ({ object, kind, scopes, message })),
    problem: problem && { kind: problem.kind, status: problem.status, message: problem.message, request: problem.request },
  };
}

function tell({ lang, stdout, stderr }: Context, outcome: SyncOutcome, outbox: Sent): void {
  const changed = Object.values(outcome.objects).reduce((sum, counts) => sum + counts.changed + counts.removed, 0);
  const mode = t(lang, outcome.mode === 'full' ? 'cli.sync.full' : 'cli.sync.incremental');
  stdout.write(
    `${t(lang, 'cli.sync.done', { mode, requests: outcome.requests, seconds: (outcome.durationMs / 1000).toFixed(1), changed })}\n`,
  );
  for (const one of outcome.unavailable) {
    const because = one.kind === 'scope' ? t(lang, 'book.scope_missing', { scope: clean(one.scopes.join(' / ')) }) : cleanLine(one.message);
    stderr.write(`${t(lang, 'cli.sync.unavailable', { object: clean(one.object), because })}\n`);
  }
  if (outbox.sent + outbox.waiting + outbox.failed > 0) stdout.write(`${t(lang, 'cli.sync.sent', { ...outbox })}\n`);
}
