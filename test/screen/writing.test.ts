/** Templates, records, the portal's own words, reminders and post-mortems in the pane. */
import { afterEach, describe, expect, it } from 'vitest';
import type { OutboxEntry } from '../../src/open.ts';
import { book, NOW } from './fixture.ts';
import { type Driver, KEY, type Options, open } from './harness.ts';
import { answering, historyOf, sourceOf } from './revenue-stage.ts';

let driver: Driver | null = null;
const start = async (options: Options = {}): Promise<Driver> => {
  driver = await open(options);
  return driver;
};
afterEach(async () => {
  await driver?.close();
  driver = null;
});

const CTRL = { o: '\u000f', r: '\u0012', t: '\u0014', u: '\u0015', w: '\u0017', g: '\u0007' } as const;
const RECORDS = [
  { kind: 'contacts', id: '501', name: '森 太郎\u001b[31m', detail: 'mori@aoba.example' },
  { kind: 'contacts', id: '502', name: '森田 花子', detail: null },
  { kind: 'deals', id: '601', name: 'Renewal 2027', detail: '2027-01-31' },
  { kind: 'tickets', id: '701', name: 'Cannot log in', detail: '2026-11-01' },
] as const;

describe('a template', () => {
  it('is picked by its letter, and the account’s facts stand in it', async () => {
    const d = await start({ lang: 'ja' });
    await d.keys('w');
    expect(d.text()).toMatch(/b {2}タスク {2}問い合わせの解決確認/);
    await d.keys('b');
    expect(d.text()).toContain('株式会社あおばに問い合わせが解決したか確認');
    expect(d.text()).toMatch(/優先度 .*\[高\]/);
    await d.send(CTRL.o);
    expect(d.workspace.acted).toMatchObject([
      { kind: 'task', companyId: '9001', due: '2026-11-24', priority: 'HIGH', type: 'CALL', ownerId: '77' },
    ]);
  });

  it('is whole before it is saved, however fast the keys come', async () => {
    let go: () => void = () => {};
    const slow = new Promise<void>((resolve) => {
      go = resolve;
    });
    const d = await start({ slow });
    const pressed = d.send(`wb${CTRL.o}`);
    go();
    await pressed;
    expect(d.workspace.acted).toMatchObject([{ subject: 'Ask 株式会社あおば whether it is solved' }]);
  });

  it('begins a note where its first answer goes', async () => {
    const d = await start();
    await d.keys('w', 'l');
    expect(d.text()).toContain('Note on 株式会社あおば');
    await d.send(' 3 seats more');
    await d.send(CTRL.o);
    expect(d.workspace.acted).toMatchObject([
      {
        kind: 'note',
        body: 'Present: 鈴木, 田中\nWhat they want to reach: 3 seats more\nWhat works:\nWhat does not:\nAgreed, by when and by whom:',
      },
    ]);
  });

  it('names what nobody knows, and goes out when that is written or taken out', async () => {
    const template = {
      id: 'custom.x',
      kind: 'note',
      label: { en: 'Mine', ja: '自作' },
      subject: null,
      text: { en: 'Goals: {goals}.', ja: '目標: {goals}' },
      task: null,
    } as const;
    const d = await start({ templates: [template] });
    await d.keys('n');
    await d.send(CTRL.t);
    expect(d.text()).not.toContain('Quarterly review');
    await d.keys('d');
    expect(d.text()).toContain('Goals: [goals?].');
    await d.send(CTRL.o);
    expect(d.text()).toContain('Nobody knows the goals');
    expect(d.workspace.acted).toEqual([]);
    await d.keys(KEY.end, ...Array.from({ length: '[goals?].'.length }, () => KEY.backspace));
    await d.send('half the tickets');
    await d.send(CTRL.o);
    expect(d.workspace.acted).toMatchObject([{ body: 'Goals: half the tickets' }]);
  });

  it('never takes the place of what is written, and does not stand there twice', async () => {
    const d = await start();
    await d.keys('t');
    await d.send('My own words');
    await d.send(CTRL.t);
    await d.keys('a', KEY.esc, 'w', 'a');
    expect(d.text()).toContain('Subject  My own words');
    await d.send(CTRL.o);
    expect(d.workspace.acted).toMatchObject([
      { subject: 'My own words', body: 'Risk 91: unused 42 d. Offer the two or three steps that help most.', due: '2026-11-25' },
    ]);
  });

  it('gives way to another one, and leaves no draft, as long as nobody wrote into it', async () => {
    const d = await start();
    await d.keys('w', 'b', KEY.esc);
    expect(d.workspace.kept.size).toBe(0);
    await d.keys('w', 'b');
    await d.send(CTRL.t);
    await d.keys('f');
    expect(d.text()).toContain('Prepare the renewal of 株式会社あおば');
    expect(d.text()).not.toContain('left open');
    expect(d.text()).toContain('[medium]');
    await d.send('!');
    await d.keys(KEY.esc, 't');
    expect(d.text()).toContain('Prepare the renewal of 株式会社あおば!');
    // What was queued was meant, and comes back when it is taken back.
    await d.keys(KEY.esc, 'j', 'w', 'b');
    await d.send(CTRL.o);
    await d.keys('u', 't');
    expect(d.text()).toContain('Ask Northwind Logistics K.K. whether it is solved');
  });

  it('by arrows and Enter too; Esc picks none', async () => {
    const d = await start();
    await d.keys('w', KEY.esc);
    expect(d.text()).not.toContain('Begin with which');
    await d.keys('w', 'j', KEY.down, KEY.up, KEY.enter);
    expect(d.text()).toContain('Ask 株式会社あおば whether it is solved');
  });
});

