/**
 * Open tasks of a book: what the store has of them and, over it, what waits in the outbox or has left it since the last
 * sync. Pure.
 */
import type { FrozenRequest, OutboxRow } from '../data/outbox/types.ts';
import type { StoredOwner, StoredTask } from '../data/store/types.ts';
import { TASK_STATUSES, type TaskChange, type TaskIntent, type TaskRef } from '../plays/intent.ts';
import { type Day, dayOf, type Instant } from '../units/day.ts';
import { ownerName } from './owner-name.ts';

type Properties = Readonly<Record<string, string | null>>;

export interface BookTask {
  /** HubSpot's id; of the outbox's row while HubSpot has none. */
  readonly id: string;
  readonly ref: TaskRef;
  readonly accountId: string;
  /** Raw, as the subject. */
  readonly account: string;
  readonly subject: string;
  /** null: HubSpot has no readable day for it. */
  readonly due: Day | null;
  readonly overdue: boolean;
  readonly priority: TaskIntent['priority'];
  readonly type: string;
  readonly status: NonNullable<TaskChange['status']>;
  readonly owner: { readonly id: string; readonly name: string } | null;
  /** Something of it is not in HubSpot yet. */
  readonly waiting: boolean;
  /** As HubSpot held it when it was last read: what a change is compared with there. */
  readonly seen: Properties;
}

export interface TaskInputs {
  readonly stored: readonly StoredTask[];
  /** Of the book's portal, oldest first, given-up ones left out. */
  readonly outbox: readonly OutboxRow[];
  readonly accounts: ReadonlyMap<string, { readonly name: string }>;
  readonly owners: readonly StoredOwner[];
  readonly zone: string;
  readonly asOf: Day;
  /** The outbox is of today: a book of an earlier day is told without it. */
  readonly today: Day;
  readonly syncedAt: Instant | null;
}

interface Draft {
  readonly ref: TaskRef;
  readonly accountId: string;
  properties: Properties;
  readonly seen: Properties;
  waiting: boolean;
  gone: boolean;
}

/** The longest overdue first; without a day last. A task on several accounts of the book stands on the first of them. */
export function openTasks(inputs: TaskInputs): readonly BookTask[] {
  const { stored, asOf, today, accounts } = inputs;
  const drafts = new Map<string, Draft>();
  for (const { companyId, record } of stored) {
    const { id, properties, createdAt } = record;
    if (drafts.has(id) || !accounts.has(companyId) || dayOf(createdAt, inputs.zone) > asOf) continue;
    drafts.set(id, { ref: { hubspotId: id }, accountId: companyId, properties, seen: properties, waiting: false, gone: false });
  }
  if (asOf === today) for (const row of inputs.outbox) lay(drafts, row, inputs);
  return [...drafts]
    .flatMap(([id, draft]) => (draft.gone || isDone(draft.properties, inputs) ? [] : [taskOf(id, draft, inputs)]))
    .sort(byDue);
}

const byDue = (a: BookTask, b: BookTask): number => {
  const [x, y] = [a.due ?? '9999', b.due ?? '9999'];
  return x === y ? a.id.length - b.id.length || (a.id < b.id ? -1 : 1) : x < y ? -1 : 1;
};

/** One row over what is known so far. */
function lay(drafts: Map<string, Draft>, row: OutboxRow, { syncedAt, accounts }: TaskInputs): void {
  if (row.object !== 'tasks' || row.state === 'dropped') return;
  const isSent = row.state === 'sent';
  if (isSent && syncedAt !== null && (row.settledAt ?? 0) <= syncedAt) return;
  const frozen = JSON.parse(row.request) as FrozenRequest;
  if (frozen.operation === 'create') {
    const id = isSent ? row.hubspotId : row.id;
    if (id === null || drafts.has(id) || !accounts.has(row.companyId)) return;
    const ref: TaskRef = isSent ? { hubspotId: id } : { row: row.id };
    const { properties } = frozen.record;
    drafts.set(id, { ref, accountId: row.companyId, properties, seen: properties, waiting: !isSent, gone: false });
    // What was queued for it by its row is meant for the record that it became.
    const made = drafts.get(id);
    if (made && isSent) drafts.set(row.id, made);
    return;
  }
  const draft = drafts.get('id' in frozen.target ? frozen.target.id : frozen.target.row);
  if (!draft) return;
  if (!isSent) draft.waiting = true;
  // What a person must decide first has changed nothing.
  if (row.state === 'needs_you') return;
  if (frozen.operation === 'archive') draft.gone = true;
  else draft.properties = { ...draft.properties, ...Object.fromEntries(frozen.changes.map(({ property, value }) => [property, value])) };
}

function isDone(properties: Properties, { asOf, today, zone }: TaskInputs): boolean {
  if (properties.hs_task_status !== 'COMPLETED') return false;
  const completed = instantOf(properties.hs_task_completion_date);
  // Completed by now, and open still on an earlier day.
  return asOf === today || completed === null || dayOf(completed, zone) <= asOf;
}

function instantOf(text: string | null | undefined): Instant | null {
  const value = text ?? '';
  const at = /^\d+$/.test(value) ? Number(value) : Date.parse(value);
  return Number.isNaN(at) || value === '' ? null : (at as Instant);
}

const PRIORITIES = ['LOW', 'MEDIUM', 'HIGH'] as const;

function taskOf(id: string, { ref, accountId, properties, seen, waiting }: Draft, { accounts, owners, zone, asOf }: TaskInputs): BookTask {
  const at = instantOf(properties.hs_timestamp);
  const due = at === null ? null : dayOf(at, zone);
  const ownerId = properties.hubspot_owner_id ?? '';
  const owner = owners.find((one) => one.id === ownerId);
  return {
    id,
    ref,
    accountId,
    account: accounts.get(accountId)?.name ?? accountId,
    subject: properties.hs_task_subject ?? '',
    due,
    overdue: due !== null && due < asOf,
    priority: PRIORITIES.find((one) => one === properties.hs_task_priority) ?? 'NONE',
    type: properties.hs_task_type ?? 'TODO',
    status: TASK_STATUSES.find((one) => one === properties.hs_task_status) ?? 'NOT_STARTED',
    owner: ownerId === '' ? null : { id: ownerId, name: owner ? ownerName(owner) : ownerId },
    waiting,
    seen,
  };
}

/** As machines read it. */
export const taskJson = (task: BookTask, url: string): Record<string, unknown> => ({
  id: task.id,
  account: task.accountId,
  accountName: task.account,
  subject: task.subject,
  due: task.due,
  overdue: task.overdue,
  priority: task.priority.toLowerCase(),
  type: task.type.toLowerCase(),
  status: task.status.toLowerCase(),
  owner: task.owner,
  waiting: task.waiting,
  url,
});

const CHANGED = { status: 'hs_task_status', due: 'hs_timestamp', ownerId: 'hubspot_owner_id', priority: 'hs_task_priority' } as const;

/** What the person saw of the properties that the change sets; nothing for a task that is only in the outbox yet. */
export function expectedOf({ ref, seen }: Pick<BookTask, 'ref' | 'seen'>, change: TaskChange): Readonly<Record<string, string | null>> {
  if (!('hubspotId' in ref)) return {};
  const fields = Object.keys(change) as (keyof TaskChange)[];
  return Object.fromEntries(fields.map((field) => [CHANGED[field], seen[CHANGED[field]] ?? null]));
}
