/** A whole number that an option was given. */
import { clean } from '../text/clean.ts';
import { t } from '../text/messages/index.ts';
import { type Context, type Invocation, option } from './context.ts';
import { CommandError, EXIT } from './exit.ts';

/** Null where the option was not given; `suffix` may follow the digits. Throws `CommandError` (2) for anything else. */
export function wholeOption(context: Pick<Context, 'lang'>, invocation: Invocation, name: string, suffix = ''): number | null {
  const value = option(
    invocation,
    name.replace(/-(\w)/g, (_, letter: string) => letter.toUpperCase()),
  );
  if (value === undefined) return null;
  const text = suffix !== '' && value.endsWith(suffix) ? value.slice(0, -suffix.length) : value;
  if (/^\d{1,6}$/.test(text)) return Number(text);
  throw new CommandError(EXIT.usage, t(context.lang, 'cli.error.not_whole', { option: `--${name}`, value: clean(value) }));
}
