/** Open tasks as a list to work through, and handing over and asking for help by a key. */
import { afterEach, expect, it } from 'vitest';
import type { BookTask } from '../../src/book/tasks.ts';
import type { Day } from '../../src/units/day.ts';
import { book, snapshotOf } from './fixture.ts';
import { type Driver, KEY, open } from './harness.ts';

let app: Driver | null = null;
afterEach(async () => {
  await app?.close();
  app = null;
});

const rows = book(40).rows;
const task = (index: number, over: Partial<BookTask> = {}): BookTask => ({
  id: `t${index}`,
  ref: { hubspotId: `t${index}` },
  accountId: rows[index]?.id ?? '',
  account: rows[index]?.name ?? '',
  subject: `Subject ${index}`,
  due: '2026-11-18' as Day,
  overdue: true,
  priority: 'HIGH',
  type: 'TODO',
  status: 'NOT_STARTED',
  owner: { id: '77', name: '田中' },
  waiting: false,
  seen: { hs_task_status: 'NOT_STARTED', hs_timestamp: '1', hubspot_owner_id: '77' },
  ...over,
});
const TASKS = [
  task(1),
  task(2, { subject: 'evil \u001b[31mred', due: '2026-11-25' as Day, overdue: false, waiting: true }),
  task(3, { owner: { id: '78', name: '鈴木' }, due: null, overdue: false }),
];

it('lists mine, completes one by a key, takes it back, and goes on with the next', async () => {
  app = await open({ tasks: TASKS, columns: 110 });
  await app.keys('T');
  expect(app.text()).toMatch(/My open tasks .*2 open, 1 overdue/);
  expect(app.text()).toMatch(/▸ .*overdue.*Subject 1/);
  expect(app.text()).toMatch(/waiting.*evil.*red/);
  expect(app.raw()).not.toContain('evil \u001b[31m');
  expect(app.text()).not.toContain('Subject 3');

  await app.keys('d');
  const expected = { hs_task_status: 'NOT_STARTED' };
  expect(app.workspace.acted).toEqual([
    {
      kind: 'task_update',
      companyId: rows[1]?.id,
      task: { hubspotId: 't1' },
      subject: 'Subject 1',
      change: { status: 'COMPLETED' },
      expected,
    },
  ]);
  expect(app.text()).not.toContain('Subject 1');
  expect(app.text()).toMatch(/▸ .*evil/);
  await app.keys('u');
  expect(app.workspace.calls).toContain('undo i1');
  expect(app.text()).toContain('Subject 1');
});

it('puts off, hands on, shows everybody’s, and opens the account', async () => {
  app = await open({ tasks: TASKS, columns: 110 });
  await app.keys('T', 'z');
  expect(app.text()).toContain('Put off until');
  await app.keys(KEY.down, KEY.enter);
  // Three days on from a Saturday.
  expect(app.workspace.acted.at(-1)).toMatchObject({ kind: 'task_update', change: { due: '2026-11-24' }, expected: { hs_timestamp: '1' } });
  await app.keys('a', KEY.down, KEY.enter);
  expect(app.workspace.acted.at(-1)).toMatchObject({
    change: { ownerId: expect.stringMatching(/^7[78]$/) },
    expected: { hubspot_owner_id: '77' },
  });
  await app.keys('f');
  expect(app.text()).toContain('Open tasks of everybody');
  expect(app.text()).toContain('Subject 3');
  await app.keys('G', KEY.enter);
  expect(app.text()).toContain(rows[3]?.name);
  await app.keys(KEY.esc, KEY.esc);
  expect(app.text()).not.toContain('Open tasks of everybody');
});

it('hands an account over and asks the lead, who stands first', async () => {
  app = await open({ tasks: [], columns: 110 });
  await app.keys('A');
  expect(app.text()).toContain('Hand the account over to');
  // Whoever has it is not offered.
  await app.keys(KEY.enter, 'L');
  expect(app.text()).toMatch(/▸ \* +鈴木/);
  await app.keys(KEY.enter);
  expect(app.workspace.calls).toEqual([expect.stringMatching(/^handOver 9001 7[78]$/), 'escalate 9001 78']);
  expect(app.lines().at(-1)).toContain('queued, u to undo');
});

it('hands all marked accounts over at once, but for those whom that person has, and takes them back together', async () => {
  const [first, ...others] = book(12).rows;
  if (!first) throw new Error('rows');
  app = await open({
    tasks: [],
    columns: 110,
    snapshot: snapshotOf([{ ...first, owner: { id: '78', name: '鈴木', email: null } }, ...others]),
  });
  await app.keys(' ', ' ', ' ', 'A');
  while (!app.lines().some((line) => /▸ +鈴木/.test(line))) await app.keys('j');
  await app.keys(KEY.enter);
  expect(app.workspace.calls).toEqual(['handOver 9002 78', 'handOver 9003 78']);
  expect(app.model.context().ui.book.marked.size).toBe(0);
  expect(app.model.context().ui.undo).toMatchObject({ id: 'h1', also: ['h1'] });
});

it('says so where there is none, in Japanese too, and fits a small terminal', async () => {
  app = await open({ tasks: [], lang: 'ja', columns: 60, rows: 14 });
  await app.keys('T');
  expect(app.text()).toContain('未完了のタスクはありません');
});
