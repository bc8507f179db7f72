/** The pane in which a note or a task is written. Pure. */
import { cutLine, emptyLine, gap, type Line, rule, span } from '../../components/line.ts';
import { say } from '../../components/say.ts';
import { type Drawn, textField } from '../../components/text-field.ts';
import { width as cellWidth, fit } from '../../text/cells.ts';
import { type Clean, literal } from '../../text/clean.ts';
import { parseDue } from '../../text/dates.ts';
import { formatDay } from '../../text/format.ts';
import type { Lang } from '../../text/messages/index.ts';
import type { Day } from '../../units/day.ts';
import { type Compose, type Field, PRIORITIES } from './state.ts';

export interface ComposeInput {
  readonly compose: Compose;
  readonly today: Day;
  readonly width: number;
  readonly height: number;
  readonly lang: Lang;
}

const MARGIN = 1;

/** Cells of a line of the body in a pane of `width`. */
export const bodyWidth = (width: number): number => width - MARGIN * 2 - 2;

/** Rows that the pane would like: title, fields, text, button. */
export const composeHeight = (compose: Compose): number => (compose.form === 'note' ? 12 : 14);

/** The day that the task's field names, or null. */
export const dueOf = (compose: Compose, today: Day): Day | null => parseDue(compose.due.text, today);

/** Exactly `height` lines; the cursor is counted from the pane's own corner. */
export function composePane({ compose, today, width, height, lang }: ComposeInput): Drawn {
  const title = say(lang, `app.compose.${compose.form}`, { name: compose.accountName });
  const head: Line[] = [rule(width), cutLine([gap(MARGIN), span(title, 'strong')], width)];
  const foot: Line[] = [buttonLine(compose, width, lang)];
  const fields = compose.form === 'task' ? taskFields({ compose, today, width, height, lang }) : { lines: [], cursor: null };
  const room = Math.max(1, height - head.length - fields.lines.length - foot.length);
  const body = textField(compose.body, bodyWidth(width), room, compose.focus === 'body');
  const bar = compose.focus === 'body' ? span(literal('▌'), 'accent') : span(literal(' '));
  const bodyLines = body.lines.map((line): Line => [gap(MARGIN), bar, gap(1), ...line]);
  const lines = [...head, ...fields.lines, ...bodyLines, ...foot].slice(0, height);
  const cursor = body.cursor
    ? { x: body.cursor.x + MARGIN + 2, y: body.cursor.y + head.length + fields.lines.length }
    : fields.cursor && { x: fields.cursor.x, y: fields.cursor.y + head.length };
  return { lines, cursor: compose.saving ? null : cursor };
}

/** Subject, due day with the day it stands for, priority: one line each. */
function taskFields({ compose, today, width, lang }: ComposeInput): Drawn {
  const labels = [say(lang, 'app.field.subject'), say(lang, 'app.field.due'), say(lang, 'app.field.priority')];
  const labelWidth = Math.max(...labels.map(cellWidth)) + 1;
  const left = MARGIN + 2 + labelWidth;
  const label = (index: number, field: Field): Line => [
    gap(MARGIN),
    compose.focus === field ? span(literal('▌'), 'accent') : gap(1),
    gap(1),
    span(fit(labels[index] ?? literal(''), labelWidth), 'quiet'),
  ];
  const subject = textField(compose.subject, Math.max(4, width - left - MARGIN), 1, compose.focus === 'subject');
  const dueWidth = 16;
  const due = textField(compose.due, dueWidth, 1, compose.focus === 'due');
  const day = dueOf(compose, today);
  const resolved = day ? span(literal(`= ${formatDay(day, lang, 'full')}`), 'quiet') : span(say(lang, 'app.field.dueUnknown'), 'problem');
  const choices = PRIORITIES.flatMap((one): Line => {
    const word = say(lang, `app.priority.${one}`);
    return one === compose.priority ? [span(literal(`[${word}] `), 'selected')] : [span(literal(` ${word}  `), 'quiet')];
  });
  const cursor = subject.cursor ? { x: left + subject.cursor.x, y: 0 } : due.cursor ? { x: left + due.cursor.x, y: 1 } : null;
  return {
    lines: [
      [...label(0, 'subject'), ...(subject.lines[0] ?? emptyLine)],
      cutLine([...label(1, 'due'), ...(due.lines[0] ?? emptyLine), gap(1), resolved], width),
      cutLine([...label(2, 'priority'), ...choices], width),
    ],
    cursor,
  };
}

function buttonLine(compose: Compose, width: number, lang: Lang): Line {
  const words: Clean = compose.saving ? say(lang, 'app.compose.saving') : say(lang, 'app.compose.save');
  const button = span(literal(`[ ${words} ]`), compose.focus === 'save' ? 'selected' : 'plain');
  const mark = compose.focus === 'save' ? span(literal('▸'), 'selected') : gap(1);
  const problem: Line = compose.problem === null ? [] : [gap(2), span(compose.problem, 'problem')];
  return cutLine([gap(MARGIN), mark, gap(1), button, ...problem], width);
}
