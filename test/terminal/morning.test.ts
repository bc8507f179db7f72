/** A morning in the finished program: the brief, one kind of change, three accounts handled, done; every key counted. */
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, expect, it, vi } from 'vitest';
import { openLocal } from '../../src/data/store/local.ts';
import { keepLook } from '../../src/data/store/local-queries.ts';
import type { Instant } from '../../src/units/day.ts';
import { desk, environment, ME_ID, now, prepareHome, run } from '../cli/harness.ts';
import { environmentAt } from '../frames/program.ts';
import { FILLED, fillHome } from '../frames/stage.ts';
import { bytesOf, costOf, MORNING, morningTable, total } from './morning-steps.ts';
import { openTerminal, type RealTerminal } from './terminal.ts';

const DAY_MS = 86_400_000;

let from = '';
beforeAll(async () => {
  from = await prepareHome();
});
afterAll(() => rmSync(from, { recursive: true, force: true }));

let terminal: RealTerminal | null = null;
afterEach(() => {
  terminal?.close();
  terminal = null;
});

it('goes from the brief to three accounts done in a few keys, and is there again the next time', async () => {
  const here = await desk({ from });
  // The last look was a week ago.
  const { portalId } = await here.json(['list']);
  const { db } = await openLocal(join(here.home, 'kizashi/profiles/default/local.db'));
  await keepLook(db, portalId, ME_ID, 'book', (now() - 7 * DAY_MS) as Instant);
  await db.close();
  const open = () => openTerminal({ home: here.home, args: [], columns: 140, rows: 40, env: environment(here.options) });
  terminal = open();
  let pressed = 0;
  const press = (keys: string) => {
    pressed += [...keys].length;
    terminal?.type(keys);
  };
  const [, first = ''] = await terminal.until((lines) => / worse| at risk/.test(lines[1] ?? ''), 'what changed in a week');
  expect(first).toMatch(/^ Since .+\d\d:\d\d:/);
  press('b');
  const [, band = ''] = await terminal.until((lines) => (lines[1] ?? '').includes('▌'), 'the first kind of change');
  expect(band).toMatch(/▌\d+ |▌MRR/);
  press('\u001b');
  await terminal.until((lines) => !(lines[1] ?? '').includes('▌'), 'the whole list');
  press('d');
  await terminal.see('handled 1');
  press('d');
  await terminal.see('handled 2');
  press('zj\r');
  await terminal.see('Snoozed until');
  press('u');
  await terminal.see('Taken back');
  press('d');
  await terminal.see('handled 3');
  press('B');
  await terminal.see('All seen');
  press('G\r');
  await terminal.see('Brief seen');
  // The brief, three accounts handled, one thought better of, and the day closed.
  expect(pressed).toBeLessThanOrEqual(13);
  terminal.type('Ftier:high\r');
  await terminal.see('· tier:high ·');
  terminal.type('V');
  await terminal.see('What shall the tab be called?');
  terminal.type('Large\r');
  await terminal.see('Saved as a tab');
  terminal.type('q');
  expect(await terminal.ended).toBe(0);
  terminal.close();

  terminal = open();
  await terminal.see('handled 3');
  await terminal.see('│ Large ');
  await terminal.see('── done today: 3 accounts');
  await terminal.see('Brief seen');
  terminal.type('q');
  expect(await terminal.ended).toBe(0);
});

const PAGE = join(import.meta.dirname, '../../docs/morning.md');
const MINUTES = 10;

it('handles the twelve accounts of a day on the demo portal within ten minutes of a person, and everything reaches HubSpot', async () => {
  vi.useFakeTimers({ toFake: ['Date'] });
  vi.setSystemTime(FILLED);
  const home = await fillHome('fresh');
  vi.useRealTimers();
  try {
    const env = environmentAt(home, 'en', true);
    await run(['--demo', '--offline', 'config', 'set', 'undoSeconds', '2'], { home, env, token: null });
    terminal = openTerminal({ home, args: ['--demo'], env, columns: 140, rows: 40 });
    await terminal.see('9 worse');
    for (const step of MORNING) {
      for (const bytes of bytesOf(step)) terminal.type(bytes);
      await terminal.see(step.see);
    }
    expect(MORNING.filter(({ account }) => account !== undefined)).toHaveLength(12);
    expect(total((step) => costOf(step).seconds)).toBeLessThanOrEqual(MINUTES * 60);
    await terminal.until(([header = '']) => header.includes('08:') && !/waiting|scoring|sync/.test(header), 'everything sent');
    terminal.type('q');
    expect(await terminal.ended).toBe(0);
    const { stdout } = await run(['--demo', '--offline', 'outbox', 'list', '--json'], { home, env, token: null });
    const states: string[] = JSON.parse(stdout).rows.map(({ state }: { readonly state: string }) => state);
    expect([states.length, new Set(states)]).toEqual([22, new Set(['sent'])]);
  } finally {
    terminal?.close();
    rmSync(home, { recursive: true, force: true });
  }
});

it('is counted on its page', () => {
  const page = readFileSync(PAGE, 'utf8');
  const sums = `${total((step) => costOf(step).keys)} keystrokes, ${Math.round(total((step) => costOf(step).seconds))} seconds`;
  const renewed = page.replace(/\| at \| account [\s\S]*?\n(?!\|)/, `${morningTable()}\n`).replace(/\d+ keystrokes, \d+ seconds/, sums);
  if (process.env.KIZASHI_FRAMES === 'write') writeFileSync(PAGE, renewed);
  else expect(page).toBe(renewed);
});
