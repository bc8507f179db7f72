/** Real processes for the fault tests, from one bundle so that hundreds of them start in seconds. */
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { basename, dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import { build } from 'esbuild';
import type { Task } from './child.ts';

export const bundleChild = (folder: string): Promise<string> => bundleProgram(join(import.meta.dirname, 'child.ts'), folder);

/** Bundles a program of the tests into `folder`; gives the file to start. */
export async function bundleProgram(source: string, folder: string): Promise<string> {
  await build({
    entryPoints: [source],
    outdir: folder,
    outExtension: { '.js': '.mjs' },
    bundle: true,
    splitting: true,
    platform: 'node',
    format: 'esm',
    banner: { js: "import { createRequire as makeRequire } from 'node:module'; const require = makeRequire(import.meta.url);" },
    logLevel: 'error',
  });
  return join(folder, `${basename(source, '.ts')}.mjs`);
}

export interface Ended {
  readonly lines: readonly string[];
  /** By which signal it died; null where it ended by itself. */
  readonly signal: NodeJS.Signals | null;
}

export interface Running {
  kill(): void;
  readonly ended: Promise<Ended>;
}

export function start(file: string, task: Task): Running {
  const child = fork(file, {
    stdio: ['ignore', 'pipe', 'inherit', 'ipc'],
    execArgv: [],
    env: { ...process.env, NODE_COMPILE_CACHE: join(dirname(file), 'compiled') },
  });
  const lines: string[] = [];
  const read = child.stdout ? createInterface({ input: child.stdout }) : null;
  read?.on('line', (line) => lines.push(line));
  child.once('message', () => child.send(task));
  const ended = (async () => {
    const [, signal] = (await once(child, 'close')) as [number | null, NodeJS.Signals | null];
    return { lines, signal };
  })();
  return { kill: () => void child.kill('SIGKILL'), ended };
}
