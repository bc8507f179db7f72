/** Since when a payment has been overdue, by the status of the subscriptions and its history. */
import type { AccountAttributes, AttributeValue } from '../../account.ts';
import { overdueBySubscriptions } from '../../settings/mapping.ts';
import type { Day } from '../../units/day.ts';
import type { RawAccount, StoredRecord } from '../store/types.ts';
import type { FactReader } from './reader.ts';
import { valuesOf } from './running.ts';

const OVERDUE: ReadonlySet<string> = new Set(['past_due', 'unpaid']);
const STATUS = 'hs_status';

interface Turn {
  readonly on: Day;
  readonly record: StoredRecord;
  readonly isOverdue: boolean;
}

/** Of several subscriptions that are overdue the one that has been so longest. Nothing where subscriptions do not say it. */
export function overdueOf(raw: RawAccount, reader: FactReader): Pick<AccountAttributes, 'overdueSince'> {
  if (!overdueBySubscriptions(reader.context.mapping)) return {};
  const turns = raw.subscriptions
    .flatMap((record): Turn[] => {
      const isDated = reader.entries(record, STATUS).length > 0;
      const states = valuesOf(record, STATUS, reader, (text) => OVERDUE.has(text.trim().toLowerCase()));
      // A status without history has stood at least since it was first seen; it need not have stood since the beginning.
      return states.map(({ on, value }) => ({ on: isDated ? on : reader.firstSeen(record), record, isOverdue: value }));
    })
    .sort((a, b) => (a.on < b.on ? -1 : a.on > b.on ? 1 : 0));
  const since = new Map<string, { readonly on: Day; readonly record: StoredRecord }>();
  const history: AttributeValue<Day>[] = [];
  for (const { on, record, isOverdue } of turns) {
    if (!isOverdue) since.delete(record.id);
    else if (!since.has(record.id)) since.set(record.id, { on, record });
    const [first] = [...since.values()].sort((a, b) => (a.on < b.on ? -1 : a.on > b.on ? 1 : 0));
    const value = first?.on ?? null;
    const source = reader.source(first?.record ?? record, STATUS);
    history.push({ value, validAt: on, knownAt: on, source });
  }
  return { overdueSince: history.filter(({ value }, index) => index === 0 || value !== history[index - 1]?.value) };
}
