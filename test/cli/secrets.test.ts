/** The token is nowhere but where it belongs, whatever goes wrong and however much is logged. */
import { readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import type { FaultAction } from '../../src/data/demo/faults.ts';
import { desk, ME, prepareHome, type Ran, TOKEN } from './harness.ts';

/** Half of it would be enough to go on with. */
const CANARIES = [TOKEN, TOKEN.slice(8, 30), Buffer.from(TOKEN).toString('base64'), encodeURIComponent(TOKEN)];

const holds = (content: Buffer | string): readonly string[] => CANARIES.filter((canary) => content.includes(canary));

it('is in no file, no log and no message after everything that can fail has failed', async () => {
  const from = await prepareHome();
  const here = await desk({ from });
  rmSync(from, { recursive: true, force: true });
  const outputs: Ran[] = [];
  const run = async (...args: string[]) => outputs.push(await here.run([...args, '--verbose'], { env: { KIZASHI_LOG: 'debug' } }));
  const leak = { status: 'error', category: 'VALIDATION_ERROR', message: `Bearer ${TOKEN} is no good` };
  const faults: readonly FaultAction[] = [
    { kind: 'status', status: 400, json: leak },
    { kind: 'status', status: 401, json: leak },
    { kind: 'status', status: 403, json: { ...leak, errors: [{ context: { requiredGranularScopes: [TOKEN] } }] } },
  ];
  for (const action of faults) {
    here.server.setFaults([{ match: { method: 'POST', path: /\/notes$/ }, action }]);
    await run('note', 'あおば', 'x');
    here.server.setFaults([{ match: {}, action }]);
    await run('sync', '--full');
    await run('auth', 'status', '--json');
  }
  // A page is asked for again and again.
  here.server.setFaults([{ match: {}, action: { kind: 'status', status: 200, text: `<html>Authorization: Bearer ${TOKEN}</html>` } }]);
  await run('doctor');
  here.server.setFaults([]);
  await run('init', '--yes', '--me', ME, '--map', `owner=${'x'.repeat(20)}`);
  await run('sync');
  await run('outbox', '--json');
  for (const { stdout, stderr } of outputs) expect(holds(stdout + stderr)).toEqual([]);
  const files = readdirSync(here.home, { recursive: true, encoding: 'utf8' }).filter((name) => statSync(join(here.home, name)).isFile());
  expect(files.some((name) => name.endsWith('kizashi.log'))).toBe(true);
  for (const name of files) expect(holds(readFileSync(join(here.home, name))), name).toEqual([]);
  // The log tells of the failures all the same.
  expect(readFileSync(join(here.home, 'kizashi/kizashi.log'), 'utf8')).toContain('"status":401');
});
