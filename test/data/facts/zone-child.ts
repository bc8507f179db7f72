/** Assembles one account under the zone of its environment and prints it, with the machine's own idea of the hour. */
import { assembleAccount } from '../../../src/data/facts/assemble.ts';
import { context, rawAccount, record } from './raw.ts';

const days = [
  '2026-11-01',
  '2026-11-01T00:00:00Z',
  '1793491200000',
  '2026-11-01T00:00:00.000Z',
  '2026-11-30T15:00:00Z',
  '2026-11-01T09:00:00',
];
const raw = rawAccount({
  company: record(
    'companies',
    { name: 'A', contract_renewal_date: '2027-01-31T00:00:00Z', contract_start_date: '1601510400000', createdate: '2020-12-31T20:00:00Z' },
    {
      history: {
        contract_renewal_date: [
          ['2027-01-31T00:00:00Z', '2026-02-01T14:59:59Z'],
          ['2026-01-31', '2025-01-31T15:00:00Z'],
        ],
      },
    },
  ),
  mrr: [record('2-101', { target_month: '2026-11-01', amount: '1' }), record('2-101', { target_month: '1796083200000', amount: '2' })],
  tickets: days.map((createdate) => record('tickets', { createdate, closed_date: createdate })),
  meetings: days.map((start) => record('meetings', { hs_meeting_start_time: start, hs_meeting_outcome: 'COMPLETED' })),
});
process.stdout.write(JSON.stringify({ local: new Date(0).toString(), facts: assembleAccount(raw, context()) }));
