import { readFileSync } from 'node:fs';
import type { Key } from 'ink';
import { describe, expect, it } from 'vitest';
import { keysOf } from '../../src/app/action.ts';
import { actions, actionsIn, resolve } from '../../src/app/actions.ts';
import { keyLabel, keyNames, typedText } from '../../src/app/keys.ts';
import { keysMarkdown } from '../../src/app/keys-page.ts';
import type { Mode } from '../../src/app/state.ts';
import { messages } from '../../src/text/messages/all.ts';
import { t } from '../../src/text/messages/index.ts';
import { kanaOf } from '../../src/text/reading.ts';

const NONE: Key = {
  upArrow: false,
  downArrow: false,
  leftArrow: false,
  rightArrow: false,
  pageDown: false,
  pageUp: false,
  home: false,
  end: false,
  return: false,
  escape: false,
  ctrl: false,
  shift: false,
  tab: false,
  backspace: false,
  delete: false,
  meta: false,
  super: false,
  hyper: false,
  capsLock: false,
  numLock: false,
};
const key = (over: Partial<Key> = {}): Key => ({ ...NONE, ...over });

const MODES: readonly Mode[] = [
  'book',
  'matrix',
  'revenue',
  'churn',
  'cohorts',
  'products',
  'behind',
  'account',
  'outbox',
  'rules',
  'hygiene',
  'settings',
  'key',
  'help',
  'menu',
  'columns',
  'confirm',
  'search',
  'address',
  'editor',
  'ask',
  'words',
  'play',
  'palette',
  'expression',
  'jump',
  'records',
  'preview',
  'templates',
  'preview',
];

describe('key names', () => {
  it('take a burst apart', () => {
    expect(keyNames('jjj', key())).toEqual(['j', 'j', 'j']);
    expect(keyNames('jk G', key())).toEqual(['j', 'k', 'space', 'G']);
    expect(keyNames('あ👨‍👩‍👧い', key())).toEqual(['あ', '👨‍👩‍👧', 'い']);
  });

  it('read Enter, Tab and control characters inside a burst', () => {
    expect(keyNames('ab\rc\t\u000f', key())).toEqual(['a', 'b', 'enter', 'c', 'tab', 'ctrl+o']);
    expect(keyNames('a\u0000b', key())).toEqual(['a', 'b']);
  });

  it('read a key that came together with Esc as both', () => {
    expect(keyNames('j', key({ meta: true }))).toEqual(['esc', 'j']);
    expect(keyNames('', key({ escape: true, meta: true }))).toEqual(['esc', 'esc']);
    expect(keyNames('', key({ return: true, meta: true }))).toEqual(['esc', 'enter']);
  });

  it('name special keys and modifiers', () => {
    expect(keyNames('', key({ upArrow: true }))).toEqual(['up']);
    expect(keyNames('', key({ tab: true, shift: true }))).toEqual(['shift+tab']);
    expect(keyNames('', key({ leftArrow: true, ctrl: true }))).toEqual(['ctrl+left']);
    expect(keyNames('o', key({ ctrl: true }))).toEqual(['ctrl+o']);
    expect(keyNames('x', key({ eventType: 'release' }))).toEqual([]);
  });

  it('type only what is text', () => {
    expect(typedText('space')).toBe(' ');
    expect(typedText('あ')).toBe('あ');
    expect(typedText('ctrl+o')).toBeNull();
    expect(typedText('enter')).toBeNull();
    expect(keyLabel('ctrl+o')).toBe('Ctrl-O');
    expect(keyLabel('shift+tab')).toBe('Shift-Tab');
  });
});

describe('actions', () => {
  it.each(MODES)('in %s: one meaning a key', (mode) => {
    const all = actionsIn(mode).flatMap((action) => keysOf(action).map((name) => name));
    expect(all.filter((name, index) => all.indexOf(name) !== index)).toEqual([]);
  });

  it('keep off keys that terminals and multiplexers take', () => {
    const forbidden = new Set([
      'ctrl+s',
      'ctrl+q',
      'ctrl+b',
      'ctrl+a',
      'ctrl+i',
      'ctrl+m',
      'ctrl+h',
      'ctrl+j',
      'ctrl+enter',
      'shift+enter',
    ]);
    expect(actions.filter((action) => action.keys.some((name) => forbidden.has(name) || /^f\d/.test(name))).map(({ id }) => id)).toEqual(
      [],
    );
    // Alt may help, but nothing may need it.
    expect(actions.filter((action) => action.keys.every((name) => name.startsWith('alt+'))).map(({ id }) => id)).toEqual([]);
  });

  it('have their own id, and words in both languages', () => {
    expect(new Set(actions.map(({ id }) => id)).size).toBe(actions.length);
    for (const { title, hint } of actions) {
      for (const one of [title, hint]) {
        expect(messages[one].en, one).not.toBe('');
        expect(messages[one].ja, one).not.toBe('');
      }
    }
  });

  it('can be found by how their Japanese title is read (src/text/reading.ts knows the words)', () => {
    const unread = actions.map(({ title }) => kanaOf(t('ja', title))).filter((kana) => /\p{Script=Han}/u.test(kana));
    expect(unread).toEqual([]);
  });

  it('leave letters to the text while one types', () => {
    for (const mode of ['editor', 'search', 'ask', 'palette', 'expression', 'words', 'records'] as const) {
      expect(
        actionsIn(mode)
          .filter((action) => action.keys.some((name) => typedText(name) !== null))
          .map(({ id }) => id),
      ).toEqual([]);
    }
  });

  it('follow the user where he took other keys', () => {
    const overrides = { 'note.add': ['m'] };
    expect(resolve('m', 'book', overrides)?.id).toBe('note.add');
    expect(resolve('n', 'book', overrides)).toBeNull();
    expect(resolve('n', 'book')?.id).toBe('note.add');
  });

  it('stand in docs/keys.md and docs/ja/keys.md (npm run docs writes them)', () => {
    expect(readFileSync(new URL('../../docs/keys.md', import.meta.url), 'utf8')).toBe(keysMarkdown('en'));
    expect(readFileSync(new URL('../../docs/ja/keys.md', import.meta.url), 'utf8')).toBe(keysMarkdown('ja'));
  });
});
