/** A report as text, Markdown, page, CSV or workbook, on standard output or as a file. */
import { cleanLine, literal } from '../text/clean.ts';
import type { Markup } from '../text/markup.ts';
import { t } from '../text/messages/index.ts';
import type { Sheet } from '../text/sheet.ts';
import type { Context, Invocation } from './context.ts';
import { CommandError, EXIT } from './exit.ts';
import { type Output, outputOf, type Pieces, writeOutput } from './output.ts';
import { writeJson } from './print.ts';
import { type Part, renderPage, renderReport } from './report.ts';

export const REPORT_FORMATS = ['text', 'md', 'html', 'csv', 'xlsx'] as const;
export type ReportOutput = Output<(typeof REPORT_FORMATS)[number]>;

export const reportOutput = (context: Context, invocation: Invocation): ReportOutput => {
  const output = outputOf(context, invocation, { formats: REPORT_FORMATS, fallback: 'text' });
  if (output.format === 'xlsx' && output.path === null) throw new CommandError(EXIT.usage, t(context.lang, 'export.error.binary'));
  return output;
};

export interface Figures {
  /** At the top of the page, each under its title. */
  readonly lead: readonly { readonly title: string; readonly drawing: Markup }[];
  /** In the places of the report's charts, in their order. */
  readonly charts: readonly Markup[];
}

export interface WrittenReport {
  /** Of a file in a folder, without its ending: safe as a name. */
  readonly name: string;
  readonly parts: () => Promise<readonly Part[]>;
  readonly figures: () => Promise<Figures>;
  /** The report's own table. */
  readonly sheet: () => Promise<Sheet>;
}

export async function writeReport(context: Context, output: ReportOutput, report: WrittenReport): Promise<number> {
  const ending = output.format === 'text' ? 'txt' : output.format;
  const file = await writeOutput(context, output, `${report.name}.${ending}`, await pieces(context, output.format, report));
  if (file === null) return EXIT.done;
  if (context.json) writeJson(context, { file, format: output.format });
  else context.stdout.write(`${t(context.lang, 'export.written_report', { file: cleanLine(file) })}\n`);
  return EXIT.done;
}

async function pieces({ lang }: Context, format: ReportOutput['format'], { name, parts, figures, sheet }: WrittenReport): Promise<Pieces> {
  switch (format) {
    case 'csv':
      return (await import('../text/csv.ts')).csvPieces(await sheet());
    case 'xlsx':
      return (await import('../text/xlsx.ts')).xlsxPieces([await sheet()]);
    case 'html':
      return [renderPage(drawn(await parts(), await figures()), lang, name)];
    default:
      return [renderReport(await parts(), format)];
  }
}

/** By which a column names its part of a bar of letters. */
const KEY = /^[█▒░▓:] /;

/** Charts of letters become drawings; columns without a name, which hold bars of letters, are left out. */
export function drawn(parts: readonly Part[], { lead, charts }: Figures): readonly Part[] {
  const figure = (drawing: Markup): Part => ({ kind: 'figure', drawing, lines: [] });
  const left = [...charts];
  const page = parts.map((part): Part => {
    if (part.kind === 'chart') {
      const drawing = left.shift();
      return drawing ? figure(drawing) : part;
    }
    if (part.kind !== 'table') return part;
    const kept = part.columns.map(({ title }) => title !== '');
    return {
      ...part,
      columns: part.columns
        .filter((_, index) => kept[index])
        .map((column) => ({ ...column, title: literal(column.title.replace(KEY, '')) })),
      rows: part.rows.map((cells) => cells.filter((_, index) => kept[index])),
    };
  });
  const body = page.findIndex(({ kind }) => kind !== 'title' && kind !== 'sentence');
  return page.toSpliced(
    body < 0 ? page.length : body,
    0,
    ...lead.flatMap(({ title, drawing }): Part[] => [{ kind: 'heading', text: title }, figure(drawing)]),
  );
}
