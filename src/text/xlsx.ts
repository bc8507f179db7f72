/**
 * A workbook (Office Open XML, ECMA-376): typed cells, frozen header, filter buttons, number formats, widths.
 *
 * Rows are written as they come and packed on the way, so that the file's size is not the memory's. Text is always an
 * inline string and never a formula. The archive holds no time of its making: the same sheets give the same bytes.
 */
import { PassThrough, Readable } from 'node:stream';
import { ZipFile } from 'yazl';
import { parseDay, serialOf } from '../units/day.ts';
import { currencyDigits } from '../units/money.ts';
import { width as cellsOf } from './cells.ts';
import { currencySymbol } from './numbers.ts';
import type { CellValue, ColumnKind, Sheet, SheetColumn } from './sheet.ts';
import { NOT_XML, XmlBytes } from './xml-bytes.ts';

/** Of the format: more rows than this, header included, no spreadsheet opens. */
export const XLSX_ROWS = 1_048_576;
/** Of the format: characters of a cell, and of a sheet's name. */
const CELL_MAX = 32_767;
const NAME_MAX = 31;
const MAIN = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
const RELATIONS = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const PACKAGE = 'http://schemas.openxmlformats.org/package/2006';
const HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';

/**
 * Local time, as the archive's DOS time is; a month behind the first that it can hold, so that no zone falls out of it.
 * Packed lightly: the file is a fifth larger than it could be, and made with less time and memory.
 */
const untimed = () => ({ mtime: new Date(1980, 1, 1), forceDosTimestamp: true, mode: 0o100644, compressionLevel: 1 });
/** Throws `RangeError` for a sheet with more rows than the format holds, when it comes to them. */
export async function* xlsxPieces(sheets: readonly Sheet[]): AsyncGenerator<Uint8Array> {
  const formats = new Formats();
  const zip = new ZipFile();
  const output = new PassThrough();
  zip.outputStream.pipe(output);
  zip.on('error', (error: Error) => output.destroy(error));
  const names = sheetNames(sheets);
  const part = (path: string, xml: () => Iterable<Buffer>): void => {
    zip.addReadStreamLazy(path, untimed(), (give) => {
      const stream = Readable.from(xml());
      stream.on('error', (error) => output.destroy(error));
      give(null, stream);
    });
  };
  part('[Content_Types].xml', () => [Buffer.from(contentTypes(sheets.length))]);
  part('_rels/.rels', () => [Buffer.from(relations([['officeDocument', 'xl/workbook.xml']]))]);
  part('xl/workbook.xml', () => [Buffer.from(workbook(sheets, names))]);
  const targets = sheets.map((_, index): [string, string] => ['worksheet', `worksheets/sheet${index + 1}.xml`]);
  part('xl/_rels/workbook.xml.rels', () => [Buffer.from(relations([...targets, ['styles', 'styles.xml']]))]);
  for (const [index, sheet] of sheets.entries()) part(`xl/worksheets/sheet${index + 1}.xml`, () => sheetXml(sheet, formats, index === 0));
  // Last: which formats there are is known when the rows are written.
  part('xl/styles.xml', () => [Buffer.from(formats.xml())]);
  zip.end();
  yield* output;
}

function* sheetXml({ columns, rows }: Sheet, formats: Formats, selected: boolean): Generator<Buffer> {
  const xml = new XmlBytes();
  const places = columns.map((_, index) => letters(index));
  xml.markup(
    `${HEAD}<worksheet xmlns="${MAIN}"><sheetPr><pageSetUpPr fitToPage="1"/></sheetPr><sheetViews><sheetView${selected ? ' tabSelected="1"' : ''} workbookViewId="0">`,
  );
  xml.markup('<pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews><cols>');
  for (const [index, column] of columns.entries())
    xml.markup(`<col min="${index + 1}" max="${index + 1}" width="${widthOf(column)}" customWidth="1"/>`);
  xml.markup('</cols><sheetData><row r="1">');
  for (const [index, { title, kind }] of columns.entries()) {
    beginCell(xml, places[index] ?? '', '1');
    writeText(xml, title, kind === 'text' || kind === 'flag' ? HEADER_STYLE : FIGURES_STYLE);
  }
  xml.markup('</row>');
  let number = 1;
  for (const { cells, currency } of rows) {
    number += 1;
    if (number > XLSX_ROWS) throw new RangeError('too many rows for a sheet');
    const row = String(number);
    xml.markup('<row r="');
    xml.markup(row);
    xml.markup('">');
    for (let index = 0; index < columns.length; index++) {
      const value = cells[index] ?? null;
      const column = columns[index];
      if (value === null || !column || (typeof value === 'number' && !Number.isFinite(value))) continue;
      beginCell(xml, places[index] ?? '', row);
      writeCell(xml, value, column, currency, formats);
    }
    xml.markup('</row>');
    const full = xml.taken();
    if (full) yield full;
  }
  xml.markup(`</sheetData><autoFilter ref="A1:${places.at(-1)}${number}"/>`);
  for (const [index, column] of columns.entries())
    if (column.barTo !== undefined && number > 1) xml.markup(dataBar(`${places[index]}2:${places[index]}${number}`, column.barTo));
  xml.markup('<pageMargins left="0.4" right="0.4" top="0.5" bottom="0.5" header="0.3" footer="0.3"/>');
  // As wide as a page of A4, as many pages long as it takes: sheet's name, page and pages at the foot.
  xml.markup(`<pageSetup paperSize="9" orientation="landscape" fitToWidth="${pagesWide(columns)}" fitToHeight="0"/>`);
  xml.markup('<headerFooter><oddFooter>&amp;L&amp;A&amp;R&amp;P / &amp;N</oddFooter></headerFooter></worksheet>');
  const rest = xml.taken(0);
  if (rest) yield rest;
}

