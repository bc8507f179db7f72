/** The entry: argv in, exit code out. The only place that ends the process. */
import { runProgram } from './program.ts';

const abort = new AbortController();
let interrupted = false;
for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
  // It stays in place: a library that restores the terminal ends the process by the signal where nobody else listens.
  process.on(name, () => {
    if (interrupted) process.exit(130);
    interrupted = true;
    abort.abort();
    // Whoever cannot stop in time is stopped: what matters is on disk before it is called done.
    setTimeout(() => process.exit(130), 2000).unref();
  });
}

// A reader that has seen enough (`| head`) is no error.
process.stdout.on('error', (error: NodeJS.ErrnoException) => process.exit(error.code === 'EPIPE' ? 130 : 1));

const code = await runProgram(process.argv.slice(2), {
  stdin: process.stdin,
  stdout: process.stdout,
  stderr: process.stderr,
  env: process.env,
  worker: new URL('./worker.js', import.meta.url),
  signal: abort.signal,
});
// Idle sockets and timers must not keep a finished command alive; what is written must be out first.
process.stdout.write('', () => process.stderr.write('', () => process.exit(interrupted ? 130 : code)));
