/** Opens a profile (settings, store, gateway, outbox, worker; with `--demo` the demo server) as one object handed down. */
export type * from './workspace/types.ts';
