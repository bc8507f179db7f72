/** The app without a screen: lines on the normal screen, for screen readers and for whoever wants no pictures. */
import { say } from '../../components/say.ts';
import type { Setup, Workspace } from '../../open.ts';
import { setAmbiguousWidth } from '../../text/cells.ts';
import { openInBrowser } from '../browser.ts';
import { crashWords, leaveBySignal } from '../ending.ts';
import { editOutside } from '../external-editor.ts';
import { looksOf } from '../looks.ts';
import { createModel } from '../model.ts';
import { createSetupModel } from '../setup/model.ts';
import type { Shown } from '../shown.ts';
import type { AppOptions } from '../start.ts';
import type { Size } from '../state.ts';
import { copySequence, stopUntilContinued } from '../terminal.ts';
import type { World } from '../world.ts';
import { type Keyboard, listenTo } from './keyboard.ts';
import { createTalk } from './talk.ts';
import { tellingOf, tellingOfFrame } from './tell.ts';
import type { Telling } from './telling.ts';

/** There is no screen: a page of a list is some twenty rows, and one column of text is read as it comes. */
const PAGE: Size = { columns: 100, rows: 30 };
/** An account is read to its last line, whatever would be in sight on a screen. */
const LINE_BY_LINE: Size = { columns: 100, rows: 1 };
const WIDE: Size = { columns: 160, rows: 60 };

interface Told {
  readonly shown: Shown;
  readonly tell: () => Telling;
}

/** Exit codes as `runApp` has them. */
export const tellApp = (workspace: Workspace, options: AppOptions): Promise<number> =>
  onLines(options, (world, { keys: overrides }, onError) => {
    const { lang } = options;
    const model = createModel({ workspace, lang, size: PAGE, world, overrides, onError });
    const sized = (): void => model.resize(model.context().ui.screens.at(-1)?.name === 'account' ? LINE_BY_LINE : PAGE);
    const shown: Shown = {
      ...model,
      press(names) {
        for (const name of names) {
          model.press([name]);
          sized();
        }
      },
    };
    return { shown, tell: () => tellingOf(model.context()) };
  });

export const tellSetup = (setup: Setup, goTo: string | null, options: AppOptions): Promise<number> =>
  onLines(options, (world, _looks, onError) => {
    const shown = createSetupModel({ setup, lang: options.lang, size: WIDE, world, goTo, onError });
    return { shown, tell: () => tellingOfFrame(shown.frame(WIDE), options.lang) };
  });

type Make = (world: World, looks: ReturnType<typeof looksOf>, onError: (error: unknown) => void) => Told;

async function onLines(options: AppOptions, make: Make): Promise<number> {
  const { lang, env, stdin = process.stdin, stdout = process.stdout, stderr = process.stderr, logPath, onError = () => {} } = options;
  const looks = looksOf(env, options.personal);
  setAmbiguousWidth(looks.ambiguousWidth);
  const { promise: left, resolve: leave, reject: fail } = Promise.withResolvers<number>();
  const write = (text: string): void => void stdout.write(text);
  let keyboard: Keyboard | null = null;
  const lend = async (run: () => Promise<void>): Promise<void> => {
    await (keyboard?.lend(run) ?? run());
    talk.again();
  };
  const world: World = {
    browse: (url) => openInBrowser(url, env),
    copy: (text) => void stdout.write(copySequence(text, env)),
    edit: (text) => editOutside(text, env, lend),
    suspend: () => lend(stopUntilContinued),
    exit: leave,
  };
  const { shown, tell } = make(world, looks, onError);
  const talk = createTalk(tell, write, lang, () => stdout.columns ?? 80);
  /** What a key does must not end in a stack over the lines. */
  const guarded = (run: () => void): void => {
    try {
      run();
    } catch (error) {
      fail(error);
    }
  };
  const hears = (run: () => void): void => guarded(() => talk.hear(run));

  // First the keys: what is typed at the first question, a token perhaps, is not to be shown by the terminal itself.
  keyboard = listenTo(stdin, (text) => void stdout.write(text), {
    keys: (names) => hears(() => shown.press(names)),
    paste: (text) => hears(() => shown.paste(text)),
  });
  write(`${say(lang, 'plain.welcome')}\n`);
  const unsubscribe = shown.subscribe(() => guarded(talk.changed));
  guarded(talk.again);
  const stopListening = leaveBySignal(stdin, leave);
  try {
    return await left;
  } catch (error) {
    onError(error);
    stderr.write(crashWords(error, lang, logPath));
    return 1;
  } finally {
    stopListening();
    unsubscribe();
    talk.close();
    write(`${say(lang, 'plain.end')}\n`);
    keyboard.close();
    await shown.flush();
    shown.close();
  }
}