describe('records', () => {
  it('are narrowed by typing, chosen several at a time, shown, and written', async () => {
    const d = await start({ records: RECORDS });
    await d.keys('n');
    await d.send('電話した');
    await d.send(CTRL.r);
    expect(d.text()).toContain('[ ] ticket   Cannot log in');
    await d.send('田');
    expect(d.text()).not.toContain('mori@');
    await d.keys(KEY.enter);
    await d.send('2027');
    await d.keys(KEY.enter);
    expect(d.text()).toContain('2 chosen');
    await d.keys(KEY.esc);
    expect(d.text()).toContain('Also on contact 森田 花子, deal Renewal 2027');
    expect(d.text()).toContain('▌ 電話した');
    await d.send(CTRL.o);
    expect(d.workspace.acted).toMatchObject([{ kind: 'note', body: '電話した', also: { contacts: ['502'], deals: ['601'] } }]);
  });

  it('are let go by the same key, and kept with the draft', async () => {
    const d = await start({ records: RECORDS });
    await d.keys('t');
    await d.send('Call');
    await d.send(CTRL.r);
    await d.keys(KEY.enter, 'cannot', KEY.enter, KEY.esc, KEY.esc, 't');
    expect(d.text()).toMatch(/Also on +contact 森 太郎␛, ticket Cannot log in/);
    await d.send(CTRL.r);
    await d.keys(KEY.enter, KEY.esc);
    await d.send(CTRL.o);
    expect(d.workspace.acted).toMatchObject([{ also: { tickets: ['701'] } }]);
    expect(d.workspace.acted[0]).not.toHaveProperty('also.contacts');
  });

  it('says so where the account has none', async () => {
    const d = await start();
    await d.keys('c');
    await d.send(CTRL.r);
    expect(d.text()).toContain('nothing found on this account');
  });
});

