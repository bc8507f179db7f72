/**
 * A model on the terminal: its first frame at once, everything that changes as soon as it changes. Ink comes after the
 * first frame and hears the keys; those that were typed before it wait in the terminal, which is raw from the start.
 */
import type { Ears } from './ink.tsx';
import type { Looks } from './looks.ts';
import { createPainter, type OwnModes } from './painter.ts';
import { withoutPointer } from './pointer.ts';
import type { Shown } from './shown.ts';

export interface StageOptions {
  readonly model: Shown;
  readonly looks: Pick<Looks, 'theme' | 'ascii' | 'bits' | 'links' | 'mouse'>;
  readonly own: OwnModes;
  readonly stdin: NodeJS.ReadStream;
  readonly stdout: NodeJS.WriteStream;
  readonly stderr: NodeJS.WriteStream;
}

export interface Stage {
  /** Runs something else on the terminal as it was before; the frame comes back afterwards. */
  suspend(run: () => Promise<void>): Promise<void>;
  leave(): void;
  /** Resolves when the terminal is as it was; rejects with what broke. */
  readonly ended: Promise<void>;
}

export function openStage({ model, looks, own, stdin, stdout, stderr }: StageOptions): Stage {
  let ears: Ears | null = null;
  let isOver = false;
  let broken: { readonly error: unknown } | null = null;
  let isDue = false;
  const painter = createPainter({ stdout, looks, own, frame: (size) => model.frame(size) });

  const leave = (): void => {
    isOver = true;
    ears?.unmount();
  };
  const guarded = (work: () => void): void => {
    try {
      work();
    } catch (error) {
      broken ??= { error };
      leave();
    }
  };
  /** Once for everything that one event brings. */
  const paint = (): void => {
    if (isDue) return;
    isDue = true;
    queueMicrotask(() => {
      isDue = false;
      guarded(painter.paint);
    });
  };
  const onResize = (): void => {
    painter.forget();
    guarded(() => model.resize(painter.size()));
    paint();
  };

  async function play(): Promise<void> {
    const unsubscribe = model.subscribe(paint);
    stdout.on('resize', onResize);
    process.on('exit', painter.leave);
    try {
      // What is typed is not to be shown by the terminal itself, from the first frame on.
      if (stdin.isTTY) stdin.setRawMode(true);
      painter.enter();
      const { hear } = await import('./ink.tsx');
      if (!isOver) {
        const keys = looks.mouse ? withoutPointer(stdin, (event) => model.point(event)) : stdin;
        ears = hear({ model, painter, stdin: keys, stdout, stderr });
        await ears.ended;
      }
    } finally {
      unsubscribe();
      stdout.off('resize', onResize);
      process.off('exit', painter.leave);
      painter.leave();
      if (stdin.isTTY) stdin.setRawMode(false);
    }
    if (broken) throw broken.error;
  }

  return {
    suspend: (run) => (ears ? ears.suspend(run) : run()),
    leave,
    ended: play(),
  };
}
