/**
 * CSV as RFC 4180 has it: UTF-8, comma, CRLF, quotes where a field needs them; numbers plain, unknown empty.
 *
 * A spreadsheet takes a text that begins like a formula for one, quoted or not, so such a text gets an apostrophe in front
 * (OWASP, "CSV injection"). Only text: a negative number stays a number.
 */
import type { CellValue, Sheet } from './sheet.ts';

const BOM = '\ufeff';
/** Also behind blanks, and in the full-width forms that spreadsheets fold. */
const FORMULA = /^[\s\u3000]*[=+\-@＝＋－＠\t\r\0]/;
const QUOTED = /[",\r\n]|^\s|\s$/;

/** `bom`: the mark by which Excel tells UTF-8 from the system's own encoding. Lines come in pieces, the first is the header. */
export function* csvPieces({ columns, rows }: Pick<Sheet, 'columns' | 'rows'>, { bom = false } = {}): Generator<string> {
  yield (bom ? BOM : '') + line(columns.map(({ key }) => key));
  for (const { cells } of rows) yield line(cells.map(csvText));
}

/** The field's text before quoting. */
export function csvText(value: CellValue): string {
  if (typeof value !== 'string') return value === null ? '' : String(value);
  return FORMULA.test(value) ? `'${value}` : value;
}

const line = (fields: readonly string[]): string => `${fields.map(quoted).join(',')}\r\n`;

const quoted = (field: string): string => (QUOTED.test(field) ? `"${field.replaceAll('"', '""')}"` : field);
