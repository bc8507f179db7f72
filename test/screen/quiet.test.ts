/** Marking, snoozing, dismissing and one's own view, by keys. */
import { describe, expect, it } from 'vitest';
import { addDays } from '../../src/units/day.ts';
import { book, row, snapshotOf, TODAY } from './fixture.ts';
import { KEY, open } from './harness.ts';

const week = addDays(TODAY, 7);

describe('snooze', () => {
  it('takes two keys, and u takes it back', async () => {
    const app = await open({ snapshot: book(12) });
    await app.keys('z');
    expect(app.text()).toContain('for 7 days, until');
    await app.keys(KEY.enter);
    expect(app.workspace.calls).toEqual([`snooze 9001 ${week}`]);
    expect(app.text()).toContain('u takes it back');
    await app.keys('u');
    expect(app.workspace.calls.at(-1)).toBe('restore snoozes');
    await app.close();
  });

  it('is about every marked account, and the marks go with it', async () => {
    const app = await open({ snapshot: book(12) });
    await app.keys(' ', ' ', ' ');
    expect(app.text()).toContain('3 marked');
    expect(app.lines().filter((line) => line.startsWith('+'))).toHaveLength(3);
    await app.keys('k', 'k');
    expect(app.lines().some((line) => line.startsWith('»'))).toBe(true);
    await app.keys('z', 'j', KEY.enter);
    expect(app.workspace.calls).toEqual([`snooze 9001 9002 9003 ${addDays(TODAY, 1)}`]);
    expect(app.text()).not.toContain('marked');
    await app.close();
  });

  it('offers to wake an account that sleeps', async () => {
    const app = await open({ snapshot: snapshotOf([row(0, { group: 'snoozed', snoozedUntil: week })]), lang: 'ja' });
    await app.keys('z');
    expect(app.text()).toContain('今すぐ戻す');
    await app.keys(KEY.enter);
    expect(app.workspace.calls).toEqual(['snooze 9001 awake']);
    await app.close();
  });

  it('is refused on another day', async () => {
    const app = await open({ snapshot: book(3), asOf: addDays(TODAY, -9) });
    await app.keys('z');
    expect(app.workspace.calls).toEqual([]);
    await app.close();
  });
});

it('a signal is dismissed with a reason, and brought back', async () => {
  const dismissed = row(1, { signals: row(1).signals.map((signal) => ({ ...signal, dismissed: true, points: 0 })) });
  const app = await open({ snapshot: snapshotOf([row(0), dismissed]) });
  await app.keys('x');
  expect(app.text()).toContain('unused 42 d');
  await app.keys(KEY.enter);
  expect(app.text()).toContain('wrong data');
  await app.keys('j', KEY.enter);
  await app.keys('j', 'x', KEY.enter);
  expect(app.workspace.calls).toEqual(['dismiss 9001 usage.last_login wrong-data', `dismiss 9002 ${dismissed.signals[0]?.id} null`]);
  await app.close();
});

it('one’s own view asks for its reason', async () => {
  const app = await open({ snapshot: book(3) });
  await app.keys('P', 'j', KEY.enter);
  expect(app.text()).toContain('+8. Why?');
  await app.keys(KEY.enter);
  expect(app.text()).toContain('A reason is needed');
  await app.keys('新', '任', KEY.enter);
  expect(app.workspace.calls).toEqual(['pulse 9001 8 新任']);
  await app.close();
});

it('what is beyond the cap stands under a line that says so, while the list is the queue', async () => {
  const app = await open({ snapshot: { ...book(8), cap: 3 } });
  const held = app.lines().findIndex((line) => line.includes('held back: 5 accounts beyond the daily cap of 3'));
  expect(app.lines()[held - 1]).toMatch(/^ *3 /);
  await app.keys('S');
  expect(app.text()).not.toContain('held back');
  await app.close();
});

it('an account that came back says so', async () => {
  const app = await open({ snapshot: snapshotOf([row(0, { returned: { on: TODAY, because: 'mrr' } })]) });
  expect(app.text()).toContain('back: MRR down');
  await app.close();
});
