/** A report of headings, sentences, tables and charts, as plain text or as Markdown. */
import type { Clean } from '../text/clean.ts';
import { type Column, table } from './table.ts';

export type Part =
  | { readonly kind: 'title' | 'heading' | 'sentence'; readonly text: string }
  | { readonly kind: 'table'; readonly columns: readonly Column[]; readonly rows: readonly (readonly Clean[])[] }
  | { readonly kind: 'list'; readonly items: readonly string[] }
  /** Lines in which every cell counts. */
  | { readonly kind: 'chart'; readonly lines: readonly string[] };

export type ReportFormat = 'text' | 'md';

export const renderReport = (parts: readonly Part[], format: ReportFormat): string =>
  `${parts
    .map(format === 'md' ? markdown : plain)
    .join(format === 'md' ? '\n\n' : '\n')
    .trimStart()}\n`;

function plain(part: Part): string {
  switch (part.kind) {
    case 'title':
    case 'sentence':
      return part.text;
    case 'heading':
      return `\n${part.text}`;
    case 'table':
      return indent(table(part.columns, part.rows).trimEnd().split('\n'));
    case 'list':
    case 'chart':
      return indent(part.kind === 'list' ? part.items : part.lines);
  }
}

const indent = (lines: readonly string[]): string => lines.map((line) => `  ${line}`.trimEnd()).join('\n');

function markdown(part: Part): string {
  switch (part.kind) {
    case 'title':
      return `# ${escaped(part.text)}`;
    case 'heading':
      return `## ${escaped(part.text)}`;
    case 'sentence':
      return escaped(part.text);
    case 'table':
      return [
        row(part.columns.map((column) => column.title)),
        row(part.columns.map((column) => (column.align === 'right' ? '---:' : '---'))),
        ...part.rows.map((cells) => row(cells.map(escaped))),
      ].join('\n');
    case 'list':
      return part.items.map((item) => `- ${escaped(item)}`).join('\n');
    case 'chart':
      return ['```text', ...part.lines, '```'].join('\n');
  }
}

const row = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;

/** Names from outside stay words. */
const escaped = (text: string): string => text.replaceAll(/[\\`*_[\]<>|]/g, (mark) => `\\${mark}`);
