/** Takes in a CSV file of MRR or usage: all of it, or nothing and every fault with its line. */
import { readFileSync, statSync } from 'node:fs';
import type { ImportKind } from '../../data/import/columns.ts';
import type { RowProblem } from '../../data/import/rows.ts';
import { LARGEST_FILE } from '../../data/import/table.ts';
import { type Clean, clean, cleanLine } from '../../text/clean.ts';
import { formatNumber } from '../../text/format.ts';
import { t } from '../../text/messages/index.ts';
import { type ImportRefused, type ImportReport, importFile } from '../../workspace/imports.ts';
import { type Context, flag, type Run } from '../context.ts';
import { withSession } from '../desk.ts';
import { CommandError, EXIT } from '../exit.ts';
import { writeJson } from '../print.ts';

const LISTED = 20;

export const run: Run = (context, invocation) => {
  const [word = '', path] = invocation.args;
  if (word !== 'mrr' && word !== 'usage') throw new CommandError(EXIT.usage, t(context.lang, 'import.kind', { value: clean(word) }));
  if (path === undefined) throw new CommandError(EXIT.usage, t(context.lang, 'import.no_file', { kind: word }));
  const bytes = bytesOf(context, path);
  return withSession(context, async (session) => {
    const options = { skipUnknown: flag(invocation, 'skipUnknown'), dryRun: flag(invocation, 'dryRun') };
    const imported = await importFile(session, { kind: word, bytes, ...options });
    if (!imported.ok) throw new CommandError(EXIT.usage, refusalText(context, cleanLine(path), imported.error), 'import');
    if (context.json) writeJson(context, imported.value);
    else tell(context, imported.value);
    return EXIT.done;
  });
};

function bytesOf({ lang }: Context, path: string): Uint8Array {
  try {
    const found = statSync(path);
    if (!found.isFile()) throw new CommandError(EXIT.usage, t(lang, 'import.not_file', { file: cleanLine(path) }));
    if (found.size > LARGEST_FILE) throw new CommandError(EXIT.usage, t(lang, 'import.table.too_long', { file: cleanLine(path) }));
    return readFileSync(path);
  } catch (error) {
    if (!(error instanceof Error && 'code' in error) || error instanceof CommandError) throw error;
    throw new CommandError(EXIT.usage, t(lang, 'import.unreadable', { file: cleanLine(path), code: clean(String(error.code)) }));
  }
}

const names = (columns: readonly string[]): string => columns.map((column) => clean(column)).join(', ');

function refusalText({ lang }: Context, file: Clean, refused: ImportRefused): string {
  if (refused.kind === 'rows') {
    const { problems } = refused;
    const lines = problems
      .slice(0, LISTED)
      .map((problem) => t(lang, 'import.line', { line: problem.line, what: problemText(lang, problem) }));
    const more = problems.length > LISTED ? [t(lang, 'import.more', { n: problems.length - LISTED })] : [];
    const hint = problems.some(({ because }) => because === 'none') ? [t(lang, 'import.hint_unknown')] : [];
    return [t(lang, 'import.refused', { file, n: problems.length }), ...lines, ...more, ...hint].join('\n');
  }
  const { problem } = refused;
  if (problem.kind === 'table') return t(lang, `import.table.${problem.problem.code}`, { file, line: problem.problem.line ?? '?' });
  return t(lang, `import.header.${problem.problem.code}`, {
    file,
    columns: names(problem.problem.columns),
    found: names(problem.found.slice(0, LISTED)),
  });
}

function problemText(lang: Context['lang'], { code, column, value, because }: RowProblem): string {
  const said = { column: clean(column ?? ''), value: cleanLine(value) };
  if (because !== null) return t(lang, `import.match.${because}`, said);
  if (code === 'cells') return t(lang, 'import.row.cells', said);
  return t(lang, value.trim() === '' ? 'import.row.blank' : 'import.row.value', said);
}

const KEYS: Readonly<Record<ImportKind, string>> = { mrr: 'mrr.source', usage: 'usage.source' };

function tell({ lang, stdout, stderr }: Context, report: ImportReport): void {
  const { kind, rows, total, accounts, span, encoding, skipped, unknownColumns } = report;
  const figures = { rows: formatNumber(rows), total: formatNumber(total), accounts: formatNumber(accounts), encoding };
  if (span === null) stdout.write(`${t(lang, 'import.nothing')}\n`);
  else stdout.write(`${t(lang, report.kept ? 'import.done' : 'import.checked', { ...figures, ...span })}\n`);
  if (skipped > 0) stdout.write(`${t(lang, 'import.skipped', { n: skipped })}\n`);
  if (unknownColumns.length > 0) stderr.write(`${t(lang, 'import.columns', { columns: names(unknownColumns) })}\n`);
  if (!report.used) stderr.write(`${t(lang, 'import.unused', { kind, key: KEYS[kind] })}\n`);
}
