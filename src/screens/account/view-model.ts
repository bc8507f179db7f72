/** One account on one screen: who, what it pays, why it is at risk, what happened, who is there. Pure. */
import type { AccountView } from '../../book/account-view.ts';
import { type BookRow, shown } from '../../book/row.ts';
import { beside, cutLine, emptyLine, gap, type Line, lineWidth, linkSpan, rule, type Span, span, spread } from '../../components/line.ts';
import { say } from '../../components/say.ts';
import { FILLS, stackedChart } from '../../components/stacked-chart.ts';
import { width as cells, cut, wrap } from '../../text/cells.ts';
import { type Clean, cleanBlock, cleanLine, join, literal } from '../../text/clean.ts';
import { formatChange, formatDay, formatDays, formatMonth } from '../../text/format.ts';
import type { Lang, MessageKey } from '../../text/messages/index.ts';
import type { Day } from '../../units/day.ts';
import { bandTone, bandWord, changeCell, contractWords, money, NOTHING, SEPARATOR, UNKNOWN } from '../figures.ts';
import { changeLines } from './change.ts';
import { contractSection } from './contract.ts';
import { receiptLines } from './receipt.ts';
import { historySection, voiceSection } from './story.ts';
import { dateCell, TIMELINE_STEP, timelineSection } from './timeline.ts';

export interface AccountInput {
  readonly row: BookRow;
  /** null while it is being read. */
  readonly view: AccountView | null;
  readonly place: { readonly at: number; readonly of: number } | null;
  readonly width: number;
  readonly height: number;
  readonly offset: number;
  readonly look: AccountLook;
  readonly lang: Lang;
}

/** Width from which the receipt stands beside the chart and the timeline. */
const TWO_COLUMNS = 110;

/** Rows that do not scroll: who, the facts (in two rows where the terminal is narrow), a rule. */
const chrome = (width: number): number => (width >= TWO_COLUMNS ? 3 : 4);

export const accountPage = (height: number, width: number): number => Math.max(1, height - chrome(width));

/** The last offset from which the end is in sight. */
export const accountLastOffset = (input: Pick<AccountInput, 'view' | 'width' | 'height' | 'lang' | 'look'>): number =>
  Math.max(0, accountBody(input).lines.length - accountPage(input.height, input.width));

export function accountLines(input: AccountInput): Line[] {
  const { width, height, offset } = input;
  const body = accountBody(input).lines;
  const page = accountPage(height, width);
  const from = Math.max(0, Math.min(offset, body.length - page));
  return [
    titleLine(input),
    ...factLines(input),
    ruleLine(input, from, page, body.length),
    ...body.slice(from, from + page).map((line) => cutLine(line, width)),
  ];
}

function titleLine({ row, view, place, width, lang }: AccountInput): Line {
  const about = [
    row.tier === null ? null : say(lang, `app.tierLong.${row.tier}`),
    ...[shown(row, 'plan'), shown(row, 'industry'), row.domain].map((text) => (text === null ? null : cleanLine(text))),
  ].filter((text) => text !== null);
  const left: Line = [
    span(literal(` ‹ ${place ? `${place.at}/${place.of}` : ''}  `), 'quiet'),
    linkSpan(cleanLine(row.name), 'strong', row.url),
    span(literal(about.length > 0 ? `  ${join(about, SEPARATOR)}` : ''), 'quiet'),
  ];
  const change = row.riskChange7d === null ? '' : ` ${formatChange(row.riskChange7d)}`;
  const right: Line = [
    span(literal(`${row.risk} ${bandWord(row.band, lang)}${change}`), bandTone(row.band)),
    span(literal(` · ${row.riskRange[0]}–${row.riskRange[1]} · ${row.grade} `), 'quiet'),
    // HubSpot's own score beside ours, where there is room for both.
    ...(view?.healthLabel != null && width >= TWO_COLUMNS ? [span(cleanLine(`· HubSpot ${view.healthLabel} `, 24), 'quiet')] : []),
  ];
  return spread(left, right, width);
}

