/** Where a command's file goes: `--output`, `--force` and what can be in the way. */
import { statSync } from 'node:fs';
import { extname, join, resolve, sep } from 'node:path';
import { cleanLine } from '../text/clean.ts';
import { t } from '../text/messages/index.ts';
import { type FileProblem, writeWholeFile } from '../workspace/whole-file.ts';
import { type Context, flag, type Invocation, option } from './context.ts';
import { CommandError, EXIT } from './exit.ts';

export type Pieces = Iterable<string | Uint8Array> | AsyncIterable<string | Uint8Array>;

/** Where the result goes; a null path is standard output. */
export interface Output<Format extends string> {
  readonly format: Format;
  readonly path: string | null;
  readonly replace: boolean;
}

const ENDINGS: Readonly<Record<string, string>> = { markdown: 'md', htm: 'html', txt: 'text' };

/**
 * `--format`, else what the file's name ends in, else `fallback`. A folder gets a file of `name`, which must be safe as one.
 * Throws `CommandError` (2) for a format that is none of `formats`, for a file whose name ends otherwise, and for another format
 * than JSON on standard output where `--json` asks for that.
 */
export function outputOf<Format extends string>(
  context: Pick<Context, 'lang' | 'json'>,
  invocation: Invocation,
  { formats, fallback }: { readonly formats: readonly Format[]; readonly fallback: Format | null },
): Output<Format> {
  const wanted = option(invocation, 'format');
  const where = option(invocation, 'output') ?? '-';
  // `--output "$FILE"` of a variable that is not set, or the next option where a file should stand.
  if (where === '' || where.startsWith('--'))
    throw new CommandError(EXIT.usage, t(context.lang, 'cli.error.option_missing_argument', { value: '--output' }));
  if ((where.endsWith('/') || where.endsWith(sep)) && !isFolder(resolve(where)))
    throw new CommandError(
      EXIT.usage,
      t(context.lang, 'files.error.no_such_folder', { path: cleanLine(resolve(where)) }),
      'file_no_folder',
    );
  const among = (word: string): Format | undefined => formats.find((format) => format === word);
  const ending = where === '-' ? '' : extname(where).slice(1).toLowerCase();
  const known = among(ENDINGS[ending] ?? ending);
  if (wanted === undefined && ending !== '' && known === undefined && !isFolder(resolve(where))) {
    const params = { ending: cleanLine(`.${ending}`), allowed: formats.join('|') };
    throw new CommandError(EXIT.usage, t(context.lang, 'files.error.ending', params));
  }
  const format = wanted === undefined ? (known ?? fallback) : among(wanted);
  if (format === undefined) {
    const params = { option: '--format', value: cleanLine(wanted ?? ''), allowed: formats.join(', ') };
    throw new CommandError(EXIT.usage, t(context.lang, 'cli.error.not_among', params));
  }
  if (context.json && where === '-' && wanted !== undefined && wanted !== 'json')
    throw new CommandError(EXIT.usage, t(context.lang, 'files.error.json', { format: cleanLine(wanted) }));
  if (format === null) throw new CommandError(EXIT.usage, t(context.lang, 'export.error.format', { allowed: formats.join('|') }));
  return { format, path: where === '-' ? null : resolve(where), replace: flag(invocation, 'force') };
}

/** Writes the pieces there; gives back the file's path, null for standard output. `name` is used inside a folder. */
export async function writeOutput(
  context: Context,
  { path, replace }: Output<string>,
  name: string,
  pieces: Pieces,
): Promise<string | null> {
  if (path === null) {
    for await (const piece of pieces) {
      context.signal.throwIfAborted();
      context.stdout.write(piece);
    }
    return null;
  }
  const file = isFolder(path) ? join(path, name) : path;
  const done = await writeWholeFile(file, pieces, { replace, signal: context.signal });
  if (done.ok) return file;
  const { kind, because } = done.error;
  const usage = USAGE.has(kind);
  const message = t(context.lang, `export.error.file.${kind}`, { path: cleanLine(file), because });
  throw new CommandError(usage ? EXIT.usage : EXIT.failed, message, `file_${kind}`);
}

/** Seen before anything was touched. */
const USAGE: ReadonlySet<FileProblem['kind']> = new Set(['exists', 'no_folder', 'is_folder', 'special', 'name']);

/** What stands in the way of looking stands in the way of writing too, and is told then. */
function isFolder(path: string): boolean {
  try {
    return statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false;
  } catch {
    return false;
  }
}
