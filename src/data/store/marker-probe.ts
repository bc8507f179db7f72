/** What the last probe of a portal found of how our own writes are known again. */
import type { Instant } from '../../units/day.ts';
import type { Db } from './driver.ts';

export interface ProbeFigures {
  readonly way: 'property' | 'text';
  /** Objects whose records are known by the property from then on. */
  readonly objects: readonly string[];
  /** Why the property could not be made or used; null where it can, or nobody asked for it. HubSpot's words, raw. */
  readonly refused: string | null;
  /** Whether the mark came back as it was sent. */
  readonly markSurvives: boolean;
  /** Whether the moment came back to the millisecond. */
  readonly millisecondsSurvive: boolean;
  /** Whether the company's list showed the note at the first look. */
  readonly listedAtOnce: boolean;
  /** Milliseconds until the company's list, and the search, showed it; null where neither did as long as it was waited for. */
  readonly listedAfterMs: number | null;
  readonly searchedAfterMs: number | null;
}

export interface KeptProbe extends ProbeFigures {
  readonly at: Instant;
}

export async function keepProbe(db: Db, portalId: string, { at, ...figures }: KeptProbe): Promise<void> {
  await db.run('INSERT OR REPLACE INTO marker_probe VALUES (?, ?, ?, ?)', portalId, at, figures.way, JSON.stringify(figures));
}

/** Null where the portal was never probed from here. */
export async function lastProbe(db: Db, portalId: string): Promise<KeptProbe | null> {
  const row = await db.get<{ at: number; found: string }>('SELECT at, found FROM marker_probe WHERE portal_id = ?', portalId);
  return row ? { ...(JSON.parse(row.found) as ProbeFigures), at: row.at as Instant } : null;
}
