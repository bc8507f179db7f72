/** Why the score changed and when it last stood better. */
import type { AccountView } from '../../book/account-view.ts';
import { changeTitle, changeWords } from '../../book/change-words.ts';
import { gap, type Line, span } from '../../components/line.ts';
import { say } from '../../components/say.ts';
import { wrap } from '../../text/cells.ts';
import { formatDay } from '../../text/format.ts';
import type { Lang } from '../../text/messages/index.ts';
import { bandWord } from '../figures.ts';

/** At least so many cells for words beside a title. */
const LEAST_ROOM = 8;

export function changeLines({ change, lastBetter }: AccountView, width: number, lang: Lang): Line[] {
  const lines: Line[] = [];
  if (change) {
    lines.push([span(changeTitle(change, lang), 'strong')]);
    for (const text of wrap(changeWords(change, lang), Math.max(LEAST_ROOM, width - 1))) lines.push([gap(1), span(text)]);
  }
  if (lastBetter) {
    const { day, risk, band } = lastBetter;
    const text = say(lang, 'app.receipt.better', { band: bandWord(band, lang), day: formatDay(day, lang), n: risk });
    for (const part of wrap(text, width)) lines.push([span(part, 'quiet')]);
  }
  return lines;
}
