import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createLog, logLevel } from '../../src/settings/log.ts';
import { HOSTILE } from '../text/hostile.ts';

const CANARY = 'canary-7f3a9c51d2e84b60';
const SHAPED = 'pat-na1-11111111-2222-3333-4444-555555555555';

let dir: string;
let file: string;

beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'kizashi-log-'));
  file = join(dir, 'state', 'kizashi.log');
});
afterEach(() => rmSync(dir, { recursive: true, force: true }));

const everything = (): string =>
  readdirSync(dirname(file))
    .map((name) => readFileSync(join(dirname(file), name), 'utf8'))
    .join('');
const entries = () =>
  readFileSync(file, 'utf8')
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as Record<string, unknown>);

describe('log', () => {
  it('writes one JSON line an entry', () => {
    const log = createLog({ file, now: () => Date.UTC(2026, 10, 21) });
    log.info('sync.done', { requests: 12, offline: false, ids: ['1', '2'], event: 'not this', none: undefined });
    log.warn('b');
    expect(entries()).toEqual([
      {
        at: '2026-11-21T00:00:00.000Z',
        level: 'info',
        pid: process.pid,
        event: 'sync.done',
        requests: 12,
        offline: false,
        ids: ['1', '2'],
      },
      { at: '2026-11-21T00:00:00.000Z', level: 'warn', pid: process.pid, event: 'b' },
    ]);
  });

  it('makes nothing before the first line', () => {
    createLog({ file });
    expect(existsSync(dirname(file))).toBe(false);
  });

  it('says more at debug only', () => {
    createLog({ file, level: 'info' }).debug('quiet');
    createLog({ file, level: 'debug' }).debug('loud');
    expect(entries().map((entry) => entry.event)).toEqual(['loud']);
    expect(logLevel({})).toBe('info');
    expect(logLevel({ KIZASHI_LOG: 'DEBUG' })).toBe('debug');
    expect(logLevel({}, true)).toBe('debug');
  });

  it('never holds a secret, wherever it was', () => {
    const log = createLog({ file, level: 'debug', secrets: [CANARY] });
    const cause = new Error(`401 for Bearer ${CANARY}`);
    const places: unknown[] = [
      CANARY,
      `https://api.example/x?access_token=${encodeURIComponent(CANARY)}`,
      { headers: { authorization: `Bearer ${CANARY}`, [CANARY]: 'as a key' } },
      [`${'x'.repeat(290)}${CANARY}`],
      new Error('outer', { cause }),
      Object.assign(new Error('coded'), { code: CANARY }),
      `${CANARY.slice(0, 8)}\u200b${CANARY.slice(8)}`,
      Buffer.from(CANARY),
      Buffer.from(CANARY).toString('base64'),
      { token: 'short', password: 'hunter2' },
      SHAPED,
      { nested: { deep: { deeper: `${SHAPED} and ${CANARY}` } } },
    ];
    for (const place of places) {
      log.info(String(CANARY), { place });
      log.debug('body', { body: JSON.stringify({ place: String(place) }) });
      log.error('thrown', place instanceof Error ? { error: place } : { place });
    }
    log.hide('late-secret-value');
    log.info('late-secret-value');
    const text = everything();
    expect(text).not.toContain(CANARY);
    expect(text).not.toContain(CANARY.slice(0, 12));
    expect(text).not.toContain(Buffer.from(CANARY).toString('base64').slice(0, 12));
    expect(text).not.toContain('11111111-2222');
    expect(text).not.toContain('hunter2');
    expect(text).not.toContain('late-secret');
    expect(text).toContain('[redacted]');
  });

  it('leaves no half of a secret where a text is cut', () => {
    fc.assert(
      fc.property(fc.integer({ min: 270, max: 310 }), (before) => {
        const log = createLog({ file: join(dir, 'cut.log'), secrets: [CANARY] });
        log.info('x', { body: 'x'.repeat(before) + CANARY });
      }),
      { numRuns: 41 },
    );
    expect(readFileSync(join(dir, 'cut.log'), 'utf8')).not.toContain('canary');
  });

  it('is safe to print: no control character but its own line ends', () => {
    const log = createLog({ file });
    for (const [name, raw] of HOSTILE) log.info(raw, { [raw]: raw, error: new Error(raw), name });
    expect(everything()).not.toMatch(/[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]/);
    expect(entries()).toHaveLength(HOSTILE.length);
  });

  it('stands loops, depth and odd values', () => {
    const loop: Record<string, unknown> = {
      big: 10n,
      when: new Date(Number.NaN),
      call: () => 1,
      list: Array.from({ length: 500 }, () => 'x'),
    };
    loop.self = loop;
    let deep: unknown = 'end';
    for (let index = 0; index < 10_000; index += 1) deep = { deep };
    const log = createLog({ file });
    log.info('odd', { loop, deep });
    expect(entries()[0]).toMatchObject({ loop: { big: '10', when: null, self: '…' } });
  });

  it.each([0o000, 0o022])('is readable by its owner only under umask %o', (umask) => {
    const before = process.umask(umask);
    try {
      const log = createLog({ file, maxBytes: 300 });
      for (let index = 0; index < 10; index += 1) log.info('line', { text: 'x'.repeat(100) });
    } finally {
      process.umask(before);
    }
    for (const name of readdirSync(dirname(file))) expect(statSync(join(dirname(file), name)).mode & 0o777).toBe(0o600);
    expect(statSync(dirname(file)).mode & 0o777).toBe(0o700);
  });

  it('closes a file that others could read', () => {
    createLog({ file }).info('a');
    chmodSync(file, 0o644);
    createLog({ file }).info('b');
    expect(statSync(file).mode & 0o777).toBe(0o600);
  });

  it('keeps three files of bounded size, the newest lines first to be found', () => {
    const log = createLog({ file, maxBytes: 2000 });
    for (let index = 0; index < 200; index += 1) log.info('line', { index });
    expect(readdirSync(dirname(file)).sort()).toEqual(['kizashi.log', 'kizashi.log.1', 'kizashi.log.2']);
    for (const name of readdirSync(dirname(file))) expect(statSync(join(dirname(file), name)).size).toBeLessThanOrEqual(2000);
    expect(entries().at(-1)).toMatchObject({ index: 199 });
  });

  it('never throws and never prints where it cannot write', () => {
    const stdout = vi.spyOn(process.stdout, 'write');
    const stderr = vi.spyOn(process.stderr, 'write');
    try {
      writeFileSync(join(dir, 'state'), 'a file where the folder should be');
      const log = createLog({ file });
      log.error('a', { error: new Error('b') });
      const bomb = {};
      Object.defineProperty(bomb, 'boom', {
        enumerable: true,
        get: () => {
          throw new Error('getter');
        },
      });
      createLog({ file: join(dir, 'ok.log') }).info('x', { bomb });
      expect(stdout).not.toHaveBeenCalled();
      expect(stderr).not.toHaveBeenCalled();
    } finally {
      stdout.mockRestore();
      stderr.mockRestore();
    }
  });

  it.runIf(existsSync('/dev/full'))('goes on when the disk is full', () => {
    expect(() => createLog({ file: '/dev/full' }).info('x')).not.toThrow();
  });

  it('takes whole lines from several processes at once', async () => {
    const script = `
      const { createLog } = await import(process.argv[1]);
      const log = createLog({ file: process.argv[2] });
      for (let i = 0; i < 200; i += 1) log.info('line', { i, text: 'x'.repeat(200) });`;
    const module = new URL('../../src/settings/log.ts', import.meta.url).href;
    const children = [1, 2, 3].map(() =>
      spawn(process.execPath, ['--input-type=module', '-e', script, module, file], { stdio: 'inherit' }),
    );
    const codes = await Promise.all(children.map(async (child) => (await once(child, 'exit'))[0]));
    expect(codes).toEqual([0, 0, 0]);
    expect(entries()).toHaveLength(600);
  });
});