describe('the other fields', () => {
  it('a call takes the portal’s own disposition, by its name', async () => {
    const d = await start({
      dispositions: [
        { value: 'guid-1', label: 'Connected' },
        { value: 'guid-2', label: 'つながらない\u001b[2J' },
      ],
    });
    await d.keys('c');
    await d.send('x');
    await d.keys(KEY.shiftTab, KEY.shiftTab, KEY.right, KEY.right);
    expect(d.text()).toContain('Disposition  none   Connected  [つながらない␛]');
    await d.keys(KEY.esc, 'c');
    await d.send(CTRL.o);
    expect(d.workspace.acted).toMatchObject([{ kind: 'call', disposition: 'guid-2' }]);
  });

  it('a task reminds, belongs to somebody, and has a type', async () => {
    const d = await start();
    await d.keys('t');
    await d.send('Send the quote');
    await d.keys(KEY.tab, KEY.tab, KEY.tab);
    await d.send('1h');
    expect(d.text()).toMatch(/Reminder 1h +=.*08:00/);
    await d.keys(KEY.tab, KEY.right, KEY.tab, KEY.right, KEY.right);
    expect(d.text()).toMatch(/Assignee +田中 +\[鈴木\]/);
    await d.send(CTRL.o);
    expect(d.workspace.acted).toMatchObject([
      { reminderAt: Date.parse('2026-11-24T08:00:00+09:00'), ownerId: '78', type: 'EMAIL', due: '2026-11-24' },
    ]);
  });

  it('a reminder that is none, and one that is past, are told in their field', async () => {
    const d = await start();
    await d.keys('t');
    await d.send('x');
    await d.keys(KEY.tab, KEY.tab, KEY.tab);
    await d.send('whenever');
    await d.send(CTRL.o);
    expect(d.text()).toContain('No reminder that I know');
    await d.send(`${CTRL.u}yesterday 9:00${CTRL.o}`);
    expect(d.text()).toContain('The reminder would be in the past.');
    expect(d.workspace.acted).toEqual([]);
  });

  it('a meeting has a place', async () => {
    const d = await start({ lang: 'ja' });
    await d.keys('m');
    await d.send('QBR');
    await d.keys(KEY.tab, KEY.tab, KEY.tab, KEY.tab);
    await d.send('第3会議室');
    await d.send(CTRL.o);
    expect(d.workspace.acted).toMatchObject([{ kind: 'meeting', title: 'QBR', location: '第3会議室' }]);
  });

  it('fit the smallest terminal, the one in focus in sight', async () => {
    const d = await start({ columns: 60, rows: 14 });
    await d.keys('t');
    for (const label of ['Subject', 'Due', 'Priority', 'Reminder', 'Assignee', 'Type', 'Also on']) {
      expect(d.lines().some((line) => line.includes('▌ ') && line.includes(label))).toBe(true);
      expect(d.text()).toContain('[ Save ]');
      await d.keys(KEY.tab);
    }
  });
});

describe('the preview', () => {
  it('shows the request before anything is queued, and scrolls; what is missing is said instead', async () => {
    const d = await start({ rows: 16 });
    await d.keys('t');
    await d.send('\u0018');
    expect(d.text()).toContain('A subject is needed.');
    await d.send('Send the quote\u0018');
    expect(d.text()).toContain('nothing is queued yet');
    expect(d.text()).toContain('POST /crm/v3/objects/x');
    await d.keys('G');
    expect(d.text()).toMatch(/\n }\n/);
    expect(d.text()).not.toContain('POST');
    await d.keys(KEY.esc);
    expect(d.text()).toContain('Subject  Send the quote');
    expect(d.workspace.acted).toEqual([]);
  });
});

describe('what HubSpot refuses', () => {
  it('is told at once, with the way to complete it, and stands first in the outbox', async () => {
    const row = (over: Partial<OutboxEntry>): OutboxEntry => ({
      id: 'a',
      kind: 'task',
      accountId: '9001',
      accountName: '株式会社あおば',
      state: 'sent',
      text: 'Call',
      hubspotId: null,
      attempts: 1,
      queuedAt: NOW,
      nextLookAt: null,
      because: null,
      required: null,
      groupId: null,
      play: null,
      step: null,
      dependsOn: [],
      ...over,
    });
    const type = { property: 'hs_task_type', label: 'Task Type', value: '', multiline: false, options: [], required: true };
    const d = await start({
      outbox: [row({}), row({ id: 'b', state: 'needs_you', required: 'hs_task_type', text: 'Second' })],
      rowFields: { b: [type] },
    });
    d.workspace.setStatus({ outbox: { held: 0, ready: 0, sending: 0, unknown: 0, needsYou: 1 } });
    await d.settle();
    expect(d.lines().at(-1)).toContain('HubSpot demands hs_task_type for what was queued: O, then e');
    await d.keys('O', 'e');
    expect(d.text()).toContain('Task Type');
  });
});

const REASONS = {
  all: [
    { value: 'too_expensive', label: 'Too expensive' },
    { value: 'budget_cut', label: 'Budget cut' },
    { value: 'rival', label: 'Went to a competitor' },
  ],
  of: {
    competitor: [{ value: 'rival', label: 'Went to a competitor' }],
    price: [
      { value: 'too_expensive', label: 'Too expensive' },
      { value: 'budget_cut', label: 'Budget cut' },
    ],
    support: [],
    feature: [],
    usage: [],
    payment: [],
    business: [],
    other: [],
  },
} as const;

const wishes = (d: Driver) =>
  d.workspace.calls.filter((call) => call.startsWith('postMortem ')).map((call) => JSON.parse(call.slice('postMortem '.length)));

