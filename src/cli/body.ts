/** The text of a note or task: an argument, `--text`, `-` for standard input, or `$EDITOR`. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { t } from '../text/messages/index.ts';
import { type Context, flag, type Invocation, option } from './context.ts';
import { CommandError, EXIT } from './exit.ts';

/** Raw text as given, below what a template begins with, trailing line ends cut. Throws `CommandError` where the editor failed. */
export async function bodyText(context: Context, invocation: Invocation, argument: string | undefined, begun = ''): Promise<string> {
  const given = option(invocation, 'text') ?? argument ?? '';
  const own = given === '-' ? await readAll(context.stdin) : given;
  const text = [begun, own].filter((part) => part !== '').join('\n\n');
  const edited = flag(invocation, 'edit') ? edit(context, text) : text;
  return edited.replace(/\s+$/, '');
}

export async function readAll(stream: NodeJS.ReadStream): Promise<string> {
  stream.setEncoding('utf8');
  let text = '';
  for await (const chunk of stream) text += chunk;
  return text;
}

function edit(context: Context, text: string): string {
  const editor = context.env.VISUAL || context.env.EDITOR || 'vi';
  const folder = mkdtempSync(join(tmpdir(), 'kizashi-'));
  const file = join(folder, 'text.md');
  try {
    writeFileSync(file, text, { mode: 0o600 });
    // EDITOR may carry arguments (`code --wait`); it is the user's own setting, and the file is the last argument.
    const [command = 'vi', ...args] = editor.split(' ').filter((word) => word !== '');
    const result = spawnSync(command, [...args, file], { stdio: 'inherit' });
    if (result.status !== 0) throw new CommandError(EXIT.failed, t(context.lang, 'cli.error.editor'));
    return readFileSync(file, 'utf8');
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
