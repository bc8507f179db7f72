/** `list --json` from start to end, from a store that is up to date and from one whose book must be scored first. */
import { addDays, type Day } from '../src/units/day.ts';
import { type Figure, figure, inTurns, spread } from './measure.ts';
import { bareNode, PROGRAM, runNode } from './process.ts';
import { storeOf } from './store.ts';

const today = new Date().toISOString().slice(0, 10) as Day;

export async function listFigures(accounts: number, rounds: number): Promise<Figure[]> {
  const store = await storeOf(accounts);
  const list = async (...args: readonly string[]): Promise<number> => (await runNode([PROGRAM, 'list', '--json', ...args], store.env)).ms;
  const times = await inTurns({ bare: bareNode, list: () => list(), top: () => list('--limit', '20') }, rounds);
  const of = `of ${store.accounts} accounts`;
  return [
    figure(`list --json ${of}`, times.list, 'node -e 0', times.bare),
    figure(`list --json --limit 20 ${of}`, times.top, 'node -e 0', times.bare),
  ];
}

export async function scoreFigures(accounts: number, rounds: number): Promise<Figure[]> {
  const store = await storeOf(accounts);
  let back = 0;
  const list = async (): Promise<number> => (await runNode([PROGRAM, 'list', '--json', '--as-of', addDays(today, -back)], store.env)).ms;
  // Each time another day, for which no book is kept; then the same day again.
  const scored = (): Promise<number> => {
    back += 1;
    return list();
  };
  const times = await inTurns({ scored, kept: list }, rounds);
  const each = times.scored.map((ms, round) => (ms - (times.kept[round] ?? 0)) / store.accounts);
  return [
    figure(`list --json that scores ${store.accounts} accounts first`, times.scored, 'the same again, from the kept book', times.kept),
    {
      what: `scoring an account, of ${store.accounts}`,
      value: spread(each, 'ms', 2),
      baseline: 'the difference of the two above',
      ratio: '–',
    },
  ];
}
