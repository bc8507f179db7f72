/** The period that movements are told of: the month under the cursor, or all from a mark to it, either way round. Pure. */
import { say } from '../../components/say.ts';
import { type Clean, literal } from '../../text/clean.ts';
import { formatMonth } from '../../text/format.ts';
import type { Lang } from '../../text/messages/index.ts';
import { addMonths, type Month } from '../../units/day.ts';
import type { Place } from './kit.ts';

type Ends = Pick<Place, 'back' | 'mark'>;

/** Its first and its last month, as months before the last one of the figures, and how many there are: 1 or more. */
export function periodOf({ back, mark = back }: Ends): { readonly first: number; readonly last: number; readonly months: number } {
  const [first, last] = [Math.max(back, mark), Math.min(back, mark)];
  return { first, last, months: first - last + 1 };
}

export const hasPeriod = ({ mark }: Pick<Place, 'mark'>): boolean => mark !== undefined;

/** The month under the cursor alone; it goes wherever the cursor goes. */
export function withoutPeriod<P extends Place>(place: P): P {
  const { mark: _, ...rest } = place;
  return rest as P;
}

/** From the month under the cursor to wherever it goes; with a period already, without one. */
export const marked = <P extends Place>(place: P): P => (hasPeriod(place) ? withoutPeriod(place) : { ...place, mark: place.back });

/** Its first month, `by` earlier (1) or later (−1), among `columns` months; never beyond its last one. */
export function startMoved<P extends Place>(place: P, by: 1 | -1, columns: number): P {
  const back = Math.min(place.back, columns - 1);
  const mark = place.mark ?? back;
  // The mark is the later end: the cursor stands at the start.
  if (mark < back) return { ...place, back: Math.min(columns - 1, back + by) };
  const moved = Math.min(columns - 1, mark + by);
  return moved <= back ? withoutPeriod({ ...place, back }) : { ...place, back, mark: moved };
}

/** `Nov 2026`, or `Sep 2026 – Nov 2026, 3 months`. */
export function periodWords(last: Month, ends: Ends, lang: Lang): Clean {
  const period = periodOf(ends);
  const name = (back: number): string => formatMonth(addMonths(last, -back), lang, 'full');
  if (period.months === 1) return literal(name(period.last));
  return say(lang, 'charts.period', { from: name(period.first), to: name(period.last), n: period.months });
}
