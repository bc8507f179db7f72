/** The Rules screen of the finished program: a weight tried, written into the file, and the book scored anew with it. */
import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { afterEach, expect, it } from 'vitest';
import { openTerminal, type RealTerminal } from './terminal.ts';

let terminal: RealTerminal | null = null;
afterEach(() => {
  const home = terminal?.home;
  terminal?.close();
  terminal = null;
  if (home) rmSync(home, { recursive: true, force: true });
});

const COMMENTED = '# Agreed in May.\nversion: 1\nsignals:\n  usage.last_login:\n    points: 14 # as shipped\n';

it('weighs the demo book, keeps the comments of the file, and scores with what was written', async () => {
  terminal = openTerminal({ columns: 120, rows: 30 });
  const { home } = terminal;
  await terminal.see('北斗精機');
  const file = join(home, 'kizashi/demo/policy.yaml');
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, COMMENTED);
  terminal.type('R');
  await terminal.see('▸ Days since last login');
  terminal.type('++++++');
  await terminal.see('+14 → +20');
  terminal.type('w');
  await terminal.see('Written to');
  expect(readFileSync(file, 'utf8')).toBe(COMMENTED.replace('14', '20'));
  // Read anew by the thread that scores.
  await terminal.until((screen) => screen.some((line) => /▸ Days since last login +\+20 /.test(line)), 'the rules as they are now');
  terminal.type('\u001b');
  await terminal.see('株式会社あおば');
  terminal.type('q');
  await terminal.ended;
  const printed = execFileSync(
    process.execPath,
    [join(import.meta.dirname, '../../bin/kizashi.js'), '--demo', '--offline', 'rules', 'list', '--json'],
    {
      encoding: 'utf8',
      env: { PATH: process.env.PATH ?? '', HOME: home, KIZASHI_HOME: join(home, 'kizashi'), LANG: 'en_US.UTF-8' },
    },
  );
  expect(JSON.parse(printed).rules[0]).toMatchObject({ id: 'usage.last_login', points: 20 });
});
