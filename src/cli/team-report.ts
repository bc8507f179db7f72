/** The load of the team as its JSON, to read, drawn, and as tables. */
import type { BookRow } from '../book/row.ts';
import type { OwnerLoad } from '../book/team.ts';
import { cut } from '../text/cells.ts';
import { barsSvg } from '../text/charts.ts';
import { type Clean, clean, literal } from '../text/clean.ts';
import { formatDay, formatMoney, formatNumber } from '../text/format.ts';
import { type Lang, type MessageKey, t } from '../text/messages/index.ts';
import type { Sheet } from '../text/sheet.ts';
import { CHART } from '../text/svg.ts';
import type { Day } from '../units/day.ts';
import { currencyDigits } from '../units/money.ts';
import type { Part } from './report.ts';
import type { Figures } from './report-output.ts';
import { Table, textCell } from './report-sheet.ts';

const NAME_CELLS = 32;
const LABEL_CELLS = 34;
const NOTHING = literal('–');

export interface TeamRun {
  readonly asOf: Day;
  readonly currency: string;
  /** Tables have every digit, in `currency`. */
  readonly exact: boolean;
  /** The policy's hash. */
  readonly policy: string;
  /** The fixed rates in words. */
  readonly rates: Clean;
  /** The owner whose accounts are handed over; null: all who are gone. */
  readonly leaving: string | null;
  readonly load: readonly OwnerLoad[];
  readonly given: readonly BookRow[];
}

/** Field names are a public contract. */
export const teamJson = ({ asOf, currency, policy, leaving, load, given }: TeamRun): Record<string, unknown> => ({
  asOf,
  currency,
  policy,
  leaving,
  owners: load,
  handover: given.map(handoverJson),
});

export const teamParts = ({ asOf, currency, exact, load, given, rates }: TeamRun, lang: Lang): Part[] => [
  { kind: 'title', text: literal(t(lang, 'team.title', { day: formatDay(asOf, lang) })) },
  ...currencyParts(load, rates, exact, lang),
  load.length === 0
    ? { kind: 'sentence', text: t(lang, 'team.none') }
    : loadPart(load, exact ? exactMoney(currency) : shortMoney(currency, lang), lang),
  ...handoverParts(given, lang),
];

/** Which accounts are in no amount, and which are taken in at a rate. */
function currencyParts(load: readonly OwnerLoad[], rates: Clean, exact: boolean, lang: Lang): Part[] {
  const count = (key: 'leftOut' | 'converted'): number => load.reduce((sum, one) => sum + one[key], 0);
  const [leftOut, converted] = [count('leftOut'), count('converted')];
  return [
    ...(leftOut > 0
      ? [{ kind: 'sentence' as const, text: t(lang, exact ? 'revenue.note.foreign.file' : 'revenue.note.foreign', { n: leftOut }) }]
      : []),
    ...(converted > 0 ? [{ kind: 'sentence' as const, text: t(lang, 'revenue.note.converted', { n: converted, rates }) }] : []),
  ];
}

/** MRR of each, with the part that is at risk. */
export function teamFigures({ currency, load }: TeamRun, lang: Lang): Figures {
  const shown = load.filter(({ mrr }) => mrr > 0);
  if (shown.length === 0) return { lead: [], charts: [] };
  const title = t(lang, 'team.chart');
  const bars = shown.map((one) => ({
    label: cut(ownerText(one, lang), LABEL_CELLS),
    parts: one.mrrAtRisk === null ? [one.mrr] : [one.mrrAtRisk, one.mrr - one.mrrAtRisk],
  }));
  const isRated = shown.some(({ mrrAtRisk }) => mrrAtRisk !== null);
  const rest = { label: t(lang, isRated ? 'team.chart.rest' : 'team.column.mrr'), colour: CHART.neutral };
  const series = isRated ? [{ label: t(lang, 'team.column.at_risk'), colour: CHART.down }, rest] : [rest];
  return { lead: [{ title, drawing: barsSvg(bars, series, title, (value) => formatMoney(value, currency, lang)) }], charts: [] };
}

