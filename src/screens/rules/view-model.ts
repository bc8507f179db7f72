/** What each rule does on the book, and who a tried weight brings into the top and takes out of it. Pure. */
import { beside, cutLine, emptyLine, gap, type Line, span, spread } from '../../components/line.ts';
import { say } from '../../components/say.ts';
import { type Column, cell, headLine, tableLine } from '../../components/table.ts';
import type { RulesView } from '../../open.ts';
import type { RuleStat } from '../../rules/stats.ts';
import { type Clean, cleanLine, join, literal } from '../../text/clean.ts';
import { formatNumber, formatPercent, MINUS } from '../../text/format.ts';
import type { Lang } from '../../text/messages/index.ts';
import type { RulesBench, Tried, TriedPoints } from './bench.ts';

export interface RulesInput {
  /** null until read; `view` null where it could not be read. */
  readonly rules: { readonly view: RulesView | null; readonly bench: RulesBench | null } | null;
  readonly index: number;
  readonly offset: number;
  readonly points: TriedPoints;
  /** By account id. */
  readonly nameOf: (id: string) => Clean;
  readonly width: number;
  readonly height: number;
  readonly lang: Lang;
}

/** Title and column heads. */
const CHROME = 2;
/** Rows under the list: who enters, who leaves, the bands. */
const DETAIL = 4;
/** From so many columns on there is room for the top beside the rules. */
const WIDE = 110;
const TOP_WIDTH = 38;
const BANDS = ['critical', 'high', 'watch', 'low', 'unknown'] as const;

export const rulesPage = (height: number): number => Math.max(1, height - CHROME - DETAIL);

export function rulesLines(input: RulesInput): Line[] {
  const { rules, width, lang } = input;
  const title = span(say(lang, 'app.rules.title'), 'strong');
  if (rules === null) return [[gap(1), title], emptyLine, [gap(2), span(say(lang, 'app.account.reading'), 'quiet')]];
  const { view, bench } = rules;
  if (!view || !bench) return [[gap(1), title], emptyLine, [gap(2), span(say(lang, 'app.rules.unread'), 'problem')]];
  const tried = bench.try(input.points);
  const isWide = width >= WIDE;
  const left = isWide ? width - TOP_WIDTH - 3 : width;
  const file = view.inForce.exists ? cleanLine(view.inForce.file) : say(lang, 'app.rules.noFile');
  const counts = say(lang, 'app.book.all', { n: view.sheet.accounts.length });
  const head = spread([gap(1), title, gap(2), span(counts, 'quiet')], [span(file, 'quiet'), gap(1)], width);
  const list = listLines(input, view, left);
  const page = rulesPage(input.height);
  const top = isWide && tried ? topLines(tried, input, page + 1) : [];
  const body = isWide ? beside(list, left, span(literal(' │ '), 'quiet'), top) : list;
  return [head, ...body, ...detail(tried, input, width)];
}

function columnsFor(width: number, lang: Lang): Column[] {
  const fixed = [
    { id: 'mark', title: literal(''), width: 1, align: 'left' as const },
    { id: 'points', title: say(lang, 'rules.column.points'), width: 11, align: 'right' as const },
    { id: 'fired', title: say(lang, 'rules.column.fired'), width: 6, align: 'right' as const },
    { id: 'known', title: say(lang, 'rules.column.coverage'), width: 5, align: 'right' as const },
  ];
  const rest = width - fixed.reduce((sum, column) => sum + column.width + 1, 0);
  const [mark, ...others] = fixed;
  return [
    ...(mark ? [mark] : []),
    { id: 'label', title: say(lang, 'rules.column.label'), width: Math.max(8, rest), align: 'left' },
    ...others,
  ];
}

function listLines({ index, offset, points, height, lang }: RulesInput, view: RulesView, width: number): Line[] {
  const columns = columnsFor(width, lang);
  const page = rulesPage(height);
  const rows = view.stats.slice(offset, offset + page).map((stat, at): Line => {
    const selected = offset + at === index;
    const tried = points.get(stat.id);
    return tableLine(columns, [
      cell(literal(selected ? '▸' : ''), 'selected'),
      cell(cleanLine(stat.label[lang]), stat.retired !== null ? 'quiet' : selected ? 'selected' : 'plain'),
      cell(pointsWords(stat, tried, lang), tried === undefined ? 'plain' : 'accent'),
      cell(literal(stat.retired === null ? String(stat.fired) : ''), stat.fired === 0 ? 'quiet' : 'plain'),
      cell(literal(stat.coverage === null ? '–' : formatPercent(stat.coverage)), 'quiet'),
    ]);
  });
  return [headLine(columns), ...rows, ...Array.from({ length: Math.max(0, page - rows.length) }, () => emptyLine)];
}

const signed = (value: number): string => (value > 0 ? `+${formatNumber(value, 0)}` : formatNumber(value, 0).replace('-', MINUS));

function pointsWords(stat: RuleStat, tried: number | undefined, lang: Lang): Clean {
  if (stat.retired !== null) return say(lang, 'app.rules.retired');
  return literal(tried === undefined ? signed(stat.points) : `${signed(stat.points)} → ${signed(tried)}`);
}

function topLines({ top, result }: Tried, { nameOf, lang }: RulesInput, rows: number): Line[] {
  const entered = new Set(result.entered);
  const ranks = new Map(result.moved.map(({ id, from }) => [id, from]));
  const lines = top.map((id, index): Line => {
    const from = ranks.get(id);
    const move = entered.has(id) ? say(lang, 'app.rules.new') : literal(from === undefined ? '' : from > index + 1 ? '▲' : '▼');
    const tone = entered.has(id) ? 'accent' : 'plain';
    return cutLine(
      [span(literal(String(index + 1).padStart(2)), 'quiet'), gap(1), span(nameOf(id), tone), gap(1), span(move, 'accent')],
      TOP_WIDTH,
    );
  });
  return [[span(say(lang, 'app.rules.top', { n: result.top }), 'quiet')], ...lines].slice(0, rows);
}

/** The row that is being tried, or what the keys do. */
function detail(tried: Tried | null, { points, nameOf, lang }: RulesInput, width: number): Line[] {
  if (points.size === 0 || !tried) return [emptyLine, [gap(1), span(say(lang, 'app.rules.hint'), 'quiet')]];
  const { top, entered, left, bands, moved } = tried.result;
  const names = (ids: readonly string[]): Clean =>
    ids.length === 0 ? literal('–') : join(ids.map(nameOf), literal(lang === 'ja' ? '、' : ', '));
  const who = (key: 'app.rules.enter' | 'app.rules.leave', ids: readonly string[]): Line =>
    cutLine([gap(1), span(say(lang, key, { top, n: ids.length }), 'strong'), gap(1), span(names(ids), 'accent')], width);
  const counts = BANDS.filter((band) => bands.before[band] !== bands.after[band]).map((band) =>
    literal(`${say(lang, `book.band.${band}`)} ${bands.before[band]} → ${bands.after[band]}`),
  );
  const moves = say(lang, 'app.rules.moved', { n: moved.length });
  return [
    emptyLine,
    who('app.rules.enter', entered),
    who('app.rules.leave', left),
    cutLine([gap(1), span(join([moves, ...counts], literal(' · ')), 'quiet')], width),
  ];
}
