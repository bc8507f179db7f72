/** How the customer came to be what they are: products and plans over time, and what they say themselves. */
import type { AccountView } from '../../book/account-view.ts';
import { cutLine, gap, type Line, type Span, span } from '../../components/line.ts';
import { say } from '../../components/say.ts';
import { wrap } from '../../text/cells.ts';
import { cleanBlock, cleanLine, join, literal } from '../../text/clean.ts';
import { formatDay, formatMonth } from '../../text/format.ts';
import { isMessageKey, type Lang } from '../../text/messages/index.ts';
import { money, SEPARATOR } from '../figures.ts';
import { dateCell } from './timeline.ts';

/** A line a product: since when, until when, from what to what it pays; then the plans. */
export function historySection({ row, mrrByProduct, plans }: AccountView, width: number, lang: Lang): Line[] {
  const products = mrrByProduct.flatMap(({ label, months }): Line[] => {
    const paid = months.filter(({ mrr }) => mrr > 0);
    const [first, last] = [paid[0], paid.at(-1)];
    if (!first || !last) return [];
    const name = label === null ? say(lang, 'app.chart.noProduct') : cleanLine(label);
    const started =
      first === months[0]
        ? say(lang, 'account.since.before')
        : say(lang, 'account.since', { month: formatMonth(first.month, lang, 'full') });
    const gone = last !== months.at(-1);
    const amount = first.mrr === last.mrr ? money(last.mrr, row, lang) : `${money(first.mrr, row, lang)} → ${money(last.mrr, row, lang)}`;
    const line: Span[] = [
      gap(1),
      span(name),
      gap(2),
      span(started, 'quiet'),
      gap(2),
      span(literal(amount), last.mrr < first.mrr ? 'worse' : 'plain'),
    ];
    if (gone) line.push(gap(2), span(say(lang, 'account.until', { month: formatMonth(last.month, lang, 'full') }), 'worse'));
    return [cutLine(line, width)];
  });
  const names = plans.map(({ on, label }) => `${label === null ? '–' : cleanLine(label)} ${formatDay(on, lang)}`);
  const plan = names.length === 0 ? [] : wrap(literal(`${say(lang, 'account.plan')}  ${names.join(' → ')}`), Math.max(8, width - 1));
  const lines = [...products, ...plan.map((text): Line => [gap(1), span(text, 'quiet')])];
  return lines.length === 0 ? [] : [[span(say(lang, 'account.section.history'), 'strong')], ...lines];
}

const QUOTES_MOST = 12;
const QUOTE_LINES = 3;

/** Answers and quotes with the day, where they stand and the topics that they name. */
export function voiceSection({ voice }: AccountView, width: number, lang: Lang): Line[] {
  const lines: Line[] = [[span(say(lang, 'account.section.voice'), 'strong')]];
  if (voice.length === 0) lines.push([gap(1), span(say(lang, 'account.voice.none'), 'quiet')]);
  for (const { at, where, who, text, score, topics } of voice.slice(0, QUOTES_MOST)) {
    const about = [
      score === null ? say(lang, where === 'deal' ? 'account.deal' : `app.kind.${where}`) : literal(score),
      ...(who === null ? [] : [cleanLine(who)]),
      ...topics.map((topic) => topicWord(topic, lang)),
    ];
    lines.push(cutLine([gap(1), dateCell(at, lang), gap(2), span(join(about, SEPARATOR), 'quiet')], width));
    const words = wrap(literal(say(lang, 'account.quote', { text: cleanLine(cleanBlock(text, 600)) })), Math.max(8, width - 3));
    for (const part of words.slice(0, QUOTE_LINES)) lines.push([gap(3), span(part)]);
  }
  return lines;
}

/** Our own topics have names; a team's list is called as the policy calls it. */
function topicWord(topic: string, lang: Lang) {
  const key = `account.topic.${topic}`;
  return isMessageKey(key) ? say(lang, key) : cleanLine(topic);
}
