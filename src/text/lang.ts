/** Which language a person reads. Machine formats never change with it. */
import type { Lang } from './messages/index.ts';

/** `en` or `ja`, null for anything else. */
export const parseLang = (text: string): Lang | null => (text === 'en' || text === 'ja' ? text : null);

/**
 * The flag, else the setting, else the first of LC_ALL, LC_MESSAGES and LANG that is set (as POSIX ranks them), else
 * English. A locale in any other language reads English.
 */
export function chooseLang(choice: {
  readonly flag?: Lang | null | undefined;
  readonly setting?: Lang | null | undefined;
  readonly env: Readonly<Record<string, string | undefined>>;
}): Lang {
  if (choice.flag) return choice.flag;
  if (choice.setting) return choice.setting;
  const locale = choice.env.LC_ALL || choice.env.LC_MESSAGES || choice.env.LANG || '';
  return /^ja(?:[_.@-]|$)/i.test(locale) ? 'ja' : 'en';
}
