/** Writing scores to HubSpot's companies: only what changed, by batches, every account accounted for. */
import type { BookRow } from '../book/row.ts';
import {
  SCORE_GROUP,
  SCORE_PROPERTIES,
  type ScoreChange,
  type ScoreContext,
  type ScoreProperty,
  type ScoreValues,
  scoreChanges,
  scoreValues,
  TIER_PROPERTY,
} from '../book/score-values.ts';
import type { ApiFailure, Gateway, PropertyDef } from '../data/hubspot/types.ts';
import type { Clock } from '../data/outbox/types.ts';
import type { PushedScores } from '../data/store/pushed-scores.ts';
import { need } from './errors.ts';

export interface PushPorts {
  readonly gateway: Gateway;
  readonly clock: Clock;
  readonly signal: AbortSignal;
  pushed(): Promise<PushedScores>;
  keep(pushed: PushedScores): Promise<void>;
}

export interface PushWish {
  readonly rows: readonly BookRow[];
  readonly context: ScoreContext;
  readonly dryRun: boolean;
  /** Makes the properties that are missing, in a group of their own. */
  readonly create: boolean;
  /** Compares with what HubSpot holds instead of with what was last written. */
  readonly full: boolean;
  readonly onProgress?: (done: number, total: number) => void;
}

export interface ScoreDiff {
  readonly id: string;
  /** Raw. */
  readonly name: string;
  readonly changes: readonly ScoreChange[];
}

/** `because`: HubSpot's own words; null where it said nothing of the account at all. */
export interface PushFailure {
  readonly id: string;
  readonly name: string;
  readonly because: string | ApiFailure | null;
}

export interface PushOutcome {
  readonly changed: number;
  readonly unchanged: number;
  readonly failed: readonly PushFailure[];
  /** Requests that were made; of a dry run, those that the writing would take. */
  readonly requests: number;
  readonly diff: readonly ScoreDiff[];
  /** Properties that are not in HubSpot; only a dry run goes on with any. */
  readonly missing: readonly string[];
  /** What kept the rest from being written. */
  readonly stopped: ApiFailure | null;
}

/** Properties are missing, or are there and cannot hold a score. Nothing was written. */
export class ScorePropertiesError extends Error {
  readonly kind: 'missing' | 'unfit';
  readonly names: readonly string[];
  constructor(kind: 'missing' | 'unfit', names: readonly string[]) {
    super(`${kind}: ${names.join(', ')}`);
    this.name = 'ScorePropertiesError';
    this.kind = kind;
    this.names = names;
  }
}

const BATCH = 100;
const LANE = { lane: 'interactive' } as const;

/** Throws `RemoteError` where definitions or values cannot be read, `ScorePropertiesError` before anything is written. */
export async function pushScores(ports: PushPorts, wish: PushWish): Promise<PushOutcome> {
  const { gateway } = ports;
  const before = gateway.counters.requests;
  const wanted = SCORE_PROPERTIES.filter(({ name }) => name !== TIER_PROPERTY || wish.context.withTier);
  const missing = await readyProperties(ports, wish, wanted);
  const { held, gone } = await heldValues(ports, wish, wanted, missing);
  const values = new Map(wish.rows.map((row) => [row.id, scoreValues(row, wish.context)]));
  const diff = wish.rows.flatMap(({ id, name }): ScoreDiff[] => {
    const changes = gone.has(id) ? [] : scoreChanges(values.get(id) ?? {}, held.get(id) ?? {});
    return changes.length === 0 ? [] : [{ id, name, changes }];
  });
  const lost = wish.rows.filter(({ id }) => gone.has(id)).map(({ id, name }) => ({ id, name, because: null }));
  const unchanged = wish.rows.length - diff.length - lost.length;
  if (wish.dryRun)
    return { changed: diff.length, unchanged, failed: lost, requests: Math.ceil(diff.length / BATCH), diff, missing, stopped: null };
  const { written, failed, stopped } = await writeAll(ports, wish, diff, values);
  const requests = gateway.counters.requests - before;
  return { changed: written, unchanged, failed: [...lost, ...failed], requests, diff, missing: [], stopped };
}

/** The names that HubSpot does not have; after making them, the names that it did not have. */
async function readyProperties(
  { gateway, signal }: PushPorts,
  wish: PushWish,
  wanted: readonly ScoreProperty[],
): Promise<readonly string[]> {
  const call = { ...LANE, signal };
  const there = new Map(need(await gateway.properties('companies', call)).map((one) => [one.name, one]));
  const unfit = wanted.filter((property) => {
    const found = there.get(property.name);
    return found !== undefined && !fits(property, found);
  });
  if (unfit.length > 0)
    throw new ScorePropertiesError(
      'unfit',
      unfit.map(({ name }) => name),
    );
  const absent = wanted.filter(({ name }) => !there.has(name));
  const names = absent.map(({ name }) => name);
  if (wish.dryRun || absent.length === 0) return names;
  if (!wish.create) throw new ScorePropertiesError('missing', names);
  need(await gateway.createPropertyGroup('companies', SCORE_GROUP.name, SCORE_GROUP.label, call));
  for (const property of absent)
    need(await gateway.createProperty('companies', { ...property, groupName: SCORE_GROUP.name, unique: false }, call));
  return names;
}

