/** The priority list as a file, or what changed since one. */
import type { Exported } from '../../book/export-sheets.ts';
import { chosenRows } from '../../book/filters.ts';
import { bookTextHead, bookTextPieces } from '../../book/json.ts';
import { cleanLine } from '../../text/clean.ts';
import { formatDay } from '../../text/format.ts';
import { t } from '../../text/messages/index.ts';
import { holdYoungSpace } from '../../workspace/heap.ts';
import { type Context, flag, option, type Run } from '../context.ts';
import { withDesk } from '../desk.ts';
import { CommandError, EXIT } from '../exit.ts';
import { askedFor, type ListOptions, listOptions } from '../filter-options.ts';
import { type Output, outputOf, type Pieces, writeOutput } from '../output.ts';
import { writeJson } from '../print.ts';
import { wantedBook } from '../wanted-book.ts';

const FORMATS = ['csv', 'xlsx', 'md', 'html', 'json'] as const;
type Format = (typeof FORMATS)[number];

export const run: Run = async (context, invocation) => {
  const before = option(invocation, 'diff');
  if (before !== undefined) return (await import('../export-diff.ts')).runDiff(context, invocation, before);
  const options = listOptions(context, invocation);
  const output = outputOf<Format>(context, invocation, { formats: FORMATS, fallback: context.json ? 'json' : null });
  const bom = flag(invocation, 'bom');
  if (bom && output.format !== 'csv') throw new CommandError(EXIT.usage, t(context.lang, 'export.error.bom'));
  if (output.format === 'xlsx' && output.path === null) throw new CommandError(EXIT.usage, t(context.lang, 'export.error.binary'));
  return withDesk(context, async (desk) => {
    const { scope, choice } = await wantedBook(context, desk, options);
    const snapshot = await desk.bookOf(scope);
    // Scored, if it had to be: from here on rows pass through.
    holdYoungSpace();
    const chosen = chosenRows(snapshot.rows, choice);
    const rows = options.limit === null ? chosen : chosen.slice(0, options.limit);
    const exported: Exported = { snapshot, rows, filter: askedFor(options), zone: desk.timeZone };
    const name = `kizashi-${snapshot.asOf}.${output.format}`;
    const file = await writeOutput(context, output, name, await pieces(context, exported, chosen.length, options, output, bom));
    if (file === null) return EXIT.done;
    const { asOf, policy } = snapshot;
    if (context.json) writeJson(context, { file, format: output.format, accounts: rows.length, asOf, policy });
    else {
      const params = { file: cleanLine(file), n: rows.length, day: formatDay(asOf, context.lang) };
      context.stdout.write(`${t(context.lang, 'export.written', params)}\n`);
    }
    return EXIT.done;
  });
};

async function pieces(
  { lang }: Context,
  exported: Exported,
  total: number,
  { horizon, capacity }: ListOptions,
  { format }: Output<Format>,
  bom: boolean,
): Promise<Pieces> {
  const { snapshot, rows, filter } = exported;
  switch (format) {
    case 'csv': {
      const [{ csvPieces }, { flatSheet }] = await Promise.all([import('../../text/csv.ts'), import('../../book/export-sheets.ts')]);
      return csvPieces(flatSheet(exported, lang), { bom });
    }
    case 'xlsx': {
      const [{ XLSX_ROWS, xlsxPieces }, { workbookSheets }] = await Promise.all([
        import('../../text/xlsx.ts'),
        import('../../book/export-sheets.ts'),
      ]);
      const most = rows.reduce((count, { signals }) => count + signals.length, 1);
      if (most > XLSX_ROWS) throw new CommandError(EXIT.usage, t(lang, 'export.error.too_many', { max: XLSX_ROWS }));
      return xlsxPieces(workbookSheets(exported, lang));
    }
    case 'html':
      return (await import('../export-page.ts')).exportPage(exported, lang, capacity);
    case 'md':
      return [(await import('../export-text.ts')).exportMarkdown(exported, lang, capacity)];
    case 'json':
      return (function* () {
        yield bookTextHead(snapshot);
        yield `"filter":${JSON.stringify(filter)},`;
        yield* bookTextPieces(snapshot, rows, total, lang, horizon);
      })();
  }
}
