/** Completing and changing rows of the outbox by keys. */
import { afterEach, expect, it } from 'vitest';
import type { OutboxEntry, RowField } from '../../src/open.ts';
import { NOW } from './fixture.ts';
import { type Driver, KEY, type Options, open } from './harness.ts';

let app: Driver | null = null;
afterEach(async () => {
  await app?.close();
  app = null;
});
const start = async (options: Options): Promise<Driver> => {
  app = await open(options);
  await app.keys('O');
  return app;
};

const entry = (over: Partial<OutboxEntry> = {}): OutboxEntry => ({
  id: 'a',
  kind: 'task',
  accountId: '9001',
  accountName: '株式会社あおば',
  state: 'needs_you',
  text: 'Call them',
  hubspotId: null,
  attempts: 1,
  queuedAt: NOW,
  nextLookAt: null,
  because: 'this portal demands hs_task_type: kizashi outbox retry a --set hs_task_type=…',
  required: 'hs_task_type',
  groupId: null,
  play: null,
  step: null,
  dependsOn: [],
  ...over,
});

const field = (property: string, over: Partial<RowField> = {}): RowField => ({
  property,
  label: property,
  value: '',
  multiline: false,
  options: [],
  required: false,
  ...over,
});

const TYPE = field('hs_task_type', {
  label: 'Task Type\u001b[31m',
  required: true,
  options: [
    { value: 'TODO', label: 'To-do' },
    { value: 'CALL', label: 'Call' },
  ],
});
const SUBJECT = field('hs_task_subject', { label: 'Task Title', value: 'Call them' });
const BODY = field('hs_task_body', { label: 'Task notes', value: 'first\nsecond', multiline: true });

it('what the portal demands is chosen from what it takes, and the row goes out', async () => {
  const d = await start({ outbox: [entry()], rowFields: { a: [TYPE, SUBJECT, BODY] }, columns: 100 });
  expect(d.text()).toContain('this portal demands hs_task_type: press e to give it');
  await d.keys('e');
  expect(d.text()).toContain('Choose for Task Type');
  await d.keys('j', KEY.enter);
  expect(d.workspace.calls).toEqual(['edit a {"hs_task_type":"CALL"}']);
  expect(d.text()).not.toContain('Choose for');
  expect(d.lines().at(-1)).toContain('changed; it goes out again');
});

it('several demands are asked one after the other and kept together; free text must be something', async () => {
  const code = field('visit_code', { label: 'Visit code', required: true });
  const d = await start({ outbox: [entry()], rowFields: { a: [TYPE, code, SUBJECT] }, lang: 'ja', columns: 100 });
  await d.keys('e', KEY.enter);
  expect(d.text()).toContain('Visit code');
  expect(d.workspace.calls).toEqual([]);
  await d.keys(KEY.enter);
  expect(d.lines().at(-1)).toContain('入力してください');
  await d.send('あ7');
  await d.keys(KEY.enter);
  expect(d.workspace.calls).toEqual(['edit a {"hs_task_type":"TODO","visit_code":"あ7"}']);
  expect(d.text()).not.toContain('Visit code');
});

it('otherwise title or text is chosen and changed; Enter is a new line in a text', async () => {
  const waits = entry({ state: 'ready', because: null, required: null });
  const d = await start({ outbox: [waits], rowFields: { a: [SUBJECT, BODY] } });
  await d.keys('e');
  expect(d.text()).toContain('What to change');
  await d.keys('j', KEY.enter);
  expect(d.text()).toContain('second');
  await d.keys(KEY.up, KEY.end, KEY.enter);
  await d.send('between');
  await d.keys('\u000f');
  expect(d.workspace.calls).toEqual([`edit a ${JSON.stringify({ hs_task_body: 'first\nbetween\nsecond' })}`]);
  await d.keys('e', KEY.enter);
  await d.send(' today');
  await d.keys(KEY.esc);
  expect(d.workspace.calls).toHaveLength(1);
  await d.keys('e', KEY.enter);
  await d.send(' now');
  await d.keys(KEY.enter);
  expect(d.workspace.calls.at(-1)).toBe('edit a {"hs_task_subject":"Call them now"}');
});

it('what was typed stays where it is refused', async () => {
  const waits = entry({ kind: 'note', state: 'ready', because: null, required: null });
  const d = await start({
    outbox: [waits],
    rowFields: { a: [BODY] },
    editRefused: { kind: 'too_long', message: 'too_long' },
    columns: 100,
  });
  await d.keys('e');
  await d.send('!');
  await d.keys('\u000f');
  expect(d.lines().at(-1)).toContain('longer than the 65,536 characters');
  expect(d.text()).toContain('second!');
});

it('a row that takes no change says so', async () => {
  const d = await start({ outbox: [entry({ kind: 'archive', required: null }), entry({ id: 'b' })] });
  await d.keys('e');
  expect(d.lines().at(-1)).toContain('nothing of this row can be changed');
  await d.keys('j', 'e');
  expect(d.lines().at(-1)).toContain('nothing of this row can be changed');
});

it('what HubSpot has twice is told in the header and healed on consent', async () => {
  const d = await start({ outbox: [entry({ state: 'sent', required: null })], status: { doubles: 2 }, columns: 120 });
  expect(d.lines()[0]).toContain('2 twice (O, then H)');
  await d.keys('H');
  expect(d.text()).toContain('Take the later copies of 2 records back?');
  await d.keys(KEY.enter);
  expect(d.workspace.calls).toEqual([]);
  await d.keys('H', 'y');
  expect(d.workspace.calls).toEqual(['heal']);
  expect(d.lines().at(-1)).toContain('2 copies are being taken back');
  d.workspace.setStatus({ doubles: 0 });
  await d.keys('H');
  expect(d.lines().at(-1)).toContain('nothing is there twice');
});
