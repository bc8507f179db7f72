/** Opens the app; where the output is no terminal, prints the list instead. */
import { t } from '../../text/messages/index.ts';
import type { Session } from '../../workspace/session.ts';
import type { Context, Run } from '../context.ts';
import { asLines, profileOf, withRows } from '../desk.ts';
import { EXIT } from '../exit.ts';
import { hasScreen, setUp } from '../setup.ts';
import { run as list } from './list.ts';

export const run: Run = async (context, invocation) => {
  if (!hasScreen(context)) {
    const isTerminal = context.stdin.isTTY === true && context.stdout.isTTY === true;
    if (isTerminal && !context.json) context.stderr.write(`${t(context.lang, 'cli.app.no_terminal')}\n`);
    return list(context, invocation);
  }
  if (context.demo || context.offline || profileOf(context).connected) return openBook(context);
  return throughSetup(context, {}, null);
};

/** Setting up, then the book; the exit code where somebody left before the end. */
export async function throughSetup(context: Context, answers: Parameters<typeof setUp>[1], goTo: string | null): Promise<number> {
  const { SET_UP } = await import('../../app/leave.ts');
  const code = await setUp(context, answers, goTo);
  return code === SET_UP ? openBook(context) : code;
}

/** The book, and setting up where it is asked for from there, until somebody leaves. */
async function openBook(context: Context): Promise<number> {
  const { SET_UP, TO_SETUP } = await import('../../app/leave.ts');
  for (;;) {
    const left = await onceInBook(context);
    if (left.code !== TO_SETUP) return left.code;
    const code = await setUp(context, {}, left.drifted);
    if (code !== SET_UP && code !== EXIT.done) return code;
  }
}

async function onceInBook(context: Context): Promise<{ readonly code: number; readonly drifted: string | null }> {
  let drifted: string | null = null;
  const code = await withRows(context, async (session) => {
    const [runApp, { openWorkspace }, { TO_SETUP }] = await Promise.all([
      appRunner(context),
      import('../../open.ts'),
      import('../../app/leave.ts'),
    ]);
    const workspace = await openWorkspace(session.profile, { lang: context.lang, worker: context.worker });
    try {
      const left = await runApp(workspace, {
        lang: context.lang,
        env: context.env,
        personal: session.profile.personal,
        logPath: session.profile.paths.logFile,
        onError: (error) => session.log.error('app', { error }),
      });
      if (left === TO_SETUP) drifted = await firstDrifted(session);
      return left;
    } finally {
      await workspace.close();
    }
  });
  return { code, drifted };
}

/** The first key of the mapping that has drifted: where setting up begins. */
async function firstDrifted(session: Session): Promise<string | null> {
  const { keptDrift } = await import('../../workspace/drift.ts');
  return (await keptDrift(await session.cache(), session.profile.settings.mapping))[0]?.key ?? null;
}

/** A screen, or lines for whoever wants none: only one of them is loaded. */
const appRunner = async (context: Context) =>
  asLines(context) ? (await import('../../app/plain/start.ts')).tellApp : (await import('../../app/start.ts')).runApp;
