/** The pane in which an activity is written. Pure. */
import { cutLine, emptyLine, gap, type Line, lineWidth, rule, span } from '../../components/line.ts';
import { say } from '../../components/say.ts';
import { type Drawn, textField } from '../../components/text-field.ts';
import { edgeScroll } from '../../components/window.ts';
import { width as cellWidth, fit } from '../../text/cells.ts';
import { type Clean, cleanLine, join, literal } from '../../text/clean.ts';
import { formatDay, formatMoment } from '../../text/format.ts';
import { type Lang, type MessageKey, t } from '../../text/messages/index.ts';
import { EACH_OWNER } from './fields.ts';
import { type Clock, dueOf, momentOf, reminderOf } from './intent.ts';
import { addressed, ownDue } from './several.ts';
import {
  type Choice,
  type ChoiceField,
  type Compose,
  choices,
  type Field,
  fieldsOf,
  isChoice,
  isOnSeveral,
  isTextField,
  PLACEHOLDERS,
} from './state.ts';

export interface ComposeInput {
  readonly compose: Compose;
  readonly clock: Clock;
  readonly width: number;
  readonly height: number;
  readonly lang: Lang;
}

const MARGIN = 1;
/** Rows of the text, where there is room for them. */
const BODY_ROWS = 6;
/** Rows of the text that fields do not take. */
const BODY_LEAST = 2;

/** Cells of a line of the body in a pane of `width`. */
export const bodyWidth = (width: number): number => width - MARGIN * 2 - 2;

/** Rows that the pane would like: title, fields, text, button. */
export const composeHeight = (compose: Compose): number => 3 + lineFields(compose).length + BODY_ROWS;

const lineFields = (compose: Compose): readonly Field[] => fieldsOf(compose).filter((field) => field !== 'body' && field !== 'save');

const LABELS: Readonly<Record<Exclude<Field, 'save'>, MessageKey>> = {
  subject: 'app.field.subject',
  due: 'app.field.due',
  reminder: 'writing.field.reminder',
  at: 'app.field.at',
  length: 'app.field.length',
  location: 'writing.field.location',
  fixed: 'writing.field.fixed',
  body: 'acting.postmortem.helped',
  priority: 'app.field.priority',
  type: 'writing.field.type',
  assignee: 'writing.field.assignee',
  direction: 'app.field.direction',
  outcome: 'app.field.outcome',
  disposition: 'writing.field.disposition',
  cause: 'writing.field.cause',
  reason: 'writing.field.reason',
  avoidable: 'writing.field.avoidable',
  also: 'writing.field.also',
};

const labelOf = (field: Field, lang: Lang): Clean => say(lang, field === 'save' ? 'app.compose.save' : LABELS[field]);

/** Exactly `height` lines; the cursor is counted from the pane's own corner. */
export function composePane(input: ComposeInput): Drawn {
  const { compose, width, height, lang } = input;
  const head: Line[] = [
    rule(width),
    cutLine(
      [gap(MARGIN), span(say(lang, TITLES[compose.form], { name: addressed(compose, lang) }), 'strong'), ...factsHint(compose, lang)],
      width,
    ),
  ];
  const foot: Line[] = [buttonLine(compose, width, lang)];
  const label: Line[] = compose.form === 'postmortem' ? [[gap(MARGIN + 2), span(labelOf('body', lang), 'quiet')]] : [];
  const free = Math.max(2, height - head.length - label.length - foot.length);
  const fields = shownFields(input, fieldLines(input), Math.max(1, free - BODY_LEAST));
  const above = [...head, ...fields.lines, ...label];
  const body = textField(compose.body, bodyWidth(width), Math.max(1, height - above.length - foot.length), compose.focus === 'body');
  const bar = compose.focus === 'body' ? span(literal('▌'), 'accent') : span(literal(' '));
  const bodyLines = body.lines.map((line): Line => [gap(MARGIN), bar, gap(1), ...line]);
  const lines = [...above, ...bodyLines, ...foot].slice(0, height);
  const cursor = body.cursor
    ? { x: body.cursor.x + MARGIN + 2, y: body.cursor.y + above.length }
    : fields.cursor && { x: fields.cursor.x, y: fields.cursor.y + head.length };
  return { lines, cursor: compose.saving ? null : cursor };
}

const factsHint = (compose: Compose, lang: Lang): Line =>
  isOnSeveral(compose) && compose.template !== null ? [gap(2), span(say(lang, 'several.facts'), 'quiet')] : [];

/** The form's own title; `name` is the account's, or those of several in short. */
export const TITLES = {
  note: 'app.compose.note',
  task: 'app.compose.task',
  call: 'app.compose.call',
  meeting: 'app.compose.meeting',
  email: 'app.compose.email',
  postmortem: 'acting.postmortem.title',
} as const satisfies Record<Compose['form'], MessageKey>;

/** As many of the field lines as there is room for, the one in focus among them. */
function shownFields({ compose }: ComposeInput, { lines, cursor }: Drawn, room: number): Drawn {
  if (lines.length <= room) return { lines, cursor };
  const at = lineFields(compose).indexOf(compose.focus);
  const from = edgeScroll(0, at < 0 ? lines.length - 1 : at, room, lines.length);
  return { lines: lines.slice(from, from + room), cursor: cursor && { x: cursor.x, y: cursor.y - from } };
}

const SHORT_FIELD = 18;
const LONG_FIELDS: ReadonlySet<Field> = new Set<Field>(['subject', 'location', 'fixed']);

