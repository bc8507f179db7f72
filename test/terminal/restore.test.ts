/** The terminal after every way in which the app can end or step aside, in a shell with job control. docs/terminal.md has the table. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { type IPty, spawn } from '@lydell/node-pty';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const root = resolve(import.meta.dirname, '../..');
const ESC = '\u001b';
const DEADLINE_MS = 20_000;

const home = mkdtempSync(join(tmpdir(), 'kizashi-restore-'));
let shell: IPty;
let output = '';
const listeners = new Set<() => void>();

function until(condition: () => boolean, what: string): Promise<void> {
  return new Promise((done, fail) => {
    const check = () => {
      if (!condition()) return;
      listeners.delete(check);
      clearTimeout(timer);
      done();
    };
    const timer = setTimeout(() => {
      listeners.delete(check);
      fail(new Error(`never saw ${what}:\n${JSON.stringify(output.slice(-2000))}`));
    }, DEADLINE_MS);
    listeners.add(check);
    check();
  });
}

let marks = 0;

/** Runs a shell line and gives what it printed. */
async function sh(line: string): Promise<string> {
  const mark = `done${marks++}`;
  const from = output.length;
  shell.write(`${line}; echo "<$?:${mark}"'>'\r`);
  await until(() => new RegExp(`<\\d+:${mark}>`).test(output.slice(from)), mark);
  return output.slice(from);
}

/** A terminal shows its cursor and wraps its lines. */
const ON_AT_FIRST = new Set(['25', '7']);

