/** Every screen and pane of the demo portal without styles: ASCII where that is asked for, and nothing told by colour alone. */
import { rmSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { keyNames } from '../../src/app/keys.ts';
import { createModel } from '../../src/app/model.ts';
import { tellingOf } from '../../src/app/plain/tell.ts';
import type { Telling } from '../../src/app/plain/telling.ts';
import type { Line } from '../../src/components/line.ts';
import { inAscii } from '../../src/text/glyphs.ts';
import type { Lang } from '../../src/text/messages/index.ts';
import { KEY } from '../screen/harness.ts';
import { untold } from './colour.ts';
import { copyHome, FILLED, fillHome, NOW, openQuiet } from './stage.ts';
import { SIZES, WALK } from './walk.ts';

vi.mock('../../src/workspace/background-thread.ts', async () => ({
  startBackgroundThread: (await import('./background.ts')).startHere,
}));

let filled = '';
beforeAll(async () => {
  vi.useFakeTimers({ toFake: ['Date'] });
  vi.setSystemTime(FILLED);
  filled = await fillHome('demo');
  vi.setSystemTime(NOW);
});
afterAll(() => {
  vi.useRealTimers();
  rmSync(filled, { recursive: true, force: true });
});

const NAMED = new Map<string, string>([
  [KEY.esc, 'esc'],
  [KEY.up, 'up'],
  [KEY.down, 'down'],
  [KEY.left, 'left'],
  [KEY.right, 'right'],
  [KEY.pageDown, 'pagedown'],
  [KEY.pageUp, 'pageup'],
  [KEY.home, 'home'],
  [KEY.end, 'end'],
  [KEY.enter, 'enter'],
  [KEY.shiftTab, 'shift+tab'],
]);
// biome-ignore lint/suspicious/noExplicitAny: no key of its own, as printable text comes
const pressed = (bytes: string): string[] => (NAMED.has(bytes) ? [NAMED.get(bytes) ?? ''] : keyNames(bytes, {} as any));

interface Stopped {
  readonly lines: readonly Line[];
  /** As it is told where nothing is shown. */
  readonly told: Telling;
}

/** Every stop of the walk. */
async function framesIn(lang: Lang, size: (typeof SIZES)[number]): Promise<ReadonlyMap<string, Stopped>> {
  const home = copyHome(filled);
  const workspace = await openQuiet(home, lang);
  const errors: unknown[] = [];
  const world = {
    browse: async () => true,
    copy: () => {},
    edit: async (text: string) => ({ ok: true as const, text }),
    suspend: async () => {},
    exit: () => {},
  };
  const model = createModel({ workspace, lang, size, world, onError: (error) => errors.push(error) });
  const frames = new Map<string, Stopped>();
  try {
    await model.idle();
    for (const { name, keys } of WALK) {
      for (const key of keys) {
        model.press(pressed(key));
        await model.idle();
      }
      frames.set(name, { lines: model.frame(size).lines, told: tellingOf(model.context()) });
    }
    expect(errors).toEqual([]);
    return frames;
  } finally {
    model.close();
    await workspace.close();
    rmSync(home, { recursive: true, force: true });
  }
}

/** Letters, figures and the punctuation of Japanese are words; everything else beyond ASCII is drawn. */
const DRAWN = /[^\x20-\x7e\p{L}\p{M}\p{N}\p{Sc}\u3000-\u303f\u30fb\u30fc\uff00-\uffef␛]/gu;
const textOf = (line: Line): string => line.map(({ text }) => text).join('');

describe.each([
  ['en', SIZES[1]],
  ['ja', SIZES[0]],
  ['ja', SIZES[2]],
] as const)('%s at %j', (lang, size) => {
  let frames: ReadonlyMap<string, Stopped> = new Map();
  beforeAll(async () => {
    frames = await framesIn(lang, size);
  });

  it('is drawn in ASCII alone where that is asked for, cell for cell', () => {
    const odd = [...frames].flatMap(([name, { lines }]) =>
      lines.flatMap((line) => {
        const found = line
          .map(({ text }) => inAscii(text))
          .join('')
          .match(DRAWN);
        return found ? [`${name}: ${[...new Set(found)].join(' ')} in ${textOf(line)}`] : [];
      }),
    );
    expect(odd).toEqual([]);
  });

  it('is told in words where nothing is shown', () => {
    for (const [name, { told }] of frames) {
      const words = [...told.lines, ...told.focus, ...(told.field ? [told.field.label] : [])];
      expect([name, words.length > 0]).toEqual([name, true]);
      expect([name, words.filter((line) => line.trim() === '')]).toEqual([name, []]);
      expect([name, words.filter((line) => /[▁-▟─-╿▲▼▸‼●◉■□▰▱→«»]/u.test(line))]).toEqual([name, []]);
    }
  });

  it('tells nothing by colour alone', () => {
    const found = [...frames].flatMap(([name, { lines }]) => untold(lines, lang).map((what) => `${name}: ${what}`));
    expect(found).toEqual([]);
  });
});
