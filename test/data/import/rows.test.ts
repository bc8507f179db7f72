import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Matcher, plainDomain } from '../../../src/data/import/accounts.ts';
import { readMrrFile, readUsageFile } from '../../../src/data/import/rows.ts';

const COMPANIES = [
  { id: '101', name: '株式会社あおぞら', domain: 'aozora.example' },
  { id: '102', name: 'Blue Sky Inc.', domain: 'sky.example' },
  { id: '103', name: 'Blue Sky Inc.', domain: 'www.other.example' },
  { id: '104', name: '__proto__', domain: null },
];
const options = { matcher: new Matcher(COMPANIES, new Map([['90', '101']])), zone: 'Asia/Tokyo', currency: 'JPY' };
const bytes = (text: string) => new TextEncoder().encode(text);

function mrr(text: string) {
  const read = readMrrFile(bytes(text), options);
  if (!read.ok) throw new Error(JSON.stringify(read.error));
  return read.value;
}
function usage(text: string) {
  const read = readUsageFile(bytes(text), options);
  if (!read.ok) throw new Error(JSON.stringify(read.error));
  return read.value;
}
const faults = (text: string) => mrr(text).problems.map(({ line, code, column, because }) => [line, because ?? code, column]);

describe('an MRR file', () => {
  it('is read by English or Japanese headers, in any order', () => {
    const english = mrr('Amount,Record ID,Month,Product,Plan,Currency,Seats\n"1,200,000",101,2026-11,Print,Pro,jpy,30\n');
    expect(english.rows).toEqual([
      {
        accountId: '101',
        line: 2,
        month: '2026-11',
        amount: 12_000_000_000,
        currency: 'JPY',
        product: 'Print',
        plan: 'Pro',
        seats: 30,
      },
    ]);
    const japanese = mrr('会社名,対象月,金額,製品,メモ\n株式会社あおぞら,2026年11月,￥５００，０００,印刷,x\n');
    expect(japanese.rows).toMatchObject([{ accountId: '101', month: '2026-11', amount: 5_000_000_000, currency: null, product: '印刷' }]);
    expect(japanese.unknown).toEqual(['メモ']);
  });

  it('finds accounts by id before domain before name, and follows a merge', () => {
    const table = 'id,domain,name,month,mrr\n';
    expect(mrr(`${table}102,aozora.example,,2026-11,1\n`).rows[0]?.accountId).toBe('102');
    expect(mrr(`${table},https://www.Aozora.example/jp,Blue Sky Inc.,2026-11,1\n`).rows[0]?.accountId).toBe('101');
    expect(mrr(`${table},,株式会社ｱｵｿﾞﾗ,2026-11,1\n`).rows[0]?.accountId).toBe('101');
    expect(mrr(`${table}90,,,2026-11,1\n`).rows[0]?.accountId).toBe('101');
    expect(mrr(`${table},,__proto__,2026-11,1\n`).rows[0]?.accountId).toBe('104');
  });

  it('names every fault with its line, and keeps the good rows apart', () => {
    const text = [
      'id,name,month,mrr,currency,seats',
      '101,,2026-11,100,,',
      '999,,2026-11,100,,',
      ',Blue Sky Inc.,2026-11,100,,',
      ',,2026-11,100,,',
      '101,,Nov,100,,',
      '101,,2026-11,N/A,,',
      '101,,2026-11,,,',
      '101,,2026-11,100,YENS,',
      '101,,2026-11,100,,-3',
      '101,,2026-11,100,,,,extra',
      '102',
    ].join('\n');
    expect(faults(text)).toEqual([
      [3, 'none', 'id'],
      [4, 'several', 'name'],
      [5, 'blank', 'id'],
      [6, 'value', 'month'],
      [7, 'value', 'amount'],
      [8, 'value', 'amount'],
      [9, 'value', 'currency'],
      [10, 'value', 'seats'],
      [11, 'cells', null],
      [12, 'value', 'month'],
      [12, 'value', 'amount'],
    ]);
    expect(mrr(text).rows.map(({ line }) => line)).toEqual([2]);
    expect(mrr(text).total).toBe(11);
  });

  it.each([
    ['month,mrr', 'missing', ['id', 'domain', 'name']],
    ['id,mrr', 'missing', ['month']],
    ['id,month', 'missing', ['amount']],
    ['id,month,mrr,金額', 'twice', ['mrr', '金額']],
    ['<script>,__proto__', 'missing', ['id', 'domain', 'name']],
  ])('refuses the columns %s', (header, code, columns) => {
    const read = readMrrFile(bytes(`${header}\n1,2,3,4\n`), options);
    expect(read).toMatchObject({ ok: false, error: { kind: 'header', problem: { code, columns } } });
  });

  it('never guesses an account from a name where an id is given', () => {
    expect(faults('id,name,month,mrr\n999,株式会社あおぞら,2026-11,1\n')).toEqual([[2, 'none', 'id']]);
  });

  it('cuts hostile values, and keeps them as they are in what it takes', () => {
    const huge = 'x'.repeat(70_000);
    expect(mrr(`id,month,mrr\n101,2026-11,${huge}\n`).problems[0]?.value).toHaveLength(120);
    expect(mrr('id,month,mrr,product\n101,2026-11,1,"=cmd|\'/c calc\'!A1"\n').rows[0]?.product).toBe("=cmd|'/c calc'!A1");
  });

  it('takes any table of texts without throwing, and no row that has a fault', () => {
    const cell = fc.oneof(fc.string(), fc.constantFrom('101', '2026-11', '1e308', '-0', '９９', '=1+1', '\u202e', '2026-13-01'));
    fc.assert(
      fc.property(fc.array(fc.array(cell, { maxLength: 5 }), { maxLength: 8 }), (rows) => {
        const written = rows.map((row) => row.map((text) => `"${text.replaceAll('"', '""')}"`).join(',')).join('\n');
        const read = readMrrFile(bytes(`id,month,mrr,currency\n${written}`), options);
        if (!read.ok) return;
        const wrong = new Set(read.value.problems.map(({ line }) => line));
        for (const { line, amount } of read.value.rows) {
          expect(wrong.has(line)).toBe(false);
          expect(Number.isSafeInteger(amount)).toBe(true);
        }
      }),
    );
  });
});

