/** Picking a template by one key. Pure. */
import { cutLine, gap, type Line, rule, span } from '../../components/line.ts';
import { say } from '../../components/say.ts';
import { edgeScroll } from '../../components/window.ts';
import type { Template } from '../../policy.ts';
import { width as cellWidth, fit } from '../../text/cells.ts';
import { cleanLine, literal } from '../../text/clean.ts';
import type { Lang } from '../../text/messages/index.ts';
import type { Form } from './fields.ts';

/** The keys of the first templates, in their order; those that move or close stay free. */
export const PICK_KEYS: readonly string[] = [...'abcdefghilmnoprstuvwxyz123456789'];

/** Those for the form; null: all. A post-mortem has none. */
export const templatesOfForm = (templates: readonly Template[], form: Form | null): readonly Template[] =>
  form === null ? templates : templates.filter(({ kind }) => kind === form);

export interface TemplatesInput {
  readonly templates: readonly Template[];
  readonly index: number;
  readonly width: number;
  readonly height: number;
  readonly lang: Lang;
}

export function templatesPane({ templates, index, width, height, lang }: TemplatesInput): Line[] {
  const room = Math.max(1, height - 2);
  const from = edgeScroll(0, index, room, templates.length);
  const kinds = Math.max(...templates.map(({ kind }) => cellWidth(say(lang, `outbox.kind.${kind}`))), 1);
  const lines = templates.slice(from, from + room).map(({ kind, label, subject, text }, at): Line => {
    const selected = from + at === index;
    return cutLine(
      [
        gap(1),
        span(literal(selected ? '▸' : ' '), 'selected'),
        gap(1),
        span(literal(PICK_KEYS[from + at] ?? ' '), 'accent'),
        gap(2),
        span(fit(say(lang, `outbox.kind.${kind}`), kinds), 'quiet'),
        gap(2),
        span(cleanLine(label[lang]), selected ? 'selected' : 'plain'),
        gap(2),
        span(cleanLine((subject ?? text)?.[lang] ?? ''), 'quiet'),
      ],
      width,
    );
  });
  return [rule(width), [gap(1), span(say(lang, 'writing.templates.title'), 'strong')], ...lines];
}
