/** The keys that work on a screen, made from the action records. Pure. */
import { cutLine, emptyLine, gap, type Line, span } from '../../components/line.ts';
import { say } from '../../components/say.ts';
import { width as cellWidth, fit } from '../../text/cells.ts';
import { type Clean, literal } from '../../text/clean.ts';
import type { Lang } from '../../text/messages/index.ts';

export interface HelpItem {
  readonly keys: Clean;
  readonly title: Clean;
  readonly hint: Clean;
  /** Why it cannot run now. */
  readonly disabled: Clean | null;
}

export interface HelpSection {
  readonly title: Clean;
  readonly items: readonly HelpItem[];
}

export interface HelpInput {
  readonly sections: readonly HelpSection[];
  readonly offset: number;
  readonly width: number;
  readonly height: number;
  readonly lang: Lang;
}

export const helpPage = (height: number): number => Math.max(1, height - 1);

const TITLE_MAX = 26;

function body(sections: readonly HelpSection[], width: number): Line[] {
  const items = sections.flatMap((section) => section.items);
  const keyWidth = Math.min(20, Math.max(4, ...items.map((item) => cellWidth(item.keys))));
  const titleWidth = Math.min(TITLE_MAX, Math.max(4, ...items.map((item) => cellWidth(item.title))));
  return sections.flatMap((section, index) => [
    ...(index > 0 ? [emptyLine] : []),
    [gap(1), span(section.title, 'strong')],
    ...section.items.map((item): Line => {
      const tone = item.disabled ? 'quiet' : 'plain';
      const tail = item.disabled ?? item.hint;
      return cutLine(
        [
          gap(2),
          span(fit(item.keys, keyWidth), item.disabled ? 'quiet' : 'accent'),
          gap(2),
          span(fit(item.title, titleWidth), tone),
          gap(2),
          span(tail, 'quiet'),
        ],
        width,
      );
    }),
  ]);
}

export const helpLastOffset = ({ sections, width, height }: Pick<HelpInput, 'sections' | 'width' | 'height'>): number =>
  Math.max(0, body(sections, width).length - helpPage(height));

export function helpLines({ sections, offset, width, height, lang }: HelpInput): Line[] {
  const all = body(sections, width);
  const from = Math.max(0, Math.min(offset, all.length - helpPage(height)));
  const more =
    all.length > helpPage(height)
      ? literal(`  ${say(lang, 'app.scroll', { from: from + 1, to: Math.min(all.length, from + helpPage(height)), total: all.length })}`)
      : literal('');
  return [[gap(1), span(say(lang, 'app.help.title'), 'strong'), span(more, 'quiet')], ...all.slice(from, from + helpPage(height))];
}
