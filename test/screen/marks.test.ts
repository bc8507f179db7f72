/** Marks, going on to the next account, completions chosen by arrows, and lines typed before. */
import { afterEach, describe, expect, it } from 'vitest';
import { advanced } from '../../src/app/advance.ts';
import { earlier, remembered } from '../../src/app/typed.ts';
import { book } from './fixture.ts';
import { type Driver, KEY, type Options, open } from './harness.ts';

let driver: Driver | null = null;
const start = async (options: Options = {}): Promise<Driver> => {
  driver = await open({ snapshot: book(20), columns: 120, rows: 40, ...options });
  return driver;
};
afterEach(async () => {
  await driver?.close();
  driver = null;
});
const marked = (d: Driver): readonly string[] => [...d.model.context().ui.book.marked];
const selectedId = (d: Driver): string | null => d.model.context().ui.book.selectedId;

describe('marks', () => {
  it('reach from the nearest one to the cursor, or over all, and go on Esc before anything else', async () => {
    const d = await start();
    await d.keys('v');
    expect(d.lines().at(-1)).toContain('nobody is marked yet');
    await d.keys(' ', 'j', 'j', 'v');
    expect(marked(d)).toEqual(['9001', '9002', '9003', '9004']);
    await d.keys('F', 'tier:high', KEY.enter, KEY.esc);
    expect(marked(d)).toEqual([]);
    expect(d.model.context().ui.book.expression).toBe('tier:high');
    await d.keys('*');
    expect(marked(d)).toHaveLength(d.model.context().list.shown);
    await d.keys('*');
    expect(marked(d)).toEqual([]);
    await d.keys(KEY.esc);
    expect(d.model.context().ui.book.expression).toBe('');
  });
});

describe('the cursor', () => {
  it('goes on to the next account that stays when one is snoozed or done', async () => {
    const d = await start();
    await d.keys('j', 'z', KEY.enter);
    expect(d.workspace.calls).toContain('snooze 9002 2026-11-28');
    expect(selectedId(d)).toBe('9003');
    await d.keys('d');
    expect(selectedId(d)).toBe('9004');
    // Marked ones above and below the cursor leave together.
    await d.keys(' ', ' ', 'k', 'z', KEY.enter);
    expect(selectedId(d)).toBe('9006');
  });

  it('goes back where nobody follows, and stays where its row does', async () => {
    const d = await start();
    await d.keys('G');
    const context = d.model.context();
    const last = context.list.entries.findLast((entry) => entry.kind === 'row');
    const id = last?.kind === 'row' ? last.row.id : '';
    expect(selectedId(d)).toBe(id);
    expect(advanced(context, () => false)).toBe(context.ui);
    expect(advanced(context, () => true)).toBe(context.ui);
    expect(advanced(context, (row) => row.id === id).book.selectedId).not.toBe(id);
  });
});

describe('the filter line', () => {
  it('takes the completion that the arrows chose, and brings earlier lines back', async () => {
    const d = await start();
    await d.keys('F', 'tier:');
    expect(d.text()).toContain('▸tier:high');
    await d.keys(KEY.down);
    expect(d.text()).toContain('▸tier:low');
    await d.keys(KEY.up, KEY.up);
    expect(d.text()).toContain('▸tier:tech');
    await d.keys(KEY.tab);
    expect(d.model.context().ui.book.expression.trim()).toBe('tier:tech');
    await d.keys(KEY.enter, 'F', '\u0015', 'nps<8 tickets>0', KEY.enter);
    const { list } = d.model.context();
    expect(list.shown).toBeGreaterThan(0);
    expect(list.shown).toBeLessThan(list.total);
    await d.keys('F', '\u0015', '\u0012');
    expect(d.model.context().ui.book.expression).toBe('nps<8 tickets>0');
    await d.keys('\u0012');
    expect(d.model.context().ui.book.expression).toBe('tier:tech');
  });
});

it('remembers each line once, the newest first, field by field', async () => {
  const { ui } = (await start()).model.context();
  const typed = ['a', 'b', ' ', 'a'].reduce((now, line) => remembered(now, 'search', line), ui);
  expect(typed.typed.search).toEqual(['a', 'b']);
  expect([earlier(typed, 'search', ''), earlier(typed, 'search', 'a'), earlier(typed, 'search', 'b')]).toEqual(['a', 'b', 'a']);
  expect(earlier(typed, 'palette', '')).toBeNull();
});
