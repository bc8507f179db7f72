/** Everything beside new notes and tasks: other activities, changes of what is there, taking back, several at once. */
import { expect, test } from 'vitest';
import type { CallIntent, CompanyUpdateIntent, EmailIntent, Intent, MeetingIntent, TaskUpdateIntent } from '../../../src/plays/intent.ts';
import type { Day, Instant } from '../../../src/units/day.ts';
import { failure } from './fake-gateway.ts';
import { HOUR, MINUTE, MORNING, note, SECOND, task, type World, withWorld } from './world.ts';

async function queue({ outbox }: World, intent: Intent, undoMs = 0): Promise<string> {
  const queued = await outbox.enqueue(intent, { undoMs });
  if (!queued.ok) throw new Error(queued.error.kind);
  return queued.value.id;
}

const row = async ({ outbox }: World, id: string) => (await outbox.list({ ids: [id] }))[0];
const settle = (world: World, ms = 30 * SECOND) => world.outbox.flush({ deadline: (world.clock.now() + ms) as Instant });

const call: CallIntent = {
  kind: 'call',
  companyId: '1',
  title: 'Check-in',
  body: 'Talked about <seats>',
  at: MORNING,
  ownerId: '7',
  direction: 'OUTBOUND',
  status: 'COMPLETED',
  disposition: 'f240bbac-87c9-4f6e-bf70-924b57d47db7',
  durationMs: 90_000,
  also: { contacts: ['51', '51'], deals: ['61'], tickets: ['71'] },
};
const meeting: MeetingIntent = {
  kind: 'meeting',
  companyId: '1',
  title: 'Quarterly review',
  body: '',
  start: (MORNING + HOUR) as Instant,
  end: (MORNING + 2 * HOUR) as Instant,
  outcome: 'SCHEDULED',
  ownerId: '7',
};
const email: EmailIntent = {
  kind: 'email',
  companyId: '1',
  subject: 'Re: renewal',
  body: 'See you',
  at: MORNING,
  direction: 'EMAIL',
  ownerId: null,
};
const change = (value: string, parts: Partial<CompanyUpdateIntent> = {}, expected?: string | null): CompanyUpdateIntent => ({
  kind: 'company_update',
  companyId: '1',
  changes: [{ property: 'hubspot_owner_id', value, ...(expected === undefined ? {} : { expected }) }],
  what: `owner ${value}`,
  ...parts,
});
const completing = (ref: TaskUpdateIntent['task'], parts: Partial<TaskUpdateIntent> = {}): TaskUpdateIntent => ({
  kind: 'task_update',
  companyId: '1',
  task: ref,
  subject: 'a task',
  change: { status: 'COMPLETED' },
  ...parts,
});

test('calls, meetings and e-mails go out with their own fields and everything they hang on', () =>
  withWorld(async (world) => {
    for (const intent of [call, meeting, email]) await queue(world, intent);
    await settle(world);
    const [a, b, c] = world.hubspot.creates;
    expect(a).toMatchObject({
      object: 'calls',
      record: {
        properties: {
          hs_timestamp: String(MORNING),
          hs_call_title: 'Check-in',
          hs_call_body: expect.stringMatching(/^Talked about &lt;seats&gt;<br><br>ref\w{12}$/),
          hs_call_direction: 'OUTBOUND',
          hs_call_status: 'COMPLETED',
          hs_call_disposition: 'f240bbac-87c9-4f6e-bf70-924b57d47db7',
          hs_call_duration: '90000',
          hubspot_owner_id: '7',
        },
      },
    });
    expect(a?.record.associations.map(({ toId, types }) => [toId, types[0]?.typeId])).toEqual([
      ['1', 182],
      ['51', 194],
      ['61', 206],
      ['71', 220],
    ]);
    expect(b).toMatchObject({
      object: 'meetings',
      record: {
        properties: {
          hs_meeting_start_time: String(meeting.start),
          hs_meeting_end_time: String(meeting.end),
          hs_timestamp: String(meeting.start),
        },
      },
    });
    expect(c).toMatchObject({ object: 'emails', record: { properties: { hs_email_subject: 'Re: renewal', hs_email_status: 'SENT' } } });
    expect((await world.outbox.list()).map(({ state, kind, text }) => [state, kind, text])).toEqual([
      ['sent', 'call', 'Check-in'],
      ['sent', 'meeting', 'Quarterly review'],
      ['sent', 'email', 'Re: renewal'],
    ]);
  }));