function factLines({ row, width, lang }: AccountInput): Line[] {
  const change = changeCell(row);
  const figures: Span[] = [
    span(literal(' MRR '), 'quiet'),
    span(row.mrr === null ? UNKNOWN : money(row.mrr, row, lang), 'strong'),
    span(literal(` ${change.text}`), change.tone),
    span(literal(` ${say(lang, 'app.fact.months3')}`), 'quiet'),
  ];
  if (row.expectedLoss !== null)
    figures.push(span(literal(`  ${say(lang, 'app.fact.loss')} `), 'quiet'), span(money(row.expectedLoss, row, lang)));
  if (row.lastUsedAt !== null && row.daysSinceLastUse !== null) {
    figures.push(span(literal(`  ${say(lang, 'app.fact.lastUse')} `), 'quiet'));
    figures.push(span(literal(`${formatDay(row.lastUsedAt, lang, 'short')} (${formatDays(row.daysSinceLastUse, lang)})`)));
  }
  const contract: Line = [span(literal(` ${say(lang, 'app.fact.contract')} `), 'quiet'), span(contractWords(row, lang))];
  return width >= TWO_COLUMNS ? [cutLine([...figures, gap(1), ...contract], width)] : [cutLine(figures, width), cutLine(contract, width)];
}

/** A rule that also says which part of a longer text is in sight. */
function ruleLine({ width, lang }: AccountInput, from: number, page: number, total: number): Line {
  if (total <= page) return rule(width);
  const where = say(lang, 'app.scroll', { from: from + 1, to: Math.min(total, from + page), total });
  return [...rule(Math.max(0, width - cells(where) - 2)), gap(1), span(where, 'quiet'), gap(1)];
}

/** What of the account is looked at. */
export interface AccountLook {
  /** 0: of the day of the book; then those of `earlier`. */
  readonly receipt: number;
  /** Only what happened and holds this is shown, where it is not empty. */
  readonly find: string;
  /** Entries of the timeline that are drawn. */
  readonly shown: number;
}

export const FIRST_LOOK: AccountLook = { receipt: 0, find: '', shown: TIMELINE_STEP };

interface Body {
  readonly lines: Line[];
  /** First rows of the sections, from the top. */
  readonly sections: readonly number[];
}

type BodyInput = Pick<AccountInput, 'view' | 'width' | 'lang' | 'look'>;

const bodies = new WeakMap<AccountView, { readonly key: string; readonly body: Body }>();

function accountBody({ view, width, lang, look }: BodyInput): Body {
  if (!view) return { lines: [emptyLine, [gap(2), span(say(lang, 'app.account.reading'), 'quiet')]], sections: [] };
  const key = JSON.stringify([width, lang, look]);
  const known = bodies.get(view);
  if (known?.key === key) return known.body;
  const body =
    look.find !== ''
      ? { lines: timelineSection(view, width - 2, lang, look).map(indented), sections: [0] }
      : width >= TWO_COLUMNS
        ? wideBody(view, width, lang, look)
        : narrowBody(view, width, lang, look);
  bodies.set(view, { key, body });
  return body;
}

/** The row at which the section below or above `offset` begins; from the last one on to the first. */
export function accountSection(input: BodyInput, offset: number, by: 1 | -1): number {
  const { sections } = accountBody(input);
  const found = by > 0 ? sections.find((row) => row > offset) : sections.findLast((row) => row < offset);
  return found ?? (by > 0 ? 0 : (sections.at(-1) ?? 0));
}

/** The page to be read aloud: one column, a chart as figures; rows and sections as on a narrow screen. */
export const accountText = (input: BodyInput): Body => accountBody(input);

/** Sections under each other with a blank line between, and where each begins. */
function stacked(sections: readonly Line[][]): Body {
  const lines: Line[] = [];
  const begins: number[] = [];
  for (const section of sections) {
    if (section.length === 0) continue;
    if (lines.length > 0) lines.push(emptyLine);
    begins.push(lines.length);
    lines.push(...section.map(indented));
  }
  return { lines, sections: begins };
}

function narrowBody(view: AccountView, width: number, lang: Lang, look: AccountLook): Body {
  const inner = width - 2;
  return stacked([
    receiptSection(view, inner, lang, look),
    changeLines(view, inner, lang),
    chartSection(view, inner, lang),
    historySection(view, inner, lang),
    contractSection(view, inner, lang),
    workSection(view, inner, lang),
    playsSection(view, inner, lang),
    peopleSection(view, inner, lang),
    voiceSection(view, inner, lang),
    timelineSection(view, inner, lang, look),
  ]);
}

