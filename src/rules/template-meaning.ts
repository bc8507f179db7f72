/** What a shape cannot say of templates: ids and facts that must exist, and what each kind needs and cannot have. */
import { parseSpan } from '../plays/due.ts';
import { TEMPLATES } from '../plays/templates.ts';
import type { PolicyFile, TemplateEntry } from './file.ts';
import { nearest } from './near.ts';
import { CUSTOM_PLAY, templateFaults } from './play-meaning.ts';
import type { Fault, Path } from './problem.ts';

export const templateEntryFaults = ({ templates = {} }: PolicyFile): Fault[] =>
  Object.entries(templates).flatMap(([id, entry]) => entryFaults(id, entry));

function entryFaults(id: string, entry: TemplateEntry): Fault[] {
  const path = ['templates', id];
  const shipped = TEMPLATES.find((one) => one.id === id);
  if (!shipped && !CUSTOM_PLAY.test(id)) return [unknown(id, path)];
  if (shipped && entry.kind !== undefined && entry.kind !== shipped.kind)
    return [{ path: [...path, 'kind'], kind: 'template_kind', params: { template: id, kind: shipped.kind } }];
  const kind = shipped?.kind ?? entry.kind;
  const missing = shipped ? [] : missingOf(entry).map((key): Fault => ({ path, atKey: true, kind: 'missing', params: { key } }));
  const misplaced = (key: keyof TemplateEntry): Fault[] =>
    entry[key] === undefined ? [] : [{ path: [...path, key], atKey: true, kind: 'template_part', params: { part: key, kind: kind ?? '' } }];
  const texts = (['subject', 'text'] as const).flatMap((part) => {
    const text = entry[part];
    return text === undefined ? [] : templateFaults(text, [...path, part]);
  });
  const isDay = entry.due === undefined || parseSpan(entry.due) !== null;
  return [
    ...missing,
    ...(kind === 'note' ? misplaced('subject') : []),
    ...(kind === undefined || kind === 'task' ? [] : (['due', 'priority', 'type'] as const).flatMap(misplaced)),
    ...(isDay ? [] : [{ path: [...path, 'due'], kind: 'due', params: { value: entry.due ?? '' } } as const]),
    ...texts,
  ];
}

function unknown(id: string, path: Path): Fault {
  const near = nearest(
    id,
    TEMPLATES.map((one) => one.id),
  );
  return near === null
    ? { path, atKey: true, kind: 'template_id', params: { template: id } }
    : { path, atKey: true, kind: 'unknown_template_near', params: { template: id, near } };
}

/** A note is its text; a call is told by either; everything else has a subject. */
function missingOf({ kind, label, subject, text }: TemplateEntry): string[] {
  const missing: string[] = [];
  if (kind === undefined) missing.push('kind');
  if (label === undefined) missing.push('label');
  if ((kind === 'note' || kind === 'call') && text === undefined && (kind === 'note' || subject === undefined)) missing.push('text');
  if ((kind === 'task' || kind === 'meeting' || kind === 'email') && subject === undefined) missing.push('subject');
  return missing;
}
