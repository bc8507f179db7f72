/** Commands on a terminal: signs in ASCII where it has few glyphs, links where it makes some; nothing of either in a pipe. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openTerminal } from './terminal.ts';

const home = mkdtempSync(join(tmpdir(), 'kizashi-ascii-'));
afterAll(() => rmSync(home, { recursive: true, force: true }));

async function printed(args: readonly string[], env: Readonly<Record<string, string>> = {}): Promise<string> {
  const terminal = openTerminal({ home, args, columns: 250, env });
  try {
    expect(await terminal.ended).toBe(0);
    return terminal.written();
  } finally {
    terminal.close();
  }
}

/** Everything but letters, figures and the punctuation of Japanese. */
const drawnIn = (text: string): readonly string[] => [
  ...new Set(text.match(/[^\x20-\x7e\r\n\u001b\p{L}\p{M}\p{N}\p{Sc}\u3000-\u303f\u30fb\u30fc\uff00-\uffef␛]/gu) ?? []),
];

beforeAll(async () => {
  await printed(['--demo', 'list', '--limit', '1']);
}, 60_000);

const COMMANDS = [['list'], ['show', 'あおば'], ['mrr'], ['churn'], ['cohorts'], ['products'], ['brief'], ['tasks'], ['rules', 'list']];

it.each(COMMANDS.map((args) => ({ args })))('$args', async ({ args }) => {
  const command = ['--demo', ...args];
  expect(drawnIn(await printed(command, { LANG: 'C' }))).toEqual([]);
  expect(drawnIn(await printed([...command, '--lang', 'ja'], { LANG: 'C' }))).toEqual([]);
});

it('draws with more where the terminal has it, and the same in JSON everywhere', async () => {
  expect(drawnIn(await printed(['--demo', 'list']))).toContain('▇');
  const one = await printed(['--demo', 'list', '--json', '--limit', '1'], { LANG: 'C' });
  expect(one).toBe(await printed(['--demo', 'list', '--json', '--limit', '1']));
});

const LINK = /\u001b\]8;;(https:\/\/[^\u001b]*)\u001b\\([^\u001b]+)\u001b\]8;;\u001b\\/g;
/** Without the first line, which tells how old the data is. */
const rowsOf = (text: string): string => text.slice(text.indexOf('\n'));
const without = (text: string): string => text.replace(LINK, '$2');

it('makes names and evidence links where the terminal knows them, in columns as wide as before', async () => {
  const kitty = { TERM: 'xterm-kitty' };
  const list = await printed(['--demo', 'list', '--limit', '5'], kitty);
  const links = [...list.matchAll(LINK)];
  expect(links).toHaveLength(5);
  expect(links[0]?.slice(1)).toEqual([expect.stringMatching(/record\/0-2\/\d+$/), '株式会社あおば']);
  expect(rowsOf(without(list))).toBe(rowsOf(await printed(['--demo', 'list', '--limit', '5'])));
  const shown = await printed(['--demo', 'show', 'あおば'], kitty);
  expect([...shown.matchAll(LINK)].length).toBeGreaterThan(1);
  expect(without(shown)).toBe(await printed(['--demo', 'show', 'あおば']));
});

it('leads from the account on the screen too, and from no row of the list', async () => {
  const terminal = openTerminal({ home, columns: 160, rows: 50, env: { TERM: 'xterm-kitty' } });
  try {
    await terminal.see('株式会社あおば');
    expect(terminal.written()).not.toContain(']8;');
    terminal.type('\r');
    await terminal.see('佐藤 (champion)');
    const words = [...terminal.written().matchAll(/\u001b\]8;;https:\/\/[^\u001b]*\u001b\\(?:\u001b\[[\d;]*m)*([^\u001b]+)/g)].map(
      (match) => match[1],
    );
    expect(words).toContain('株式会社あおば');
    expect(words.some((one) => one?.includes('佐藤 (champion)'))).toBe(true);
    terminal.type('q');
    expect(await terminal.ended).toBe(0);
  } finally {
    terminal.close();
  }
});

it('tells the list in sentences to a screen reader, and the same columns as ever in a pipe', async () => {
  const told = await printed(['--demo', 'list', '--limit', '3'], { INK_SCREEN_READER: 'true', TERM: 'xterm-kitty' });
  expect(told).toMatch(/\r\n1\. 株式会社あおば\. critical, risk \d+[^\r]*because: [^\r]*\r\n2\. /);
  expect(rowsOf(told)).not.toMatch(/[▁-█▲▼·\u001b]/);
});

it('makes none in JSON, in a pipe, or where the settings say never', async () => {
  const env = { PATH: process.env.PATH ?? '', HOME: home, KIZASHI_HOME: join(home, 'kizashi'), TERM: 'xterm-kitty' };
  const piped = spawnSync(
    join(import.meta.dirname, '../../node_modules/.bin/node'),
    [join(import.meta.dirname, '../../bin/kizashi.js'), '--demo', 'list'],
    { env },
  );
  expect(piped.stdout.toString()).not.toContain('\u001b');
  expect(await printed(['--demo', 'list', '--json', '--limit', '1'], { TERM: 'xterm-kitty' })).not.toContain('\u001b');
  await printed(['config', 'set', 'links', 'never']);
  expect(await printed(['--demo', 'list'], { TERM: 'xterm-kitty' })).not.toContain('\u001b');
});