const fits = ({ type, options = [] }: ScoreProperty, found: PropertyDef): boolean =>
  found.type === type &&
  !found.readOnly &&
  !found.calculated &&
  options.every(({ value }) => found.options.some((one) => one.value === value));

interface Held {
  readonly held: ReadonlyMap<string, Readonly<Record<string, string | null>>>;
  /** Accounts that HubSpot has no more. */
  readonly gone: ReadonlySet<string>;
}

/** What was last written; of accounts that nothing is known of, and of all where that is asked, what HubSpot says. */
async function heldValues(
  { gateway, pushed, signal }: PushPorts,
  wish: PushWish,
  wanted: readonly ScoreProperty[],
  missing: readonly string[],
): Promise<Held> {
  // What was not there until now holds nothing, whatever was written before somebody deleted it.
  if (missing.length === wanted.length) return { held: new Map(), gone: new Set() };
  const without = (values: ScoreValues): ScoreValues =>
    Object.fromEntries(Object.entries(values).filter(([name]) => !missing.includes(name)));
  const known = new Map(wish.full ? [] : [...(await pushed())].map(([id, values]) => [id, without(values)]));
  const asked = wish.rows.filter(({ id }) => !known.has(id)).map(({ id }) => id);
  if (asked.length === 0) return { held: known, gone: new Set() };
  const names = wanted.map(({ name }) => name).filter((name) => !missing.includes(name));
  const read = need(await gateway.read('companies', asked, names, [], { ...LANE, signal }));
  const records = new Map(read.records.map((record) => [record.id, record.properties]));
  const held = new Map<string, Readonly<Record<string, string | null>>>(known);
  for (const id of asked) held.set(id, records.get(read.merged.get(id) ?? id) ?? {});
  return { held, gone: new Set(read.missing) };
}

/** Batches under way at a time; the bucket paces them. */
const WORKERS = 4;

async function writeAll(
  ports: PushPorts,
  wish: PushWish,
  diff: readonly ScoreDiff[],
  values: ReadonlyMap<string, ScoreValues>,
): Promise<{ readonly written: number; readonly failed: readonly PushFailure[]; readonly stopped: ApiFailure | null }> {
  const queue = Array.from({ length: Math.ceil(diff.length / BATCH) }, (_, index) => diff.slice(index * BATCH, (index + 1) * BATCH));
  const failed: PushFailure[] = [];
  let written = 0;
  let stopped: ApiFailure | null = null;

  const refuse = (batch: readonly ScoreDiff[], because: PushFailure['because']): void => {
    for (const { id, name } of batch) failed.push({ id, name, because });
  };
  const write = async (batch: readonly ScoreDiff[]): Promise<void> => {
    const reply = await attempt(ports, batch);
    if (!reply.ok) {
      const { error } = reply;
      if (error.kind !== 'invalid' && error.kind !== 'not_found') {
        stopped ??= error;
        return refuse(batch, error);
      }
      if (batch.length === 1) return refuse(batch, error.message);
      // One bad input refuses the whole batch, and the answer need not name it: halves find it in few requests.
      const middle = Math.ceil(batch.length / 2);
      await write(batch.slice(0, middle));
      return write(batch.slice(middle));
    }
    const { updated, refused } = reply.value;
    for (const one of batch) if (refused.has(one.id)) refuse([one], refused.get(one.id) ?? null);
    written += updated.length;
    await ports.keep(new Map(updated.map((id) => [id, values.get(id) ?? {}])));
    wish.onProgress?.(written + failed.length, diff.length);
  };
  const worker = async (): Promise<void> => {
    for (let batch = queue.shift(); batch; batch = queue.shift()) {
      if (stopped === null) await write(batch);
      else refuse(batch, stopped);
    }
  };
  await Promise.all(Array.from({ length: WORKERS }, worker));
  const place = new Map(diff.map(({ id }, index) => [id, index]));
  failed.sort((a, b) => (place.get(a.id) ?? 0) - (place.get(b.id) ?? 0));
  return { written, failed, stopped };
}

const TRIES = 4;
const FIRST_WAIT_MS = 1000;
const LONGEST_WAIT_MS = 60_000;
const PASSING: ReadonlySet<ApiFailure['kind']> = new Set(['rate', 'server', 'network', 'timeout', 'body']);

/** Writing the same values twice changes nothing, so that a lost answer is asked for again. */
async function attempt({ gateway, clock, signal }: PushPorts, batch: readonly ScoreDiff[]): ReturnType<Gateway['updateMany']> {
  const inputs = batch.map(({ id, changes }) => ({
    id,
    properties: Object.fromEntries(changes.map(({ property, to }) => [property, to])),
  }));
  for (let tried = 1; ; tried += 1) {
    const reply = await gateway.updateMany('companies', inputs, { ...LANE, signal });
    if (reply.ok || tried === TRIES || !PASSING.has(reply.error.kind)) return reply;
    const wait = reply.error.retryAt === null ? FIRST_WAIT_MS * 2 ** (tried - 1) : reply.error.retryAt - clock.now();
    await clock.sleep(Math.min(wait, LONGEST_WAIT_MS), signal);
  }
}
