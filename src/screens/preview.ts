/** The account under the cursor beside the list: what its row knows, in full sentences. Pure. */
import { type BookRow, shown } from '../book/row.ts';
import { cutLine, emptyLine, gap, type Line, linkSpan, span, spread } from '../components/line.ts';
import { say } from '../components/say.ts';
import { wrap } from '../text/cells.ts';
import { type Clean, cleanLine, literal } from '../text/clean.ts';
import { formatDay, formatDays, formatSigned } from '../text/format.ts';
import type { Lang } from '../text/messages/index.ts';
import { bandCell, changeCell, contractWords, inWords, money, riskChangeCell, UNKNOWN } from './figures.ts';

export function previewLines(row: BookRow, width: number, lang: Lang, moved: Clean | null = null): Line[] {
  const band = bandCell(row.band, lang, true);
  const move = riskChangeCell(row.riskChange7d);
  const change = changeCell(row);
  const about = [shown(row, 'plan'), shown(row, 'industry'), row.domain]
    .flatMap((text) => (text === null ? [] : [cleanLine(text)]))
    .join(' · ');
  const wrapped = (text: string, indent: number): Line[] =>
    wrap(literal(text), width - indent - 1).map((part) => [gap(indent), span(part)]);
  const lines: Line[] = [
    [linkSpan(cleanLine(row.name), 'strong', row.url)],
    [span(literal(about), 'quiet')],
    emptyLine,
    [
      span(literal(`${row.risk} ${band.text} `), band.tone),
      span(move.text, move.tone),
      span(literal(` · ${row.riskRange[0]}–${row.riskRange[1]} · ${row.grade}`), 'quiet'),
    ],
    [
      span(literal('MRR '), 'quiet'),
      span(row.mrr === null ? UNKNOWN : money(row.mrr, row, lang), 'strong'),
      gap(1),
      span(change.text, change.tone),
      span(literal(` ${say(lang, 'app.fact.months3')}`), 'quiet'),
    ],
  ];
  if (moved !== null) lines.push(...wrapped(`${say(lang, 'morning.preview.moved')} ${moved}`, 0));
  if (row.expectedLoss !== null)
    lines.push([span(literal(`${say(lang, 'app.fact.loss')} `), 'quiet'), span(money(row.expectedLoss, row, lang))]);
  lines.push(...wrapped(`${say(lang, 'app.fact.contract')} ${contractWords(row, lang)}`, 0));
  if (row.lastUsedAt !== null && row.daysSinceLastUse !== null) {
    const used = `${formatDay(row.lastUsedAt, lang, 'short')} (${formatDays(row.daysSinceLastUse, lang)})`;
    lines.push([span(literal(`${say(lang, 'app.fact.lastUse')} `), 'quiet'), span(literal(used))]);
  }
  const signals = row.signals.filter((signal) => !signal.dismissed);
  if (signals.length > 0) lines.push(emptyLine, [span(say(lang, 'app.column.why'), 'strong')]);
  for (const signal of signals) {
    const [first = literal(''), ...more] = wrap(inWords(signal.evidence, lang), width - 8);
    const points = span(literal(formatSigned(signal.points, 1)), signal.points > 0 ? 'worse' : 'better');
    lines.push(spread([gap(1), span(first)], [points], width), ...more.map((part): Line => [gap(1), span(part)]));
  }
  return lines.map((line) => cutLine(line, width));
}
