/** Outbox rows as screens and commands show them. */
import type { Because, OutboxRow, Refused } from '../data/outbox/types.ts';
import { cleanLine } from '../text/clean.ts';
import { type Lang, t } from '../text/messages/index.ts';
import type { ActRefused, OutboxEntry } from './types.ts';

/** The row, or null for one that was given up: nobody waits for it any more. */
export function entryOf(row: OutboxRow, accountName: string, lang: Lang): OutboxEntry | null {
  if (row.state === 'dropped') return null;
  return {
    id: row.id,
    kind: row.kind,
    accountId: row.companyId,
    accountName,
    state: row.state,
    text: row.text,
    hubspotId: row.hubspotId,
    attempts: row.attempts,
    queuedAt: row.queuedAt,
    nextLookAt: row.nextLookAt,
    because: row.because && becauseText(row.because, row.id, lang),
    required: row.because?.code === 'required' ? String(row.because.params.property ?? '').split(' ')[0] || null : null,
    groupId: row.groupId,
    play: row.play,
    step: row.step,
    dependsOn: row.dependsOn,
  };
}

function becauseText(because: Because, id: string, lang: Lang): string {
  const { message, n, scopes } = because.params;
  // The scope's name says what to add; HubSpot's own sentence does not.
  const said = because.code === 'scope' ? (scopes ?? message) : message;
  const words = Object.entries(because.params).map(([name, value]) => [name, cleanLine(String(value))]);
  return t(lang, `outbox.because.${because.code}`, {
    ...Object.fromEntries(words),
    id,
    message: cleanLine(String(said ?? '')),
    n: Number(n ?? 0),
  });
}

/** `message` is a sentence for people; of a store that could not be written, the store's own words. */
export function refusedOf(refused: Refused, lang: Lang): ActRefused {
  return { kind: refused.kind, message: refusedWords(refused, lang) };
}

function refusedWords(refused: Refused, lang: Lang): string {
  switch (refused.kind) {
    case 'store':
      return refused.message;
    case 'too_long':
      return t(lang, 'cli.error.too_long', { limit: refused.limit.toLocaleString('en') });
    case 'empty':
      return t(lang, 'cli.error.no_text');
    case 'no_target':
      return t(lang, 'outbox.refused.no_target');
    case 'disk_full':
      return t(lang, 'cli.error.disk_full');
  }
}
