/** What a person can choose, section by section, each with what it is now. Pure. */
import { cutLine, emptyLine, gap, type Line, span, spread } from '../../components/line.ts';
import { say } from '../../components/say.ts';
import { width as cellWidth, fit } from '../../text/cells.ts';
import { type Clean, literal } from '../../text/clean.ts';
import type { Lang } from '../../text/messages/index.ts';

export interface SettingsRow {
  readonly label: Clean;
  readonly value: Clean;
  readonly note: Clean;
  /** Not what the program came with. */
  readonly chosen: boolean;
}

export interface SettingsSection<Row extends SettingsRow = SettingsRow> {
  readonly title: Clean;
  readonly rows: readonly Row[];
}

export interface SettingsInput {
  readonly sections: readonly SettingsSection[];
  /** Of all rows, without the titles. */
  readonly index: number;
  readonly offset: number;
  readonly width: number;
  readonly height: number;
  readonly lang: Lang;
}

/** The title of the screen. */
const CHROME = 1;

export const settingsPage = (height: number): number => Math.max(1, height - CHROME);

/** Where the row stands among the lines below the title: each section has its own title, and a blank before it. */
export function lineOfRow(sections: readonly SettingsSection[], index: number): number {
  let before = 0;
  for (const [at, { rows }] of sections.entries()) {
    if (index < before + rows.length) return index + 2 * at + 1;
    before += rows.length;
  }
  return 0;
}

export const settingsLength = (sections: readonly SettingsSection[]): number =>
  sections.reduce((sum, { rows }) => sum + rows.length + 2, -1);

const LABEL_MAX = 34;
const VALUE_MAX = 26;

export function settingsLines({ sections, index, offset, width, height, lang }: SettingsInput): Line[] {
  const all = sections.flatMap(({ rows }) => rows);
  const labels = Math.min(LABEL_MAX, Math.max(8, ...all.map(({ label }) => cellWidth(label))));
  const values = Math.min(VALUE_MAX, Math.max(6, ...all.map(({ value }) => cellWidth(value))));
  let at = 0;
  const lines = sections.flatMap(({ title, rows }, section): Line[] => [
    ...(section > 0 ? [emptyLine] : []),
    [gap(1), span(title, 'accent')],
    ...rows.map((row): Line => {
      const selected = at === index;
      at += 1;
      return cutLine(
        [
          gap(1),
          span(literal(selected ? '▸' : ' '), 'selected'),
          span(literal(row.chosen ? ' * ' : '   '), 'accent'),
          span(fit(row.label, labels), selected ? 'selected' : 'plain'),
          gap(2),
          span(fit(row.value, values), row.chosen ? 'strong' : 'plain'),
          gap(2),
          span(row.note, 'quiet'),
        ],
        width,
      );
    }),
  ]);
  const title = spread([gap(1), span(say(lang, 'settings.title'), 'strong')], [span(say(lang, 'settings.own'), 'quiet'), gap(1)], width);
  return [title, ...lines.slice(offset, offset + settingsPage(height))];
}
