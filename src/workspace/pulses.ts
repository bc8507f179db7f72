/** A success manager's own view of an account, kept on this machine and scored from then on. */
import { keepPulse } from '../data/store/local-queries.ts';
import { OPINION_DAYS } from '../scoring/inputs/market.ts';
import { addDays, type Day } from '../units/day.ts';
import type { Session } from './session.ts';

export interface NewPulse {
  readonly accountId: string;
  readonly points: number;
  readonly because: string;
}

/** One view an account and day; the book is scored anew with it. Gives back the day on which it stops counting. */
export async function enterPulse(session: Session, portalId: string, today: Day, pulse: NewPulse): Promise<Day> {
  await keepPulse((await session.local()).db, portalId, { ...pulse, day: today });
  await (await session.cache()).outdate();
  return addDays(today, OPINION_DAYS);
}
