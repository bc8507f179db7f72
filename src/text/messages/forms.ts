/**
 * Looks up the words of a message. A built program has a file for each language in place of this table (`scripts/build.ts`):
 * a start reads one of them, and nothing of the other.
 */
import { type MessageKey, messages } from './all.ts';
import type { Message } from './message.ts';

export function formOf(lang: keyof Message, key: MessageKey): Message[keyof Message] {
  const message: Message = messages[key];
  return message[lang];
}

export const isMessageKey = (word: string): word is MessageKey => Object.hasOwn(messages, word);
