/** The palette as lines: what is typed, and what it finds. Pure. */
import { cutLine, emptyLine, gap, type Line, rule, span, spread } from '../../components/line.ts';
import { say } from '../../components/say.ts';
import type { TextBuffer } from '../../components/text-buffer.ts';
import { textField } from '../../components/text-field.ts';
import { edgeScroll } from '../../components/window.ts';
import { width as cellWidth, fit } from '../../text/cells.ts';
import { type Clean, literal } from '../../text/clean.ts';
import type { Lang } from '../../text/messages/index.ts';

export interface PaletteItem {
  /** Of the action; empty where the line is an account. */
  readonly id: string;
  readonly accountId: string | null;
  readonly title: Clean;
  readonly keys: Clean;
  readonly hint: Clean;
  /** Why it cannot be done now. */
  readonly disabled: Clean | null;
}

interface Room {
  readonly width: number;
  readonly height: number;
  readonly lang: Lang;
}

const TITLE_MAX = 30;
const KEYS_MAX = 12;

export function palettePane(
  items: readonly PaletteItem[],
  { buffer, index }: { readonly buffer: TextBuffer; readonly index: number },
  { width, height, lang }: Room,
): { readonly lines: readonly Line[]; readonly cursor: { readonly x: number; readonly y: number } | null } {
  const room = Math.max(1, height - 2);
  const from = edgeScroll(0, index, room, items.length);
  const field = textField(buffer, Math.max(4, Math.floor(width / 2)), 1, true);
  const below = items.length - from - room;
  const right: Line = [
    span(
      below > 0 ? say(lang, 'morning.palette.more', { n: below }) : buffer.text === '' ? say(lang, 'morning.palette.title') : literal(''),
      'quiet',
    ),
    gap(1),
  ];
  const titles = Math.min(TITLE_MAX, Math.max(8, ...items.map(({ title }) => cellWidth(title))));
  const keys = Math.min(KEYS_MAX, Math.max(1, ...items.map((item) => cellWidth(item.keys))));
  const lines = items.slice(from, from + room).map((item, at): Line => {
    const selected = from + at === index;
    const tone = item.disabled ? 'quiet' : selected ? 'selected' : 'plain';
    return cutLine(
      [
        gap(1),
        span(literal(selected ? '▸' : ' '), 'selected'),
        gap(1),
        span(fit(item.title, titles), tone),
        gap(2),
        span(fit(item.keys, keys), item.disabled ? 'quiet' : 'accent'),
        gap(2),
        span(item.disabled === null ? item.hint : literal(`– ${item.disabled}`), 'quiet'),
      ],
      width,
    );
  });
  if (items.length === 0) lines.push([gap(3), span(say(lang, 'morning.palette.none'), 'quiet')]);
  const typed: Line = spread([gap(1), span(literal(': '), 'accent'), ...(field.lines[0] ?? emptyLine)], right, width);
  return { lines: [rule(width), typed, ...lines], cursor: field.cursor && { x: field.cursor.x + 3, y: 1 } };
}
