/** The day that it is, kept: asking a time zone for the first time costs a start as much as reading the whole book. */
import { type BoundedDay, type Day, dayBounds, type Instant, knowDay } from '../../units/day.ts';
import type { Db } from './driver.ts';

export async function dayAt(db: Db, zone: string, instant: Instant): Promise<Day | null> {
  const sql = 'SELECT day, begins, ends FROM calendar WHERE zone = ?1 AND begins <= ?2 AND ?2 < ends';
  const found = await db.get<BoundedDay>(sql, zone, instant);
  if (found) knowDay(zone, found);
  return found?.day ?? null;
}

export async function keepDay(db: Db, zone: string, day: Day): Promise<void> {
  const { begins, ends } = dayBounds(day, zone);
  await db.run('INSERT OR REPLACE INTO calendar (zone, day, begins, ends) VALUES (?, ?, ?, ?)', zone, day, begins, ends);
}
