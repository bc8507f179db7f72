/** A report as text, Markdown, page, CSV, workbook or JSON, on standard output or as a file. */
import { clean, cleanLine, literal } from '../text/clean.ts';
import { currencySymbol, formatDay } from '../text/format.ts';
import type { Markup } from '../text/markup.ts';
import { type Lang, type MessageKey, t } from '../text/messages/index.ts';
import type { Sheet } from '../text/sheet.ts';
import { type Context, flag, type Invocation } from './context.ts';
import { syncedText } from './data-source.ts';
import { CommandError, EXIT } from './exit.ts';
import { type Output, outputOf, type Pieces, writeOutput } from './output.ts';
import { writeJson } from './print.ts';
import { type Part, renderPage, renderReport } from './report.ts';
import type { Stamp } from './report-sheet.ts';

const REPORT_FORMATS = ['text', 'md', 'html', 'csv', 'xlsx', 'json'] as const;

export interface ReportOutput extends Output<(typeof REPORT_FORMATS)[number]> {
  readonly bom: boolean;
}

/** Read before the store is, so that a wrong option touches nothing. Throws `CommandError` (2). */
export function reportOutput(context: Context, invocation: Invocation): ReportOutput {
  const output = outputOf(context, invocation, { formats: REPORT_FORMATS, fallback: context.json ? 'json' : 'text' });
  const bom = flag(invocation, 'bom');
  if (bom && output.format !== 'csv') throw new CommandError(EXIT.usage, t(context.lang, 'export.error.bom'));
  if (output.format === 'xlsx' && output.path === null) throw new CommandError(EXIT.usage, t(context.lang, 'export.error.binary'));
  return { ...output, bom };
}

/** A file that is read at leisure has every digit, so that the figures can be added up; a terminal and a chat have no room. */
export const isExact = ({ format }: Pick<ReportOutput, 'format'>): boolean => format === 'html' || format === 'md';

export interface Figures {
  /** Each under the heading of that title, at the top of the page where the report has no such heading. */
  readonly lead: readonly { readonly title: string; readonly drawing: Markup }[];
  /** In the places of the report's charts, in their order. */
  readonly charts: readonly Markup[];
}

/** Only what the format needs is made. */
export interface WrittenReport {
  /** Of a file in a folder, without its ending: safe as a name. */
  readonly name: string;
  readonly stamp: Stamp;
  /** What the words of the report mean, a sentence each, for whoever holds the file without the docs. */
  readonly terms?: readonly MessageKey[];
  readonly parts: () => Promise<readonly Part[]> | readonly Part[];
  /** Nothing is drawn where this is absent. */
  readonly figures?: () => Promise<Figures> | Figures;
  /** The first is the report's own table, which CSV has. */
  readonly sheets: () => Promise<readonly Sheet[]> | readonly Sheet[];
  /** What `--json` prints. */
  readonly json: () => unknown;
}

export async function writeReport(context: Context, output: ReportOutput, report: WrittenReport): Promise<number> {
  const ending = output.format === 'text' ? 'txt' : output.format;
  const file = await writeOutput(context, output, `${report.name}.${ending}`, await pieces(context, output, report));
  if (file === null) return EXIT.done;
  const { asOf, policy } = report.stamp;
  if (context.json) writeJson(context, { file, format: output.format, asOf, policy });
  else context.stdout.write(`${t(context.lang, 'export.written_report', { file: cleanLine(file) })}\n`);
  return EXIT.done;
}

/** Narrower than this, pieces of tables would say nothing. */
const LEAST_CELLS = 40;
const terminalCells = ({ isTTY, columns }: Context['stdout']): number | undefined =>
  isTTY && columns >= LEAST_CELLS ? columns : undefined;

