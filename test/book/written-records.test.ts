/** Records as people write them, in a real store: what is read of them is what the plain definitions say. */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { DEFAULT_POLICY } from '../../src/scoring/policy-default.ts';
import { addMonths, firstDay, type Instant, lastDay, type Month } from '../../src/units/day.ts';
import { isStillWritten, type PlainPortal, type PlainRecord, plainBook } from '../revenue/plain.ts';
import { HOME, monthBack, portals, rules } from '../revenue/plain-portals.ts';
import { type Company, type Line, stage } from './revenue-stage.ts';

const pick = <T>(list: readonly T[], at: number): T => list[at % list.length] as T;

/** Ways to write a month; Tokyo's month begins at 15:00 of the day before. */
const monthTexts = (month: Month): string[] => {
  const [year = '', number = ''] = month.split('-');
  return [
    month,
    `${month}-01`,
    `${year}/${Number(number)}`,
    `${year}${number}`,
    `${year}年${Number(number)}月`,
    `${year}年${number}月`.replace(/\d/g, (digit) => String.fromCharCode(digit.charCodeAt(0) + 0xfee0)),
    `${lastDay(addMonths(month, -1))}T15:00:00Z`,
    `${lastDay(month)}T14:59:59Z`,
    String(Date.parse(`${firstDay(month)}T00:00:00Z`)),
  ];
};

const wide = (text: string): string =>
  text.replace(/[\d,¥-]/g, (one) => String.fromCharCode(one.charCodeAt(0) + (one === '¥' ? 0xff40 : 0xfee0)));

/** Ways to write an amount of the portal's own currency; of another one the plain number. */
const amountTexts = (amount: number, isHome: boolean): string[] => {
  const plain = String(amount / 10_000);
  if (!isHome) return [plain, `${plain}E0`];
  const grouped = Math.abs(amount / 10_000).toLocaleString('en-US', { maximumFractionDigits: 4 });
  const signed = `${amount < 0 ? '-' : ''}¥${grouped}`;
  return [plain, signed, wide(signed), `${plain}円`, `JPY ${plain}`, ` ${plain} jpy `, `${plain}E0`, `${amount}e-4`];
};

const NO_AMOUNT = ['', 'N/A', '12,34', '1.2.3', '五十万', '0x10', '500 000', '-', '1e400'];
const NO_MONTH = ['', 'someday', '2026-13', '0202-11', '2026-00-01', '11/2026'];

function written({ id, back, amount, product, plan, currency, modified }: PlainRecord): Line {
  const at = Number(id);
  const isHome = (currency ?? HOME) === HOME;
  const month = pick(monthTexts(monthBack(back)), at);
  const names = {
    ...(product === null ? {} : { product }),
    ...(plan === null ? {} : { plan }),
    id,
    changed: (Date.UTC(2026, 10, 10) + modified) as Instant,
  };
  if (amount === null) {
    return pick<Line>(
      [
        { ...names, month, amount: pick(NO_AMOUNT, at) },
        { ...names, month: pick(NO_MONTH, at), amount: '500' },
        { ...names, month, amount: '500', currency: 'dollars' },
      ],
      Math.floor(at / 10),
    );
  }
  const text = pick(amountTexts(amount, isHome), at);
  if (currency === null) return { ...names, month, amount: text };
  return at % 3 === 0 && !isHome
    ? { ...names, month, amount: `${currency} ${text}` }
    : { ...names, month, amount: text, currency: currency.toLowerCase() };
}

it('holds for any portal', async () => {
  await fc.assert(
    fc.asyncProperty(portals(9, 7), rules, async (portal: PlainPortal, terms) => {
      const own = await stage();
      try {
        const companies = Object.entries(portal).map(([id, { records }]): [string, Company] => [id, { lines: records.map(written) }]);
        const steady = { lines: [{ month: '2026-10', amount: '7', id: '5' }] };
        await own.put({ ...Object.fromEntries(companies), 8000: steady, 8001: { lines: [{ month: '2026-10', amount: '9', id: '6' }] } });
        // An archived company, a record that is archived, and one that is on no company count nowhere.
        await own.cache.write(async (writer) => {
          await writer.markGone('companies', ['8000'], 1 as Instant);
          await writer.markGone('2-101', ['6'], 1 as Instant);
          const properties = { month: '2026-11', amount: '11' };
          const orphan = { id: '4', properties, history: {}, createdAt: 1 as Instant, updatedAt: 1 as Instant };
          await writer.putRecords('2-101', [orphan], 1 as Instant, null);
        });
        const counted = { ...portal, 8001: { industry: null, owner: null, team: null, employees: null, plan: null, records: [] } };
        const { ledger, writing, notes } = await own.book('2026-11-20', { revenue: { ...DEFAULT_POLICY.revenue, ...terms } });
        const isWriting = isStillWritten(counted, terms);
        const plain = plainBook(counted, terms, isWriting ? 1 : 0);
        expect(writing).toBe(isWriting ? '2026-11' : null);
        expect(ledger.ids).toEqual(plain.ids);
        expect(notes).toMatchObject({ companies: companies.length + 1, unknown: plain.unknown, foreign: plain.foreign });
        for (const [account, id] of ledger.ids.entries())
          expect([...ledger.totals.subarray(account * ledger.months, (account + 1) * ledger.months)]).toEqual(
            Array.from({ length: ledger.months }, (_, index) => plain.mrr(id, ledger.months - 1 - index)),
          );
      } finally {
        await own.close();
      }
    }),
    { numRuns: 25 },
  );
});
