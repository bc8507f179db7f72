/** The churn report to read. */

import type { ChurnStory } from '../book/churn-stories.ts';
import { actionsWords, postMortemWords, signsWords, winBackWords } from '../book/churn-words.ts';
import type { Churned, ChurnReport, NamedSegment, WinBack } from '../book/revenue-reports.ts';
import { lastMonth } from '../book/revenue-reports.ts';
import { ownerLabel } from '../book/revenue-source.ts';
import { newestFirst, winBackPlaces } from '../book/who-left.ts';
import type { ChurnCategory } from '../policy.ts';
import { monthlyChurn } from '../revenue/retention.ts';
import { padStart } from '../text/cells.ts';
import { type Clean, clean, literal } from '../text/clean.ts';
import { formatDay, formatPercent, sparkline } from '../text/format.ts';
import type { Lang } from '../text/messages/index.ts';
import { addMonths } from '../units/day.ts';
import type { Part } from './report.ts';
import { isExact } from './report-output.ts';
import { isEmpty, noteParts, type RevenueRun, segmentName, segmentTitle } from './revenue-options.ts';
import { bar, moneyIn, moreParts, NAME_CELLS, NOTHING, right, type Say, sayIn } from './revenue-text.ts';

const BAR_CELLS = 40;
const REASON_CELLS = 40;
const HELPED_CELLS = 40;
export const SHOWN_SEGMENTS = 10;

const rate = (share: number | null): Clean => (share === null ? NOTHING : literal(formatPercent(share, { digits: 1 })));

/** `listed`: which of those who left are listed, where not all are. */
export function churnParts(
  run: RevenueRun,
  report: ChurnReport,
  stories: ReadonlyMap<Churned, ChurnStory>,
  lang: Lang,
  listed: string | null,
): Part[] {
  const { source, months } = run;
  const say = sayIn(lang);
  const span = say('revenue.churn.span', { n: months });
  const { trailing12 } = report;
  if (isEmpty(run))
    return [{ kind: 'title', text: say('revenue.churn.title.none', { day: formatDay(source.asOf, lang) }) }, ...noteParts(run, lang)];
  return [
    { kind: 'title', text: say('revenue.churn.title', { day: formatDay(source.asOf, lang), n: report.cumulativeChurned, span }) },
    ...noteParts(run, lang),
    {
      kind: 'sentence',
      text: say('revenue.churn.trailing', { logo: rate(trailing12.logoChurnRate), grr: rate(trailing12.grr), nrr: rate(trailing12.nrr) }),
    },
    { kind: 'sentence', text: targetText(report, say, isExact(run.options.output)) },
    ...monthParts(report, say),
    ...reasonParts(run, report, lang),
    ...segmentParts(run, report, lang),
    ...listParts(run, report, stories, lang, listed),
    ...winBackParts(run, report.winBack, lang, listed),
  ];
}

function targetText({ target, trailing12 }: ChurnReport, say: Say, isFile: boolean): Clean {
  const verdict = (value: number | null, isMet: (value: number) => boolean): Clean =>
    say(`revenue.churn.target.${value === null ? 'unknown' : isMet(value) ? 'met' : 'missed'}`);
  const aims = [
    target.logoChurnRate === null
      ? null
      : say('revenue.churn.target.logo', {
          aim: rate(target.logoChurnRate),
          verdict: verdict(trailing12.logoChurnRate, (value) => value <= (target.logoChurnRate ?? 0)),
        }),
    target.grr === null
      ? null
      : say('revenue.churn.target.grr', { aim: rate(target.grr), verdict: verdict(trailing12.grr, (value) => value >= (target.grr ?? 0)) }),
    target.nrr === null
      ? null
      : say('revenue.churn.target.nrr', { aim: rate(target.nrr), verdict: verdict(trailing12.nrr, (value) => value >= (target.nrr ?? 0)) }),
  ].filter((one) => one !== null);
  return aims.length === 0
    ? say(isFile ? 'revenue.churn.no_target.file' : 'revenue.churn.no_target')
    : say('revenue.churn.target', { targets: aims.join(', ') });
}

