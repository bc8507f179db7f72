/** Runs Node and takes the time, from before the process starts until it has ended and its last byte is read. */
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';

const root = join(import.meta.dirname, '..');
export const PROGRAM = join(root, 'bin/kizashi.js');

export const isBuilt = (): boolean => existsSync(join(root, 'dist/cli.js'));

export interface Finished {
  readonly stdout: string;
  readonly ms: number;
}

/** Rejects with the end of stderr where the exit code is not 0. */
export function runNode(args: readonly string[], env: NodeJS.ProcessEnv = process.env): Promise<Finished> {
  return new Promise((resolve, reject) => {
    const begun = performance.now();
    const child = spawn(process.execPath, [...args], { env, stdio: ['ignore', 'pipe', 'pipe'] });
    const stdout: Buffer[] = [];
    const stderr: Buffer[] = [];
    child.stdout.on('data', (chunk: Buffer) => stdout.push(chunk));
    child.stderr.on('data', (chunk: Buffer) => stderr.push(chunk));
    child.on('error', reject);
    child.on('close', (code) => {
      const ms = performance.now() - begun;
      if (code === 0) resolve({ stdout: Buffer.concat(stdout).toString('utf8'), ms });
      else reject(new Error(`node ${args.join(' ')} ended with ${code}\n${Buffer.concat(stderr).toString('utf8').slice(-2000)}`));
    });
  });
}

/** What every start costs before a program of any kind begins. */
export const bareNode = async (): Promise<number> => (await runNode(['-e', '0'])).ms;
