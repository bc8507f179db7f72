import { afterEach, describe, expect, it } from 'vitest';
import type { OutboxEntry } from '../../src/open.ts';
import { type Fixture, NOW } from './fixture.ts';
import { type Driver, KEY, type Options, open } from './harness.ts';

let driver: Driver | null = null;
const start = async (options: Options = {}): Promise<Driver> => {
  driver = await open(options);
  return driver;
};
afterEach(async () => {
  await driver?.close();
  driver = null;
});

const keptBody = (workspace: Fixture, key: string): string | undefined => {
  const kept = workspace.kept.get(key);
  return kept === undefined ? undefined : (JSON.parse(kept) as { body: string }).body;
};

describe('a note', () => {
  it('is written in Japanese, with the cursor where the input method composes', async () => {
    const d = await start();
    await d.keys('n');
    await d.send('電話した。');
    expect(d.text()).toContain('Note on 株式会社あおば');
    const { x, y, shown } = d.cursor();
    expect({ x, shown }).toEqual({ x: 3 + 10, shown: true });
    expect(d.lines()[y]).toContain('▌ 電話した。');
    await d.keys(KEY.enter);
    await d.send('jq?u');
    await d.send('\u000f');
    expect(d.workspace.acted).toEqual([{ kind: 'note', companyId: '9001', body: '電話した。\njq?u', at: NOW, ownerId: '77' }]);
    expect(d.lines().at(-1)).toContain('queued, u to undo (10 s)');
    expect(d.cursor().shown).toBe(false);
    expect(d.workspace.kept.size).toBe(0);
  });

  it('is saved by Tab and Enter too', async () => {
    const d = await start();
    await d.keys('n', 'x', KEY.tab, KEY.enter);
    expect(d.workspace.acted).toHaveLength(1);
  });

  it('can be taken back, and the text is not lost', async () => {
    const d = await start();
    await d.keys('n');
    await d.send('too early');
    await d.send('\u000f');
    await d.keys('u');
    expect(d.workspace.calls).toEqual(['undo i1']);
    expect(d.workspace.acted).toEqual([]);
    await d.keys('u');
    expect(d.lines().at(-1)).toContain('nothing to undo');
    await d.keys('n');
    expect(d.text()).toContain('▌ too early');
  });

  it('stays in the editor with the reason where it is refused', async () => {
    const d = await start({ refuse: { kind: 'disk_full', message: 'The disk is full. Free some space and save again.' } });
    await d.keys('n');
    await d.send('important');
    await d.send('\u000f');
    expect(d.text()).toContain('▌ important');
    expect(d.text()).toContain('The disk is full.');
    expect(keptBody(d.workspace, 'note:9001')).toBe('important');
    await d.keys('!');
    expect(d.text()).toContain('important!');
  });

  it('is not queued empty', async () => {
    const d = await start();
    await d.keys('n');
    await d.send('\u000f');
    expect(d.text()).toContain('The text is empty.');
    expect(d.workspace.acted).toEqual([]);
  });

  it('is kept as a draft by Esc and found again, on its own account only', async () => {
    const d = await start();
    await d.keys('n');
    await d.send('half a thou');
    await d.keys(KEY.esc);
    expect(keptBody(d.workspace, 'note:9001')).toBe('half a thou');
    await d.keys('j', 'n');
    expect(d.text()).not.toContain('half a thou');
    await d.keys(KEY.esc, 'k', 'n');
    await d.send('ght');
    expect(d.text()).toContain('half a thought');
  });

  it('is kept while it is typed, before anything asks for it', async () => {
    const d = await start();
    await d.keys('n');
    await d.send('unsaved');
    await d.model.flush();
    expect(keptBody(d.workspace, 'note:9001')).toBe('unsaved');
  });

  it('takes a paste whole, without its control characters', async () => {
    const d = await start();
    await d.keys('n');
    await d.send('\u001b[200~one\r\ntwo\u001b[31m\u0007\u001b[201~');
    expect(d.text()).toContain('▌ one');
    expect(d.text()).toContain('▌ two␛␇');
    await d.send('\u000f');
    expect(d.workspace.acted[0]).toMatchObject({ body: 'one\ntwo␛␇' });
  });

  it('ignores a paste where there is no text field', async () => {
    const d = await start();
    await d.send('\u001b[200~qqq\u001b[201~');
    expect(d.done).toEqual([]);
    expect(d.text()).toContain('42 accounts');
  });

  it('goes through the own editor and back', async () => {
    const d = await start({ world: { edit: async (text) => ({ ok: true, text: `${text}\nfrom vi\n` }) } });
    await d.keys('n');
    await d.send('start');
    await d.send('\u0007');
    expect(d.text()).toContain('▌ from vi');
    await d.send('\u000f');
    expect(d.workspace.acted[0]).toMatchObject({ body: 'start\nfrom vi' });
  });

  it('says what is missing where there is no editor', async () => {
    const d = await start({ world: { edit: async () => ({ ok: false, because: 'no-editor' }) } });
    await d.keys('n');
    await d.send('\u0007');
    expect(d.lines().at(-1)).toContain('Set VISUAL or EDITOR');
  });

  it('knows the usual keys of a line', async () => {
    const d = await start();
    await d.keys('n');
    await d.send('one two three');
    await d.send('\u0017');
    await d.keys(KEY.home);
    await d.send('\u0019');
    await d.send('\u000b');
    await d.send('\u000f');
    expect(d.workspace.acted[0]).toMatchObject({ body: 'three' });
  });
});

