/** The `templates` part of a checked file laid over what ships. */
import { TEMPLATES } from '../plays/templates.ts';
import type { Bilingual, Template } from '../policy.ts';
import type { PolicyFile, TemplateEntry } from './file.ts';

const inBoth = (text: string | Bilingual): Bilingual => (typeof text === 'string' ? { en: text, ja: text } : { en: text.en, ja: text.ja });

/** In the file's order. */
export const ownTemplates = ({ templates = {} }: PolicyFile): Template[] =>
  Object.entries(templates).map(([id, entry]) => templateOf(id, entry));

function templateOf(id: string, { kind, label, subject, text, due, priority, type }: TemplateEntry): Template {
  const shipped = TEMPLATES.find((one) => one.id === id);
  const is = shipped?.kind ?? kind ?? 'note';
  const task = shipped?.task ?? { due: '3bd', priority: 'none', type: 'todo' };
  return {
    id,
    kind: is,
    label: label === undefined ? (shipped?.label ?? inBoth(id)) : inBoth(label),
    subject: subject === undefined ? (shipped?.subject ?? null) : inBoth(subject),
    text: text === undefined ? (shipped?.text ?? null) : inBoth(text),
    task: is === 'task' ? { due: due ?? task.due, priority: priority ?? task.priority, type: type ?? task.type } : null,
  };
}
