/** A play by keys: looked over, changed, run on one account and on many, and taken back. */
import { describe, expect, it } from 'vitest';
import { playById } from '../../src/plays/choose.ts';
import type { Planned } from '../../src/plays/intent.ts';
import type { Play } from '../../src/policy.ts';
import { row, snapshotOf } from './fixture.ts';
import { type Driver, KEY, open } from './harness.ts';

const proposed = (id: string) => {
  const play = playById(id);
  return play && { id, label: play.label };
};
const BOOK = snapshotOf(Array.from({ length: 5 }, (_, index) => row(index, { play: proposed('re-engage') })));
const steps = (app: Driver): (string | undefined)[] => app.workspace.planned.map(({ step }: Planned) => step);

describe('p', () => {
  it('then Enter runs the proposed play, and u takes every record of it back', async () => {
    const app = await open({ snapshot: BOOK, columns: 100, rows: 40 });
    await app.keys('p');
    expect(app.text()).toContain('Re-engage dormant account (proposed)');
    expect(app.text()).toContain('Call 株式会社あおば: unused for 42 d');
    expect(app.text()).toContain('Enter runs 3 steps on 1');
    await app.keys(KEY.enter);
    expect(steps(app)).toEqual(['why', 'call', 'follow']);
    expect(app.workspace.planned.map(({ intent }) => intent.companyId)).toEqual(['9001', '9001', '9001']);
    expect(app.text()).toContain('Queued 3 records on 1');
    await app.keys('u');
    expect(app.workspace.calls.filter((call) => call.startsWith('undo'))).toHaveLength(3);
    await app.close();
  });

  it('runs even where Enter comes before everything is read', async () => {
    const app = await open({ snapshot: BOOK });
    await app.send(`p${KEY.enter}`);
    expect(steps(app)).toEqual(['why', 'call', 'follow']);
    await app.close();
  });

  it('is about every marked account, as one, with each one’s own words', async () => {
    const app = await open({ snapshot: BOOK, lang: 'ja', rows: 40 });
    await app.keys(' ', ' ', ' ', 'p');
    expect(app.text()).toContain('Enterで3社に');
    await app.keys('j', 'j', 'e');
    expect(app.text()).toContain('{account}に電話');
    await app.keys(KEY.end, '！', KEY.enter, KEY.enter);
    const calls = app.workspace.planned
      .filter(({ step }) => step === 'call')
      .map(({ intent }) => ('subject' in intent ? intent.subject : ''));
    expect(calls).toEqual([
      expect.stringMatching(/^株式会社あおばに電話.*！$/),
      expect.stringMatching(/^Northwind Logistics K\.K\.に電話.*！$/),
      expect.stringMatching(/^北斗精機に電話.*！$/),
    ]);
    expect(app.workspace.planned).toHaveLength(9);
    expect(new Set(app.workspace.planned.map(({ intent }) => ('body' in intent ? /#(\w{8})/.exec(intent.body)?.[1] : ''))).size).toBe(3);
    await app.close();
  });

  it('leaves steps out, moves days, hands over, and takes another play', async () => {
    const app = await open({ snapshot: BOOK, rows: 40, columns: 110 });
    await app.keys('p', ' ', 'j', 'j', 'd', '\u0015', ...'2026-12-24', KEY.enter, 'a', KEY.enter);
    expect(steps(app)).toEqual(['call', 'follow']);
    expect(app.workspace.planned[0]?.intent).toMatchObject({ due: '2026-12-24' });
    // The second step counts from the first.
    expect(app.workspace.planned[1]?.intent).toMatchObject({ due: '2026-12-31' });
    await app.keys('p', KEY.right);
    expect(app.text()).toContain('Adoption session');
    await app.keys(KEY.left, KEY.left);
    expect(app.text()).toContain('Case study');
    await app.keys(KEY.esc);
    expect(app.text()).not.toContain('Case study');
    await app.close();
  });

  it('refuses a day that is none, and one that is past', async () => {
    const app = await open({ snapshot: BOOK, rows: 40 });
    await app.keys('p', 'j', 'j', 'd', '\u0015', ...'soon', KEY.enter);
    expect(app.lines().some((line) => /day|date/i.test(line))).toBe(true);
    await app.keys('d', '\u0015', ...'2026-11-01', KEY.enter);
    await app.keys(KEY.esc);
    expect(app.workspace.planned).toEqual([]);
    await app.close();
  });

  it('drafts the mail: to the clipboard, or into the mail program', async () => {
    const app = await open({ snapshot: BOOK, rows: 40 });
    await app.keys('p', 'c', 'm');
    expect(app.done[0]).toContain('copy How are things going with us, 株式会社あおば?');
    expect(app.done[1]).toMatch(/^browse mailto:.*subject=How%20are%20things/);
    await app.close();
  });
});

describe('the note of a play', () => {
  it('is changed in lines of its own, with facts open where it runs on several', async () => {
    const app = await open({ snapshot: BOOK, rows: 40 });
    await app.keys('p', 'e');
    const before = app.text();
    expect(before).toContain('Play started on');
    await app.keys(KEY.enter);
    await app.send('二行目');
    await app.send('\u000f');
    expect(app.text()).toContain('Enter runs 3 steps');
    await app.keys(KEY.enter);
    expect(app.workspace.planned[0]?.intent).toMatchObject({
      body: expect.stringMatching(/^Play started on [^\n]*\n二行目\n\nkizashi play/),
    });
    await app.keys(' ', ' ', 'p', 'e');
    expect(app.text()).toContain('{today}');
    await app.keys(KEY.esc, KEY.esc);
    await app.close();
  });

  it('goes through the own editor and back; Esc leaves it as it was', async () => {
    const app = await open({ snapshot: BOOK, rows: 40, world: { edit: async (text) => ({ ok: true, text: `${text}\nfrom vi\n` }) } });
    await app.keys('p', 'e', '\u0007');
    expect(app.text()).toContain('from vi');
    await app.keys(KEY.esc);
    expect(app.text()).not.toContain('from vi');
    await app.keys('e', '\u0007', '\u000f', KEY.enter);
    expect(app.workspace.planned[0]?.intent).toMatchObject({ body: expect.stringMatching(/\nfrom vi\n\nkizashi play/) });
    await app.close();
  });
});

const play = (over: Partial<Play>): Play => ({
  id: 'custom.x',
  label: { en: 'Mine', ja: '自作' },
  about: { en: 'x', ja: 'x' },
  steps: [],
  ...over,
});
const note = (text: string) => ({ id: 'note', kind: 'note', text: { en: text, ja: text } }) as const;

describe('what keeps a play from running', () => {
  it('a fact that nobody knows is asked for, and the answer goes in', async () => {
    const mine = play({ steps: [note('Worth {contract_value}')] });
    const app = await open({
      snapshot: snapshotOf([row(0, { contractValue: null, play: { id: mine.id, label: mine.label } })]),
      plays: [mine],
    });
    await app.keys('p');
    expect(app.text()).toContain('Worth [contract value?]');
    await app.keys(KEY.enter);
    expect(app.workspace.planned).toEqual([]);
    expect(app.text()).toContain('nobody knows the contract value');
    await app.keys('e', ...'¥1M', KEY.enter);
    expect(app.text()).toContain('Worth ¥1M');
    await app.keys(KEY.enter);
    expect(app.workspace.planned[0]?.intent).toMatchObject({ body: expect.stringMatching(/^Worth ¥1M\n/) });
    await app.close();
  });

  it('somebody or something that the portal does not have is named', async () => {
    const mine = play({
      steps: [
        {
          id: 'call',
          kind: 'task',
          subject: { en: 'Call', ja: '電話' },
          text: null,
          due: '1d',
          after: null,
          assignee: 'gone@example.com',
          priority: 'none',
          type: 'call',
        },
        { id: 'set', kind: 'property', property: 'gone', value: { en: 'x', ja: 'x' } },
      ],
    });
    const app = await open({ snapshot: snapshotOf([row(0, { play: { id: mine.id, label: mine.label } })]), plays: [mine], columns: 120 });
    await app.keys('p', KEY.enter);
    expect(app.text()).toContain('the portal has no user gone@example.com');
    await app.keys('a', KEY.enter);
    expect(app.text()).toContain('companies have no property gone. Nothing was queued');
    await app.keys(' ', KEY.enter);
    expect(steps(app)).toEqual(['call']);
    await app.close();
  });

  it('a refusal of the outbox is told, and the pane stays as it was', async () => {
    const app = await open({ snapshot: BOOK, refuse: { kind: 'disk_full', message: 'disk full' } });
    await app.keys('p', KEY.enter);
    expect(app.text()).toContain('disk full');
    expect(app.text()).toContain('Re-engage');
    await app.keys(KEY.esc);
    await app.close();
  });
});

it('answers to questions make a note', async () => {
  const app = await open({ snapshot: snapshotOf([row(0, { play: proposed('win-back') })]), rows: 40 });
  await app.keys('p', 'j', 'e', ...'too dear', KEY.enter, KEY.enter);
  expect(steps(app)).toEqual(['cause', 'talk', 'again']);
  expect(app.workspace.planned[0]?.intent).toMatchObject({ kind: 'note', body: expect.stringContaining('too dear') });
  await app.close();
});
