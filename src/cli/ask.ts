/** Questions on the terminal, asked on stderr so that stdout carries the result alone. */
import { createInterface } from 'node:readline/promises';
import { Writable } from 'node:stream';
import type { Context } from './context.ts';

/** One line from the terminal; `hidden` shows nothing of what is typed. */
export async function ask(context: Context, question: string, hidden = false): Promise<string> {
  const silent = new Writable({ write: (_chunk, _encoding, done) => done() });
  const prompt = createInterface({ input: context.stdin, output: hidden ? silent : context.stderr, terminal: true });
  const stop = () => prompt.close();
  context.signal.addEventListener('abort', stop, { once: true });
  prompt.once('SIGINT', () => process.kill(process.pid, 'SIGINT'));
  try {
    if (hidden) context.stderr.write(question);
    const answer = await prompt.question(hidden ? '' : question, { signal: context.signal });
    if (hidden) context.stderr.write('\n');
    return answer;
  } finally {
    context.signal.removeEventListener('abort', stop);
    prompt.close();
  }
}
