/** MRR by product and plan, the largest customers by product, and what could be sold to whom. Pure. */
import { type Labels, labelOf, labelOrNull } from '../../book/labels.ts';
import type { ProductAnswer } from '../../book/revenue-answers.ts';
import { bar, partTone, pointerLine, splitBar } from '../../components/bars.ts';
import { glyphAt, glyphs } from '../../components/glyphs.ts';
import { cutLine, emptyLine, gap, type Line, lineWidth, span } from '../../components/line.ts';
import { say } from '../../components/say.ts';
import { type Series, stackedChart } from '../../components/stacked-chart.ts';
import { type Cell, cell } from '../../components/table.ts';
import type { ProductMonth } from '../../revenue/products.ts';
import { fit } from '../../text/cells.ts';
import { type Clean, cleanLine, join, literal } from '../../text/clean.ts';
import { formatMoney, formatMonth, formatPercent } from '../../text/format.ts';
import type { Lang } from '../../text/messages/index.ts';
import { addMonths, type Month } from '../../units/day.ts';
import { type Money, toMajor } from '../../units/money.ts';
import {
  type AnswerOf,
  answerTo,
  clampRow,
  missing,
  moneyWords,
  nameWords,
  type RevenueInput,
  type RevenueScreen,
  type TableColumn,
  type TableRow,
  type Target,
  tabsLine,
  titleLine,
  walkTable,
} from './kit.ts';

const MONTHS = 24;
const QUESTION = { ask: 'products', months: MONTHS } as const;
const VIEWS = ['product', 'plan', 'customers', 'contract', 'whitespace', 'combination', 'top', 'path'] as const;
type View = (typeof VIEWS)[number];
/** Series that have a fill of their own; the others are one. */
const SERIES = 4;

type Answer = AnswerOf<'products'>;

const viewOf = ({ place }: Pick<RevenueInput, 'place'>): View => VIEWS[place.view] ?? 'product';
const text = (line: Line): Clean =>
  join(
    line.map((one) => one.text),
    literal(''),
  );

interface Kind {
  readonly value: string | null;
  readonly months: readonly number[];
  readonly customers: readonly number[];
}

const monthsOf = (answer: Answer): readonly Month[] =>
  Array.from({ length: MONTHS }, (_, index) => addMonths(answer.last, index - MONTHS + 1));

const grouped = new WeakMap<readonly ProductMonth[], Map<'product' | 'plan', readonly Kind[]>>();

/** Each product or plan with its months; the largest of the last month first. */
function kindsOf(answer: Answer, of: 'product' | 'plan'): readonly Kind[] {
  const rows = answer.data.months;
  const known = grouped.get(rows) ?? new Map<'product' | 'plan', readonly Kind[]>();
  grouped.set(rows, known);
  const found = known.get(of);
  if (found) return found;
  const at = new Map(monthsOf(answer).map((month, index) => [month, index]));
  const kinds = [...Map.groupBy(rows, (row) => row[of])].map(([value, own]): Kind => {
    const months = new Array<number>(MONTHS).fill(0);
    const customers = new Array<number>(MONTHS).fill(0);
    for (const row of own) {
      const index = at.get(row.month);
      if (index === undefined) continue;
      months[index] = (months[index] ?? 0) + row.mrr;
      customers[index] = (customers[index] ?? 0) + row.customers;
    }
    return { value, months, customers };
  });
  const size = (kind: Kind): number => kind.months.at(-1) ?? 0;
  const all = (kind: Kind): number => kind.months.reduce((sum, one) => sum + one, 0);
  kinds.sort((a, b) => size(b) - size(a) || all(b) - all(a) || ((a.value ?? '') < (b.value ?? '') ? -1 : 1));
  known.set(of, kinds);
  return kinds;
}

const kindName = (value: string | null, labels: Labels, lang: Lang): Clean =>
  value === null ? say(lang, 'charts.noName') : cleanLine(labelOf(labels, value));
const fillOf = (index: number): number => Math.min(index, SERIES);

const left = (title: Clean, width: number): TableColumn => ({ title, width, align: 'left' });
const right = (title: Clean, width: number): TableColumn => ({ title, width, align: 'right' });