describe('a post-mortem', () => {
  it('asks for the cause, and for the portal’s own reason only where the cause does not say it', async () => {
    const d = await start({ churnReasons: REASONS, columns: 100 });
    await d.keys('X');
    expect(d.text()).toContain('Churn post-mortem: 株式会社あおば');
    await d.send(CTRL.o);
    expect(d.text()).toContain('Choose the cause');
    await d.keys(KEY.right);
    expect(d.text()).toContain('[competitor]');
    expect(d.text()).not.toContain('In HubSpot');
    await d.keys(KEY.right);
    expect(d.text()).toMatch(/In HubSpot +\[choose\] {2}Too expensive {3}Budget cut/);
    await d.send(CTRL.o);
    expect(d.text()).toContain('choose one');
    await d.keys(KEY.right, KEY.right, KEY.tab, KEY.right, KEY.tab, KEY.tab);
    await d.send('小さいプラン\n');
    await d.send(CTRL.o);
    expect(wishes(d)).toEqual([
      {
        ...{ accountId: '9001', name: '株式会社あおば', cause: 'price', avoidable: 'yes', helped: '小さいプラン', reason: 'budget_cut' },
        fixed: '',
      },
    ]);
    expect(d.lines().at(-1)).toContain('queued, u to undo');
    await d.keys('u');
    expect(d.workspace.calls.slice(-3)).toEqual(['undo p1', 'undo p2', 'undoPostMortem 9001']);
  });

  it('keeps what was said by Esc, and works from the account and the palette', async () => {
    const d = await start({ lang: 'ja' });
    await d.keys(KEY.enter, 'X', KEY.right, KEY.tab, KEY.tab, KEY.tab);
    await d.send('もっと早い対応');
    await d.keys(KEY.esc, ':');
    await d.send('furikaeri');
    await d.keys(KEY.enter);
    expect(d.text()).toContain('もっと早い対応');
    await d.send(CTRL.o);
    expect(wishes(d)).toMatchObject([{ cause: 'competitor', avoidable: 'unsure', helped: 'もっと早い対応', reason: null }]);
  });

  it('says that the cause is gone, beside it or of what was written down before, and keeps that as a draft', async () => {
    const both = await start({ columns: 100 });
    await both.keys('X');
    expect(both.text()).toContain('what has changed; empty: nothing yet');
    await both.keys(KEY.right, KEY.tab, KEY.tab);
    await both.send('Guided setup');
    await both.keys(KEY.esc, 'X');
    expect(both.text()).toContain('Guided setup');
    await both.send(CTRL.o);
    expect(wishes(both)).toMatchObject([{ cause: 'competitor', fixed: 'Guided setup', helped: '' }]);

    // Of what nobody has written down nothing can be gone, and what would have helped is part of a post-mortem.
    const first = await start();
    await first.keys('X', KEY.tab, KEY.tab);
    await first.send('Guided setup');
    await first.send(CTRL.o);
    expect(first.text()).toContain('Choose the cause');
    const later = await start({ lookedBack: true });
    await later.keys('X', KEY.tab, KEY.tab, KEY.tab);
    await later.send('more');
    await later.keys(KEY.shiftTab);
    await later.send('Guided setup');
    await later.send(CTRL.o);
    expect(later.text()).toContain('Choose the cause');
    // The cursor went to the cause.
    await later.keys(KEY.tab, KEY.tab, KEY.tab, ...Array<string>(4).fill(KEY.backspace));
    await later.send(CTRL.o);
    expect(wishes(later)).toMatchObject([{ accountId: '9001', cause: null, fixed: 'Guided setup' }]);
  });

  it('is about a customer in a list of losses, in the book or not', async () => {
    const d = await start({ revenue: answering(sourceOf(historyOf(60))), snapshot: book(1), rows: 40 });
    // The first line sums them up.
    await d.keys('4', 'j');
    const lost = /Sample (\d+) 株式会社/.exec(d.text())?.[1];
    expect(lost).not.toBe('9001');
    await d.keys('X', KEY.right);
    expect(d.text()).toContain(`Churn post-mortem: Sample ${lost}`);
    await d.send(CTRL.o);
    expect(wishes(d)).toMatchObject([{ accountId: lost, cause: 'competitor' }]);
    // By reason: the line is no customer; the accounts behind it are.
    await d.keys('v', 'j', 'X');
    expect(d.text()).not.toContain('Churn post-mortem');
    await d.keys(KEY.enter, 'X');
    expect(d.text()).toContain('Churn post-mortem: Sample');
  });
});
