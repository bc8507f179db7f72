/** Where settings, policy, store and log are, and which file is the policy. */
import { resolve } from 'node:path';
import { saveSettings } from '../../settings/settings.ts';
import { padEnd } from '../../text/cells.ts';
import { clean, cleanLine, literal } from '../../text/clean.ts';
import { t } from '../../text/messages/index.ts';
import { SettingsError } from '../../workspace/errors.ts';
import { policyFileOf } from '../../workspace/policy.ts';
import type { Context, Run } from '../context.ts';
import { profileOf } from '../desk.ts';
import { CommandError, EXIT } from '../exit.ts';
import { writeJson } from '../print.ts';

export const run: Run = async (context, { args: [action = '', key, value] }) => {
  switch (action) {
    case 'path':
      return paths(context);
    case 'get':
      checkKey(context, key);
      return get(context);
    case 'set':
      checkKey(context, key);
      if (value === undefined) throw new CommandError(EXIT.usage, t(context.lang, 'cli.error.config_value'));
      return set(context, value);
    default:
      throw new CommandError(EXIT.usage, t(context.lang, 'cli.error.bad_action', { value: clean(action), allowed: 'path, get, set' }));
  }
};

/** The one setting that people change by hand. */
const KEY = 'policyFile';

function checkKey({ lang }: Context, key = ''): void {
  if (key !== KEY) throw new CommandError(EXIT.usage, t(lang, 'cli.error.config_key', { value: clean(key), allowed: KEY }));
}

function get(context: Context): number {
  const file = policyFileOf(profileOf(context));
  if (context.json) writeJson(context, { [KEY]: file });
  else context.stdout.write(`${cleanLine(file)}\n`);
  return EXIT.done;
}

/** Kept as a whole path, so that it means the same from everywhere; an empty one goes back to the profile's own file. */
async function set(context: Context, value: string): Promise<number> {
  const { paths: files } = profileOf(context);
  const saved = await saveSettings(files.settingsFile, files.profile, { policyFile: value === '' ? null : resolve(value) });
  if (!saved.ok) throw new SettingsError(saved.error);
  return get(context);
}

function paths(context: Context): number {
  const profile = profileOf(context);
  const { settingsFile, cacheDb, localDb, logFile } = profile.paths;
  const files = { settings: settingsFile, policy: policyFileOf(profile), cache: cacheDb, local: localDb, log: logFile };
  if (context.json) writeJson(context, files);
  else {
    for (const [name, file] of Object.entries(files) as [keyof typeof files, string][]) {
      context.stdout.write(`${padEnd(literal(t(context.lang, `cli.config.${name}`)), 20)} ${cleanLine(file)}\n`);
    }
  }
  return EXIT.done;
}
