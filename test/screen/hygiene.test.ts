/** What should be mended in HubSpot as a list to work through: problems, their accounts, and the keys of the book. */
import { afterEach, expect, it } from 'vitest';
import type { HygieneFinding } from '../../src/book/hygiene.ts';
import { book } from './fixture.ts';
import { type Driver, KEY, open } from './harness.ts';

let app: Driver | null = null;
afterEach(async () => {
  await app?.close();
  app = null;
});

const rows = book(40).rows;
const item = (index: number, value: string | null) => {
  const row = rows[index];
  if (!row) throw new Error('no such row');
  return { accountId: row.id, name: row.name, url: `https://app.hubspot.com/contacts/1/record/2-101/${index}`, value };
};
const FINDINGS: readonly HygieneFinding[] = [
  { code: 'no-renewal', count: 2, items: [item(3, null), item(5, null)] },
  { code: 'amount', count: 240, items: [item(7, '12,34\u001b[31m'), { ...item(8, 'N/A'), accountId: null, name: '4711' }] },
];

it('lists problems with their accounts, and the keys of the book work on them', async () => {
  app = await open({ hygiene: FINDINGS, columns: 90 });
  await app.keys('D');
  expect(app.text()).toContain('Data to mend');
  expect(app.text()).toMatch(/no renewal day {2}2\n/);
  expect(app.text()).toMatch(/an amount that cannot be read {2}240 {2}the first 2/);
  const name = rows[3]?.name ?? '';
  expect(app.text()).toContain(`▸ ${name}`);
  expect(app.raw()).not.toContain('12,34\u001b[31m');

  await app.keys('o');
  expect(app.done).toEqual(['browse https://app.hubspot.com/contacts/1/record/2-101/3']);
  await app.keys(KEY.down, KEY.down);
  expect(app.text()).toMatch(/▸ .*12,34/);
  await app.keys('n');
  expect(app.text()).toContain(rows[7]?.name);
  await app.keys('a', KEY.esc);
  await app.keys(KEY.enter);
  expect(app.text()).toContain('in 3 months');
  await app.keys(KEY.esc);
  expect(app.text()).toContain('Data to mend');
  // A record of no account can be opened in HubSpot, not here.
  await app.keys('j', KEY.enter);
  expect(app.text()).toMatch(/▸ 4711/);
  await app.keys('g');
  expect(app.text()).toContain('no renewal day');
  await app.keys(KEY.esc);
  expect(app.text()).not.toContain('Data to mend');
});

it('says so where there is nothing to mend, in Japanese too, and fits small terminals', async () => {
  app = await open({ lang: 'ja', columns: 60, rows: 14 });
  await app.keys('D');
  expect(app.text()).toContain('不備はありません。');
});
