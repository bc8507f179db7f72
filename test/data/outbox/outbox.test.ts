import { expect, test } from 'vitest';
import { takeSenderLock } from '../../../src/data/store/sender-lock.ts';
import type { Intent } from '../../../src/plays/intent.ts';
import type { Instant } from '../../../src/units/day.ts';
import { failure } from './fake-gateway.ts';
import { HOUR, MINUTE, MORNING, note, SECOND, task, type World, withWorld } from './world.ts';

async function queue({ outbox }: World, intent: Intent = note('hello'), undoMs = 0): Promise<string> {
  const queued = await outbox.enqueue(intent, { undoMs });
  if (!queued.ok) throw new Error(queued.error.kind);
  return queued.value.id;
}

const row = async ({ outbox }: World, id: string) => (await outbox.list({ ids: [id] }))[0];
const within = ({ clock }: World, ms: number) => ({ deadline: (clock.now() + ms) as Instant });

test('a note goes out once, with its owner, its company and its moment', () =>
  withWorld(async (world) => {
    const id = await queue(world, note('更新の件\n<b>5 < 6</b>'));
    const [sent] = await world.outbox.flush(within(world, 30 * SECOND));
    expect(sent).toMatchObject({ id, state: 'sent', attempts: 1, hubspotId: '5000', because: null });
    expect(world.hubspot.creates).toHaveLength(1);
    expect(world.hubspot.creates[0]).toMatchObject({
      object: 'notes',
      record: {
        properties: { hs_timestamp: String(MORNING), hubspot_owner_id: '7' },
        associations: [{ toId: '1', types: [{ typeId: 190 }] }],
      },
    });
    expect(world.hubspot.creates[0]?.record.properties.hs_note_body).toMatch(/^更新の件<br>&lt;b&gt;5 &lt; 6&lt;\/b&gt;.*ref[0-9a-z]{12}/);
  }));

test('a held note can be taken back until its window is over, and is not sent before', () =>
  withWorld(async (world) => {
    const first = await queue(world, note('oops'), 10 * SECOND);
    const second = await queue(world, note('keep'), 10 * SECOND);
    expect(await world.outbox.counts()).toMatchObject({ held: 2, ready: 0 });
    await world.work(9.9 * SECOND);
    expect(await world.outbox.counts()).toMatchObject({ held: 2, ready: 0 });
    expect(await world.outbox.undo(first)).toEqual({ kind: 'removed' });
    expect(world.hubspot.creates).toHaveLength(0);
    await world.outbox.flush(within(world, 30 * SECOND));
    expect(await row(world, second)).toMatchObject({ state: 'sent' });
    expect(await world.outbox.undo(second)).toMatchObject({ kind: 'queued' });
    expect(await row(world, first)).toBeUndefined();
    expect(world.hubspot.kept).toHaveLength(1);
  }));

test('what can never be sent is refused before anything is kept', () =>
  withWorld(async (world) => {
    const { outbox } = world;
    expect(await outbox.enqueue(note(' \n\t '))).toEqual({ ok: false, error: { kind: 'empty' } });
    expect(await outbox.enqueue(task(' '))).toEqual({ ok: false, error: { kind: 'empty' } });
    const fits = await lengthThatFits(world);
    expect(await outbox.enqueue(note('x'.repeat(fits + 1)))).toMatchObject({ ok: false, error: { kind: 'too_long', length: 65_537 } });
    // What counts is the HTML: each `<` is four characters there.
    expect(await outbox.enqueue(note('<'.repeat(20_000)))).toMatchObject({ ok: false, error: { kind: 'too_long', limit: 65_536 } });
    expect(await outbox.enqueue(note('😀'.repeat(33_000)))).toMatchObject({ ok: false, error: { kind: 'too_long' } });
    expect(await outbox.list()).toHaveLength(0);
    expect(await outbox.enqueue(note('x'.repeat(fits)))).toMatchObject({ ok: true });
  }));

async function lengthThatFits({ outbox }: World): Promise<number> {
  const refused = await outbox.enqueue(note('x'.repeat(70_000)));
  if (refused.ok || refused.error.kind !== 'too_long') throw new Error('70,000 characters were taken');
  return 70_000 - (refused.error.length - refused.error.limit);
}

