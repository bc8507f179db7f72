/** The user's own editor on a private file that is gone afterwards. */
import { spawn } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export type Edited = { readonly ok: true; readonly text: string } | { readonly ok: false; readonly because: 'no-editor' | 'failed' };

type Env = Readonly<Record<string, string | undefined>>;

/** `$VISUAL`, else `$EDITOR`, split at blanks as git and others do for simple commands; null where neither is set. */
export function editorCommand(env: Env): readonly [string, ...string[]] | null {
  const [program, ...args] = (env.VISUAL?.trim() || env.EDITOR?.trim() || '').split(/\s+/);
  return program ? [program, ...args] : null;
}

/**
 * Runs the editor on `text`, in a file of that name, inside `withTerminal`, which gives the terminal away for that time. The file is 0600 in a
 * folder of its own (0700) and removed whatever happens.
 */
export async function editOutside(
  text: string,
  env: Env,
  withTerminal: (run: () => Promise<void>) => Promise<void>,
  name = 'note.txt',
): Promise<Edited> {
  const command = editorCommand(env);
  if (!command) return { ok: false, because: 'no-editor' };
  const folder = await mkdtemp(join(tmpdir(), 'kizashi-'));
  try {
    const file = join(folder, name);
    await writeFile(file, text, { mode: 0o600 });
    let code: number | null = 1;
    await withTerminal(async () => {
      code = await run(command, file);
    });
    return code === 0 ? { ok: true, text: await readFile(file, 'utf8') } : { ok: false, because: 'failed' };
  } catch {
    return { ok: false, because: 'failed' };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

function run([program, ...args]: readonly [string, ...string[]], file: string): Promise<number | null> {
  return new Promise((resolve) => {
    const child = spawn(program, [...args, file], { stdio: 'inherit', shell: false });
    child.once('error', () => resolve(null));
    child.once('exit', (code) => resolve(code));
  });
}
