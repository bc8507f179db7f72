/** HubSpot's own health score beside ours, and the one that it has stopped keeping. */
import { describe, expect, it } from 'vitest';
import { own } from '../../src/data/demo/portal/property.ts';
import { seedPortal } from '../../src/data/demo/portal/seed.ts';
import { ME, today } from './harness.ts';
import { desk } from './inside.ts';

const SCORE = 'new_health_score_march_23_2025_3_35_am';

describe('a health score of HubSpot', () => {
  it('is found, and shown beside ours without becoming part of it', async () => {
    const plain = seedPortal({ asOf: today(), companies: 8 });
    const portal = seedPortal({ asOf: today(), companies: 8 });
    const companies = portal.types.get('0-2');
    for (const definition of own('companyinformation', [
      [{ name: SCORE, label: 'New Health Score' }, 'number'],
      [{ name: 'hubspotscore', label: 'HubSpot Score' }, 'number'],
    ]))
      companies?.properties.set(definition.name, definition);
    for (const record of companies?.records.values() ?? []) record.properties[SCORE] = '73';
    const here = await desk({ portal });
    const there = await desk({ portal: plain });
    const { mapping } = await here.json(['init', '--yes', '--me', ME]);
    expect(mapping['profile.healthScore']).toBe(SCORE);
    expect((await there.run(['init', '--yes', '--me', ME])).code).toBe(0);
    for (const one of [here, there]) expect((await one.run(['sync'])).code).toBe(0);
    const [account] = (await here.json(['list'])).accounts;
    const [same] = (await there.json(['list'])).accounts;
    expect([account.id, account.risk]).toEqual([same.id, same.risk]);
    expect((await here.json(['show', account.id])).hubspotHealthScore).toBe('73');
    expect((await there.json(['show', same.id])).hubspotHealthScore).toBeNull();
    expect((await here.run(['show', account.id])).stdout).toContain('health score of HubSpot: 73');

    expect((await here.run(['init', '--yes', '--map', 'profile.healthScore=hubspotscore'])).code).toBe(0);
    expect((await here.run(['sync'])).code).toBe(0);
    expect((await here.run(['doctor'])).stdout).toContain('HubSpot stopped updating hubspotscore in August 2025');
  });
});
