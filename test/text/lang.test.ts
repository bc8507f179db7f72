import { describe, expect, it } from 'vitest';
import { chooseLang, parseLang } from '../../src/text/lang.ts';

describe('language', () => {
  it.each([
    [{}, 'en'],
    [{ LANG: 'ja_JP.UTF-8' }, 'ja'],
    [{ LANG: 'ja' }, 'ja'],
    [{ LANG: 'C' }, 'en'],
    [{ LANG: 'jam_JM.UTF-8' }, 'en'],
    [{ LANG: 'de_DE.UTF-8' }, 'en'],
    [{ LC_MESSAGES: 'ja_JP', LANG: 'en_US' }, 'ja'],
    [{ LC_ALL: 'C.UTF-8', LC_MESSAGES: 'ja_JP', LANG: 'ja_JP' }, 'en'],
    [{ LC_ALL: '', LANG: 'ja_JP' }, 'ja'],
  ])('of %j is %s', (env, lang) => {
    expect(chooseLang({ env })).toBe(lang);
  });

  it('goes by the flag, then the setting', () => {
    const env = { LANG: 'ja_JP' };
    expect(chooseLang({ flag: 'en', setting: 'ja', env })).toBe('en');
    expect(chooseLang({ setting: 'en', env })).toBe('en');
    expect(chooseLang({ flag: null, setting: null, env })).toBe('ja');
  });

  it('knows two', () => {
    expect([parseLang('en'), parseLang('ja'), parseLang('de'), parseLang('JA')]).toEqual(['en', 'ja', null, null]);
  });
});
