/** What changed between a list that was exported earlier and the list as it is now: entered, left, moved. */
import { type Day, parseDay } from '../units/day.ts';
import { err, ok, type Result } from '../units/result.ts';
import type { Exported } from './export-sheets.ts';

/** A row of the earlier file, as far as it is compared. Raw. */
export interface FormerRow {
  readonly id: string;
  readonly name: string;
  readonly rank: number;
  readonly risk: number | null;
  readonly mrr: number | null;
  /** null in a file that does not say. */
  readonly currency: string | null;
}

export interface FormerList {
  readonly asOf: Day;
  readonly portalId: string;
  readonly policy: string;
  /** null in a file that does not say: `list --json` writes none. */
  readonly filter: Exported['filter'] | null;
  readonly rows: readonly FormerRow[];
}

export interface DiffRow {
  readonly id: string;
  readonly name: string;
  /** Of `mrr`; of an account that is gone, what it was. */
  readonly currency: string;
  /** Of `mrrBefore`; null where the account was not in the list. */
  readonly currencyBefore: string | null;
  /** Ranks, 1 first; null where the account was or is not in the list. */
  readonly from: number | null;
  readonly to: number | null;
  readonly riskBefore: number | null;
  readonly risk: number | null;
  readonly mrrBefore: number | null;
  readonly mrr: number | null;
}

/** `gone`: not in the book any more · `filtered`: in the book, but no longer what was asked for. */
export type LeftBecause = 'snoozed' | 'filtered' | 'gone';

export interface ListDiff {
  readonly since: Day;
  readonly until: Day;
  readonly policies: { readonly before: string; readonly after: string };
  readonly filters: { readonly before: Exported['filter'] | null; readonly after: Exported['filter'] };
  /** In the order of their ranks, the now ones first. */
  readonly entered: readonly DiffRow[];
  readonly left: readonly (DiffRow & { readonly because: LeftBecause })[];
  /** The largest step first. */
  readonly moved: readonly DiffRow[];
  /** The same rank, but another risk, MRR or currency. */
  readonly changed: readonly DiffRow[];
  /** Accounts of which nothing changed. */
  readonly same: number;
}

/** Reads an export of `--format json`, or what `list --json` printed. The error says which part is wrong. */
export function parseFormer(text: string): Result<FormerList, string> {
  let parsed: unknown;
  try {
    parsed = JSON.parse(text.replace(/^\ufeff/, ''));
  } catch {
    return err('JSON');
  }
  if (!isRecord(parsed)) return err('{…}');
  const { asOf, portalId, policy, filter, currency, accounts } = parsed;
  const day = typeof asOf === 'string' ? parseDay(asOf) : null;
  if (day === null) return err('asOf');
  if (typeof portalId !== 'string') return err('portalId');
  if (typeof policy !== 'string') return err('policy');
  if (!Array.isArray(accounts)) return err('accounts');
  const rows: FormerRow[] = [];
  const seen = new Set<string>();
  for (const [index, one] of accounts.entries()) {
    const row = formerRow(one, index, textOf(currency));
    if (row === null || seen.has(row.id)) return err(`accounts[${index}]`);
    seen.add(row.id);
    rows.push(row);
  }
  return ok({ asOf: day, portalId, policy, filter: isRecord(filter) ? plainFilter(filter) : null, rows });
}

function formerRow(one: unknown, index: number, home: string | null): FormerRow | null {
  if (!isRecord(one) || typeof one.id !== 'string' || typeof one.name !== 'string') return null;
  const { id, name, rank, risk, mrr, currency } = one;
  return {
    id,
    name,
    rank: Number.isSafeInteger(rank) ? Number(rank) : index + 1,
    risk: numberOf(risk),
    mrr: numberOf(mrr),
    currency: textOf(currency) ?? home,
  };
}

const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null && !Array.isArray(value);
const textOf = (value: unknown): string | null => (typeof value === 'string' ? value : null);
const numberOf = (value: unknown): number | null => (typeof value === 'number' && Number.isFinite(value) ? value : null);
const plainFilter = (filter: Record<string, unknown>): Exported['filter'] =>
  Object.fromEntries(
    Object.entries(filter).flatMap(([key, value]) =>
      typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? [[key, value]] : [],
    ),
  );

export function listDiff(former: FormerList, { snapshot, rows, filter }: Omit<Exported, 'zone'>): ListDiff {
  const before = new Map(former.rows.map((row) => [row.id, row]));
  const inBook = new Map(snapshot.rows.map((row) => [row.id, row]));
  const now = rows.map((row, index): DiffRow => {
    const was = before.get(row.id);
    return {
      id: row.id,
      name: row.name,
      currency: row.currency,
      currencyBefore: was === undefined ? null : (was.currency ?? row.currency),
      from: was?.rank ?? null,
      to: index + 1,
      riskBefore: was?.risk ?? null,
      risk: row.risk,
      mrrBefore: was?.mrr ?? null,
      mrr: row.mrr,
    };
  });
  const listed = new Set(now.map(({ id }) => id));
  const left = former.rows
    .filter(({ id }) => !listed.has(id))
    .map((was) => {
      const row = inBook.get(was.id);
      const because: LeftBecause = row === undefined ? 'gone' : row.group === 'snoozed' ? 'snoozed' : 'filtered';
      return {
        ...{ id: was.id, name: row?.name ?? was.name, from: was.rank, to: null },
        currency: row?.currency ?? was.currency ?? snapshot.currency,
        currencyBefore: was.currency ?? row?.currency ?? snapshot.currency,
        ...{ riskBefore: was.risk, risk: row?.risk ?? null, mrrBefore: was.mrr, mrr: row?.mrr ?? null, because },
      };
    })
    .sort((a, b) => a.from - b.from);
  const step = ({ from, to }: DiffRow): number => Math.abs((from ?? 0) - (to ?? 0));
  const stayed = now.filter(({ from }) => from !== null);
  const moved = stayed.filter((row) => step(row) > 0).sort((a, b) => step(b) - step(a) || (a.to ?? 0) - (b.to ?? 0));
  const isOther = ({ risk, riskBefore, mrr, mrrBefore, currency, currencyBefore }: DiffRow): boolean =>
    risk !== riskBefore || mrr !== mrrBefore || currency !== currencyBefore;
  const changed = stayed.filter((row) => step(row) === 0 && isOther(row));
  return {
    since: former.asOf,
    until: snapshot.asOf,
    policies: { before: former.policy, after: snapshot.policy },
    filters: { before: former.filter, after: filter },
    entered: now.filter(({ from }) => from === null),
    left,
    moved,
    changed,
    same: stayed.length - moved.length - changed.length,
  };
}
