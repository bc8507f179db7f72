/** Writes the scores of the book to properties of HubSpot's companies. */
import { AS_OF_PROPERTY, type ScoreChange } from '../../book/score-values.ts';
import { systemClock } from '../../data/outbox/clock.ts';
import { WHOLE_PORTAL } from '../../data/store/types.ts';
import { clean, cleanLine } from '../../text/clean.ts';
import { t } from '../../text/messages/index.ts';
import { apiText } from '../../workspace/api-text.ts';
import type { Desk } from '../../workspace/desk.ts';
import { RemoteError } from '../../workspace/errors.ts';
import { type PushFailure, type PushOutcome, pushScores, ScorePropertiesError } from '../../workspace/score-push.ts';
import type { Session } from '../../workspace/session.ts';
import { type Context, flag, type Invocation, type Run } from '../context.ts';
import { withDesk } from '../desk.ts';
import { CommandError, EXIT } from '../exit.ts';
import { writeJson } from '../print.ts';
import { refuseOtherDay } from '../submit.ts';

export const run: Run = (context, invocation) => {
  const [action = ''] = invocation.args;
  if (action !== 'push')
    throw new CommandError(EXIT.usage, t(context.lang, 'cli.error.bad_action', { value: clean(action), allowed: 'push' }));
  return withDesk(context, async (desk, session) => {
    const dryRun = flag(invocation, 'dryRun');
    if (!dryRun) refuseOtherDay(context, desk);
    const outcome = await push(context, invocation, desk, session, dryRun);
    // Nothing at all was written: the one thing that stood in the way is what there is to tell.
    if (outcome.stopped !== null && outcome.changed === 0) throw new RemoteError(outcome.stopped);
    if (context.json) writeJson(context, outcomeJson(context, outcome, dryRun));
    else tell(context, outcome, dryRun);
    if (outcome.failed.length === 0) return EXIT.done;
    return outcome.changed + outcome.unchanged > 0 ? EXIT.partly : EXIT.failed;
  });
};

async function push(context: Context, invocation: Invocation, desk: Desk, session: Session, dryRun: boolean): Promise<PushOutcome> {
  const [book, cache, gateway] = [await desk.book(), await session.cache(), await session.gateway()];
  const labels = new Map(desk.inForce.policy.signals.map(({ id, label }) => [id, label]));
  const ports = {
    gateway,
    clock: systemClock,
    signal: session.signal,
    pushed: () => cache.pushedScores(),
    keep: cache.keepPushed,
  };
  const progress = progressLine(context);
  try {
    return await pushScores(ports, {
      rows: book.rows,
      context: { asOf: book.asOf, policy: book.policy, labels, withTier: desk.scope === WHOLE_PORTAL, lang: context.lang },
      dryRun,
      create: flag(invocation, 'createProperties'),
      full: flag(invocation, 'full'),
      onProgress: progress.show,
    });
  } catch (error) {
    if (!(error instanceof ScorePropertiesError)) throw error;
    const names = error.names.map((name) => clean(name)).join(', ');
    throw new CommandError(EXIT.failed, t(context.lang, `scores.error.${error.kind}`, { names }), `properties_${error.kind}`);
  } finally {
    progress.clear();
  }
}

function progressLine({ stderr, env, lang }: Context): {
  readonly show: (done: number, total: number) => void;
  readonly clear: () => void;
} {
  if (!stderr.isTTY || env.TERM === 'dumb') return { show: () => undefined, clear: () => undefined };
  return {
    show: (done, total) => stderr.write(`\r\u001b[K${t(lang, 'scores.progress', { done, total })}`),
    clear: () => stderr.write('\r\u001b[K'),
  };
}

function outcomeJson(context: Context, outcome: PushOutcome, dryRun: boolean): Record<string, unknown> {
  const { changed, unchanged, failed, requests, diff, missing } = outcome;
  return {
    changed,
    unchanged,
    failed: failed.map((failure) => ({ id: failure.id, because: becauseText(context, failure) })),
    requests,
    ...(dryRun ? { missing, diff: diff.map(({ id, name, changes }) => ({ id, name, changes })) } : {}),
  };
}

function becauseText({ lang }: Context, { because }: PushFailure): string {
  if (because === null) return t(lang, 'scores.because.silent');
  return typeof because === 'string' ? cleanLine(because) : apiText(because, lang, systemClock.now());
}

function tell(context: Context, outcome: PushOutcome, dryRun: boolean): void {
  const { lang, stdout, stderr } = context;
  const { changed, unchanged, failed, requests, diff, missing } = outcome;
  if (dryRun) for (const { id, name, changes } of diff) stdout.write(`${clean(id)}  ${clean(name)}\n${changes.map(changeLine).join('')}`);
  if (missing.length > 0) stderr.write(`${t(lang, 'scores.missing', { names: missing.join(', ') })}\n`);
  stdout.write(`${t(lang, dryRun ? 'scores.dry' : 'scores.done', { changed, unchanged, failed: failed.length, requests })}\n`);
  for (const failure of failed) stderr.write(`${clean(failure.id)}  ${clean(failure.name)}: ${becauseText(context, failure)}\n`);
}

const shown = (value: string | null): string => (value === null || value === '' ? '–' : cleanLine(value));

/** The day goes along with every change: it is no news. */
const changeLine = ({ property, from, to }: ScoreChange): string =>
  property === AS_OF_PROPERTY ? '' : `  ${property}: ${shown(from)} → ${shown(to)}\n`;
