/** The list as typed tables: accounts, their signals, and what the file is about. Field names are those of `list --json`. */
import type { Bilingual } from '../policy.ts';
import { type Clean, clean, join, literal } from '../text/clean.ts';
import { type MessageKey, t } from '../text/messages/index.ts';
import { formatSigned } from '../text/numbers.ts';
import type { CellValue, ColumnKind, Sheet, SheetColumn, SheetRow } from '../text/sheet.ts';
import { type BookRow, type BookSnapshot, type RowSignal, shown, shownProducts } from './row.ts';

type Lang = keyof Bilingual;

/** What an exported list was asked for, beside the snapshot. */
export interface Exported {
  readonly snapshot: BookSnapshot;
  /** In their order. */
  readonly rows: readonly BookRow[];
  readonly filter: Readonly<Record<string, string | number | boolean>>;
  /** The portal's (IANA name), in which the time of the sync is told. */
  readonly zone: string;
}

interface Field {
  readonly key: string;
  readonly title: MessageKey;
  readonly kind: ColumnKind;
  readonly digits?: number;
  readonly width?: number;
  readonly barTo?: number;
  readonly of: (row: BookRow, rank: number, lang: Lang) => CellValue;
}

const text = (value: string | null): Clean | null => (value === null ? null : clean(value));
const list = (values: readonly string[]): Clean =>
  join(
    values.map((value) => clean(value)),
    literal('; '),
  );

/** `usage.last_login +14: 42 days since last use …`, signals that add nothing left out. */
export const reasonOf = ({ id, points, evidence }: RowSignal, lang: Lang): Clean =>
  clean(`${id} ${formatSigned(points, 1)}: ${evidence[lang]}`);

const counts = ({ points, dismissed }: RowSignal): boolean => points !== 0 && !dismissed;

