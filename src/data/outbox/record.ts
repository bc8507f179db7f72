import type { Intent } from '../../plays/intent.ts';
import type { Day, Instant } from '../../units/day.ts';
import type { NewRecord } from '../hubspot/types.ts';

const toHtml = (text: string): string =>
  text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&#39;')
    .replace(/\r\n?|\n/g, '<br>');

export const withMarker = (html: string, marker: string): string => (html === '' ? marker : `${html}<br>${marker}`);
export const hasMarker = (html: string, marker: string): boolean => html.includes(marker);

export function toNewRecord(intent: Intent, marker: string, at: Instant): NewRecord {
  const owner: Record<string, string> = intent.ownerId ? { hubspot_owner_id: intent.ownerId } : {};
  const body = withMarker(toHtml(intent.body), marker);
  const timestamp = { hs_timestamp: new Date(at).toISOString() };
  const typeId = intent.kind === 'note' ? 190 : 192;
  const associations = [{ toId: intent.companyId, types: [{ category: 'HUBSPOT_DEFINED' as const, typeId }] }];
  const own: Record<string, string> =
    intent.kind === 'note'
      ? { hs_note_body: body }
      : {
          hs_task_body: body,
          hs_task_subject: intent.subject,
          hs_task_status: 'NOT_STARTED',
          hs_task_priority: intent.priority,
          hs_task_type: intent.type,
        };
  return { properties: { ...timestamp, ...owner, ...own }, associations };
}

/** Noon UTC keeps the day in every zone but the outermost. */
export const dueMoment = (due: Day): Instant => Date.parse(`${due}T12:00:00Z`) as Instant;
