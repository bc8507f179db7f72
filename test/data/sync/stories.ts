/** What happens in the portals of the tests. */
import type { Instant } from '../../../src/units/day.ts';
import type { MemoryPortal } from './portal.ts';

export const addCompany = (portal: MemoryPortal, properties: Record<string, string> = {}): string =>
  portal.add('companies', { name: 'Acme', lifecyclestage: 'customer', hubspot_owner_id: '7', plan: 'Pro', ...properties });

/** Companies with a bit of everything; gives back their ids. */
export function furnishPortal(portal: MemoryPortal, companies: number): string[] {
  return Array.from({ length: companies }, (_, index) => {
    const company = addCompany(portal, { name: `Company ${index}` });
    const on: [string, string][] = [['companies', company]];
    for (const month of ['2026-09-01', '2026-10-01', '2026-11-01']) portal.add('2-1', { month, amount: String(1000 + index) }, { on });
    portal.add('2-2', { week: '2026-11-09', logins: '5' }, { on });
    const contact = portal.add('contacts', { email: `p${index}@example.com` }, { on });
    const ticket = portal.add('tickets', { subject: 'Help' }, { on });
    portal.add(
      'feedback_submissions',
      { hs_value: '9' },
      {
        on: [
          ['contacts', contact],
          ['tickets', ticket],
        ],
      },
    );
    for (const kind of ['notes', 'tasks', 'calls', 'meetings', 'emails', 'deals']) portal.add(kind, { hs_timestamp: '2026-11-01' }, { on });
    return company;
  });
}

/** A day later: companies changed, came, left, were merged and deleted, and so were the records on them. */
export function secondMorning(portal: MemoryPortal, companies: readonly string[]): void {
  const [a = '', b = '', c = '', d = '', e = ''] = companies;
  portal.now = (portal.now + 25 * 3_600_000) as Instant;
  portal.change('companies', a, { plan: 'Enterprise' });
  portal.change('companies', b, { hubspot_owner_id: '8' });
  portal.remove('companies', c);
  portal.merge('companies', d, e);
  const tickets = [...portal.table('tickets').keys()];
  portal.change('tickets', tickets[10] ?? '', { subject: 'Changed' });
  portal.remove('2-1', [...portal.table('2-1').keys()][60] ?? '');
  const joined = furnishPortal(portal, 2);
  portal.add('tickets', { subject: 'New' }, { on: [['companies', joined[0] ?? '']] });
  portal.add('contacts', { email: 'new@example.com' }, { on: [['companies', a]] });
}
