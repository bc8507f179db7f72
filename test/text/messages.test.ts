import { describe, expect, it } from 'vitest';
import { width } from '../../src/text/cells.ts';
import { cleanBlock } from '../../src/text/clean.ts';
import { appMessages } from '../../src/text/messages/app.ts';
import { bookMessages } from '../../src/text/messages/book.ts';
import { cliMessages } from '../../src/text/messages/cli.ts';
import { dataMessages } from '../../src/text/messages/data.ts';
import { errorMessages } from '../../src/text/messages/errors.ts';
import { type MessageKey, messages, t } from '../../src/text/messages/index.ts';
import type { Message } from '../../src/text/messages/message.ts';
import { outboxMessages } from '../../src/text/messages/outbox.ts';
import { proofMessages } from '../../src/text/messages/proof.ts';
import { quietMessages } from '../../src/text/messages/quiet.ts';
import { rulesMessages } from '../../src/text/messages/rules.ts';
import { scoringMessages } from '../../src/text/messages/scoring.ts';
import { setupMessages } from '../../src/text/messages/setup.ts';

const tables = {
  app: appMessages,
  book: bookMessages,
  cli: cliMessages,
  data: dataMessages,
  error: errorMessages,
  outbox: outboxMessages,
  quiet: quietMessages,
  proof: proofMessages,
  rules: rulesMessages,
  setup: setupMessages,
  scoring: scoringMessages,
};
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
      ...['newer', 'corrupt', 'full', 'readonly', 'sqlite'].map((kind) => `error.store.${kind}`),
      ...['unreadable', 'not_json', 'invalid', 'newer', 'unwritable'].map((kind) => `error.settings.${kind}`),
      ...['exposed', 'unreadable', 'unwritable', 'bad_token', 'not_removed'].map((kind) => `error.secret.${kind}`),
    ];
    expect(Object.keys(errorMessages).sort()).toEqual(keys.sort());
  });
});