/** The table below a chart, or the whole of a view without one. */
function tableOf(input: RevenueInput, answer: Answer): Table {
  const { lang } = input;
  const view = viewOf(input);
  const { data, currency, labels } = answer;
  const money = (value: number): Clean => moneyWords(value as Money, currency, lang);
  const column = (key: 'customers' | 'mrr' | 'share' | 'change'): Clean => say(lang, `charts.column.${key}`);
  switch (view) {
    case 'product':
    case 'plan': {
      const index = MONTHS - 1 - input.place.back;
      const month = addMonths(answer.last, -input.place.back);
      const kinds = kindsOf(answer, view);
      const total = kinds.reduce((sum, kind) => sum + (kind.months[index] ?? 0), 0);
      return {
        columns: [
          left(say(lang, `charts.by.${view}`), 0),
          right(column('mrr'), 9),
          right(column('share'), 6),
          right(column('change'), 9),
          right(column('customers'), 9),
        ],
        rows: kinds.map((kind, at): TableRow => {
          const now = kind.months[index] ?? 0;
          const change = now - (kind.months[index - 1] ?? 0);
          const name = kindName(kind.value, labels[view], lang);
          return {
            cells: [
              cell(literal(`${glyphAt(glyphs.fills, fillOf(at))} ${name}`), partTone(fillOf(at))),
              cell(money(now)),
              cell(literal(total > 0 ? formatPercent(now / total) : '–'), 'quiet'),
              cell(
                index > 0 ? moneyWords(change as Money, currency, lang, true) : literal('–'),
                change < 0 ? 'worse' : change > 0 ? 'better' : 'quiet',
              ),
              cell(literal(String(kind.customers[index] ?? 0)), 'quiet'),
            ],
            target: {
              to: 'behind',
              of: { what: 'paid', of: view, value: kind.value, month },
              title: literal(`${formatMonth(month, lang, 'full')} · ${name}`),
            },
          };
        }),
      };
    }
    case 'customers':
    case 'contract':
      return customerTable(input, answer, view);
    case 'whitespace': {
      const products = kindsOf(answer, 'product')
        .flatMap(({ value }) => (value === null ? [] : [value]))
        .slice(0, 8);
      return {
        columns: [
          left(say(lang, 'charts.column.account'), 0),
          right(column('mrr'), 9),
          ...products.map((one) => left(kindName(one, labels.product, lang), 8)),
        ],
        rows: data.whitespace.map((one): TableRow => {
          const name = nameWords(one.name, lang);
          return {
            cells: [cell(name), cell(money(one.mrr)), ...products.map((product) => gapCell(one, product))],
            target: { to: 'account', id: one.id, name },
          };
        }),
      };
    }
    case 'combination':
    case 'top': {
      const own = view === 'top' ? data.topCombinations : data.combinations;
      const most = Math.max(1, ...own.map(({ mrr }) => mrr));
      return {
        columns: [left(say(lang, `charts.by.${view}`), 0), right(column('customers'), 9), right(column('mrr'), 9), left(literal(''), 16)],
        rows: own.map(({ products, customers, mrr }): TableRow => {
          const name = join(
            products.map((one) => kindName(one, labels.product, lang)),
            literal(' + '),
          );
          return {
            cells: [cell(name), cell(literal(String(customers))), cell(money(mrr)), cell(text(bar(mrr, most, 16)), 'accent')],
            target: { to: 'behind', of: { what: 'combination', products, top: view === 'top' }, title: name },
          };
        }),
      };
    }
    case 'path': {
      const most = Math.max(1, ...data.upgradePaths.map(({ customers }) => customers));
      return {
        columns: [left(say(lang, 'charts.by.path'), 0), right(column('customers'), 9), left(literal(''), 16)],
        rows: data.upgradePaths.map(({ path, customers }): TableRow => {
          const name = join(
            path.map((one) => kindName(one, labels.plan, lang)),
            literal(' → '),
          );
          return {
            cells: [cell(name), cell(literal(String(customers))), cell(text(bar(customers, most, 16)), 'accent')],
            target: { to: 'behind', of: { what: 'path', path }, title: name },
          };
        }),
      };
    }
  }
}

/** The largest customers by MRR, or by what their contract is worth, in parts by product. */
function customerTable({ lang, width }: RevenueInput, answer: Answer, view: 'customers' | 'contract'): Table {
  const { data, currency, labels } = answer;
  const money = (value: number): Clean => moneyWords(value as Money, currency, lang);
  const isContract = view === 'contract';
  const own = isContract ? data.contracts : data.customers;
  const size = ({ mrr, contract }: (typeof own)[number]): number => (isContract ? (contract?.value ?? 0) : mrr);
  const most = Math.max(1, ...own.map(size));
  const places = new Map(kindsOf(answer, 'product').map(({ value }, index) => [value, fillOf(index)]));
  const room = Math.max(8, width - 62);
  return {
    columns: [
      left(say(lang, 'charts.column.account'), 0),
      right(say(lang, isContract ? 'charts.column.contract' : 'charts.column.mrr'), 9),
      left(say(lang, 'charts.by.plan'), 12),
      left(say(lang, 'charts.by.product'), room),
    ],
    rows: own.map((one): TableRow => {
      const name = nameWords(one.name, lang);
      const share = one.mrr > 0 ? size(one) / one.mrr : 0;
      const parts = one.products
        .map(({ product, mrr }) => ({ value: mrr * share, fill: places.get(product) ?? SERIES }))
        .sort((a, b) => a.fill - b.fill);
      const worth = isContract && one.contract?.derived ? literal(`${money(size(one))}*`) : money(size(one));
      return {
        cells: [
          cell(name),
          cell(worth),
          cell(nameWords(labelOrNull(labels.plan, one.plan), lang), 'quiet'),
          cell(text(splitBar(parts, most, room)), 'accent'),
        ],
        target: { to: 'account', id: one.id, name },
      };
    }),
  };
}

interface Table {
  readonly columns: readonly TableColumn[];
  readonly rows: readonly TableRow[];
}

