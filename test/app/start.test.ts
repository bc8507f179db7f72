/** The real start and end of the app, on streams that look like a terminal. */
import '../screen/console.ts';
import { EventEmitter } from 'node:events';
import { Readable } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { runApp } from '../../src/app/start.ts';
import { type Fixture, fixture, row, snapshotOf } from '../screen/fixture.ts';

class Output extends EventEmitter {
  readonly isTTY = true;
  readonly writable = true;
  readonly columns = 80;
  readonly rows = 24;
  text = '';
  write = (data: string, encodingOrDone?: unknown, done?: () => void): boolean => {
    this.text += data;
    this.emit('wrote');
    const callback = typeof encodingOrDone === 'function' ? (encodingOrDone as () => void) : done;
    if (callback) setImmediate(callback);
    return true;
  };
  /** Resolves when `part` has been written. */
  async until(part: string): Promise<void> {
    while (!this.text.includes(part)) await new Promise((resolve) => this.once('wrote', resolve));
  }
}

class Input extends Readable {
  readonly isTTY = true;
  raw = false;
  override _read(): void {}
  setRawMode(on: boolean): this {
    this.raw = on;
    return this;
  }
  ref(): this {
    return this;
  }
  unref(): this {
    return this;
  }
}

const ENTER = '\u001b[?1049h';
const LEAVE = '\u001b[?1049l';
const SHOW = '\u001b[?25h';

interface Run {
  readonly stdin: Input;
  readonly stdout: Output;
  readonly stderr: Output;
  readonly code: Promise<number>;
}

function start(workspace: Fixture, env: Readonly<Record<string, string>> = {}): Run {
  const [stdin, stdout, stderr] = [new Input(), new Output(), new Output()];
  const code = runApp(workspace, {
    lang: 'en',
    env,
    // The app uses only the part of the streams that is here.
    stdin: stdin as unknown as NodeJS.ReadStream,
    stdout: stdout as unknown as NodeJS.WriteStream,
    stderr: stderr as unknown as NodeJS.WriteStream,
    logPath: '/home/me/kizashi.log',
  });
  return { stdin, stdout, stderr, code };
}

const restored = ({ stdin, stdout }: Run): void => {
  expect(stdout.text.indexOf(ENTER)).toBeGreaterThanOrEqual(0);
  expect(stdout.text.lastIndexOf(LEAVE)).toBeGreaterThan(stdout.text.lastIndexOf(ENTER));
  expect(stdout.text.lastIndexOf(SHOW)).toBeGreaterThan(stdout.text.lastIndexOf('\u001b[?25l'));
  expect(stdin.raw).toBe(false);
};

describe('the app', () => {
  it('leaves the terminal as it was on q', async () => {
    const run = start(fixture());
    await run.stdout.until('42 accounts');
    run.stdin.push('q');
    expect(await run.code).toBe(0);
    restored(run);
    expect(run.stderr.text).toBe('');
  });

  it('leaves with 130 on Ctrl-C, from a text field too, and keeps the text', async () => {
    const workspace = fixture();
    const run = start(workspace);
    await run.stdout.until('42 accounts');
    run.stdin.push('n');
    await run.stdout.until('[ Save ]');
    run.stdin.push('half a note');
    await run.stdout.until('half a note');
    run.stdin.push('\u0003');
    expect(await run.code).toBe(130);
    restored(run);
    expect(workspace.kept.get('note:9001')).toContain('half a note');
  });

  it('leaves no listener behind', async () => {
    const counts: number[] = [];
    for (let time = 0; time < 2; time++) {
      const run = start(fixture());
      await run.stdout.until('42 accounts');
      run.stdin.push('q');
      await run.code;
      counts.push(process.listenerCount('SIGTERM') + process.listenerCount('SIGHUP'));
    }
    expect(counts[1]).toBe(counts[0]);
  });

  it.each([
    ['SIGTERM', 143],
    ['SIGHUP', 129],
  ] as const)('restores the terminal and keeps drafts on %s', async (signal, code) => {
    const workspace = fixture();
    const run = start(workspace);
    await run.stdout.until('42 accounts');
    run.stdin.push('n');
    await run.stdout.until('[ Save ]');
    run.stdin.push('half a note');
    await run.stdout.until('half a note');
    process.emit(signal, signal);
    expect(await run.code).toBe(code);
    restored(run);
    expect(workspace.kept.get('note:9001')).toContain('half a note');
  });

  it('ends when the terminal is gone', async () => {
    const run = start(fixture());
    await run.stdout.until('42 accounts');
    run.stdin.push(null);
    expect(await run.code).toBe(129);
  });

  it('says what broke after it has left the screen', async () => {
    const workspace = fixture();
    const run = start(workspace);
    await run.stdout.until('42 accounts');
    const broken = {
      ...row(0),
      get mrrTrend(): never {
        throw new Error('a row that cannot be drawn');
      },
    };
    workspace.setSnapshot(snapshotOf([broken]));
    expect(await run.code).toBe(1);
    restored(run);
    expect(run.stderr.text).toContain('kizashi stopped: a row that cannot be drawn');
    expect(run.stderr.text).toContain('/home/me/kizashi.log');
  });
});
