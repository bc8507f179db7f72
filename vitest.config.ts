import { defineConfig } from 'vitest/config';
import manifest from './package.json' with { type: 'json' };
import { LongestFirst } from './test/order.ts';

/** Put another module in the place of one of ours, or send signals to themselves: each has a process of its own. */
const ALONE = ['test/app/start.test.ts', 'test/frames/frames.test.ts', 'test/frames/looks.test.ts'];

export default defineConfig({
  // React runs as in the bundle: its production build has no development JSX.
  oxc: { jsx: { runtime: 'automatic', development: false } },
  define: { __VERSION__: JSON.stringify(manifest.version) },
  test: {
    setupFiles: ['test/setup.ts'],
    globalSetup: ['test/shared.ts'],
    testTimeout: 60_000,
    hookTimeout: 60_000,
    pool: 'forks',
    // Most of the time goes into waiting for other processes, so one more than a small machine has cores.
    maxWorkers: 3,
    sequence: { sequencer: LongestFirst },
    env: { NODE_ENV: 'production' },
    projects: [
      { extends: true, test: { name: 'alone', include: ALONE } },
      // Loading the modules takes longer than most files: those that a process has loaded stay for its next file.
      { extends: true, test: { name: 'together', include: ['test/**/*.test.{ts,tsx}'], exclude: ALONE, isolate: false } },
    ],
  },
});
