/** How the app ends without a key: by a signal, by a terminal that is closed, by what broke. */
import { say } from '../components/say.ts';
import { cleanLine } from '../text/clean.ts';
import type { Lang } from '../text/messages/index.ts';

/** Exit codes of the signals that end the app in order. */
const SIGNALS = { SIGTERM: 143, SIGHUP: 129 } as const;

/** Calls `leave` with 128 + signal. Gives how to stop listening. */
export function leaveBySignal(stdin: NodeJS.ReadStream, leave: (code: number) => void): () => void {
  const onSignal = (signal: NodeJS.Signals): void => leave(SIGNALS[signal === 'SIGHUP' ? 'SIGHUP' : 'SIGTERM']);
  // A terminal that is closed ends the input, with or without a signal; nobody would be left to quit.
  const onGone = (): void => leave(SIGNALS.SIGHUP);
  for (const signal of Object.keys(SIGNALS)) process.once(signal, onSignal);
  stdin.once('end', onGone);
  return () => {
    for (const signal of Object.keys(SIGNALS)) process.off(signal, onSignal);
    stdin.off('end', onGone);
  };
}

/** The sentence on a terminal that is as it was again: what broke, and where more stands. */
export function crashWords(error: unknown, lang: Lang, logPath: string): string {
  const what = cleanLine(error instanceof Error ? error.message : String(error));
  return `${say(lang, 'app.crashed', { what, log: cleanLine(logPath) })}\n`;
}
