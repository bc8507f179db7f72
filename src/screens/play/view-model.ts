/** The pane in which a play is looked over before it runs. Pure. */
import { cutLine, gap, type Line, rule, type Span, span } from '../../components/line.ts';
import { say } from '../../components/say.ts';
import { edgeScroll } from '../../components/window.ts';
import type { PreparedStep, StepProblem } from '../../plays/prepare.ts';
import { type Clean, cleanLine, literal } from '../../text/clean.ts';
import { formatDay } from '../../text/format.ts';
import type { Lang } from '../../text/messages/index.ts';
import type { Day } from '../../units/day.ts';
import { isRead, itemsOf, type PlayItem, type PlayPane, playOf } from './state.ts';

export interface PlayInput {
  readonly pane: PlayPane;
  readonly today: Day;
  readonly width: number;
  readonly height: number;
  readonly lang: Lang;
}

const HEAD = 3;
const FOOT = 1;

/** Rows that the pane would like. */
export const playHeight = (pane: PlayPane, today: Day, lang: Lang): number => HEAD + Math.max(3, itemsOf(pane, today, lang).length) + FOOT;

/** Exactly what fits into `height`. */
export function playPaneLines({ pane, today, width, height, lang }: PlayInput): Line[] {
  const play = playOf(pane);
  const [first] = pane.rows;
  const who = pane.rows.length === 1 && first ? cleanLine(first.name) : say(lang, 'plays.pane.accounts', { n: pane.rows.length });
  const isProposed = play !== null && play.id === first?.play?.id;
  const head: Line[] = [
    rule(width),
    cutLine(
      [
        gap(1),
        span(play ? cleanLine(play.label[lang]) : say(lang, 'app.account.reading'), 'strong'),
        gap(1),
        span(isProposed ? say(lang, 'plays.pane.proposed') : literal(''), 'accent'),
        gap(2),
        span(who),
      ],
      width,
    ),
    cutLine([gap(1), span(play ? cleanLine(play.about[lang]) : literal(''), 'quiet')], width),
  ];
  const items = itemsOf(pane, today, lang);
  const room = Math.max(1, height - HEAD - FOOT);
  const from = edgeScroll(0, pane.index, room, items.length);
  const lines = items.slice(from, from + room).map((item, at) => itemLine(item, from + at === pane.index, width, lang));
  return [...head, ...lines, footLine(pane, items, width, lang)].slice(0, height);
}

function itemLine(item: PlayItem, selected: boolean, width: number, lang: Lang): Line {
  const mark = span(literal(selected ? '▸' : ' '), 'selected');
  const tone = selected ? 'selected' : 'plain';
  if (item.kind === 'step') {
    const { step } = item;
    const box = span(literal(step.on ? '[x]' : '[ ]'), step.on ? 'accent' : 'quiet');
    return cutLine(
      [gap(1), mark, gap(1), box, gap(1), span(say(lang, `plays.kind.${step.kind}`), 'quiet'), gap(1), ...stepWords(step, tone, lang)],
      width,
    );
  }
  const [label, answer] = item.kind === 'question' ? [item.question.label, item.question.answer] : [item.label, item.answer];
  const options = item.kind === 'question' && item.question.options.length > 0 ? ` (${item.question.options.join(' / ')})` : '';
  const isAsked = item.kind === 'fact' && answer === '';
  return cutLine(
    [
      gap(1),
      mark,
      gap(5),
      span(cleanLine(`${label}${options}: `), isAsked ? 'problem' : 'quiet'),
      span(answer === '' ? say(lang, 'plays.pane.answer') : cleanLine(answer), answer === '' ? 'quiet' : tone),
    ],
    width,
  );
}

function stepWords(step: PreparedStep, tone: Span['tone'], lang: Lang): Line {
  const problem: Line = step.problem && step.on ? [gap(2), span(problemWords(step.problem, lang), 'problem')] : [];
  switch (step.kind) {
    case 'note':
      return [span(cleanLine(step.text), tone)];
    case 'task': {
      const due = step.due === null ? [] : [gap(2), span(literal(formatDay(step.due, lang, 'weekday')), 'accent')];
      const who = step.noLead ? say(lang, 'plays.pane.noLead') : assigneeWord(step.assignee, lang);
      return [span(cleanLine(step.subject), tone), ...due, gap(2), span(who, 'quiet'), ...problem];
    }
    case 'property':
      return [span(cleanLine(`${step.property} → ${step.label}`), tone), ...problem];
    case 'email':
      return [span(cleanLine(step.subject), tone), gap(2), span(say(lang, 'plays.pane.mail'), 'quiet')];
    case 'questions':
      return [span(cleanLine(step.title), tone)];
  }
}

const assigneeWord = (assignee: string, lang: Lang): Clean =>
  assignee === 'me' || assignee === 'owner' || assignee === 'lead' ? say(lang, `plays.who.${assignee}`) : cleanLine(assignee);

export const problemWords = (problem: StepProblem, lang: Lang): Clean =>
  say(lang, problem.kind === 'property' ? `plays.problem.${problem.state}` : `plays.problem.${problem.kind}`, {
    value: cleanLine(problem.value),
  });

function footLine(pane: PlayPane, items: readonly PlayItem[], width: number, lang: Lang): Line {
  if (pane.problem) return cutLine([gap(1), span(pane.problem, 'problem')], width);
  if (!isRead(pane) || pane.saving)
    return [gap(1), span(say(lang, pane.saving || pane.wanted ? 'app.compose.saving' : 'app.account.reading'), 'quiet')];
  const writing = items.filter((item) => item.kind === 'step' && item.step.on && item.step.kind !== 'email').length;
  const words = say(lang, 'plays.pane.run', { n: writing, accounts: say(lang, 'plays.pane.accounts', { n: pane.rows.length }) });
  return cutLine([gap(1), span(literal(`[ ${words} ]`), 'selected')], width);
}
