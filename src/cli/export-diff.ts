/** `export --diff`: what changed since an earlier export, as text, Markdown, page or JSON. */
import { readFile } from 'node:fs/promises';
import { type Exported, filterText } from '../book/export-sheets.ts';
import { chosenRows } from '../book/filters.ts';
import { type DiffRow, type FormerList, type ListDiff, listDiff, parseFormer } from '../book/list-diff.ts';
import { type Clean, clean, cleanLine, literal } from '../text/clean.ts';
import { formatDay, formatMoney } from '../text/format.ts';
import { type Lang, type MessageKey, t } from '../text/messages/index.ts';
import { type Context, flag, type Invocation } from './context.ts';
import { dataSource } from './data-source.ts';
import { withDesk } from './desk.ts';
import { CommandError, EXIT } from './exit.ts';
import { askedFor, listOptions } from './filter-options.ts';
import { outputOf, writeOutput } from './output.ts';
import { writeJson } from './print.ts';
import { type Part, renderPage, renderReport } from './report.ts';
import { noted } from './report-output.ts';
import type { Stamp } from './report-sheet.ts';
import { wantedBook } from './wanted-book.ts';

const FORMATS = ['text', 'md', 'html', 'json'] as const;

export async function runDiff(context: Context, invocation: Invocation, path: string): Promise<number> {
  const { lang } = context;
  const options = listOptions(context, invocation);
  const output = outputOf(context, invocation, { formats: FORMATS, fallback: context.json ? 'json' : 'text' });
  if (flag(invocation, 'bom')) throw new CommandError(EXIT.usage, t(lang, 'export.error.bom'));
  const former = await readFormer(path, lang);
  return withDesk(context, async (desk, session) => {
    const { scope, choice } = await wantedBook(context, desk, options);
    const snapshot = await desk.bookOf(scope);
    if (snapshot.portalId !== former.portalId) {
      const params = { path: cleanLine(path), was: cleanLine(former.portalId), now: cleanLine(snapshot.portalId) };
      throw new CommandError(EXIT.usage, t(lang, 'export.diff.error.portal', params));
    }
    const chosen = chosenRows(snapshot.rows, choice);
    const exported: Omit<Exported, 'zone'> = {
      snapshot,
      rows: options.limit === null ? chosen : chosen.slice(0, options.limit),
      filter: askedFor(options),
    };
    const diff = listDiff(former, exported);
    const name = `kizashi-diff-${diff.since}-${diff.until}.${output.format === 'text' ? 'txt' : output.format}`;
    const filter = filterText(exported.filter);
    const stamp: Stamp = {
      asOf: diff.until,
      policy: diff.policies.after,
      currency: snapshot.currency,
      filter: filter === '' ? null : filter,
      data: await dataSource(desk, session),
    };
    const file = await writeOutput(context, output, name, [written(diff, output.format, stamp, output.path !== null, lang)]);
    if (file === null) return EXIT.done;
    if (context.json) writeJson(context, { file, format: output.format, since: diff.since, until: diff.until });
    else context.stdout.write(`${t(lang, 'export.written_report', { file: cleanLine(file) })}\n`);
    return EXIT.done;
  });
}

async function readFormer(path: string, lang: Lang): Promise<FormerList> {
  const text = await readFile(path, 'utf8').catch((error: unknown) => {
    const because = error instanceof Error && 'code' in error ? String(error.code) : String(error);
    throw new CommandError(EXIT.usage, t(lang, 'export.diff.error.unreadable', { path: cleanLine(path), because: cleanLine(because) }));
  });
  const former = parseFormer(text);
  if (former.ok) return former.value;
  const key = former.error === 'JSON' ? 'export.diff.error.json' : 'export.diff.error.shape';
  throw new CommandError(EXIT.usage, t(lang, key, { path: cleanLine(path), because: former.error }));
}

