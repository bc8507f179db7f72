/** Whether somebody wants to be told, not shown. */
import { DEFAULT_PERSONAL, type Personal } from './settings.ts';

/** `INK_SCREEN_READER` as other programs have it, before what the settings say. */
export function wantsLines(
  env: Readonly<Record<string, string | undefined>>,
  { screenReader }: Pick<Personal, 'screenReader'> = DEFAULT_PERSONAL,
): boolean {
  const wish = env.INK_SCREEN_READER?.toLowerCase() ?? '';
  return wish === '' ? screenReader : wish !== 'false' && wish !== '0';
}
