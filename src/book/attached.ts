/** What an activity can hang on besides its company: the account's own contacts, deals and tickets. Texts are raw. */
import type { RawAccount, StoredRecord } from '../data/store/types.ts';
import { searchKey } from '../text/search.ts';
import { err, ok, type Result } from '../units/result.ts';

export type AttachedKind = 'contacts' | 'deals' | 'tickets';

export interface AttachedRecord {
  readonly kind: AttachedKind;
  readonly id: string;
  readonly name: string;
  /** An e-mail address, a deal's stage, a ticket's category: what tells two of the same name apart. */
  readonly detail: string | null;
}

const text = (record: StoredRecord, property: string): string => record.properties[property]?.trim() ?? '';

/** Contacts, then deals, then tickets, each newest first. */
export function attachedRecords({ contacts, deals, tickets }: Pick<RawAccount, AttachedKind>): readonly AttachedRecord[] {
  const newestFirst = <T>(records: readonly T[]): T[] => records.toReversed();
  return [
    ...newestFirst(contacts).map((record): AttachedRecord => {
      const email = text(record, 'email');
      // Family name first, as for owners.
      const name = `${text(record, 'lastname')} ${text(record, 'firstname')}`.trim();
      return { kind: 'contacts', id: record.id, name: name || email || record.id, detail: email || null };
    }),
    ...newestFirst(deals).map(
      (record): AttachedRecord => ({
        kind: 'deals',
        id: record.id,
        name: text(record, 'dealname') || record.id,
        detail: text(record, 'closedate').slice(0, 10) || null,
      }),
    ),
    ...newestFirst(tickets).map(
      (record): AttachedRecord => ({
        kind: 'tickets',
        id: record.id,
        name: text(record, 'subject') || record.id,
        detail: text(record, 'createdate').slice(0, 10) || null,
      }),
    ),
  ];
}

export type Unattached = { readonly kind: 'none' } | { readonly kind: 'several'; readonly records: readonly AttachedRecord[] };

/** By id, e-mail address, whole name, else a unique part of a name; Japanese names in either order. */
export function resolveAttached(records: readonly AttachedRecord[], kind: AttachedKind, word: string): Result<AttachedRecord, Unattached> {
  const own = records.filter((record) => record.kind === kind);
  const key = searchKey(word.trim());
  const turned = searchKey(word.trim().split(/\s+/).reverse().join(' '));
  const named = (record: AttachedRecord) => searchKey(record.name);
  const attempts = [
    own.filter(({ id }) => id === word.trim()),
    own.filter(({ detail }) => kind === 'contacts' && detail !== null && searchKey(detail) === key),
    own.filter((record) => named(record) === key || named(record) === turned),
    key === '' ? [] : own.filter((record) => named(record).includes(key)),
  ];
  const found = attempts.find((candidates) => candidates.length > 0);
  const [only] = found ?? [];
  if (!found || !only) return err({ kind: 'none' });
  return found.length === 1 ? ok(only) : err({ kind: 'several', records: found });
}
