/** The outbox as text: whatever becomes of HubSpot or of the program, nobody's words are locked up in its file. */
import { textOfHtml } from '../data/hubspot/html.ts';
import { bodyPropertyOf } from '../data/hubspot/write.ts';
import type { FrozenRequest, OutboxRow } from '../data/outbox/types.ts';
import { rows } from '../data/store/outbox-rows.ts';
import type { Session } from './session.ts';

export interface ExportedRow {
  readonly id: string;
  /** Rows of every portal are exported, also of one whose token is gone. */
  readonly portalId: string;
  readonly kind: OutboxRow['kind'];
  readonly companyId: string;
  readonly state: OutboxRow['state'];
  readonly queuedAt: OutboxRow['queuedAt'];
  readonly hubspotId: string | null;
  /** Title and body as typed; for changes what they are called. */
  readonly text: string;
  /** What is to be set, by HubSpot's names. */
  readonly properties: Readonly<Record<string, string>>;
}

/** Unsent and given-up rows, oldest first; `all`: the sent ones too. */
export async function exportRows(session: Session, all: boolean): Promise<readonly ExportedRow[]> {
  const { db } = await session.local();
  const found = await rows(db);
  return found.filter((row) => all || row.state !== 'sent').map(exported);
}

function exported(row: OutboxRow): ExportedRow {
  const { id, portalId, kind, companyId, state, queuedAt, hubspotId } = row;
  const shown = { id, portalId, kind, companyId, state, queuedAt, hubspotId };
  try {
    const frozen = JSON.parse(row.request) as FrozenRequest;
    if (frozen.operation === 'archive') return { ...shown, text: row.text, properties: {} };
    if (frozen.operation === 'update')
      return { ...shown, text: row.text, properties: Object.fromEntries(frozen.changes.map(({ property, value }) => [property, value])) };
    const { properties } = frozen.record;
    const body = textOfHtml((properties[bodyPropertyOf(frozen.object)] ?? '').replace(row.marker, ''));
    const parts = row.kind === 'note' ? [body] : [row.text, body === row.text ? '' : body];
    return { ...shown, text: parts.filter((part) => part !== '').join('\n\n'), properties };
  } catch {
    // A request that cannot be read is what the row's own words are for.
    return { ...shown, text: row.text, properties: {} };
  }
}
