/** Choosing the records that an activity hangs on besides its company: a list narrowed by what is typed. Pure. */
import type { AttachedRecord } from '../../book/attached.ts';
import { cutLine, emptyLine, gap, type Line, rule, span, spread } from '../../components/line.ts';
import { say } from '../../components/say.ts';
import type { TextBuffer } from '../../components/text-buffer.ts';
import { type Drawn, textField } from '../../components/text-field.ts';
import { edgeScroll } from '../../components/window.ts';
import { width as cellWidth, fit } from '../../text/cells.ts';
import { cleanLine, literal } from '../../text/clean.ts';
import type { Lang } from '../../text/messages/index.ts';
import { searchKey } from '../../text/search.ts';
import { type Compose, isOn } from './state.ts';

export interface RecordsInput {
  readonly compose: Compose;
  readonly buffer: TextBuffer;
  readonly index: number;
  readonly width: number;
  readonly height: number;
  readonly lang: Lang;
}

/** Those whose name or detail has what is typed. */
export function foundRecords({ records }: Pick<Compose, 'records'>, typed: string): readonly AttachedRecord[] {
  const key = searchKey(typed.trim());
  return (records ?? []).filter(({ name, detail }) => searchKey(`${name} ${detail ?? ''}`).includes(key));
}

const NAME_MAX = 36;

export function recordsPane({ compose, buffer, index, width, height, lang }: RecordsInput): Drawn {
  const found = foundRecords(compose, buffer.text);
  const room = Math.max(1, height - 2);
  const from = edgeScroll(0, index, room, found.length);
  const field = textField(buffer, Math.max(4, Math.floor(width / 2)), 1, true);
  const names = Math.min(NAME_MAX, Math.max(8, ...found.map(({ name }) => cellWidth(cleanLine(name)))));
  const kinds = Math.max(...(['contacts', 'deals', 'tickets'] as const).map((kind) => cellWidth(say(lang, `writing.kind.${kind}`))));
  const lines = found.slice(from, from + room).map((record, at): Line => {
    const selected = from + at === index;
    const chosen = isOn(compose, record);
    return cutLine(
      [
        gap(1),
        span(literal(selected ? '▸' : ' '), 'selected'),
        gap(1),
        span(literal(chosen ? '[x]' : '[ ]'), chosen ? 'accent' : 'quiet'),
        gap(1),
        span(fit(say(lang, `writing.kind.${record.kind}`), kinds), 'quiet'),
        gap(2),
        span(fit(cleanLine(record.name), names), selected ? 'selected' : 'plain'),
        gap(2),
        span(cleanLine(record.detail ?? ''), 'quiet'),
      ],
      width,
    );
  });
  if (found.length === 0)
    lines.push([gap(3), span(say(lang, compose.records === null ? 'app.account.reading' : 'writing.records.none'), 'quiet')]);
  const count = span(say(lang, 'writing.records.chosen', { n: compose.also.length }), 'quiet');
  const typed = spread([gap(1), span(literal('/ '), 'accent'), ...(field.lines[0] ?? emptyLine)], [count, gap(1)], width);
  return { lines: [rule(width), typed, ...lines], cursor: field.cursor && { x: field.cursor.x + 3, y: 1 } };
}
