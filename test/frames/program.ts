/** The built program on the demo portal at the fixed minute, in a real terminal. */
import { pathToFileURL } from 'node:url';
import type { Lang } from '../../src/text/messages/index.ts';
import { openTerminal, type RealTerminal } from '../terminal/terminal.ts';
import { NOW } from './stage.ts';
import type { Size } from './walk.ts';

/** `home`: filled, and the program's own; `runs`: the clock goes on from that minute. */
export const environmentAt = (home: string, lang: Lang, runs = false): Readonly<Record<string, string>> => ({
  KIZASHI_HOME: home,
  LANG: lang === 'ja' ? 'ja_JP.UTF-8' : 'en_US.UTF-8',
  NODE_OPTIONS: `--import=${pathToFileURL(`${import.meta.dirname}/clock.ts`).href}`,
  ...(runs ? { KIZASHI_TEST_CLOCK_SHIFT: String(NOW - Date.now()) } : { KIZASHI_TEST_CLOCK: String(NOW) }),
});

export const openProgram = (home: string, lang: Lang, size: Size): RealTerminal =>
  openTerminal({ home, env: environmentAt(home, lang), ...size });
