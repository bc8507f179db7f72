/** The policies that scored a portal, one row for each time another one came into force. */
import type { Instant } from '../../units/day.ts';
import type { Db } from './driver.ts';

export interface KeptPolicy {
  readonly at: Instant;
  readonly hash: string;
  /** The policy file's text; empty for the default policy. */
  readonly source: string;
  /** Hash of each rule by signal id. */
  readonly rules: Readonly<Record<string, string>>;
}

/** Oldest first. */
export async function policyLog(db: Db, portalId: string): Promise<readonly KeptPolicy[]> {
  const rows = await db.all<Omit<KeptPolicy, 'rules'> & { rules: string }>(
    'SELECT at, hash, source, rules FROM policies WHERE portal_id = ? ORDER BY at',
    portalId,
  );
  return rows.map(({ rules, ...row }) => ({ ...row, rules: JSON.parse(rules) as KeptPolicy['rules'] }));
}

/** The text of the last policy that was in force; null before the first. */
export async function lastGoodSource(db: Db, portalId: string): Promise<string | null> {
  const row = await db.get<{ source: string }>('SELECT source FROM policies WHERE portal_id = ? ORDER BY at DESC LIMIT 1', portalId);
  return row?.source ?? null;
}

/** Nothing where the same file is in force already. */
export async function keepPolicy(db: Db, portalId: string, { at, hash, source, rules }: KeptPolicy): Promise<void> {
  await db.run(
    `INSERT OR REPLACE INTO policies (portal_id, at, hash, source, rules) SELECT ?1, ?2, ?3, ?4, ?5
     WHERE (?3, ?4) IS NOT (SELECT hash, source FROM policies WHERE portal_id = ?1 ORDER BY at DESC LIMIT 1)`,
    portalId,
    at,
    hash,
    source,
    JSON.stringify(rules),
  );
}
