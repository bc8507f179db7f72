/** The columns of the list: which fit, in which order they give way, how wide each is. Pure. */
import { say } from '../../components/say.ts';
import { COLUMN_GAP, type Column } from '../../components/table.ts';
import { BOOK_COLUMNS, type BookColumn, DEFAULT_COLUMNS } from '../../settings/columns.ts';
import { type Clean, literal } from '../../text/clean.ts';
import type { Lang } from '../../text/messages/index.ts';
import type { Sort } from './order.ts';

/** `mark`: where the cursor and the marks stand; always first. */
export type ColumnId = BookColumn | 'mark';

export interface BookColumnAt extends Column {
  readonly id: ColumnId;
}

export type Density = 'compact' | 'comfortable';

/** Lines that an account takes. */
export const linesOf = (density: Density): 1 | 2 => (density === 'comfortable' ? 2 : 1);

export interface BookLayout {
  readonly columns: readonly BookColumnAt[];
  readonly trendMonths: number;
  readonly bandWords: boolean;
  /** The reason is what moved the account, not what it stands on. */
  readonly moved: boolean;
  readonly density: Density;
}

export interface LayoutWanted {
  readonly width: number;
  readonly lang: Lang;
  /** Accounts of the book: how wide a rank may be. */
  readonly total: number;
  readonly moved: boolean;
  /** In their order; empty: the usual ones. */
  readonly chosen: readonly BookColumn[];
  readonly density: Density;
}

/** What can be done without: a column, or the longer form of one. */
type Spare = BookColumn | 'longTrend' | 'bandWord';

/** Of the usual columns, in the order in which they give way as the terminal narrows. */
const GIVE_WAY: readonly Spare[] = ['tier', 'change', 'renewal', 'longTrend', 'bandWord', 'loss', 'trend', 'move', 'rank'];
/** What is only good to have gives way sooner: name and reason say more. */
const ONLY_GOOD_TO_HAVE: ReadonlySet<Spare> = new Set<Spare>(['tier', 'change', 'renewal', 'longTrend', 'bandWord']);
/** Chosen columns stay as long as name and reason can be read; only what has a shorter form gives it up sooner. */
const SHORTER: ReadonlySet<Spare> = new Set<Spare>(['longTrend', 'bandWord']);

/** Cells that the name and the reason keep while another column can still give way. */
const NAME_MIN = 14;
const WHY_MIN = 14;
const COMFORT = 46;
const NAME_MAX = 30;
/** Where no reason stands beside it. */
const NAME_ALONE_MAX = 44;
const LONG_TREND = 24;
const SHORT_TREND = 12;

type Widths = Readonly<Record<Exclude<ColumnId, 'name' | 'why' | 'trend'> | 'bandWord', number>>;

const WIDTHS: Readonly<Record<Lang, Widths>> = {
  en: {
    ...{ mark: 1, rank: 3, tier: 4, mrr: 6, change: 5, risk: 4, move: 4, band: 1, bandWord: 10, loss: 6, renewal: 7 },
    ...{
      change1m: 5,
      range: 6,
      grade: 2,
      coverage: 5,
      probability: 5,
      atRisk: 7,
      contract: 8,
      age: 4,
      notice: 7,
      lastUse: 6,
      lastTouch: 7,
    },
    ...{ plan: 10, products: 14, owner: 10, team: 10, industry: 10, segment: 10, customerGrade: 6, domain: 18, quadrant: 8, play: 22 },
    ...{ signals: 3, tickets: 4, nps: 3, health: 8, snoozed: 7 },
  },
  ja: {
    ...{ mark: 1, rank: 3, tier: 6, mrr: 7, change: 5, risk: 4, move: 4, band: 1, bandWord: 6, loss: 8, renewal: 6 },
    ...{
      change1m: 5,
      range: 6,
      grade: 2,
      coverage: 5,
      probability: 5,
      atRisk: 8,
      contract: 8,
      age: 8,
      notice: 8,
      lastUse: 6,
      lastTouch: 6,
    },
    ...{ plan: 10, products: 14, owner: 10, team: 10, industry: 10, segment: 10, customerGrade: 6, domain: 18, quadrant: 8, play: 22 },
    ...{ signals: 4, tickets: 6, nps: 3, health: 8, snoozed: 6 },
  },
};

const RIGHT: ReadonlySet<ColumnId> = new Set<ColumnId>([
  ...(['rank', 'mrr', 'change', 'risk', 'move', 'loss', 'renewal', 'change1m', 'range', 'coverage', 'probability'] as const),
  ...(['atRisk', 'contract', 'age', 'notice', 'lastUse', 'lastTouch', 'signals', 'tickets', 'nps', 'health', 'snoozed'] as const),
]);

/** The order that a column's figures make; several columns may tell of one order. */
const SORT_OF: Readonly<Record<BookColumn, Sort>> = {
  ...{ rank: 'priority', name: 'name', tier: 'tier', mrr: 'mrr', change: 'growth', trend: 'growth', risk: 'risk', move: 'change' },
  ...{ band: 'risk', loss: 'loss', renewal: 'renewal', why: 'why', change1m: 'growth1m', range: 'risk', grade: 'coverage' },
  ...{ coverage: 'coverage', probability: 'probability', atRisk: 'atRisk', contract: 'contract', age: 'age', notice: 'notice' },
  ...{ lastUse: 'lastUse', lastTouch: 'lastTouch', plan: 'plan', products: 'products', owner: 'owner', team: 'team' },
  ...{
    industry: 'industry',
    segment: 'segment',
    customerGrade: 'mrr',
    domain: 'domain',
    quadrant: 'quadrant',
    play: 'play',
    signals: 'signals',
  },
  ...{ tickets: 'tickets', nps: 'nps', health: 'health', snoozed: 'snoozed' },
};

