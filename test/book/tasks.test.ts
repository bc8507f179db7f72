/** Open tasks of a day: what was open then, whatever became of it since. */
import { expect, it } from 'vitest';
import { openTasks } from '../../src/book/tasks.ts';
import type { StoredTask } from '../../src/data/store/types.ts';
import type { Day, Instant } from '../../src/units/day.ts';

const at = (text: string): Instant => Date.parse(text) as Instant;
const stored = (id: string, made: string, properties: Record<string, string>, companyId = '9'): StoredTask => ({
  companyId,
  record: { object: 'tasks', id, properties, history: {}, createdAt: at(made), updatedAt: at(made), firstSeenAt: at(made) },
});
const TASKS = [
  stored('1', '2026-11-01T00:00:00Z', { hs_timestamp: '2026-11-10T00:00:00Z', hs_task_subject: 'old', hubspot_owner_id: '7' }),
  stored('1', '2026-11-01T00:00:00Z', { hs_timestamp: '2026-11-10T00:00:00Z' }, '8'),
  stored('2', '2026-11-01T00:00:00Z', {
    hs_task_status: 'COMPLETED',
    hs_task_completion_date: '2026-11-15T00:00:00Z',
    hs_timestamp: 'soon',
  }),
  stored('3', '2026-11-18T00:00:00Z', { hs_timestamp: String(Date.parse('2026-11-19T23:00:00Z')), hs_task_priority: 'HIGH' }),
];
const on = (asOf: string) =>
  openTasks({
    stored: TASKS,
    outbox: [],
    accounts: new Map([
      ['9', { name: 'Nine' }],
      ['8', { name: 'Eight' }],
    ]),
    owners: [],
    zone: 'Asia/Tokyo',
    asOf: asOf as Day,
    today: '2026-11-20' as Day,
    syncedAt: null,
  });

it('leaves out what was not there yet, and keeps what was completed later; a day is a day of the portal', () => {
  expect(on('2026-11-20').map(({ id, due, overdue }) => [id, due, overdue])).toEqual([
    ['1', '2026-11-10', true],
    ['3', '2026-11-20', false],
  ]);
  // The one that has no readable day stands last.
  expect(on('2026-11-12').map(({ id, due }) => [id, due])).toEqual([
    ['1', '2026-11-10'],
    ['2', null],
  ]);
  expect(on('2026-10-01')).toEqual([]);
  expect(on('2026-11-20')[0]).toMatchObject({ account: 'Nine', subject: 'old', owner: { id: '7', name: '7' }, status: 'NOT_STARTED' });
});
