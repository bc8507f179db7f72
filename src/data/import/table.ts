/**
 * A CSV file as rows with the lines on which they stand: RFC 4180, in UTF-8 (with or without BOM), UTF-16 with BOM, or
 * Shift_JIS, which is what Excel writes in Japan; parted by commas, semicolons or tabs. Nothing of it is trusted.
 */
import { CsvError, parse } from 'csv-parse/sync';
import { err, ok, type Result } from '../../units/result.ts';

export interface TableRow {
  /** On which the row begins; the header is line 1 where no blank lines stand before it. */
  readonly line: number;
  readonly cells: readonly string[];
}

export interface Table {
  readonly encoding: 'utf-8' | 'utf-16' | 'shift_jis';
  readonly header: TableRow;
  readonly rows: readonly TableRow[];
}

/**
 * `encoding`: neither UTF-8 nor Shift_JIS · `binary`: no text · `syntax`: quotes that do not close or do not belong ·
 * `empty`: no header · `too_long`: a row or the whole file is longer than anything that is a table of figures.
 */
export interface TableProblem {
  readonly code: 'encoding' | 'binary' | 'syntax' | 'empty' | 'too_long';
  readonly line: number | null;
}

/** Bytes of a file; 2 million rows of MRR are about 80 MB. */
export const LARGEST_FILE = 128 * 1024 * 1024;
const LONGEST_ROW = 1024 * 1024;
const DELIMITERS = [',', ';', '\t'] as const;

export function readTable(bytes: Uint8Array): Result<Table, TableProblem> {
  if (bytes.length > LARGEST_FILE) return err({ code: 'too_long', line: null });
  const decoded = decode(bytes);
  if (!decoded) return err({ code: 'encoding', line: null });
  const { text, encoding } = decoded;
  if (text.includes('\0')) return err({ code: 'binary', line: null });
  try {
    const parsed = parse(text, {
      delimiter: delimiterOf(text),
      record_delimiter: ['\r\n', '\n', '\r'],
      relax_column_count: true,
      skip_empty_lines: true,
      max_record_size: LONGEST_ROW,
      info: true,
    }) as unknown as readonly { readonly info: { readonly lines: number }; readonly record: readonly string[] }[];
    const rows = parsed
      .map(({ info, record }) => ({ line: info.lines - lineBreaks(record), cells: record }))
      .filter(({ cells }) => cells.some((cell) => cell.trim() !== ''));
    const [header, ...rest] = rows;
    return header ? ok({ encoding, header, rows: rest }) : err({ code: 'empty', line: null });
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    const code = error.code === 'CSV_MAX_RECORD_SIZE' ? 'too_long' : 'syntax';
    const line: unknown = error.lines;
    return err({ code, line: typeof line === 'number' ? line : null });
  }
}

/** Line breaks inside quoted cells: the parser counts up to the end of the row. */
const lineBreaks = (cells: readonly string[]): number =>
  cells.reduce((sum, cell) => sum + (cell.includes('\n') || cell.includes('\r') ? (cell.match(/\r\n|\n|\r/g)?.length ?? 0) : 0), 0);

function decode(bytes: Uint8Array): { readonly text: string; readonly encoding: Table['encoding'] } | null {
  const starts = (...mark: readonly number[]) => mark.every((byte, index) => bytes[index] === byte);
  if (starts(0xff, 0xfe)) return attempt('utf-16le', 'utf-16', bytes);
  if (starts(0xfe, 0xff)) return attempt('utf-16be', 'utf-16', bytes);
  return attempt('utf-8', 'utf-8', bytes) ?? attempt('shift_jis', 'shift_jis', bytes);
}

function attempt(label: string, encoding: Table['encoding'], bytes: Uint8Array) {
  try {
    return { text: new TextDecoder(label, { fatal: true }).decode(bytes), encoding };
  } catch {
    return null;
  }
}

/** Of the first line, whichever stands there most often outside quotes. */
function delimiterOf(text: string): string {
  const first = /[^\r\n]+/.exec(text.slice(0, LONGEST_ROW))?.[0].replaceAll(/"(?:[^"]|"")*"/g, '') ?? '';
  let best: string = DELIMITERS[0];
  for (const delimiter of DELIMITERS) if (first.split(delimiter).length > first.split(best).length) best = delimiter;
  return best;
}
