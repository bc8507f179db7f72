/** What a person reads, by its key. */
import type { MessageKey } from './all.ts';
import { formOf } from './forms.ts';

export type { MessageKey } from './all.ts';
export { isMessageKey } from './forms.ts';

export type Lang = 'en' | 'ja';

export type MessageParams = Readonly<Record<string, string | number>>;

/** The message in `lang` with its parameters put in. A parameter that is text from outside must be clean already. */
export function t(lang: Lang, key: MessageKey, params: MessageParams = {}): string {
  const form = formOf(lang, key);
  const template = typeof form === 'string' ? form : params.n === 1 ? form.one : form.other;
  return template.replace(/\{(\w+)\}/g, (_, name: string) => String(params[name] ?? ''));
}