const FIELDS: readonly Field[] = [
  { key: 'rank', title: 'export.column.rank', kind: 'number', width: 6, of: (_, rank) => rank },
  { key: 'id', title: 'export.column.id', kind: 'text', width: 13, of: (row) => clean(row.id) },
  { key: 'name', title: 'export.column.name', kind: 'text', width: 32, of: (row) => clean(row.name) },
  { key: 'domain', title: 'export.column.domain', kind: 'text', of: (row) => text(row.domain) },
  { key: 'owner', title: 'export.column.owner', kind: 'text', width: 14, of: (row) => text(row.owner?.name ?? null) },
  { key: 'ownerEmail', title: 'export.column.owner_email', kind: 'text', of: (row) => text(row.owner?.email ?? null) },
  { key: 'team', title: 'export.column.team', kind: 'text', width: 12, of: (row) => text(row.team) },
  { key: 'tier', title: 'export.column.tier', kind: 'text', width: 8, of: (row) => row.tier && literal(row.tier) },
  { key: 'plan', title: 'export.column.plan', kind: 'text', width: 12, of: (row) => text(shown(row, 'plan')) },
  { key: 'products', title: 'export.column.products', kind: 'text', of: (row) => list(shownProducts(row)) },
  { key: 'industry', title: 'export.column.industry', kind: 'text', width: 14, of: (row) => text(shown(row, 'industry')) },
  { key: 'segment', title: 'export.column.segment', kind: 'text', width: 12, of: (row) => text(shown(row, 'segment')) },
  { key: 'currency', title: 'export.column.currency', kind: 'text', width: 7, of: (row) => clean(row.currency) },
  { key: 'mrr', title: 'export.column.mrr', kind: 'money', of: (row) => row.mrr },
  { key: 'mrrChange1m', title: 'export.column.mrr_change_1m', kind: 'money', of: (row) => row.mrrChange1m },
  { key: 'mrrChange3m', title: 'export.column.mrr_change_3m', kind: 'money', of: (row) => row.mrrChange3m },
  { key: 'contractValue', title: 'export.column.contract_value', kind: 'money', of: (row) => row.contractValue },
  { key: 'contractStart', title: 'export.column.contract_start', kind: 'day', of: (row) => text(row.contractStart) },
  { key: 'contractAgeMonths', title: 'export.column.contract_age', kind: 'number', of: (row) => row.contractAgeMonths },
  { key: 'renewalDate', title: 'export.column.renewal', kind: 'day', of: (row) => text(row.renewalDate) },
  { key: 'daysToRenewal', title: 'export.column.days_to_renewal', kind: 'number', of: (row) => row.daysToRenewal },
  { key: 'noticeBy', title: 'export.column.notice_by', kind: 'day', of: (row) => text(row.noticeBy) },
  { key: 'lastUsedAt', title: 'export.column.last_used', kind: 'day', of: (row) => text(row.lastUsedAt) },
  { key: 'daysSinceLastUse', title: 'export.column.days_since_use', kind: 'number', of: (row) => row.daysSinceLastUse },
  { key: 'lastTouchAt', title: 'export.column.last_touch', kind: 'day', of: (row) => text(row.lastTouchAt) },
  { key: 'group', title: 'export.column.group', kind: 'text', width: 9, of: (row) => literal(row.group) },
  { key: 'risk', title: 'export.column.risk', kind: 'number', barTo: 100, of: (row) => row.risk },
  { key: 'band', title: 'export.column.band', kind: 'text', width: 9, of: (row) => row.band && literal(row.band) },
  { key: 'riskLow', title: 'export.column.risk_low', kind: 'number', of: (row) => row.riskRange[0] },
  { key: 'riskHigh', title: 'export.column.risk_high', kind: 'number', of: (row) => row.riskRange[1] },
  { key: 'coverage', title: 'export.column.coverage', kind: 'percent', of: (row) => Number(row.coverage.toFixed(4)) },
  { key: 'grade', title: 'export.column.grade', kind: 'text', width: 6, of: (row) => literal(row.grade) },
  { key: 'riskChange7d', title: 'export.column.risk_change', kind: 'number', of: (row) => row.riskChange7d },
  { key: 'stratum', title: 'export.column.stratum', kind: 'text', of: (row) => literal(row.stratum) },
  { key: 'probability', title: 'export.column.probability', kind: 'percent', digits: 1, of: (row) => row.probability },
  {
    key: 'probabilityToRenewal',
    title: 'export.column.probability_renewal',
    kind: 'percent',
    digits: 1,
    of: (row) => row.probabilityToRenewal,
  },
  { key: 'calibrated', title: 'export.column.calibrated', kind: 'flag', of: (row) => row.calibrated },
  { key: 'mrrAtRisk', title: 'export.column.mrr_at_risk', kind: 'money', of: (row) => row.mrrAtRisk },
  { key: 'monthsLost', title: 'export.column.months_lost', kind: 'number', digits: 1, of: (row) => row.monthsLost },
  { key: 'expectedLoss', title: 'export.column.expected_loss', kind: 'money', of: (row) => row.expectedLoss },
  { key: 'quadrant', title: 'export.column.quadrant', kind: 'text', width: 9, of: (row) => row.quadrant && literal(row.quadrant) },
  {
    key: 'reasons',
    title: 'export.column.reasons',
    kind: 'text',
    width: 80,
    of: (row, _, lang) =>
      join(
        row.signals.filter(counts).map((signal) => reasonOf(signal, lang)),
        literal(' | '),
      ),
  },
  { key: 'play', title: 'export.column.play', kind: 'text', width: 24, of: (row, _, lang) => row.play && clean(row.play.label[lang]) },
  { key: 'snoozedUntil', title: 'export.column.snoozed_until', kind: 'day', of: (row) => text(row.snoozedUntil) },
  { key: 'url', title: 'export.column.url', kind: 'text', width: 40, of: (row) => clean(row.url) },
  // Behind the others, which keep the places that they had.
  { key: 'customerGrade', title: 'export.column.customer_grade', kind: 'text', width: 8, of: (row) => text(row.customerGrade) },
];

/** In every row of a CSV file, which has no other place for it. */
const about = ({ asOf, syncedAt, portalId, policy }: BookSnapshot): readonly (readonly [string, MessageKey, CellValue])[] => [
  ['asOf', 'export.about.as_of', text(asOf)],
  ['syncedAt', 'export.about.synced', syncedAt === null ? null : literal(new Date(syncedAt).toISOString())],
  ['portalId', 'export.about.portal', clean(portalId)],
  ['policy', 'export.about.policy', clean(policy)],
];

