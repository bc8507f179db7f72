/** Support tickets. */
import type { TicketFact } from '../../account.ts';
import type { Day } from '../../units/day.ts';
import { err, ok } from '../../units/result.ts';
import type { Pipeline } from '../hubspot/types.ts';
import type { StoredRecord } from '../store/types.ts';
import type { FactReader } from './reader.ts';
import { parseNumber } from './values.ts';
import { type Parsed, parseInstant, plainText } from './when.ts';

const MS_PER_HOUR = 3_600_000;

const PRIORITIES: Readonly<Record<string, TicketFact['priority']>> = {
  low: 'low',
  低: 'low',
  medium: 'medium',
  normal: 'medium',
  中: 'medium',
  high: 'high',
  高: 'high',
  urgent: 'urgent',
  critical: 'urgent',
  緊急: 'urgent',
};

const parsePriority = (raw: string | null): Parsed<TicketFact['priority']> => {
  const text = plainText(raw).toLowerCase();
  if (text === '') return err('empty');
  return ok(Object.hasOwn(PRIORITIES, text) ? (PRIORITIES[text] ?? null) : null);
};

const closedStages = new WeakMap<readonly Pipeline[], ReadonlySet<string>>();

/** Stage ids that the portal calls closed; ids are unique in a portal only together with their pipeline. */
function closedStagesOf(pipelines: readonly Pipeline[]): ReadonlySet<string> {
  let found = closedStages.get(pipelines);
  if (!found) {
    found = new Set(
      pipelines.flatMap((pipeline) =>
        pipeline.stages.filter((stage) => stage.metadata.ticketState === 'CLOSED').map((stage) => `${pipeline.id}/${stage.id}`),
      ),
    );
    closedStages.set(pipelines, found);
  }
  return found;
}

export function ticketOf(record: StoredRecord, reader: FactReader): TicketFact {
  const { mapping } = reader.context;
  const knownAt = reader.knownAt(record);
  return {
    validAt: reader.day(record, 'createdate') ?? knownAt,
    knownAt,
    source: reader.source(record),
    subject: reader.text(record, 'subject') ?? '',
    content: reader.raw(record, 'content'),
    closedOn: closedOn(record, reader),
    hoursToClose: hoursToClose(record, reader),
    priority: reader.value(record, mapping['support.priority'] ?? 'hs_ticket_priority', parsePriority, 'number'),
    category: reader.text(record, mapping['support.category'] ?? 'hs_ticket_category'),
    escalated: reader.flag(record, mapping['support.escalated']),
    reopened: reader.flag(record, mapping['support.reopened']),
    csat: reader.value(record, mapping['support.csat'], (raw) => parseNumber(raw, { min: 1, max: 5 }), 'number'),
  };
}

/** `closed_date`; a ticket that only its stage calls closed was closed when it came into that stage, else at its last change. */
function closedOn(record: StoredRecord, reader: FactReader): Day | null {
  const day = reader.day(record, 'closed_date');
  if (day) return day;
  const stage = reader.raw(record, 'hs_pipeline_stage');
  if (stage === null) return null;
  const closed = closedStagesOf(reader.context.pipelines);
  if (!closed.has(`${reader.raw(record, 'hs_pipeline') ?? ''}/${stage}`)) return null;
  const moved = reader.entries(record, 'hs_pipeline_stage').at(-1);
  return reader.dayOf(moved?.value === stage ? moved.timestamp : record.updatedAt);
}

/** HubSpot's own `time_to_close` (milliseconds), else the span between the two instants. */
function hoursToClose(record: StoredRecord, reader: FactReader): number | null {
  const milliseconds = reader.count(record, 'time_to_close');
  if (milliseconds !== null) return milliseconds / MS_PER_HOUR;
  const [opened, closed] = ['createdate', 'closed_date'].map((property) => parseInstant(reader.raw(record, property) ?? ''));
  return opened == null || closed == null || closed < opened ? null : (closed - opened) / MS_PER_HOUR;
}