describe('a task', () => {
  it('takes a due day in words and shows which day it is', async () => {
    const d = await start();
    await d.keys('t');
    // A placeholder: what is typed takes its place.
    expect(d.text()).toMatch(/3d +\s*= Tue 24 Nov 2026/);
    await d.send('Send the usage review');
    await d.keys(KEY.tab);
    await d.send('\u0015');
    await d.send('来週月曜');
    expect(d.text()).toContain('= Mon 23 Nov 2026');
    await d.keys(KEY.tab, KEY.right, KEY.right, KEY.right);
    expect(d.text()).toContain('[high]');
    // Reminder, assignee, type and records keep their usual values.
    await d.keys(KEY.shiftTab, KEY.shiftTab, KEY.shiftTab, KEY.shiftTab);
    await d.send('slides');
    await d.keys(KEY.tab, KEY.enter);
    expect(d.workspace.acted).toEqual([
      {
        kind: 'task',
        companyId: '9001',
        subject: 'Send the usage review',
        body: 'slides',
        due: '2026-11-23',
        priority: 'HIGH',
        type: 'TODO',
        ownerId: '77',
      },
    ]);
  });

  it('says which field is wrong and goes there', async () => {
    const d = await start();
    await d.keys('t');
    await d.send('\u000f');
    expect(d.text()).toContain('A subject is needed.');
    await d.send('x');
    await d.keys(KEY.tab);
    await d.send('\u0015someday');
    expect(d.text()).toContain('No day that I know');
    await d.send('\u000f');
    expect(d.workspace.acted).toEqual([]);
    await d.send('\u00152026-01-01\u000f');
    expect(d.text()).toContain('That day is in the past.');
  });

  it('comes back as it was left', async () => {
    const d = await start();
    await d.keys('t');
    await d.send('Call');
    await d.keys(KEY.tab);
    await d.send('\u0015tomorrow');
    await d.keys(KEY.esc, 't');
    expect(d.text()).toContain('Subject  Call');
    expect(d.text()).toContain('= Sun 22 Nov 2026');
  });
});

describe('a call, a meeting and an e-mail', () => {
  it('a call takes its text and two keys; when, how long and how it went where that is said', async () => {
    const d = await start();
    await d.keys('c');
    expect(d.text()).toContain('Call with 株式会社あおば');
    await d.send('価格の相談\u000f');
    const call = { kind: 'call', companyId: '9001', title: '', body: '価格の相談', ownerId: '77', disposition: null };
    expect(d.workspace.acted).toEqual([{ ...call, at: NOW, direction: 'OUTBOUND', status: 'COMPLETED', durationMs: null }]);
    await d.keys('c');
    await d.send('again');
    await d.keys(KEY.tab, KEY.tab, KEY.tab);
    await d.send('yesterday 15:30');
    expect(d.text()).toContain('15:30');
    await d.keys(KEY.tab);
    await d.send('12m');
    await d.keys(KEY.tab, KEY.right, KEY.tab, KEY.right);
    expect(d.text()).toContain('[inbound]');
    await d.send('\u000f');
    expect(d.workspace.acted.at(-1)).toMatchObject({
      at: Date.parse('2026-11-20T15:30:00+09:00'),
      direction: 'INBOUND',
      status: 'NO_ANSWER',
      durationMs: 720_000,
    });
  });

  it('a meeting still to come is planned; what is not understood is said in its field', async () => {
    const d = await start();
    await d.keys('m');
    await d.send('QBR');
    await d.keys(KEY.tab);
    await d.send('someday\u000f');
    expect(d.text()).toContain('No moment that I know');
    expect(d.workspace.acted).toEqual([]);
    await d.send('\u0015tomorrow 10:00\u000f');
    const start0 = Date.parse('2026-11-22T10:00:00+09:00');
    expect(d.workspace.acted).toMatchObject([
      { kind: 'meeting', title: 'QBR', start: start0, end: start0 + 1_800_000, outcome: 'SCHEDULED' },
    ]);
  });

  it('an e-mail is logged as received', async () => {
    const d = await start({ lang: 'ja' });
    await d.keys('M');
    expect(d.text()).toContain('記録のみ、送信しません');
    await d.send('Re: 更新');
    await d.keys(KEY.tab, KEY.tab, KEY.right);
    await d.send('\u000f');
    expect(d.workspace.acted).toMatchObject([{ kind: 'email', subject: 'Re: 更新', direction: 'INCOMING_EMAIL', at: NOW }]);
  });
});

