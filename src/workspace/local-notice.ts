/** What had to be mended in `local.db`, in words: never a silent new beginning. */
import type { LocalNotice } from '../data/store/local.ts';
import { cleanLine } from '../text/clean.ts';
import { type Lang, t } from '../text/messages/index.ts';

export function localNoticeText(notice: LocalNotice | null, lang: Lang): string | null {
  if (notice === null) return null;
  const from = notice.backup === null ? '–' : cleanLine(notice.backup);
  return t(lang, `data.local.${notice.kind}`, { from, aside: notice.setAside === null ? '–' : cleanLine(notice.setAside) });
}
