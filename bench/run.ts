/**
 * Measures the finished program and prints one table: `node bench/run.ts [list|export|frame|keys|peers|rss|acting|doubles|sync|score|weigh|memory|scale|revenue|large …]`, all
 * without a word but `sync-time` and `sync-large`, which take long. It prints and never fails on a time; docs/performance.md says what the figures should be.
 */
import os from 'node:os';
import { actingFigures } from './acting.ts';
import { frameFigures } from './app.ts';
import { doublesFigures } from './doubles.ts';
import { exportFigures } from './export.ts';
import { keyFigures } from './keys.ts';
import { listFigures, scoreFigures } from './list.ts';
import type { Figure } from './measure.ts';
import { memoryFigures } from './memory.ts';
import { peerFigures } from './peers.ts';
import { isBuilt } from './process.ts';
import { revenueFigures } from './revenue.ts';
import { rssFigures } from './rss.ts';
import { whatIfFigures } from './rules.ts';
import { scaleFigures } from './scale.ts';
import { syncFigures, syncTimeFigures } from './sync.ts';

const ACCOUNTS = 1_000;
const MANY = 10_000;
const MOST = 100_000;

const BENCHES: Readonly<Record<string, () => Promise<Figure[]>>> = {
  list: () => listFigures(ACCOUNTS, 15),
  export: async () => [...(await exportFigures(ACCOUNTS, 5)), ...(await exportFigures(MANY, 3))],
  frame: async () => [...(await frameFigures(ACCOUNTS, 9)), ...(await frameFigures(MANY, 9))],
  keys: () => keyFigures(MANY),
  peers: () => peerFigures(ACCOUNTS, 7),
  rss: () => rssFigures(MANY, 2),
  sync: () => syncFigures([200, 1_000, 10_000]),
  'sync-time': () => syncTimeFigures(MANY),
  'sync-large': () => syncFigures([100_000]),
  acting: () => actingFigures(ACCOUNTS, 25),
  doubles: () => doublesFigures(MOST, 5),
  score: () => scoreFigures(ACCOUNTS, 3),
  weigh: () => whatIfFigures(ACCOUNTS, 5),
  memory: () => memoryFigures(ACCOUNTS, 5),
  scale: async () => [...(await scaleFigures(ACCOUNTS, 5)), ...(await scaleFigures(MANY, 3)), ...(await scaleFigures(MOST, 2))],
  revenue: async () => [...(await revenueFigures(MANY, 5)), ...(await revenueFigures(MOST, 3))],
  large: async () => [
    ...(await listFigures(MANY, 7)),
    ...(await scoreFigures(MANY, 2)),
    ...(await whatIfFigures(MANY, 3)),
    ...(await memoryFigures(MANY, 3)),
  ],
};

function print(figures: readonly Figure[]): void {
  const rows = [{ what: 'figure', value: 'median (min–max)', baseline: 'baseline in the same run', ratio: 'ratio' }, ...figures];
  const widest = (key: keyof Figure): number => Math.max(...rows.map((row) => row[key].length));
  const line = (row: Figure): string =>
    `| ${row.what.padEnd(widest('what'))} | ${row.value.padStart(widest('value'))} | ${row.baseline.padEnd(widest('baseline'))} | ${row.ratio.padStart(widest('ratio'))} |`;
  const [head, ...body] = rows.map(line);
  process.stdout.write(`${[head, head?.replace(/[^|]/g, '-'), ...body].join('\n')}\n`);
}

const ASKED_FOR_ONLY = new Set(['sync-time', 'sync-large']);
const names = process.argv.length > 2 ? process.argv.slice(2) : Object.keys(BENCHES).filter((name) => !ASKED_FOR_ONLY.has(name));
const unknown = names.filter((name) => !Object.hasOwn(BENCHES, name));
if (unknown.length > 0 || !isBuilt()) {
  const why =
    unknown.length > 0
      ? `no bench called ${unknown.join(', ')}; there are ${Object.keys(BENCHES).join(', ')}`
      : 'not built yet: npm run build';
  process.stderr.write(`bench: ${why}\n`);
  process.exitCode = 2;
} else {
  process.stderr.write(
    `Node ${process.versions.node}, ${os.cpus().length} × ${os.cpus()[0]?.model}, load ${os.loadavg()[0]?.toFixed(1)}\n`,
  );
  const figures: Figure[] = [];
  for (const name of names) {
    try {
      figures.push(...((await BENCHES[name]?.()) ?? []));
    } catch (error) {
      // The other figures are worth having all the same.
      process.stderr.write(`bench ${name}: ${error instanceof Error ? error.message : error}\n`);
      process.exitCode = 1;
    }
  }
  print(figures);
}
