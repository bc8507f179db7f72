/** Where settings, store and log are. */

import { padEnd } from '../../text/cells.ts';
import { clean, cleanLine, literal } from '../../text/clean.ts';
import { t } from '../../text/messages/index.ts';
import type { Run } from '../context.ts';
import { profileOf } from '../desk.ts';
import { CommandError, EXIT } from '../exit.ts';
import { writeJson } from '../print.ts';

export const run: Run = async (context, invocation) => {
  const [action = ''] = invocation.args;
  if (action !== 'path')
    throw new CommandError(EXIT.usage, t(context.lang, 'cli.error.bad_action', { value: clean(action), allowed: 'path' }));
  const { paths } = profileOf(context);
  const files = { settings: paths.settingsFile, cache: paths.cacheDb, local: paths.localDb, log: paths.logFile };
  if (context.json) writeJson(context, files);
  else {
    for (const [name, file] of Object.entries(files) as [keyof typeof files, string][]) {
      context.stdout.write(`${padEnd(literal(t(context.lang, `cli.config.${name}`)), 20)} ${cleanLine(file)}\n`);
    }
  }
  return EXIT.done;
};
