/** The list as Markdown: the table, then every account's reasons with their evidence. */
import type { Exported } from '../book/export-sheets.ts';
import type { BookRow } from '../book/row.ts';
import { type Clean, clean, literal } from '../text/clean.ts';
import { formatDay, formatMoney, formatPercent, formatSigned, sparkline } from '../text/format.ts';
import { type Lang, type MessageKey, t } from '../text/messages/index.ts';
import { aboutLines } from './export-page.ts';
import { type Part, renderReport } from './report.ts';
import type { Column } from './table.ts';

const TREND_MONTHS = 12;

export function exportMarkdown(exported: Exported, lang: Lang, capacity: number | null): string {
  const { snapshot, rows } = exported;
  const start: Part[] = [
    { kind: 'title', text: `${t(lang, 'export.title')} ${snapshot.asOf}` },
    { kind: 'list', items: aboutLines(exported, lang) },
  ];
  if (rows.length === 0) return renderReport([...start, { kind: 'sentence', text: t(lang, 'export.empty') }], 'md');
  const under = capacity === null || capacity >= rows.length ? rows.length : capacity;
  const tables: Part[] = [table(rows.slice(0, under), 0, lang)];
  if (under < rows.length)
    tables.push({ kind: 'sentence', text: t(lang, 'cli.list.capacity', { n: under }) }, table(rows.slice(under), under, lang));
  const note: Part = { kind: 'sentence', text: t(lang, snapshot.unproven ? 'export.about.unproven' : 'export.about.formulas') };
  return renderReport([...start, ...tables, note, ...rows.flatMap((row, index) => reasons(row, index + 1, lang))], 'md');
}

const COLUMNS: readonly (readonly [MessageKey, Column['align']])[] = [
  ['export.column.rank', 'right'],
  ['export.column.name', 'left'],
  ['export.column.owner', 'left'],
  ['export.column.tier', 'left'],
  ['export.column.mrr', 'right'],
  ['cli.column.trend', 'left'],
  ['export.column.risk', 'right'],
  ['export.column.band', 'left'],
  ['export.column.probability', 'right'],
  ['export.column.expected_loss', 'right'],
  ['export.column.renewal', 'left'],
];

function table(rows: readonly BookRow[], before: number, lang: Lang): Part {
  return {
    kind: 'table',
    columns: COLUMNS.map(([key, align]) => ({ title: literal(t(lang, key)), ...(align === undefined ? {} : { align }) })),
    rows: rows.map((row, index) => cells(row, before + index + 1, lang)),
  };
}

function cells(row: BookRow, rank: number, lang: Lang): readonly Clean[] {
  const money = (value: number | null): Clean => (value === null ? literal('–') : clean(formatMoney(value, row.currency, lang)));
  return [
    literal(String(rank)),
    clean(row.name),
    clean(row.owner?.name ?? '–'),
    literal(row.tier === null ? '–' : t(lang, `book.tier.${row.tier}`)),
    money(row.mrr),
    literal(
      sparkline(
        row.mrrTrend.slice(-TREND_MONTHS).map(({ mrr }) => mrr),
        { gap: '.' },
      ),
    ),
    literal(String(row.risk)),
    literal(
      row.group === 'ranked' || row.group === 'snoozed'
        ? t(lang, `book.band.${row.band ?? 'unknown'}`)
        : t(lang, `book.group.${row.group}`),
    ),
    literal(row.probability === null ? '–' : formatPercent(row.probability)),
    money(row.expectedLoss),
    literal(row.renewalDate === null ? '–' : formatDay(row.renewalDate, lang)),
  ];
}

function reasons(row: BookRow, rank: number, lang: Lang): readonly Part[] {
  const said = row.signals.filter(({ points, dismissed }) => points !== 0 && !dismissed);
  const items = said.map(({ id, points, evidence }) => `${clean(evidence[lang])} (${formatSigned(points, 1)}, ${id})`);
  return [
    { kind: 'heading', text: `${rank}. ${clean(row.name)}` },
    items.length > 0 ? { kind: 'list', items } : { kind: 'sentence', text: t(lang, 'export.no_reason') },
  ];
}
