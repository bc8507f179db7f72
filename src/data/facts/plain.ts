/** The words of an activity, where somebody reads it. The result is as hostile as the record: it still needs cleaning. */
import type { TouchFact } from '../../account.ts';
import { withoutMarkers } from '../../plays/marker.ts';
import { textOfHtml } from '../hubspot/html.ts';

/** Notes have no title of their own: their first line is shown, and only once. What we know our own writes by is left out. */
export function plainTouch(touch: Pick<TouchFact, 'title' | 'body'>): { readonly title: string; readonly body: string | null } {
  const text = touch.body === null ? '' : withoutMarkers(textOfHtml(touch.body));
  if (touch.title !== '') return { title: touch.title, body: text || null };
  const end = text.indexOf('\n');
  return end < 0 ? { title: text, body: null } : { title: text.slice(0, end), body: text.slice(end + 1).trim() || null };
}
