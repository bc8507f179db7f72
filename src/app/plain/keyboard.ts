/** Keys and pastes from a terminal in raw mode, without a screen. */
import { EventEmitter } from 'node:events';
import { emitKeypressEvents, type Interface } from 'node:readline';

interface Keypress {
  readonly name?: string;
  readonly sequence?: string;
  readonly ctrl: boolean;
  readonly meta: boolean;
  readonly shift: boolean;
}

/** As `keys.ts` names them. */
const NAMES: Readonly<Record<string, string>> = {
  return: 'enter',
  enter: 'enter',
  escape: 'esc',
  tab: 'tab',
  space: 'space',
  backspace: 'backspace',
  delete: 'delete',
  up: 'up',
  down: 'down',
  left: 'left',
  right: 'right',
  pageup: 'pageup',
  pagedown: 'pagedown',
  home: 'home',
  end: 'end',
};

const PASTE_ON = '\u001b[?2004h';
const PASTE_OFF = '\u001b[?2004l';
/** An Esc that nothing follows for so long is the key. */
const ESC_MS = 50;

/** The keys of one event of Node's own reader; a letter with meta is Esc and the letter. */
export function pressedNames(text: string | undefined, key: Keypress): string[] {
  const special = key.name === undefined ? undefined : NAMES[key.name];
  if (special === 'esc') return key.meta ? ['esc', 'esc'] : ['esc'];
  if (special === 'space' && !key.ctrl) return key.meta ? ['esc', 'space'] : ['space'];
  if (special === 'tab' && key.shift) return ['shift+tab'];
  if (special !== undefined) {
    if (key.ctrl) return [`ctrl+${special}`];
    if (key.meta) return special === 'enter' || special === 'tab' ? ['esc', special] : [`alt+${special}`];
    return [special];
  }
  if (key.ctrl) return key.name === undefined ? [] : [`ctrl+${key.name}`];
  const typed = key.meta ? (key.sequence ?? '').replace(/^\u001b/, '') : (text ?? '');
  if (typed === '' || /[\p{Cc}]/u.test(typed)) return [];
  return key.meta ? ['esc', typed] : [typed];
}

export interface Keyboard {
  /** Gives the terminal away for as long as `run` takes. */
  lend(run: () => Promise<void>): Promise<void>;
  close(): void;
}

export function listenTo(
  stdin: NodeJS.ReadStream,
  write: (text: string) => void,
  heard: { readonly keys: (names: readonly string[]) => void; readonly paste: (text: string) => void },
): Keyboard {
  let pasted: string | null = null;
  const onKey = (text: string | undefined, key: Keypress): void => {
    if (key.name === 'paste-start') pasted = '';
    else if (key.name === 'paste-end') {
      const whole = pasted ?? '';
      pasted = null;
      heard.paste(whole);
    } else if (pasted !== null) pasted += key.name === 'return' ? '\n' : (text ?? '');
    else {
      const names = pressedNames(text, key);
      if (names.length > 0) heard.keys(names);
    }
  };
  emitKeypressEvents(stdin, Object.assign(new EventEmitter(), { escapeCodeTimeout: ESC_MS }) as unknown as Interface);
  const take = (): void => {
    stdin.setRawMode(true);
    write(PASTE_ON);
    stdin.on('keypress', onKey);
    stdin.resume();
  };
  const give = (): void => {
    stdin.off('keypress', onKey);
    stdin.pause();
    write(PASTE_OFF);
    stdin.setRawMode(false);
  };
  take();
  return {
    async lend(run) {
      give();
      try {
        await run();
      } finally {
        take();
      }
    },
    close: give,
  };
}
