/** `sync` as a command: whose book it brings, and what it asks before a book shrinks. */
import { rmSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { now, prepareHome } from './harness.ts';
import { desk } from './inside.ts';

const EAST = '東日本CS';
const EAST_OWNERS = ['76400011', '76400012'];

let everybody = '';
beforeAll(async () => {
  everybody = await prepareHome(['--all']);
}, 60_000);
afterAll(() => rmSync(everybody, { recursive: true, force: true }));

describe('a team', () => {
  it('is synced and listed by its name, beside one’s own book', async () => {
    const here = await desk();
    await here.json(['init', '--yes', '--me', 'clarke@demo.example']);
    const synced = await here.json(['sync', '--team', EAST]);
    expect(synced).toMatchObject({ mode: 'full', complete: true, census: null, notices: { held: 0, alarms: [] } });
    const team = await here.json(['list', '--team', EAST]);
    expect(team.accounts.length).toBeGreaterThan(5);
    for (const { owner } of team.accounts) expect(EAST_OWNERS).toContain(owner.id);
    expect((await here.json(['list', '--team', '9101'])).accounts.length).toBe(team.accounts.length);
    const own = await here.json(['list']);
    for (const { owner } of own.accounts) expect(owner.id).toBe('76400013');
  });

  it('of the whole portal’s book is cut from it', async () => {
    const here = await desk({ from: everybody });
    const { accounts } = await here.json(['list', '--team', EAST]);
    expect(accounts.length).toBeGreaterThan(5);
    for (const { owner } of accounts) expect(EAST_OWNERS).toContain(owner.id);
  });

  it('that there is not is told with those that there are', async () => {
    const here = await desk({ from: everybody });
    for (const args of [
      ['sync', '--team', 'Nobody'],
      ['list', '--team', 'Nobody'],
    ]) {
      const ran = await here.run(args);
      expect(ran.code).toBe(2);
      expect(ran.stderr).toContain(EAST);
    }
    expect((await here.run(['sync', '--team', EAST, '--all'])).code).toBe(2);
  });
});

describe('a book that would shrink', () => {
  it('keeps everybody until --yes', async () => {
    const here = await desk({ from: everybody });
    const { accounts } = await here.json(['list']);
    const { server } = here;
    const gone = accounts.slice(0, 12).map(({ id }: { id: string }) => id);
    server.edit(
      gone.map((id: string) => ({ kind: 'update', type: '0-2', id, at: now(), properties: { lifecyclestage: 'other' }, touch: true })),
    );
    const held = await here.run(['sync']);
    expect(held.code).toBe(6);
    expect(held.stderr).toContain('12 companies would leave the book at once');
    expect((await here.json(['list'])).accounts.length).toBe(accounts.length);
    expect((await here.json(['sync'], 6)).notices.held).toBe(12);
    expect(await here.json(['sync', '--yes'])).toMatchObject({ notices: { held: 0 }, objects: { companies: { removed: 12 } } });
    expect((await here.json(['list'])).accounts.length).toBe(accounts.length - 12);
  });
});
