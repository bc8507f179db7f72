/** The accounts behind a bar or a cell, with what they paid before and after. Pure. */
import type { RevenueQuestion } from '../../book/revenue-answers.ts';
import type { AccountBehind } from '../../book/revenue-behind.ts';
import type { Behind } from '../../book/revenue-listed.ts';
import { cutLine, emptyLine, gap, type Line, span } from '../../components/line.ts';
import { say } from '../../components/say.ts';
import { cell } from '../../components/table.ts';
import { type Clean, literal } from '../../text/clean.ts';
import type { Lang } from '../../text/messages/index.ts';
import type { Money } from '../../units/money.ts';
import { type Answers, answerTo, clampRow, missing, moneyWords, nameWords, titleLine, walkTable } from './kit.ts';

export interface BehindInput {
  readonly of: Behind;
  readonly title: Clean;
  readonly row: number;
  readonly answers: Answers;
  readonly width: number;
  readonly height: number;
  readonly lang: Lang;
}

export const behindQuestion = (of: Behind): RevenueQuestion & { readonly ask: 'behind' } => ({ ask: 'behind', of });

export const behindRows = (answers: Answers, of: Behind): readonly AccountBehind[] =>
  answerTo(answers, behindQuestion(of))?.data.rows ?? [];

export function behindLines(input: BehindInput): Line[] {
  const { of, title, row, answers, width, height, lang } = input;
  const answer = answerTo(answers, behindQuestion(of));
  const instead = missing(answer, title, { ...input, place: { view: 0, back: 0, row } });
  if (instead || !answer) return instead ?? [];
  const { rows, count, before, after } = answer.data;
  const amount = (value: number, signed = false): Clean => moneyWords(value as Money, answer.currency, lang, signed);
  const change = (one: { readonly before: number; readonly after: number }) => {
    const by = one.after - one.before;
    return cell(amount(by, true), by < 0 ? 'worse' : by > 0 ? 'better' : 'quiet');
  };
  const counts = say(lang, 'charts.behind.count', { n: count });
  const left = count > rows.length ? `  ${say(lang, 'charts.behind.first', { n: rows.length })}` : '';
  const sums = literal(`${counts}  MRR ${amount(before)} → ${amount(after)} (${amount(after - before, true)})${left}`);
  const body =
    rows.length === 0
      ? [emptyLine, [gap(2), span(say(lang, 'charts.why.nobody'), 'quiet')]]
      : walkTable(
          [
            { title: say(lang, 'charts.column.account'), width: 0, align: 'left' },
            { title: say(lang, 'charts.column.before'), width: 10, align: 'right' },
            { title: say(lang, 'charts.column.after'), width: 10, align: 'right' },
            { title: say(lang, 'charts.column.change'), width: 10, align: 'right' },
          ],
          rows.map((one) => ({
            cells: [cell(nameWords(one.name, lang)), cell(amount(one.before), 'quiet'), cell(amount(one.after)), change(one)],
            target: null,
          })),
          clampRow(row, rows.length),
          width,
          Math.max(2, height - 2),
        );
  return [titleLine(title, answer, width, lang), [gap(1), span(sums, 'quiet')], ...body].map((line) => cutLine(line, width));
}
