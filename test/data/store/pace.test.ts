import { fork } from 'node:child_process';
import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type Bucket, FRESH, type Kind, type Lane, learned, step } from '../../../src/data/store/bucket.ts';
import { openPace, type PaceOptions, type SharedPace } from '../../../src/data/store/pace.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'pace-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const START = Date.UTC(2026, 10, 20);
const never = new AbortController().signal;

/** A clock that moves only when somebody waits. */
function stopped(): PaceOptions & { time: number } {
  const clock = {
    time: START,
    now: () => clock.time,
    sleep: async (ms: number) => {
      clock.time += ms;
    },
    random: () => 0,
  };
  return clock;
}

/** Most moments inside any half-open window of `length`. */
function most(moments: readonly number[], length: number): number {
  const sorted = [...moments].sort((a, b) => a - b);
  let best = 0;
  let first = 0;
  for (const [index, moment] of sorted.entries()) {
    while ((sorted[first] ?? 0) <= moment - length) first += 1;
    best = Math.max(best, index - first + 1);
  }
  return best;
}

describe('the bucket', () => {
  test('no window sees more than 97 % of the limit, nor more than four searches a second', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(100, 190, 250),
        fc.array(fc.tuple(fc.constantFrom<Kind>('search', 'other'), fc.constantFrom<Lane>('interactive', 'background'), fc.nat(400)), {
          minLength: 300,
          maxLength: 600,
        }),
        (max, asks) => {
          let bucket: Bucket = { ...FRESH, max };
          let now = START;
          const granted: number[] = [];
          const searches: number[] = [];
          for (const [kind, lane, pause] of asks) {
            const next = step(bucket, kind, lane, now);
            bucket = next.bucket;
            if ('answer' in next) {
              granted.push(now);
              if (kind === 'search') searches.push(now);
            } else {
              expect(next.waitMs).toBeGreaterThan(0);
            }
            // Mostly in a hurry.
            now += pause < 380 ? pause / 20 : pause * 10;
          }
          expect(most(granted, 10_000)).toBeLessThanOrEqual(max * 0.97);
          expect(most(searches, 1_000)).toBeLessThanOrEqual(4);
        },
      ),
      { numRuns: 50 },
    );
  });

  test('waiting as long as it says is enough', () => {
    let bucket = FRESH;
    let now = START;
    for (let taken = 0; taken < 200; ) {
      const next = step(bucket, 'other', 'background', now);
      bucket = next.bucket;
      if ('answer' in next) taken += 1;
      else now += Math.ceil(next.waitMs);
    }
    // 200 requests at 9.4 a second.
    expect(now - START).toBeGreaterThan(20_000);
    expect(now - START).toBeLessThan(23_000);
  });

  test('an interactive request finds a token where background work must wait', () => {
    let bucket = FRESH;
    let next = step(bucket, 'other', 'background', START);
    while ('answer' in next) {
      bucket = next.bucket;
      next = step(bucket, 'other', 'background', START);
    }
    expect(step(bucket, 'other', 'interactive', START)).toMatchObject({ answer: 'go' });
  });

  test('background work stays back while somebody waits', () => {
    const waiting = step({ ...FRESH, tokens: 0, at: START }, 'other', 'interactive', START);
    if ('answer' in waiting) throw new Error('no token was there');
    const soon = START + Math.ceil(waiting.waitMs);
    expect(step({ ...waiting.bucket, tokens: 9, at: soon }, 'other', 'background', soon)).toHaveProperty('waitMs');
    expect(step(waiting.bucket, 'other', 'interactive', soon)).toMatchObject({ answer: 'go' });
  });

  test('a clock that is set back holds nobody up', () => {
    const ahead = { ...FRESH, at: START, searchAt: START + 250, holdUntil: START + 5_000, searchHoldUntil: START, interactiveUntil: START };
    expect(step(ahead, 'search', 'background', START - 3_600_000)).toMatchObject({ answer: 'go' });
  });

  test('a tenth of the day is left to people; an old figure is asked for anew, once', () => {
    const spent = learned(FRESH, { max: 190, intervalMs: 10_000, dailyMax: 1_000, dailyRemaining: 99 }, START);
    expect(spent).toMatchObject({ max: 190, dailyRemaining: 99 });
    expect(step(spent, 'other', 'background', START + 1)).toMatchObject({ answer: 'daily' });
    expect(step(spent, 'other', 'interactive', START + 1)).toMatchObject({ answer: 'go' });
    const later = step(spent, 'other', 'background', START + 3_600_000);
    expect(later).toMatchObject({ answer: 'go' });
    expect(step(later.bucket, 'other', 'background', START + 3_600_001)).toMatchObject({ answer: 'daily' });
    const enough = learned(spent, { max: null, intervalMs: null, dailyMax: 1_000, dailyRemaining: 100 }, START);
    expect(step(enough, 'other', 'background', START + 1)).toMatchObject({ answer: 'go' });
  });

  test('background work goes at a quarter of the pace once a quarter of the day is left, people do not', () => {
    const timeOf = (lane: Lane, dailyRemaining: number): number => {
      let bucket = learned(FRESH, { max: 100, intervalMs: 10_000, dailyMax: 100_000, dailyRemaining }, START);
      let now = START;
      for (let taken = 0; taken < 100; ) {
        const next = step(bucket, 'other', lane, now);
        bucket = next.bucket;
        if ('answer' in next) taken += 1;
        else now += Math.ceil(next.waitMs);
      }
      return now - START;
    };
    expect(timeOf('background', 24_999) / timeOf('background', 25_000)).toBeCloseTo(4, 0);
    expect(timeOf('interactive', 24_999)).toBe(timeOf('interactive', 90_000));
  });
});

