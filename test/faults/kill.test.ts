/**
 * Real processes, real SIGKILL, real HTTP, real files: whatever step of queueing, sending or verifying a process dies
 * at, every note that was called queued is in HubSpot exactly once in the end, and none that was not is there twice.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type DemoServer, startDemoServer } from '../../src/data/demo/server.ts';
import type { Instant } from '../../src/units/day.ts';
import type { Act } from './child.ts';
import { holding, smallPortal } from './portal.ts';
import { bundleChild, type Ended, start } from './processes.ts';
import { STEPS, type Step } from './stage.ts';
import { fileClock } from './time.ts';
import { openWire, WIRE_STEPS, type Wire, type WireStep } from './wire.ts';

let folder: string;
let child: string;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'kizashi-kill-'));
  child = await bundleChild(folder);
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

interface Machine {
  readonly home: string;
  readonly server: DemoServer;
  readonly wire: Wire;
  /** The portal keeps our marks unique. */
  readonly unique: boolean;
  close(): Promise<void>;
}

async function machine(unique = false): Promise<Machine> {
  const home = mkdtempSync(join(folder, 'home-'));
  const clock = fileClock(join(home, 'offset'));
  const server = await startDemoServer({ portal: smallPortal(5, { unique }), now: clock.now, limits: false });
  const wire = await openWire(server.url);
  const close = async () => {
    await wire.close();
    await server.close();
  };
  return { home, server, wire, unique, close };
}

type Kill = { readonly step: Step | WireStep; readonly nth: number };

const isWire = (step: Step | WireStep): step is WireStep => (WIRE_STEPS as readonly string[]).includes(step);

const notes = (words: readonly string[]): Act[] => words.map((each, i) => ({ words: each, companyId: String((i % 5) + 1) }));

function life({ home, wire, unique }: Machine, kill: Kill | null, queue: readonly Act[], mode: 'send' | 'finish'): Promise<Ended> {
  const inside = kill && !isWire(kill.step) ? { step: kill.step, nth: kill.nth } : null;
  const running = start(child, {
    home,
    url: wire.url,
    queue,
    kill: inside,
    mode,
    unique,
  });
  wire.arm(kill && isWire(kill.step) ? kill.step : null, kill?.nth ?? 1, running.kill);
  return running.ended;
}

const SENDING: readonly (Step | WireStep)[] = [
  'enqueue.before',
  'enqueue.after',
  'target',
  'sending.before',
  'sending.after',
  'connect',
  ...WIRE_STEPS,
  'sent.before',
  'sent.after',
];
const DOUBT: readonly Step[] = ['sending.after', 'connect', 'sent.before'];
const LOOKING: readonly Step[] = [
  'look.before',
  'look.after',
  'look.search',
  'look.associations',
  'look.settle.before',
  'look.settle.after',
];

/**
 * Each list is the deaths of one machine, one process after the other; every process queues three notes first. A death
 * of sending, then deaths of looking for what it left in doubt, so that each step is met with and without earlier doubt.
 */
function lives(): readonly (readonly Kill[])[] {
  const all: Kill[][] = [];
  for (const [i, first] of SENDING.entries()) {
    for (const nth of [1, 2, 3]) {
      const looking = (at: number): Kill => ({ step: LOOKING[(i + at) % LOOKING.length] ?? 'look.search', nth: 1 });
      const again = SENDING[(i * 5 + nth * 3) % SENDING.length] ?? 'connect';
      const doubt = DOUBT[(i + nth) % DOUBT.length] ?? 'connect';
      all.push([
        { step: first, nth },
        looking(nth),
        { step: doubt, nth: 1 },
        looking(nth + 2),
        { step: again, nth: 2 },
        { step: doubt, nth },
        looking(nth + 4),
      ]);
    }
  }
  return all;
}

/** Deaths that were really met; a step that a life never came to kills nobody. */
let deaths = 0;
const met = new Map<string, number>();

const AT_ONCE = 2;

test('F1 each step of each life: 0 lost, 0 doubled, every queued note in sight', { timeout: 300_000 }, async () => {
  const waiting = [...lives().entries()];
  const worker = async () => {
    for (let next = waiting.shift(); next; next = waiting.shift()) await liveAndDie(...next);
  };
  await Promise.all(Array.from({ length: AT_ONCE }, worker));
  expect(deaths, JSON.stringify(Object.fromEntries(met))).toBeGreaterThanOrEqual(200);
  for (const step of [...STEPS.filter((step) => step !== 'look.witness' && step !== 'link'), ...WIRE_STEPS])
    expect(met.get(step), step).toBeGreaterThan(0);
});

async function liveAndDie(number: number, kills: readonly Kill[], unique = false): Promise<void> {
  const here = await machine(unique);
  try {
    const queued = new Set<string>();
    const asked: string[] = [];
    for (const [i, kill] of kills.entries()) {
      // New notes in the later lives too, so that steps of sending are met again beside rows in doubt.
      const words = [0, 1, 2].map((n) => `life${number}x${i}x${n}end`);
      asked.push(...words);
      const { lines, signal } = await life(here, kill, notes(words), 'send');
      for (const line of lines) if (line.startsWith('queued ')) queued.add(line.slice(7));
      if (signal === 'SIGKILL') {
        deaths++;
        met.set(kill.step, (met.get(kill.step) ?? 0) + 1);
      }
    }
    const { lines, signal } = await life(here, null, [], 'finish');
    expect(signal).toBe(null);
    for (const words of asked) {
      const made = holding(here.server, words);
      const row = lines.find((line) => line.startsWith('row ') && line.endsWith(` ${words}`));
      const label = `${words} after ${kills.map(({ step, nth }) => `${step}#${nth}`).join(' ')}: ${row}`;
      if (queued.has(words)) expect(row, label).toMatch(/^row sent /);
      expect(made.length, label).toBe(row === undefined ? 0 : 1);
      if (made[0]) expect(made[0].companies, label).toHaveLength(1);
    }
  } finally {
    await here.close();
    rmSync(here.home, { recursive: true, force: true });
  }
}