test('every row of a portal has a millisecond of its own', () =>
  withWorld(async (world) => {
    for (let i = 0; i < 5; i++) await queue(world, note(`note ${i}`));
    await queue(world, note('later', { at: (MORNING + 3) as Instant }));
    await queue(world, task('due'));
    await queue(world, task('due'));
    const moments = (await world.outbox.list()).map(({ object, hsTimestamp }) => `${object} ${hsTimestamp}`);
    expect(new Set(moments).size).toBe(8);
    expect((await world.outbox.list()).slice(0, 6).map((one) => one.hsTimestamp - MORNING)).toEqual([0, 1, 2, 3, 4, 5]);
  }));

test.each([
  ['429', failure({ kind: 'rate', status: 429 }), 'rate'],
  ['401', failure({ kind: 'auth', status: 401 }), 'auth'],
  ['a refused connection', failure({ surelyNotApplied: true }), 'network'],
  ['423', failure({ kind: 'server', status: 423, surelyNotApplied: true }), 'server'],
] as const)('%s was surely not applied: the row waits, says why, and goes out later', (_, answer, code) =>
  withWorld(async (world) => {
    world.hubspot.scripts = [{ apply: false, answer }];
    const id = await queue(world);
    await world.outbox.flush(within(world, 2 * SECOND));
    expect(await row(world, id)).toMatchObject({ state: 'ready', attempts: 1, because: { code }, inDoubt: 0 });
    await world.work(10 * MINUTE);
    expect(await row(world, id)).toMatchObject({ state: 'sent', because: null });
    expect(world.hubspot.kept).toHaveLength(1);
  }),
);

test('Retry-After is waited for, and one refusal spares the others the same', () =>
  withWorld(async (world) => {
    const until = (MORNING + 90 * SECOND) as Instant;
    world.hubspot.scripts = [{ apply: false, answer: failure({ kind: 'daily', status: 429, retryAt: until }) }];
    for (let i = 0; i < 3; i++) await queue(world, note(`note ${i}`));
    await world.work(80 * SECOND);
    expect(world.hubspot.creates).toHaveLength(1);
    expect((await world.outbox.list()).map((one) => one.because?.code)).toEqual(['daily', 'daily', 'daily']);
    await world.work(60 * SECOND);
    expect(world.hubspot.kept).toHaveLength(3);
  }));

test.each([400, 403, 404, 409, 413, 415, 422])('%i is a refusal that will not heal: a person gets it with the text intact', (status) =>
  withWorld(async (world) => {
    const kind = status === 403 ? 'scope' : status === 404 ? 'not_found' : 'invalid';
    world.hubspot.scripts = [{ apply: false, answer: failure({ kind, status, surelyNotApplied: true }) }];
    const id = await queue(world, note('大事なメモ'));
    await world.work(HOUR);
    expect(await row(world, id)).toMatchObject({ state: 'needs_you', text: '大事なメモ', attempts: 1 });
    expect(world.hubspot.creates).toHaveLength(1);
    expect(await world.outbox.retry(id)).toBe(true);
    await world.work(MINUTE);
    expect(await row(world, id)).toMatchObject({ state: 'sent', attempts: 2 });
  }),
);

test.each([
  ['a cut answer', failure({})],
  ['a time-out', failure({ kind: 'timeout' })],
  ['502', failure({ kind: 'server', status: 502 })],
  ['HTML with 200', failure({ kind: 'body', status: 200 })],
  ['201 with {}', 'empty'],
  ['an exception', 'throw'],
] as const)('%s after the record was made: found, never posted again', (_, answer) =>
  withWorld(async (world) => {
    world.hubspot.scripts = [{ apply: true, answer }];
    const id = await queue(world);
    await world.outbox.flush(within(world, 2 * SECOND));
    expect(await row(world, id)).toMatchObject({ state: 'unknown', inDoubt: 1, hubspotId: null });
    await world.work(10 * SECOND);
    expect(await row(world, id)).toMatchObject({ state: 'sent', hubspotId: '5000', inDoubt: 0 });
    expect(world.hubspot.creates).toHaveLength(1);
  }),
);

