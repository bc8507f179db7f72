/** The page on jobs: its shell lines run as they stand, its crontab and its units are what cron and systemd take. */
import { spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { BIN, environment, ME, prepareHome } from './harness.ts';

const page = readFileSync(join(import.meta.dirname, '../../docs/automation.md'), 'utf8');
const blocks = (kind: string): string[] =>
  [...page.matchAll(new RegExp(`^\`\`\`${kind}\\n([\\s\\S]*?)^\`\`\`$`, 'gm'))].map(([, text = '']) => text);

let home: string;
let env: Record<string, string>;

/** `curl` keeps what it was given, the program stands where the page has it, and nothing reaches a network. */
beforeAll(async () => {
  home = await prepareHome(['--me', ME]);
  const [bin, own] = [join(home, 'bin'), join(home, '.local/bin')];
  for (const folder of [bin, own]) mkdirSync(folder, { recursive: true });
  const write = (path: string, text: string): void => {
    writeFileSync(path, `#!/bin/sh\n${text}\n`);
    chmodSync(path, 0o755);
  };
  const program = `exec '${process.execPath}' '${BIN}' "$@"`;
  write(join(bin, 'kizashi'), program);
  // What a job's sync would do is another test's: here it must not reach for a network.
  write(join(own, 'kizashi'), `case "$1" in sync) echo synced; exit 0;; esac\n${program}`);
  write(join(bin, 'curl'), 'printf "%s\\n" "$*" >> "$HOME/curl.args"; cat >> "$HOME/curl.body"');
  env = { ...environment({ home, token: null }), PATH: `${bin}:${process.env.PATH ?? ''}` };
}, 60_000);
afterAll(() => rmSync(home, { recursive: true, force: true }));

const shell = (line: string) => spawnSync('sh', ['-e', '-c', line], { env, encoding: 'utf8', timeout: 60_000 });
const has = (command: string): boolean => spawnSync('sh', ['-c', `command -v ${command}`]).status === 0;
const kept = (file: string): string => readFileSync(join(home, file), 'utf8');

describe('what the page shows', () => {
  it.skipIf(!has('jq'))(
    'runs in a shell as it stands, and the message of the chat is the brief',
    () => {
      const lines = blocks('sh');
      expect(lines.length).toBeGreaterThanOrEqual(4);
      for (const block of lines) {
        const ran = shell(block);
        expect([ran.status, ran.stderr], block).toEqual([0, '']);
      }
      expect(statSync(join(home, 'lists')).isDirectory()).toBe(true);
      const messages = kept('curl.body')
        .trim()
        .split(/^(?=\{$)/m);
      for (const message of messages) expect(JSON.parse(message).text).toMatch(/^# Brief of /);
      // The address stands in a file, never among the arguments.
      expect(kept('curl.args')).toMatch(/--config .*brief-webhook/);
      expect(kept('curl.args')).not.toMatch(/https?:/);
      expect(kept('lists/team.csv')).toMatch(/^ownerId,owner,/);
    },
    60_000,
  );

  it('is a crontab whose commands run and leave their files', () => {
    mkdirSync(join(home, 'briefs'), { recursive: true });
    mkdirSync(join(home, 'lists'), { recursive: true });
    const lines = blocks('cron').flatMap((text) => text.split('\n').filter((line) => line !== '' && !line.startsWith('#')));
    expect(lines.length).toBeGreaterThanOrEqual(6);
    const field = String.raw`(?:\*|\d+(?:-\d+)?(?:,\d+(?:-\d+)?)*)(?:/\d+)?`;
    const entry = new RegExp(`^${Array(5).fill(field).join(' +')} +(.+)$`);
    for (const line of lines) {
      const [, command = ''] = entry.exec(line) ?? [];
      expect(command, line).not.toBe('');
      // To cron a percent sign is the end of the line.
      expect(command).not.toContain('%');
      const ran = shell(command);
      // What cron would mail: nothing.
      expect([ran.status, ran.stdout, ran.stderr], command).toEqual([0, '', '']);
    }
    expect(readdirSync(join(home, 'briefs')).some((name) => /^brief-.*\.html$/.test(name))).toBe(true);
    const left = readdirSync(join(home, 'lists'));
    for (const pattern of [/^kizashi-.*\.xlsx$/, /^friday\.json$/, /^since-friday\.html$/, /^churn-.*\.html$/, /^mrr-.*\.html$/])
      expect(
        left.some((name) => pattern.test(name)),
        String(pattern),
      ).toBe(true);
  }, 60_000);

  it('has units that run in the order of the page', () => {
    const [service = ''] = blocks('ini');
    const starts = [...service.matchAll(/^ExecStart=(.+)$/gm)].map(([, command = '']) => command.replaceAll('%h', home));
    expect(starts).toHaveLength(2);
    for (const command of starts) expect([command, shell(command).status]).toEqual([command, 0]);
  });

  it.skipIf(!has('systemd-analyze'))('has units that systemd finds nothing wrong with', () => {
    const folder = join(home, 'units');
    mkdirSync(folder, { recursive: true });
    const names = [...page.matchAll(/^`([\w-]+\.(?:service|timer))`:$/gm)].map(([, name = '']) => name);
    const units = blocks('ini');
    expect(names).toHaveLength(units.length);
    for (const [index, name] of names.entries())
      writeFileSync(join(folder, name), (units[index] ?? '').replaceAll('%h/.local/bin/kizashi', join(home, '.local/bin/kizashi')));
    const checked = spawnSync('systemd-analyze', ['verify', '--user', '--man=no', ...names.map((name) => join(folder, name))], {
      encoding: 'utf8',
      env: { ...env, XDG_RUNTIME_DIR: home },
    });
    const said = checked.stderr.split('\n').filter((line) => line.includes(folder));
    expect([checked.status, said], checked.stderr).toEqual([0, []]);
    const calendar = /OnCalendar=(.+)/.exec(page)?.[1] ?? '';
    expect(spawnSync('systemd-analyze', ['calendar', calendar]).status).toBe(0);
  });
});
