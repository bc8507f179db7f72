/** How many rows of a portal stand how; read without anything that sends. */
import type { Queries } from '../store/driver.ts';
import { countStates } from '../store/outbox-rows.ts';
import type { OutboxCounts } from './types.ts';

export async function outboxCounts(local: Queries, portalId: string): Promise<OutboxCounts> {
  const counts = { held: 0, ready: 0, sending: 0, unknown: 0, needsYou: 0, elsewhere: 0 };
  for (const row of await countStates(local)) {
    if (row.state === 'sent' || row.state === 'dropped') continue;
    if (row.portalId !== portalId) counts.elsewhere += row.n;
    else counts[row.state === 'needs_you' ? 'needsYou' : row.state] += row.n;
  }
  return counts;
}