function wideBody(view: AccountView, width: number, lang: Lang, look: AccountLook): Body {
  const left = Math.floor((width - 3) * 0.52);
  const right = width - left - 3;
  const story = stacked([
    chartSection(view, left - 1, lang),
    historySection(view, left - 1, lang),
    contractSection(view, left - 1, lang),
    workSection(view, left - 1, lang),
    playsSection(view, left - 1, lang),
    timelineSection(view, left - 1, lang, look),
  ]);
  const reasons = stacked([
    receiptSection(view, right - 1, lang, look),
    changeLines(view, right - 1, lang),
    peopleSection(view, right - 1, lang),
    voiceSection(view, right - 1, lang),
  ]);
  const sections = [...new Set([...story.sections, ...reasons.sections])].sort((a, b) => a - b);
  return { lines: beside(story.lines, left, span(literal('│'), 'quiet'), reasons.lines), sections };
}

/** The receipt of the day that is looked at, under the days that there are. */
function receiptSection(view: AccountView, width: number, lang: Lang, look: AccountLook): Line[] {
  const all = [view.receipt, ...view.earlier];
  const at = Math.min(look.receipt, all.length - 1);
  const lines = receiptLines(all[at] ?? view.receipt, width, lang);
  if (all.length === 1) return lines;
  const names = all.map((receipt, index) =>
    index === 0
      ? say(lang, 'account.today')
      : say(lang, receipt.asOf === view.change?.from ? 'account.lastLook' : 'account.lastGood', {
          day: formatDay(receipt.asOf, lang, 'short'),
        }),
  );
  const days = names.flatMap((name, index): Span[] => [
    span(literal(index === at ? `▸${name}` : ` ${name}`), index === at ? 'selected' : 'quiet'),
    gap(1),
  ]);
  return [...lines.slice(0, 1), cutLine(days, width), ...lines.slice(1)];
}

const indented = (line: Line): Line => [gap(1), ...line];

function chartSection(view: AccountView, width: number, lang: Lang): Line[] {
  const { row } = view;
  const [first] = view.mrrByProduct;
  if (!first || first.months.length === 0) return [[span(literal('MRR'), 'strong')], [gap(1), span(say(lang, 'app.chart.none'), 'quiet')]];
  const months = first.months;
  const series = view.mrrByProduct.map(({ label, months: values }) => ({
    label: label === null ? say(lang, 'app.chart.noProduct') : cleanLine(label),
    values: values.map(({ mrr }) => mrr),
  }));
  const title = say(lang, 'app.chart.title', { n: months.length });
  const barWidth = width >= months.length * 2 + 14 ? 2 : 1;
  const from = months[0]?.month;
  const to = months.at(-1)?.month;
  const chart = stackedChart({
    series,
    height: 6,
    barWidth,
    amount: (value) => money(value, row, lang),
    from: from ? literal(formatMonth(from, lang)) : NOTHING,
    to: to ? literal(formatMonth(to, lang)) : NOTHING,
  });
  const legend = series.map(({ label, values }, index): Line => {
    const fill = FILLS[Math.min(index, FILLS.length - 1)];
    const now = values.at(-1) ?? 0;
    const amount = now > 0 ? money(now, row, lang) : say(lang, 'app.chart.gone');
    return [
      span(literal((fill?.glyph ?? '█').repeat(2)), fill?.tone ?? 'plain'),
      gap(1),
      span(cut(label, 18)),
      gap(1),
      span(amount, now > 0 ? 'plain' : 'quiet'),
    ];
  });
  const chartWidth = Math.max(...chart.map(lineWidth));
  const roomBeside = width - chartWidth - 2 >= 22;
  const head: Line = [span(title, 'strong')];
  if (roomBeside) return [head, ...beside(chart, chartWidth + 1, span(literal(' ')), legend)];
  return [head, ...chart, ...inRows(legend, width)];
}

/** Legend entries one after another, as many a row as fit. */
function inRows(entries: readonly Line[], width: number): Line[] {
  const rows: Line[] = [];
  let current: Line = [];
  for (const entry of entries) {
    if (current.length > 0 && lineWidth(current) + lineWidth(entry) + 2 > width) {
      rows.push(current);
      current = [];
    }
    current = [...current, ...(current.length > 0 ? [gap(2)] : []), ...entry];
  }
  return current.length > 0 ? [...rows, current] : rows;
}

const noneLine = (key: MessageKey, lang: Lang): Line => [gap(1), span(say(lang, key), 'quiet')];

