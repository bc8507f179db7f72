import { expect, test } from 'vitest';
import type { Instant } from '../../../src/units/day.ts';
import { failure } from './fake-gateway.ts';
import { HOUR, MINUTE, MORNING, note, SECOND, task, type World, withWorld } from './world.ts';

async function queue({ outbox }: World, intent = note('hello'), undoMs = 0): Promise<string> {
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
        properties: { hs_timestamp: new Date(MORNING).toISOString(), hubspot_owner_id: '7' },
        associations: [{ toId: '1', types: [{ typeId: 190 }] }],
      },
    });
    expect(world.hubspot.creates[0]?.record.properties.hs_note_body).toMatch(/^更新の件<br>&lt;b&gt;5 &lt; 6&lt;\/b&gt;.*ref[0-9a-z]{12}/);
  }));
