import { defineConfig } from 'vitest/config';

export default defineConfig({
  // React runs as in the bundle: its production build has no development JSX.
  oxc: { jsx: { runtime: 'automatic', development: false } },
  test: {
    setupFiles: ['test/setup.ts'],
    globalSetup: ['test/shared.ts'],
    include: ['test/**/*.test.{ts,tsx}'],
    testTimeout: 60_000,
    hookTimeout: 60_000,
    pool: 'forks',
    // Most of the time goes into waiting for other processes, so one more than a small machine has cores.
    maxWorkers: 3,
    env: { NODE_ENV: 'production' },
  },
});
