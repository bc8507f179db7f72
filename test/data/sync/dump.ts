/** Everything that a cache holds, for comparing two of them. */
import { DatabaseSync } from 'node:sqlite';

const TABLES: Readonly<Record<string, string>> = {
  record: 'object, id',
  association: 'from_object, from_id, to_object, to_id',
  book: 'scope, company_id',
  document: 'name',
  unavailable: 'object',
  sync_scope: 'scope',
  sync_cursor: 'scope, object',
  todo: 'scope, step, id',
};

export function dump(path: string): Record<string, unknown[]> {
  const db = new DatabaseSync(path, { readOnly: true });
  try {
    return Object.fromEntries(
      Object.entries(TABLES).map(([table, order]) => [
        table,
        db
          .prepare(`SELECT * FROM ${table} ORDER BY ${order}`)
          .all()
          .map((row) => ({ ...row })),
      ]),
    );
  } finally {
    db.close();
  }
}
