/** The shape of `local.db`, and where its copies lie. */
import { existsSync, readdirSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import type { Schema } from './driver.ts';

export const localSchema: Schema = {
  name: 'local',
  synchronous: 'FULL',
  migrations: [
    `
    CREATE TABLE outbox (
      id TEXT PRIMARY KEY,                -- sorts by the time of queueing
      portal_id TEXT NOT NULL,
      kind TEXT NOT NULL,                 -- note, task, ...
      operation TEXT NOT NULL,            -- create, update, archive
      object TEXT NOT NULL,               -- HubSpot object type
      company_id TEXT NOT NULL,           -- the target as it is now (survivor of a merge)
      state TEXT NOT NULL CHECK (state IN ('held', 'ready', 'sending', 'unknown', 'needs_you', 'sent', 'dropped')),
      request TEXT NOT NULL,              -- the complete frozen request, JSON
      request_hash TEXT NOT NULL,
      marker TEXT NOT NULL UNIQUE,
      hs_timestamp INTEGER NOT NULL,      -- ms, made unique per portal and object
      text TEXT NOT NULL,                 -- as typed, for display
      queued_at INTEGER NOT NULL,
      not_before INTEGER NOT NULL,
      attempts INTEGER NOT NULL DEFAULT 0,
      failures INTEGER NOT NULL DEFAULT 0, -- refusals in a row, for the back-off
      crashes INTEGER NOT NULL DEFAULT 0, -- counted before each attempt or look, cleared after it
      attempted_at INTEGER,
      ended_at INTEGER,                   -- the last moment at which an attempt may have been in flight
      in_doubt INTEGER NOT NULL DEFAULT 0, -- 1: an attempt may have been applied and nothing has answered that yet
      vouched INTEGER NOT NULL DEFAULT 0, -- 1: a person has looked in HubSpot and asked to send again
      next_look_at INTEGER,
      looks INTEGER NOT NULL DEFAULT 0,
      hubspot_id TEXT,
      because TEXT,                       -- JSON {code, params}
      depends_on TEXT NOT NULL DEFAULT '[]',
      settled_at INTEGER
    ) STRICT;
    CREATE INDEX outbox_due ON outbox (portal_id, state, not_before);
    CREATE UNIQUE INDEX outbox_moment ON outbox (portal_id, object, hs_timestamp);
    CREATE TABLE outbox_attempts (
      outbox_id TEXT NOT NULL, started_at INTEGER NOT NULL, ended_at INTEGER NOT NULL,
      status INTEGER, correlation_id TEXT, outcome TEXT NOT NULL
    ) STRICT;
    CREATE INDEX outbox_attempts_row ON outbox_attempts (outbox_id, started_at);
    CREATE TABLE outbox_evidence (
      outbox_id TEXT NOT NULL, at INTEGER NOT NULL,
      search TEXT NOT NULL, associations TEXT NOT NULL -- found, absent, doubtful, failed
    ) STRICT;
    CREATE INDEX outbox_evidence_row ON outbox_evidence (outbox_id, at);
    CREATE TABLE score_history (
      portal_id TEXT NOT NULL, day TEXT NOT NULL, policy TEXT NOT NULL, account_id TEXT NOT NULL,
      score REAL NOT NULL, risk INTEGER NOT NULL, band TEXT, groups TEXT NOT NULL, probability REAL,
      PRIMARY KEY (portal_id, day, policy, account_id)
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX score_history_account ON score_history (portal_id, account_id, day);
    CREATE TABLE looks (
      portal_id TEXT NOT NULL, owner_id TEXT NOT NULL, screen TEXT NOT NULL, at INTEGER NOT NULL,
      PRIMARY KEY (portal_id, owner_id, screen)
    ) STRICT, WITHOUT ROWID;
    CREATE TABLE snoozes (
      portal_id TEXT NOT NULL, account_id TEXT NOT NULL, at INTEGER NOT NULL,
      until_day TEXT, until_worse_by INTEGER, risk_then INTEGER, reason TEXT,
      PRIMARY KEY (portal_id, account_id)
    ) STRICT, WITHOUT ROWID;
    CREATE TABLE dismissals (
      portal_id TEXT NOT NULL, account_id TEXT NOT NULL, signal TEXT NOT NULL, at INTEGER NOT NULL,
      until_day TEXT, reason TEXT NOT NULL,
      PRIMARY KEY (portal_id, account_id, signal)
    ) STRICT, WITHOUT ROWID;
    CREATE TABLE pulses (
      portal_id TEXT NOT NULL, account_id TEXT NOT NULL, day TEXT NOT NULL, value INTEGER NOT NULL, note TEXT,
      PRIMARY KEY (portal_id, account_id, day)
    ) STRICT, WITHOUT ROWID;
    CREATE TABLE drafts (key TEXT PRIMARY KEY, text TEXT NOT NULL, at INTEGER NOT NULL) STRICT, WITHOUT ROWID;
    `,
    `
    CREATE TABLE policies (               -- every policy that scored this portal, from when on
      portal_id TEXT NOT NULL, at INTEGER NOT NULL, hash TEXT NOT NULL,
      source TEXT NOT NULL,               -- the policy file's text; empty for the default
      rules TEXT NOT NULL,                -- JSON: signal id → hash of the rule
      PRIMARY KEY (portal_id, at)
    ) STRICT, WITHOUT ROWID;
    `,
    `
    CREATE TABLE backtests (              -- the last one of each policy
      portal_id TEXT NOT NULL, policy TEXT NOT NULL, at INTEGER NOT NULL, as_of TEXT NOT NULL,
      verdict TEXT NOT NULL CHECK (verdict IN ('usable', 'weak', 'none', 'untestable')),
      PRIMARY KEY (portal_id, policy)
    ) STRICT, WITHOUT ROWID;
    `,
    `
    CREATE TABLE ledger (                 -- what was done, and what the account looked like at that moment
      portal_id TEXT NOT NULL, action_id TEXT NOT NULL, -- the outbox row, which is forgotten before this one
      account_id TEXT NOT NULL, kind TEXT NOT NULL, at INTEGER NOT NULL,
      risk INTEGER NOT NULL, band TEXT, mrr INTEGER, currency TEXT NOT NULL, -- mrr: 1/10,000 of the unit
      signals TEXT NOT NULL,              -- JSON: those that fired, [{id, points}], strongest first
      sent INTEGER NOT NULL DEFAULT 0,    -- 1: seen as sent
      hubspot_id TEXT, play TEXT,         -- as the outbox row has them
      PRIMARY KEY (portal_id, action_id)
    ) STRICT, WITHOUT ROWID;
    CREATE TABLE experiments (
      portal_id TEXT NOT NULL, name TEXT NOT NULL, made_at INTEGER NOT NULL,
      from_day TEXT NOT NULL, to_day TEXT NOT NULL,
      choice TEXT NOT NULL,               -- JSON: how the groups came about
      PRIMARY KEY (portal_id, name)
    ) STRICT, WITHOUT ROWID;
    CREATE TABLE experiment_accounts (    -- fixed when the experiment was made, whatever becomes of the account
      portal_id TEXT NOT NULL, experiment TEXT NOT NULL, account_id TEXT NOT NULL,
      side TEXT NOT NULL CHECK (side IN ('target', 'control')), name TEXT NOT NULL,
      PRIMARY KEY (portal_id, experiment, account_id)
    ) STRICT, WITHOUT ROWID;
    `,
    `
    ALTER TABLE snoozes ADD COLUMN mrr_then REAL;             -- wakes when the MRR is below it
    ALTER TABLE snoozes ADD COLUMN renewal_within INTEGER;    -- wakes so many days before the renewal
    ALTER TABLE snoozes ADD COLUMN woke_on TEXT;              -- awake from that day on, whatever comes after
    ALTER TABLE snoozes ADD COLUMN woke_because TEXT;         -- day, worse, mrr, renewal
    `,
    `
    CREATE TABLE imported_mrr (           -- rows of imported files; of one account and month all come from one file
      portal_id TEXT NOT NULL, account_id TEXT NOT NULL, month TEXT NOT NULL, line INTEGER NOT NULL,
      amount INTEGER NOT NULL,            -- 1/10,000 of the currency's unit
      currency TEXT, product TEXT, plan TEXT, seats REAL, at INTEGER NOT NULL,
      PRIMARY KEY (portal_id, account_id, month, line)
    ) STRICT, WITHOUT ROWID;
    CREATE TABLE imported_usage (         -- of one account and first day all come from one file
      portal_id TEXT NOT NULL, account_id TEXT NOT NULL, start TEXT NOT NULL, line INTEGER NOT NULL, days INTEGER NOT NULL,
      logins REAL, active_users REAL, minutes REAL, features_used REAL, last_used_on TEXT,
      features TEXT,                      -- JSON list of names
      at INTEGER NOT NULL,
      PRIMARY KEY (portal_id, account_id, start, line)
    ) STRICT, WITHOUT ROWID;
    `,
    `
    ALTER TABLE outbox ADD COLUMN group_id TEXT; -- rows that were queued together
    ALTER TABLE outbox ADD COLUMN play TEXT;
    ALTER TABLE outbox ADD COLUMN step TEXT;
    CREATE INDEX outbox_group ON outbox (group_id) WHERE group_id IS NOT NULL;
    CREATE TABLE marker_properties (      -- where HubSpot keeps our markers unique, by object
      portal_id TEXT NOT NULL, object TEXT NOT NULL, property TEXT NOT NULL, at INTEGER NOT NULL,
      PRIMARY KEY (portal_id, object)
    ) STRICT, WITHOUT ROWID;
    DROP INDEX outbox_moment;
    CREATE UNIQUE INDEX outbox_moment ON outbox (portal_id, object, hs_timestamp) WHERE operation = 'create';
    `,
    `
    CREATE TABLE done (                   -- accounts that are done for a day, and what they looked like then
      portal_id TEXT NOT NULL, account_id TEXT NOT NULL, day TEXT NOT NULL, at INTEGER NOT NULL,
      risk INTEGER NOT NULL, signals TEXT NOT NULL,
      PRIMARY KEY (portal_id, account_id)
    ) STRICT, WITHOUT ROWID;
    `,
    `
    CREATE TABLE post_mortems (           -- why a customer left; the note in HubSpot says the same
      portal_id TEXT NOT NULL, account_id TEXT NOT NULL, day TEXT NOT NULL,
      cause TEXT NOT NULL,                -- of the fixed vocabulary
      avoidable TEXT NOT NULL CHECK (avoidable IN ('yes', 'no', 'unsure')),
      helped TEXT NOT NULL, at INTEGER NOT NULL,
      PRIMARY KEY (portal_id, account_id)
    ) STRICT, WITHOUT ROWID;
    `,
    `
    CREATE TABLE cause_fixed (            -- the cause of a churn is gone since: what changed, in words
      portal_id TEXT NOT NULL, account_id TEXT NOT NULL, day TEXT NOT NULL, what TEXT NOT NULL, at INTEGER NOT NULL,
      PRIMARY KEY (portal_id, account_id)
    ) STRICT, WITHOUT ROWID;
    CREATE TABLE marker_probe (           -- what the last probe of a portal found
      portal_id TEXT PRIMARY KEY, at INTEGER NOT NULL,
      way TEXT NOT NULL CHECK (way IN ('property', 'text')),
      found TEXT NOT NULL                 -- JSON
    ) STRICT, WITHOUT ROWID;
    CREATE TABLE play_step (              -- of plays that were run, the steps that carry no mark in HubSpot
      portal_id TEXT NOT NULL, account_id TEXT NOT NULL, run TEXT NOT NULL, step TEXT NOT NULL,
      play TEXT NOT NULL,
      row_id TEXT,                        -- the change of a property in the outbox; null for an e-mail draft
      subject TEXT NOT NULL, at INTEGER NOT NULL,
      PRIMARY KEY (portal_id, account_id, run, step)
    ) STRICT, WITHOUT ROWID;
    `,
  ],
};

/** `restored`: from the backup named. `salvaged`: no backup was usable. `rows`: outbox rows read out of the damaged file. */
export interface LocalNotice {
  readonly kind: 'restored' | 'salvaged';
  /** What was wrong with the file that was found. */
  readonly found: 'damaged' | 'missing';
  readonly backup: string | null;
  /** Where the damaged file was put; null where there was none. */
  readonly setAside: string | null;
  /** Rows of the outbox that came out of the damaged file itself, newer than the backup. */
  readonly rows: number;
}

export const backupFolder = (path: string): string => join(dirname(path), 'backups');

/** Backups of `path`, newest first. */
export function backupsOf(path: string): readonly string[] {
  const folder = backupFolder(path);
  if (!existsSync(folder)) return [];
  const prefix = `${basename(path, '.db')}-`;
  return readdirSync(folder)
    .filter((name) => name.startsWith(prefix) && /^\d{4}-\d{2}-\d{2}\.db$/.test(name.slice(prefix.length)))
    .sort()
    .reverse()
    .map((name) => join(folder, name));
}
