/** Where settings, policy, store and log are, and what a person chose: shown, set, edited. */
import { resolve } from 'node:path';
import { PERSONAL_SCHEMA } from '../../settings/schema.ts';
import { DEFAULT_PERSONAL, type Personal, savePersonal, saveSettings } from '../../settings/settings.ts';
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
      return get(context, key === undefined ? null : keyOf(context, key));
    case 'set':
      return set(context, keyOf(context, key ?? ''), value);
    case 'edit':
      return (await import('../config-edit.ts')).edit(context);
    default:
      throw new CommandError(
        EXIT.usage,
        t(context.lang, 'cli.error.bad_action', { value: clean(action), allowed: 'path, get, set, edit' }),
      );
  }
};

/** Of the profile: the others are the same for all profiles. */
const POLICY = 'policyFile';
const UNDO = 'undoSeconds';
const UNDO_MOST = 600;
const REMAP = /^keys\.(.+)$/;

type PersonalKey = Exclude<keyof Personal, 'keys' | 'views'>;
const PERSONAL = Object.keys(DEFAULT_PERSONAL).filter((key): key is PersonalKey => key !== 'keys' && key !== 'views');
const KEYS: readonly string[] = [POLICY, UNDO, ...PERSONAL, 'keys'];

function keyOf({ lang }: Context, key: string): string {
  if (KEYS.includes(key) || REMAP.test(key)) return key;
  throw new CommandError(EXIT.usage, t(lang, 'looks.config.keys', { value: clean(key), allowed: KEYS.join(', ') }));
}

/** What is in force, defaults included. */
function valuesOf(context: Context): Readonly<Record<string, unknown>> {
  const profile = profileOf(context);
  // Saved filters are made in the app.
  const { views: _views, ...personal } = profile.personal;
  return { [POLICY]: policyFileOf(profile), [UNDO]: profile.settings.undoSeconds, ...personal };
}

function get(context: Context, key: string | null): number {
  const values = valuesOf(context);
  const remap = key === null ? undefined : REMAP.exec(key)?.[1];
  const shown = key === null ? values : { [key]: remap === undefined ? values[key] : ((values.keys as Personal['keys'])[remap] ?? null) };
  if (context.json) writeJson(context, shown);
  else for (const [name, value] of Object.entries(shown)) context.stdout.write(line(name, value, key !== null));
  return EXIT.done;
}

const inWords = (value: unknown): string => (typeof value === 'string' ? value : JSON.stringify(value));

const line = (name: string, value: unknown, alone: boolean): string =>
  `${alone ? '' : `${padEnd(literal(name), 20)} `}${cleanLine(inWords(value))}\n`;

async function set(context: Context, key: string, value: string | undefined): Promise<number> {
  if (value === undefined || key === 'keys') {
    const named = key === 'keys' ? 'keys.note.add' : key;
    throw new CommandError(EXIT.usage, t(context.lang, 'looks.config.value', { key: named }));
  }
  const { paths: files, personal } = profileOf(context);
  const remap = REMAP.exec(key)?.[1];
  const saved =
    remap !== undefined
      ? await savePersonal(files.personalFile, { keys: await remapped(context, personal.keys, remap, value) })
      : key === POLICY
        ? // Kept as a whole path, so that it means the same from everywhere; an empty one goes back to the profile's own file.
          await saveSettings(files.settingsFile, files.profile, { policyFile: value === '' ? null : resolve(value) })
        : key === UNDO
          ? await saveSettings(files.settingsFile, files.profile, { undoSeconds: seconds(context, value) })
          : await savePersonal(files.personalFile, { [key]: chosen(context, key as PersonalKey, value) });
  if (!saved.ok) throw new SettingsError(saved.error);
  return get(context, key);
}

function seconds({ lang }: Context, value: string): number {
  const found = Number(value);
  if (value.trim() !== '' && found >= 0 && found <= UNDO_MOST) return found;
  throw new CommandError(EXIT.usage, t(lang, 'looks.config.bad', { key: UNDO, value: clean(value), allowed: `0–${UNDO_MOST}` }));
}

/** The value that `text` stands for: `on` and `off` do for true and false, an empty one goes back to the default. */
function chosen({ lang }: Context, key: PersonalKey, text: string): Personal[PersonalKey] {
  if (text === '') return DEFAULT_PERSONAL[key];
  const schema = PERSONAL_SCHEMA[key];
  if (schema?.type === 'array') return listed(lang, key, text, schema.items?.enum ?? []) as Personal[PersonalKey];
  const options: readonly unknown[] = schema?.enum ?? [true, false];
  const word = text === 'on' ? 'true' : text === 'off' ? 'false' : text;
  const found = options.find((one) => String(one) === word);
  if (found === undefined)
    throw new CommandError(EXIT.usage, t(lang, 'looks.config.bad', { key, value: clean(text), allowed: options.map(String).join(', ') }));
  return found as Personal[PersonalKey];
}

/** Several of `options` with commas between them. */
function listed(lang: Context['lang'], key: string, text: string, options: readonly unknown[]): readonly string[] {
  const found = text.split(',').map((one) => one.trim());
  const odd = found.find((one) => !options.includes(one));
  if (odd === undefined) return found;
  throw new CommandError(EXIT.usage, t(lang, 'looks.config.bad', { key, value: clean(odd), allowed: options.map(String).join(', ') }));
}

/** Keys stand with commas between them; none gives the action its own ones back. */
async function remapped({ lang }: Context, before: Personal['keys'], id: string, value: string): Promise<Personal['keys']> {
  const { [id]: _, ...others } = before;
  if (value === '') return others;
  const keys = value === ',' ? [','] : value.split(',').map((one) => one.trim());
  const next = { ...others, [id]: keys.filter((one) => one !== '') };
  const [{ checkRemaps, remapText }, { actions }] = await Promise.all([import('../../app/remap.ts'), import('../../app/actions.ts')]);
  const [problem] = checkRemaps(actions, next).problems;
  if (problem) throw new CommandError(EXIT.usage, remapText(problem, lang));
  return next;
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
