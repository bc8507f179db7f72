/** `export` of a book that was scored, from start to end, by format: time beside a bare start, and the highest memory beside that of the same list as CSV. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { type Figure, figure, inTurns } from './measure.ts';
import { bareNode, PROGRAM, runNode } from './process.ts';
import { storeOf } from './store.ts';

const FORMATS = ['csv', 'xlsx', 'html', 'json'] as const;

export async function exportFigures(accounts: number, rounds: number): Promise<Figure[]> {
  const store = await storeOf(accounts);
  const folder = mkdtempSync(join(tmpdir(), 'kizashi-bench-export-'));
  const peakFile = join(folder, 'peak');
  const hook = pathToFileURL(join(import.meta.dirname, 'peak.mjs')).href;
  const env = { ...store.env, NODE_OPTIONS: `${store.env.NODE_OPTIONS ?? ''} --import ${hook}`, PEAK_FILE: peakFile };
  const peaks: Record<(typeof FORMATS)[number], number[]> = { csv: [], xlsx: [], html: [], json: [] };
  const made = (format: (typeof FORMATS)[number]) => async (): Promise<number> => {
    const { ms } = await runNode([PROGRAM, 'export', '--force', '--output', join(folder, `list.${format}`)], env);
    peaks[format].push(Number(readFileSync(peakFile, 'utf8')) / 1024);
    return ms;
  };
  try {
    const cases = { bare: bareNode, csv: made('csv'), xlsx: made('xlsx'), html: made('html'), json: made('json') };
    const times = await inTurns(cases, rounds);
    const of = `of ${store.accounts} accounts`;
    return FORMATS.flatMap((format) => [
      figure(`export to ${format} ${of}`, times[format], 'node -e 0', times.bare),
      figure(`its highest memory, ${of}`, peaks[format].slice(1), 'csv', peaks.csv.slice(1), 'MB'),
    ]);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
