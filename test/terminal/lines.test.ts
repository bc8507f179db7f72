/** The finished program as lines in a real terminal: the list, the brief, an account and a note, by keys, in both languages. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { openTerminal, type RealTerminal } from './terminal.ts';

const home = mkdtempSync(join(tmpdir(), 'kizashi-lines-'));
afterAll(() => rmSync(home, { recursive: true, force: true }));

const ESC = '\u001b';

/** Waits until `text` was written after what was there before `keys` were typed; gives what was written. */
async function after(terminal: RealTerminal, keys: string, text: RegExp): Promise<string> {
  const from = terminal.written().length;
  terminal.type(keys);
  await terminal.until(() => text.test(terminal.written().slice(from)), `${text} after ${JSON.stringify(keys)}`);
  return terminal.written().slice(from);
}

it('tells list, brief, account and a note, writes nothing over, and leaves the normal screen in order', async () => {
  const terminal = openTerminal({ home, columns: 500, rows: 40, env: { INK_SCREEN_READER: 'true' } });
  try {
    await terminal.until(
      () => /1 of \d+: .*critical, risk \d+/.test(terminal.written()) && /Since yesterday: /.test(terminal.written()),
      'the first account',
    );
    expect(terminal.alternate()).toBe(false);
    await after(terminal, 'j', /2 of \d+: /);
    await after(terminal, 'jk', /3 of [\s\S]*2 of /);
    await after(terminal, 'b', /changed: .*\n|List: \d+ of/);
    await after(terminal, ESC, /List: \d+ accounts/);
    await after(terminal, 'g', /1 of \d+: /);
    await after(terminal, '\r', /Why \d+[\s\S]*base \d/);
    await after(terminal, '\t', /\r\n/);
    await after(terminal, ESC, /List: /);
    await after(terminal, 'n', /Note on [\s\S]*Text: $/);
    expect(await after(terminal, '担当者に電話', /電話/)).toBe('担当者に電話');
    await after(terminal, '\u000f', /queued|saved|sent/i);
    await after(terminal, 'O', /Screen: [\s\S]*担当者に電話/);
    await after(terminal, ESC, /List: /);
    terminal.type('q');
    await after(terminal, '', /Quit\?|ended/);
    terminal.type('y');
    expect(await terminal.ended).toBe(0);
    // Bracketed paste is asked for and given back; nothing else ever steers the terminal.
    const steering = terminal.written().match(new RegExp(`${ESC}[^A-Za-z]*[A-Za-z]`, 'g')) ?? [];
    expect([...new Set(steering)]).toEqual([`${ESC}[?2004h`, `${ESC}[?2004l`]);
    expect(terminal.written()).not.toMatch(/\r(?!\n)/);
  } finally {
    terminal.close();
  }
}, 60_000);

it('speaks Japanese where the settings ask for lines', async () => {
  const set = openTerminal({ home, args: ['config', 'set', 'screenReader', 'on'] });
  expect(await set.ended).toBe(0);
  const terminal = openTerminal({ home, columns: 500, rows: 40, env: { LANG: 'ja_JP.UTF-8' } });
  try {
    await terminal.until(() => /\d+件中1件目: .*リスク\d+/.test(terminal.written()), '最初の会社');
    await after(terminal, '\r', /の理由[\s\S]*基準点/);
    await after(terminal, ESC, /一覧: /);
    await after(terminal, 'n', /のメモ[\s\S]*本文: $/);
    await after(terminal, ESC, /一覧: /);
    await after(terminal, '?', /画面: ヘルプ/);
    terminal.kill('SIGTERM');
    expect(await terminal.ended).toBe(130);
    expect(terminal.written()).toContain('kizashiを終了しました');
  } finally {
    terminal.close();
    set.close();
  }
}, 60_000);

it('tells the set-up of a portal, and of a token how long it is but never what', async () => {
  const terminal = openTerminal({ args: [], columns: 200, rows: 40, env: { INK_SCREEN_READER: '1' } });
  try {
    await after(terminal, '', /set up[\s\S]*step 1 of 6[\s\S]*Keys: /);
    expect(await after(terminal, 'pat-na1-secret', /14 characters/)).not.toContain('secret');
    await after(terminal, '\u007f', /13 characters/);
    await after(terminal, '\u0003', /ended/);
    expect(await terminal.ended).toBe(130);
    expect(terminal.written()).not.toContain('secret');
    expect(terminal.alternate()).toBe(false);
  } finally {
    terminal.close();
  }
}, 60_000);
