/** Where the figures of a report come from, as every file says it. */
import { WHOLE_PORTAL } from '../data/store/types.ts';
import { type Clean, clean } from '../text/clean.ts';
import { formatClock, formatDay } from '../text/format.ts';
import { type Lang, t } from '../text/messages/index.ts';
import { dayOf, type Instant } from '../units/day.ts';
import type { Desk } from '../workspace/desk.ts';
import { scopeOf } from '../workspace/profile.ts';
import type { Session } from '../workspace/session.ts';

export interface DataSource {
  readonly portalId: string;
  /** When the accounts of the book were last brought from HubSpot; null: never as a whole. */
  readonly syncedAt: Instant | null;
  /** The portal's zone, in which that is told. */
  readonly zone: string;
}

export async function dataSource({ timeZone: zone }: Pick<Desk, 'timeZone'>, session: Session): Promise<DataSource> {
  const { settings } = session.profile;
  const cache = await session.cache();
  const syncedAt = (await cache.syncedAt(WHOLE_PORTAL)) ?? (await cache.syncedAt(scopeOf(settings) ?? WHOLE_PORTAL));
  return { portalId: settings.portalId ?? '', syncedAt, zone };
}

/** `22 Nov 2026 16:07 (Asia/Tokyo)`. */
export const syncedText = ({ syncedAt, zone }: Pick<DataSource, 'syncedAt' | 'zone'>, lang: Lang): Clean =>
  clean(syncedAt === null ? t(lang, 'export.never') : `${formatDay(dayOf(syncedAt, zone), lang)} ${formatClock(syncedAt, zone)} (${zone})`);
