/** The keys of the mapping, what each was found to be, and what a choice makes of three accounts. Pure. */
import { cutLine, emptyLine, gap, type Line, rule, span, spread } from '../../components/line.ts';
import { say } from '../../components/say.ts';
import { type Column, cell, tableLine } from '../../components/table.ts';
import type { Tone } from '../../components/theme.ts';
import { edgeScroll } from '../../components/window.ts';
import type { SetupChoice, SetupKey } from '../../open.ts';
import { type Clean, clean, cleanLine, join, literal } from '../../text/clean.ts';
import { formatPercent } from '../../text/format.ts';
import type { Lang } from '../../text/messages/index.ts';
import { keyWord, valueWord } from '../../text/messages/mapping.ts';
import type { SetupUi } from './state.ts';

/** Title and its hint. */
const CHROME = 2;
const CHOICES = 4;
const PREVIEWS = 3;
/** Rule, head, choices, previews. */
const DETAIL = 2 + CHOICES + PREVIEWS;

export const mappingPage = (height: number): number => Math.max(1, height - CHROME - DETAIL);

const MARKS: Readonly<Record<SetupKey['state'], readonly [string, Tone]>> = {
  sure: ['✓', 'better'],
  answered: ['✓', 'accent'],
  look: ['?', 'problem'],
  missing: ['!', 'critical'],
  declined: ['-', 'quiet'],
  none: [' ', 'quiet'],
};

export function mappingLines(ui: SetupUi, width: number, height: number, lang: Lang): Line[] {
  const looks = ui.keys.filter(({ state }) => state === 'look' || state === 'missing').length;
  const found = ui.keys.filter(({ value }) => value !== null).length;
  const title = spread(
    [gap(1), span(say(lang, 'setup.mapping.title'), 'strong')],
    [span(say(lang, 'setup.mapping.found', { found, total: ui.keys.length }), 'quiet'), gap(1)],
    width,
  );
  const hint: Line = [
    gap(1),
    looks > 0 ? span(say(lang, 'setup.mapping.look', { n: looks }), 'problem') : span(say(lang, 'setup.mapping.sure'), 'quiet'),
  ];
  const page = mappingPage(height);
  const columns = keyColumns(width, lang);
  const rows = ui.keys.slice(ui.offset, ui.offset + page).map((key, row) => keyLine(key, ui.offset + row === ui.index, columns, lang));
  const filled = [...rows, ...Array.from({ length: Math.max(0, page - rows.length) }, () => emptyLine)];
  const selected = ui.keys[ui.index];
  return [title, cutLine(hint, width), ...filled, rule(width), ...(selected ? detail(ui, selected, width, lang) : [])].slice(0, height);
}

function keyColumns(width: number, lang: Lang): Column[] {
  const word = lang === 'ja' ? 24 : 28;
  const rest = Math.max(10, width - word - 12);
  const value = Math.min(34, Math.floor(rest * 0.45));
  return [
    { id: 'mark', title: literal(''), width: 1, align: 'left' },
    { id: 'state', title: literal(''), width: 1, align: 'left' },
    { id: 'key', title: literal(''), width: word, align: 'left' },
    { id: 'value', title: literal(''), width: value, align: 'left' },
    { id: 'fill', title: literal(''), width: 4, align: 'right' },
    { id: 'about', title: literal(''), width: rest - value - 1, align: 'left' },
  ];
}

function keyLine(key: SetupKey, selected: boolean, columns: readonly Column[], lang: Lang): Line {
  const [mark, tone] = MARKS[key.state];
  const chosen = key.choices.find(({ value }) => value === key.value);
  const words: Clean =
    key.state === 'none' || key.state === 'declined' || key.state === 'missing'
      ? say(lang, `setup.state.${key.state}`)
      : labelOf(key.key, chosen ?? null, key.value ?? '', lang);
  const changed = key.was === null ? null : say(lang, key.was === '' ? 'setup.new' : 'setup.was', { value: clean(key.was) });
  const about = key.drifted ? say(lang, 'setup.drifted') : (changed ?? samplesOf(chosen));
  return tableLine(columns, [
    cell(literal(selected ? '▸' : ''), 'selected'),
    cell(literal(mark), tone),
    cell(literal(keyWord(key.key, lang)), selected ? 'selected' : key.value === null ? 'quiet' : 'plain'),
    cell(words, key.value === null ? 'quiet' : 'plain'),
    cell(fillOf(chosen), 'quiet'),
    cell(about, key.drifted ? 'problem' : changed === null ? 'quiet' : 'accent'),
  ]);
}

