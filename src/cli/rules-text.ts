/** `rules` as text and JSON. */
import type { BookRow } from '../book/row.ts';
import type { Policy } from '../policy.ts';
import type { Finding } from '../rules/lint.ts';
import type { BandCounts, WhatIf } from '../rules/what-if.ts';
import { isMissing } from '../scoring/reading.ts';
import type { Inspected } from '../scoring/scorer.ts';
import { type Clean, clean, literal } from '../text/clean.ts';
import { formatDay, formatMoney, formatNumber, formatPercent, MINUS } from '../text/format.ts';
import { type Lang, t } from '../text/messages/index.ts';
import type { RulesView } from '../workspace/rules.ts';
import { table } from './table.ts';

const NAME_CELLS = 32;
const NOTHING = literal('–');

const points = (value: number, digits = 1): Clean =>
  literal(value > 0 ? `+${formatNumber(value, digits)}` : formatNumber(value, digits).replace('-', MINUS));

const plain = (value: number): Clean => literal(formatNumber(value, Number.isInteger(value) ? 0 : 2).replace('-', MINUS));

const rampOf = (from: number, to: number): Clean => literal(`${plain(from)}→${plain(to)}`);

const word = (lang: Lang, key: Parameters<typeof t>[1]): Clean => literal(t(lang, key));

export function rulesText({ asOf, inForce, sheet, stats }: RulesView, lang: Lang): string {
  const head = t(lang, 'rules.list.head', {
    day: formatDay(asOf, lang),
    n: sheet.accounts.length,
    policy: inForce.hash.slice(0, 'sha256:'.length + 8),
    file: inForce.exists ? clean(inForce.file) : t(lang, 'rules.list.no_file'),
  });
  const rows = stats.map((stat): Clean[] => [
    clean(stat.id),
    stat.retired === null ? points(stat.points, Number.isInteger(stat.points) ? 0 : 1) : NOTHING,
    stat.retired === null ? rampOf(stat.from, stat.to) : NOTHING,
    stat.retired === null ? plain(stat.fired) : NOTHING,
    stat.coverage === null ? NOTHING : literal(formatPercent(stat.coverage)),
    plain(stat.acted),
    plain(stat.dismissed),
    stat.changedOn === null ? NOTHING : literal(stat.changedOn),
    stat.reviewBy === null ? NOTHING : literal(stat.reviewBy),
    clean(stat.label[lang] + (stat.retired === null ? '' : ` (${t(lang, 'rules.list.retired', { because: stat.retired })})`)),
  ]);
  const titles = ['signal', 'points', 'ramp', 'fired', 'coverage', 'acted', 'dismissed', 'changed', 'review', 'label'] as const;
  const right = new Set<string>(['points', 'fired', 'coverage', 'acted', 'dismissed']);
  return `${head}\n${table(
    titles.map((title) => ({ title: word(lang, `rules.column.${title}`), align: right.has(title) ? 'right' : 'left' })),
    rows,
  )}`;
}

export function findingsText({ findings, inForce, sheet }: RulesView, lang: Lang): string {
  const file = inForce.exists ? `${t(lang, 'rules.lint.right', { file: clean(inForce.file) })}\n` : '';
  if (findings.length === 0) return `${file}${t(lang, 'rules.lint.nothing')}\n`;
  // One line for all: what is to be done is the same.
  const untested = findings.filter(({ kind }) => kind === 'untested').map(({ signal }) => clean(signal));
  const said = findings.filter(({ kind }) => kind !== 'untested').map((finding) => findingLine(finding, lang));
  if (untested.length > 0) {
    const key = untested.length === sheet.rules.length ? 'rules.lint.all_untested' : 'rules.lint.untested';
    said.push(t(lang, key, { n: untested.length, signals: untested.join(', ') }));
  }
  return `${file}${said.join('\n')}\n`;
}

const findingLine = ({ kind, signal, other, accounts, day }: Finding, lang: Lang): string =>
  `${clean(signal)}: ${t(lang, `rules.finding.${kind}`, { n: accounts, other: clean(other ?? ''), day: day === null ? '' : formatDay(day, lang) })}`;

type State = 'fires' | 'silent' | 'missing' | 'retired' | 'dismissed';

function stateOf({ retired, reading, severity, dismissed }: Inspected): State {
  if (retired) return 'retired';
  if (isMissing(reading)) return 'missing';
  if (severity === 0) return 'silent';
  return dismissed ? 'dismissed' : 'fires';
}

/** Rules that are retired everywhere stand after those that read something. */
const retiredEverywhere = (policy: Policy) =>
  policy.retired.flatMap((one) =>
    'everywhere' in one ? policy.signals.filter(({ id }) => id === one.signal).map((rule) => ({ rule, because: one.because })) : [],
  );

const reasonFor = (policy: Policy, signal: string): string | null => policy.retired.find((one) => one.signal === signal)?.because ?? null;

