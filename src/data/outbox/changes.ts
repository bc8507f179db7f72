/**
 * Changes of records that are there already: property changes and taking back. Sending them twice changes nothing more,
 * so a doubt ends by reading the record; what must never happen is to write over what somebody else has decided since.
 */
import type { Instant } from '../../units/day.ts';
import type { CrmRecord } from '../hubspot/types.ts';
import type { Because } from '../store/outbox-rows.ts';
import type { FrozenChange, FrozenUpdate } from './types.ts';

/** A change that is not to be seen so long after the attempt was not applied: HubSpot finishes what it began within a minute. */
export const QUIET_BEFORE_CHANGING_AGAIN = 120_000;

export type UpdatePlan =
  | { readonly kind: 'already' }
  | { readonly kind: 'send'; readonly request: FrozenUpdate; readonly properties: Readonly<Record<string, string>> }
  | { readonly kind: 'conflict'; readonly because: Because };

const asInstant = (text: string): number =>
  /^-?\d{11,}$/.test(text) ? Number(text) : /^\d{4}-\d{2}-\d{2}/.test(text) ? Date.parse(text) : Number.NaN;

/** Whether HubSpot means the same by both: empty is absent, instants and numbers have several spellings. */
export function sameValue(one: string | null, other: string | null): boolean {
  const [a, b] = [one?.trim() ?? '', other?.trim() ?? ''];
  if (a === b) return true;
  if (a === '' || b === '') return false;
  const [atA, atB] = [asInstant(a), asInstant(b)];
  if (!Number.isNaN(atA) && !Number.isNaN(atB)) return atA === atB;
  return /^-?\d+(\.\d+)?$/.test(a) && /^-?\d+(\.\d+)?$/.test(b) && Number(a) === Number(b);
}

const held = (record: CrmRecord, { property }: FrozenChange): string | null => record.properties[property] ?? null;

export const isApplied = (frozen: FrozenUpdate, record: CrmRecord): boolean =>
  frozen.changes.every((change) => sameValue(held(record, change), change.value));

/** The first value that is neither what is wanted nor what the person (or our own last look) saw. */
function conflictOf(frozen: FrozenUpdate, record: CrmRecord): Because | null {
  for (const change of frozen.changes) {
    const seen = change.found !== undefined ? change.found : change.expected;
    const now = held(record, change);
    if (seen === undefined || sameValue(now, seen) || sameValue(now, change.value)) continue;
    return { code: 'conflict', params: { property: change.property, expected: seen ?? '', found: now ?? '', value: change.value } };
  }
  return null;
}

/** What to do with a change, by the record as it is now. */
export function planUpdate(frozen: FrozenUpdate, record: CrmRecord): UpdatePlan {
  if (isApplied(frozen, record)) return { kind: 'already' };
  const because = conflictOf(frozen, record);
  if (because) return { kind: 'conflict', because };
  const changes = frozen.changes.map((change) => ({ ...change, found: change.found ?? held(record, change) }));
  return {
    kind: 'send',
    request: { ...frozen, changes },
    properties: Object.fromEntries(changes.map(({ property, value }) => [property, value])),
  };
}

/** What a look at the record makes of an attempt that nobody confirmed. */
export function judgeUpdate(frozen: FrozenUpdate, record: CrmRecord, endedAt: Instant, now: Instant): 'sent' | 'again' | 'wait' | Because {
  if (isApplied(frozen, record)) return 'sent';
  if (now - endedAt < QUIET_BEFORE_CHANGING_AGAIN) return 'wait';
  return conflictOf(frozen, record) ?? 'again';
}

/** The change that takes this one back; null where it is not known what was there before. */
export function inverseOf(frozen: FrozenUpdate): FrozenUpdate | null {
  const changes: FrozenChange[] = [];
  for (const { property, value, found, expected } of frozen.changes) {
    const before = found !== undefined ? found : expected;
    if (before === undefined) return null;
    changes.push({ property, value: before ?? '', expected: value });
  }
  return { ...frozen, changes };
}

/** Both changes as one: the later one's values, each compared with what was seen before the first. */
export function joined(earlier: FrozenUpdate, later: FrozenUpdate): FrozenUpdate {
  const changes = new Map(earlier.changes.map((change) => [change.property, change]));
  for (const change of later.changes) {
    const before = changes.get(change.property);
    const { expected: _, ...rest } = change;
    changes.set(change.property, before ? { ...rest, ...(before.expected === undefined ? {} : { expected: before.expected }) } : change);
  }
  return { ...later, changes: [...changes.values()] };
}

/** The change without what was seen before: a person has looked and wants it all the same. */
export const insisted = (frozen: FrozenUpdate): FrozenUpdate => ({
  ...frozen,
  changes: frozen.changes.map(({ property, value }) => ({ property, value })),
});