/** What it has, or the share of those like it that have what it lacks. */
function gapCell(one: ProductAnswer['whitespace'][number], product: string): Cell {
  if (one.has.includes(product)) return cell(literal(`${glyphs.have} `), 'quiet');
  const lack = one.lacks.find((each) => each.product === product);
  return lack ? cell(literal(formatPercent(lack.peers / lack.of)), 'strong') : cell(literal(glyphs.lack), 'quiet');
}

function chartLines(input: RevenueInput, answer: Answer, of: 'product' | 'plan', height: number): Line[] {
  const { width, lang, place } = input;
  const kinds = kindsOf(answer, of);
  const months = monthsOf(answer);
  const own = kinds.slice(0, SERIES);
  const rest = kinds.slice(SERIES);
  const series: Series[] = own.map((kind) => ({ label: kindName(kind.value, answer.labels[of], lang), values: kind.months }));
  if (rest.length > 0)
    series.push({
      label: say(lang, 'charts.rest', { n: rest.length }),
      values: months.map((_, at) => rest.reduce((sum, kind) => sum + (kind.months[at] ?? 0), 0)),
    });
  const barWidth = width >= 66 ? Math.max(2, Math.min(4, Math.floor((width - 36) / MONTHS))) : 1;
  const lines = stackedChart({
    series,
    height,
    barWidth,
    amount: (value) => cleanLine(formatMoney(toMajor(value as Money), answer.currency, lang)),
    from: literal(formatMonth(months[0] ?? answer.last, lang)),
    to: literal(formatMonth(answer.last, lang)),
  });
  const axis = lineWidth(lines[0] ?? emptyLine) - MONTHS * barWidth;
  const wide = lines.map((line, index): Line => {
    const one = series[index];
    if (!one || width < axis + MONTHS * barWidth + 24) return line;
    return [
      ...line,
      gap(Math.max(1, axis + MONTHS * barWidth + 4 - lineWidth(line))),
      span(literal(`${glyphAt(glyphs.fills, index)} `), partTone(index)),
      span(fit(one.label, 20)),
    ];
  });
  return [...wide, pointerLine(barWidth, MONTHS - 1 - place.back, axis - 2)];
}

export const productsScreen: RevenueScreen = {
  views: VIEWS.length,
  questions: () => [QUESTION],
  extent(input) {
    const answer = answerTo(input.answers, QUESTION);
    const view = viewOf(input);
    return answer
      ? { rows: tableOf(input, answer).rows.length, columns: view === 'product' || view === 'plan' ? MONTHS : 1 }
      : { rows: 0, columns: 1 };
  },
  target(input) {
    const answer = answerTo(input.answers, QUESTION);
    if (!answer) return null;
    const { rows } = tableOf(input, answer);
    const found: Target | null | undefined = rows[clampRow(input.place.row, rows.length)]?.target;
    return found ?? null;
  },
  lines(input) {
    const { width, height, lang, place } = input;
    const title = say(lang, 'app.screen.products');
    const answer = answerTo(input.answers, QUESTION);
    const instead = missing(answer, title, input);
    if (instead || !answer) return instead ?? [];
    const view = viewOf(input);
    const { columns, rows } = tableOf(input, answer);
    const head = [
      titleLine(title, answer, width, lang),
      tabsLine(
        VIEWS.map((one) => say(lang, `charts.by.${one}`)),
        place.view,
        width,
      ),
    ];
    const hint = view === 'whitespace' ? say(lang, 'charts.whitespace', { n: answer.data.whitespaceCount }) : null;
    const chart = view === 'product' || view === 'plan' ? chartLines(input, answer, view, Math.max(4, Math.min(18, height - 14))) : [];
    const legend =
      view === 'contract'
        ? [legendLine(answer, width, lang), [gap(1), span(say(lang, 'charts.contract.note'), 'quiet')]]
        : view === 'customers'
          ? [legendLine(answer, width, lang)]
          : hint
            ? [[gap(1), span(hint, 'quiet')]]
            : [];
    const used = head.length + chart.length + legend.length;
    const body =
      rows.length === 0
        ? [emptyLine, [gap(2), span(say(lang, view === 'path' ? 'charts.empty.path' : 'charts.empty.view'), 'quiet')]]
        : walkTable(columns, rows, clampRow(place.row, rows.length), width, Math.max(2, height - used));
    return [...head, ...chart, ...legend, ...body].map((line) => cutLine(line, width));
  },
};

function legendLine(answer: Answer, width: number, lang: Lang): Line {
  const kinds = kindsOf(answer, 'product');
  const spans = kinds
    .slice(0, SERIES)
    .flatMap(({ value }, index) => [
      gap(1),
      span(literal(`${glyphAt(glyphs.fills, index).repeat(2)} `), partTone(index)),
      span(kindName(value, answer.labels.product, lang)),
    ]);
  const rest =
    kinds.length > SERIES
      ? [
          gap(1),
          span(literal(`${glyphAt(glyphs.fills, SERIES).repeat(2)} `), partTone(SERIES)),
          span(say(lang, 'charts.rest', { n: kinds.length - SERIES })),
        ]
      : [];
  return cutLine([...spans, ...rest], width);
}
