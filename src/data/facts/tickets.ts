/** Support tickets. */
import type { Steps, TicketFact, TicketFields } from '../../account.ts';
import type { Day } from '../../units/day.ts';
import { err, ok } from '../../units/result.ts';
import type { Owner, Pipeline } from '../hubspot/types.ts';
import type { StoredRecord } from '../store/types.ts';
import type { FactReader, Parse } from './reader.ts';
import { parseFlag, parseNumber, parseText } from './values.ts';
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
  const knownAt = reader.knownAt(record);
  return {
    validAt: reader.day(record, 'createdate') ?? knownAt,
    knownAt,
    source: reader.source(record),
    subject: reader.text(record, 'subject') ?? '',
    content: reader.raw(record, 'content'),
    closedOn: closedOn(record, reader),
    hoursToClose: hoursToClose(record, reader),
    ...(isOnboarding(record, reader) ? { onboarding: true } : {}),
    ...fieldsOf(stepsOf(record, reader), knownAt),
  };
}

type AllSteps = { readonly [Field in keyof TicketFields]: Steps<TicketFields[Field]> };

/** Since when each field has held what, by its history; without one, since the first sync that saw the ticket. */
function stepsOf(record: StoredRecord, reader: FactReader): AllSteps {
  const { mapping } = reader.context;
  const steps = <T>(property: string | undefined, parse: Parse<T>): Steps<T | null> =>
    property === undefined ? [] : reader.history(record, property, parse, 'number').map(({ value, knownAt }) => ({ on: knownAt, value }));
  return {
    priority: steps(mapping['support.priority'] ?? 'hs_ticket_priority', parsePriority),
    category: steps(mapping['support.category'] ?? 'hs_ticket_category', parseText),
    escalated: either(steps(mapping['support.escalated'], parseFlag), atSecondLevel(record, reader)),
    reopened: steps(mapping['support.reopened'], parseFlag),
    csat: steps(mapping['support.csat'], (raw) => parseNumber(raw, { min: 1, max: 5 })),
  };
}

/** What the fields are now, and the steps of those that were not so since the ticket is known. */
function fieldsOf(all: AllSteps, knownAt: Day): TicketFields & Pick<TicketFact, 'changes'> {
  const now = Object.fromEntries(Object.entries(all).map(([field, steps]) => [field, steps.at(-1)?.value ?? null]));
  const changed = Object.entries(all).filter(([, steps]) => steps.length > 1 || (steps[0]?.on ?? knownAt) > knownAt);
  // Every field of `all` stands in `now`.
  const fields = now as unknown as TicketFields;
  return changed.length === 0 ? fields : { ...fields, changes: Object.fromEntries(changed) };
}

const SECOND_LEVEL = /escalat|second[ -]line|エスカレ|二次|(?:^|[^a-z])(?:l|level|tier)[ -]?[23](?![0-9])|[23]次/;

const secondLevels = new WeakMap<readonly Owner[], ReadonlySet<string>>();

/** Owners whose team takes over what the first line could not solve. */
function secondLevelOf(owners: readonly Owner[]): ReadonlySet<string> {
  let found = secondLevels.get(owners);
  if (!found) {
    const isSecond = ({ teams }: Owner): boolean => teams.some(({ name }) => SECOND_LEVEL.test(name.normalize('NFKC').toLowerCase()));
    found = new Set(owners.filter(isSecond).map(({ id }) => id));
    secondLevels.set(owners, found);
  }
  return found;
}

/** Whether a second line looks after the ticket; nothing where the portal has no such team. */
function atSecondLevel(record: StoredRecord, reader: FactReader): Steps<boolean | null> {
  const second = secondLevelOf(reader.context.owners);
  if (second.size === 0) return [];
  return reader
    .history(record, 'hubspot_owner_id', parseText, 'number')
    .map(({ value, knownAt }) => ({ on: knownAt, value: value !== null && second.has(value) }));
}

/** Yes where one of both says so, unknown where neither says anything. */
function either(one: Steps<boolean | null>, other: Steps<boolean | null>): Steps<boolean | null> {
  if (one.length === 0 || other.length === 0) return one.length === 0 ? other : one;
  const at = (steps: Steps<boolean | null>, day: Day) => steps.findLast(({ on }) => on <= day)?.value ?? null;
  const days = [...new Set([...one, ...other].map(({ on }) => on))].sort();
  return days.map((on) => {
    const [left, right] = [at(one, on), at(other, on)];
    return { on, value: left === null && right === null ? null : left === true || right === true };
  });
}

const ONBOARDING = /onboard|implementation|kick-?off|オンボ|導入|立ち上げ/;

/** By the name of its pipeline. */
function isOnboarding(record: StoredRecord, reader: FactReader): boolean {
  const pipeline = reader.raw(record, 'hs_pipeline');
  if (pipeline === null) return false;
  const label = reader.context.pipelines.find(({ id }) => id === pipeline)?.label ?? '';
  return ONBOARDING.test(label.normalize('NFKC').toLowerCase());
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
