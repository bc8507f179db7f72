import { execFileSync } from 'node:child_process';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { SORTS } from '../../src/book/filters.ts';
import { COMMANDS, GLOBAL_OPTIONS } from '../../src/cli/commands.ts';
import { completionScript } from '../../src/cli/completion.ts';
import { run, tempFolder } from './harness.ts';

const TEMPLATES = { task: ['support-check', 'renewal-prep'], meeting: ['qbr'] };
const SIGNALS = ['usage.last_login', 'usage.login_drop'];
const script = (shell: 'bash' | 'zsh' | 'fish', lang: 'en' | 'ja' = 'en'): string =>
  completionScript(shell, { commands: COMMANDS, globals: GLOBAL_OPTIONS, signals: SIGNALS, templates: TEMPLATES, lang });

/** What bash would offer for the last word. */
function offered(line: readonly string[], cwd?: string): string[] {
  const asked = `${script('bash')}
COMP_WORDS=("$@"); COMP_CWORD=$((\${#COMP_WORDS[@]} - 1)); _kizashi; printf '%s\\n' "\${COMPREPLY[@]}"`;
  const answer = execFileSync('bash', ['--noprofile', '--norc', '-c', asked, 'bash', 'kizashi', ...line], { encoding: 'utf8', cwd });
  return answer.split('\n').filter((word) => word !== '');
}

describe('in bash', () => {
  it('offers commands, and only those that begin so', () => {
    expect(offered([''])).toEqual(COMMANDS.map(({ name }) => name));
    expect(offered(['sh'])).toEqual(['show']);
  });

  it('finds the command past global options and their values', () => {
    expect(offered(['--profile', 'list', '--demo', 'auth', ''])).toEqual(['status', 'logout']);
  });

  it('offers the options of the command and the global ones', () => {
    const words = offered(['list', '--']);
    expect(words).toContain('--band');
    expect(words).toContain('--json');
    expect(words).not.toContain('--subject');
  });

  it('offers what an option can be, and nothing where it is free', () => {
    expect(offered(['list', '--sort', ''])).toEqual([...SORTS]);
    expect(offered(['--lang', ''])).toEqual(['en', 'ja']);
    expect(offered(['list', '--signal', 'usage.lo'])).toEqual(['usage.login_drop']);
    expect(offered(['task', '--template', 're'])).toEqual(['renewal-prep']);
    expect(offered(['meeting', '--template', ''])).toEqual(['qbr']);
    expect(offered(['list', '--query', ''])).toEqual([]);
    expect(offered(['show', ''])).toEqual([]);
  });

  it('offers folders, blanks in their names and all', () => {
    const folder = tempFolder();
    onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
    mkdirSync(join(folder, 'my home'));
    writeFileSync(join(folder, 'my file'), '');
    expect(offered(['--home', 'my'], folder)).toEqual(['my home']);
  });
});

/** Tells apart what is quoted and what is left open: an odd quote would swallow the rest of the script. */
const quotesClose = (text: string): boolean => {
  let open = '';
  for (const sign of text) {
    if (open === '') open = sign === "'" || sign === '"' ? sign : '';
    else if (sign === open) open = '';
  }
  return open === '';
};

describe.each(['zsh', 'fish'] as const)('for %s', (shell) => {
  it.each(['en', 'ja'] as const)('names every command and option, each line well quoted, in %s', (lang) => {
    const text = script(shell, lang);
    const named = (word: string): boolean => (shell === 'zsh' ? text.includes(`'${word}:`) : new RegExp(`-(a|l) ${word}\\b`).test(text));
    for (const { name, options = [] } of COMMANDS) {
      expect(named(name), name).toBe(true);
      for (const { flags } of options) {
        const flag = flags.split(' ')[0] ?? '';
        expect(named(shell === 'zsh' ? flag : flag.slice(2)), flag).toBe(true);
      }
    }
    const body = text.split('\n').filter((line) => !line.startsWith('#'));
    expect(body.filter((line) => !quotesClose(line))).toEqual([]);
  });
});

it('prints a script, and refuses another shell', async () => {
  const home = tempFolder();
  onTestFinished(() => rmSync(home, { recursive: true, force: true }));
  const printed = await run(['completion', 'bash'], { home, token: null });
  expect(printed).toMatchObject({ code: 0, stderr: '' });
  expect(printed.stdout).toContain('complete -F _kizashi kizashi');
  expect(printed.stdout).toContain('usage.last_login');
  const refused = await run(['completion', 'tcsh'], { home, token: null });
  expect(refused).toMatchObject({ code: 2, stdout: '' });
  expect(refused.stderr).toContain('bash, zsh, fish');
});

/** Those whose first word can be nothing else. */
const ACTIONS = COMMANDS.filter(({ args = '' }) => /^[<[]action[>\]]/.test(args));
it.each(ACTIONS.map(({ name, words = [] }) => [name, words] as const))('%s takes the words that are offered', async (name, words) => {
  const home = tempFolder();
  onTestFinished(() => rmSync(home, { recursive: true, force: true }));
  const refused = await run(['--demo', name, 'no-such-word'], { home, token: null });
  expect(refused.code).toBe(2);
  const allowed = /one of ([a-z, -]+)/.exec(refused.stderr)?.[1]?.split(', ') ?? refused.stderr;
  expect(allowed).toEqual(expect.arrayContaining([...words]));
  expect(allowed).toHaveLength(words.length);
});
