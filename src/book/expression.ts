/**
 * A filter as a line of text: `band:high tier:high renewal<90 mrr>300000 signal:usage.last_login text`. Every part must
 * hold; several values of one part (`band:high,critical`) are alternatives; `-` before a part turns it round. Pure.
 */
import { searchKey } from '../text/search.ts';
import { type Day, daysBetween } from '../units/day.ts';
import { comparable } from './home-money.ts';
import { type BookRow, shown, shownProducts } from './row.ts';

/** What a part of a filter may look at beside the account. */
export interface FilterWorld {
  readonly rows: readonly BookRow[];
  readonly myId: string | null;
  readonly asOf: Day;
}

type Test = (row: BookRow) => boolean;

const NUMBERS = {
  risk: (row) => row.risk,
  mrr: (row) => comparable(row, row.mrr),
  contract: (row) => comparable(row, row.contractValue),
  loss: (row) => comparable(row, row.expectedLoss),
  renewal: (row) => row.daysToRenewal,
  unused: (row) => row.daysSinceLastUse,
  untouched: (row, { asOf }) => (row.lastTouchAt === null ? null : daysBetween(row.lastTouchAt, asOf)),
  products: (row) => row.products.length,
  change: (row) => share(row),
  moved: (row) => row.riskChange7d,
  age: (row) => row.contractAgeMonths,
  tickets: (row) => row.openTickets,
  nps: (row) => row.nps,
} as const satisfies Record<string, (row: BookRow, world: FilterWorld) => number | null>;
type NumberKey = keyof typeof NUMBERS;

/** Change of the MRR over three months in percent. */
function share({ mrr, mrrChange3m }: BookRow): number | null {
  if (mrr === null || mrrChange3m === null || mrr - mrrChange3m <= 0) return null;
  return (mrrChange3m / (mrr - mrrChange3m)) * 100;
}

const FIXED = {
  band: ['critical', 'high', 'watch', 'low', 'unknown'],
  tier: ['high', 'low', 'tech'],
  quadrant: ['act', 'keep', 'automate', 'tech'],
  is: ['snoozed', 'notice', 'unknown', 'returned', 'monthly'],
} as const;

const TEXTS = {
  owner: (row) => (row.owner ? [row.owner.name, row.owner.email ?? ''] : []),
  plan: (row) => present(shown(row, 'plan')),
  product: shownProducts,
  industry: (row) => present(shown(row, 'industry')),
  segment: (row) => present(shown(row, 'segment')),
  customergrade: (row) => present(row.customerGrade),
  team: (row) => present(row.team),
} as const satisfies Record<string, (row: BookRow) => readonly string[]>;
type TextKey = keyof typeof TEXTS;

/** What HubSpot stores where it shows something else: a filter may say either. */
const STORED: Readonly<Partial<Record<TextKey, (row: BookRow) => readonly string[]>>> = {
  plan: (row) => (row.labels.plan === undefined ? [] : present(row.plan)),
  product: (row) => (row.labels.products === undefined ? [] : row.products),
  industry: (row) => (row.labels.industry === undefined ? [] : present(row.industry)),
  segment: (row) => (row.labels.segment === undefined ? [] : present(row.segment)),
};

export const FILTER_KEYS = [...Object.keys(FIXED), 'signal', 'play', ...Object.keys(TEXTS), ...Object.keys(NUMBERS)];

/** Share of the book that `mrr:high` and `contract:high` mean. */
const TOP = 0.25;

export interface Compiled {
  readonly test: Test;
  /** Parts that mean nothing, as they were written. */
  readonly wrong: readonly string[];
}