test('F1 where HubSpot keeps our marks unique, killed before, between and after its two calls: one record, on its company', {
  timeout: 60_000,
}, async () => {
  const steps = ['connect', 'link', 'sent.before', 'sending.after', 'look.settle.before'] as const;
  const before = deaths;
  await Promise.all(
    [0, 1].map((at) =>
      liveAndDie(
        100 + at,
        [1, 2, 3].map((nth) => ({ step: steps[(at * 2 + nth) % steps.length] ?? 'link', nth: at + 1 })),
        true,
      ),
    ),
  );
  expect(deaths - before).toBeGreaterThan(3);
  expect(met.get('link')).toBeGreaterThan(0);
});

const ACTS_DIE_AT: readonly Step[] = ['enqueue.after', 'sending.before', 'sending.after', 'connect', 'sent.before', 'sent.after'];

test('F1 a task, a change of a company and a taking back, killed at each step: made once, as it was meant, taken back', {
  timeout: 120_000,
}, async () => {
  const waiting = [...ACTS_DIE_AT];
  let died = 0;
  const worker = async () => {
    for (let step = waiting.shift(); step; step = waiting.shift()) {
      const killed = await actsDieAt(step);
      died += killed;
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, worker));
  expect(died).toBe(3 * ACTS_DIE_AT.length);
});

/** Three lives of one machine, each killed at the step while it does another of its three acts; gives how many were. */
async function actsDieAt(step: Step): Promise<number> {
  const here = await machine();
  try {
    let died = 0;
    const queued = new Set<string>();
    const all: (readonly Act[])[] = [];
    for (const at of [0, 1, 2]) {
      const companyId = String(at + 1);
      const hubspotId = `7000${at}`;
      const made = { hs_note_body: `back${at}end`, hs_timestamp: '1' };
      here.server.edit([{ kind: 'create', type: '0-46', id: hubspotId, at: Date.now() as Instant, properties: made }]);
      const acts: Act[] = [
        { kind: 'task', words: `task${at}end`, companyId },
        { kind: 'change', words: `tier${at}end`, companyId },
        { kind: 'archive', words: `back${at}end`, companyId, hubspotId },
      ];
      // The one that is killed comes first; the next life sends what it left behind.
      const turned = [...acts.slice(at), ...acts.slice(0, at)];
      all.push(turned);
      const { lines, signal } = await life(here, { step, nth: 1 }, turned, 'send');
      for (const line of lines) if (line.startsWith('queued ')) queued.add(line.slice(7));
      if (signal === 'SIGKILL') died++;
    }
    const { lines } = await life(here, null, [], 'finish');
    for (const { kind, words, companyId } of all.flat()) {
      const row = lines.find((line) => line.startsWith('row ') && line.endsWith(` ${words}`));
      const label = `${words} after ${step}: ${row}`;
      if (queued.has(words)) expect(row, label).toMatch(/^row sent /);
      const isThere = row !== undefined;
      if (kind === 'change') {
        const tier = here.server.portal.types.get('0-2')?.records.get(companyId)?.properties.tier;
        expect(tier, label).toBe(isThere ? words : undefined);
      } else expect(holding(here.server, words).length, label).toBe(isThere === (kind === 'task') ? 1 : 0);
    }
    return died;
  } finally {
    await here.close();
    rmSync(here.home, { recursive: true, force: true });
  }
}

test('F11 two processes at once, the one that sends killed: one sender at a time, each note once', async () => {
  const here = await machine();
  const others = await openWire(here.server.url);
  try {
    const of = (name: string) => Array.from({ length: 15 }, (_, i) => ({ words: `${name}${i}end`, companyId: '1' }));
    const begin = (name: string, { url }: Wire) =>
      start(child, { home: here.home, url, queue: of(name), kill: null, mode: 'send', forMs: 20 * 3_600_000 });
    const both = [
      { wire: here.wire, running: begin('first', here.wire) },
      { wire: others, running: begin('second', others) },
    ];
    // Whichever has sent three notes dies in the middle of the fourth; the other is left to go on.
    for (const { wire, running } of both) {
      wire.arm('wire.answer', 4, () => {
        for (const { wire: each } of both) each.arm(null, 1, () => undefined);
        running.kill();
      });
    }
    const ended = await Promise.all(both.map(({ running }) => running.ended));
    expect(ended.map(({ signal }) => signal).sort()).toEqual(['SIGKILL', null]);
    const { lines } = await life(here, null, [], 'finish');
    const rows = lines.filter((line) => line.startsWith('row '));
    const queued = ended.flatMap((one) => one.lines.filter((line) => line.startsWith('queued ')).map((line) => line.slice(7)));
    expect(rows.length).toBeGreaterThanOrEqual(queued.length);
    for (const words of queued)
      expect(
        rows.filter((line) => line.startsWith('row sent ') && line.endsWith(` ${words}`)),
        words,
      ).toHaveLength(1);
    for (const line of rows) expect(holding(here.server, line.split(' ').at(-1) ?? ''), line).toHaveLength(1);
    const posts = here.server.requests.filter(
      ({ method, path, body }) => method === 'POST' && path.endsWith('/objects/notes') && body.includes('ref'),
    );
    expect(posts).toHaveLength(rows.length);
  } finally {
    await others.close();
    await here.close();
    rmSync(here.home, { recursive: true, force: true });
  }
});
