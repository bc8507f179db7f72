/** Which column of a file is what, by the names that people and exports give them, English and Japanese. */
import { err, ok, type Result } from '../../units/result.ts';

export type ImportKind = 'mrr' | 'usage';

const list = (words: string): readonly string[] => words.split(', ');

const ACCOUNT = {
  id: list(
    'id, account, account id, company id, record id, hubspot id, hs object id, associated company id, 会社id, 企業id, 顧客id, レコードid, アカウントid',
  ),
  domain: list(
    'domain, company domain, company domain name, website, website url, ドメイン, 会社ドメイン, 会社のドメイン名, 企業ドメイン, ウェブサイト',
  ),
  name: list(
    'name, company, company name, account name, customer, customer name, 会社名, 企業名, 顧客名, 取引先, 取引先名, 顧客, アカウント名, 会社',
  ),
};

const COLUMNS = {
  mrr: {
    ...ACCOUNT,
    month: list('month, target month, revenue month, billing month, period, date, 月, 対象月, 年月, 対象年月, 計上月, 請求月, 売上月'),
    amount: list(
      'amount, mrr, mrr amount, monthly amount, monthly recurring revenue, monthly fee, 金額, 月額, 月額金額, 月額料金, 月次mrr, mrr金額, 月次売上',
    ),
    currency: list('currency, currency code, 通貨, 通貨コード'),
    product: list('product, product name, 製品, 製品名, 商品, 商品名, プロダクト, サービス, サービス名'),
    plan: list('plan, plan name, プラン, プラン名, 契約プラン'),
    seats: list('seats, licenses, licences, quantity, 席数, ライセンス数, 数量, id数'),
  },
  usage: {
    ...ACCOUNT,
    week: list('week, week start, week start date, week of, 週, 対象週, 週開始日, 週の開始日'),
    month: list('month, target month, period, 月, 対象月, 年月, 対象年月, 利用月, 集計月'),
    lastUsedOn: list(
      'last used, last used on, last use, last login, last login date, last active, 最終利用日, 最終ログイン日, 最終ログイン',
    ),
    logins: list('logins, login count, sessions, ログイン数, ログイン回数, 利用回数'),
    activeUsers: list('active users, users, wau, mau, アクティブユーザー数, アクティブユーザー, 利用者数, 利用ユーザー数'),
    minutes: list('minutes, usage minutes, time spent, 利用時間, 利用時間(分), 利用分数'),
    featuresUsed: list('features used, feature count, 利用機能数, 使用機能数'),
    features: list('features, feature names, feature, 利用機能, 使用機能, 機能名, 機能'),
  },
} as const;

type ColumnsOf<K extends ImportKind> = keyof (typeof COLUMNS)[K];
export type MrrColumn = ColumnsOf<'mrr'>;
export type UsageColumn = ColumnsOf<'usage'>;

/** `missing`: `columns` of which one is needed · `twice`: two headers that mean the same. */
export interface HeaderProblem {
  readonly code: 'missing' | 'twice';
  readonly columns: readonly string[];
}

export interface Header<Column extends string> {
  /** Column → its place in a row. */
  readonly places: ReadonlyMap<Column, number>;
  /** Headers that mean nothing here, as written. */
  readonly unknown: readonly string[];
}

const plain = (text: string): string =>
  text
    .normalize('NFKC')
    .toLowerCase()
    .replaceAll(/[\s_\-./]+/g, ' ')
    .trim();

const NEEDED: Readonly<Record<ImportKind, readonly (readonly string[])[]>> = {
  mrr: [['id', 'domain', 'name'], ['month'], ['amount']],
  usage: [
    ['id', 'domain', 'name'],
    ['week', 'month'],
    ['lastUsedOn', 'logins', 'activeUsers', 'minutes', 'featuresUsed', 'features'],
  ],
};

export const readMrrHeader = (cells: readonly string[]) => readHeader<MrrColumn>('mrr', cells);
export const readUsageHeader = (cells: readonly string[]) => readHeader<UsageColumn>('usage', cells);

function readHeader<Column extends string>(kind: ImportKind, cells: readonly string[]): Result<Header<Column>, HeaderProblem> {
  const names = new Map(Object.entries(COLUMNS[kind]).flatMap(([column, words]) => words.map((word) => [plain(word), column])));
  const places = new Map<Column, number>();
  const unknown: string[] = [];
  for (const [place, cell] of cells.entries()) {
    const column = names.get(plain(cell)) as Column | undefined;
    if (column === undefined) {
      if (cell.trim() !== '') unknown.push(cell);
    } else if (places.has(column)) {
      return err({ code: 'twice', columns: [cells[places.get(column) ?? 0] ?? '', cell] });
    } else places.set(column, place);
  }
  const missing = NEEDED[kind].find((any) => !any.some((column) => places.has(column as Column)));
  return missing ? err({ code: 'missing', columns: missing }) : ok({ places, unknown });
}
