import { readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { MAPPING_KEYS } from '../../src/settings/mapping.ts';
import { width } from '../../src/text/cells.ts';
import { cleanBlock } from '../../src/text/clean.ts';
import { messages } from '../../src/text/messages/all.ts';
import { type MessageKey, t } from '../../src/text/messages/index.ts';
import { keyWord } from '../../src/text/messages/mapping.ts';
import type { Message } from '../../src/text/messages/message.ts';

const folder = new URL('../../src/text/messages/', import.meta.url);
const areas = readdirSync(folder).flatMap((file) => /^(\w+)\.ts$/.exec(file)?.[1] ?? []);
const tables: Readonly<Record<string, Readonly<Record<string, Message>>>> = Object.fromEntries(
  await Promise.all(
    areas
      .filter((area) => !['all', 'forms', 'index', 'message'].includes(area))
      .map(async (area) => {
        const own: Record<string, Readonly<Record<string, Message>>> = await import(new URL(`${area}.ts`, folder).href);
        return [area === 'errors' ? 'error' : area, Object.values(own)[0] ?? {}] as const;
      }),
  ),
);
const all = Object.entries(messages) as [MessageKey, Message][];
const forms = (message: Message): string[] => [
  ...(typeof message.en === 'string' ? [message.en] : [message.en.one, message.en.other]),
  message.ja,
];
const placeholders = (text: string): string[] => [...new Set(Array.from(text.matchAll(/\{(\w+)\}/g), (match) => match[1] ?? ''))].sort();

describe('messages', () => {
  it.each(Object.entries(tables))('the table %s keeps to its own area', (area, table) => {
    expect(Object.keys(table).filter((key) => !new RegExp(`^${area}(\\.[\\w/-]+)+$`).test(key))).toEqual([]);
  });

  it('has no key twice', () => {
    expect(all).toHaveLength(Object.values(tables).flatMap((table) => Object.keys(table)).length);
  });

  it.each(['en', 'ja'] as const)('every key of the mapping has a name in %s', (lang) => {
    expect(MAPPING_KEYS.filter((key) => keyWord(key, lang) === key)).toEqual([]);
  });

  it.each(all)('%s reads in both languages', (key, message) => {
    for (const form of forms(message)) {
      expect(form.trim()).not.toBe('');
      expect(form).not.toContain(key);
      expect(cleanBlock(form)).toBe(form);
      expect(width(cleanBlock(form))).toBeGreaterThan(0);
      expect(form.replace(/\{\w+\}/g, '')).not.toMatch(/[{}]|undefined|TODO|FIXME/);
    }
  });

  it.each(all)('%s takes the same parameters in both languages', (_, message) => {
    const japanese = placeholders(message.ja);
    if (typeof message.en === 'string') {
      expect(placeholders(message.en)).toEqual(japanese);
      return;
    }
    expect(placeholders(message.en.other)).toEqual(japanese);
    expect(japanese).toContain('n');
    // "1 account" may be written out: the singular can leave the number away, and nothing else.
    expect(placeholders(`${message.en.one}{n}`)).toEqual(japanese);
  });

  it('puts parameters in once and literally', () => {
    expect(t('en', 'error.store.full', { path: '{path} $& $1' })).toContain('{path} $& $1 could not be written');
    expect(t('ja', 'error.store.full', { path: '/x' })).toContain('/x');
  });

  it('has a message for every way in which HubSpot, the store, the settings and the token can fail', () => {
    const api = ['auth', 'scope', 'not_found', 'invalid', 'rate', 'daily', 'server', 'network', 'timeout', 'body', 'aborted', 'offline'];
    const keys = [
      ...api.map((kind) => `error.api.${kind}`),
      ...['newer', 'corrupt', 'full', 'readonly', 'busy', 'sqlite'].map((kind) => `error.store.${kind}`),
      ...['unreadable', 'not_json', 'invalid', 'newer', 'unwritable'].map((kind) => `error.settings.${kind}`),
      ...['exposed', 'unreadable', 'unwritable', 'bad_token', 'not_removed'].map((kind) => `error.secret.${kind}`),
    ];
    expect(Object.keys(tables.error ?? {}).sort()).toEqual(keys.sort());
  });
});
