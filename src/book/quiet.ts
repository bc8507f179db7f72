/** The feeds that have fallen silent, in one line. */
import type { QuietFeed } from '../scoring/feeds.ts';
import { formatDay } from '../text/format.ts';
import { type Lang, t } from '../text/messages/index.ts';

/** Null where every connected feed speaks. Raw: what is missing is named by HubSpot. */
export function quietLine(feeds: readonly QuietFeed[], lang: Lang): string | null {
  if (feeds.length === 0) return null;
  const parts = feeds.map(({ feed, state, since, missing }) => {
    const name = t(lang, `book.feed.${feed}`);
    if (missing !== null) return t(lang, 'book.quiet.missing', { name, missing });
    return since === null ? t(lang, 'book.quiet.never', { name }) : t(lang, `book.quiet.${state}`, { name, since: formatDay(since, lang) });
  });
  return t(lang, 'book.quiet', { feeds: parts.join(t(lang, 'book.quiet.and')) });
}
