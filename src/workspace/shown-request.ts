/** Requests as they would go out, for whoever asks before. */
import type { Intent, PropertyChange } from '../plays/intent.ts';

/** A request to HubSpot as it would go out. */
export interface ShownRequest {
  readonly method: 'POST' | 'PATCH' | 'DELETE';
  readonly path: string;
  readonly body: unknown;
}

const OBJECTS_PATH = '/crm/v3/objects';

export async function requestOf(intent: Intent, zone: string): Promise<ShownRequest> {
  const [{ taskChanges, toNewRecord }, { newMarker }] = await Promise.all([
    import('../data/hubspot/write.ts'),
    import('../data/outbox/ids.ts'),
  ]);
  switch (intent.kind) {
    case 'archive':
      return { method: 'DELETE', path: `${OBJECTS_PATH}/…`, body: null };
    case 'task_update': {
      const id = 'row' in intent.task ? '…' : intent.task.hubspotId;
      return { method: 'PATCH', path: `${OBJECTS_PATH}/tasks/${id}`, body: { properties: propertiesOf(taskChanges(intent, zone)) } };
    }
    case 'company_update':
      return {
        method: 'PATCH',
        path: `${OBJECTS_PATH}/companies/${intent.companyId}`,
        body: { properties: propertiesOf(intent.changes) },
      };
    default: {
      const { object, record } = toNewRecord(intent, { marker: newMarker(Math.random), timeZone: zone });
      return { method: 'POST', path: `${OBJECTS_PATH}/${object}`, body: record };
    }
  }
}

const propertiesOf = (changes: readonly PropertyChange[]): Readonly<Record<string, string>> =>
  Object.fromEntries(changes.map(({ property, value }) => [property, value]));