/** One line a field: text with what it stands for beside it, choices, or records. */
function fieldLines({ compose, clock, width, lang }: ComposeInput): Drawn {
  const fields = lineFields(compose);
  const labelWidth = Math.max(0, ...fields.map((field) => cellWidth(labelOf(field, lang)))) + 1;
  const left = MARGIN + 2 + labelWidth;
  let cursor: Drawn['cursor'] = null;
  const lines = fields.map((field, row): Line => {
    const focused = compose.focus === field;
    const bar = focused ? span(literal('▌'), 'accent') : gap(1);
    const head: Line = [gap(MARGIN), bar, gap(1), span(fit(labelOf(field, lang), labelWidth), 'quiet')];
    const room = Math.max(4, width - left - MARGIN);
    if (isChoice(field)) return cutLine([...head, ...choiceSpans(compose, field, room, lang)], width);
    if (field === 'also') return cutLine([...head, ...recordSpans(compose, focused, lang)], width);
    if (!isTextField(field)) return head;
    const cells = LONG_FIELDS.has(field) ? room : SHORT_FIELD;
    const drawn = textField(compose[field], cells, 1, focused);
    if (drawn.cursor) cursor = { x: left + drawn.cursor.x, y: row };
    const instead = placeholder(field, lang);
    const isEmpty = compose[field].text === '' && instead !== '';
    const shown: Line = isEmpty ? [span(fit(instead, cells), 'quiet')] : (drawn.lines[0] ?? emptyLine);
    return cutLine([...head, ...shown, ...meaning(compose, field, clock, lang)], width);
  });
  return { lines, cursor };
}

function placeholder(field: Field, lang: Lang): Clean {
  if (field === 'due' || field === 'length') return literal(PLACEHOLDERS[field]);
  if (field === 'at') return say(lang, 'app.field.now');
  if (field === 'fixed') return say(lang, 'writing.field.fixed.none');
  return field === 'reminder' ? say(lang, 'writing.field.none') : literal('');
}

/** The values in their order, cut at the left so far that the chosen one is in sight. */
function choiceSpans(compose: Compose, field: ChoiceField, room: number, lang: Lang): Line {
  const all = choices(compose, field);
  const at = Math.max(
    0,
    all.findIndex(({ value }) => value === compose.chosen[field]),
  );
  const spans = all.map((one, index): Line => {
    const word = choiceWord(field, one, lang);
    return index === at ? [span(literal(`[${word}] `), 'selected')] : [span(literal(` ${word}  `), 'quiet')];
  });
  let from = 0;
  while (from < at && lineWidth(spans.slice(from, at + 1).flat()) > room - 2) from += 1;
  return [...(from > 0 ? [span(literal('… '), 'quiet')] : []), ...spans.slice(from).flat()];
}

/** The app's own word for a value, or the portal's. */
function choiceWord(field: ChoiceField, { value, label }: Choice, lang: Lang): Clean {
  if (label !== null) return cleanLine(label);
  if (field === 'priority') return cleanLine(t(lang, `app.priority.${value}` as 'app.priority.NONE'));
  if (field === 'assignee' && value === EACH_OWNER) return say(lang, 'several.assignee');
  if (value === '') return say(lang, field === 'disposition' || field === 'assignee' ? 'writing.choice.nothing' : 'writing.choice.open');
  if (field === 'cause') return cleanLine(t(lang, `revenue.category.${value}` as 'revenue.category.price'));
  if (field === 'avoidable') return cleanLine(t(lang, `acting.avoidable.${value}` as 'acting.avoidable.yes'));
  if (field === 'type') return cleanLine(t(lang, `writing.type.${value}` as 'writing.type.TODO'));
  return cleanLine(t(lang, `acting.choice.${value}` as 'acting.choice.AUTO'));
}

/** Whom and what it is about besides the company. */
function recordSpans({ also }: Compose, focused: boolean, lang: Lang): Line {
  const names = also.flatMap(
    ({ kind, name }, index): Line => [
      ...(index > 0 ? [span(literal(', '), 'quiet')] : []),
      span(join([say(lang, `writing.kind.${kind}`), literal(' ')]), 'quiet'),
      span(cleanLine(name), 'accent'),
    ],
  );
  const hint = focused || also.length === 0 ? [gap(also.length === 0 ? 0 : 2), span(say(lang, 'writing.also.hint'), 'quiet')] : [];
  return [...names, ...hint];
}

/** The day or the moment that a field stands for, or that it is none. */
function meaning(compose: Compose, field: Field, clock: Clock, lang: Lang): Line {
  const { today, zone } = clock;
  if (field === 'due') {
    if (ownDue(compose) !== null) return [gap(1), span(literal(`= ${say(lang, 'several.due')}`), 'quiet')];
    const day = dueOf(compose, today);
    return [gap(1), day ? span(literal(`= ${formatDay(day, lang, 'full')}`), 'quiet') : span(say(lang, 'app.field.dueUnknown'), 'problem')];
  }
  if (field !== 'at' && field !== 'reminder') return [];
  const at = field === 'at' ? momentOf(compose, clock) : reminderOf(compose, clock);
  if (at === undefined) return [];
  if (at === null) return [gap(1), span(say(lang, field === 'at' ? 'app.field.atUnknown' : 'writing.field.reminderUnknown'), 'problem')];
  return [gap(1), span(literal(`= ${formatMoment(at, zone, today, lang)}`), 'quiet')];
}

function buttonLine(compose: Compose, width: number, lang: Lang): Line {
  const words: Clean = compose.saving || compose.wanted ? say(lang, 'app.compose.saving') : say(lang, 'app.compose.save');
  const button = span(literal(`[ ${words} ]`), compose.focus === 'save' ? 'selected' : 'plain');
  const mark = compose.focus === 'save' ? span(literal('▸'), 'selected') : gap(1);
  const problem: Line = compose.problem === null ? [] : [gap(2), span(compose.problem, 'problem')];
  return cutLine([gap(MARGIN), mark, gap(1), button, ...problem], width);
}
