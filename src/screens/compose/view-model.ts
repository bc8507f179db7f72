/** The pane in which an activity is written. Pure. */
import { cutLine, emptyLine, gap, type Line, rule, span } from '../../components/line.ts';
import { say } from '../../components/say.ts';
import { type Drawn, textField } from '../../components/text-field.ts';
import { width as cellWidth, fit } from '../../text/cells.ts';
import { type Clean, cleanLine, literal } from '../../text/clean.ts';
import { formatDay, formatMoment } from '../../text/format.ts';
import { type Lang, t } from '../../text/messages/index.ts';
import {
  type ChoiceField,
  type Clock,
  type Compose,
  choicesOf,
  dueOf,
  type Field,
  fieldsOf,
  isChoice,
  isTextField,
  momentOf,
  PLACEHOLDERS,
  PRIORITIES,
} from './state.ts';

const choiceWord = (value: string, lang: Lang): Clean => cleanLine(t(lang, `acting.choice.${value}` as 'acting.choice.AUTO'));

export interface ComposeInput {
  readonly compose: Compose;
  readonly clock: Clock;
  readonly width: number;
  readonly height: number;
  readonly lang: Lang;
}

const MARGIN = 1;

/** Cells of a line of the body in a pane of `width`. */
export const bodyWidth = (width: number): number => width - MARGIN * 2 - 2;

/** Rows that the pane would like: title, fields, text, button. */
export const composeHeight = (compose: Compose): number => 10 + fieldsOf(compose.form).length;

/** Exactly `height` lines; the cursor is counted from the pane's own corner. */
export function composePane({ compose, clock, width, height, lang }: ComposeInput): Drawn {
  const title = say(lang, `app.compose.${compose.form}`, { name: compose.accountName });
  const head: Line[] = [rule(width), cutLine([gap(MARGIN), span(title, 'strong')], width)];
  const foot: Line[] = [buttonLine(compose, width, lang)];
  const fields = fieldLines({ compose, clock, width, height, lang });
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

const SHORT_FIELD = 18;

/** One line a field: text with what it stands for beside it, or choices. */
function fieldLines({ compose, clock, width, lang }: ComposeInput): Drawn {
  const fields = fieldsOf(compose.form).filter((field) => field !== 'body' && field !== 'save');
  const label = (field: Field): Clean => say(lang, `app.field.${field === 'body' || field === 'save' ? 'subject' : field}`);
  const labelWidth = Math.max(0, ...fields.map((field) => cellWidth(label(field)))) + 1;
  const left = MARGIN + 2 + labelWidth;
  let cursor: Drawn['cursor'] = null;
  const lines = fields.map((field, row): Line => {
    const focused = compose.focus === field;
    const head: Line = [gap(MARGIN), focused ? span(literal('▌'), 'accent') : gap(1), gap(1), span(fit(label(field), labelWidth), 'quiet')];
    if (isChoice(field)) return cutLine([...head, ...choiceSpans(compose, field, lang)], width);
    if (!isTextField(field)) return head;
    const room = field === 'subject' ? Math.max(4, width - left - MARGIN) : SHORT_FIELD;
    const drawn = textField(compose[field], room, 1, focused);
    if (drawn.cursor) cursor = { x: left + drawn.cursor.x, y: row };
    const placeholder = field === 'due' || field === 'length' ? PLACEHOLDERS[field] : field === 'at' ? say(lang, 'app.field.now') : '';
    const isEmpty = compose[field].text === '' && placeholder !== '';
    const shown: Line = isEmpty ? [span(fit(literal(placeholder), room), 'quiet')] : (drawn.lines[0] ?? emptyLine);
    return cutLine([...head, ...shown, ...meaning(compose, field, clock, lang)], width);
  });
  return { lines, cursor };
}

function choiceSpans(compose: Compose, field: ChoiceField, lang: Lang): Line {
  return choicesOf(compose.form, field).flatMap((one): Line => {
    const word =
      field === 'priority' ? say(lang, `app.priority.${PRIORITIES.find((each) => each === one) ?? 'NONE'}`) : choiceWord(one, lang);
    return one === compose[field] ? [span(literal(`[${word}] `), 'selected')] : [span(literal(` ${word}  `), 'quiet')];
  });
}

/** The day or the moment that a field stands for, or that it is none. */
function meaning(compose: Compose, field: Field, { now, today, zone }: Clock, lang: Lang): Line {
  if (field === 'due') {
    const day = dueOf(compose, today);
    return [gap(1), day ? span(literal(`= ${formatDay(day, lang, 'full')}`), 'quiet') : span(say(lang, 'app.field.dueUnknown'), 'problem')];
  }
  if (field !== 'at') return [];
  const at = momentOf(compose, now, today, zone);
  return [
    gap(1),
    at ? span(literal(`= ${formatMoment(at, zone, today, lang)}`), 'quiet') : span(say(lang, 'app.field.atUnknown'), 'problem'),
  ];
}

function buttonLine(compose: Compose, width: number, lang: Lang): Line {
  const words: Clean = compose.saving ? say(lang, 'app.compose.saving') : say(lang, 'app.compose.save');
  const button = span(literal(`[ ${words} ]`), compose.focus === 'save' ? 'selected' : 'plain');
  const mark = compose.focus === 'save' ? span(literal('▸'), 'selected') : gap(1);
  const problem: Line = compose.problem === null ? [] : [gap(2), span(compose.problem, 'problem')];
  return cutLine([gap(MARGIN), mark, gap(1), button, ...problem], width);
}