describe('the shared file', () => {
  const path = () => join(folder, 'sub', 'pace.db');
  const takeMany = async (pace: SharedPace, count: number, kind: Kind = 'other') => {
    for (let index = 0; index < count; index += 1) expect(await pace.take(kind, 'interactive', never)).toBe('go');
  };

  test('two users of one portal share, two portals do not', async () => {
    const clock = stopped();
    const [one, two] = [openPace(path(), 'a', clock), openPace(path(), 'a', clock)];
    await takeMany(one, 3);
    expect(clock.time).toBe(START);
    await takeMany(two, 1);
    expect(clock.time).toBeGreaterThan(START);
    const before = clock.time;
    await takeMany(openPace(path(), 'b', clock), 3);
    expect(clock.time).toBe(before);
    expect(statSync(path()).mode & 0o777).toBe(0o600);
  });

  test('a 429 holds everybody', async () => {
    const clock = stopped();
    const [one, two] = [openPace(path(), 'a', clock), openPace(path(), 'a', clock)];
    one.hold('search', 3_000);
    await takeMany(two, 1);
    expect(clock.time).toBe(START);
    await takeMany(two, 1, 'search');
    expect(clock.time).toBeGreaterThanOrEqual(START + 3_000);
  });

  test('searches are a quarter of a second apart', async () => {
    const clock = stopped();
    await takeMany(openPace(path(), 'a', clock), 9, 'search');
    expect(clock.time).toBe(START + 2_000);
  });

  test('limits that one learned count for the other', async () => {
    const clock = stopped();
    const [one, two] = [openPace(path(), 'a', clock), openPace(path(), 'a', clock)];
    one.learn({ max: 1_000, intervalMs: 1_000, dailyMax: 100, dailyRemaining: 5 });
    await takeMany(two, 100);
    expect(clock.time - START).toBeLessThan(500);
    expect(await two.take('other', 'background', never)).toBe('daily');
    expect(two.quota()).toEqual({ max: 100, remaining: 5, at: START, background: 'stopped' });
    expect(openPace(path(), 'b', clock).quota()).toBeNull();
  });

  test('turns come in order, and an abort ends a wait at once', async () => {
    const clock = stopped();
    const release: (() => void)[] = [];
    const pace = openPace(path(), 'a', { ...clock, now: () => START, sleep: () => new Promise((resolve) => release.push(resolve)) });
    await takeMany(pace, 3);
    const stop = new AbortController();
    const [first, second] = [pace.take('other', 'interactive', stop.signal), pace.take('other', 'interactive', stop.signal)];
    while (release.length === 0) await Promise.resolve();
    stop.abort();
    expect(await Promise.all([first, second])).toEqual(['aborted', 'aborted']);
    expect(await pace.take('other', 'interactive', AbortSignal.abort())).toBe('aborted');
    for (const free of release) free();
  });

  test('a damaged file is replaced; a place where no file can be is done without', async () => {
    const clock = stopped();
    const damaged = join(folder, 'pace.db');
    writeFileSync(damaged, 'this is no database at all, and it is long enough to be read as a header');
    await takeMany(openPace(damaged, 'a', clock), 3);
    await takeMany(openPace(damaged, 'a', clock), 1);
    expect(clock.time).toBeGreaterThan(START);

    const nowhere = stopped();
    await takeMany(openPace(join(damaged, 'below', 'pace.db'), 'a', nowhere), 4);
    expect(nowhere.time).toBeGreaterThan(START);
  });

  test('unlimited makes no file and never waits', async () => {
    const clock = stopped();
    const pace = openPace(path(), 'a', { ...clock, unlimited: true });
    pace.hold('other', 10_000);
    await takeMany(pace, 1_000, 'search');
    expect(clock.time).toBe(START);
    expect(() => statSync(path())).toThrow();
  });

  test('two processes together stay below the limit, and neither starves', async () => {
    const grants = await Promise.all(
      ['background', 'background'].map(
        (lane) =>
          new Promise<number[]>((resolve, reject) => {
            const child = fork(join(import.meta.dirname, 'pace-child.ts'), [path(), lane, '2500']);
            child.on('error', reject);
            child.on('message', (message) => {
              if (message === 'ready') child.send('go');
              else resolve(message as number[]);
            });
          }),
      ),
    );
    const all = grants.flat();
    expect(most(all, 1_000)).toBeLessThanOrEqual(39);
    expect(all.length).toBeGreaterThan(45);
    for (const granted of grants) expect(granted.length).toBeGreaterThan(all.length / 5);
  });
});
