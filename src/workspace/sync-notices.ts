/** What a sync found out about the portal that a person should know, in words. */
import type { Notices } from '../data/store/types.ts';
import { clean } from '../text/clean.ts';
import { type Lang, t } from '../text/messages/index.ts';

/** Most urgent first. */
export function noticeTexts({ held, alarms }: Notices, lang: Lang): string[] {
  return [
    ...(held > 0 ? [t(lang, 'sync.held', { n: held })] : []),
    ...alarms.map(({ object, missed }) => t(lang, 'sync.alarm', { object: clean(object), missed })),
  ];
}