function monthParts(report: ChurnReport, say: Say): Part[] {
  const aim = report.target.logoChurnRate === null ? null : monthlyChurn(report.target.logoChurnRate);
  const top = Math.max(...report.months.map((one) => one.logoChurnRate ?? 0), aim ?? 0, 1e-9);
  const at = aim === null ? null : Math.round((aim / top) * (BAR_CELLS - 1));
  const lines = report.months.map((one) => {
    const cells = [...' '.repeat(BAR_CELLS)];
    const filled = one.logoChurnRate === null ? '' : bar(one.logoChurnRate / top, BAR_CELLS);
    for (let cell = 0; cell < filled.length; cell++) cells[cell] = '█';
    if (at !== null) cells[at] = '|';
    return `${one.month}  ${padStart(rate(one.logoChurnRate), 6)}  ${cells.join('')}`.trimEnd();
  });
  return [
    { kind: 'heading', text: aim === null ? say('revenue.churn.line_bare') : say('revenue.churn.line', { aim: rate(aim) }) },
    { kind: 'chart', lines: aim === null ? lines : [...lines, say('revenue.churn.line_key')] },
    { kind: 'heading', text: say('revenue.churn.months') },
    {
      kind: 'table',
      columns: [
        { title: say('revenue.column.month') },
        ...(['customers', 'churned', 'cumulative', 'logo', 'gross', 'net', 'grr', 'nrr'] as const).map((key) =>
          right(say(`revenue.column.${key}`)),
        ),
      ],
      rows: report.months.map((one, index) => [
        literal(one.month),
        literal(String(one.customersStart)),
        literal(String(one.churned)),
        literal(String(report.cumulative[index] ?? 0)),
        ...[one.logoChurnRate, one.grossMrrChurnRate, one.netMrrChurnRate, one.grr, one.nrr].map(rate),
      ]),
    },
  ];
}

export const categoryName = (category: ChurnCategory | null, say: Say): Clean => say(`revenue.category.${category ?? 'none'}`);

function reasonParts(run: RevenueRun, { reasons }: ChurnReport, lang: Lang): Part[] {
  if (reasons.length === 0) return [];
  const say = sayIn(lang);
  const money = moneyIn(run, lang);
  return [
    { kind: 'heading', text: say('revenue.churn.reasons') },
    {
      kind: 'table',
      columns: [
        { title: say('revenue.column.category') },
        { title: say('revenue.column.reason'), max: REASON_CELLS },
        right(say('revenue.column.customers')),
        right(say('revenue.column.lost')),
        { title: say('revenue.column.trend') },
      ],
      rows: reasons
        .slice(0, run.options.limit)
        .map((one) => [
          categoryName(one.category, say),
          one.reasonLabel === null ? NOTHING : clean(one.reasonLabel),
          literal(String(one.customers)),
          money(one.mrr),
          literal(sparkline(one.byMonth)),
        ]),
    },
  ];
}

function segmentParts(run: RevenueRun, { segments }: ChurnReport, lang: Lang): Part[] {
  const { source, months } = run;
  const say = sayIn(lang);
  const money = moneyIn(run, lang);
  const to = lastMonth(source);
  return [...Map.groupBy(segments, ({ by }) => by)].flatMap(([by, rows]): Part[] => {
    const top = Math.max(...rows.map(({ logoChurnRate }) => logoChurnRate ?? 0), 1e-9);
    return [
      { kind: 'heading', text: say('revenue.churn.segments', { by: say(`revenue.by.${by}`), from: addMonths(to, -months), to }) },
      {
        kind: 'table',
        columns: [
          { title: segmentTitle(by, lang), max: NAME_CELLS },
          ...(['customers', 'churned', 'mrr', 'logo', 'grr', 'nrr'] as const).map((key) =>
            right(say(key === 'mrr' ? 'revenue.column.mrr_start' : `revenue.column.${key}`)),
          ),
          { title: literal('') },
        ],
        rows: rows
          .slice(0, run.options.by === null ? SHOWN_SEGMENTS : rows.length)
          .map((one: NamedSegment) => [
            segmentName(by, one.name, lang),
            literal(String(one.customersStart)),
            literal(String(one.churned)),
            money(one.mrrStart),
            rate(one.logoChurnRate),
            rate(one.grr),
            rate(one.nrr),
            bar((one.logoChurnRate ?? 0) / top, 16),
          ]),
      },
    ];
  });
}

const listedPart = (listed: string | null, say: Say): Part[] =>
  listed === null ? [] : [{ kind: 'sentence', text: say('revenue.churn.list_filter', { filter: clean(listed) }) }];