function beginCell(xml: XmlBytes, column: string, row: string): void {
  xml.markup('<c r="');
  xml.markup(column);
  xml.markup(row);
}

/** What follows the place of a cell. */
function writeCell(xml: XmlBytes, value: Exclude<CellValue, null>, column: SheetColumn, currency: string, formats: Formats): void {
  if (typeof value === 'boolean') {
    xml.markup(value ? '" t="b"><v>1</v></c>' : '" t="b"><v>0</v></c>');
    return;
  }
  const number = typeof value === 'number' ? value : serialIn(column.kind, value);
  if (number === null) {
    writeText(xml, String(value), TEXT_STYLE);
    return;
  }
  xml.markup(formats.style(column, currency));
  xml.markup(String(number));
  xml.markup('</v></c>');
}

const textStyle = (style: number): string => `" s="${style}" t="inlineStr"><is><t>`;
const TEXT_STYLE = textStyle(1);
const HEADER_STYLE = textStyle(2);
/** Over figures, which stand at the right of their column. */
const FIGURES_STYLE = textStyle(3);
const BLANK_END = /^\s|\s$/;

function writeText(xml: XmlBytes, raw: string, style: string): void {
  const text = raw.length > CELL_MAX ? `${raw.slice(0, CELL_MAX - 1).toWellFormed()}…` : raw;
  // Unless told otherwise, a reader may drop blanks at the ends.
  xml.markup(BLANK_END.test(text) ? style.replace(/>$/, ' xml:space="preserve">') : style);
  xml.text(text);
  xml.markup('</t></is></c>');
}

/** Days from 30 December 1899 to 1970: what the format counts from, as far as it is right (from March 1900 on). */
const EPOCH = 25_569;
const FIRST_SERIAL = 61;

/** What the format counts days by, of a day, and of a month its first: a spreadsheet can group and sort them. Null for other text. */
function serialIn(kind: ColumnKind, text: string): number | null {
  if (kind !== 'day' && kind !== 'month') return null;
  const day = parseDay(kind === 'month' ? `${text}-01` : text);
  if (day === null) return null;
  const serial = serialOf(day) + EPOCH;
  return serial >= FIRST_SERIAL ? serial : null;
}

const WIDTHS: Readonly<Record<ColumnKind, number>> = { text: 18, number: 9, money: 14, percent: 9, day: 12, month: 10, flag: 11 };
/** Cells of a title beside its filter button. */
const BUTTON_CELLS = 4;
const widthOf = ({ width, kind, title }: SheetColumn): number => Math.max(width ?? WIDTHS[kind], cellsOf(title) + BUTTON_CELLS);

/** Characters across a page of A4, as small as can still be read. */
const PAGE_CELLS = 240;
const pagesWide = (columns: readonly SheetColumn[]): number =>
  Math.max(1, Math.ceil(columns.reduce((sum, column) => sum + widthOf(column), 0) / PAGE_CELLS));

/** Behind the plain style, that of texts and those of headers. */
const FIRST_STYLE = 4;
const FIRST_FORMAT = 164;

/** The number formats that cells ask for, in the order in which they were first asked for. */
class Formats {
  readonly #styles = new Map<string, number>();
  /** The last answer per column: rows mostly are of one currency. */
  readonly #last = new Map<SheetColumn, { readonly currency: string; readonly begins: string }>();

  /** What stands between a number's place and the number. */
  style(column: SheetColumn, currency: string): string {
    const last = this.#last.get(column);
    if (last?.currency === currency) return last.begins;
    const code = formatCode(column, currency);
    const style = this.#styles.get(code) ?? FIRST_STYLE + this.#styles.size;
    this.#styles.set(code, style);
    const begins = `" s="${style}"><v>`;
    this.#last.set(column, { currency, begins });
    return begins;
  }