const entry = (id: string, over: Partial<OutboxEntry> = {}): OutboxEntry => ({
  id,
  kind: 'note',
  accountId: '9001',
  accountName: '株式会社あおば',
  state: 'ready',
  text: `text ${id}`,
  hubspotId: null,
  attempts: 0,
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

describe('the outbox', () => {
  it('lists what waits and why, retries and drops', async () => {
    const d = await start({
      outbox: [
        entry('a'),
        entry('b', { state: 'needs_you', because: 'HubSpot says: owner is inactive', attempts: 3 }),
        entry('c', { state: 'sent', kind: 'task' }),
      ],
    });
    await d.keys('O');
    expect(d.text()).toContain('株式会社あおば');
    // What waits for a person comes first.
    expect(d.text()).toContain('HubSpot says: owner is inactive · tried 3 times');
    await d.keys('r');
    expect(d.workspace.calls).toEqual(['retry b']);
    await d.keys('x');
    expect(d.text()).toContain('Drop this for good?');
    await d.keys(KEY.enter);
    expect(d.workspace.calls).toEqual(['retry b']);
    await d.keys('x', 'y');
    expect(d.workspace.calls).toEqual(['retry b', 'drop b']);
    await d.keys('G', 'x');
    expect(d.lines().at(-1)).toContain('this one has gone out');
    await d.keys(KEY.esc);
    expect(d.text()).toContain('42 accounts');
  });

  it('teaches where it is empty', async () => {
    const d = await start({ lang: 'ja' });
    await d.keys('O');
    expect(d.text()).toContain('未送信はありません');
  });
});

describe('help and sizes', () => {
  it('lists the keys of the screen, greys what cannot run, with the reason', async () => {
    const d = await start({ columns: 120, rows: 60, status: { offline: true } });
    await d.keys('?');
    expect(d.text()).toMatch(/n +Write a note +on this account/);
    expect(d.text()).toMatch(/r +Sync +offline: this needs HubSpot/);
    await d.keys(KEY.esc);
    expect(d.text()).toContain('42 accounts');
  });

  it('offers in the footer only what can run', async () => {
    const today = await start();
    expect(today.lines().at(-1)).toContain('n note');
    await today.close();
    const past = await start({ asOf: '2026-11-16' as never });
    expect(past.lines().at(-1)).not.toContain('n note');
    expect(past.lines().at(-1)).toContain('? keys');
  });

  it('says what size it needs, and comes back', async () => {
    const d = await start();
    await d.send('jjj');
    await d.resize(58, 12);
    expect(d.lines()[0]).toBe('Terminal too small (58×12, need 60×14)');
    expect(d.lines().slice(1).join('')).toBe('');
    await d.keys('j');
    await d.resize(80, 24);
    expect(d.lines().find((line) => line.startsWith('▸'))).toContain('Kestrel');
    await d.resize(20, 5);
    expect(d.lines()[0]).toBe('Terminal too small …');
  });

  it('draws every screen at every size without a line too many', async () => {
    const d = await start({ lang: 'ja' });
    for (const keys of [[], ['n'], [KEY.esc, 't'], [KEY.esc, 'f'], [KEY.esc, KEY.enter], ['?'], [KEY.esc, KEY.esc, '/']]) {
      await d.keys(...keys);
      for (const [columns, rows] of [
        [1, 1],
        [20, 5],
        [60, 14],
        [61, 15],
        [79, 19],
        [80, 24],
        [200, 60],
      ] as const) {
        await d.resize(columns, rows);
        expect(d.lines()).toHaveLength(rows);
      }
    }
  });
});