const columnOf = ({ key, title, kind, digits, width, barTo }: Field, lang: Lang): SheetColumn => ({
  key,
  title: literal(t(lang, title)),
  kind,
  ...(digits === undefined ? {} : { digits }),
  ...(width === undefined ? {} : { width }),
  ...(barTo === undefined ? {} : { barTo }),
});

function* accountRows({ rows }: Exported, lang: Lang, more: readonly CellValue[] = []): Generator<SheetRow> {
  for (const [index, row] of rows.entries())
    yield { cells: FIELDS.map(({ of }) => of(row, index + 1, lang)).concat(more), currency: row.currency };
}

/** Everything in one table, as CSV needs it. */
export function flatSheet(exported: Exported, lang: Lang): Sheet {
  const said = about(exported.snapshot);
  const extra = said.map(([key, title]): SheetColumn => ({ key, title: literal(t(lang, title)), kind: 'text' }));
  return {
    name: literal(t(lang, 'export.sheet.accounts')),
    columns: [...FIELDS.map((field) => columnOf(field, lang)), ...extra],
    rows: accountRows(
      exported,
      lang,
      said.map(([, , value]) => value),
    ),
  };
}

/** Accounts, a row for each of their signals, and what the file is about. */
export function workbookSheets(exported: Exported, lang: Lang): readonly Sheet[] {
  return [
    {
      name: literal(t(lang, 'export.sheet.accounts')),
      columns: FIELDS.map((field) => columnOf(field, lang)),
      rows: accountRows(exported, lang),
    },
    signalSheet(exported, lang),
    aboutSheet(exported, lang),
  ];
}

function signalSheet({ rows }: Exported, lang: Lang): Sheet {
  const column = (key: string, title: MessageKey, kind: ColumnKind, width: number, digits = 0): SheetColumn => ({
    key,
    title: literal(t(lang, title)),
    kind,
    width,
    digits,
  });
  return {
    name: literal(t(lang, 'export.sheet.signals')),
    columns: [
      column('rank', 'export.column.rank', 'number', 6),
      column('id', 'export.column.id', 'text', 13),
      column('name', 'export.column.name', 'text', 32),
      column('signal', 'export.column.signal', 'text', 26),
      column('type', 'export.column.type', 'text', 12),
      column('points', 'export.column.points', 'number', 8, 1),
      column('evidence', 'export.column.evidence', 'text', 80),
      column('since', 'export.column.since', 'day', 12),
      column('dismissed', 'export.column.dismissed', 'flag', 10),
    ],
    rows: signalRows(rows, lang),
  };
}

function* signalRows(rows: readonly BookRow[], lang: Lang): Generator<SheetRow> {
  for (const [index, row] of rows.entries())
    for (const { id, type, points, evidence, since, dismissed } of row.signals)
      yield {
        cells: [
          index + 1,
          clean(row.id),
          clean(row.name),
          literal(id),
          literal(type),
          points,
          clean(evidence[lang]),
          text(since),
          dismissed,
        ],
        currency: row.currency,
      };
}

function aboutSheet({ snapshot, rows, filter }: Exported, lang: Lang): Sheet {
  const entry = (title: MessageKey, value: CellValue): SheetRow => ({ cells: [literal(t(lang, title)), value], currency: '' });
  return {
    name: literal(t(lang, 'export.sheet.about')),
    columns: [
      { key: 'key', title: literal(t(lang, 'export.about.what')), kind: 'text', width: 28 },
      { key: 'value', title: literal(t(lang, 'export.about.value')), kind: 'text', width: 80 },
    ],
    rows: [
      ...about(snapshot).map(([, title, value]) => entry(title, value)),
      entry('export.about.currency', clean(snapshot.currency)),
      entry('export.about.accounts', literal(String(rows.length))),
      entry('export.about.filter', clean(filterText(filter)) || literal('–')),
      entry('export.about.note', literal(t(lang, snapshot.unproven ? 'export.about.unproven' : 'export.about.formulas'))),
    ],
  };
}

/** `band=high, tier=high`. Raw. */
export const filterText = (filter: Exported['filter']): string =>
  Object.entries(filter)
    .map(([key, value]) => `${key}=${value}`)
    .join(', ');
