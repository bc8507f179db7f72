/** From the queue to "queued": how many keys it takes, the text itself not counted. */
import { expect, it } from 'vitest';
import { playById } from '../../src/plays/choose.ts';
import { row, snapshotOf } from './fixture.ts';
import { type Driver, KEY, open } from './harness.ts';

const SAVE = '\u000f';
const play = playById('re-engage');
const BOOK = snapshotOf(Array.from({ length: 5 }, (_, index) => row(index, { play: play && { id: play.id, label: play.label } })));

/** Presses the keys with the text between them; gives what the last line says. */
async function pressed(d: Driver, before: readonly string[], text: string, after: readonly string[]): Promise<string> {
  await d.keys(...before);
  if (text !== '') await d.send(text);
  await d.keys(...after);
  return d.lines().at(-1) ?? '';
}

it.each([
  ['a note', ['n'], '電話した', [SAVE], { most: 3, before: 2 }, /queued/, 'note'],
  ['a task', ['t'], 'Send the quote', [SAVE], { most: 3, before: 2 }, /queued/, 'task'],
  ['a task with a template', ['w', 'b', SAVE], '', [], { most: 3, before: 3 }, /queued/, 'task'],
  ['a note with a template', ['w', 'l', SAVE], '', [], { most: 3, before: 3 }, /queued/, 'note'],
  ['a call', ['c'], 'Asked about prices', [SAVE], { most: 3, before: 2 }, /queued/, 'call'],
  ['a play as it is', ['p', KEY.enter], '', [], { most: 2, before: 2 }, /Queued 3 records/, 'note'],
] as const)('%s', async (_, before, text, after, { most, before: mostBefore }, said, kind) => {
  expect(before.length).toBeLessThanOrEqual(mostBefore);
  expect(before.length + after.length).toBeLessThanOrEqual(most);
  const d = await open({ snapshot: BOOK });
  expect(await pressed(d, before, text, after)).toMatch(said);
  expect(d.workspace.acted[0]).toMatchObject({ kind, companyId: '9001' });
  await d.close();
});

it('a snooze', async () => {
  const keys = ['z', KEY.enter];
  expect(keys.length).toBeLessThanOrEqual(2);
  const d = await open({ snapshot: BOOK });
  expect(await pressed(d, keys, '', [])).toMatch(/nooz|until/i);
  expect(d.workspace.calls).toEqual(['snooze 9001 2026-11-28']);
  await d.close();
});

it('what is taken back is the account to go on with', async () => {
  const d = await open({ snapshot: BOOK });
  const here = (): string => d.lines().find((line) => line.startsWith('▸')) ?? '';
  await d.keys('j');
  const before = here();
  await d.keys('d');
  expect(here()).not.toBe(before);
  await d.keys('u');
  expect(here()).toBe(before);
  await d.close();
});
