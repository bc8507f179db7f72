/** A whole number that an option was given. */
import { clean } from '../text/clean.ts';
import { t } from '../text/messages/index.ts';
import { type Context, type Invocation, option } from './context.ts';
import { CommandError, EXIT } from './exit.ts';

/** Null where the option was not given. Throws `CommandError` (2) for anything else than up to six digits. */
export function wholeOption(context: Pick<Context, 'lang'>, invocation: Invocation, name: string): number | null {
  const value = option(invocation, name);
  if (value === undefined) return null;
  if (!/^\d{1,6}$/.test(value))
    throw new CommandError(EXIT.usage, t(context.lang, 'cli.error.not_whole', { option: `--${name}`, value: clean(value) }));
  return Number(value);
}
