/** The entry: argv in, exit code out. The only place that ends the process. */
import { EXIT } from './exit.ts';
import { brokenOutputText, runProgram } from './program.ts';

const argv = process.argv.slice(2);

const abort = new AbortController();
let interrupted = false;
for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
  // It stays in place: a library that restores the terminal ends the process by the signal where nobody else listens.
  process.on(name, () => {
    if (interrupted) process.exit(EXIT.interrupted);
    interrupted = true;
    abort.abort();
    // Whoever cannot stop in time is stopped: what matters is on disk before it is called done.
    setTimeout(() => process.exit(EXIT.interrupted), 2000).unref();
  });
}

/** A reader that has seen enough (`| head`) is no failure; a result that the disk did not take is one. */
function endBroken(error: NodeJS.ErrnoException): void {
  if (error.code === 'EPIPE') process.exit(EXIT.interrupted);
  process.stderr.write(`kizashi: ${brokenOutputText(argv, process.env, error)}\n`, () => process.exit(EXIT.failed));
}
process.stdout.on('error', endBroken);
// Nobody is left to be told, and the exit code says it.
process.stderr.on('error', () => undefined);

const code = await runProgram(argv, {
  stdin: process.stdin,
  stdout: process.stdout,
  stderr: process.stderr,
  env: process.env,
  worker: new URL('./worker.js', import.meta.url),
  signal: abort.signal,
});
// Idle sockets and timers must not keep a finished command alive; what is written must be out first, and this is called before
// the stream tells of an error.
process.stdout.write('', (error) => {
  const broken = process.stdout.errored ?? error;
  if (broken) endBroken(broken);
  else process.stderr.write('', () => process.exit(interrupted ? EXIT.interrupted : code));
});