test('a company change that HubSpot holds already is not sent; one that somebody else has made different is asked about', () =>
  withWorld(async (world) => {
    world.hubspot.company('1').properties.hubspot_owner_id = '8';
    const same = await queue(world, change('8', {}, '7'));
    const other = await queue(world, change('9', { companyId: '2' }, '7'));
    world.hubspot.company('2').properties.hubspot_owner_id = '8';
    await settle(world);
    expect(world.hubspot.updates).toEqual([]);
    expect(await row(world, same)).toMatchObject({ state: 'sent', attempts: 0 });
    expect(await row(world, other)).toMatchObject({
      state: 'needs_you',
      because: { code: 'conflict', params: { property: 'hubspot_owner_id', expected: '7', found: '8', value: '9' } },
    });
    expect(await world.outbox.retry(other), 'a person insists').toBe(true);
    await settle(world);
    expect(await row(world, other)).toMatchObject({ state: 'sent' });
    expect(world.hubspot.company('2').properties.hubspot_owner_id).toBe('9');
  }));

test('an unclear change is found by reading the record, or sent again after two minutes; a value set by another meanwhile is not written over', () =>
  withWorld(async (world) => {
    const { hubspot } = world;
    for (const id of ['1', '2', '3']) hubspot.company(id).properties.hubspot_owner_id = '7';
    hubspot.scripts = [
      { apply: true, answer: failure({ kind: 'timeout' }) },
      { apply: false, answer: failure({ kind: 'server', status: 502 }) },
      { apply: false, answer: 'throw' },
    ];
    const ids = [
      await queue(world, change('9')),
      await queue(world, change('9', { companyId: '2' })),
      await queue(world, change('9', { companyId: '3' })),
    ];
    await settle(world, 2 * SECOND);
    expect((await world.outbox.list()).map(({ state }) => state)).toEqual(['unknown', 'unknown', 'unknown']);
    await world.work(100 * SECOND);
    expect(hubspot.updates, 'nothing again before two minutes').toHaveLength(3);
    hubspot.company('3').properties.hubspot_owner_id = '4';
    await world.work(HOUR);
    expect((await world.outbox.list({ ids })).map(({ state, attempts }) => [state, attempts])).toEqual([
      ['sent', 1],
      ['sent', 2],
      ['needs_you', 1],
    ]);
    expect(hubspot.company('3').properties.hubspot_owner_id).toBe('4');
  }));

test('two changes of one company that have not left become one; taking the later back brings the earlier', () =>
  withWorld(async (world) => {
    world.hubspot.company('1').properties.hubspot_owner_id = '7';
    const first = await queue(world, change('8', {}, '7'), MINUTE);
    const second = await queue(
      world,
      { ...change('9', {}, '8'), changes: [...change('9', {}, '8').changes, { property: 'tier', value: 'high' }] },
      MINUTE,
    );
    expect((await world.outbox.list()).map(({ id }) => id)).toEqual([second]);
    expect(await row(world, first)).toMatchObject({ state: 'dropped', because: { code: 'coalesced', params: { into: second } } });
    expect(await world.outbox.undo(second)).toEqual({ kind: 'removed' });
    expect(await row(world, first)).toMatchObject({ state: 'ready', because: null });
    const third = await queue(world, {
      ...change('9', {}, '8'),
      changes: [...change('9', {}, '8').changes, { property: 'tier', value: 'high' }],
    });
    await settle(world);
    expect(world.hubspot.updates).toEqual([{ object: 'companies', id: '1', properties: { hubspot_owner_id: '9', tier: 'high' } }]);
    expect(await row(world, third)).toMatchObject({ state: 'sent' });
  }));

test('changes of one record keep their order where the first has left already', () =>
  withWorld(async (world) => {
    world.hubspot.scripts = [{ apply: false, answer: failure({ kind: 'timeout' }) }];
    const first = await queue(world, change('8'));
    await settle(world, 2 * SECOND);
    const second = await queue(world, change('9'));
    expect(await row(world, second)).toMatchObject({ dependsOn: [first] });
    await world.work(HOUR);
    expect(world.hubspot.updates.map(({ properties }) => properties.hubspot_owner_id)).toEqual(['8', '8', '9']);
  }));

