/**
 * The program's own function in the test's process: argv, environment and streams in, text and exit code out, as from the
 * built program behind pipes, without starting it and loading its modules for every command. For what commands print and do;
 * whatever is about processes (signals, locks, pipes that break, terminals, the keychain) takes the built one of `harness.ts`.
 */
import { join } from 'node:path';
import { Readable, Writable } from 'node:stream';
import { pathToFileURL } from 'node:url';
import { runProgram } from '../../src/cli/program.ts';
import type { DemoServer } from '../../src/data/demo/server.ts';
import {
  type Desk,
  type DeskOptions,
  environment,
  desk as makeDesk,
  deskOf as makeDeskOf,
  type Ran,
  type RunOptions,
  run as runBuilt,
} from './harness.ts';

const WORKER = pathToFileURL(join(import.meta.dirname, '../../dist/worker.js'));

/** What is written to it, as a pipe takes it. */
class Taken extends Writable {
  readonly #chunks: Buffer[] = [];
  override _write(chunk: Buffer, _encoding: string, done: () => void): void {
    this.#chunks.push(chunk);
    done();
  }
  text(): string {
    return Buffer.concat(this.#chunks).toString('utf8');
  }
}

export async function run(args: readonly string[], options: RunOptions): Promise<Ran> {
  // Without a token the keychain would be asked, and here that is the one of whoever runs the tests.
  if (options.token === null && !args.includes('--demo')) return runBuilt(args, options);
  const [stdout, stderr] = [new Taken(), new Taken()];
  const code = await runProgram(args, {
    stdin: Readable.from([Buffer.from(options.stdin ?? '')]) as NodeJS.ReadStream,
    stdout: stdout as unknown as NodeJS.WriteStream,
    stderr: stderr as unknown as NodeJS.WriteStream,
    env: environment(options),
    worker: WORKER,
    signal: new AbortController().signal,
  });
  return { code, stdout: stdout.text(), stderr: stderr.text() };
}

export const desk = (options?: DeskOptions): Promise<Desk> => makeDesk(options, run);

export const deskOf = (server: DemoServer, home: string): Desk => makeDeskOf(server, home, run);
