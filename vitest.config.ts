import { defineConfig } from 'vitest/config';

export default defineConfig({
  // React runs as in the bundle: its production build has no development JSX.
  oxc: { jsx: { runtime: 'automatic', development: false } },
  test: {
    include: ['test/**/*.test.{ts,tsx}'],
    testTimeout: 60_000,
    hookTimeout: 60_000,
    pool: 'forks',
    env: { NODE_ENV: 'production' },
  },
});
