/** Standard output that cannot take the result, and options whose value came out empty. */
import { spawnSync } from 'node:child_process';
import { existsSync, rmSync } from 'node:fs';
import { expect, it, onTestFinished } from 'vitest';
import { BIN, ended, environment, run, start, tempFolder } from './harness.ts';

function folder(): string {
  const home = tempFolder();
  onTestFinished(() => rmSync(home, { recursive: true, force: true }));
  return home;
}

const shell = (line: string, LANG = 'en_US.UTF-8') =>
  spawnSync('bash', ['-c', line], {
    encoding: 'utf8',
    env: { ...environment({ home: folder(), token: null, env: { LANG } }), K: `'${process.execPath}' '${BIN}'` },
  });

it.runIf(existsSync('/dev/full'))('says so and fails where there is no room for it', () => {
  expect(shell('eval "$K completion bash" > /dev/full')).toMatchObject({
    status: 1,
    stderr: 'kizashi: the output could not be written (ENOSPC). Make room, or send it somewhere else\n',
  });
  expect(shell('eval "$K completion bash" > /dev/full', 'ja_JP.UTF-8').stderr).toContain('出力を書き込めませんでした');
  // The exit code of a wrong command stays the same where nobody can be told.
  expect(shell('eval "$K nonsense" 2> /dev/full').status).toBe(2);
});

it.each([['--version'], ['completion', 'bash']])('ends quietly with 130 where the reader of %s has gone', async (...args) => {
  const child = start(args, { home: folder(), token: null });
  child.stdout.destroy();
  expect(await ended(child)).toEqual({ code: 130, stdout: '', stderr: '' });
});

it.each(['--home', '--profile', '--as-of', '--lang'])(
  '%s with nothing after it is refused, and nothing is read elsewhere',
  async (flag) => {
    expect(await run([flag, '', 'config', 'path'], { home: folder() })).toEqual({
      code: 2,
      stdout: '',
      stderr: `kizashi: option '${flag}' needs a value\n`,
    });
  },
);

it('--output with nothing after it is not the folder that one stands in', async () => {
  const ran = await run(['mrr', '--output', ''], { home: folder() });
  expect([ran.code, ran.stderr]).toEqual([2, "kizashi: option '--output' needs a value\n"]);
});
