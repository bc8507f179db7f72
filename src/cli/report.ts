/** A report of headings, sentences, tables and charts, as plain text, as Markdown or as a page. */
import { width, wrap } from '../text/cells.ts';
import { type Clean, literal } from '../text/clean.ts';
import { element, type Markup } from '../text/markup.ts';
import type { Lang } from '../text/messages/index.ts';
import { page } from '../text/page.ts';
import { inPieces } from './narrow.ts';
import { type Column, table } from './table.ts';

export type Part =
  | { readonly kind: 'title' | 'heading' | 'sentence'; readonly text: string }
  /** What the report says of itself: under its title, at its end, or who may not read it. */
  | { readonly kind: 'note'; readonly text: string; readonly place?: 'head' | 'foot' | 'inside' }
  | { readonly kind: 'table'; readonly columns: readonly Column[]; readonly rows: readonly (readonly Clean[])[] }
  | { readonly kind: 'list'; readonly items: readonly string[]; readonly small?: boolean }
  /** Lines in which every cell counts. */
  | { readonly kind: 'chart'; readonly lines: readonly string[] }
  /** Drawn on a page, in lines elsewhere. */
  | { readonly kind: 'figure'; readonly drawing: Markup; readonly lines: readonly string[] };

export type ReportFormat = 'text' | 'md';

/** `cells`: of the terminal that text is read on; without them every line is as long as it comes. */
export const renderReport = (parts: readonly Part[], format: ReportFormat, cells = Number.POSITIVE_INFINITY): string =>
  `${parts
    .map((part) => (format === 'md' ? markdown(part) : plain(part, cells)))
    .join(format === 'md' ? '\n\n' : '\n')
    .trimStart()}\n`;

function plain(part: Part, cells: number): string {
  const lines = (text: string, room = cells): readonly string[] => (Number.isFinite(room) ? wrap(literal(text), room) : [text]);
  switch (part.kind) {
    case 'title':
    case 'sentence':
      return lines(part.text).join('\n');
    case 'note':
      return `${part.place === 'head' || part.place === 'inside' ? '' : '\n'}${lines(part.text).join('\n')}`;
    case 'heading':
      return `\n${lines(part.text).join('\n')}`;
    case 'table':
      return inPieces(part.columns, part.rows, cells - INDENT)
        .map(({ columns, rows }) => indent(table(columns, rows).trimEnd().split('\n')))
        .join('\n\n');
    case 'list':
      return part.items
        .flatMap((item) => lines(item, cells - 2 * INDENT).map((line, at) => (at === 0 ? line : `  ${line}`)))
        .map((line) => `  ${line}`.trimEnd())
        .join('\n');
    case 'chart':
    case 'figure':
      return indent(part.lines);
  }
}

const INDENT = 2;
const indent = (lines: readonly string[]): string => lines.map((line) => `  ${line}`.trimEnd()).join('\n');

function markdown(part: Part): string {
  switch (part.kind) {
    case 'title':
      return `# ${escaped(part.text)}`;
    case 'heading':
      return `## ${escaped(part.text)}`;
    case 'sentence':
    case 'note':
      return paragraph(part.text);
    case 'table':
      return [
        row(part.columns.map((column) => escaped(column.title))),
        row(part.columns.map((column) => (column.align === 'right' ? '---:' : '---'))),
        ...part.rows.map((cells) => row(cells.map(escaped))),
      ].join('\n');
    case 'list':
      return part.items.map((item) => `- ${paragraph(item)}`).join('\n');
    case 'chart':
    case 'figure':
      return fenced(part.lines);
  }
}

const row = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;

/** Names from outside stay words: `&` is one where it would begin an entity. */
const escaped = (text: string): string => text.replaceAll(/[\\`*_[\]<>|]|&(?=#?\w+;)/g, (mark) => `\\${mark}`);

/** Where a line begins, more is markup: a heading, a list. */
const paragraph = (text: string): string => escaped(text).replace(/^(\s*)([#+-]|\d+[.)])(?=[#\s]|$)/, startAsWords);

const startAsWords = (_: string, blank: string, mark: string): string => `${blank}${mark.slice(0, -1)}\\${mark.slice(-1)}`;

/** Lines as they are; the fence is longer than any run of its sign in them. */
function fenced(lines: readonly string[]): string {
  const longest = Math.max(2, ...lines.flatMap((line) => (line.match(/`+/g) ?? []).map(({ length }) => length)));
  const fence = '`'.repeat(longest + 1);
  return [`${fence}text`, ...lines, fence].join('\n');
}

/** A day, a month or a word of so many cells is not broken. */
const SHORT_CELLS = 12;

/** The report as a page that can be printed; `title` is the window's. */
export const renderPage = (parts: readonly Part[], lang: Lang, title: string): string =>
  page({ lang, title, portrait: true }, parts.map(partOfPage));

function partOfPage(part: Part): Markup {
  switch (part.kind) {
    case 'title':
      return element('h1', {}, part.text);
    case 'heading':
      return element('h2', {}, part.text);
    case 'sentence':
      return element('p', {}, part.text);
    case 'note':
      return part.place === 'inside'
        ? element('p', {}, element('span', { class: 'inside' }, part.text))
        : element('p', { class: part.place === undefined ? 'quiet' : `quiet ${part.place}` }, part.text);
    case 'table': {
      const side = (column: Column): string | null => (column.align === 'right' ? 'right' : null);
      const heads = part.columns.map((column) => element('th', { class: side(column) }, column.title));
      const rows = part.rows.map((cells) =>
        element(
          'tr',
          {},
          part.columns.map((column, index) => {
            const cell = cells[index] ?? literal('');
            return element('td', { class: side(column) ?? (width(cell) <= SHORT_CELLS ? 'short' : null) }, cell);
          }),
        ),
      );
      const whole = element('table', {}, element('thead', {}, element('tr', {}, heads)), element('tbody', {}, rows));
      return element('div', { class: 'scroll' }, whole);
    }
    case 'list':
      return element(
        'ul',
        { class: part.small ? 'terms' : null },
        part.items.map((item) => element('li', {}, item)),
      );
    case 'chart':
      return element('pre', {}, part.lines.join('\n'));
    case 'figure':
      return element('figure', {}, part.drawing);
  }
}