export const sortOfColumn = (id: ColumnId): Sort | null => (id === 'mark' ? null : SORT_OF[id]);

/** What is shown: the account's name always, and no column twice. */
export function shownColumns(chosen: readonly BookColumn[]): readonly BookColumn[] {
  if (chosen.length === 0) return DEFAULT_COLUMNS;
  const once = [...new Set(chosen)];
  return once.includes('name') ? once : ['name', ...once];
}

export const isUsual = (columns: readonly BookColumn[]): boolean =>
  columns.length === DEFAULT_COLUMNS.length && columns.every((id, index) => id === DEFAULT_COLUMNS[index]);

/** Every column: those that are shown in their order, then the others. */
export const allColumns = (chosen: readonly BookColumn[]): readonly BookColumn[] => [
  ...new Set([...shownColumns(chosen), ...BOOK_COLUMNS]),
];

interface Fixed {
  readonly id: ColumnId;
  readonly width: number;
}

function fixedColumns(shown: readonly BookColumn[], gone: ReadonlySet<Spare>, lang: Lang, rankWidth: number): Fixed[] {
  const widths = WIDTHS[lang];
  const widthOf = (id: BookColumn): number => {
    switch (id) {
      case 'name':
      case 'why':
        return 0;
      case 'rank':
        return Math.max(rankWidth, 2);
      case 'trend':
        return gone.has('longTrend') ? SHORT_TREND : LONG_TREND;
      case 'band':
        return gone.has('bandWord') ? widths.band : widths.bandWord;
      default:
        return widths[id];
    }
  };
  const kept = shown.filter((id) => !gone.has(id));
  return [{ id: 'mark', width: widths.mark }, ...kept.map((id) => ({ id, width: widthOf(id) }))];
}

/** Usual columns as agreed; chosen ones from the right. Where the reason needs no room, short forms come before any loss. */
function givingWay(wanted: readonly BookColumn[], hasWhy: boolean): readonly Spare[] {
  const usual = isUsual(wanted);
  if (usual && hasWhy) return GIVE_WAY;
  const rest = usual ? GIVE_WAY.filter((id) => !SHORTER.has(id)) : wanted.filter((id) => id !== 'name' && id !== 'why').reverse();
  return [...SHORTER, ...rest];
}

/** Which columns there are at that width, and how wide: the fixed ones first, name and reason share the rest. */
export function bookLayout({ width, lang, total, moved, chosen, density }: LayoutWanted): BookLayout {
  const wanted = shownColumns(chosen);
  // In two lines the reason has the second one for itself.
  const shown = density === 'comfortable' ? wanted.filter((id) => id !== 'why') : wanted;
  const hasWhy = shown.includes('why');
  const good = isUsual(wanted) ? ONLY_GOOD_TO_HAVE : SHORTER;
  const rankWidth = String(total).length;
  const gone = new Set<Spare>();
  const restOf = (columns: readonly Fixed[]) =>
    width - columns.reduce((sum, column) => sum + column.width, 0) - (columns.length - 1) * COLUMN_GAP;
  let columns = fixedColumns(shown, gone, lang, rankWidth);
  for (const next of givingWay(wanted, hasWhy)) {
    const least = hasWhy ? (good.has(next) ? COMFORT : NAME_MIN + WHY_MIN) : NAME_MIN;
    if (restOf(columns) >= least) break;
    gone.add(next);
    columns = fixedColumns(shown, gone, lang, rankWidth);
  }
  const rest = Math.max(2, restOf(columns));
  const name = hasWhy ? nameBesideWhy(rest) : Math.min(NAME_ALONE_MAX, rest);
  return {
    columns: columns.map(({ id, width: fixed }) => ({
      id,
      title: columnTitle(id, lang, gone),
      width: id === 'name' ? name : id === 'why' ? rest - name : fixed,
      align: RIGHT.has(id) ? 'right' : 'left',
    })),
    trendMonths: shown.includes('trend') && !gone.has('trend') ? (gone.has('longTrend') ? SHORT_TREND : LONG_TREND) : 0,
    bandWords: !gone.has('bandWord'),
    moved,
    density,
  };
}

const nameBesideWhy = (rest: number): number =>
  Math.max(1, Math.min(NAME_MAX, rest - 1, Math.max(Math.min(NAME_MIN, rest - WHY_MIN), Math.floor(rest * (rest > 48 ? 0.42 : 0.52)))));

function columnTitle(id: ColumnId, lang: Lang, gone: ReadonlySet<Spare>): Clean {
  switch (id) {
    case 'mark':
    case 'band':
      return literal('');
    case 'rank':
      return literal('#');
    case 'mrr':
      return literal('MRR');
    case 'trend':
      return say(lang, 'app.column.trend', { n: gone.has('longTrend') ? SHORT_TREND : LONG_TREND });
    case 'name':
    case 'tier':
    case 'change':
    case 'risk':
    case 'move':
    case 'loss':
    case 'renewal':
    case 'why':
      return say(lang, `app.column.${id}`);
    default:
      return say(lang, `columns.title.${id}`);
  }
}