test('an unclear attempt that made nothing is sent again, not before 15 minutes, two agreeing looks and a witness', () =>
  withWorld(async (world) => {
    world.hubspot.scripts = [{ apply: false, answer: failure({ kind: 'server', status: 503 }) }];
    const id = await queue(world);
    await world.work(2 * HOUR);
    expect(await row(world, id), 'without a witness').toMatchObject({ state: 'unknown' });
    expect(world.hubspot.creates).toHaveLength(1);
    world.hubspot.stranger();
    await world.work(HOUR);
    expect(await row(world, id)).toMatchObject({ state: 'sent', attempts: 2 });
    expect(world.hubspot.creates).toHaveLength(2);
    expect(world.hubspot.kept.filter((kept) => kept.companyIds.includes('1'))).toHaveLength(1);
  }));

test('with a witness from the start the second attempt comes right after the quiet quarter of an hour', () =>
  withWorld(async (world) => {
    world.hubspot.scripts = [{ apply: false, answer: failure({ kind: 'timeout' }) }];
    const id = await queue(world);
    await world.outbox.flush(within(world, 2 * SECOND));
    world.clock.advance(3 * MINUTE);
    world.hubspot.stranger();
    await world.work(11 * MINUTE + 50 * SECOND);
    expect(world.hubspot.creates).toHaveLength(1);
    await world.work(30 * SECOND);
    expect(await row(world, id)).toMatchObject({ state: 'sent', attempts: 2 });
  }));

test('one look, however late, is not enough: the second comes five minutes after it', () =>
  withWorld(async (world) => {
    world.hubspot.scripts = [{ apply: false, answer: failure({ kind: 'timeout' }) }];
    const id = await queue(world);
    await world.outbox.flush(within(world, 2 * SECOND));
    world.clock.advance(3 * HOUR);
    world.hubspot.stranger();
    await world.work(4.9 * MINUTE);
    expect(await row(world, id)).toMatchObject({ state: 'unknown', looks: 1 });
    await world.work(30 * MINUTE);
    expect(await row(world, id)).toMatchObject({ state: 'sent', attempts: 2, looks: 2 });
  }));

test.each([
  ['30 s', 30 * SECOND],
  ['20 min', 20 * MINUTE],
  ['3 h', 3 * HOUR],
])('search lags %s behind: the association list settles it', (_, lag) =>
  withWorld(async (world) => {
    world.hubspot.searchLagMs = lag;
    world.hubspot.scripts = [{ apply: true, answer: failure({}) }];
    const id = await queue(world);
    world.hubspot.stranger();
    await world.work(4 * HOUR);
    expect(await row(world, id)).toMatchObject({ state: 'sent' });
    expect(world.hubspot.creates).toHaveLength(1);
  }),
);

test('both paths lag 40 minutes and the index shows nothing newer: no second attempt', () =>
  withWorld(async (world) => {
    world.hubspot.searchLagMs = 40 * MINUTE;
    world.hubspot.listLagMs = 40 * MINUTE;
    world.hubspot.scripts = [{ apply: true, answer: failure({}) }];
    const id = await queue(world);
    await world.work(2 * HOUR);
    expect(await row(world, id)).toMatchObject({ state: 'sent' });
    expect(world.hubspot.creates).toHaveLength(1);
  }));

test('HubSpot applies it a minute after the time-out: found, once', () =>
  withWorld(async (world) => {
    world.hubspot.scripts = [{ apply: true, applyAfterMs: MINUTE, answer: failure({ kind: 'timeout' }) }];
    const id = await queue(world);
    await world.work(HOUR);
    expect(await row(world, id)).toMatchObject({ state: 'sent', looks: 3 });
    expect(world.hubspot.creates).toHaveLength(1);
  }));

test('a look that fails is no answer: with search failing the row stays in doubt and after a day a person is asked', () =>
  withWorld(async (world) => {
    world.hubspot.scripts = [{ apply: false, answer: failure({ kind: 'timeout' }) }];
    world.hubspot.searchDown = failure({ kind: 'server', status: 500 });
    const id = await queue(world, note('text'));
    await world.work(2 * SECOND);
    world.clock.advance(3 * MINUTE);
    world.hubspot.stranger();
    await world.work(23 * HOUR);
    expect(await row(world, id)).toMatchObject({ state: 'unknown', because: { code: 'server' } });
    await world.work(2 * HOUR);
    expect(await row(world, id)).toMatchObject({ state: 'needs_you', because: { code: 'unclear' }, text: 'text', inDoubt: 1 });
    expect(world.hubspot.creates).toHaveLength(1);
  }));

