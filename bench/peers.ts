/**
 * The app beside programs that people know, in one terminal of 160×50: the start until something useful stands there, and
 * what each takes of a processor while nobody touches it. What is not installed is left out, and said.
 */
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Case, type Figure, figure, inTurns, spread } from './measure.ts';
import { bareNode, PROGRAM, runNode } from './process.ts';
import { type Store, storeOf } from './store.ts';
import { openTerminal } from './terminal.ts';

const SIZE = { columns: 160, rows: 50 };
/** What a program does after its first frame is over by then. */
const SETTLED_MS = 5_000;
const IDLE_MS = 10_000;
const IDLE_ROUNDS = 2;

interface Program {
  readonly name: string;
  /** What of, or what kind of program it is. */
  readonly what: string;
  readonly command: string;
  readonly args: readonly string[];
  /** Stands in its first useful frame. */
  readonly shows: string;
  readonly env: NodeJS.ProcessEnv;
  /** How it says its version; null where it says none. */
  readonly version: readonly string[] | null;
}

function pathOf(command: string): string | null {
  try {
    return execFileSync('sh', ['-c', `command -v ${command}`], { encoding: 'utf8' }).trim() || null;
  } catch {
    return null;
  }
}

/** The book as a file that another program can open. */
async function csvOf(store: Store): Promise<string> {
  const file = join(store.env.HOME ?? '', 'book.csv');
  await runNode([PROGRAM, '--offline', 'export', '--format', 'csv', '--force', '--output', file], store.env);
  return file;
}

function installed(programs: readonly Program[]): Program[] {
  return programs.filter(({ name, command }) => {
    const found = pathOf(command) !== null;
    if (!found) process.stderr.write(`bench peers: ${name} is not installed and left out\n`);
    return found;
  });
}

function named({ name, what, command, version }: Program): string {
  if (version === null) return `${name}, ${what}`;
  const said = execFileSync(command, [...version], { encoding: 'utf8' });
  return `${name} ${/\d+(\.\d+)+/.exec(said)?.[0] ?? ''}, ${what}`;
}

const open = ({ command, args, env }: Program) => openTerminal(args, env, { ...SIZE, command });

const startOf =
  (program: Program): Case =>
  async () => {
    const terminal = open(program);
    try {
      return await terminal.seen(program.shows);
    } finally {
      await terminal.close();
    }
  };

/** Hundredths of a second that the process has had, threads included; Linux only. */
function ticksOf(pid: number): number {
  const [user = '', system = ''] = readFileSync(`/proc/${pid}/stat`, 'utf8')
    .replace(/^.*\) /s, '')
    .split(' ')
    .slice(11, 13);
  return Number(user) + Number(system);
}

/** Per cent of one processor. */
const idleOf =
  (program: Program): Case =>
  async () => {
    const terminal = open(program);
    try {
      await terminal.seen(program.shows);
      await sleep(SETTLED_MS);
      const [from, begun] = [ticksOf(terminal.pid), performance.now()];
      await sleep(IDLE_MS);
      return ((ticksOf(terminal.pid) - from) * 1_000) / (performance.now() - begun);
    } finally {
      await terminal.close();
    }
  };

export async function peerFigures(accounts: number, rounds: number): Promise<Figure[]> {
  const store = await storeOf(accounts);
  const csv = await csvOf(store);
  // A column that is narrow cuts a name.
  const firstWord = store.firstName.split(' ')[0] ?? store.firstName;
  const env = { ...process.env, HOME: store.env.HOME, LANG: 'en_US.UTF-8' };
  const app: Program = {
    name: 'the app',
    what: `${store.accounts} accounts`,
    command: process.execPath,
    args: [PROGRAM, '--offline'],
    shows: store.firstName,
    env: store.env,
    version: null,
  };
  const others = installed([
    { name: 'visidata', what: 'the same list as CSV', command: 'vd', args: [csv], shows: firstWord, env, version: ['--version'] },
    { name: 'htop', what: 'written in C', command: 'htop', args: [], shows: 'Load average', env, version: ['--version'] },
    { name: 'emoj', what: 'an Ink program', command: 'emoj', args: [], shows: 'Relevant emoji', env, version: ['--version'] },
  ]);
  const all = [app, ...others];
  const cases: Readonly<Record<string, Case>> = { bare: bareNode, ...Object.fromEntries(all.map((one) => [one.name, startOf(one)])) };
  const starts = await inTurns(cases, rounds);
  const bare = starts.bare ?? [];
  const figures = all.map((one) => figure(`start of ${named(one)}, 160×50`, starts[one.name] ?? [], 'node -e 0', bare));
  if (process.platform !== 'linux') {
    process.stderr.write('bench peers: what an idle program takes is read on Linux only\n');
    return figures;
  }
  const idle = await inTurns(Object.fromEntries(all.map((one) => [one.name, idleOf(one)])), IDLE_ROUNDS);
  const own = spread(idle[app.name] ?? [], '%', 1);
  return [
    ...figures,
    ...all.map((one) => ({
      what: `processor while idle, ${one.name}`,
      value: spread(idle[one.name] ?? [], '%', 1),
      baseline: one === app ? `${IDLE_MS / 1_000} s without a key` : `the app: ${own}`,
      ratio: '–',
    })),
  ];
}
