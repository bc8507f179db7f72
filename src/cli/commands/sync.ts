/** Brings HubSpot's changes into the store, then sends what waits in the outbox. */
import { systemClock } from '../../data/outbox/clock.ts';
import { type Scope, WHOLE_PORTAL } from '../../data/store/types.ts';
import type { SyncOutcome } from '../../data/sync/sync.ts';
import { clean, cleanLine } from '../../text/clean.ts';
import { t } from '../../text/messages/index.ts';
import type { Instant } from '../../units/day.ts';
import { type SyncRequest, syncNow } from '../../workspace/desk.ts';
import { NotConnectedError, RemoteError } from '../../workspace/errors.ts';
import { scopeOf } from '../../workspace/profile.ts';
import type { Session } from '../../workspace/session.ts';
import { noticeTexts } from '../../workspace/sync-notices.ts';
import { type Context, flag, type Invocation, option, type Run } from '../context.ts';
import { asLines, withSession } from '../desk.ts';
import { CommandError, EXIT } from '../exit.ts';
import { errorJson, explain } from '../explain.ts';
import { teamNamed } from '../owners.ts';
import { writeJson } from '../print.ts';
import { syncProgress } from '../progress.ts';

/** How long a sync waits for its own sending. */
const SENDING_MS = 30_000;
/** How long another sync is waited for, and how often it is looked for. */
const BUSY_MS = 4_000;
const BUSY_LOOK_MS = 200;

export interface Sent {
  readonly sent: number;
  readonly waiting: number;
  readonly failed: number;
}

export const run: Run = (context, invocation) =>
  withSession(context, async (session) => {
    const scope = await scopeFor(context, invocation, session);
    const progress = syncProgress(context, asLines(context));
    const bring = async (more: Partial<SyncRequest>): Promise<SyncOutcome> => {
      const attempt = () => syncNow(session, { full: false, scope, onProgress: progress.show, ...more }).finally(progress.clear);
      let synced = await attempt();
      // An open app takes its census a little at a time: it lets go within moments.
      for (const until = Date.now() + BUSY_MS; !synced.ok && Date.now() < until && !context.signal.aborted; ) {
        await systemClock.sleep(BUSY_LOOK_MS, context.signal);
        synced = await attempt();
      }
      if (!synced.ok) throw new CommandError(EXIT.failed, t(context.lang, 'cli.error.busy'), 'busy');
      return synced.value;
    };
    let outcome = await bring({ full: flag(invocation, 'full'), accept: flag(invocation, 'yes') });
    if (await isAccepted(context, outcome)) {
      const { held } = outcome.notices;
      outcome = joined(outcome, await bring({ accept: true, part: 'changes' }), held);
    }
    if (context.signal.aborted) return EXIT.interrupted;
    const outbox = await sendWaiting(session, SENDING_MS);
    if (context.signal.aborted) return EXIT.interrupted;
    const doubles = await (await session.cache()).doubles();
    const failure = outcome.complete || !outcome.problem ? null : explain(new RemoteError(outcome.problem), context.lang);
    // One document whatever happens: what was brought before it failed, and the failure.
    if (context.json) writeJson(context, { ...syncJson(outcome, outbox), doubles, ...(failure === null ? {} : errorJson(failure)) });
    else if (failure === null) tell(context, outcome, outbox);
    if (doubles > 0 && !context.json) context.stderr.write(`${t(context.lang, 'outbox.doubles.told', { n: doubles })}\n`);
    if (failure !== null) {
      context.stderr.write(`kizashi: ${failure.message}\n`);
      return failure.code;
    }
    const partly = outcome.notices.held > 0 || outcome.unavailable.some((one) => one.kind === 'failed');
    return partly ? EXIT.partly : EXIT.done;
  });

/** Where many companies would leave at once and somebody sits before it, asks. */
async function isAccepted(context: Context, { complete, notices }: SyncOutcome): Promise<boolean> {
  if (!complete || notices.held === 0 || context.json || context.stdin.isTTY !== true || context.stderr.isTTY !== true) return false;
  const { ask } = await import('../ask.ts');
  const answer = await ask(context, t(context.lang, 'sync.held.ask', { n: notices.held }));
  return /^(y|yes|はい)$/i.test(answer.trim());
}

const joined = (first: SyncOutcome, second: SyncOutcome, removed: number): SyncOutcome => {
  const { companies = { read: 0, changed: 0, removed: 0 } } = first.objects;
  return {
    ...second,
    mode: first.mode,
    requests: first.requests + second.requests,
    retried: first.retried + second.retried,
    durationMs: first.durationMs + second.durationMs,
    objects: { ...first.objects, companies: { ...companies, removed: companies.removed + removed } },
    census: first.census,
  };
};

async function scopeFor(context: Context, invocation: Invocation, session: Session): Promise<Scope> {
  const own = scopeOf(session.profile.settings);
  const word = option(invocation, 'owner');
  const team = option(invocation, 'team');
  if ([flag(invocation, 'all'), word !== undefined, team !== undefined].filter(Boolean).length > 1)
    throw new CommandError(EXIT.usage, t(context.lang, 'sync.error.one_scope'));
  if (flag(invocation, 'all') || word === 'all') return WHOLE_PORTAL;
  if (team === undefined && (word === undefined || word === 'me')) {
    if (own === null) throw new NotConnectedError();
    return own;
  }
  const reply = await (await session.gateway()).owners();
  if (!reply.ok) throw new RemoteError(reply.error);
  if (team !== undefined) return teamNamed(context, reply.value, team);
  const key = (word ?? '').trim().toLowerCase();
  const found = reply.value.find((owner) => owner.id === key || owner.email?.toLowerCase() === key);
  if (found) return found.id;
  throw new CommandError(EXIT.usage, t(context.lang, 'cli.error.no_owner', { value: clean(word ?? '') }));
}

/** Sends what is due and counts what became of it. */
export async function sendWaiting(session: Session, waitMs: number): Promise<Sent> {
  const outbox = await session.outbox();
  const rows = await outbox.flush({ deadline: (session.profile.options.now() + waitMs) as Instant, signal: session.signal });
  const count = (...states: readonly string[]) => rows.filter((row) => states.includes(row.state)).length;
  return { sent: count('sent'), waiting: count('held', 'ready', 'sending', 'unknown'), failed: count('needs_you') };
}

function syncJson(outcome: SyncOutcome, outbox: Sent): Record<string, unknown> {
  const { mode, requests, retried, durationMs, objects, unavailable, complete, problem, census, notices } = outcome;
  return {
    mode,
    requests,
    retried,
    durationMs: Math.round(durationMs),
    objects,
    outbox,
    complete,
    census,
    notices,
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
  if (outcome.census !== null)
    stdout.write(`${t(lang, outcome.census.complete ? 'sync.census' : 'sync.census.rest', { requests: outcome.census.requests })}\n`);
  for (const text of noticeTexts(outcome.notices, lang)) stderr.write(`${text}\n`);
  for (const one of outcome.unavailable) {
    const because = one.kind === 'scope' ? t(lang, 'book.scope_missing', { scope: clean(one.scopes.join(' / ')) }) : cleanLine(one.message);
    stderr.write(`${t(lang, 'cli.sync.unavailable', { object: clean(one.object), because })}\n`);
  }
  if (outbox.sent + outbox.waiting + outbox.failed > 0) stdout.write(`${t(lang, 'cli.sync.sent', { ...outbox })}\n`);
}