test('a change follows a merged company to its survivor, and needs a person where the company is gone', () =>
  withWorld(async (world) => {
    const merged = await queue(world, change('9'));
    const gone = await queue(world, change('9', { companyId: '5' }));
    world.hubspot.merged.set('1', '2');
    world.hubspot.gone.add('5');
    await settle(world);
    expect(await row(world, merged)).toMatchObject({ state: 'sent', companyId: '2' });
    expect(world.hubspot.updates).toEqual([{ object: 'companies', id: '2', properties: { hubspot_owner_id: '9' } }]);
    expect(await row(world, gone)).toMatchObject({ state: 'needs_you', because: { code: 'target_gone' } });
  }));

test('a task made, completed and taken back before it left leaves nothing; after it left each step follows the one before', () =>
  withWorld(async (world) => {
    const made = await queue(world, task('never'), MINUTE);
    await queue(world, completing({ row: made }));
    expect(await world.outbox.undo(made)).toEqual({ kind: 'removed' });
    expect(await world.outbox.list()).toEqual([]);
    const other = await queue(world, task('done and gone'));
    const done = await queue(world, completing({ row: other }));
    expect(await row(world, done)).toMatchObject({ dependsOn: [other], state: 'ready' });
    world.hubspot.scripts = [{ apply: true, answer: failure({ kind: 'timeout' }) }];
    await settle(world, 2 * SECOND);
    const back = await world.outbox.undo(other);
    if (back?.kind !== 'queued') throw new Error('expected an operation of its own');
    expect(await row(world, back.id)).toMatchObject({ kind: 'archive', dependsOn: [other, done] });
    expect(await world.outbox.undo(other), 'asked twice').toEqual(back);
    await world.work(HOUR);
    expect((await world.outbox.list()).map(({ state }) => state)).toEqual(['sent', 'sent', 'sent']);
    expect(world.hubspot.updates).toEqual([{ object: 'tasks', id: '5000', properties: { hs_task_status: 'COMPLETED' } }]);
    expect(world.hubspot.archives).toEqual([{ object: 'tasks', id: '5000' }]);
    expect(world.hubspot.kept).toEqual([]);
  }));

test('an archive that nobody confirmed is looked for, and sent again where the record is still there', () =>
  withWorld(async (world) => {
    const made = await queue(world, note('twice'));
    await settle(world);
    world.hubspot.scripts = [{ apply: false, answer: failure({ kind: 'timeout' }) }];
    await world.outbox.undo(made);
    await world.work(HOUR);
    expect(world.hubspot.archives).toHaveLength(2);
    expect(world.hubspot.kept).toEqual([]);
    expect(await world.outbox.counts()).toMatchObject({ unknown: 0, ready: 0, needsYou: 0 });
  }));

test('a change that was sent is taken back by changing back, unless somebody has changed it since', () =>
  withWorld(async (world) => {
    world.hubspot.company('1').properties.hubspot_owner_id = '7';
    const made = await queue(world, change('9'));
    await settle(world);
    const back = await world.outbox.undo(made);
    await settle(world);
    expect(world.hubspot.company('1').properties.hubspot_owner_id).toBe('7');
    expect(await row(world, back?.kind === 'queued' ? back.id : '')).toMatchObject({ state: 'sent', kind: 'edit' });
  }));

test('a task in HubSpot is postponed and given to somebody else, with what was seen before compared', () =>
  withWorld(async (world) => {
    world.hubspot.keep('tasks', { properties: { hs_timestamp: '2026-11-24T00:00:00.000Z', hubspot_owner_id: '7' }, associations: [] });
    const id = await queue(
      world,
      completing(
        { hubspotId: '5000' },
        {
          change: { due: '2026-12-01' as Day, ownerId: '8', priority: 'NONE' },
          expected: { hs_timestamp: String(Date.parse('2026-11-24T00:00:00Z')), hubspot_owner_id: '7' },
        },
      ),
    );
    await settle(world);
    expect(await row(world, id)).toMatchObject({ state: 'sent', hubspotId: '5000' });
    expect(world.hubspot.updates[0]?.properties).toEqual({
      hs_timestamp: String(Date.parse('2026-12-01T00:00:00Z')),
      hubspot_owner_id: '8',
      hs_task_priority: '',
    });
  }));