/** The parts of a line; a quoted text stays one part. */
const partsOf = (line: string): readonly string[] => line.normalize('NFKC').match(/(?:[^\s"]|"[^"]*"?)+/g) ?? [];

export function compileFilter(line: string, world: FilterWorld): Compiled {
  const wrong: string[] = [];
  const tests: Test[] = [];
  for (const part of partsOf(line)) {
    const turned = part.startsWith('-') && part.length > 1;
    const test = testOf(turned ? part.slice(1) : part, world);
    if (test === null) wrong.push(part);
    else tests.push(turned ? (row) => !test(row) : test);
  }
  return { test: (row) => tests.every((test) => test(row)), wrong };
}

const PART = /^([a-z]+)(:|<=|>=|<|>|=)(.*)$/i;

const present = (text: string | null): readonly string[] => (text === null ? [] : [text]);

/** null: the part names something that is not there, or compares it with nothing. */
function testOf(part: string, world: FilterWorld): Test | null {
  const match = PART.exec(part);
  const key = match?.[1]?.toLowerCase() ?? '';
  if (!match || !FILTER_KEYS.includes(key)) return match && match[2] !== ':' ? null : textTest(unquoted(part));
  const [, , sign = '', value = ''] = match;
  const words = unquoted(value);
  if (words === '') return () => true;
  if (sign !== ':') return isNumberKey(key) ? numberTest(key, sign, words, world) : null;
  const alternatives = words.split(',').filter((word) => word !== '');
  const tests = alternatives.map((word) => valueTest(key, word.toLowerCase(), world));
  return tests.some((test) => test === null) ? null : (row) => tests.some((test) => test?.(row) ?? false);
}

const unquoted = (text: string): string => text.replaceAll('"', '');
const isTextKey = (key: string): key is TextKey => Object.hasOwn(TEXTS, key);
const isNumberKey = (key: string): key is NumberKey => Object.hasOwn(NUMBERS, key);

function valueTest(key: string, word: string, world: FilterWorld): Test | null {
  switch (key) {
    case 'band':
      return oneOf(FIXED.band, word, (row) => row.band ?? 'unknown');
    case 'tier':
      return oneOf(FIXED.tier, word, (row) => row.tier);
    case 'quadrant':
      return oneOf(FIXED.quadrant, word, (row) => row.quadrant);
    case 'is':
      return isTest(word);
    case 'signal':
      return (row) => row.signals.some(({ id, dismissed }) => !dismissed && id.toLowerCase().startsWith(word));
    case 'play':
      return (row) => row.play?.id.toLowerCase().startsWith(word) ?? false;
    case 'mrr':
    case 'contract':
      return word === 'high' ? topTest(key, world) : numberTest(key, '=', word, world);
    default:
      break;
  }
  if (isNumberKey(key)) return numberTest(key, '=', word, world);
  if (key === 'owner' && word === 'me') return (row) => row.owner?.id === world.myId;
  const needle = searchKey(word);
  if (!isTextKey(key)) return null;
  const [texts, stored] = [TEXTS[key], STORED[key]];
  const says = (text: string): boolean => searchKey(text).includes(needle);
  return (row) => texts(row).some(says) || (stored?.(row).some(says) ?? false);
}

/** A beginning of the value is enough while one types. */
function oneOf(values: readonly string[], word: string, of: (row: BookRow) => string | null): Test | null {
  const meant = values.filter((value) => value.startsWith(word));
  return meant.length === 0 ? null : (row) => meant.includes(of(row) ?? '');
}

function isTest(word: string): Test | null {
  const meant = FIXED.is.find((value) => value.startsWith(word));
  switch (meant) {
    case 'returned':
      return (row) => row.returned !== null;
    case 'monthly':
      return (row) => row.stratum === 'monthly';
    case undefined:
      return null;
    default:
      return (row) => row.group === meant;
  }
}

function topTest(key: 'mrr' | 'contract', world: FilterWorld): Test {
  const of = NUMBERS[key];
  const values = world.rows.flatMap((row) => of(row) ?? []).sort((a, b) => b - a);
  const least = values[Math.max(0, Math.ceil(values.length * TOP) - 1)] ?? Number.POSITIVE_INFINITY;
  return (row) => (of(row) ?? Number.NEGATIVE_INFINITY) >= least;
}

const NUMBER = /^([+-]?\d[\d,]*(?:\.\d+)?)(%|k|m|千|万|億|d|日)?$/i;
const TIMES: Readonly<Record<string, number>> = { k: 1e3, m: 1e6, 千: 1e3, 万: 1e4, 億: 1e8 };

/** `300000`, `300k`, `30万`, `-5%`, `90d`. */
function numberOf(text: string): number | null {
  const match = NUMBER.exec(text.replaceAll('−', '-'));
  return match ? Number((match[1] ?? '').replaceAll(',', '')) * (TIMES[(match[2] ?? '').toLowerCase()] ?? 1) : null;
}

/** What is unknown meets no comparison. A renewal that has passed is not near. */
function numberTest(key: NumberKey, sign: string, text: string, world: FilterWorld): Test | null {
  const limit = numberOf(text);
  if (limit === null) return null;
  const of: (row: BookRow, world: FilterWorld) => number | null = NUMBERS[key];
  const known = (holds: (value: number) => boolean): Test => {
    const ahead = key === 'renewal' && limit > 0;
    return (row) => {
      const value = of(row, world);
      return value !== null && (!ahead || value >= 0) && holds(value);
    };
  };
  switch (sign) {
    case '<':
      return known((value) => value < limit);
    case '<=':
      return known((value) => value <= limit);
    case '>':
      return known((value) => value > limit);
    case '>=':
      return known((value) => value >= limit);
    default:
      return known((value) => value === limit);
  }
}

const keys = new WeakMap<BookRow, string>();

/** What a plain word is looked for in: name, domain, owner, plan, industry and products, as stored and as shown. */
export function searchTextOf(row: BookRow): string {
  let key = keys.get(row);
  if (key === undefined) {
    const { labels } = row;
    const words = [row.name, row.domain, row.owner?.name, row.plan, row.industry, ...row.products];
    const labelled = [labels.plan, labels.industry, ...(labels.products ?? [])];
    key = searchKey([...words, ...labelled].filter(Boolean).join(' '));
    keys.set(row, key);
  }
  return key;
}

function textTest(text: string): Test {
  const needle = searchKey(text);
  return (row) => searchTextOf(row).includes(needle);
}

/** What could stand at the end of `line`, whole parts to put in place of the last one; the most frequent first. */
export function completions(line: string, world: FilterWorld): readonly string[] {
  const last = /\S*$/.exec(line)?.[0] ?? '';
  const turned = last.startsWith('-') ? '-' : '';
  const typed = last.slice(turned.length).toLowerCase();
  const colon = typed.indexOf(':');
  if (colon < 0) {
    if (/[<>=]/.test(typed)) return [];
    return FILTER_KEYS.filter((key) => key.startsWith(typed)).map((key) => `${turned}${key}${isNumberKey(key) ? '<' : ':'}`);
  }
  const key = typed.slice(0, colon);
  const values = typed.slice(colon + 1).split(',');
  const beginning = searchKey(values.at(-1) ?? '');
  const before = values
    .slice(0, -1)
    .map((value) => `${value},`)
    .join('');
  const stored = isTextKey(key) ? shownBy(key, world) : new Map<string, string>();
  return valuesOf(key, world)
    .filter((value) => searchKey(value).startsWith(beginning) || stored.get(value)?.startsWith(beginning))
    .map((value) => `${turned}${key}:${before}${/\s/.test(value) ? `"${value}"` : value}`);
}

/** By what is shown, the key of what is stored. */
function shownBy(key: TextKey, { rows }: FilterWorld): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  for (const row of rows)
    for (const [at, value] of (STORED[key]?.(row) ?? []).entries()) found.set(TEXTS[key](row)[at] ?? value, searchKey(value));
  return found;
}

function valuesOf(key: string, { rows }: FilterWorld): readonly string[] {
  if (Object.hasOwn(FIXED, key)) return FIXED[key as keyof typeof FIXED];
  if (key === 'mrr' || key === 'contract') return ['high'];
  const counts = new Map<string, number>();
  const count = (value: string): void => void counts.set(value, (counts.get(value) ?? 0) + 1);
  for (const row of rows) {
    if (key === 'signal') for (const { id } of row.signals) count(id);
    else if (key === 'play') row.play && count(row.play.id);
    else for (const value of isTextKey(key) ? TEXTS[key](row).slice(0, key === 'owner' ? 1 : 8) : []) if (value !== '') count(value);
  }
  const found = [...counts].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1)).map(([value]) => value);
  return key === 'owner' ? ['me', ...found] : found;
}
