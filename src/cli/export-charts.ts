/** The list at a glance: how long the accounts have been customers, and how long ago they were last seen. */
import type { BookRow } from '../book/row.ts';
import type { Band } from '../policy.ts';
import { columnsSvg } from '../text/charts.ts';
import { element, type Markup } from '../text/markup.ts';
import { type Lang, t } from '../text/messages/index.ts';
import { CHART } from '../text/svg.ts';
import { captioned } from './captioned.ts';

export const BANDS: readonly (Band | 'unknown')[] = ['critical', 'high', 'watch', 'low', 'unknown'];
export const BAND_COLOURS: Readonly<Record<Band | 'unknown', string>> = {
  critical: '#a4243b',
  high: '#c8553d',
  watch: '#d8973c',
  low: '#8fb8a8',
  unknown: CHART.faint,
};

/** Months, from and below. */
const AGES = [
  ['m6', 0, 6],
  ['m12', 6, 12],
  ['m24', 12, 24],
  ['m36', 24, 36],
  ['more', 36, Number.POSITIVE_INFINITY],
] as const;
/** Days, from and to. */
const DAYS = [
  [0, 7],
  [8, 14],
  [15, 30],
  [31, 60],
  [61, Number.POSITIVE_INFINITY],
] as const;

export function exportCharts(rows: readonly BookRow[], lang: Lang): Markup {
  const unknown = t(lang, 'charts.unknown');
  const ages = [
    ...AGES.map(([key, from, below]) => ({
      label: t(lang, `charts.age.${key}`),
      rows: rows.filter(({ contractAgeMonths: age }) => age !== null && age >= from && age < below),
    })),
    { label: unknown, rows: rows.filter(({ contractAgeMonths }) => contractAgeMonths === null) },
  ];
  const uses = [
    ...DAYS.map(([from, to]) => ({
      label: to === Number.POSITIVE_INFINITY ? t(lang, 'files.chart.days_more', { from }) : t(lang, 'files.chart.days', { from, to }),
      rows: rows.filter(({ daysSinceLastUse: days }) => days !== null && days >= from && days <= to),
    })),
    { label: unknown, rows: rows.filter(({ daysSinceLastUse }) => daysSinceLastUse === null) },
  ];
  return element('div', { class: 'pair' }, byBand(ages, t(lang, 'files.chart.age'), lang), byBand(uses, t(lang, 'files.chart.use'), lang));
}

function byBand(groups: readonly { readonly label: string; readonly rows: readonly BookRow[] }[], title: string, lang: Lang): Markup {
  const here = BANDS.filter((band) => groups.some(({ rows }) => rows.some((row) => (row.band ?? 'unknown') === band)));
  const columns = groups.map(({ label, rows }) => ({
    label,
    parts: here.map((band) => rows.filter((row) => (row.band ?? 'unknown') === band).length),
  }));
  const series = here.map((band) => ({ label: t(lang, `book.band.${band}`), colour: BAND_COLOURS[band] }));
  return captioned(title, columnsSvg(columns, series, title, { say: String, legend: true }));
}
