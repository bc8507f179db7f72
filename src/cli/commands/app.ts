/** Opens the app; where the output is no terminal, prints the list instead. */
import { t } from '../../text/messages/index.ts';
import type { Run } from '../context.ts';
import { withDesk } from '../desk.ts';
import { run as list } from './list.ts';

export const run: Run = async (context, invocation) => {
  const isTerminal = context.stdin.isTTY === true && context.stdout.isTTY === true;
  if (!isTerminal || context.json || context.env.TERM === 'dumb') {
    if (isTerminal && !context.json) context.stderr.write(`${t(context.lang, 'cli.app.no_terminal')}\n`);
    return list(context, invocation);
  }
  return withDesk(context, async (_desk, session) => {
    const [{ runApp }, { openWorkspace }] = await Promise.all([import('../../app/start.tsx'), import('../../open.ts')]);
    const workspace = await openWorkspace(session.profile, { lang: context.lang, worker: context.worker });
    try {
      return await runApp(workspace, {
        lang: context.lang,
        env: context.env,
        logPath: session.profile.paths.logFile,
        onError: (error) => session.log.error('app', { error }),
      });
    } finally {
      await workspace.close();
    }
  });
};
