/** Which play a policy proposes for an account. Pure. */
import type { Band, Play, Policy, Tier } from '../policy.ts';
import { PLAYS } from './catalog.ts';

const shipped = new Map(PLAYS.map((play) => [play.id, play]));

/** Everything that can be run: what ships, with the team's own in its place or behind it. */
export function playsOf({ plays }: Pick<Policy, 'plays'>): readonly Play[] {
  if (plays.length === 0) return PLAYS;
  const own = new Map(plays.map((play) => [play.id, play]));
  return [...PLAYS.map((play) => own.get(play.id) ?? play), ...plays.filter(({ id }) => !shipped.has(id))];
}

/** Null for an id that neither the team nor the catalogue has. */
export const playById = (id: string, policy: Pick<Policy, 'plays'> = { plays: [] }): Play | null =>
  policy.plays.find((play) => play.id === id) ?? shipped.get(id) ?? null;

export interface Situation {
  readonly band: Band | null;
  readonly tier: Tier | null;
  readonly quadrant: 'act' | 'keep' | 'automate' | 'tech' | null;
  readonly noticeGiven: boolean;
  /** Ids of the plays that the firing signals name, strongest signal first; '' for a signal that names none. */
  readonly bySignal: readonly string[];
}

/**
 * Little value and little risk: the tier's own play, so that nobody's day goes into what a mail would do. Else the play
 * of the strongest signal that names one; else the band's. An account that gave notice is to be understood and won back.
 */
export function proposedPlay(policy: Pick<Policy, 'plays' | 'responses'>, situation: Situation): Play | null {
  const { band, tier, quadrant, noticeGiven, bySignal } = situation;
  const find = (id: string | null | undefined): Play | null => (id ? playById(id, policy) : null);
  if (noticeGiven) return find('win-back');
  const byTier = quadrant === 'tech' && tier !== null ? find(policy.responses.tiers[tier]) : null;
  if (byTier) return byTier;
  for (const id of bySignal) {
    const play = find(id);
    if (play) return play;
  }
  return band === null ? null : find(policy.responses.bands[band]);
}
