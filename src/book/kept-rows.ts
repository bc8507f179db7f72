/**
 * The rows of a kept book as columns. A book of ten thousand accounts is opened without parsing one of them: what lists,
 * filters and sorts ask for is read off the columns, and what only a shown or exported account has (its months, its
 * sentences, its address) is unpacked a few accounts at a time.
 */
import { deflateRawSync, inflateRawSync } from 'node:zlib';
import { bytesOf, floats, jsonBytes, packWords, readJson, thirtyTwo } from './columns.ts';
import type { BookRow, RowSignal } from './row.ts';

/** Bytes by name. */
export type RowParts = Readonly<Record<string, Uint8Array>>;

type Kind = 'number' | 'word';
type Detailed = 'url' | 'mrrTrend' | 'signals';

/** In the order of `BookRow`. A number may be null; a word is any JSON value that many accounts share, or a name. */
const ROW: Readonly<Record<Exclude<keyof BookRow, Detailed>, Kind>> = {
  id: 'word',
  name: 'word',
  domain: 'word',
  owner: 'word',
  team: 'word',
  tier: 'word',
  customerGrade: 'word',
  plan: 'word',
  products: 'word',
  industry: 'word',
  segment: 'word',
  labels: 'word',
  currency: 'word',
  homeRate: 'number',
  mrr: 'number',
  mrrChange1m: 'number',
  mrrChange3m: 'number',
  contractValue: 'number',
  contractValueDerived: 'word',
  contractStart: 'word',
  contractAgeMonths: 'number',
  renewalDate: 'word',
  daysToRenewal: 'number',
  noticeBy: 'word',
  lastUsedAt: 'word',
  daysSinceLastUse: 'number',
  lastTouchAt: 'word',
  openTickets: 'number',
  nps: 'number',
  healthScore: 'word',
  group: 'word',
  risk: 'number',
  band: 'word',
  riskRange: 'word',
  coverage: 'number',
  grade: 'word',
  riskChange7d: 'number',
  stratum: 'word',
  stratumAssumed: 'word',
  probability: 'number',
  probabilityToRenewal: 'number',
  calibrated: 'word',
  mrrAtRisk: 'number',
  monthsLost: 'number',
  expectedLoss: 'number',
  quadrant: 'word',
  play: 'word',
  overduePlay: 'word',
  sharedSnooze: 'word',
  snoozedUntil: 'word',
  returned: 'word',
};

const SIGNAL: Readonly<Record<Exclude<keyof RowSignal, 'evidence'>, Kind>> = {
  id: 'word',
  type: 'word',
  points: 'number',
  short: 'word',
  since: 'word',
  dismissed: 'word',
};

/** Tells books apart whose rows have other fields (FNV-1a, 32 bits): one that was kept with others is scored anew. */
export const ROW_FIELDS: string = [...Object.entries(ROW), ...Object.entries(SIGNAL)]
  .flat()
  .join()
  .split('')
  .reduce((hash, mark) => Math.imul(hash ^ mark.charCodeAt(0), 0x01000193) >>> 0, 0x811c9dc5)
  .toString(16);

/** What is packed by blocks of accounts. */
interface Detail {
  readonly url: string;
  readonly mrrTrend: BookRow['mrrTrend'];
  /** Of each signal in turn. */
  readonly evidence: readonly RowSignal['evidence'][];
}

/** Accounts packed together: few enough to be unpacked between a key and its frame, enough to share their words. */
const BLOCK = 32;
/** A screenful lies in three blocks, or four. */
const BLOCKS_OPEN = 8;

function* table<Item extends object>(
  prefix: string,
  kinds: Readonly<Record<string, Kind>>,
  items: readonly Item[],
): Generator<readonly [string, Uint8Array]> {
  for (const [field, kind] of Object.entries(kinds)) {
    const values = items.map((item) => (item as Readonly<Record<string, unknown>>)[field] ?? null);
    if (kind === 'number') yield [`${prefix}.${field}`, bytesOf(Float64Array.from(values, numberOf))];
    else {
      const { words, places } = packWords(values);
      yield [`${prefix}.${field}.words`, words];
      yield [`${prefix}.${field}.places`, places];
    }
  }
}

/** As JSON would have it: what is no number is unknown. */
const numberOf = (value: unknown): number => (typeof value === 'number' && Number.isFinite(value) ? value : Number.NaN);

export function packRows(rows: readonly BookRow[]): RowParts {
  const signals = rows.flatMap((row) => row.signals);
  const from = new Uint32Array(rows.length + 1);
  for (const [place, row] of rows.entries()) from[place + 1] = (from[place] ?? 0) + row.signals.length;
  const blocks: Uint8Array[] = [];
  for (let at = 0; at < rows.length; at += BLOCK) {
    const details = rows
      .slice(at, at + BLOCK)
      .map(({ url, mrrTrend, signals }): Detail => ({ url, mrrTrend, evidence: signals.map(({ evidence }) => evidence) }));
    blocks.push(deflateRawSync(jsonBytes(details), { level: 1 }));
  }
  const ends = new Uint32Array(blocks.length);
  for (const [index, block] of blocks.entries()) ends[index] = (ends[index - 1] ?? 0) + block.length;
  return {
    ...Object.fromEntries(table('row', ROW, rows)),
    ...Object.fromEntries(table('signal', SIGNAL, signals)),
    'row.signals': bytesOf(from),
    details: Buffer.concat(blocks),
    'details.ends': bytesOf(ends),
  };
}

interface Column {
  at(place: number): unknown;
}