test('asked to send an unclear row again, it still looks first, and finds it', () =>
  withWorld(async (world) => {
    world.hubspot.searchLagMs = 25 * HOUR;
    world.hubspot.listLagMs = 25 * HOUR;
    world.hubspot.scripts = [{ apply: true, answer: failure({}) }];
    const id = await queue(world);
    await world.work(24.6 * HOUR);
    expect(await row(world, id)).toMatchObject({ state: 'needs_you' });
    world.clock.advance(HOUR);
    expect(await world.outbox.retry(id)).toBe(true);
    await world.work(MINUTE);
    expect(await row(world, id)).toMatchObject({ state: 'sent' });
    expect(world.hubspot.creates).toHaveLength(1);
  }));

test('a person who says that it is not there stands in for the witness', () =>
  withWorld(async (world) => {
    world.hubspot.scripts = [{ apply: false, answer: failure({}) }];
    const id = await queue(world);
    await world.work(25 * HOUR);
    expect(await row(world, id)).toMatchObject({ state: 'needs_you', because: { code: 'unclear' } });
    await world.outbox.retry(id);
    await world.work(10 * MINUTE);
    expect(await row(world, id)).toMatchObject({ state: 'sent', attempts: 2 });
    expect(world.hubspot.kept).toHaveLength(1);
  }));

test("somebody else's note of the same moment is not taken for ours; ours without its marker is", () =>
  withWorld(async (world) => {
    const { hubspot } = world;
    const properties = { hs_timestamp: new Date(MORNING).toISOString(), hubspot_owner_id: '8', hs_note_body: 'another text' };
    hubspot.keep('notes', { properties, associations: [] });
    hubspot.scripts = [{ apply: false, answer: failure({}) }];
    const id = await queue(world, note('<ours> & more'));
    await world.outbox.flush(within(world, 20 * SECOND));
    expect(await row(world, id)).toMatchObject({ state: 'unknown', looks: 1 });
    hubspot.keep('notes', {
      properties: { ...properties, hubspot_owner_id: '7', hs_note_body: '<p>&lt;ours&gt; &amp; more</p>' },
      associations: [],
    });
    await world.work(MINUTE);
    expect(await row(world, id)).toMatchObject({ state: 'sent', hubspotId: '5001' });
  }));

test('a record that may be ours, edited since, is never called absent', () =>
  withWorld(async (world) => {
    const { hubspot } = world;
    hubspot.scripts = [{ apply: false, answer: failure({}) }];
    const id = await queue(world, note('first words'));
    await world.outbox.flush(within(world, 2 * SECOND));
    const properties = { hs_timestamp: new Date(MORNING).toISOString(), hubspot_owner_id: '7', hs_note_body: 'edited' };
    hubspot.keep('notes', { properties, associations: [{ toId: '1', types: [] }] });
    await world.work(26 * HOUR);
    expect(await row(world, id)).toMatchObject({ state: 'needs_you', because: { code: 'unclear' } });
    expect(hubspot.creates).toHaveLength(1);
  }));

test('a merged target is written to its survivor, a deleted one needs a person', () =>
  withWorld(async (world) => {
    const { hubspot } = world;
    const merged = await queue(world, note('to the survivor'));
    const gone = await queue(world, note('to nobody', { companyId: '9' }));
    hubspot.merged.set('1', '2');
    hubspot.gone.add('9');
    await world.outbox.flush(within(world, 30 * SECOND));
    expect(await row(world, merged)).toMatchObject({ state: 'sent', companyId: '2' });
    expect(hubspot.kept[0]?.companyIds).toEqual(['2']);
    expect(await row(world, gone)).toMatchObject({ state: 'needs_you', because: { code: 'target_gone' }, text: 'to nobody' });
    expect(hubspot.creates).toHaveLength(1);
  }));

