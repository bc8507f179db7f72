/** A quarterly review to read: what was aimed at, what happened, what was done, what is missing. */

import type { ReviewPart } from '../book/review.ts';
import { type Audience, saidToCustomers } from '../book/review-audience.ts';
import { shown } from '../book/row.ts';
import { measuresSvg } from '../text/bar-tables.ts';
import { columnsSvg } from '../text/charts.ts';
import { type Clean, clean, literal } from '../text/clean.ts';
import {
  formatDay,
  formatMoney,
  formatMoneyFull,
  formatMonth,
  formatNumber,
  formatPercent,
  formatSigned,
  sparkline,
} from '../text/format.ts';
import type { Markup } from '../text/markup.ts';
import { type Lang, type MessageKey, t } from '../text/messages/index.ts';
import { lastDay, type Month, monthOf } from '../units/day.ts';
import { toMajor } from '../units/money.ts';
import type { AccountReview } from '../workspace/review.ts';
import { captioned } from './captioned.ts';
import { type DataSource, syncedText } from './data-source.ts';
import { trialParts } from './experiment-report.ts';
import type { Part } from './report.ts';

const SHOWN_DEEDS = 15;
const SHOWN_RISKS = 12;
const SHOWN_PROPOSALS = 5;
const NOTHING = literal('–');

export interface ReviewEdition {
  readonly audience: Audience;
  /** The policy's hash. */
  readonly policy: string;
  readonly data: DataSource;
}

/** For a customer `found` has been through `forCustomer`. */
export function qbrParts(found: AccountReview, { audience, policy, data }: ReviewEdition, lang: Lang): readonly Part[] {
  const isOurs = audience === 'team';
  const writer = new Writer(found, audience, lang);
  const { row } = found.view;
  const { from, to } = found.review;
  const span = { from: writer.day(from), to: writer.day(to), owner: clean(row.owner?.name ?? '–'), plan: clean(shown(row, 'plan') ?? '–') };
  const synced = syncedText(data, lang);
  const made = isOurs
    ? t(lang, 'files.foot', { synced, policy: clean(policy) })
    : t(lang, 'qbr.made.customer', { synced, day: writer.day(to) });
  return [
    { kind: 'title', text: t(lang, `qbr.title.${audience}`, { name: clean(row.name) }) },
    ...(isOurs ? [{ kind: 'note' as const, text: t(lang, 'qbr.inside'), place: 'inside' as const }] : []),
    { kind: 'note', text: t(lang, 'qbr.span', span), place: 'head' },
    ...writer.goals(),
    ...writer.mrr(),
    ...writer.usage(),
    ...writer.support(),
    ...writer.surveys(),
    ...writer.deeds(),
    ...(isOurs ? [...writer.actions(), ...writer.trials()] : []),
    ...writer.value(),
    ...(isOurs ? writer.risks() : writer.points()),
    ...writer.proposals(),
    ...writer.missing(),
    { kind: 'note', text: made, place: 'foot' },
  ];
}

class Writer {
  readonly #found: AccountReview;
  readonly #lang: Lang;
  readonly #isOurs: boolean;

  constructor(found: AccountReview, audience: Audience, lang: Lang) {
    this.#found = found;
    this.#isOurs = audience === 'team';
    this.#lang = lang;
  }

