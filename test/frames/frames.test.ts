/** Every screen and pane of the demo portal at a fixed minute, in each size and language: width-exact, and as they were kept. */
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { createModel } from '../../src/app/model.ts';
import { createSetupModel } from '../../src/app/setup/model.ts';
import { seedPortal } from '../../src/data/demo/portal/seed.ts';
import { type DemoServer, startDemoServer } from '../../src/data/demo/server.ts';
import type { Lang } from '../../src/text/messages/index.ts';
import type { Instant } from '../../src/units/day.ts';
import { openSetup } from '../../src/workspace/setup.ts';
import { makeWide } from '../cli/harness.ts';
import { type Driver, show } from '../screen/harness.ts';
import { capture } from './capture.ts';
import { copyHome, DAY, FILLED, fillHome, NOW, openQuiet, profileAt } from './stage.ts';
import { SETUP, SIZES, type Size, type Stop, WALK } from './walk.ts';

vi.mock('../../src/workspace/background-thread.ts', async () => ({
  startBackgroundThread: (await import('./background.ts')).startHere,
}));

const WRITE = process.env.KIZASHI_FRAMES === 'write';
const homes = { demo: '', hostile: '' };
let portal: DemoServer;
/** Told in headers as HubSpot does, so that pacing waits for no clock. */
const WIDE = { perTenSeconds: 10_000, searchPerSecond: 1_000, perDay: 1_000_000 };

beforeAll(async () => {
  vi.useFakeTimers({ toFake: ['Date'] });
  vi.setSystemTime(FILLED);
  for (const how of ['demo', 'hostile'] as const) homes[how] = await fillHome(how);
  vi.setSystemTime(NOW);
  portal = await startDemoServer({ portal: seedPortal({ asOf: DAY }), now: () => Date.now() as Instant, limits: WIDE });
});
afterAll(async () => {
  vi.useRealTimers();
  await portal.close();
  for (const home of Object.values(homes)) rmSync(home, { recursive: true, force: true });
});

type Frames = ReadonlyMap<string, string>;

async function walk(driver: Pick<Driver, 'keys' | 'cell'>, stops: readonly Stop[], size: Size): Promise<Frames> {
  const frames = new Map<string, string>();
  const faults: string[] = [];
  for (const { name, keys } of stops) {
    await driver.keys(...keys);
    const captured = capture(driver, size);
    frames.set(name, captured.text);
    faults.push(...captured.faults.map((fault) => `${name}, ${fault}\n${captured.text}`));
  }
  expect(faults).toEqual([]);
  return frames;
}

async function walkBook(how: keyof typeof homes, lang: Lang, size: Size): Promise<Frames> {
  const home = copyHome(homes[how]);
  const workspace = await openQuiet(home, lang);
  const { driver } = await show((given) => createModel({ ...given, workspace, lang }), size);
  try {
    return await walk(driver, WALK, size);
  } finally {
    await driver.close();
    await workspace.close();
    rmSync(home, { recursive: true, force: true });
  }
}

async function walkSetup(lang: Lang, size: Size): Promise<Frames> {
  // Pacing waits for the clock; nothing here tells the time.
  vi.useRealTimers();
  const home = mkdtempSync(join(tmpdir(), 'kizashi-frames-'));
  makeWide(home, portal.portal);
  const ending = new AbortController();
  const setup = await openSetup(profileAt(home, portal.url), { lang, signal: ending.signal });
  const { driver } = await show((given) => createSetupModel({ ...given, setup, lang, goTo: null }), size);
  try {
    return await walk(driver, SETUP, size);
  } finally {
    await driver.close();
    ending.abort();
    await setup.close();
    vi.useFakeTimers({ toFake: ['Date'], now: NOW });
    rmSync(home, { recursive: true, force: true });
  }
}

/** Compares with what is kept; `npm run frames` keeps them anew, to be looked at before they are committed. */
function hold(folder: string, frames: Frames): void {
  const path = join(import.meta.dirname, 'kept', folder);
  if (WRITE) {
    mkdirSync(path, { recursive: true });
    for (const [name, text] of frames) writeFileSync(join(path, `${name}.txt`), text);
    return;
  }
  const kept = readdirSync(path).map((file) => [file.replace('.txt', ''), readFileSync(join(path, file), 'utf8')] as const);
  expect(Object.fromEntries(frames)).toEqual(Object.fromEntries(kept));
}

const inWords = ({ columns, rows }: Size): string => `${columns}x${rows}`;

/** Pages that show frames at 120×40, each under a comment with its name. */
const PAGES = { en: join(import.meta.dirname, '../../docs/screens.md'), ja: join(import.meta.dirname, '../../docs/ja/screens.md') };

const withFrames = (page: string, frames: Frames): string =>
  page.replace(/(<!-- frame ([a-z-]+) -->\n```text\n)[\s\S]*?(```\n)/g, (_, before: string, name: string, after: string) => {
    const text = frames.get(name);
    if (text === undefined) throw new Error(`no frame ${name}`);
    return `${before}${text.trimEnd()}\n${after}`;
  });

describe.each(['en', 'ja'] as const)('%s', (lang) => {
  it.each(SIZES.map((size) => [inWords(size), size] as const))('%s', async (words, size) => {
    const frames = new Map([...(await walkBook('demo', lang, size)), ...(await walkSetup(lang, size))]);
    hold(`${lang}-${words}`, frames);
    if (size === SIZES[1]) {
      const page = readFileSync(PAGES[lang], 'utf8');
      if (WRITE) writeFileSync(PAGES[lang], withFrames(page, frames));
      else expect(page).toBe(withFrames(page, frames));
    }
  });
});

it.each([
  ['ja', SIZES[0]],
  ['en', SIZES[1]],
] as const)('holds with hostile names, %s', async (lang, size) => {
  const frames = await walkBook('hostile', lang, size);
  hold(`hostile-${lang}-${inWords(size)}`, frames);
});