/** Modes of the terminal that are not as it began: private ones by number. */
function left(since: string): string[] {
  const on = new Map<string, boolean>();
  for (const [, numbers = '', final] of since.matchAll(/\u001b\[\?([\d;]+)([hl])/g))
    for (const number of numbers.split(';')) on.set(number, final === 'h');
  const modes = [...on].filter(([number, state]) => state !== ON_AT_FIRST.has(number)).map(([number]) => number);
  const titles = since.split(`${ESC}[22;2t`).length - since.split(`${ESC}[23;2t`).length;
  return [...modes, ...(titles === 0 ? [] : [`title ${titles}`])];
}

/** Settings of the line discipline that a raw terminal lacks. */
const lineModes = async (): Promise<string[]> =>
  ['icanon', 'echo', 'isig', 'icrnl', 'opost'].filter((mode) => new RegExp(`(^|\\s)-${mode}(;|\\s)`).test(stty));
let stty = '';
async function readLine(): Promise<string[]> {
  stty = await sh('stty -a');
  return lineModes();
}

const START = "node '%' --demo --offline".replace('%', join(root, 'bin/kizashi.js'));

/** Starts the app; gives where its output begins. `broken`: with what breaks it when asked to. */
async function start(broken = ''): Promise<number> {
  const from = output.length;
  shell.write(`sh -c 'echo $$ > pid; ${broken} exec ${START.replaceAll("'", '"')}'; echo "<ended:$?"'>'\r`);
  await drawn(from);
  return from;
}

/** Everything that the end has to take back is there, and a frame is whole. */
const SET = ['1000', '1006', '1049', '2004', 'title 1'];
const drawn = (from: number): Promise<void> =>
  until(() => {
    const modes = left(output.slice(from)).filter((mode) => mode !== '25');
    return output.slice(from).includes('▸') && modes.sort().join() === SET.join();
  }, 'the book');

const pid = (): number => Number(readFileSync(join(home, 'pid'), 'utf8'));

beforeAll(async () => {
  shell = spawn('bash', ['--norc', '--noprofile', '-i'], {
    cols: 100,
    rows: 30,
    cwd: home,
    name: 'xterm-256color',
    env: {
      PATH: `${join(root, 'node_modules/.bin')}:${process.env.PATH ?? ''}`,
      HOME: home,
      KIZASHI_HOME: join(home, 'kizashi'),
      LANG: 'en_US.UTF-8',
      TERM: 'xterm-256color',
      PS1: '$ ',
      EDITOR: 'true',
    },
  });
  shell.onData((data) => {
    output += data;
    for (const listener of [...listeners]) listener();
  });
  await sh("bind 'set enable-bracketed-paste off'");
  await sh(`${START} config set mouse on`);
  await sh(`${START.replace(' --offline', '')} list --json > list.json`);
}, 60_000);

afterAll(() => {
  shell.kill('SIGKILL');
  rmSync(home, { recursive: true, force: true });
});

const BREAKABLE = `NODE_OPTIONS=--import=${pathToFileURL(join(import.meta.dirname, 'broken.ts')).href}`;
const ended = (from: number): Promise<void> => until(() => /<ended:\d+>/.test(output.slice(from)), 'the end');
const codeOf = (from: number): number => Number(/<ended:(\d+)>/.exec(output.slice(from))?.[1]);

const LOOK_MS = 20;

async function gone(running: number): Promise<void> {
  const deadline = performance.now() + DEADLINE_MS;
  for (;;) {
    try {
      process.kill(running, 0);
    } catch {
      return;
    }
    if (performance.now() > deadline) throw new Error('it is still there');
    await new Promise((done) => setTimeout(done, LOOK_MS));
  }
}

describe('the terminal is as it was after', () => {
  it.each([
    ['q', (): void => shell.write('q'), 0],
    ['Ctrl-C', (): void => shell.write('\u0003'), 130],
    ['Ctrl-C while typing', (): void => shell.write('nhalf\u0003'), 130],
    ['SIGTERM', (): void => void process.kill(pid(), 'SIGTERM'), 130],
    ['SIGHUP', (): void => void process.kill(pid(), 'SIGHUP'), 130],
  ] as const)('%s', async (_, end, code) => {
    const from = await start();
    end();
    await ended(from);
    expect(codeOf(from)).toBe(code);
    expect(left(output.slice(from))).toEqual([]);
    expect(await readLine()).toEqual([]);
  });

  it('an error in the app', async () => {
    const from = await start(BREAKABLE);
    process.kill(pid(), 'SIGUSR2');
    await ended(from);
    expect(codeOf(from)).toBe(1);
    expect(output.slice(output.lastIndexOf(`${ESC}[?1049l`))).toContain('broken on purpose');
    expect(left(output.slice(from))).toEqual([]);
    expect(await readLine()).toEqual([]);
  });

  it('the end of the worker, which the app outlives', async () => {
    const from = await start(`KIZASHI_TEST_BREAK=worker ${BREAKABLE}`);
    shell.write('3');
    await until(() => output.slice(from).includes('went wrong'), 'what broke');
    shell.write('1q');
    await ended(from);
    expect(codeOf(from)).toBe(0);
    expect(left(output.slice(from))).toEqual([]);
    expect(await readLine()).toEqual([]);
  });

  it('Ctrl-Z, and the app is whole again after fg', async () => {
    const from = await start();
    shell.write('\u001a');
    await until(() => output.slice(from).includes('Stopped'), 'the shell');
    expect(left(output.slice(from))).toEqual([]);
    expect(await readLine()).toEqual([]);
    const back = output.length;
    shell.write('fg\r');
    await drawn(back);
    const quit = output.length;
    shell.write('q');
    await until(() => output.slice(quit).includes(`${ESC}[?1049l`) && output.slice(quit).includes('$ '), 'the end');
    expect(left(output.slice(from))).toEqual([]);
    expect(await readLine()).toEqual([]);
  });
});

it('leaves the terminal to `reset` after SIGKILL, and starts again as ever', async () => {
  const from = await start();
  process.kill(pid(), 'SIGKILL');
  await ended(from);
  expect(codeOf(from)).toBe(137);
  expect(
    left(output.slice(from))
      .filter((mode) => mode !== '25')
      .sort(),
  ).toEqual(SET);
  await sh('stty sane');
  const again = await start();
  shell.write('q');
  await ended(again);
  expect(codeOf(again)).toBe(0);
  expect(left(output.slice(again))).toEqual([]);
});

it('ends when the terminal is closed', async () => {
  await start();
  const running = pid();
  shell.kill('SIGHUP');
  await gone(running);
});