  say(key: MessageKey, params: Readonly<Record<string, string | number>> = {}): Clean {
    return literal(t(this.#lang, key, params));
  }

  sentence(key: MessageKey, params: Readonly<Record<string, string | number>> = {}): Part {
    return { kind: 'sentence', text: this.say(key, params) };
  }

  day(day: Parameters<typeof formatDay>[0] | null): Clean {
    return day === null ? NOTHING : literal(formatDay(day, this.#lang));
  }

  #money(amount: number | null, signed = false): Clean {
    if (amount === null) return NOTHING;
    return clean(`${signed && amount > 0 ? '+' : ''}${formatMoneyFull(amount, this.#found.view.row.currency, this.#lang)}`);
  }

  #heading(key: MessageKey): Part {
    return { kind: 'heading', text: this.say(key) };
  }

  /** What stands where a part has nothing to say; null where it has. */
  #absent(part: ReviewPart): Part | null {
    const gap = this.#found.review.missing.find((one) => one.part === part);
    return gap ? this.sentence(this.#isOurs ? `qbr.missing.here.${gap.because}` : 'qbr.missing.here.customer') : null;
  }

  #title(part: ReviewPart): MessageKey {
    return part === 'mrr' && !this.#isOurs ? 'qbr.mrr.customer' : `qbr.${part}`;
  }

  /** The heading, then the parts, or why there are none. */
  #part(part: ReviewPart, parts: () => readonly Part[]): readonly Part[] {
    const absent = this.#absent(part);
    return [this.#heading(this.#title(part)), ...(absent ? [absent] : parts())];
  }

  goals(): readonly Part[] {
    return this.#part('goals', () => [{ kind: 'list', items: lines(this.#found.review.goals ?? '') }]);
  }

  mrr(): readonly Part[] {
    return this.#part('mrr', () => {
      const { row, mrrByProduct } = this.#found.view;
      const { mrrMonths, mrrBefore, mrrNow } = this.#found.review;
      const values = row.mrrTrend.map(({ mrr }) => mrr);
      const [first, last] = [row.mrrTrend[0]?.month, row.mrrTrend.at(-1)?.month];
      const label =
        first && last ? t(this.#lang, 'export.chart.mrr', { from: formatMonth(first, this.#lang), to: formatMonth(last, this.#lang) }) : '';
      const change = mrrBefore === null || mrrNow === null ? this.say('qbr.mrr.unknown_change') : this.#money(mrrNow - mrrBefore, true);
      const products = mrrByProduct.map(({ label, months }) => ({
        name: label === null ? this.say('qbr.product.none') : clean(label),
        amounts: [mrrMonths.before, mrrMonths.now].map((wanted) => months.find(({ month }) => month === wanted)?.mrr ?? 0),
      }));
      const figures = { now: this.#money(mrrNow), change, contract: this.#money(row.contractValue), renewal: this.day(row.renewalDate) };
      return [
        this.sentence(this.#isOurs ? 'qbr.mrr.now' : 'qbr.mrr.now.customer', figures),
        {
          kind: 'figure',
          drawing: captioned(label, this.#mrrChart(label)),
          lines: [`${label}  ${sparkline(values, { gap: '.' })}`],
        },
        {
          kind: 'table',
          columns: [
            { title: this.say('qbr.product') },
            { title: this.say('qbr.before'), align: 'right' },
            { title: this.say('qbr.now'), align: 'right' },
          ],
          rows: products
            .filter(({ amounts }) => amounts.some((amount) => amount > 0))
            .map(({ name, amounts }) => [name, ...amounts.map((amount) => this.#money(amount))]),
        },
      ];
    });
  }

  /** The months of the trend, stacked by product. */
  #mrrChart(label: string): Markup {
    const { row, mrrByProduct } = this.#found.view;
    const series = mrrByProduct.map((one) => ({ label: one.label === null ? this.say('qbr.product.none') : clean(one.label) }));
    const columns = row.mrrTrend.map(({ month, mrr }) => ({
      label: formatMonth(month, this.#lang),
      parts: mrr === null ? [] : mrrByProduct.map(({ months }) => months.find((one) => one.month === month)?.mrr ?? 0),
    }));
    const { currency } = row;
    return columnsSvg(columns, series, label, { say: (value) => clean(formatMoney(value, currency, this.#lang)) });
  }

  usage(): readonly Part[] {
    return this.#part('usage', () => {
      const { usage, adoption, lastUsedOn } = this.#found.review;
      const number = (value: number | null): Clean => (value === null ? NOTHING : literal(formatNumber(value)));
      const columns = (['logins', 'users', 'minutes', 'features'] as const).map((key) => ({
        title: this.say(`qbr.usage.${key}`),
        align: 'right' as const,
      }));
      const table: Part = {
        kind: 'table',
        columns: [{ title: this.say('qbr.mrr.month') }, ...columns],
        rows: usage.map((one) => [
          this.#usageMonth(one.month, 'full'),
          ...[one.logins, one.activeUsers, one.minutes, one.featuresUsed].map(number),
        ]),
      };
      return [
        ...(lastUsedOn === null ? [] : [this.sentence('qbr.usage.last', { day: this.day(lastUsedOn) })]),
        ...(adoption === null ? [] : [this.sentence('qbr.usage.adoption', { share: formatPercent(adoption) })]),
        ...(usage.length === 0 ? [] : [this.#usageChart(), table]),
      ];
    });
  }

  /** A month that is not over yet says so: its sums are no fall. */
  #usageMonth(month: Month, style: 'short' | 'full' = 'short'): Clean {
    const { to } = this.#found.review;
    const name = formatMonth(month, this.#lang, style);
    return month === monthOf(to) && to !== lastDay(month)
      ? this.say('qbr.usage.until', { month: name, day: Number(to.slice(8)) })
      : literal(name);
  }

  /** What is recorded of the months, each figure on a scale of its own. */
  #usageChart(): Part {
    const { usage } = this.#found.review;
    const keys = [
      ['logins', 'logins'],
      ['users', 'activeUsers'],
      ['minutes', 'minutes'],
      ['features', 'featuresUsed'],
    ] as const;
    const known = keys.filter(([, key]) => usage.some((one) => one[key] !== null));
    const rows = usage.map((one) => ({ label: this.#usageMonth(one.month), values: known.map(([, key]) => one[key]) }));
    const heads = known.map(([name]) => this.say(`qbr.usage.${name}`));
    const title = t(this.#lang, 'files.chart.usage');
    const trend = ([name, key]: (typeof keys)[number]): string =>
      `${this.say(`qbr.usage.${name}`)}  ${sparkline(
        usage.map((one) => one[key]),
        { gap: '.' },
      )}`;
    return {
      kind: 'figure',
      drawing: measuresSvg(rows, heads, title, (value) => formatNumber(value), 'apart'),
      lines: known.map(trend),
    };
  }

  support(): readonly Part[] {
    return this.#part('support', () => {
      const { opened, closed, open, hoursToClose } = this.#found.review.tickets;
      const items = open.map(({ on, subject }) => this.say('qbr.support.open', { subject: clean(subject), day: this.day(on) }));
      return [
        this.sentence('qbr.support.count', { opened, closed, open: open.length }),
        ...(hoursToClose === null ? [] : [this.sentence('qbr.support.hours', { hours: formatNumber(hoursToClose) })]),
        ...(items.length === 0 ? [] : [{ kind: 'list' as const, items }]),
      ];
    });
  }

  surveys(): readonly Part[] {
    return this.#part('survey', () => [
      {
        kind: 'list',
        items: this.#found.review.surveys.map(({ on, kind, score, who, comment }) => {
          const params = { day: this.day(on), kind: kind.toUpperCase(), score, who: who === null ? '' : ` · ${clean(who)}` };
          return this.say('qbr.survey.one', { ...params, comment: comment === null ? '' : ` · ${clean(comment)}` });
        }),
      },
    ]);
  }

  deeds(): readonly Part[] {
    return this.#part('deeds', () => {
      const { deeds } = this.#found.review;
      const kinds = [...Map.groupBy(deeds, ({ kind }) => kind)].map(([kind, list]) => `${this.say(`proof.kind.${kind}`)} ${list.length}`);
      // A customer gets no names of calls and mails: those are counted alone.
      const named = deeds.filter(({ title }) => this.#isOurs || title !== '');
      const items = named
        .slice(0, SHOWN_DEEDS)
        .map(({ on, kind, title }) => `${this.day(on)} ${this.say(`proof.kind.${kind}`)}: ${clean(title)}`);
      const more = named.length - items.length;
      return [
        this.sentence('qbr.deeds.count', { n: deeds.length, kinds: kinds.join(', ') }),
        ...(items.length === 0
          ? []
          : [{ kind: 'list' as const, items: [...items, ...(more > 0 ? [this.say('qbr.deeds.more', { n: more })] : [])] }]),
      ];
    });
  }

  actions(): readonly Part[] {
    const { actions } = this.#found;
    if (actions.length === 0) return [this.#heading('qbr.actions'), this.sentence('qbr.actions.none')];
    const column = (key: MessageKey, right = false) => ({ title: this.say(key), ...(right ? { align: 'right' as const } : {}) });
    const later = [30, 60, 90].map((n) => ({ title: this.say('proof.ledger.column.later', { n }), align: 'right' as const }));
    const kind = (word: string): Clean =>
      word === 'note' || word === 'task' || word === 'call' || word === 'meeting' || word === 'email'
        ? this.say(`proof.kind.${word}`)
        : clean(word);
    return [
      this.#heading('qbr.actions'),
      this.sentence('qbr.actions.note'),
      {
        kind: 'table',
        columns: [
          column('proof.ledger.column.day'),
          column('proof.ledger.column.kind'),
          column('proof.ledger.column.signal'),
          column('qbr.actions.then', true),
          ...later,
        ],
        rows: actions.map((action) => [
          this.day(action.day),
          kind(action.kind),
          action.signal === null ? NOTHING : clean(action.signal),
          ...[action.mrr, ...action.later].map((amount) => this.#money(amount === null ? null : toMajor(amount))),
        ]),
      },
    ];
  }

  /** Also those that failed: an experiment's own report names the figures that did not improve. */
  trials(): readonly Part[] {
    const { trials } = this.#found;
    if (trials.length === 0) return [this.#heading('qbr.trials'), this.sentence('qbr.trials.none')];
    return trials.flatMap(({ side, run }): readonly Part[] => {
      const name = { name: clean(run.experiment.name), side: this.say(`proof.column.${side}`) };
      return [{ kind: 'heading', text: this.say('qbr.trial', name) }, ...trialParts(run, this.#lang).slice(1)];
    });
  }

  value(): readonly Part[] {
    return this.#part('value', () => {
      const { promised, proven } = this.#found.review.value;
      const text = (said: string | null): Clean => (said === null ? this.say('qbr.value.missing') : clean(said));
      const items = [this.say('qbr.value.promised', { text: text(promised) }), this.say('qbr.value.proven', { text: text(proven) })];
      return [{ kind: 'list', items }];
    });
  }

  risks(): readonly Part[] {
    const { row } = this.#found.view;
    const [low, high] = row.riskRange;
    const items = row.signals
      .filter(({ points, dismissed }) => points > 0 && !dismissed)
      .slice(0, SHOWN_RISKS)
      .map(({ points, evidence }) => `${clean(evidence[this.#lang])} (${formatSigned(points, 1)})`);
    const band = this.say(`book.band.${row.band ?? 'unknown'}`);
    return [
      this.#heading('qbr.risks'),
      this.sentence('qbr.risks.score', { risk: row.risk, band, low, high }),
      items.length === 0 ? this.sentence('qbr.risks.none') : { kind: 'list', items },
    ];
  }

  /** What a customer sees in the product and in their tickets themselves. */
  points(): readonly Part[] {
    const items = saidToCustomers(this.#found.view.row.signals).map(({ evidence }) => clean(evidence[this.#lang]));
    return [this.#heading('qbr.points'), items.length === 0 ? this.sentence('qbr.points.none') : { kind: 'list', items }];
  }

  proposals(): readonly Part[] {
    const { whitespace, view } = this.#found;
    const products = whitespace.slice(0, SHOWN_PROPOSALS).map(({ label, peers, of, like }) => {
      const params = { product: clean(label), n: peers, of, like: this.say(`qbr.proposal.like.${like}`) };
      return this.say('qbr.proposal.product', params);
    });
    // What we are about to do is ours to know.
    const play =
      view.row.play === null || !this.#isOurs ? [] : [this.say('qbr.proposal.play', { play: clean(view.row.play.label[this.#lang]) })];
    const tasks = (this.#isOurs ? view.openTasks : [])
      .slice(0, SHOWN_PROPOSALS)
      .map(({ title }) => this.say('qbr.proposal.task', { task: clean(title) }));
    const items = [...products, ...play, ...tasks];
    return [this.#heading('qbr.proposals'), items.length === 0 ? this.sentence('qbr.proposals.none') : { kind: 'list', items }];
  }

  missing(): readonly Part[] {
    const { missing } = this.#found.review;
    if (missing.length === 0) return [];
    const items = missing.map(({ part, because }) =>
      this.say(this.#isOurs ? `qbr.missing.${because}` : 'qbr.missing.customer', { part: this.say(this.#title(part)) }),
    );
    return [this.#heading('qbr.missing'), { kind: 'list', items }];
  }
}

/** A text of several lines, each an item. */
const lines = (text: string): readonly Clean[] =>
  text
    .split(/\r?\n/)
    .map((line) => clean(line.trim()))
    .filter((line) => line !== '');
