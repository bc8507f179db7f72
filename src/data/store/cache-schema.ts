/**
 * Tables of `cache.db`: everything that HubSpot can give again, and the scored book that is made from it.
 *
 * - `record`: one CRM record, raw values as JSON without nulls and with sorted keys. `gone` is null while the record lives.
 * - `association`: kept from the company down (`companies` → X) and, for surveys, from `contacts` and `tickets` to
 *   `feedback_submissions`; the second index answers the other direction.
 * - `book`: which companies a scope (an owner id, or `all`) holds; `left_at` once a company belongs to somebody else.
 * - `document`: whole answers that are read in one piece (portal, owners, definitions, schemas, pipelines).
 * - `sync_scope`, `sync_cursor`, `todo`: where a sync stands, by slot: a scope's own slot for what changed, one beside it for
 *   its census, so that the two can take turns. `todo` holds the ids that a step has still to ask for; `found` counts the
 *   rows that the windows of an object have brought since the last census.
 * - `book_snapshot`, `book_part`: the book as scored last, its rows in columns; `book_print`: the same as text, by language.
 * - `revenue_ledger`, `revenue_column`: the MRR of the whole store month by month, in columns of numbers, for the reports; `meta`
 *   counts in `records` the transactions that changed a record, a link or a definition.
 * - `mark`: the activities that carry a mark of ours, by mark; `meta` has 1 in `marks` once it covers all records.
 * - `calendar`: when a zone's day begins and ends, so that a start can tell the day without loading time zones.
 */
import type { Schema } from './driver.ts';

const VERSION_1 = `
CREATE TABLE meta (key TEXT PRIMARY KEY, value INTEGER NOT NULL) STRICT, WITHOUT ROWID;
INSERT INTO meta VALUES ('revision', 0);

CREATE TABLE record (
  object TEXT NOT NULL,
  id TEXT NOT NULL,
  properties TEXT NOT NULL,
  history TEXT NOT NULL,
  created_at INTEGER NOT NULL,
  updated_at INTEGER NOT NULL,
  first_seen_at INTEGER NOT NULL,
  period TEXT,
  gone TEXT CHECK (gone IN ('deleted', 'merged')),
  gone_at INTEGER,
  merged_into TEXT,
  UNIQUE (object, id)
) STRICT;
CREATE INDEX record_period ON record (object, period) WHERE period IS NOT NULL;

CREATE TABLE association (
  from_object TEXT NOT NULL,
  from_id TEXT NOT NULL,
  to_object TEXT NOT NULL,
  to_id TEXT NOT NULL,
  PRIMARY KEY (from_object, from_id, to_object, to_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX association_back ON association (to_object, to_id, from_object, from_id);

CREATE TABLE book (
  scope TEXT NOT NULL,
  company_id TEXT NOT NULL,
  seen_at INTEGER NOT NULL,
  left_at INTEGER,
  PRIMARY KEY (scope, company_id)
) STRICT, WITHOUT ROWID;

CREATE TABLE document (name TEXT PRIMARY KEY, json TEXT NOT NULL, read_at INTEGER NOT NULL) STRICT, WITHOUT ROWID;

CREATE TABLE unavailable (
  object TEXT PRIMARY KEY,
  kind TEXT NOT NULL CHECK (kind IN ('scope', 'absent', 'failed')),
  scopes TEXT NOT NULL,
  message TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE sync_scope (
  scope TEXT PRIMARY KEY,
  run TEXT,
  plan TEXT,
  synced_at INTEGER,
  census_at INTEGER
) STRICT, WITHOUT ROWID;

CREATE TABLE sync_cursor (
  scope TEXT NOT NULL,
  object TEXT NOT NULL,
  window_end INTEGER,
  last_id TEXT,
  finished INTEGER NOT NULL DEFAULT 0,
  relink INTEGER NOT NULL DEFAULT 0,
  PRIMARY KEY (scope, object)
) STRICT, WITHOUT ROWID;

CREATE TABLE todo (
  scope TEXT NOT NULL,
  step TEXT NOT NULL,
  id TEXT NOT NULL,
  PRIMARY KEY (scope, step, id)
) STRICT, WITHOUT ROWID;

CREATE TABLE book_snapshot (
  snapshot INTEGER PRIMARY KEY AUTOINCREMENT,
  scope TEXT NOT NULL,
  as_of TEXT NOT NULL,
  policy TEXT NOT NULL,
  revision INTEGER NOT NULL,
  saved_at INTEGER NOT NULL,
  header TEXT NOT NULL,
  UNIQUE (scope, as_of)
) STRICT;

CREATE TABLE book_row (
  snapshot INTEGER NOT NULL REFERENCES book_snapshot ON DELETE CASCADE,
  rank INTEGER NOT NULL,
  account_id TEXT NOT NULL,
  json TEXT NOT NULL,
  PRIMARY KEY (snapshot, rank)
) STRICT, WITHOUT ROWID;
`;

const VERSION_2 = `
CREATE TABLE book_print (
  snapshot INTEGER NOT NULL REFERENCES book_snapshot ON DELETE CASCADE,
  lang TEXT NOT NULL,
  text BLOB NOT NULL,
  PRIMARY KEY (snapshot, lang)
) STRICT;

CREATE TABLE calendar (zone TEXT PRIMARY KEY, day TEXT NOT NULL, begins INTEGER NOT NULL, ends INTEGER NOT NULL) STRICT, WITHOUT ROWID;
`;

const VERSION_3 = `ALTER TABLE sync_cursor ADD COLUMN found INTEGER NOT NULL DEFAULT 0;`;

const VERSION_4 = `
INSERT INTO meta VALUES ('records', 0);

CREATE TABLE revenue_ledger (
  ledger INTEGER PRIMARY KEY AUTOINCREMENT,
  key TEXT NOT NULL UNIQUE,
  records INTEGER NOT NULL,
  header TEXT NOT NULL
) STRICT;

CREATE TABLE revenue_column (
  ledger INTEGER NOT NULL REFERENCES revenue_ledger ON DELETE CASCADE,
  name TEXT NOT NULL,
  piece INTEGER NOT NULL,
  bytes BLOB NOT NULL,
  PRIMARY KEY (ledger, name, piece)
) STRICT;
`;

const VERSION_5 = `
CREATE TABLE pushed_score (company_id TEXT PRIMARY KEY, json TEXT NOT NULL) STRICT, WITHOUT ROWID;
`;

/** Books that were kept row by row are scored anew. */
const VERSION_6 = `
DELETE FROM book_snapshot;
DROP TABLE book_row;
CREATE TABLE book_part (
  snapshot INTEGER NOT NULL REFERENCES book_snapshot ON DELETE CASCADE,
  name TEXT NOT NULL,
  bytes BLOB NOT NULL,
  PRIMARY KEY (snapshot, name)
) STRICT;
`;

const VERSION_7 = `
CREATE TABLE mark (object TEXT NOT NULL, mark TEXT NOT NULL, id TEXT NOT NULL, PRIMARY KEY (object, mark, id)) STRICT, WITHOUT ROWID;
CREATE INDEX mark_record ON mark (object, id);
INSERT INTO meta SELECT 'marks', NOT EXISTS (SELECT 1 FROM record);
`;

export const cacheSchema: Schema = {
  name: 'cache',
  migrations: [VERSION_1, VERSION_2, VERSION_3, VERSION_4, VERSION_5, VERSION_6, VERSION_7],
  synchronous: 'NORMAL',
};
