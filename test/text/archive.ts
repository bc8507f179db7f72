/** Looks into an xlsx file without the writer's help: the archive by its directory, the sheets by their XML. */
import { inflateRawSync } from 'node:zlib';
import { parseDocument } from 'htmlparser2';

/** The files of a zip archive by path; fails on anything that a plain reader would trip over. */
export function unzipped(bytes: Uint8Array): ReadonlyMap<string, string> {
  const buffer = Buffer.from(bytes);
  const end = buffer.lastIndexOf(Buffer.from('PK\x05\x06', 'latin1'));
  const files = new Map<string, string>();
  let at = buffer.readUInt32LE(end + 16);
  for (let left = buffer.readUInt16LE(end + 10); left > 0; left -= 1) {
    const [packed, size] = [buffer.readUInt32LE(at + 20), buffer.readUInt32LE(at + 24)];
    const [name, extra, comment] = [28, 30, 32].map((offset) => buffer.readUInt16LE(at + offset)) as [number, number, number];
    const local = buffer.readUInt32LE(at + 42);
    const start = local + 30 + buffer.readUInt16LE(local + 26) + buffer.readUInt16LE(local + 28);
    const content = inflateRawSync(buffer.subarray(start, start + packed));
    if (content.length !== size) throw new Error('sizes differ');
    files.set(buffer.toString('utf8', at + 46, at + 46 + name), content.toString('utf8'));
    at += 46 + name + extra + comment;
  }
  return files;
}

/** `style` is the index of its format in `formats`, null for text. */
export interface ReadCell {
  readonly type: 'text' | 'number' | 'flag';
  readonly value: string | number | boolean;
  readonly format: string | null;
}

interface Node {
  readonly name?: string;
  readonly data?: string;
  readonly attribs?: Readonly<Record<string, string>>;
  readonly children?: readonly Node[];
}

const all = (node: Node, name: string): Node[] =>
  (node.children ?? []).flatMap((child) => [...(child.name === name ? [child] : []), ...all(child, name)]);
const textOf = (node: Node | undefined): string => node?.data ?? (node?.children ?? []).map(textOf).join('');

/** Rows of a sheet, header included, by cell reference. */
export function cellsOf(files: ReadonlyMap<string, string>, sheet: number): ReadonlyMap<string, ReadCell> {
  const parse = (path: string): Node => parseDocument(files.get(path) ?? '', { xmlMode: true }) as unknown as Node;
  const styles = parse('xl/styles.xml');
  const codes = new Map(all(styles, 'numFmt').map((one) => [one.attribs?.numFmtId, one.attribs?.formatCode ?? '']));
  const formats = all(all(styles, 'cellXfs')[0] ?? {}, 'xf').map((one) => codes.get(one.attribs?.numFmtId) ?? null);
  const cells = new Map<string, ReadCell>();
  for (const cell of all(parse(`xl/worksheets/sheet${sheet}.xml`), 'c')) {
    if (all(cell, 'f').length > 0) throw new Error('a formula');
    const { r = '', t = 'n', s = '0' } = cell.attribs ?? {};
    const format = formats[Number(s)] ?? null;
    if (t === 'inlineStr') cells.set(r, { type: 'text', value: unescaped(textOf(all(cell, 't')[0])), format });
    else if (t === 'b') cells.set(r, { type: 'flag', value: textOf(all(cell, 'v')[0]) === '1', format });
    else cells.set(r, { type: 'number', value: Number(textOf(all(cell, 'v')[0])), format });
  }
  return cells;
}

/** As spreadsheets read `_x000A_` in a text. */
const unescaped = (text: string): string =>
  text.replace(/_x([0-9A-Fa-f]{4})_/g, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16)));
