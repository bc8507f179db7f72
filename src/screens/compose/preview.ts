/** The requests that a text would become, to be read before it is queued. Pure. */
import { gap, type Line, rule, span } from '../../components/line.ts';
import { say } from '../../components/say.ts';
import { layOut, type TextBuffer } from '../../components/text-buffer.ts';
import type { Lang } from '../../text/messages/index.ts';

export interface PreviewInput {
  readonly text: TextBuffer;
  readonly offset: number;
  readonly width: number;
  readonly height: number;
  readonly lang: Lang;
}

const HEAD = 2;

/** Lines of the text that are in sight at once. */
export const previewPage = (height: number): number => Math.max(1, height - HEAD);

/** How far it can be scrolled. */
export const previewLast = (text: TextBuffer, width: number, height: number): number =>
  Math.max(0, layOut(text, width - 2).lines.length - previewPage(height));

export function previewPane({ text, offset, width, height, lang }: PreviewInput): Line[] {
  const { lines } = layOut(text, width - 2);
  const shown = lines.slice(offset, offset + previewPage(height));
  return [
    rule(width),
    [gap(1), span(say(lang, 'writing.preview.title'), 'strong')],
    ...shown.map((line): Line => [gap(1), span(line.text)]),
  ];
}
