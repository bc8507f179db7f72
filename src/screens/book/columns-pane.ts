/** Choosing columns: every column, whether it is shown, and what it says of the account under the cursor. Pure. */

import { cutLine, gap, type Line, rule, span, spread } from '../../components/line.ts';
import { say } from '../../components/say.ts';
import { edgeScroll } from '../../components/window.ts';
import type { BookColumn } from '../../settings/columns.ts';
import { width as cellWidth, fit } from '../../text/cells.ts';
import { type Clean, literal } from '../../text/clean.ts';
import type { Lang } from '../../text/messages/index.ts';
import { cellOf, type RowEntry } from './cells.ts';
import { bookLayout, type Density, shownColumns } from './columns.ts';

export interface ColumnsPane {
  readonly order: readonly BookColumn[];
  readonly shown: ReadonlySet<BookColumn>;
  readonly index: number;
  readonly density: Density;
  /** Of the saved tab whose columns they are. */
  readonly view: Clean | null;
  /** The account under the cursor. */
  readonly entry: RowEntry | null;
  /** Accounts of the book, and cells that the list has. */
  readonly total: number;
  readonly listWidth: number;
}

const VALUE_MAX = 24;

/** The title, then a line a column: `▸ * MRR   ¥500K   no room at 80 columns`. */
export function columnsLines(pane: ColumnsPane, width: number, height: number, lang: Lang): readonly Line[] {
  const { order, shown, index, density, entry, total, listWidth } = pane;
  const chosen = order.filter((id) => shown.has(id));
  const layout = bookLayout({ width: listWidth, lang, total, moved: false, chosen, density });
  const fits = new Set(layout.columns.map(({ id }) => id));
  const sample = { ...layout, trendMonths: 12, bandWords: true };
  const room = Math.max(1, height - 2);
  const from = edgeScroll(0, index, room, order.length);
  const names = Math.max(...order.map((id) => cellWidth(say(lang, `columns.name.${id}`))));
  const title = pane.view === null ? say(lang, 'columns.pane') : say(lang, 'columns.pane.of', { view: pane.view });
  const noteOf = (id: BookColumn): Clean | null => {
    if (id === 'name') return say(lang, 'columns.pane.always');
    if (!shownColumns(chosen).includes(id) || fits.has(id)) return null;
    return id === 'why' ? say(lang, 'columns.pane.second') : say(lang, 'columns.pane.noRoom', { n: listWidth });
  };
  const lines = order.slice(from, from + room).map((id, at): Line => {
    const selected = from + at === index;
    const value = entry === null ? null : cellOf(id, entry, { selected: false, marked: false }, sample, lang);
    const note = noteOf(id);
    return cutLine(
      [
        gap(1),
        span(literal(selected ? '▸' : ' '), 'selected'),
        span(literal(shown.has(id) ? ' * ' : '   '), 'accent'),
        span(fit(say(lang, `columns.name.${id}`), names), selected ? 'selected' : shown.has(id) ? 'plain' : 'quiet'),
        gap(2),
        span(fit(value?.text ?? literal(''), VALUE_MAX), 'quiet'),
        ...(note === null ? [] : [gap(2), span(note, 'quiet')]),
      ],
      width,
    );
  });
  const right: Line = [span(say(lang, `columns.pane.density.${density}`), 'quiet'), gap(1)];
  return [rule(width), spread([gap(1), span(title, 'strong')], right, width), ...lines];
}
