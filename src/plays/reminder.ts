/** When a task reminds of itself. */
import { parseLength, parseMoment } from '../text/moment.ts';
import type { Day, Instant } from '../units/day.ts';
import { instantAt } from '../units/zone.ts';

/** Nine in the morning, as HubSpot's tasks fall due. */
const DUE_MINUTE = 9 * 60;

/** A moment, or a length of time before the task is due; null where it is neither. */
export function parseReminder(text: string, due: Day, today: Day, zone: string): Instant | null {
  const before = parseLength(text);
  return before === null ? parseMoment(text, today, zone) : ((instantAt(due, DUE_MINUTE, zone) - before) as Instant);
}
