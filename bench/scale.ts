/** How scoring grows with the book: 1,000, 10,000 and 100,000 accounts with full histories, each in a process of its own. */
import { join } from 'node:path';
import { type Figure, figure, spread } from './measure.ts';
import { runNode } from './process.ts';
import type { ScaleTimes } from './scale-run.ts';

const RUN = join(import.meta.dirname, 'scale-run.ts');
/** Megabytes: a hundred thousand accounts want more than Node takes by itself. */
const HEAP = 12_000;

export async function scaleFigures(accounts: number, rounds: number): Promise<Figure[]> {
  process.stderr.write(`making ${accounts} accounts with full histories …\n`);
  const args = ['--expose-gc', `--max-old-space-size=${HEAP}`, RUN, String(accounts), String(rounds), 'store'];
  const times = JSON.parse((await runNode(args)).stdout) as ScaleTimes;
  const of = `${accounts} accounts, ${Math.round(times.facts / accounts)} records each`;
  const reading = 'reading their facts from SQLite';
  const prepared: Figure = {
    what: `preparing ${of}, once a fact revision`,
    value: spread(times.prepare, 'ms'),
    baseline: `${((times.preparedMb * 1000) / accounts).toFixed(1)} KB an account`,
    ratio: '–',
  };
  const scoring = [figure(`scoring ${of}, prepared`, times.score, reading, times.read), prepared];
  if (times.receipts.length === 0) return scoring;
  return [
    ...scoring,
    figure(`every receipt, revenue figure and change of a week`, times.receipts, reading, times.read),
    figure(`since when each signal of them fires`, times.since, reading, times.read),
    figure(`a what-if, ${accounts} accounts`, times.whatIf.slice(0, times.read.length), reading, times.read),
  ];
}