  xml(): string {
    const codes = [...this.#styles.keys()];
    const formats = codes.map((code, index) => `<numFmt numFmtId="${FIRST_FORMAT + index}" formatCode="${attribute(code)}"/>`).join('');
    const cells = codes.map(
      (_, index) => `<xf numFmtId="${FIRST_FORMAT + index}" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/>`,
    );
    return [
      `${HEAD}<styleSheet xmlns="${MAIN}">`,
      codes.length > 0 ? `<numFmts count="${codes.length}">${formats}</numFmts>` : '',
      '<fonts count="2"><font><sz val="11"/><name val="Calibri"/></font><font><b/><sz val="11"/><color rgb="FFFFFFFF"/><name val="Calibri"/></font></fonts>',
      '<fills count="3"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill>',
      '<fill><patternFill patternType="solid"><fgColor rgb="FF2F4858"/></patternFill></fill></fills>',
      '<borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders>',
      '<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>',
      `<cellXfs count="${FIRST_STYLE + codes.length}"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/>`,
      // 49 is the text format: what is typed into the cell stays text too.
      '<xf numFmtId="49" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1" applyAlignment="1"><alignment horizontal="left" indent="1"/></xf>',
      '<xf numFmtId="49" fontId="1" fillId="2" borderId="0" xfId="0" applyNumberFormat="1" applyFont="1" applyFill="1" applyAlignment="1"><alignment horizontal="left" vertical="center" wrapText="1" indent="1"/></xf>',
      '<xf numFmtId="49" fontId="1" fillId="2" borderId="0" xfId="0" applyNumberFormat="1" applyFont="1" applyFill="1" applyAlignment="1"><alignment horizontal="right" vertical="center" wrapText="1"/></xf>',
      `${cells.join('')}</cellXfs></styleSheet>`,
    ].join('');
  }
}

function formatCode({ kind, digits = 0 }: SheetColumn, currency: string): string {
  const places = (count: number): string => (count > 0 ? `.${'0'.repeat(count)}` : '');
  switch (kind) {
    case 'day':
      return 'yyyy\\-mm\\-dd';
    case 'month':
      return 'yyyy\\-mm';
    case 'percent':
      return `0${places(digits)}%`;
    case 'money': {
      if (!/^[A-Z]{3}$/.test(currency)) return '#,##0.00';
      const amount = `"${currencySymbol(currency).replaceAll('"', '')}"#,##0${places(currencyDigits(currency))}`;
      return `${amount};[Red]-${amount}`;
    }
    default:
      return `#,##0${places(digits)}`;
  }
}

const dataBar = (range: string, to: number): string =>
  `<conditionalFormatting sqref="${range}"><cfRule type="dataBar" priority="1"><dataBar><cfvo type="num" val="0"/>` +
  `<cfvo type="num" val="${to}"/><color rgb="FFE07A5F"/></dataBar></cfRule></conditionalFormatting>`;

/** 0 → `A`, 25 → `Z`, 26 → `AA`. */
export function letters(index: number): string {
  const rest = Math.floor(index / 26);
  return (rest > 0 ? letters(rest - 1) : '') + String.fromCharCode(65 + (index % 26));
}

const attribute = (text: string): string =>
  text.replace(NOT_XML, '').replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');

/** The format forbids some marks in names, and two of the same name. */
function sheetNames(sheets: readonly Sheet[]): string[] {
  const names: string[] = [];
  for (const { name } of sheets) {
    const plain =
      name
        .replace(/[[\]:*?/\\']/g, ' ')
        .trim()
        .slice(0, NAME_MAX) || 'Sheet';
    names.push(names.includes(plain) ? `${plain.slice(0, NAME_MAX - 4)} ${names.length + 1}` : plain);
  }
  return names;
}

function workbook(sheets: readonly Sheet[], names: readonly string[]): string {
  const entries = sheets.map(
    (_, index) => `<sheet name="${attribute(names[index] ?? '')}" sheetId="${index + 1}" r:id="rId${index + 1}"/>`,
  );
  // The header row stands at the top of every printed page.
  const titles = sheets.map(({ columns }, index) => {
    // Over several pages, who a row is about stands at the left of each.
    const left = pagesWide(columns) > 1 ? `'${names[index]}'!$A:$C,` : '';
    const sheet = attribute(`${left}'${names[index]}'!$1:$1`);
    return `<definedName name="_xlnm.Print_Titles" localSheetId="${index}">${sheet}</definedName>`;
  });
  const defined = `<definedNames>${titles.join('')}</definedNames>`;
  return `${HEAD}<workbook xmlns="${MAIN}" xmlns:r="${RELATIONS}"><sheets>${entries.join('')}</sheets>${defined}</workbook>`;
}

function relations(targets: readonly (readonly [type: string, target: string])[]): string {
  const entries = targets.map(
    ([type, target], index) => `<Relationship Id="rId${index + 1}" Type="${RELATIONS}/${type}" Target="${target}"/>`,
  );
  return `${HEAD}<Relationships xmlns="${PACKAGE}/relationships">${entries.join('')}</Relationships>`;
}

function contentTypes(sheets: number): string {
  const type = 'application/vnd.openxmlformats-officedocument.spreadsheetml';
  const parts = Array.from({ length: sheets }, (_, index) => [`/xl/worksheets/sheet${index + 1}.xml`, 'worksheet']);
  const overrides = [['/xl/workbook.xml', 'sheet.main'], ['/xl/styles.xml', 'styles'], ...parts].map(
    ([path, kind]) => `<Override PartName="${path}" ContentType="${type}.${kind}+xml"/>`,
  );
  return (
    `${HEAD}<Types xmlns="${PACKAGE}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>` +
    `<Default Extension="xml" ContentType="application/xml"/>${overrides.join('')}</Types>`
  );
}