export function readingsJson(readings: readonly Inspected[], policy: Policy): Record<string, unknown>[] {
  const read = readings.map((one) => {
    const { rule, ramp, reading, feed, severity } = one;
    const state = stateOf(one);
    const missing = isMissing(reading);
    return {
      id: rule.id,
      group: rule.group,
      state,
      value: missing ? null : reading.value,
      valueAt: missing ? null : (reading.tell().at ?? null),
      from: ramp.from,
      to: ramp.to,
      severity: missing ? null : Number(severity.toFixed(4)),
      points: Number(one.points.toFixed(2)),
      feed: missing ? { feed, state: reading.state, because: reading.because } : null,
      because: state === 'retired' ? reasonFor(policy, rule.id) : null,
    };
  });
  const gone = retiredEverywhere(policy).map(({ rule, because }) => ({
    id: rule.id,
    group: rule.group,
    state: 'retired',
    value: null,
    valueAt: null,
    from: rule.ramp.from,
    to: rule.ramp.to,
    severity: null,
    points: 0,
    feed: null,
    because,
  }));
  return [...read, ...gone];
}

function stateText(one: Inspected, policy: Policy, lang: Lang): Clean {
  const { reading, rule } = one;
  const state = stateOf(one);
  if (state === 'retired') return clean(t(lang, 'rules.list.retired', { because: reasonFor(policy, rule.id) ?? '' }));
  if (isMissing(reading)) return literal(`${t(lang, `book.state.${reading.state}`)}: ${clean(reading.because)}`);
  return state === 'missing' ? NOTHING : literal(t(lang, `rules.state.${state}`));
}

export function readingsText(row: BookRow, readings: readonly Inspected[], policy: Policy, lang: Lang): string {
  const lines = readings.map((one): Clean[] => {
    const { rule, ramp, reading, severity } = one;
    const missing = isMissing(reading);
    return [
      clean(rule.id),
      missing ? NOTHING : plain(reading.value),
      rampOf(ramp.from, ramp.to),
      missing ? NOTHING : literal(formatNumber(severity, 2)),
      stateOf(one) === 'fires' ? points(one.points) : literal('0'),
      stateText(one, policy, lang),
    ];
  });
  const gone = retiredEverywhere(policy).map(({ rule, because }): Clean[] => [
    clean(rule.id),
    NOTHING,
    rampOf(rule.ramp.from, rule.ramp.to),
    NOTHING,
    literal('0'),
    clean(t(lang, 'rules.list.retired', { because })),
  ]);
  const titles = ['signal', 'value', 'ramp', 'severity', 'points', 'state'] as const;
  const right = new Set<string>(['value', 'severity', 'points']);
  return `${clean(row.name)}  ${t(lang, 'rules.test.risk', { risk: row.risk })}\n${table(
    titles.map((title) => ({ title: word(lang, `rules.column.${title}`), align: right.has(title) ? 'right' : 'left' })),
    [...lines, ...gone],
  )}`;
}

export interface WhatIfRow {
  readonly id: string;
  readonly name: string;
  readonly risk: number;
  readonly riskBefore: number;
  readonly mrr: number | null;
}

export type WhatIfTold = Omit<WhatIf, 'entered' | 'left' | 'moved'> & {
  readonly entered: readonly WhatIfRow[];
  readonly left: readonly WhatIfRow[];
  readonly moved: readonly { readonly id: string; readonly name: string; readonly from: number; readonly to: number }[];
};

export function whatIfText(result: WhatIfTold, currency: string, lang: Lang): string {
  const { changes, top, entered, left, moved, bands } = result;
  const account = ({ id, name, risk, riskBefore, mrr }: WhatIfRow): Clean[] => [
    literal(' '),
    clean(id),
    clean(name),
    literal(`${riskBefore} → ${risk}`),
    mrr === null ? NOTHING : clean(formatMoney(mrr, currency, lang)),
  ];
  const accounts = (rows: readonly WhatIfRow[]): string =>
    table(
      [
        { title: literal(' ') },
        { title: word(lang, 'cli.column.id') },
        { title: word(lang, 'cli.column.name'), max: NAME_CELLS },
        { title: word(lang, 'cli.column.risk') },
        { title: word(lang, 'cli.column.mrr') },
      ],
      rows.map(account),
    );
  const section = (key: 'entered' | 'left', rows: readonly WhatIfRow[]): string =>
    `${t(lang, `rules.what_if.${key}`, { n: rows.length, top })}\n${rows.length === 0 ? '' : accounts(rows)}`;
  return [
    ...changes.map(({ path, from, to }) => `${clean(path)}: ${plain(from)} → ${plain(to)}\n`),
    `${bandsText(bands.before, bands.after, lang)}\n\n`,
    section('entered', entered),
    section('left', left),
    `${t(lang, 'rules.what_if.moved', { n: moved.length })}\n`,
    ...moved.map(({ name, from, to }) => `    ${from} → ${to}  ${clean(name)}\n`),
  ].join('');
}

/** `critical 12 → 15 · high …` */
const bandsText = (before: BandCounts, after: BandCounts, lang: Lang): string =>
  (['critical', 'high', 'watch', 'low', 'unknown'] as const)
    .map((band) => `${t(lang, `book.band.${band}`)} ${before[band] === after[band] ? before[band] : `${before[band]} → ${after[band]}`}`)
    .join(' · ');
