/** Which record of an account a word on the command line means. */
import { expect, it } from 'vitest';
import { type AttachedRecord, resolveAttached } from '../../src/book/attached.ts';

const contact = (id: string, name: string, detail: string | null = null): AttachedRecord => ({ kind: 'contacts', id, name, detail });
const RECORDS: readonly AttachedRecord[] = [
  contact('1', '森 花子', 'hana@example.com'),
  contact('2', '森田 次郎', 'jiro@example.com'),
  contact('3', '森 太郎'),
  { kind: 'deals', id: '4', name: '森ビル 更新', detail: '2026-12-01' },
];

it.each([
  ['contacts', '2', '2'],
  ['contacts', 'HANA@example.com', '1'],
  ['contacts', '森 太郎', '3'],
  ['contacts', '太郎 森', '3'],
  ['contacts', '森田', '2'],
  ['deals', '更新', '4'],
] as const)('%s %s', (kind, word, id) => {
  expect(resolveAttached(RECORDS, kind, word)).toMatchObject({ ok: true, value: { id } });
});

it('takes none of several, nothing for nothing, and no record of another kind', () => {
  expect(resolveAttached(RECORDS, 'contacts', '森')).toMatchObject({ ok: false, error: { kind: 'several', records: RECORDS.slice(0, 3) } });
  expect(resolveAttached(RECORDS, 'contacts', '')).toEqual({ ok: false, error: { kind: 'none' } });
  expect(resolveAttached(RECORDS, 'contacts', '4')).toEqual({ ok: false, error: { kind: 'none' } });
  expect(resolveAttached(RECORDS, 'tickets', '更新')).toEqual({ ok: false, error: { kind: 'none' } });
});
