/** Loaded before the program: breaks it where a test asks for that. */
import { isMainThread, parentPort } from 'node:worker_threads';

if (isMainThread)
  process.on('SIGUSR2', () => {
    throw new Error('broken on purpose');
  });
else if (process.env.KIZASHI_TEST_BREAK === 'worker')
  parentPort?.on('message', ({ kind }: { readonly kind: string }) => {
    if (kind === 'revenue') throw new Error('broken on purpose');
  });
