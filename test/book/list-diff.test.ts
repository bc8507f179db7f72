import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bookTextHead, bookTextTail } from '../../src/book/json.ts';
import { listDiff, parseFormer } from '../../src/book/list-diff.ts';
import type { BookRow } from '../../src/book/row.ts';
import { diffParts } from '../../src/cli/export-diff.ts';
import { renderReport } from '../../src/cli/report.ts';
import type { Day } from '../../src/units/day.ts';
import { row, snapshotOf } from '../screen/fixture.ts';

const json = (rows: readonly BookRow[]): string => {
  const snapshot = snapshotOf(rows);
  return `${bookTextHead(snapshot)}"filter":{"band":"high"},${bookTextTail(snapshot, rows, rows.length, 'en')}`;
};
function former(rows: readonly BookRow[]) {
  const read = parseFormer(json(rows));
  if (!read.ok) throw new Error(read.error);
  return read.value;
}
const [a, b, c, d, e] = [0, 1, 2, 3, 4].map((index) => row(index, { id: `${index}`, name: 'abcde'[index] ?? '' })) as [
  BookRow,
  BookRow,
  BookRow,
  BookRow,
  BookRow,
];

describe('the difference of two lists', () => {
  it('tells who entered, left and why, moved, and changed in place', () => {
    const later = [c, { ...b, risk: 12, mrr: 1 }, a, e];
    const snoozed: BookRow = { ...d, group: 'snoozed' };
    const diff = listDiff(former([a, b, c, d]), { snapshot: snapshotOf([...later, snoozed]), rows: later, filter: { band: 'high' } });
    expect(diff.entered.map(({ id, from, to }) => [id, from, to])).toEqual([['4', null, 4]]);
    expect(diff.left.map(({ id, from, because }) => [id, from, because])).toEqual([['3', 4, 'snoozed']]);
    expect(diff.moved.map(({ id, from, to }) => [id, from, to])).toEqual([
      ['2', 3, 1],
      ['0', 1, 3],
    ]);
    expect(diff.changed).toMatchObject([{ id: '1', riskBefore: b.risk, risk: 12, mrrBefore: b.mrr, mrr: 1 }]);
    expect(diff.same).toBe(0);
    const text = renderReport(diffParts(diff, 'en'), 'text');
    expect(text).toContain('Entered (1)');
    expect(text).toContain('put off');
    expect(text).not.toContain('asked for otherwise');
  });

  it('says that the policy or the filter is another', () => {
    const snapshot = { ...snapshotOf([a]), policy: 'sha256:1' };
    const text = renderReport(diffParts(listDiff(former([a]), { snapshot, rows: [a], filter: {} }), 'ja'), 'md');
    expect(text).toContain('sha256:0 → sha256:1');
    expect(text).toContain('前回 band=high、今回 条件なし');
  });

  it('shows each amount in its own currency, and a currency that changed at the same rank', () => {
    const text = json([a, b]).replaceAll('"currency":"JPY"', '"currency":"USD"');
    const read = parseFormer(text);
    if (!read.ok) throw new Error(read.error);
    const diff = listDiff(read.value, { snapshot: snapshotOf([a, b]), rows: [a], filter: {} });
    expect(diff.changed).toMatchObject([{ id: '0', mrrBefore: a.mrr, mrr: a.mrr, currencyBefore: 'USD', currency: 'JPY' }]);
    expect(diff.left).toMatchObject([{ id: '1', currencyBefore: 'USD', currency: 'JPY' }]);
    expect(renderReport(diffParts(diff, 'en'), 'text')).toMatch(/\$[\d.,]+[KM]? → ¥/);
    // A file that does not say is taken to be in what the account pays in now.
    const bare = parseFormer(
      JSON.stringify({
        ...JSON.parse(text),
        currency: undefined,
        accounts: JSON.parse(text).accounts.map((one: object) => ({ ...one, currency: undefined })),
      }),
    );
    if (!bare.ok) throw new Error(bare.error);
    expect(listDiff(bare.value, { snapshot: snapshotOf([a, b]), rows: [a, b], filter: {} })).toMatchObject({ changed: [], same: 2 });
  });

  it('says so where the file is of a later day', () => {
    const later = { ...former([a]), asOf: '2099-01-01' as Day };
    const of = (list: typeof later) =>
      renderReport(diffParts(listDiff(list, { snapshot: snapshotOf([a]), rows: [a], filter: {} }), 'en'), 'text');
    expect(of(later)).toContain('of a later day');
    expect(of(former([a]))).not.toContain('of a later day');
  });

  it('is nothing between a list and itself, and everybody is counted once between any two', () => {
    const rows = Array.from({ length: 8 }, (_, index) => row(index));
    const some = fc.shuffledSubarray(rows);
    fc.assert(
      fc.property(some, some, (before, after) => {
        const diff = listDiff(former(before), { snapshot: snapshotOf(rows), rows: after, filter: {} });
        const { entered, left, moved, changed, same } = diff;
        expect(entered.length + moved.length + changed.length + same).toBe(after.length);
        expect(left.length + moved.length + changed.length + same).toBe(before.length);
        const self = listDiff(former(after), { snapshot: snapshotOf(rows), rows: after, filter: {} });
        expect([self.entered, self.left, self.moved, self.changed]).toEqual([[], [], [], []]);
      }),
      { numRuns: 100 },
    );
  });

  it.each([
    ['no JSON', '{', 'JSON'],
    ['no list', '[]', '{…}'],
    ['no day', '{"asOf":"2026-13-01"}', 'asOf'],
    ['no portal', '{"asOf":"2026-11-01"}', 'portalId'],
    ['no accounts', '{"asOf":"2026-11-01","portalId":"1","policy":"x"}', 'accounts'],
    ['an account without id', '{"asOf":"2026-11-01","portalId":"1","policy":"x","accounts":[{"name":"x"}]}', 'accounts[0]'],
    [
      'an account twice',
      '{"asOf":"2026-11-01","portalId":"1","policy":"x","accounts":[{"id":"1","name":"x"},{"id":"1","name":"x"}]}',
      'accounts[1]',
    ],
  ])('refuses %s', (_, text, because) => {
    expect(parseFormer(text)).toEqual({ ok: false, error: because });
  });

  it('takes what `list --json` prints, and any number that is one', () => {
    const read = parseFormer(
      '\ufeff{"asOf":"2026-11-01","portalId":"1","policy":"x","accounts":[{"id":"1","name":"x","risk":"9","mrr":1e999}]}',
    );
    expect(read).toMatchObject({ ok: true, value: { filter: null, rows: [{ rank: 1, risk: null, mrr: null, currency: null }] } });
  });
});
