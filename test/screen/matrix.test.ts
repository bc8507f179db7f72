/** The matrices: every account in one place, unknown values in a place of their own, and what Enter opens. */
import { afterEach, expect, it } from 'vitest';
import type { BookRow } from '../../src/book/row.ts';
import { type GridView, matrixOf } from '../../src/screens/matrix/grid.ts';
import { planeOf } from '../../src/screens/matrix/plane.ts';
import { HOSTILE, row, snapshotOf } from './fixture.ts';
import { type Driver, KEY, open } from './harness.ts';

let app: Driver | null = null;
afterEach(async () => {
  await app?.close();
  app = null;
});

/** Figures spread over the scales, with holes in each. */
const spreadRow = (index: number): BookRow => {
  const plain = row(index);
  const risky = plain.band === 'critical' || plain.band === 'high';
  return {
    ...plain,
    quadrant: index < 8 ? (risky ? 'act' : 'keep') : risky ? 'automate' : 'tech',
    daysSinceLastUse: index % 9 === 4 ? null : (index * 7) % 120,
    contractAgeMonths: index % 11 === 5 ? null : (index * 5) % 60,
    contractValue: plain.mrr === null ? null : plain.mrr * (1 + (index % 13) * 3),
    products: ['CRM', 'MA', 'SFA', 'CTI', 'BI'].slice(0, index % 6),
    plan: [null, 'Enterprise', 'Standard', 'Starter'][index % 4] ?? null,
  };
};
const rows = Array.from({ length: 40 }, (_, index) => spreadRow(index));
/** Emoji are left out: the emulator and Ink do not agree on their width. */
const WORST = HOSTILE.filter((name) => !/\p{Extended_Pictographic}|\p{M}/u.test(name));
const hostile = rows.map((one, index) => {
  const name = WORST[index % WORST.length] ?? '';
  return { ...one, name, plan: index % 2 === 1 ? name : one.plan, products: one.products.map(() => name) };
});
const sizes = [
  [80, 24],
  [120, 40],
  [200, 60],
] as const;

it('puts every account into exactly one cell', () => {
  const snapshot = snapshotOf([
    ...rows,
    row(50, { mrr: null, tier: null, quadrant: null, band: null }),
    row(51, { mrr: 0, tier: null, quadrant: null }),
  ]);
  for (const view of ['risk', 'age', 'products'] as GridView[]) {
    const matrix = matrixOf(snapshot, view);
    const found = matrix.rows.flatMap((one) => matrix.columns.flatMap((column) => matrix.cell(one, column).accounts.map(({ id }) => id)));
    expect(found.toSorted()).toEqual(snapshot.rows.map(({ id }) => id).toSorted());
  }
  expect(
    matrixOf(snapshot, 'risk')
      .cell('unknown', 'unknown')
      .accounts.map(({ id }) => id),
  ).toEqual(['9051']);
  expect(
    matrixOf(snapshot, 'age')
      .cell('zero', 'more')
      .accounts.map(({ id }) => id),
  ).toEqual(['9052']);
  const { bubbles, unknown } = planeOf(snapshot);
  expect(bubbles.length + unknown.length).toBe(snapshot.rows.length);
  expect(unknown.every(({ daysSinceLastUse, contractValue }) => daysSinceLastUse === null || contractValue === null)).toBe(true);
});

it('walks cell by cell, opens the slice in the book, and comes back to the same cell', async () => {
  app = await open({ snapshot: snapshotOf(rows), columns: 120, rows: 40 });
  await app.keys('2');
  expect(app.text()).toContain('▌Impact × risk▐');
  expect(app.text()).toContain('act first');
  const chosen = matrixOf(app.model.context().snapshot as never, 'risk').cell('high', 'high').accounts;
  await app.keys(KEY.home, KEY.left, KEY.enter);
  expect(app.text()).toContain(`${chosen.length} of 40`);
  expect(app.text()).toContain('high impact × high');
  for (const one of chosen) expect(app.text()).toContain(one.name.slice(0, 8));
  await app.keys(KEY.esc);
  expect(app.text()).toContain('▌Impact × risk▐');
  await app.keys('1');
  expect(app.text()).toContain('40 accounts');
});

it('walks through the accounts of the bubble chart and keeps the unknown ones in a place of their own', async () => {
  app = await open({ snapshot: snapshotOf(rows), columns: 120, rows: 40 });
  await app.keys('2', 'V');
  expect(app.text()).toContain('large, stalled: act first');
  const { unknown } = planeOf(snapshotOf(rows));
  expect(app.text()).toContain(`last use or value unknown: ${unknown.length}`);
  await app.send('l'.repeat(40));
  expect(app.text()).toContain(`▸ last use or value unknown: ${unknown.length}`);
  await app.keys(KEY.enter);
  expect(app.text()).toContain(`${unknown.length} of 40`);
  await app.keys(KEY.esc, KEY.left, KEY.enter);
  expect(app.text()).toMatch(/contract ¥|of 40/);
});

it.each(sizes)('fits %i × %i in both languages, with hostile names', async (columns, height) => {
  for (const lang of ['en', 'ja'] as const) {
    app = await open({ snapshot: snapshotOf(hostile), columns, rows: height, lang });
    await app.keys('2');
    for (let view = 0; view < 4; view++) {
      for (const line of app.model.frame({ columns, rows: height }).lines)
        expect(line.map(({ text }) => text).join('')).not.toContain('\u001b');
      expect(app.lines()).toHaveLength(height);
      expect(app.raw()).not.toContain('\u001b[31mred');
      await app.send('ljv');
    }
    await app.close();
    app = null;
  }
});

it('has something to say with no account, and with one', async () => {
  app = await open({ snapshot: snapshotOf([]) });
  await app.keys('2', KEY.enter);
  expect(app.text()).toContain('No account');
  await app.close();
  app = await open({ snapshot: snapshotOf([spreadRow(3)]) });
  await app.keys('2', 'v', 'v', 'v', KEY.right, KEY.left, KEY.enter);
  expect(app.text()).toContain('みなと物流');
});
