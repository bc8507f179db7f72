/** One text on several marked accounts: each one's own facts, all or none, taken back as a whole. */
import { afterEach, describe, expect, it } from 'vitest';
import { row, snapshotOf } from './fixture.ts';
import { type Driver, KEY, type Options, open } from './harness.ts';

const CTRL = { o: '\u000f', r: '\u0012', t: '\u0014', x: '\u0018' } as const;
const BOOK = snapshotOf(Array.from({ length: 5 }, (_, index) => row(index)));
const goals = {
  id: 'custom.worth',
  kind: 'note',
  label: { en: 'Worth', ja: '価値' },
  subject: null,
  text: { en: '{account} is worth {contract_value}.', ja: '{account}の価値は{contract_value}' },
  task: null,
} as const;

let driver: Driver | null = null;
const start = async (options: Options = {}): Promise<Driver> => {
  driver = await open({ snapshot: BOOK, columns: 110, rows: 40, ...options });
  return driver;
};
const onThree = async (options: Options = {}): Promise<Driver> => {
  const d = await start(options);
  await d.keys(' ', ' ', ' ');
  return d;
};
const marked = (d: Driver): number => d.model.context().ui.book.marked.size;
const companies = (d: Driver): readonly string[] => d.workspace.acted.map(({ companyId }) => companyId);
afterEach(async () => {
  await driver?.close();
  driver = null;
});

describe('a note on marked accounts', () => {
  it('is on each of them, as one, and u takes the whole run back', async () => {
    const d = await onThree();
    await d.keys('n');
    expect(d.text()).toContain('Note on 3 accounts: 株式会社あおば, Northwind Logis…, 北斗精機');
    await d.send('Price change told {account}');
    await d.send(CTRL.o);
    expect(d.workspace.planned).toHaveLength(3);
    expect(d.workspace.acted).toMatchObject(
      ['9001', '9002', '9003'].map((companyId) => ({ kind: 'note', companyId, body: 'Price change told {account}', ownerId: '77' })),
    );
    expect(d.lines().at(-1)).toContain('queued on 3 accounts, u takes all back (10 s)');
    expect(marked(d)).toBe(0);
    expect(d.workspace.kept.size).toBe(0);

    await d.keys('u');
    expect(d.workspace.calls.filter((call) => call.startsWith('undo '))).toEqual(['undo i1', 'undo i2', 'undo i3']);
    expect(d.workspace.acted).toEqual([]);
    expect(d.lines().at(-1)).toContain('all taken back');
    // Not on one account, but on several again.
    await d.keys('n');
    expect(d.text()).not.toContain('Price change told');
    await d.keys(KEY.esc, 'g', ' ', ' ', 'n');
    expect(d.text()).toMatch(/Note on 2 accounts[\s\S]*Price change told/);
  });

  it('is kept by Esc beside the draft of each account', async () => {
    const d = await onThree({ drafts: { 'note:9001': JSON.stringify({ subject: '', body: 'of one alone' }) } });
    await d.keys('n');
    expect(d.text()).not.toContain('of one alone');
    await d.send('to all');
    await d.keys(KEY.esc);
    expect([...d.workspace.kept.keys()].sort()).toEqual(['note:9001', 'note:several']);
    expect(marked(d)).toBe(3);
    await d.keys('n');
    expect(d.text()).toContain('to all');
  });

  it('names a few and counts the others, in Japanese too', async () => {
    const d = await start({ lang: 'ja' });
    await d.keys('*', 'n');
    expect(d.text()).toContain('5社（株式会社あおば、Northwind Logis…、北斗精機、ほか2社） のメモ');
    await d.send(CTRL.o);
    expect(d.text()).toContain('本文が空です。');
    expect(d.workspace.acted).toEqual([]);
  });

  it('hangs on no records, and says why', async () => {
    const d = await onThree({ records: [{ kind: 'contacts', id: '501', name: '森 太郎', detail: null }] });
    await d.keys('n');
    expect(d.text()).not.toContain('Also on');
    await d.send(CTRL.r);
    expect(d.lines().at(-1)).toContain('contacts, deals and tickets are one account’s own');
    expect(d.text()).not.toContain('森 太郎');
  });

  it('is on the account alone that is on the screen', async () => {
    const d = await onThree();
    await d.keys(KEY.enter, 'n');
    await d.send('one');
    await d.send(CTRL.o);
    expect(companies(d)).toEqual(['9004']);
    expect(d.workspace.planned).toEqual([]);
    expect(marked(d)).toBe(3);
  });
});