/** Newest first; on a line what there is room for, JSON and files have all of it. */
export function listParts(
  run: RevenueRun,
  { churned, winBack }: Pick<ChurnReport, 'churned' | 'winBack'>,
  stories: ReadonlyMap<Churned, ChurnStory>,
  lang: Lang,
  listed: string | null,
): Part[] {
  const say = sayIn(lang);
  const money = moneyIn(run, lang);
  if (churned.length === 0) return [...listedPart(listed, say), { kind: 'sentence', text: say('revenue.churn.none') }];
  const placeOf = winBackPlaces(winBack);
  const newest = newestFirst(churned);
  const shown = newest.slice(0, run.options.limit);
  return [
    { kind: 'heading', text: say('revenue.churn.list') },
    ...listedPart(listed, say),
    { kind: 'sentence', text: say('revenue.churn.list_read') },
    {
      kind: 'table',
      columns: [
        { title: say('revenue.column.month') },
        { title: say('revenue.column.account'), max: NAME_CELLS },
        right(say('revenue.column.lost')),
        { title: say('revenue.column.category') },
        { title: say('revenue.column.reason'), max: REASON_CELLS },
        { title: say('revenue.column.signs') },
        right(say('revenue.column.actions')),
        { title: say('revenue.column.done') },
        { title: say('revenue.column.postmortem') },
        { title: say('revenue.column.winback') },
      ],
      rows: shown.map((one) => {
        const story = stories.get(one);
        return [
          literal(one.month),
          clean(one.name),
          money(one.mrrLost),
          categoryName(one.category, say),
          one.reasonLabel === null ? NOTHING : clean(one.reasonLabel),
          signsWords(story, run.source.policy.signals, lang) ?? NOTHING,
          literal(String(story?.actions.length ?? '–')),
          actionsWords(story, lang) ?? NOTHING,
          postMortemWords(one, story, lang),
          winBackWords(one, placeOf, lang),
        ];
      }),
    },
    ...moreParts(run, newest.length - shown.length, lang),
  ];
}

/** The day on which the cause was gone, and what changed. */
const fixedText = ({ lookBack }: Churned): Clean =>
  lookBack?.fixed ? literal(`${lookBack.fixed.day} ${clean(lookBack.fixed.what, { max: HELPED_CELLS })}`.trim()) : NOTHING;

export function winBackParts(run: RevenueRun, rows: readonly WinBack[], lang: Lang, listed: string | null): Part[] {
  const say = sayIn(lang);
  const money = moneyIn(run, lang);
  const heading: Part = { kind: 'heading', text: say('revenue.churn.winback') };
  if (rows.length === 0) return [heading, ...listedPart(listed, say), { kind: 'sentence', text: say('revenue.churn.winback_none') }];
  const shown = rows.slice(0, run.options.limit);
  return [
    heading,
    ...listedPart(listed, say),
    { kind: 'sentence', text: say('revenue.churn.winback_read') },
    {
      kind: 'table',
      columns: [
        { title: say('revenue.column.account'), max: NAME_CELLS },
        right(say('revenue.column.lost')),
        { title: say('revenue.column.month') },
        right(say('revenue.column.ago')),
        { title: say('revenue.column.owner') },
        { title: say('revenue.column.category') },
        { title: say('revenue.column.reason'), max: REASON_CELLS },
        { title: say('revenue.column.postmortem') },
        { title: say('revenue.column.helped'), max: HELPED_CELLS },
        { title: say('revenue.column.fixed'), max: HELPED_CELLS },
      ],
      rows: shown.map((one) => [
        clean(one.name),
        money(one.mrrLost),
        literal(one.month),
        literal(String(one.monthsAgo)),
        one.ownerId === null ? NOTHING : clean(ownerLabel(run.source.owners, one.ownerId)),
        categoryName(one.category, say),
        one.reasonLabel === null ? NOTHING : clean(one.reasonLabel),
        one.lookBack ? postMortemWords(one, undefined, lang) : say('revenue.postmortem.missing'),
        one.lookBack && one.lookBack.helped !== '' ? clean(one.lookBack.helped) : NOTHING,
        fixedText(one),
      ]),
    },
    ...moreParts(run, rows.length - shown.length, lang),
  ];
}
