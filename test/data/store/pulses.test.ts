import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { type Local, openLocal } from '../../../src/data/store/local.ts';
import { keepPulse, pulses } from '../../../src/data/store/local-queries.ts';
import type { Day, Instant } from '../../../src/units/day.ts';

let folder: string;
let local: Local;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'kizashi-pulses-'));
  local = await openLocal(join(folder, 'local.db'), Date.parse('2026-11-21T00:00:00Z') as Instant);
});
afterEach(async () => {
  await local.db.close();
  rmSync(folder, { recursive: true });
});

const pulse = (accountId: string, day: string, points: number) => ({ accountId, day: day as Day, points, because: `because of ${points}` });

it('keeps one view an account and day, by portal, oldest first', async () => {
  await keepPulse(local.db, '1', pulse('7', '2026-11-21', 3));
  await keepPulse(local.db, '1', pulse('7', '2026-10-01', -8));
  await keepPulse(local.db, '1', pulse('7', '2026-11-21', 12));
  await keepPulse(local.db, '1', pulse('6', '2026-11-21', 1));
  await keepPulse(local.db, '2', pulse('7', '2026-11-21', 5));
  expect(await pulses(local.db, '1')).toEqual([pulse('7', '2026-10-01', -8), pulse('6', '2026-11-21', 1), pulse('7', '2026-11-21', 12)]);
});
