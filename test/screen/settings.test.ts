/** The settings screen: what is chosen is kept and works at once; keys are checked against each other. */
import { describe, expect, it } from 'vitest';
import { TO_SETUP } from '../../src/app/leave.ts';
import { width } from '../../src/text/cells.ts';
import type { Clean } from '../../src/text/clean.ts';
import { book } from './fixture.ts';
import { type Driver, KEY, type Options, open } from './harness.ts';

const start = (options: Options = {}): Promise<Driver> => open({ columns: 100, rows: 40, snapshot: book(12), ...options });
const selected = (d: Driver): string => d.lines().find((line) => line.includes('▸')) ?? '';

/** To the row whose line has these words. */
async function to(d: Driver, words: string): Promise<void> {
  const { size } = d.model.context().ui;
  const here = (): string => {
    const lines = d.model.frame(size).lines.map((line) => line.map(({ text }) => text).join(''));
    return lines.find((line) => line.includes('▸')) ?? '';
  };
  for (let left = 250; left > 0 && !here().includes(words); left--) d.model.press(['j']);
  await d.settle();
  if (!selected(d).includes(words)) throw new Error(`no ${words}`);
}

describe('settings', () => {
  it('turn a value at once and keep it; x brings the usual one back', async () => {
    const d = await start();
    await d.keys(',');
    expect(d.lines()[1]).toContain('Settings');
    await to(d, 'What changed, since');
    await d.keys(KEY.enter);
    expect(selected(d)).toContain('* What changed, since');
    expect(selected(d)).toContain('yesterday');
    await d.keys(KEY.right, KEY.left, KEY.left);
    expect(d.workspace.calls).toEqual([
      'choose {"briefSince":"yesterday"}',
      'since yesterday',
      'choose {"briefSince":"monday"}',
      'since monday',
      'choose {"briefSince":"yesterday"}',
      'since yesterday',
      'choose {"briefSince":"last"}',
      'since last',
    ]);
    await to(d, 'Density');
    await d.close();
  });

  it('open the columns of the list', async () => {
    const d = await start();
    await d.keys(',', 'j', KEY.enter);
    expect(d.text()).toContain('Columns');
    expect(d.model.context().ui.screens).toEqual([{ name: 'book' }]);
    await d.close();
  });

  it('give an action another key, which works everywhere at once, one more, and its own again', async () => {
    const d = await start();
    await d.keys(',');
    await to(d, 'note.add');
    expect(selected(d)).toContain(' n ');
    await d.keys(KEY.enter);
    expect(d.text()).toContain('Press the key for “Write a note”');
    await d.keys('N');
    expect(d.workspace.personal().keys).toEqual({ 'note.add': ['N'] });
    expect(selected(d)).toContain('usually n');
    await d.keys('a', '\u000e');
    expect(d.workspace.personal().keys).toEqual({ 'note.add': ['N', 'ctrl+n'] });
    await d.keys(KEY.esc, 'n');
    expect(d.model.context().ui.overlays).toEqual([]);
    expect(d.lines().at(-1)).toContain('N note');
    await d.keys('N');
    expect(d.model.context().ui.overlays).toMatchObject([{ kind: 'editor' }]);
    await d.keys(KEY.esc, ',');
    await to(d, 'note.add');
    await d.keys('x');
    expect(d.workspace.personal().keys).toEqual({});
    expect(selected(d)).not.toContain('usually');
    await d.close();
  });

  it('refuse a key that another action has where both work, naming both, and take nothing on Esc', async () => {
    const d = await start();
    await d.keys(',');
    await to(d, 'note.add');
    await d.keys(KEY.enter, 't');
    expect(d.lines().at(-1)).toContain('t for “Write a note” (note.add) is already “Log a task” (task.add)');
    expect(d.text()).toContain('Press the key for');
    await d.keys(KEY.esc);
    expect(d.text()).not.toContain('Press the key for');
    expect(d.workspace.calls).toEqual([]);
    await d.close();
  });

  it('do not give an action back a key that another one has taken meanwhile', async () => {
    const d = await start({ personal: { keys: { 'note.add': ['N'], 'task.add': ['n'] } } });
    await d.keys(',');
    await to(d, 'note.add');
    await d.keys('x');
    expect(d.lines().at(-1)).toContain('is already');
    expect(d.workspace.calls).toEqual([]);
    await d.close();
  });

  it('lead to setting up the portal, straight there where the mapping has drifted', async () => {
    const d = await start();
    await d.keys(',', KEY.enter);
    expect(d.lines().at(-1)).toContain('the demo portal is set up by itself');
    await d.close();
    const real = await start({ demo: false });
    await real.keys(',', KEY.enter);
    expect(real.done).toEqual([`exit ${TO_SETUP}`]);
    await real.close();
    const drifted = await start({ demo: false, status: { drifted: true } });
    await drifted.keys(',');
    expect(drifted.done).toEqual([`exit ${TO_SETUP}`]);
    await drifted.close();
  });

  it('list every action once, walk by sections, and keep to their size', async () => {
    for (const lang of ['en', 'ja'] as const)
      for (const [columns, rows] of [
        [60, 14],
        [80, 24],
        [160, 50],
      ] as const) {
        const d = await start({ columns, rows, lang });
        await d.keys(',', 'G');
        expect(selected(d)).not.toBe('');
        for (const line of d.lines()) expect(width(line as Clean)).toBeLessThanOrEqual(columns);
        await d.keys('g', KEY.tab, KEY.tab, KEY.tab);
        expect(selected(d)).not.toBe('');
        await d.keys(KEY.shiftTab, KEY.shiftTab, KEY.shiftTab);
        expect(selected(d)).toBe(d.lines()[3] ?? '');
        await d.close();
      }
  });
});
