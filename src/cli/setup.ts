/** Sets up a portal on a screen. */
import type { SetupAnswers } from '../workspace/setup-types.ts';
import type { Context } from './context.ts';
import { asLines, profileOf } from './desk.ts';

/** Whether there is a terminal to sit at, and nobody asked for anything else; lines need none that can draw. */
export const hasScreen = (context: Context): boolean => {
  const { stdin, stdout, env, json } = context;
  return stdin.isTTY === true && stdout.isTTY === true && !json && (env.TERM !== 'dumb' || asLines(context));
};

/** Gives the exit code, or `SET_UP`; `goTo`: straight to this key of the mapping. */
export async function setUp(context: Context, answers: Partial<SetupAnswers>, goTo: string | null): Promise<number> {
  const profile = profileOf(context);
  const [runSetup, { openSetup }, { createLog, logLevel }] = await Promise.all([
    asLines(context) ? import('../app/plain/start.ts').then((one) => one.tellSetup) : import('../app/start.ts').then((one) => one.runSetup),
    import('../workspace/setup.ts'),
    import('../settings/log.ts'),
  ]);
  const log = createLog({ file: profile.paths.logFile, level: logLevel(profile.options.env, profile.options.verbose) });
  const setup = await openSetup(profile, { lang: context.lang, signal: context.signal, answers });
  try {
    return await runSetup(setup, goTo, {
      lang: context.lang,
      env: context.env,
      personal: profile.personal,
      logPath: profile.paths.logFile,
      onError: (error) => log.error('setup', { error }),
    });
  } finally {
    await setup.close();
  }
}