const labelOf = (key: string, choice: SetupChoice | null, value: string, lang: Lang): Clean =>
  clean(valueWord(key, value, lang) ?? choice?.label ?? value);

const SEPARATOR = literal(' · ');
const samplesOf = (choice: SetupChoice | undefined): Clean =>
  join(
    (choice?.samples ?? []).map((one) => cleanLine(one, 24)),
    SEPARATOR,
  );
const fillOf = (choice: SetupChoice | undefined): Clean => literal(choice?.fillRate == null ? '' : formatPercent(choice.fillRate));

/** What the key may be, and what that makes of three accounts. */
function detail(ui: SetupUi, key: SetupKey, width: number, lang: Lang): Line[] {
  const { finding } = ui;
  const head: Line = finding
    ? [gap(1), span(say(lang, 'setup.find', { key: keyWord(key.key, lang) }), 'accent'), gap(1), span(finding.words.text, 'strong')]
    : [gap(1), span(literal(keyWord(key.key, lang)), 'strong'), gap(1), span(literal(key.key), 'quiet')];
  const choices = finding ? finding.choices : key.choices;
  const index = finding
    ? finding.index
    : Math.max(
        0,
        choices.findIndex(({ value }) => value === key.value),
      );
  const from = edgeScroll(0, index, CHOICES, choices.length);
  const listed = choices.slice(from, from + CHOICES).map((choice, row): Line => {
    const selected = from + row === index && (finding !== null || key.value !== null);
    return choiceLine(key.key, choice, selected, width, lang);
  });
  if (choices.length === 0) listed.push([gap(3), span(say(lang, finding ? 'setup.find.nothing' : 'setup.choices.none'), 'quiet')]);
  const filled = [...listed, ...Array.from({ length: CHOICES - listed.length }, () => emptyLine)];
  return [cutLine(head, width), ...filled, ...previewLines(ui, key, width, lang)];
}

function choiceLine(key: string, choice: SetupChoice, selected: boolean, width: number, lang: Lang): Line {
  const { value, type, fillRate, samples } = choice;
  const label = labelOf(key, choice, value, lang);
  const about = [
    type === null ? null : clean(type),
    fillRate === null ? null : say(lang, 'setup.filled', { percent: formatPercent(fillRate) }),
    ...samples.map((one) => cleanLine(one, 24)),
  ].filter((text) => text !== null);
  return cutLine(
    [
      gap(1),
      span(literal(selected ? '▸ ' : '  '), 'selected'),
      span(label, selected ? 'selected' : 'plain'),
      ...(label === clean(value) ? [] : [gap(1), span(clean(value), 'quiet')]),
      gap(2),
      span(join(about, SEPARATOR), 'quiet'),
    ],
    width,
  );
}

function previewLines({ previews }: SetupUi, { value }: SetupKey, width: number, lang: Lang): Line[] {
  if (value === null) return [];
  if (previews === null) return [[gap(1), span(say(lang, 'app.account.reading'), 'quiet')]];
  return previews.map(({ name, text, readable }): Line => {
    const tone: Tone = readable ? 'plain' : text === '–' ? 'quiet' : 'problem';
    const shown = span(clean(text), tone);
    const bad = readable || text === '–' || text === '0' ? [] : [gap(1), span(say(lang, 'setup.unreadable'), 'problem')];
    return cutLine([gap(1), span(clean(name, { max: 40 }), 'quiet'), gap(1), span(literal('→ '), 'quiet'), shown, ...bad], width);
  });
}
