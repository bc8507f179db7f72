/** Takes a file of figures that HubSpot does not have: every row of it, or none. */

import { Matcher } from '../data/import/accounts.ts';
import type { ImportKind } from '../data/import/columns.ts';
import { type FileProblem, type ReadFile, type RowProblem, readMrrFile, readUsageFile } from '../data/import/rows.ts';
import { keepMrrRows, keepUsageRows } from '../data/store/imports.ts';
import { addDays, type Day, firstDay, lastDay } from '../units/day.ts';
import { err, ok, type Result } from '../units/result.ts';
import { NeverSyncedError } from './errors.ts';
import type { Session } from './session.ts';

export interface ImportRequest {
  readonly kind: ImportKind;
  readonly bytes: Uint8Array;
  /** Leaves rows about unknown accounts out instead of refusing the file. */
  readonly skipUnknown: boolean;
  /** Keeps nothing. */
  readonly dryRun: boolean;
}

export interface ImportReport {
  readonly kind: ImportKind;
  readonly encoding: ReadFile<unknown>['encoding'];
  /** Rows kept, of so many in the file. */
  readonly rows: number;
  readonly total: number;
  readonly skipped: number;
  readonly accounts: number;
  /** First and last day that the rows are about; null without rows. */
  readonly span: { readonly from: Day; readonly to: Day } | null;
  readonly unknownColumns: readonly string[];
  /** Whether the mapping reads what was imported. */
  readonly used: boolean;
  readonly kept: boolean;
}

export type ImportRefused =
  | { readonly kind: 'file'; readonly problem: FileProblem }
  | { readonly kind: 'rows'; readonly problems: readonly RowProblem[] };

/** Throws `NeverSyncedError` before the first sync: rows are matched to the accounts that are in the store. */
export async function importFile(session: Session, request: ImportRequest): Promise<Result<ImportReport, ImportRefused>> {
  const cache = await session.cache();
  const portal = await cache.portal();
  const companies = await cache.companyNames();
  if (portal === null) throw new NeverSyncedError();
  const matcher = new Matcher(companies, await cache.mergedCompanies());
  const { mapping } = session.profile.settings;
  const options = { matcher, zone: portal.timeZone, currency: portal.currency };
  const at = session.profile.options.now();

  async function take<Row extends { readonly accountId: string }>(
    read: Result<ReadFile<Row>, FileProblem>,
    spanOf: (row: Row) => { readonly from: Day; readonly to: Day },
    keep: (rows: readonly Row[]) => Promise<void>,
  ): Promise<Result<ImportReport, ImportRefused>> {
    if (!read.ok) return err({ kind: 'file', problem: read.error });
    const { rows, problems, total, encoding, unknown } = read.value;
    const strangers = new Set(problems.filter(({ because }) => because === 'none').map(({ line }) => line));
    const wrong = request.skipUnknown ? problems.filter(({ line }) => !strangers.has(line)) : problems;
    if (wrong.length > 0) return err({ kind: 'rows', problems: wrong });
    if (!request.dryRun && rows.length > 0) {
      await keep(rows);
      await cache.outdate();
    }
    const spans = rows.map(spanOf);
    return ok({
      kind: request.kind,
      encoding,
      rows: rows.length,
      total,
      skipped: total - rows.length,
      accounts: new Set(rows.map(({ accountId }) => accountId)).size,
      span: spans.reduce<ImportReport['span']>(
        (all, one) => (all === null ? one : { from: one.from < all.from ? one.from : all.from, to: one.to > all.to ? one.to : all.to }),
        null,
      ),
      unknownColumns: unknown,
      used: mapping[request.kind === 'mrr' ? 'mrr.source' : 'usage.source'] === 'csv',
      kept: !request.dryRun,
    });
  }

  const db = async () => (await session.local()).db;
  if (request.kind === 'mrr') {
    return take(
      readMrrFile(request.bytes, options),
      ({ month }) => ({ from: firstDay(month), to: lastDay(month) }),
      async (rows) => keepMrrRows(await db(), portal.portalId, rows, at),
    );
  }
  return take(
    readUsageFile(request.bytes, options),
    ({ start, days }) => ({ from: start, to: addDays(start, days - 1) }),
    async (rows) => keepUsageRows(await db(), portal.portalId, rows, at),
  );
}
