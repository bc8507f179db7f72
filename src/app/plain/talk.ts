/** Says what changed, line by line, and echoes what is typed. Nothing that was written is ever written over. */
import { say } from '../../components/say.ts';
import { characters, width, wrap } from '../../text/cells.ts';
import type { Clean } from '../../text/clean.ts';
import type { Lang } from '../../text/messages/index.ts';
import { type Field, news, type Telling } from './telling.ts';

/** After so long without a key, what typing has narrowed is told. */
const PAUSE_MS = 400;

export interface Talk {
  /** Something may have changed. */
  changed(): void;
  /** Runs what a key does; whoever pressed one hears at least where one is. */
  hear(run: () => void): void;
  /** Everything once more, after the terminal was somebody else's. */
  again(): void;
  close(): void;
}

/** `columns`: where a line is broken, between words. */
export function createTalk(tell: () => Telling, write: (text: string) => void, lang: Lang, columns: () => number): Talk {
  let told: Telling | null = null;
  let isOpen = false;
  let wrote = false;
  let pause: NodeJS.Timeout | null = null;
  const explained = new Set<string>();

  function put(text: string): void {
    wrote = true;
    write(text);
  }

  function lines(all: readonly Clean[]): void {
    if (all.length === 0) return;
    const broken = all.flatMap((one) => wrap(one, columns()));
    put(`${isOpen ? '\n' : ''}${broken.join('\n')}\n`);
    isOpen = false;
  }

  function prompt({ label, buffer }: Field): void {
    put(`${isOpen ? '\n' : ''}${label}: ${lineOf(buffer.text, buffer.cursor)}`);
    isOpen = true;
    const next = buffer.text.slice(buffer.cursor).split('\n')[0] ?? '';
    if (next !== '') {
      put(` ${say(lang, 'plain.cursor', { text: characters(next as Clean)[0] ?? '' })}\n`);
      isOpen = false;
    }
  }

  function tellNews(next: Telling): void {
    const keys = next.keys !== null && (next.mustAnswer || !explained.has(next.keys)) && told?.place !== next.place ? [next.keys] : [];
    for (const one of keys) explained.add(one);
    const all = [...news(told, next), ...keys];
    const left = told?.field != null && next.field?.key !== told.field.key;
    if (all.length === 0 && left && isOpen) {
      put('\n');
      isOpen = false;
    }
    lines(all);
    const entered = next.field !== null && next.field.key !== told?.field?.key;
    if (next.field && (entered || (all.length > 0 && !isOpen))) prompt(next.field);
    told = next;
  }

  function afterPause(): void {
    if (pause) clearTimeout(pause);
    pause = setTimeout(() => tellNews(tell()), PAUSE_MS).unref();
  }

  function changed(): void {
    const next = tell();
    const [was, now] = [told?.field ?? null, next.field];
    if (told && was && now && was.key === now.key && was.buffer !== now.buffer) {
      echo(was, now);
      // What was there before the typing stays known, so that what it has narrowed is news.
      told = { ...told, field: now };
      afterPause();
    } else if (told?.isTyping && next.isTyping && told.place === next.place) afterPause();
    else tellNews(next);
  }

  /** What was added at the end as it was typed, what was taken from the end with the terminal's own rubbing out; else the line anew. */
  function echo(was: Field, now: Field): void {
    const [before, after] = [was.buffer, now.buffer];
    const atEnd = before.cursor === before.text.length && after.cursor === after.text.length;
    const gone = before.text.slice(after.text.length);
    if (atEnd && isOpen && after.text.startsWith(before.text)) put(after.text.slice(before.text.length));
    else if (atEnd && isOpen && before.text.startsWith(after.text) && !gone.includes('\n')) put('\b \b'.repeat(width(gone as Clean)));
    else prompt(now);
  }

  return {
    changed,
    hear(run) {
      wrote = false;
      run();
      if (wrote || !told || told.isTyping) return;
      if (told.field) prompt(told.field);
      else lines(told.focus.length > 0 ? told.focus : told.lines.slice(0, 1));
    },
    again() {
      told = null;
      changed();
    },
    close() {
      if (pause) clearTimeout(pause);
      if (isOpen) write('\n');
    },
  };
}

/** The line of the text that the cursor is in. */
const lineOf = (text: string, cursor: number): string => {
  const end = text.indexOf('\n', cursor);
  return text.slice(text.lastIndexOf('\n', cursor - 1) + 1, end < 0 ? undefined : end);
};