/** The load; with somebody who leaves, the hand-over list first. */
export function teamSheets({ currency, leaving, load, given }: TeamRun, lang: Lang): readonly Sheet[] {
  const team = new Table(currency, lang, 'files.sheet.team').column('ownerId', 'files.column.owner_id');
  team.column('owner', 'team.column.owner', 'text', { width: 24 }).column('email', 'export.column.owner_email');
  team
    .column('active', 'files.column.active', 'flag')
    .column('team', 'team.column.team')
    .column('accounts', 'team.column.accounts', 'number');
  team.column('mrr', 'team.column.mrr', 'money').column('mrrAtRisk', 'team.column.at_risk', 'money');
  team.column('risky', 'team.column.risky', 'number').column('overdueTasks', 'team.column.overdue', 'number');
  team.column('actions7d', 'team.column.actions', 'number');
  for (const { owner, ...one } of load) {
    const who = [textCell(owner?.id), textCell(owner?.name), textCell(owner?.email), owner?.active ?? null, textCell(one.team)];
    team.row(...who, one.accounts, one.mrr, one.mrrAtRisk, one.risky, one.overdueTasks, one.actions7d);
  }
  const list = new Table(currency, lang, 'files.sheet.handover').column('id', 'export.column.id');
  list.column('name', 'team.column.account', 'text', { width: 32 }).column('owner', 'team.column.owner', 'text', { width: 24 });
  list.column('currency', 'export.column.currency').column('mrr', 'team.column.mrr', 'money').column('risk', 'team.column.risk', 'number');
  list.column('band', 'export.column.band').column('renewalDate', 'team.column.renewal', 'day');
  list.column('lastTouchAt', 'team.column.touch', 'day').column('expectedLoss', 'export.column.expected_loss', 'money');
  list.column('url', 'export.column.url', 'text', { width: 40 });
  for (const row of given) {
    const who = [clean(row.id), clean(row.name), textCell(row.owner?.name), clean(row.currency)];
    const stands = [row.mrr, row.band === null ? null : row.risk, textCell(row.band), textCell(row.renewalDate), textCell(row.lastTouchAt)];
    list.rowIn(row.currency, ...who, ...stands, row.expectedLoss, clean(row.url));
  }
  const sheets = [team.sheet(), list.sheet()];
  return leaving === null ? sheets : sheets.toReversed();
}

const handoverJson = ({ id, name, url, owner, mrr, currency, risk, band, renewalDate, lastTouchAt, expectedLoss }: BookRow) => ({
  id,
  name,
  url,
  owner,
  mrr,
  currency,
  risk,
  band,
  renewalDate,
  lastTouchAt,
  expectedLoss,
});

const saying =
  (lang: Lang) =>
  (key: MessageKey): Clean =>
    literal(t(lang, key));

type SayMoney = (amount: number) => Clean;
const shortMoney =
  (currency: string, lang: Lang): SayMoney =>
  (amount) =>
    clean(formatMoney(amount, currency, lang));
const exactMoney =
  (currency: string): SayMoney =>
  (amount) =>
    literal(formatNumber(amount, currencyDigits(currency)));

function loadPart(load: readonly OwnerLoad[], amountOf: SayMoney, lang: Lang): Part {
  const say = saying(lang);
  const money = (amount: number | null): Clean => (amount === null ? NOTHING : amountOf(amount));
  const right = (key: MessageKey) => ({ title: say(key), align: 'right' as const });
  return {
    kind: 'table',
    columns: [
      { title: say('team.column.owner'), max: NAME_CELLS },
      { title: say('team.column.team') },
      right('team.column.accounts'),
      right('team.column.mrr'),
      right('team.column.at_risk'),
      right('team.column.risky'),
      right('team.column.overdue'),
      right('team.column.actions'),
    ],
    rows: load.map((one) => [
      ownerText(one, lang),
      one.team === null ? NOTHING : clean(one.team),
      literal(String(one.accounts)),
      money(one.mrr),
      money(one.mrrAtRisk),
      literal(String(one.risky)),
      literal(String(one.overdueTasks)),
      literal(String(one.actions7d)),
    ]),
  };
}

function ownerText({ owner }: OwnerLoad, lang: Lang): Clean {
  if (owner === null) return literal(t(lang, 'team.nobody'));
  return owner.active ? clean(owner.name) : literal(t(lang, 'team.gone', { name: clean(owner.name) }));
}

function handoverParts(rows: readonly BookRow[], lang: Lang): Part[] {
  const say = saying(lang);
  if (rows.length === 0) return [{ kind: 'sentence', text: say('team.handover_none') }];
  return [
    { kind: 'heading', text: say('team.handover') },
    {
      kind: 'table',
      columns: [
        { title: say('team.column.account'), max: NAME_CELLS },
        { title: say('team.column.owner'), max: NAME_CELLS },
        { title: say('team.column.mrr'), align: 'right' },
        { title: say('team.column.risk'), align: 'right' },
        { title: say('team.column.renewal') },
        { title: say('team.column.touch') },
      ],
      rows: rows.map((row) => [
        clean(row.name),
        row.owner === null ? NOTHING : clean(row.owner.name),
        row.mrr === null ? NOTHING : clean(formatMoney(row.mrr, row.currency, lang)),
        literal(row.band === null ? '–' : String(row.risk)),
        row.renewalDate === null ? NOTHING : literal(row.renewalDate),
        row.lastTouchAt === null ? NOTHING : literal(row.lastTouchAt),
      ]),
    },
  ];
}
