/** A morning in the finished program: the brief, one kind of change, three accounts handled, done; every key counted. */
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { openLocal } from '../../src/data/store/local.ts';
import { keepLook } from '../../src/data/store/local-queries.ts';
import type { Instant } from '../../src/units/day.ts';
import { desk, environment, ME_ID, now, prepareHome } from '../cli/harness.ts';
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
