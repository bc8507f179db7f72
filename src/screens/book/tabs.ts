/** The segments as tabs in one line, the chosen one always in sight. Pure. */
import type { FilterWorld } from '../../book/expression.ts';
import type { BookSnapshot } from '../../book/row.ts';
import { cutLine, emptyLine, gap, type Line, lineWidth, span } from '../../components/line.ts';
import { width as cellWidth } from '../../text/cells.ts';
import { literal } from '../../text/clean.ts';
import { countOf, type Segment } from './segments.ts';

export interface TabsInput {
  readonly segments: readonly Segment[];
  /** The filter of the chosen one. */
  readonly chosen: string;
  readonly world: FilterWorld;
}

const BAR = span(literal(' │ '), 'quiet');
const MORE = span(literal('…'), 'quiet');

/** The filter of the tab that is drawn there; null between tabs. */
export function tabAt(snapshot: BookSnapshot, input: TabsInput, width: number, x: number): string | null {
  let from = 0;
  for (const { text } of tabsLine(snapshot, input, width)) {
    const to = from + cellWidth(text);
    if (x >= from && x < to) {
      const words = text.replace(/^▌|▐$/g, '');
      return input.segments.find((segment) => tabWords(snapshot, segment, input.world) === words)?.filter ?? null;
    }
    from = to;
  }
  return null;
}

const tabWords = (snapshot: BookSnapshot, { title, filter }: Segment, world: FilterWorld): string =>
  `${title} ${countOf(snapshot, filter, world)}`;

/** Tabs without accounts are left out. Only those that fit are counted: the book may be large. */
export function tabsLine(snapshot: BookSnapshot, { segments, chosen, world }: TabsInput, width: number): Line {
  const at = Math.max(
    0,
    segments.findIndex(({ filter }) => filter === chosen),
  );
  const tab = (segment: Segment): Line => {
    const words = tabWords(snapshot, segment, world);
    return segment.filter === chosen ? [span(literal(`▌${words}▐`), 'selected')] : [span(literal(words), 'quiet')];
  };
  const [first] = segments;
  if (!first) return emptyLine;
  // From the start where the chosen tab still fits, else from the tab before it.
  for (const from of [1, at]) {
    let line: Line = [gap(1), ...tab(first)];
    if (from > 1) line = [...line, BAR, MORE];
    let shown = at === 0;
    for (const [index, segment] of segments.entries()) {
      if (index < from || (index !== at && countOf(snapshot, segment.filter, world) === 0)) continue;
      const next: Line = [...line, BAR, ...tab(segment)];
      if (lineWidth(next) > width - 3) {
        if (!shown && index !== at) break;
        line = [...line, BAR, MORE];
        break;
      }
      line = next;
      shown ||= index === at;
    }
    if (shown || from === at) return cutLine(line, width);
  }
  return emptyLine;
}
