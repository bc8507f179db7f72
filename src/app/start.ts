/** Puts the app on the terminal and keeps it there until somebody leaves. */
import type { Setup, Workspace } from '../open.ts';
import type { Personal } from '../settings/settings.ts';
import { setAmbiguousWidth } from '../text/cells.ts';
import { cleanLine } from '../text/clean.ts';
import type { Lang } from '../text/messages/index.ts';
import { openInBrowser } from './browser.ts';
import { crashWords, leaveBySignal } from './ending.ts';
import { editOutside } from './external-editor.ts';
import { type Looks, looksOf } from './looks.ts';
import { createModel } from './model.ts';
import { MOUSE_OFF, MOUSE_ON } from './pointer.ts';
import type { Shown } from './shown.ts';
import { openStage, type Stage } from './stage.ts';
import type { Size } from './state.ts';
import { copySequence, stopUntilContinued, titleModes } from './terminal.ts';
import type { World } from './world.ts';

export interface AppOptions {
  readonly lang: Lang;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly stdin?: NodeJS.ReadStream;
  readonly stdout?: NodeJS.WriteStream;
  readonly stderr?: NodeJS.WriteStream;
  /** What the settings say of looks and keys; the defaults where nothing was chosen. */
  readonly personal?: Personal;
  /** Named where something went wrong. */
  readonly logPath: string;
  /** What went wrong behind the screen, for the log. */
  readonly onError?: (error: unknown) => void;
}

/**
 * Runs the app on a terminal until it is left. Gives the exit code: 0 left, 1 broken (said on stderr once the
 * terminal is as it was), 128 + signal where one ended it, 130 for Ctrl-C. Does not close the workspace.
 */
export const runApp = (workspace: Workspace, options: AppOptions): Promise<number> =>
  onTerminal(options, workspace.portal.label, (world, size, { keys: overrides }, onError) =>
    createModel({ workspace, lang: options.lang, size, world, overrides, onError }),
  );

/** Sets up a portal on a terminal. Gives the exit code as `runApp` does, `SET_UP` where the book comes next. */
export async function runSetup(setup: Setup, goTo: string | null, options: AppOptions): Promise<number> {
  const { createSetupModel } = await import('./setup/model.ts');
  return onTerminal(options, null, (world, size, _looks, onError) =>
    createSetupModel({ setup, lang: options.lang, size, world, goTo, onError }),
  );
}

type MakeModel = (world: World, size: Size, looks: Looks, onError: (error: unknown) => void) => Shown;

/** `portal`: what it is called, for the window's title. Raw. */
async function onTerminal(options: AppOptions, portal: string | null, makeModel: MakeModel): Promise<number> {
  const { lang, env, stdin = process.stdin, stdout = process.stdout, stderr = process.stderr, logPath, onError = () => {} } = options;
  const looks = looksOf(env, options.personal, stdout.getColorDepth?.({ ...env }));
  setAmbiguousWidth(looks.ambiguousWidth);
  let exitCode = 0;
  let suspending = false;
  let stage: Stage | null = null;

  const leave = (code: number): void => {
    exitCode = code;
    stage?.leave();
  };
  const suspended = (run: () => Promise<void>): Promise<void> => (stage ? stage.suspend(run) : run());

  const world: World = {
    browse: (url) => openInBrowser(url, env),
    copy: (text) => void stdout.write(copySequence(text, env)),
    edit: (text) => editOutside(text, env, suspended),
    suspend: async () => {
      if (suspending) return;
      suspending = true;
      try {
        await suspended(stopUntilContinued);
      } finally {
        suspending = false;
      }
    },
    exit: leave,
  };

  const model = makeModel(world, { columns: stdout.columns, rows: stdout.rows }, looks, onError);
  const title = titleModes(portal === null ? 'kizashi' : `kizashi · ${cleanLine(portal)}`, env);

  const stopListening = leaveBySignal(stdin, leave);

  try {
    const own = { enter: title.enter + (looks.mouse ? MOUSE_ON : ''), leave: (looks.mouse ? MOUSE_OFF : '') + title.leave };
    stage = openStage({ model, looks, own, stdin, stdout, stderr });
    await stage.ended;
    return exitCode;
  } catch (error) {
    onError(error);
    stderr.write(crashWords(error, lang, logPath));
    return 1;
  } finally {
    stopListening();
    await model.flush();
    model.close();
  }
}
