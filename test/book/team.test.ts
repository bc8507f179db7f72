/** The load of each owner, and what is to be handed over. */
import { expect, it } from 'vitest';
import type { BookRow } from '../../src/book/row.ts';
import { handover, teamLoad } from '../../src/book/team.ts';
import type { StoredOwner } from '../../src/data/store/types.ts';

const owner = (id: string, more: Partial<StoredOwner> = {}): StoredOwner => ({
  id,
  userId: null,
  email: `o${id}@demo.example`,
  firstName: 'Sample',
  lastName: `Owner ${id}`,
  teams: [{ id: '1', name: 'East', primary: true }],
  archived: false,
  ...more,
});
const row = (id: string, ownerId: string | null, more: Partial<BookRow> = {}): BookRow =>
  ({
    id,
    name: `Sample ${id}`,
    owner: ownerId === null ? null : { id: ownerId, name: `Owner ${ownerId}`, email: null },
    currency: 'JPY',
    homeRate: 1,
    mrr: 100,
    mrrAtRisk: 10,
    band: 'low',
    risk: 20,
    ...more,
  }) as BookRow;

const owners = [owner('1'), owner('2', { archived: true, teams: [] })];
const rows = [
  row('a', '1', { band: 'critical', risk: 80 }),
  row('b', '1', { mrr: null, mrrAtRisk: null }),
  row('c', '2', { risk: 30, mrr: 50 }),
  row('d', '2', { risk: 60 }),
  row('e', '3', { risk: 60, mrr: 900, currency: 'USD', homeRate: null }),
  row('f', null),
];

it('adds up accounts, MRR, risk, overdue tasks and actions by owner', () => {
  const tasks = [
    { owner: { id: '1', name: '' }, overdue: true },
    { owner: { id: '1', name: '' }, overdue: false },
    { owner: null, overdue: true },
  ] as never;
  const book = { rows, unproven: false };
  const load = teamLoad({ book, owners, tasks, actions7d: new Map([['1', 4]]) });
  expect(load).toEqual([
    {
      owner: { id: '2', name: 'Owner 2 Sample', email: 'o2@demo.example', active: false },
      ...{ team: null, accounts: 2, mrr: 150, mrrAtRisk: 20, risky: 0, overdueTasks: 0, actions7d: 0, leftOut: 0, converted: 0 },
    },
    {
      owner: { id: '1', name: 'Owner 1 Sample', email: 'o1@demo.example', active: true },
      ...{ team: 'East', accounts: 2, mrr: 100, mrrAtRisk: 10, risky: 1, overdueTasks: 1, actions7d: 4, leftOut: 0, converted: 0 },
    },
    {
      owner: { id: '3', name: 'Owner 3', email: null, active: false },
      ...{ team: null, accounts: 1, mrr: 0, mrrAtRisk: 0, risky: 0, overdueTasks: 0, actions7d: 0, leftOut: 1, converted: 0 },
    },
    { owner: null, team: null, accounts: 1, mrr: 100, mrrAtRisk: 10, risky: 0, overdueTasks: 1, actions7d: 0, leftOut: 0, converted: 0 },
  ]);
  expect(teamLoad({ book: { ...book, unproven: true }, owners, tasks, actions7d: new Map() })[0]?.mrrAtRisk).toBeNull();
});

it('hands over by risk what belongs to those who are gone, or to one who leaves', () => {
  expect(handover(rows, owners, null).map(({ id }) => id)).toEqual(['e', 'd', 'c']);
  expect(handover(rows, owners, '1').map(({ id }) => id)).toEqual(['a', 'b']);
});
