/** A demo server in a process of its own, to be killed. */
import { seedPortal } from '../../../src/data/demo/portal/seed.ts';
import { startDemoServer } from '../../../src/data/demo/server.ts';
import { AS_OF, NOON } from './help.ts';

const [, , stateFile = ''] = process.argv;
const server = await startDemoServer({ portal: seedPortal({ asOf: AS_OF, companies: 40 }), now: () => NOON, limits: false, stateFile });
process.send?.(server.url);
