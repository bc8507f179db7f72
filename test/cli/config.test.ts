/** `config get|set|edit` on the built program. */
import { chmodSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { tempFolder } from './harness.ts';
import { run } from './inside.ts';

const homes: string[] = [];
const newHome = (): string => {
  const home = tempFolder();
  homes.push(home);
  return home;
};
afterAll(() => {
  for (const home of homes) rmSync(home, { recursive: true, force: true });
});

const fileOf = (home: string): string => join(home, 'kizashi', 'settings.json');
const kept = (home: string): Record<string, unknown> => JSON.parse(readFileSync(fileOf(home), 'utf8')) as Record<string, unknown>;

/** An editor that writes `text` into the file that it is given, and keeps what it was given beside it. */
function editor(home: string, text: string): Record<string, string> {
  const [wanted, seen, program] = [join(home, 'wanted'), join(home, 'seen'), join(home, 'editor.sh')];
  writeFileSync(wanted, text);
  writeFileSync(program, `#!/bin/sh\ncp "$1" '${seen}'\ncp '${wanted}' "$1"\n`);
  chmodSync(program, 0o755);
  return { EDITOR: program };
}

describe('config', () => {
  it('sets what a person chose, shows it, and gives the default back', async () => {
    const home = newHome();
    const ran = await run(['config', 'set', 'theme', 'colour-blind'], { home });
    expect([ran.code, ran.stdout]).toEqual([0, 'colour-blind\n']);
    await run(['config', 'set', 'mouse', 'on'], { home });
    await run(['config', 'set', 'keys.note.add', 'N, ctrl+n'], { home });
    expect(kept(home)).toEqual({ version: 1, theme: 'colour-blind', mouse: true, keys: { 'note.add': ['N', 'ctrl+n'] } });
    const all = JSON.parse((await run(['config', 'get', '--json'], { home })).stdout) as Record<string, unknown>;
    expect(all).toMatchObject({ theme: 'colour-blind', mouse: true, ambiguousWidth: 1, glyphs: 'auto', undoSeconds: 10 });
    await run(['config', 'set', 'keys.note.add', ''], { home });
    await run(['config', 'set', 'theme', ''], { home });
    expect(kept(home)).toMatchObject({ theme: 'auto', keys: {} });
  });

  it('takes the columns of the list with commas between them', async () => {
    const home = newHome();
    const ran = await run(['config', 'set', 'columns', 'name, mrr,nps'], { home });
    expect([ran.code, ran.stdout]).toEqual([0, '["name","mrr","nps"]\n']);
    await run(['config', 'set', 'density', 'comfortable'], { home });
    await run(['config', 'set', 'briefSince', 'monday'], { home });
    expect(kept(home)).toMatchObject({ columns: ['name', 'mrr', 'nps'], density: 'comfortable', briefSince: 'monday' });
    await run(['config', 'set', 'columns', ''], { home });
    expect(kept(home)).toMatchObject({ columns: [] });
  });

  it('speaks the language of the setting, the flag first', async () => {
    const home = newHome();
    await run(['config', 'set', 'lang', 'ja'], { home });
    expect((await run(['config', 'get', 'nothing'], { home })).stderr).toContain('という設定はありません');
    expect((await run(['config', 'get', 'nothing', '--lang', 'en'], { home })).stderr).toContain('nothing is no setting');
  });

  it.each([
    [['set', 'theme', 'pink'], 'theme: pink is not possible; possible are auto, dark, light'],
    [['set', 'ambiguousWidth', '3'], 'possible are 1, 2'],
    [['set', 'columns', 'name,mmr'], 'columns: mmr is not possible; possible are rank, name'],
    [['set', 'mouse', 'maybe'], 'possible are true, false'],
    [['set', 'undoSeconds', '601'], '0–600'],
    [['set', 'keys.note.add', 't'], 'is already “Log a task” (task.add)'],
    [['set', 'theme'], 'give the value'],
    [['get', 'them'], 'them is no setting'],
  ])('%j is refused', async (args, words) => {
    const home = newHome();
    const { code, stderr } = await run(['config', ...args], { home });
    expect(stderr).toContain(words);
    expect([code, existsSync(fileOf(home))]).toEqual([2, false]);
  });

  it('takes what was edited when it is right; tells what is wrong, touches nothing and keeps the text when it is not', async () => {
    const home = newHome();
    await run(['config', 'set', 'theme', 'dark'], { home });
    const bad = '{ "version": 1, "theme": "darkish" }';
    const refused = await run(['config', 'edit'], { home, env: editor(home, bad) });
    expect(refused.code).toBe(1);
    expect(refused.stderr).toContain('theme');
    expect(refused.stderr).toContain('settings.json.rejected');
    expect(kept(home)).toEqual({ version: 1, theme: 'dark' });
    const clash = await run(['config', 'edit'], { home, env: editor(home, '{ "version": 1, "keys": { "note.add": ["t"] } }') });
    expect(readFileSync(join(home, 'seen'), 'utf8')).toBe(bad);
    expect(clash.stderr).toContain('task.add');
    const taken = await run(['config', 'edit'], { home, env: editor(home, '{ "version": 1, "theme": "light" }') });
    expect([taken.code, kept(home)]).toEqual([0, { version: 1, theme: 'light' }]);
    expect(existsSync(`${fileOf(home)}.rejected`)).toBe(false);
  });

  it('edits a file that is broken, and says so where there is no editor', async () => {
    const home = newHome();
    mkdirSync(join(home, 'kizashi'), { recursive: true });
    writeFileSync(fileOf(home), '{ "version": 1, ');
    expect((await run(['config', 'get'], { home })).code).not.toBe(0);
    expect((await run(['config', 'edit'], { home })).stderr).toContain('EDITOR');
    expect((await run(['config', 'edit'], { home, env: editor(home, '{ "version": 1 }') })).code).toBe(0);
    expect(kept(home)).toEqual({ version: 1 });
  });
});