test('a play goes in as one: all or none, in its order, and one step can be undone alone', () =>
  withWorld(async (world) => {
    const { outbox } = world;
    const refused = await outbox.enqueueAll([{ intent: note('first') }, { intent: note(' ') }], { play: 're-engage' });
    expect(refused).toEqual({ ok: false, error: { index: 1, refused: { kind: 'empty' } } });
    expect(await outbox.list()).toEqual([]);
    const queued = await outbox.enqueueAll(
      [
        { intent: task('call them'), step: 'call' },
        { intent: note('why'), after: [0], step: 'note' },
        { intent: change('9'), after: [1], step: 'owner' },
      ],
      { play: 're-engage', undoMs: MINUTE },
    );
    if (!queued.ok) throw new Error('refused');
    const { ids, groupId } = queued.value;
    expect(await outbox.list({ groupId })).toMatchObject([
      { groupId, play: 're-engage', step: 'call', dependsOn: [] },
      { groupId, play: 're-engage', step: 'note', dependsOn: [ids[0]] },
      { groupId, play: 're-engage', step: 'owner', dependsOn: [ids[1]] },
    ]);
    expect(await outbox.undo(ids[1] ?? '')).toEqual({ kind: 'removed' });
    expect(await row(world, ids[2] ?? '')).toMatchObject({ dependsOn: [] });
    await world.work(2 * MINUTE);
    expect((await outbox.list()).map(({ step, state }) => [step, state])).toEqual([
      ['call', 'sent'],
      ['owner', 'sent'],
    ]);
  }));

test('a row that a person must see holds up only what waits for it', () =>
  withWorld(async (world) => {
    world.hubspot.scripts = [{ apply: false, answer: failure({ kind: 'invalid', status: 400, surelyNotApplied: true }) }];
    const queued = await world.outbox.enqueueAll([
      { intent: task('refused') },
      { intent: note('waits'), after: [0] },
      { intent: note('goes') },
    ]);
    if (!queued.ok) throw new Error('refused');
    await world.work(HOUR);
    expect((await world.outbox.list()).map(({ state }) => state)).toEqual(['needs_you', 'ready', 'sent']);
    await world.outbox.drop(queued.value.ids[0] ?? '');
    await world.work(MINUTE);
    expect((await world.outbox.list()).map(({ state }) => state)).toEqual(['sent', 'sent']);
  }));

test('a required property is named, filled in on the spot, and the row goes out', () =>
  withWorld(async (world) => {
    const answer = failure({ kind: 'invalid', status: 400, surelyNotApplied: true, required: ['hs_task_priority'] });
    world.hubspot.scripts = [{ apply: false, answer }];
    const id = await queue(world, task('without priority', { priority: 'NONE' }));
    await settle(world);
    expect(await row(world, id)).toMatchObject({
      state: 'needs_you',
      because: { code: 'required', params: { property: 'hs_task_priority' } },
    });
    expect(await world.outbox.edit(id, { hs_task_priority: 'LOW' })).toEqual({ ok: true, value: { kind: 'changed', id } });
    await settle(world);
    expect(await row(world, id)).toMatchObject({ state: 'sent' });
    expect(world.hubspot.kept[0]?.record.properties.hs_task_priority).toBe('LOW');
  }));

test('words are edited in the row while it is here, and by a change of the record once it has left', () =>
  withWorld(async (world) => {
    const id = await queue(world, note('first words'), MINUTE);
    await world.outbox.edit(id, { body: 'second <words>' });
    expect(await row(world, id)).toMatchObject({ text: 'second <words>', state: 'held' });
    world.hubspot.scripts = [{ apply: true, answer: failure({ kind: 'timeout' }) }];
    await world.work(61 * SECOND);
    const edited = await world.outbox.edit(id, { body: 'third words' });
    if (!edited?.ok || edited.value.kind !== 'queued') throw new Error('expected a change of its own');
    expect(await row(world, edited.value.id)).toMatchObject({ kind: 'edit', dependsOn: [id] });
    expect(await row(world, id), 'what verification compares with stays').toMatchObject({ text: 'second <words>' });
    await world.work(HOUR);
    expect(world.hubspot.creates).toHaveLength(1);
    const [made] = world.hubspot.kept;
    expect(made?.record.properties.hs_note_body).toMatch(/^third words<br><br>ref\w{12}$/);
  }));