class NumberColumn implements Column {
  readonly #values: Float64Array;
  constructor(values: Float64Array) {
    this.#values = values;
  }
  at(place: number): number | null {
    const value = this.#values[place] ?? Number.NaN;
    return Number.isNaN(value) ? null : value;
  }
}

class WordColumn implements Column {
  readonly #places: Uint32Array;
  /** As bytes until somebody asks for one of them. */
  #bytes: Uint8Array | undefined;
  #words: readonly unknown[] | null = null;
  constructor(parts: RowParts, name: string) {
    this.#bytes = parts[`${name}.words`];
    this.#places = thirtyTwo(parts[`${name}.places`]);
  }
  at(place: number): unknown {
    if (this.#words === null) {
      this.#words = readJson<readonly unknown[]>(this.#bytes);
      this.#bytes = undefined;
    }
    return this.#words[this.#places[place] ?? 0];
  }
}

const columnsOf = (prefix: string, kinds: Readonly<Record<string, Kind>>, parts: RowParts): Readonly<Record<string, Column>> =>
  Object.fromEntries(
    Object.entries(kinds).map(([field, kind]) => {
      const name = `${prefix}.${field}`;
      return [field, kind === 'number' ? new NumberColumn(floats(parts[name])) : new WordColumn(parts, name)];
    }),
  );

/** All rows of one book; what a row is asked for is read here. */
class KeptRows {
  readonly rows: Readonly<Record<string, Column>>;
  readonly signals: Readonly<Record<string, Column>>;
  readonly count: number;
  readonly #from: Uint32Array;
  readonly #details: Uint8Array;
  readonly #ends: Uint32Array;
  /** The blocks that were asked for last, the oldest first. */
  readonly #open = new Map<number, readonly Detail[]>();

  constructor(parts: RowParts) {
    this.rows = columnsOf('row', ROW, parts);
    this.signals = columnsOf('signal', SIGNAL, parts);
    this.#from = thirtyTwo(parts['row.signals']);
    this.#details = parts.details ?? new Uint8Array();
    this.#ends = thirtyTwo(parts['details.ends']);
    this.count = Math.max(0, this.#from.length - 1);
  }

  signalsOf(place: number): RowSignal[] {
    const [begin = 0, end = 0] = this.#from.subarray(place, place + 2);
    return Array.from({ length: end - begin }, (_, index) => new KeptSignal(this, place, begin + index, index) as unknown as RowSignal);
  }

  detail(place: number): Detail {
    const block = Math.floor(place / BLOCK);
    let details = this.#open.get(block);
    if (!details) {
      const packed = this.#details.subarray(this.#ends[block - 1] ?? 0, this.#ends[block]);
      details = readJson<readonly Detail[]>(inflateRawSync(packed));
      if (this.#open.size === BLOCKS_OPEN) for (const oldest of this.#open.keys()) if (this.#open.delete(oldest)) break;
      this.#open.set(block, details);
    }
    const detail = details[place % BLOCK];
    if (!detail) throw new RangeError(`the kept book has no account ${place}`);
    return detail;
  }
}

/** One account: its fields are getters, and it is nobody's to spread (`rowWith`). */
class KeptRow {
  readonly kept: KeptRows;
  readonly place: number;
  constructor(kept: KeptRows, place: number) {
    this.kept = kept;
    this.place = place;
  }
  get url(): string {
    return this.kept.detail(this.place).url;
  }
  get mrrTrend(): BookRow['mrrTrend'] {
    return this.kept.detail(this.place).mrrTrend;
  }
  get signals(): readonly RowSignal[] {
    return this.kept.signalsOf(this.place);
  }
  toJSON(): BookRow {
    return plainRow(this as unknown as BookRow);
  }
}

class KeptSignal {
  readonly kept: KeptRows;
  readonly place: number;
  /** Among the signals of the whole book, and of the account. */
  readonly at: number;
  readonly index: number;
  constructor(kept: KeptRows, place: number, at: number, index: number) {
    this.kept = kept;
    this.place = place;
    this.at = at;
    this.index = index;
  }
  get evidence(): RowSignal['evidence'] {
    return this.kept.detail(this.place).evidence[this.index] ?? { en: '', ja: '' };
  }
  toJSON(): RowSignal {
    return plainSignal(this as unknown as RowSignal);
  }
}

for (const field of Object.keys(ROW))
  Object.defineProperty(KeptRow.prototype, field, {
    get(this: KeptRow) {
      return this.kept.rows[field]?.at(this.place);
    },
  });
for (const field of Object.keys(SIGNAL))
  Object.defineProperty(KeptSignal.prototype, field, {
    get(this: KeptSignal) {
      return this.kept.signals[field]?.at(this.at);
    },
  });

/** The rows in their order. Each is read when it is asked for something. */
export function unpackRows(parts: RowParts): BookRow[] {
  const kept = new KeptRows(parts);
  return Array.from({ length: kept.count }, (_, place) => new KeptRow(kept, place) as unknown as BookRow);
}

const plainSignal = ({ id, type, points, evidence, short, since, dismissed }: RowSignal): RowSignal => ({
  id,
  type,
  points,
  evidence,
  short,
  since,
  dismissed,
});

/** The row as an object of its own, for whoever compares or hands it on. */
export const plainRow = (row: BookRow): BookRow => ({
  ...(Object.fromEntries(Object.keys(ROW).map((field) => [field, row[field as keyof typeof ROW]])) as unknown as BookRow),
  url: row.url,
  mrrTrend: row.mrrTrend,
  signals: row.signals.map(plainSignal),
});
