/** Commands on a terminal of few glyphs: signs in ASCII, letters as they are; nothing of it in a pipe. */
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
