/** `import` against the built program: figures that are not in HubSpot, from file to ranked list. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { type Desk, type Json, ME } from './harness.ts';
import { desk } from './inside.ts';

const INIT = ['init', '--yes', '--me', ME];

async function connected(map: readonly string[] = []): Promise<Desk> {
  const here = await desk({ seed: { companies: 12 } });
  expect((await here.run([...INIT, ...map.flatMap((one) => ['--map', one])])).code).toBe(0);
  expect((await here.run(['sync'])).code).toBe(0);
  return here;
}

function file(here: Desk, name: string, content: string | Uint8Array): string {
  const path = join(here.home, name);
  writeFileSync(path, content);
  return path;
}

const months = ['2026-08', '2026-09', '2026-10', '2026-11'];

describe('import mrr', () => {
  it('takes all rows, replaces months that come again, and ranks by them', async () => {
    const here = await connected(['mrr.source=csv']);
    const companies = [...(here.server.portal.types.get('0-2')?.records.values() ?? [])];
    const mine = companies.filter(({ properties }) => properties.csm_owner === '76400011').slice(0, 2);
    const [first, second] = mine;
    if (!first || !second) throw new Error('the seed gives one company only');
    const month = new Date().toISOString().slice(0, 7);
    const csv = (amount: number) => `id,month,amount,product\n${first.id},${month},${amount},Print\n${second.id},${month},5000,Mail\n`;
    const checked = await here.json(['import', 'mrr', file(here, 'a.csv', csv(1_000)), '--dry-run']);
    expect(checked).toMatchObject({ kind: 'mrr', rows: 2, accounts: 2, kept: false, used: true });
    expect((await here.json(['list'])).accounts.every(({ mrr }: Json) => mrr === null)).toBe(true);

    expect(await here.json(['import', 'mrr', file(here, 'a.csv', csv(1_000))])).toMatchObject({ rows: 2, kept: true });
    const mrrOf = async () =>
      Object.fromEntries(
        (await here.json(['list'])).accounts.filter(({ mrr }: Json) => mrr !== null).map(({ id, mrr }: Json) => [id, mrr]),
      );
    expect(await mrrOf()).toEqual({ [first.id]: 1_000, [second.id]: 5_000 });

    const again = `id,month,amount\r\n${first.id},${month},2000\r\n`;
    expect((await here.run(['import', 'mrr', file(here, 'b.csv', again)])).code).toBe(0);
    expect(await mrrOf()).toEqual({ [first.id]: 2_000, [second.id]: 5_000 });

    // One wrong row among good ones: nothing of the file is kept.
    const wrong = `id,month,amount\n${first.id},${month},9999\n${second.id},${month},N/A\n31337,${month},1\n`;
    const refused = await here.run(['import', 'mrr', file(here, 'c.csv', wrong)]);
    expect([refused.code, refused.stdout]).toEqual([2, '']);
    expect(refused.stderr).toContain('2 faults; nothing was imported');
    expect(refused.stderr).toContain('line 3: amount: "N/A" cannot be used');
    expect(refused.stderr).toContain('line 4: no account with id "31337" is in the store');
    expect(await mrrOf()).toEqual({ [first.id]: 2_000, [second.id]: 5_000 });
    const rest = `id,month,amount\n${first.id},${month},3000\n31337,${month},1\n`;
    expect(await here.json(['import', 'mrr', file(here, 'd.csv', rest), '--skip-unknown'])).toMatchObject({ rows: 1, skipped: 1 });
    expect(await mrrOf()).toEqual({ [first.id]: 3_000, [second.id]: 5_000 });
    expect(await here.json(['show', first.id])).toMatchObject({ mrr: 3_000 });
  });

  it('says what is wrong with the command or the file, in the language asked for', async () => {
    const here = await connected();
    mkdirSync(join(here.home, 'folder'));
    for (const [args, says] of [
      [['import', 'revenue', 'x.csv'], 'import takes mrr or usage'],
      [['import', 'mrr'], 'name the CSV file'],
      [['import', 'mrr', join(here.home, 'none.csv')], 'cannot be read (ENOENT)'],
      [['import', 'mrr', join(here.home, 'folder')], 'is not a file'],
      [['import', 'mrr', file(here, 'sheet.xlsx', Uint8Array.from([0x50, 0x4b, 3, 4, 0, 0]))], 'is not a text file'],
      [['import', 'mrr', file(here, 'quote.csv', 'id,month,mrr\n1,"2,3\n')], 'quotes'],
      [['import', 'mrr', file(here, 'columns.csv', 'a\u001b[31m,b\n1,2\n')], 'has no column for id, domain, name'],
    ] as const) {
      const ran = await here.run(args);
      expect([ran.code, ran.stdout], says).toEqual([2, '']);
      expect(ran.stderr).toContain(says);
      expect(ran.stderr).not.toContain('\u001b');
    }
    const told = await here.run([
      'import',
      'mrr',
      file(here, 'rows.csv', `会社名,対象月,金額\n存在しない会社,${months[0]},1\n`),
      '--lang',
      'ja',
    ]);
    expect(told.stderr).toContain('2行目: name「存在しない会社」のアカウントは手元のデータにありません');
    const json = await here.run(['import', 'mrr', join(here.home, 'rows.csv'), '--json']);
    expect([json.code, JSON.parse(json.stdout || json.stderr)]).toMatchObject([2, { error: {} }]);
  });
});

describe('import usage', () => {
  it('takes the place of the usage that the portal has', async () => {
    const here = await connected(['usage.source=csv']);
    const [account] = (await here.json(['list'])).accounts;
    expect(account.lastUsedAt ?? null).toBeNull();
    const day = new Date(Date.now() - 9 * 86_400_000).toISOString().slice(0, 10);
    const csv = `会社名,週,ログイン数,最終ログイン日\n"${account.name}",${day},4,${day}\n`;
    expect(await here.json(['import', 'usage', file(here, 'u.csv', csv)])).toMatchObject({
      kind: 'usage',
      rows: 1,
      used: true,
      kept: true,
    });
    const after = (await here.json(['list'])).accounts.find(({ id }: Json) => id === account.id);
    expect(after.lastUsedAt).toBe(day);
  });
});