/** A file says what it is of; a person at the terminal has just asked for it. */
function written(diff: ListDiff, format: (typeof FORMATS)[number], stamp: Stamp, isFile: boolean, lang: Lang): string {
  switch (format) {
    case 'json':
      return `${JSON.stringify(diff, null, 2)}\n`;
    case 'html':
      return renderPage(noted(diffParts(diff, lang), stamp, lang), lang, `kizashi ${diff.since} → ${diff.until}`);
    case 'md':
      return renderReport(noted(diffParts(diff, lang), stamp, lang), format);
    case 'text':
      return renderReport(isFile ? noted(diffParts(diff, lang), stamp, lang) : diffParts(diff, lang), format);
  }
}

const HASH = 15;

export function diffParts(diff: ListDiff, lang: Lang): readonly Part[] {
  const { since, until, policies, filters, entered, left, moved, changed, same } = diff;
  const day = (of: ListDiff['since']): string => formatDay(of, lang, 'full');
  const asked = (filter: Exported['filter']): string => clean(filterText(filter)) || t(lang, 'export.diff.filter.none');
  const otherwise = filters.before !== null && filterText(filters.before) !== filterText(filters.after);
  const hash = (policy: string): Clean => clean(policy.slice(0, HASH));
  const parts: Part[] = [{ kind: 'title', text: t(lang, 'export.diff.title', { since: day(since), until: day(until) }) }];
  if (since > until) parts.push({ kind: 'sentence', text: t(lang, 'export.diff.later') });
  if (policies.before !== policies.after)
    parts.push({ kind: 'sentence', text: t(lang, 'export.diff.policy', { was: hash(policies.before), now: hash(policies.after) }) });
  if (otherwise && filters.before !== null)
    parts.push({ kind: 'sentence', text: t(lang, 'export.diff.filter', { was: asked(filters.before), now: asked(filters.after) }) });
  if (entered.length + left.length + moved.length + changed.length === 0)
    parts.push({ kind: 'sentence', text: t(lang, 'export.diff.nothing') });
  parts.push(
    ...section('export.diff.entered', entered, lang),
    ...section('export.diff.left', left, lang, ({ because }) => literal(t(lang, `export.diff.why.${because}`))),
    ...section('export.diff.moved', moved, lang),
    ...section('export.diff.changed', changed, lang),
  );
  if (same > 0) parts.push({ kind: 'sentence', text: t(lang, 'export.diff.same', { n: same }) });
  return parts;
}

function section<Row extends DiffRow>(heading: MessageKey, rows: readonly Row[], lang: Lang, why?: (row: Row) => Clean): readonly Part[] {
  if (rows.length === 0) return [];
  const column = (key: MessageKey, align: 'left' | 'right' = 'right') => ({ title: literal(t(lang, key)), align });
  const rank = (value: number | null): Clean => literal(value === null ? '–' : String(value));
  const step = (was: string, is: string): Clean => clean(was === is ? is : `${was} → ${is}`);
  const risk = (value: number | null): string => (value === null ? '–' : String(value));
  const money = (value: number | null, currency: string): string => (value === null ? '–' : formatMoney(value, currency, lang));
  return [
    { kind: 'heading', text: `${t(lang, heading)} (${rows.length})` },
    {
      kind: 'table',
      columns: [
        column('export.diff.column.was'),
        column('export.diff.column.now'),
        column('export.column.risk'),
        column('export.column.mrr'),
        { ...column('export.column.name', 'left'), max: 40 },
        ...(why ? [column('export.diff.column.why', 'left')] : []),
      ],
      rows: rows.map((row) => [
        rank(row.from),
        rank(row.to),
        step(risk(row.riskBefore), risk(row.risk)),
        step(money(row.mrrBefore, row.currencyBefore ?? row.currency), money(row.mrr, row.currency)),
        clean(row.name),
        ...(why ? [why(row)] : []),
      ]),
    },
  ];
}