describe('a task on marked accounts', () => {
  const owned = (index: number, id: string | null) => row(index, { owner: id === null ? null : { id, name: id, email: null } });

  it('goes to the owner of each where that is chosen', async () => {
    const d = await onThree({ snapshot: snapshotOf([owned(0, '78'), owned(1, '77'), owned(2, '78')]) });
    await d.keys('t');
    await d.send('Check the seats');
    await d.keys(...Array<string>(4).fill(KEY.tab), KEY.right);
    expect(d.text()).toContain('[each account’s owner]');
    await d.send(CTRL.o);
    expect(d.workspace.acted).toMatchObject([
      { kind: 'task', companyId: '9001', ownerId: '78' },
      { companyId: '9002', ownerId: '77' },
      { companyId: '9003', ownerId: '78' },
    ]);
  });

  it('is queued for none where one has no owner, or one who cannot be given work, and says which', async () => {
    const d = await onThree({ lang: 'ja', snapshot: snapshotOf([owned(0, '78'), owned(1, null), owned(2, 'gone')]) });
    await d.keys('t');
    await d.send('席数の確認');
    await d.keys(...Array<string>(4).fill(KEY.tab), KEY.right);
    expect(d.text()).toContain('[会社ごとの担当者]');
    await d.send(CTRL.o);
    expect(d.text()).toContain('Northwind Logis…、北斗精機: タスクを割り当てられる担当者がいません');
    expect(d.workspace.acted).toEqual([]);
    // Somebody by name can be given all of them.
    await d.keys(KEY.left);
    await d.send(CTRL.o);
    expect(d.workspace.acted.map((intent) => 'ownerId' in intent && intent.ownerId)).toEqual(['77', '77', '77']);
  });

  it('is nobody’s choice on one account', async () => {
    const d = await start();
    await d.keys('t', KEY.tab, KEY.tab, KEY.tab, KEY.tab);
    expect(d.text()).toContain('Assignee');
    expect(d.text()).not.toContain('each account’s owner');
  });
});

describe('a template on marked accounts', () => {
  it('is each one’s own task, changed on the text with its facts open', async () => {
    const d = await onThree();
    await d.keys('w', 'b');
    expect(d.text()).toContain('Ask {account} whether it is solved');
    expect(d.text()).toContain('what stands in braces is each account’s own');
    await d.send('!');
    await d.send(CTRL.o);
    expect(d.workspace.acted).toMatchObject([
      { kind: 'task', companyId: '9001', subject: 'Ask 株式会社あおば whether it is solved!', priority: 'HIGH', due: '2026-11-24' },
      { companyId: '9002', subject: 'Ask Northwind Logistics K.K. whether it is solved!' },
      { companyId: '9003', subject: 'Ask 北斗精機 whether it is solved!' },
    ]);
    await d.keys('u');
    expect(d.workspace.calls.filter((call) => call.startsWith('undo '))).toHaveLength(3);
    expect(d.workspace.acted).toEqual([]);
  });

  it('is whole before it is saved, however fast the keys come', async () => {
    let go: () => void = () => {};
    const slow = new Promise<void>((resolve) => {
      go = resolve;
    });
    const d = await onThree({ slow });
    const pressed = d.send(`wb${CTRL.o}`);
    go();
    await pressed;
    expect(companies(d)).toEqual(['9001', '9002', '9003']);
  });

  it('counts days from each one’s renewal', async () => {
    const near = ['2027-03-31', '2027-06-30'].map((renewalDate, index) => row(index, { renewalDate: renewalDate as never }));
    const d = await start({ snapshot: snapshotOf(near) });
    await d.keys('*', 'w', 'f');
    expect(d.text()).toMatch(/Due +renewal-60d +.*= each account’s own day/);
    await d.send(CTRL.o);
    expect(d.workspace.acted).toMatchObject([{ due: '2027-02-01' }, { due: '2027-05-03' }]);
  });

  it('names the account that lacks a fact, and queues nothing for any', async () => {
    const rows = [row(0), row(1, { contractValue: null }), row(2)];
    const d = await onThree({ snapshot: snapshotOf(rows), templates: [goals] });
    await d.keys('n');
    await d.send(CTRL.t);
    await d.keys('d');
    expect(d.text()).toContain('{account} is worth {contract_value}.');
    await d.send(CTRL.o);
    expect(d.text()).toContain('Nobody knows the contract value of Northwind Logis…. Nothing was queued.');
    expect(d.workspace.acted).toEqual([]);
    expect(marked(d)).toBe(3);
    // Taken out of the text, it goes out.
    await d.keys(KEY.end, ...Array.from({ length: ' is worth {contract_value}.'.length }, () => KEY.backspace));
    await d.send(CTRL.o);
    expect(d.workspace.acted).toMatchObject(rows.map(({ id, name }) => ({ companyId: id, body: name })));
  });

  it('names the account on which the outbox refuses it, and keeps the text', async () => {
    const d = await onThree({ refuse: { kind: 'too_long', message: 'The text is too long', index: 2 } });
    await d.keys('n');
    await d.send('a long one');
    await d.send(CTRL.o);
    expect(d.text()).toContain('北斗精機: The text is too long');
    expect(d.text()).toContain('▌ a long one');
    expect(marked(d)).toBe(3);
    expect(d.workspace.acted).toEqual([]);
  });

  it('is shown as each request before', async () => {
    const d = await onThree({ rows: 90 });
    await d.keys('w', 'b');
    await d.send(CTRL.x);
    for (const { name } of BOOK.rows.slice(0, 3)) expect(d.text()).toContain(`"subject": "Ask ${name} whether it is solved"`);
    expect(d.text()).toMatch(/北斗精機\n *POST/);
    expect(d.workspace.acted).toEqual([]);
  });
});
