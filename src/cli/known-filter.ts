/** Filters whose words the policy knows: a mistyped one is told, where it would silently choose nobody. */
import type { BookFilter } from '../book/filters.ts';
import type { Policy } from '../policy.ts';
import { nearest } from '../rules/near.ts';
import { clean } from '../text/clean.ts';
import { t } from '../text/messages/index.ts';
import { searchKey } from '../text/search.ts';
import type { Context } from './context.ts';
import { CommandError, EXIT } from './exit.ts';

/** The policy's signal of that id; ends the command (2) where there is none. */
export function signalNamed<Signal extends { readonly id: string }>(
  { lang }: Pick<Context, 'lang'>,
  signals: readonly Signal[],
  word: string,
): Signal {
  const found = signals.find(({ id }) => id === word);
  if (found) return found;
  const near = nearest(
    word,
    signals.map(({ id }) => id),
  );
  const value = clean(word);
  throw new CommandError(
    EXIT.usage,
    near === null ? t(lang, 'quiet.error.signal', { value }) : t(lang, 'quiet.error.signal_near', { value, near }),
  );
}

/** Ends the command (2) where the policy has no such signal or customer grade. */
export function checkFilter(
  context: Pick<Context, 'lang'>,
  { signals, customerGrades = [] }: Pick<Policy, 'signals' | 'customerGrades'>,
  { signal, customerGrade }: Pick<BookFilter, 'signal' | 'customerGrade'>,
): void {
  if (signal !== undefined) signalNamed(context, signals, signal);
  if (customerGrade === undefined || customerGrades.some(({ name }) => searchKey(name) === searchKey(customerGrade))) return;
  if (customerGrades.length === 0) throw new CommandError(EXIT.usage, t(context.lang, 'cli.error.no_grades'));
  const allowed = customerGrades.map(({ name }) => clean(name)).join(', ');
  const params = { option: '--customer-grade', value: clean(customerGrade), allowed };
  throw new CommandError(EXIT.usage, t(context.lang, 'cli.error.not_among', params));
}
