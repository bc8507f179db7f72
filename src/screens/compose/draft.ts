/** What is kept of a text that has not been queued, and how it comes back. */
import type { AttachedKind, AttachedRecord } from '../../book/attached.ts';
import { type TextBuffer, textBuffer } from '../../components/text-buffer.ts';
import { type ChoiceField, type Compose, choices, isUntouched } from './state.ts';

/** What is written on several accounts is kept apart from each one's own, whichever they are. */
export const draftKey = ({ form, accountId, others }: Pick<Compose, 'form' | 'accountId' | 'others'>): string =>
  `${form}:${others.length > 0 ? 'several' : accountId}`;

const LINES = ['due', 'reminder', 'at', 'length', 'location', 'fixed'] as const;
const CHOSEN = ['priority', 'type', 'assignee', 'direction', 'outcome', 'disposition', 'cause', 'reason', 'avoidable'] as const;

/** Null where nobody wrote anything. */
export function draftOf(state: Compose): string | null {
  const { subject, body, fixed, chosen, also, template } = state;
  const isEmpty = [subject, body, fixed].every(({ text }) => text.trim() === '') && chosen.cause === '';
  if (isUntouched(state) || isEmpty) return null;
  const lines = Object.fromEntries(LINES.map((field) => [field, state[field].text]));
  const records = also.map(({ kind, id, name, detail }) => ({ kind, id, name, detail }));
  return JSON.stringify({ subject: subject.text, body: body.text, ...lines, ...chosen, also: records, template });
}

/** The text of an earlier time, before whatever has been typed since the pane opened. */
export function restoreDraft(state: Compose, draft: string): Compose {
  const kept = parseDraft(draft);
  const text = (name: string): string => {
    const found = kept[name];
    return typeof found === 'string' ? found : '';
  };
  const line = (name: (typeof LINES)[number]): TextBuffer => (text(name) === '' ? state[name] : textBuffer(text(name)));
  const chosen: Record<ChoiceField, string> = { ...state.chosen };
  for (const field of CHOSEN) if (isKnown(state, field, text(field))) chosen[field] = text(field);
  return {
    ...state,
    subject: textBuffer(text('subject') + state.subject.text),
    due: line('due'),
    reminder: line('reminder'),
    at: line('at'),
    length: line('length'),
    location: line('location'),
    fixed: line('fixed'),
    chosen,
    also: recordsOf(kept.also).filter((record) => state.records?.some(({ kind, id }) => kind === record.kind && id === record.id) ?? true),
    template: text('template') || state.template,
    body: textBuffer(text('body') + state.body.text, true),
  };
}

/** What the portal offers is not read yet: it is taken as it was. */
const FROM_PORTAL: ReadonlySet<ChoiceField> = new Set<ChoiceField>(['disposition', 'reason']);

const isKnown = (state: Compose, field: ChoiceField, value: string): boolean =>
  value !== '' && (FROM_PORTAL.has(field) || choices(state, field).some((one) => one.value === value));

/** A draft that is no longer understood is still somebody's words: it comes back as the body. */
function parseDraft(draft: string): Readonly<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse(draft);
    if (typeof value === 'object' && value !== null) return { ...value };
  } catch {
    // Not ours: kept as text below.
  }
  return { body: draft };
}

const KINDS: readonly AttachedKind[] = ['contacts', 'deals', 'tickets'];

function recordsOf(value: unknown): readonly AttachedRecord[] {
  if (!Array.isArray(value)) return [];
  return value.flatMap((one: unknown): AttachedRecord[] => {
    if (typeof one !== 'object' || one === null) return [];
    const part = (name: string): unknown => Reflect.get(one, name);
    const kind = KINDS.find((each) => each === part('kind'));
    const [id, name, detail] = [part('id'), part('name'), part('detail')];
    if (kind === undefined || typeof id !== 'string' || typeof name !== 'string') return [];
    return [{ kind, id, name, detail: typeof detail === 'string' ? detail : null }];
  });
}
