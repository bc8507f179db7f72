/**
 * Every command by the built program beside its function in this process: most tests of commands take the function alone
 * (`inside.ts`), which holds for the program as long as both say the same.
 */
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { COMMANDS } from '../../src/cli/commands.ts';
import type { DemoServer } from '../../src/data/demo/server.ts';
import { DEFAULT_POLICY } from '../../src/scoring/policy-default.ts';
import { addDays } from '../../src/units/day.ts';
import { deskOf, prepareHome, type Ran, serve, today } from './harness.ts';
import { deskOf as insideOf } from './inside.ts';

const homes = { built: '', inside: '' };
let server: DemoServer;

beforeAll(async () => {
  server = await serve();
  for (const how of ['built', 'inside'] as const) homes[how] = await prepareHome();
});
afterAll(async () => {
  await server.close();
  for (const home of Object.values(homes)) rmSync(home, { recursive: true, force: true });
});

const ON = 'あおば';
const KEPT = ['--offline', '--json'];
const SOON = addDays(today(), 7);

const CASES: readonly (readonly [...string[]])[] = [
  ['init', '--map', 'customers=all', '--json'],
  ['auth', 'status'],
  ['sync'],
  ['brief', '--since', addDays(today(), -30)],
  ['list'],
  ['export', '--format', 'html'],
  ['show', ON],
  ['note', ON, 'as built', ...KEPT],
  ['task', ON, 'as built', '--due', SOON, ...KEPT],
  ['call', ON, 'as built', ...KEPT],
  ['meeting', ON, 'as built', '--start', `${SOON} 10:00`, ...KEPT],
  ['email', ON, 'as built', '--subject', 'as built', ...KEPT],
  ['tasks'],
  ['assign', ON, '--to', 'sasaki@demo.example', ...KEPT],
  ['postmortem', ON, '--reason', 'price', '--avoidable', 'no', ...KEPT],
  ['pulse', ON, '--points', '3', '--because', 'as built', '--json'],
  ['play', ON, '--list'],
  ['snooze', ON, '--until', SOON, '--because', 'as built', '--json'],
  ['unsnooze', ON, '--json'],
  ['dismiss', ON, DEFAULT_POLICY.signals[0]?.id ?? '', '--because', 'known', '--json'],
  ['outbox', 'list', '--json'],
  ['scores', 'push', '--dry-run', '--json'],
  ['import', 'mrr', 'lines.csv', '--dry-run'],
  ['backtest', '--format', 'md'],
  ['calibrate', '--json'],
  ['experiment', 'list', '--json'],
  ['ledger'],
  ['mrr', '--json'],
  ['churn', '--format', 'csv'],
  ['cohorts'],
  ['products'],
  ['team'],
  ['qbr', ON, '--format', 'html'],
  ['rules', 'lint'],
  ['completion', 'bash'],
  ['doctor'],
  ['config', 'get', 'undoSeconds'],
];

/** Without what differs between two homes and two moments. */
function masked({ code, stdout, stderr }: Ran, home: string): Ran {
  const mask = (text: string): string =>
    text
      .replaceAll(home, 'HOME')
      .replace(/\b[0-9a-z]{26}\b|#[0-9A-Z]{8}\b/g, 'ID')
      .replace(/requests today: \d+/, 'requests today: SOME')
      .replace(/\d{4}-\d{2}-\d{2}T[\d:.]+Z/g, 'MOMENT')
      .replace(/\d\d:\d\d/g, 'TIME')
      .replace(/\d+(?:\.\d+)? ?m?s\b/g, 'LENGTH');
  return { code, stdout: mask(stdout), stderr: mask(stderr) };
}

it('has every command', () => {
  // One that goes on until it is stopped is looked at in `demo.test.ts`.
  const all = COMMANDS.map(({ name }) => name).filter((name) => name !== 'serve');
  expect([...new Set(CASES.map(([name]) => name))].sort()).toEqual(all.sort());
});

it.each(CASES.map((args) => [args.join(' '), args] as const))('%s', async (_, args) => {
  for (const home of Object.values(homes)) writeFileSync(join(home, 'lines.csv'), 'company,month,mrr\n');
  const here = (home: string) => args.map((word) => (word === 'lines.csv' ? join(home, word) : word));
  const [built, inside] = await Promise.all([
    deskOf(server, homes.built).run(here(homes.built)),
    insideOf(server, homes.inside).run(here(homes.inside)),
  ]);
  expect(inside.code, inside.stderr).toBe(0);
  expect(masked(built, homes.built)).toEqual(masked(inside, homes.inside));
});
