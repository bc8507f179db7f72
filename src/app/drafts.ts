/** Keeps what is being typed, a little behind the fingers, in order, and at once when asked. */
export interface Drafts {
  /** The newest text for a key; null forgets it. Written after a pause. */
  keep(key: string, text: string | null): void;
  /** Resolves when everything told so far is kept, or could not be. */
  flush(): Promise<void>;
}

/** A pause in typing; what a crash may cost. */
const PAUSE_MS = 250;

export function createDrafts(store: (key: string, text: string | null) => Promise<void>, onError: (error: unknown) => void): Drafts {
  const waiting = new Map<string, string | null>();
  const kept = new Map<string, string | null>();
  let timer: NodeJS.Timeout | null = null;
  let writing: Promise<void> = Promise.resolve();

  async function write(): Promise<void> {
    for (const [key, text] of [...waiting]) {
      waiting.delete(key);
      try {
        await store(key, text);
        kept.set(key, text);
      } catch (error) {
        onError(error);
      }
    }
  }

  const flush = (): Promise<void> => {
    if (timer) clearTimeout(timer);
    timer = null;
    writing = writing.then(write);
    return writing;
  };

  return {
    keep(key, text) {
      if (!waiting.has(key) && kept.get(key) === text) return;
      waiting.set(key, text);
      timer ??= setTimeout(() => void flush(), PAUSE_MS).unref();
    },
    flush,
  };
}