test('rows of another portal stay where they are', () =>
  withWorld(async (world) => {
    const id = await queue(world);
    world.hubspot.portalId = '200';
    await world.work(HOUR);
    expect(world.hubspot.creates).toHaveLength(0);
    expect(await row(world, id)).toMatchObject({ state: 'ready', because: { code: 'other_portal', params: { portalId: '200' } } });
  }));

test('a poison row is handed over after three tries and holds nobody up', () =>
  withWorld(async (world) => {
    const poison = await queue(world, note('poison'));
    const good = await Promise.all(Array.from({ length: 50 }, (_, i) => queue(world, note(`good ${i}`))));
    await world.db.run("UPDATE outbox SET request = '{' WHERE id = ?", poison);
    await world.work(10 * MINUTE);
    expect(await row(world, poison)).toMatchObject({ state: 'needs_you', because: { code: 'crashed' }, text: 'poison' });
    expect((await world.outbox.list({ ids: good })).every((one) => one.state === 'sent')).toBe(true);
    expect(world.hubspot.kept).toHaveLength(50);
  }));

test('a thousand notes of an offline week go out in order, each once', () =>
  withWorld(async (world) => {
    const { hubspot, outbox } = world;
    hubspot.down = failure({ kind: 'network', surelyNotApplied: true });
    for (let i = 0; i < 1000; i++) await queue(world, note(`note ${i}`, { companyId: String(i % 40) }));
    await world.work(HOUR);
    expect(await outbox.counts()).toMatchObject({ ready: 1000 });
    expect(hubspot.creates.length).toBeLessThanOrEqual(1);
    hubspot.down = null;
    await outbox.flush(within(world, HOUR));
    expect(await outbox.counts()).toMatchObject({ ready: 0, unknown: 0, needsYou: 0 });
    const bodies = hubspot.kept.map(({ record }) => /note \d+/.exec(record.properties.hs_note_body ?? '')?.[0]);
    expect(bodies).toEqual(Array.from({ length: 1000 }, (_, i) => `note ${i}`));
  }));

test('only the holder of the lock sends', () =>
  withWorld(async (world) => {
    const id = await queue(world);
    const lock = takeSenderLock(world.db.path);
    await world.outbox.flush(within(world, MINUTE));
    expect(await row(world, id)).toMatchObject({ state: 'ready', attempts: 0 });
    lock?.release();
    await world.outbox.flush(within(world, MINUTE));
    expect(await row(world, id)).toMatchObject({ state: 'sent', attempts: 1 });
  }));

test('offline, everything waits and is told so', () =>
  withWorld(async (world) => {
    const other = await world.another(false);
    const queued = await other.enqueue(note('kept'));
    expect(queued.ok).toBe(true);
    expect(await other.flush({ deadline: (world.clock.now() + MINUTE) as Instant })).toMatchObject([{ state: 'ready' }]);
    expect(world.hubspot.creates).toHaveLength(0);
  }));

test('a dropped row is kept a month and never sent', () =>
  withWorld(async (world) => {
    const id = await queue(world, note('not after all'), 10 * SECOND);
    expect(await world.outbox.drop(id)).toBe(true);
    await world.work(HOUR);
    expect(world.hubspot.creates).toHaveLength(0);
    expect(await row(world, id)).toMatchObject({ state: 'dropped', text: 'not after all' });
    expect(await world.outbox.retry(id)).toBe(false);
    world.clock.advance(31 * 24 * HOUR);
    await world.work(2 * SECOND);
    expect(await row(world, id)).toBeUndefined();
  }));

test('the clock jumping nine hours ahead or back while a row is in doubt sends nothing twice', () =>
  withWorld(async (world) => {
    world.hubspot.scripts = [{ apply: true, answer: failure({ kind: 'timeout' }) }];
    const id = await queue(world);
    await world.outbox.flush(within(world, 2 * SECOND));
    world.clock.advance(9 * HOUR);
    await world.work(MINUTE);
    world.clock.advance(-9 * HOUR);
    await world.work(HOUR);
    expect(await row(world, id)).toMatchObject({ state: 'sent' });
    expect(world.hubspot.creates).toHaveLength(1);
  }));