/** What is to be done, and what waits to be sent. */
function workSection({ openTasks, pending, goals, healthLabel }: AccountView, width: number, lang: Lang): Line[] {
  const lines: Line[] = [];
  const health =
    healthLabel === null ? say(lang, 'account.health.none') : say(lang, 'book.health_score', { value: cleanLine(healthLabel) });
  lines.push(cutLine([span(health, 'quiet')], width));
  lines.push([span(say(lang, 'app.section.goals'), 'strong')]);
  if (goals === null || goals.trim() === '') lines.push(noneLine('account.goals.none', lang));
  else {
    for (const text of wrap(cleanBlock(goals, 400), width - 1).slice(0, 3)) lines.push([gap(1), span(text)]);
  }
  lines.push([span(say(lang, 'app.section.open'), 'strong')]);
  if (openTasks.length === 0 && pending.length === 0) lines.push(noneLine('account.open.none', lang));
  for (const { kind, state, text } of pending) {
    const what = say(lang, `outbox.kind.${kind}`);
    const stands = say(lang, `app.state.${state}`);
    lines.push(
      cutLine(
        [gap(1), span(stands, state === 'needs_you' ? 'problem' : 'accent'), gap(1), span(what, 'quiet'), gap(1), span(cleanLine(text))],
        width,
      ),
    );
  }
  for (const task of openTasks) lines.push(cutLine([gap(1), dateCell(task.at, lang), gap(2), span(cleanLine(task.title))], width));
  return lines;
}

/** Plays that run, with the steps that are not done; finished ones in a line. */
function playsSection({ plays }: AccountView, width: number, lang: Lang): Line[] {
  const lines: Line[] = [[span(say(lang, 'plays.title'), 'strong')]];
  if (plays.length === 0) lines.push(noneLine('account.plays.none', lang));
  for (const { label: name, steps, done } of plays) {
    const label = cleanLine(name[lang]);
    const bar = literal('▰'.repeat(done) + '▱'.repeat(steps.length - done));
    lines.push(
      cutLine([gap(1), span(bar, 'accent'), gap(1), span(say(lang, 'plays.progress', { label, done, total: steps.length }))], width),
    );
    for (const step of steps.filter(({ state }) => state !== 'done')) {
      const tone = step.state === 'overdue' || step.state === 'needs_you' ? 'problem' : 'quiet';
      const state = span(say(lang, `plays.state.${step.state}`), tone);
      lines.push(cutLine([gap(3), dateCell(step.on, lang), gap(2), state, gap(1), span(cleanLine(step.subject))], width));
    }
  }
  return lines;
}

const CHAMPION = /^(champion|推進者|チャンピオン)$/i;

/** That somebody left, or was last active, and when the team last was in touch. */
function contactSeen({ leftOn, lastActiveOn, lastTouchedOn }: AccountView['contacts'][number], lang: Lang): Line {
  const touched =
    lastTouchedOn === null
      ? say(lang, 'account.people.untouched')
      : say(lang, 'account.people.touched', { day: formatDay(lastTouchedOn, lang, 'short') });
  const short = (day: Day): string => formatDay(day, lang, 'short');
  if (leftOn !== null)
    return [span(say(lang, 'app.people.left', { day: short(leftOn) }), 'worse'), span(literal(`${SEPARATOR}${touched}`), 'quiet')];
  const active = lastActiveOn === null ? [] : [say(lang, 'app.people.active', { day: short(lastActiveOn) })];
  return [span(join([...active, touched], SEPARATOR), 'quiet')];
}

/** Null where nothing is known, or it only says again that somebody champions us. */
function roleWords({ champion, role, roleLabel }: AccountView['contacts'][number]): Clean | null {
  const words = roleLabel ?? role;
  if (words === null || (champion && (CHAMPION.test(words) || CHAMPION.test(role ?? '')))) return null;
  return cleanLine(words);
}

function peopleSection({ contacts }: AccountView, width: number, lang: Lang): Line[] {
  const lines: Line[] = [[span(say(lang, 'app.section.people'), 'strong')]];
  if (contacts.length === 0) lines.push(noneLine('account.people.none', lang));
  for (const contact of contacts) {
    const roles = [
      contact.champion ? say(lang, 'app.people.champion') : null,
      roleWords(contact),
      contact.jobTitle === null ? null : cleanLine(contact.jobTitle),
    ].filter((text) => text !== null);
    const who: Line = [
      gap(1),
      span(cleanLine(contact.name), contact.champion ? 'strong' : 'plain'),
      gap(1),
      span(roles.length === 0 ? say(lang, 'account.people.noRole') : join(roles, SEPARATOR), 'quiet'),
    ];
    const seen = contactSeen(contact, lang);
    // What was last heard of somebody is worth a row of its own, rather than to be cut off.
    const whole: Line = [...who, gap(2), ...seen];
    if (lineWidth(whole) <= width) lines.push(whole);
    else lines.push(cutLine(who, width), cutLine([gap(3), ...seen], width));
  }
  return lines;
}