async function pieces({ lang, stdout }: Context, { format, path, bom }: ReportOutput, report: WrittenReport): Promise<Pieces> {
  const { name, stamp, terms = [], parts, figures, sheets, json } = report;
  switch (format) {
    case 'json':
      return [`${JSON.stringify(await json(), null, 2)}\n`];
    case 'csv': {
      const [{ csvPieces }, { stamped }] = await Promise.all([import('../text/csv.ts'), import('./report-sheet.ts')]);
      const [first] = await sheets();
      return first ? csvPieces(stamped(first, stamp), { bom }) : [];
    }
    case 'xlsx': {
      const [{ xlsxPieces }, { aboutSheet }] = await Promise.all([import('../text/xlsx.ts'), import('./report-sheet.ts')]);
      return xlsxPieces([...(await sheets()), aboutSheet(stamp, terms, lang)]);
    }
    case 'html':
      return [pageOf(drawn(await parts(), await (figures?.() ?? { lead: [], charts: [] })))];
    case 'md':
      return [renderReport(told(await parts()), format)];
    case 'text':
      // A person at the terminal has just asked for it; a file is read later, and by others.
      return [path === null ? renderReport(await parts(), format, terminalCells(stdout)) : renderReport(told(await parts()), format)];
  }

  function pageOf(body: readonly Part[]): string {
    const title = body[0]?.kind === 'title' ? body[0].text : name;
    return renderPage(told(body), lang, title);
  }

  function told(body: readonly Part[]): readonly Part[] {
    const meant: Part[] =
      terms.length === 0
        ? []
        : [
            { kind: 'heading', text: t(lang, 'files.terms') },
            { kind: 'list', items: terms.map((term) => t(lang, term)), small: true },
          ];
    return noted([...body, ...meant], stamp, lang);
  }
}

/** What is read later and by others says under its title what it is of, and at its end where that came from. */
export function noted(body: readonly Part[], stamp: Stamp, lang: Lang): readonly Part[] {
  const first = body[0]?.kind === 'title' ? 1 : 0;
  return [...body.slice(0, first), headNote(stamp, lang), ...body.slice(first), footNote(stamp, lang)];
}

/** Which portal, as of when, over which months, in which money: what must be known before the first figure. */
function headNote({ asOf, currency, data, filter = null, span = null }: Stamp, lang: Lang): Part {
  const said = [
    t(lang, 'files.head.portal', { portal: clean(data.portalId) }),
    t(lang, 'files.head.as_of', { day: formatDay(asOf, lang, 'full') }),
    ...(span === null ? [] : [t(lang, 'files.head.span', span)]),
    ...(currency === null ? [] : [t(lang, 'files.head.currency', { currency: unitText(currency, lang) })]),
    ...(filter === null ? [] : [t(lang, 'files.head.filter', { filter: clean(filter) })]),
  ];
  return { kind: 'note', text: said.join(' · '), place: 'head' };
}

/** `JPY (¥)`; the code alone where there is no symbol. */
function unitText(currency: string, lang: Lang): string {
  const code = clean(currency);
  if (lang === 'ja' && code === 'JPY') return '円';
  const symbol = clean(currencySymbol(currency)).trim();
  return symbol === '' || symbol === code ? code : `${code} (${symbol})`;
}

function footNote({ policy, data }: Stamp, lang: Lang): Part {
  return { kind: 'note', text: t(lang, 'files.foot', { synced: syncedText(data, lang), policy: clean(policy) }), place: 'foot' };
}

/** By which a column names its part of a bar of letters. */
const KEY = /^[█▒░▓:] /;

/** Charts of letters become drawings; columns without a name, which hold bars of letters, are left out. */
export function drawn(parts: readonly Part[], { lead, charts }: Figures): readonly Part[] {
  const figure = (drawing: Markup): Part => ({ kind: 'figure', drawing, lines: [] });
  const left = [...charts];
  const headings = new Set(parts.flatMap((part) => (part.kind === 'heading' ? [part.text] : [])));
  const page = parts.flatMap((part): Part[] => {
    if (part.kind === 'heading') {
      return [part, ...lead.filter(({ title }) => title === part.text).map(({ drawing }) => figure(drawing))];
    }
    if (part.kind === 'chart') {
      const drawing = left.shift();
      return [drawing ? figure(drawing) : part];
    }
    if (part.kind !== 'table') return [part];
    const kept = part.columns.map(({ title }) => title !== '');
    return [
      {
        ...part,
        columns: part.columns
          .filter((_, index) => kept[index])
          .map((column) => ({ ...column, title: literal(column.title.replace(KEY, '')) })),
        rows: part.rows.map((cells) => cells.filter((_, index) => kept[index])),
      },
    ];
  });
  const first = page.findIndex(({ kind }) => kind !== 'title' && kind !== 'sentence');
  // A report that begins with a chart keeps it at the top.
  const body = page[first]?.kind === 'heading' && page[first + 1]?.kind === 'figure' && charts.length > 0 ? first + 2 : first;
  return page.toSpliced(
    body < 0 ? page.length : body,
    0,
    ...lead
      .filter(({ title }) => !headings.has(title))
      .flatMap(({ title, drawing }): Part[] => [{ kind: 'heading', text: title }, figure(drawing)]),
  );
}
