/** Experiments as they were made: days and groups never change afterwards. */
import type { Day, Instant } from '../../units/day.ts';
import type { Db } from './driver.ts';

export type Side = 'target' | 'control';

/** How the groups came about, so that a reader can tell a draw from a choice. */
export type Choice =
  | { readonly kind: 'chosen'; readonly target: readonly string[]; readonly control: readonly string[] }
  | { readonly kind: 'drawn'; readonly seed: number; readonly among: number };

export interface StoredExperiment {
  readonly name: string;
  readonly madeAt: Instant;
  readonly from: Day;
  /** The last day that counts. */
  readonly to: Day;
  readonly choice: Choice;
  /** `name` as it was when the groups were made. */
  readonly accounts: readonly { readonly id: string; readonly name: string; readonly side: Side }[];
}

/** False where the name is taken: nothing was kept. */
export function keepExperiment(db: Db, portalId: string, experiment: StoredExperiment): Promise<boolean> {
  const { name, madeAt, from, to, choice, accounts } = experiment;
  return db.transaction(async (tx) => {
    const taken = await tx.get('SELECT 1 FROM experiments WHERE portal_id = ? AND name = ?', portalId, name);
    if (taken) return false;
    await tx.run(
      'INSERT INTO experiments (portal_id, name, made_at, from_day, to_day, choice) VALUES (?, ?, ?, ?, ?, ?)',
      portalId,
      name,
      madeAt,
      from,
      to,
      JSON.stringify(choice),
    );
    await tx.runMany(
      'INSERT INTO experiment_accounts (portal_id, experiment, account_id, side, name) VALUES (?, ?, ?, ?, ?)',
      accounts.map((account) => [portalId, name, account.id, account.side, account.name]),
    );
    return true;
  });
}

interface Row {
  name: string;
  madeAt: Instant;
  from: Day;
  to: Day;
  choice: string;
}

/** Oldest first. */
export async function experiments(db: Db, portalId: string): Promise<readonly StoredExperiment[]> {
  const rows = await db.all<Row>(
    `SELECT name, made_at AS madeAt, from_day AS "from", to_day AS "to", choice FROM experiments WHERE portal_id = ?
     ORDER BY made_at, name`,
    portalId,
  );
  const members = await db.all<StoredExperiment['accounts'][number] & { experiment: string }>(
    `SELECT experiment, account_id AS id, name, side FROM experiment_accounts WHERE portal_id = ? ORDER BY experiment, account_id`,
    portalId,
  );
  const byName = Map.groupBy(members, ({ experiment }) => experiment);
  return rows.map((row) => ({
    ...row,
    choice: JSON.parse(row.choice) as Choice,
    accounts: (byName.get(row.name) ?? []).map(({ id, name, side }) => ({ id, name, side })),
  }));
}
