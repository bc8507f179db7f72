/** The app on a portal that was never synced: rows are there before the rest has come. */
import { rmSync } from 'node:fs';
import { expect, it, onTestFinished } from 'vitest';
import { desk, ME_ID, TOKEN } from '../cli/harness.ts';
import { openTerminal } from './terminal.ts';

it('shows the companies while MRR is still being read', async () => {
  const here = await desk();
  await here.json(['init', '--yes', '--me', 'tanaka@demo.example']);
  // The first load never gets past the first records of MRR.
  here.server.setFaults([{ match: { path: /objects\/2-101\/batch\/read/ }, action: { kind: 'hang' } }]);
  const companies = [...(here.server.portal.types.get('0-2')?.records.values() ?? [])].filter(
    ({ properties }) => properties.csm_owner === ME_ID && properties.lifecyclestage === 'customer',
  );
  const names = companies.map(({ properties }) => properties.name ?? '').filter((name) => /^[\x20-\x7e]{3,20}$/.test(name));
  expect(names.length).toBeGreaterThan(0);
  const terminal = openTerminal({
    args: [],
    columns: 140,
    rows: 40,
    home: here.home,
    env: { KIZASHI_API_URL: here.server.url, HUBSPOT_ACCESS_TOKEN: TOKEN },
  });
  onTestFinished(() => {
    terminal.close();
    rmSync(terminal.home, { recursive: true, force: true });
  });
  await terminal.until((screen) => names.some((name) => screen.some((line) => line.includes(name))), 'a company of the book');
  await terminal.until((screen) => screen.some((line) => line.includes('syncing')), 'that the load goes on');
  terminal.type('q');
  expect(await terminal.ended).toBe(0);
});
