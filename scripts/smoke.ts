/** Packs the package, installs it as a user would, and runs the main job on the demo portal: what is published must work by itself. */
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const root = new URL('..', import.meta.url).pathname;
const work = mkdtempSync(join(tmpdir(), 'kizashi-smoke-'));
const say = (text: string) => process.stdout.write(`smoke: ${text}\n`);

interface Listing {
  readonly total: number;
  readonly accounts: readonly { readonly name: string; readonly risk: number; readonly expectedLoss: number | null }[];
}

function run(args: readonly string[], expected = 0): string {
  const result = spawnSync(join(work, 'prefix/bin/kizashi'), args, {
    encoding: 'utf8',
    env: { PATH: process.env.PATH, HOME: work, KIZASHI_HOME: join(work, 'home'), LANG: 'en_US.UTF-8' },
    maxBuffer: 64 * 1024 * 1024,
  });
  if (result.status !== expected)
    throw new Error(`kizashi ${args.join(' ')} ended with ${result.status}\n${result.stdout}\n${result.stderr}`);
  return result.stdout;
}

try {
  const packed = execFileSync('npm', ['pack', '--json', '--ignore-scripts', '--pack-destination', work], { cwd: root, encoding: 'utf8' });
  const [{ filename, size, entryCount }] = Object.values(JSON.parse(packed)) as [{ filename: string; size: number; entryCount: number }];
  say(`${filename}: ${entryCount} files, ${(size / 1e6).toFixed(1)} MB`);
  execFileSync('npm', ['install', '--global', '--omit=optional', '--prefix', join(work, 'prefix'), join(work, filename)], {
    stdio: 'ignore',
  });
  say(run(['--version']).trim());
  const listing = JSON.parse(run(['--demo', 'list', '--json'])) as Listing;
  const [first] = listing.accounts;
  if (!first || listing.total !== listing.accounts.length || listing.total < 20) throw new Error('the demo book is not what it should be');
  say(`${listing.total} accounts; first is ${first.name}, risk ${first.risk}, expected loss ${first.expectedLoss}`);
  const text = run(['--demo']);
  if (!text.includes(first.name)) throw new Error('without a terminal the command should print the list');
  run(['--demo', 'note', first.name, 'smoke']);
  run(['list', '--no-such-flag'], 2);
  run(['list'], 4);
  say('passed');
} finally {
  rmSync(work, { recursive: true, force: true });
}
