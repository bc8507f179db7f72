/** The load of each success manager, and what is to be handed over when one leaves. */
import type { StoredOwner } from '../data/store/types.ts';
import { isConverted, sumAtHome } from './home-money.ts';
import { ownerName } from './owner-name.ts';
import { teamNameOf } from './revenue-source.ts';
import type { BookRow, BookSnapshot } from './row.ts';
import type { BookTask } from './tasks.ts';

export interface OwnerLoad {
  /** Null: accounts that nobody looks after. `active` is false for somebody whom HubSpot has deactivated or does not know. */
  readonly owner: { readonly id: string; readonly name: string; readonly email: string | null; readonly active: boolean } | null;
  readonly team: string | null;
  readonly accounts: number;
  /** Home currency, major units; accounts in others at the policy's fixed rates, or left out. */
  readonly mrr: number;
  /** Σ MRR × probability; null where probabilities are not shown. */
  readonly mrrAtRisk: number | null;
  /** Accounts in the bands high and critical. */
  readonly risky: number;
  readonly overdueTasks: number;
  /** Notes, calls, meetings and mails of the last seven days. */
  readonly actions7d: number;
  /** Accounts in other currencies that the policy has no rate for: in no amount here. */
  readonly leftOut: number;
  /** Those that are taken in at its rates. */
  readonly converted: number;
}

export interface TeamInputs {
  readonly book: Pick<BookSnapshot, 'rows' | 'unproven'>;
  readonly owners: readonly StoredOwner[];
  readonly tasks: readonly Pick<BookTask, 'owner' | 'overdue'>[];
  /** By owner id. */
  readonly actions7d: ReadonlyMap<string, number>;
}

const RISKY: readonly (string | null)[] = ['high', 'critical'];

/** Everybody who has accounts or overdue tasks, the most MRR first; accounts and tasks without an owner last. */
export function teamLoad({ book, owners, tasks, actions7d }: TeamInputs): readonly OwnerLoad[] {
  const known = new Map(owners.map((owner) => [owner.id, owner]));
  const rows = Map.groupBy(book.rows, (row) => row.owner?.id ?? null);
  const overdue = Map.groupBy(
    tasks.filter((task) => task.overdue),
    (task) => task.owner?.id ?? null,
  );
  const ids = new Set([...rows.keys(), ...overdue.keys()]);
  return [...ids]
    .map((id): OwnerLoad => {
      const own = rows.get(id) ?? [];
      const owner = id === null ? undefined : known.get(id);
      const name = owner ? ownerName(owner) : (own[0]?.owner?.name ?? id ?? '');
      return {
        owner: id === null ? null : { id, name, email: owner?.email ?? null, active: owner !== undefined && !owner.archived },
        team: teamNameOf(owner),
        accounts: own.length,
        mrr: sumAtHome(own, (row) => row.mrr),
        mrrAtRisk: book.unproven ? null : sumAtHome(own, (row) => row.mrrAtRisk),
        risky: own.filter(({ band }) => RISKY.includes(band)).length,
        overdueTasks: overdue.get(id)?.length ?? 0,
        actions7d: id === null ? 0 : (actions7d.get(id) ?? 0),
        leftOut: own.filter(({ homeRate }) => homeRate === null).length,
        converted: own.filter(isConverted).length,
      };
    })
    .sort(
      (a, b) =>
        Number(a.owner === null) - Number(b.owner === null) || b.mrr - a.mrr || ((a.owner?.id ?? '') < (b.owner?.id ?? '') ? -1 : 1),
    );
}

/** Accounts of owners who are gone, or of `leaving`: the highest risk first, then the larger MRR. */
export function handover(rows: readonly BookRow[], owners: readonly StoredOwner[], leaving: string | null): readonly BookRow[] {
  const active = new Set(owners.filter((owner) => !owner.archived).map(({ id }) => id));
  return rows
    .filter(({ owner }) => owner !== null && (leaving === null ? !active.has(owner.id) : owner.id === leaving))
    .sort((a, b) => b.risk - a.risk || (b.mrr ?? 0) - (a.mrr ?? 0) || (a.id < b.id ? -1 : 1));
}