describe('a usage file', () => {
  it('has a row a week or a month, and tells nothing from 0', () => {
    const { rows } = usage('domain,week,logins,active users,features,last used\nsky.example,2026-11-02,0,,"a; b、a",2026/11/05\n');
    expect(rows).toEqual([
      {
        accountId: '102',
        line: 2,
        start: '2026-11-02',
        days: 7,
        logins: 0,
        activeUsers: null,
        minutes: null,
        featuresUsed: null,
        lastUsedOn: '2026-11-05',
        features: ['a', 'b'],
      },
    ]);
    expect(usage('会社名,対象月,ログイン数\n株式会社あおぞら,2026/02,5').rows).toMatchObject([
      { start: '2026-02-01', days: 28, logins: 5 },
    ]);
  });

  it('needs a period and a measure', () => {
    for (const header of ['id,logins', 'id,week'])
      expect(readUsageFile(bytes(`${header}\n1,2\n`), options)).toMatchObject({ ok: false, error: { problem: { code: 'missing' } } });
  });

  it('names its faults', () => {
    const { problems, rows } = usage('id,week,logins,last used\n101,2026-11-02,many,soon\n101,,1,\n');
    expect(problems.map(({ line, column }) => [line, column])).toEqual([
      [2, 'logins'],
      [2, 'lastUsedOn'],
      [3, 'week'],
    ]);
    expect(rows).toEqual([]);
  });
});

describe('plainDomain', () => {
  it.each([
    ['https://www.Sample.example:8080/jp?x=1', 'sample.example'],
    ['ｓample.example.', 'sample.example'],
    ['', ''],
    ['http://', ''],
  ])('%j is %j', (text, domain) => {
    expect(plainDomain(text)).toBe(domain);
  });
});
