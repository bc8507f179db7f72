/** Keeps the demo portal running, for anybody who wants to look at it by HTTP. */
import { clean } from '../../text/clean.ts';
import { t } from '../../text/messages/index.ts';
import { DEMO_TOKEN, reachDemo } from '../../workspace/demo.ts';
import { demoDay } from '../../workspace/session.ts';
import { option, type Run } from '../context.ts';
import { profileOf } from '../desk.ts';
import { CommandError, EXIT } from '../exit.ts';
import { writeJson } from '../print.ts';

const PORT = /^\d{1,5}$/;

export const run: Run = async (context, invocation) => {
  if (!context.demo) throw new CommandError(EXIT.usage, t(context.lang, 'cli.error.serve'));
  const port = option(invocation, 'port') ?? '0';
  if (!PORT.test(port) || Number(port) > 65_535)
    throw new CommandError(EXIT.usage, t(context.lang, 'cli.error.not_whole', { option: '--port', value: clean(port) }));
  const profile = profileOf(context);
  const portal = await reachDemo(profile.paths.demoDir, demoDay(profile), profile.options.now, Number(port));
  try {
    if (context.json) writeJson(context, { url: portal.url, token: DEMO_TOKEN });
    else context.stdout.write(`${t(context.lang, 'cli.serve.at', { url: portal.url, token: DEMO_TOKEN })}\n`);
    await new Promise<void>((resolve) => {
      if (context.signal.aborted) resolve();
      context.signal.addEventListener('abort', () => resolve(), { once: true });
    });
  } finally {
    await portal.close();
  }
  return EXIT.interrupted;
};
