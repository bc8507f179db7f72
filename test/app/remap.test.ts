import { describe, expect, it } from 'vitest';
import { actions } from '../../src/app/actions.ts';
import { checkRemaps, isKeyName, remapText } from '../../src/app/remap.ts';

const said = (keys: Record<string, string[]>) => checkRemaps(actions, keys).problems.map((problem) => remapText(problem, 'en'));

describe('chosen keys', () => {
  it('are taken where they are free', () => {
    expect(checkRemaps(actions, { 'note.add': ['N', 'ctrl+n'] })).toEqual({ keys: { 'note.add': ['N', 'ctrl+n'] }, problems: [] });
  });

  it('may change places', () => {
    expect(checkRemaps(actions, { 'note.add': ['t'], 'task.add': ['n'] }).problems).toEqual([]);
  });

  it('may be none', () => {
    expect(checkRemaps(actions, { 'book.reverse': [] }).problems).toEqual([]);
  });

  it('are refused with the names of both actions where another has them, and the rest is kept', () => {
    const { keys, problems } = checkRemaps(actions, { 'note.add': ['t'], 'book.reverse': ['ctrl+r'] });
    expect(keys).toEqual({ 'book.reverse': ['ctrl+r'] });
    expect(problems).toHaveLength(1);
    expect(said({ 'note.add': ['t'] })).toEqual(['settings, keys: t for “Write a note” (note.add) is already “Log a task” (task.add)']);
  });

  it('are refused for an action that is not there, for what is no key, and where they would eat text', () => {
    expect(said({ 'note.ad': ['N'] })[0]).toContain('no action note.ad');
    expect(said({ 'note.add': ['ctrl+shift+n'] })[0]).toContain('ctrl+shift+n is not a key');
    expect(said({ 'search.keep': ['k'] })[0]).toContain('k writes text');
  });

  it('know every key that an action has by itself', () => {
    expect(actions.flatMap(({ keys }) => keys).filter((key) => !isKeyName(key))).toEqual([]);
  });
});
