/** Lists of churned customers: their order, and what stands in a row of them. Light, so that screens can take it. */
import type { ChurnStory } from './churn-stories.ts';
import type { Churned, WinBack } from './revenue-reports.ts';

/** Stories that are told at once to a screen. */
export const TOLD_AT_ONCE = 40;

/** As lists of who left are read: the newest month first, in each the largest loss. */
export const newestFirst = <C extends Pick<Churned, 'month'>>(churned: readonly C[]): readonly C[] =>
  churned.toSorted((a, b) => (a.month < b.month ? 1 : a.month > b.month ? -1 : 0));

/** Its place in the win-back list from 1 on; null where it is not in it. */
export function winBackPlaces(winBack: readonly WinBack[]): (one: Pick<Churned, 'id' | 'month'>) => number | null {
  const places = new Map(winBack.map(({ id, month }, at) => [`${id} ${month}`, at + 1]));
  return ({ id, month }) => places.get(`${id} ${month}`) ?? null;
}

/** `done` by what was found, else by the play that looks back; null where the story was not told. */
export const postMortemState = ({ lookBack }: Pick<Churned, 'lookBack'>, story: ChurnStory | undefined): ChurnStory['postmortem'] | null =>
  lookBack ? 'done' : (story?.postmortem ?? null);
