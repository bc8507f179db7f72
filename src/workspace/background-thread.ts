/** The background in a thread of its own, started once the first frame has had the machine to itself. */
import { Worker } from 'node:worker_threads';
import type { News, Order } from './background.ts';
import type { ProfileOptions } from './profile.ts';

export interface ThreadEvents {
  readonly hear: (news: News) => void;
  /** The thread is gone: nothing is synced, scored or sent any more. */
  readonly failed: (error: unknown) => void;
}

export interface BackgroundThread {
  order(order: Order): void;
  /** Resolves when the thread has let go of everything, at the latest after a few seconds. */
  close(): Promise<void>;
}

/** A thread that starts together with the first frame takes a core from it. */
const AFTER_FIRST_FRAME_MS = 150;
/** How long a closing thread may take to let go of what it holds. */
const CLOSING_MS = 4000;

/** `url` is the worker's own bundle. */
export function startBackgroundThread(url: URL, options: ProfileOptions, { hear, failed }: ThreadEvents): BackgroundThread {
  let worker: Worker | null = null;
  let ended: Promise<void> = Promise.resolve();
  const start = (): Worker => {
    if (worker) return worker;
    clearTimeout(timer);
    const { now: _now, ...workerData } = options;
    const started = new Worker(url, { workerData: { ...workerData, env: { ...options.env } }, stdout: true, stderr: true });
    started.on('message', hear);
    started.on('error', failed);
    ended = new Promise((resolve) => started.once('exit', () => resolve()));
    worker = started;
    return started;
  };
  const timer = setTimeout(start, AFTER_FIRST_FRAME_MS);
  return {
    order: (order) => start().postMessage(order),
    close: async () => {
      clearTimeout(timer);
      if (!worker) return;
      const running = worker;
      running.postMessage({ kind: 'close' } satisfies Order);
      const deadline = setTimeout(() => void running.terminate(), CLOSING_MS);
      await ended;
      clearTimeout(deadline);
    },
  };
}
