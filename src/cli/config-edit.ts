/** The settings file in the person's own editor: what is wrong is told before it can do harm, and not lost. */
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { resolvePaths } from '../settings/paths.ts';
import { checkSettings, replaceSettings } from '../settings/settings.ts';
import { cleanLine } from '../text/clean.ts';
import { t } from '../text/messages/index.ts';
import { SettingsError } from '../workspace/errors.ts';
import type { Context } from './context.ts';
import { CommandError, EXIT } from './exit.ts';
import { explain } from './explain.ts';

const EMPTY = `${JSON.stringify({ version: 1 }, null, '\t')}\n`;

const textOf = (file: string): string | null => {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return null;
  }
};

/** Does not read the settings first: it is also how a broken file is mended. */
export async function edit(context: Context): Promise<number> {
  const { lang } = context;
  const found = resolvePaths({ home: context.home ?? undefined, profile: context.profile, demo: context.demo });
  if (!found.ok) throw new CommandError(EXIT.usage, t(lang, 'cli.error.bad_profile', { value: cleanLine(found.error.profile) }));
  const { personalFile: settingsFile } = found.value;
  const draft = `${settingsFile}.rejected`;
  const before = textOf(settingsFile);
  const { editOutside } = await import('../app/external-editor.ts');
  const edited = await editOutside(textOf(draft) ?? before ?? EMPTY, context.env, (run) => run(), 'settings.json');
  if (!edited.ok)
    throw new CommandError(EXIT.failed, t(lang, edited.because === 'no-editor' ? 'looks.config.noEditor' : 'looks.config.editorFailed'));
  if (edited.text === before) return said(context, 'same');
  const problem = await problemOf(context, edited.text, settingsFile);
  if (problem !== null) {
    mkdirSync(dirname(draft), { recursive: true, mode: 0o700 });
    writeFileSync(draft, edited.text, { mode: 0o600 });
    throw new CommandError(EXIT.failed, t(lang, 'looks.config.rejected', { problem, draft: cleanLine(draft) }));
  }
  const taken = replaceSettings(edited.text, settingsFile);
  if (!taken.ok) throw new SettingsError(taken.error);
  rmSync(draft, { force: true });
  return said(context, 'taken');
}

function said({ stderr, lang }: Context, what: 'same' | 'taken'): number {
  stderr.write(`${t(lang, `looks.config.${what}`)}\n`);
  return EXIT.done;
}

/** What is wrong with `text`, in words; null where it can be taken. */
async function problemOf({ lang }: Context, text: string, file: string): Promise<string | null> {
  const checked = checkSettings(text, file);
  if (!checked.ok) return explain(new SettingsError(checked.error), lang).message;
  const [{ checkRemaps, remapText }, { actions }] = await Promise.all([import('../app/remap.ts'), import('../app/actions.ts')]);
  const [odd] = checkRemaps(actions, checked.value.keys).problems;
  return odd ? remapText(odd, lang) : null;
}
