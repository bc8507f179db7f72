/** How portals name what we look for: the words of each mapping key, English and Japanese, and what only looks like it. */
import type { MappingKey } from '../../settings/mapping.ts';

/** Where a key's property lives; `mrr` and `usage` are the custom objects found for them. */
export type Home = 'companies' | 'contacts' | 'tickets' | 'mrr' | 'usage';
export type Kind = 'day' | 'month' | 'number' | 'text' | 'flag' | 'owner' | 'score';

export interface KeyWords {
  readonly home: Home;
  readonly kind: Kind;
  /** Names or labels that say exactly this. */
  readonly words: readonly string[];
  /** Words that may say this. */
  readonly weak?: readonly string[];
  /** HubSpot's own properties that may stand for it; every other property that HubSpot defines is left alone. */
  readonly standard?: readonly string[];
  /** Looks like it and is not; tried on name and label. */
  readonly not?: RegExp;
  /** Filled in on few records by its nature (a record in the home currency need not name it): a low fill rate says nothing. */
  readonly rare?: true;
  /** HubSpot fills it in by itself, on few records: where it is empty everywhere, the portal does not use it. */
  readonly automatic?: true;
}

const list = (words: string): readonly string[] => words.split(', ');

const FORECAST = /予定|見込|planned|expected|predicted|forecast|target|risk|score|スコア/i;
const CHANGED = /最終更新|更新日時|last (?:modified|updated)|updated at|modified/i;

const SEATS = list(
  'seats, seat count, number of seats, seats purchased, purchased seats, seats bought, contracted seats, licenses, licences, license count, licensed users, number of licenses, 席数, 契約席数, ライセンス数, 契約ライセンス数, 契約ID数, 契約アカウント数',
);
const PLAN = list(
  'plan, plan name, current plan, contract plan, subscription plan, pricing plan, プラン, プラン名, 契約プラン, 現在のプラン, 料金プラン, 利用プラン',
);
const MONTH = list(
  'target month, month, revenue month, mrr month, billing month, month start, period month, fiscal month, year month, reporting month, 対象月, 対象年月, 年月, 計上月, 請求月, 売上月, 利用月, 集計月, 月',
);

export const KEY_WORDS: Readonly<Partial<Record<MappingKey, KeyWords>>> = {
  owner: {
    home: 'companies',
    kind: 'owner',
    words: list(
      'csm, csm owner, csm id, assigned csm, customer success manager, customer success owner, customer success rep, cs owner, cs manager, success manager, success owner, cs担当, cs担当者, csm担当, 担当csm, カスタマーサクセス担当, カスタマーサクセス担当者, サクセス担当, サクセス担当者, カスタマーサクセスマネージャー',
    ),
    weak: list('customer success, カスタマーサクセス, account manager, アカウントマネージャー'),
    standard: ['hubspot_owner_id'],
    not: /sales|営業|marketing|マーケ|\bsdr\b|\bbdr\b|executive|backup|former|previous|前任|副担当/i,
  },
  'mrr.month': {
    home: 'mrr',
    kind: 'month',
    words: MONTH,
    weak: list('period, date, period start, 期間, 日付, 対象日'),
    not: CHANGED,
  },
  'mrr.amount': {
    home: 'mrr',
    kind: 'number',
    words: list(
      'amount, mrr, mrr amount, monthly recurring revenue, monthly amount, recurring revenue, 金額, mrr金額, 月額, 月額金額, 月額料金, 月次金額, 月次売上',
    ),
    weak: list('revenue, price, value, total, 売上, 料金, 単価'),
    not: /tax|税|count|件数|one.?time|初期/i,
  },
  'mrr.product': {
    home: 'mrr',
    kind: 'text',
    words: list('product, product name, sku, 製品, 製品名, 商品, 商品名, プロダクト'),
    weak: list('service, module, サービス, サービス名, モジュール'),
  },
  'mrr.plan': { home: 'mrr', kind: 'text', words: PLAN },
  'mrr.currency': {
    home: 'mrr',
    kind: 'text',
    words: list('currency, currency code, 通貨, 通貨コード'),
    standard: ['hs_currency_code'],
    rare: true,
  },
  'mrr.seats': { home: 'mrr', kind: 'number', words: SEATS, weak: list('quantity, 数量, users, id数'), rare: true },
  // Read from HubSpot's own properties where nobody says otherwise; never guessed.
  'mrr.start': { home: 'mrr', kind: 'day', words: [] },
  'mrr.end': { home: 'mrr', kind: 'day', words: [] },
  'contract.start': {
    home: 'companies',
    kind: 'day',
    words: list(
      'contract start date, contract start, contract started on, subscription start date, subscription start, customer since, 契約開始日, 利用開始日, サービス開始日, 初回契約日',
    ),
    weak: list('start date, go live date, onboarded on, 契約日, 開始日, 導入日'),
    not: FORECAST,
  },
  'contract.renewal': {
    home: 'companies',
    kind: 'day',
    words: list(
      'contract renewal date, renewal date, next renewal date, renewal, renewal on, renews on, contract end date, contract end, subscription end date, subscription renewal date, expiration date, contract expiration date, contract expiry date, 契約更新日, 更新日, 次回更新日, 次回契約更新日, 契約満了日, 契約終了日, 契約期限, 満了日',
    ),
    weak: list('end date, expiry, 終了日, 更新月'),
    not: /最終更新|更新日時|last (?:modified|updated)|updated at|modified|previous|last renewal|前回|notice|通知/i,
  },
  'contract.value': {
    home: 'companies',
    kind: 'number',
    words: list(
      'contract value, total contract value, tcv, acv, annual contract value, contract amount, 契約金額, 契約額, 契約総額, 年間契約金額, 年間契約額, 契約金額(年間)',
    ),
    weak: list('arr, annual recurring revenue, 年額, 年間金額'),
    not: /count|件数|days|months|月数/i,
  },
  'contract.termMonths': {
    home: 'companies',
    kind: 'number',
    words: list(
      'contract term months, term months, contract term, contract length, contract length months, contract duration, contract duration months, 契約期間, 契約期間(月), 契約月数, 契約期間(ヶ月), 契約期間月数',
    ),
    weak: list('term, subscription term'),
    not: /remaining|残|elapsed|経過|age/i,
  },
  'contract.billing': {
    home: 'companies',
    kind: 'text',
    words: list(
      'billing cycle, billing frequency, billing period, billing interval, payment frequency, payment cycle, contract billing, 請求サイクル, 請求頻度, 請求周期, 支払サイクル, 支払いサイクル, 支払頻度, 支払間隔, 課金サイクル',
    ),
    weak: list('payment terms, 支払条件, 支払方法, 契約形態, 請求区分'),
  },
  'contract.noticeDays': {
    home: 'companies',
    kind: 'number',
    words: list(
      'notice period days, notice period, notice days, cancellation notice days, cancellation notice period, termination notice days, 解約通知期間, 解約予告期間, 解約予告日数, 解約通知日数, 通知期間, 通知期間(日), 予告日数',
    ),
  },
  'contract.noticeGivenOn': {
    home: 'companies',
    kind: 'day',
    words: list(
      'notice given on, notice given, notice given date, notice date, notice received on, cancellation notice date, termination notice date, cancellation requested on, 解約通知日, 解約通知受領日, 解約申出日, 解約申請日, 解約予告日',
    ),
    rare: true,
  },
  'profile.plan': { home: 'companies', kind: 'text', words: PLAN, not: /success|account plan|サクセスプラン|計画/i },
  'profile.industry': {
    home: 'companies',
    kind: 'text',
    words: list('industry, customer industry, industry segment, 業種, 業界, 業種分類'),
    weak: list('vertical, 産業'),
    standard: ['industry'],
  },
  'profile.size': {
    home: 'companies',
    kind: 'number',
    words: list('number of employees, employees, employee count, headcount, company size, 従業員数, 社員数, 従業員規模, 企業規模'),
    standard: ['numberofemployees'],
  },
  'profile.segment': {
    home: 'companies',
    kind: 'text',
    words: list('segment, customer segment, account segment, セグメント, 顧客セグメント, 顧客区分'),
    weak: list('tier, customer tier, ランク, 顧客ランク, 区分'),
    not: /industry|業種/i,
  },
  'profile.goals': {
    home: 'companies',
    kind: 'text',
    words: list(
      'success goals, success goal, customer goals, goals, desired outcome, desired outcomes, サクセスゴール, ゴール, 成功目標, 達成目標, 導入目的, 顧客の目標',
    ),
    weak: list('objectives, 目標, 目的'),
  },
  'profile.onboardingStage': {
    home: 'companies',
    kind: 'text',
    words: list(
      'onboarding stage, onboarding status, onboarding phase, implementation stage, implementation status, オンボーディング, オンボーディング段階, オンボーディング状況, オンボーディングステージ, 導入段階, 導入ステージ, 導入状況, 導入フェーズ',
    ),
  },
  'profile.closingDown': {
    home: 'companies',
    kind: 'flag',
    words: list(
      'bankruptcy, bankrupt, insolvency, insolvent, closing down, out of business, 倒産, 破産, 廃業, 合併, 倒産・合併, 倒産フラグ',
    ),
    rare: true,
  },
  'profile.sentiment': {
    home: 'companies',
    kind: 'text',
    words: list('csm sentiment, customer sentiment, csm opinion, csm assessment, 担当者の所見, csm所見, 担当所見, 温度感'),
    standard: ['hs_csm_sentiment'],
    rare: true,
  },
  'profile.healthScore': {
    home: 'companies',
    kind: 'score',
    words: list(
      'health score, customer health score, account health score, customer health, ヘルススコア, 顧客ヘルススコア, 健康スコア, 健全性スコア, カスタマーヘルス',
    ),
    not: /kizashi|_status$|ステータス|previous|前回/i,
    rare: true,
  },
  'profile.snoozedUntil': {
    home: 'companies',
    kind: 'day',
    words: list('kizashi snoozed until, snoozed until, snooze until, 保留期限, 保留終了日'),
    rare: true,
  },
  'value.promised': {
    home: 'companies',
    kind: 'text',
    words: list(
      'promised value, promised roi, expected roi, roi target, roi model, value promised, 期待効果, 想定roi, 目標roi, 導入目標効果, 導入時roi',
    ),
    rare: true,
  },
  'value.proven': {
    home: 'companies',
    kind: 'text',
    words: list(
      'proven value, proven roi, realized roi, realised value, actual roi, roi evidence, value proven, 実現効果, 導入効果, 実績roi, 効果実績',
    ),
    rare: true,
  },
  'churn.on': {
    home: 'companies',
    kind: 'day',
    words: list(
      'churned on, churn date, churned at, churned date, date churned, cancellation date, cancelled on, canceled on, termination date, 解約日, 退会日, 解約年月日, サービス終了日, 利用終了日',
    ),
    not: /予定|見込|planned|expected|predicted|通知|申|notice|request/i,
    rare: true,
  },
  'churn.reason': {
    home: 'companies',
    kind: 'text',
    words: list(
      'churn reason, cancellation reason, reason for churn, reason for cancellation, churn category, termination reason, 解約理由, 退会理由, 解約要因',
    ),
    weak: list('lost reason, 失注理由'),
    not: /detail|詳細|memo|メモ|risk/i,
    rare: true,
  },
  'usage.week': {
    home: 'usage',
    kind: 'day',
    words: list('week start, week, week of, week starting, week begin, 週, 週初, 対象週, 集計週, 週開始日'),
    weak: list('period start, start date, 期間開始日, 集計開始日'),
  },
  'usage.month': { home: 'usage', kind: 'month', words: MONTH },
  'usage.lastUsedOn': {
    home: 'usage',
    kind: 'day',
    words: list(
      'last used on, last used, last used at, last use date, last usage date, last login, last login date, last login at, last logged in, last product login, last active date, last active on, last product activity, 最終利用日, 最終利用日時, 最終ログイン, 最終ログイン日, 最終ログイン日時, 最終アクセス日',
    ),
    weak: list('last active, last seen, last activity, 最終活動日'),
    not: /email|メール|sales|営業/i,
  },
  'usage.logins': {
    home: 'usage',
    kind: 'number',
    words: list(
      'logins, login count, number of logins, weekly logins, monthly logins, logins per week, logins last 30 days, total logins, ログイン数, ログイン回数, 週間ログイン数, 月間ログイン数, 30日ログイン数',
    ),
    weak: list('sessions, session count, セッション数, 利用回数'),
    not: /days since|last|最終|経過/i,
  },
  'usage.activeUsers': {
    home: 'usage',
    kind: 'number',
    words: list(
      'active users, active user count, weekly active users, monthly active users, daily active users, number of active users, wau, mau, 利用者数, アクティブユーザー, アクティブユーザー数, 利用ユーザー数, 週間利用者数, 月間利用者数, アクティブユーザ数',
    ),
    weak: list('users, user count, ユーザー数'),
  },
  'usage.minutes': {
    home: 'usage',
    kind: 'number',
    words: list(
      'minutes, usage minutes, minutes used, active minutes, session minutes, time in app minutes, 利用分数, 利用時間(分), 利用時間, 滞在時間',
    ),
  },
  'usage.featuresUsed': {
    home: 'usage',
    kind: 'number',
    words: list('features used, number of features used, used features, features used count, 利用機能数, 使用機能数, 利用中の機能数'),
    weak: list('feature count, 機能数'),
    not: /plan|契約/i,
  },
  'usage.featureNames': {
    home: 'usage',
    kind: 'text',
    words: list('feature names, features list, names of features used, used feature names, 利用機能名, 利用した機能, 使用機能名'),
    not: /plan|契約/i,
  },
  'usage.perFeature': {
    home: 'usage',
    kind: 'text',
    words: list('feature, feature name, feature key, used feature, 機能, 機能名, 利用機能'),
    not: /plan|契約/i,
  },
  'usage.featureCount': {
    home: 'usage',
    kind: 'number',
    words: list('feature count, uses, use count, usage count, times used, number of uses, event count, 利用回数, 使用回数, 機能利用回数'),
    not: /plan|契約/i,
  },
  'usage.featuresInPlan': {
    home: 'usage',
    kind: 'number',
    words: list(
      'features in plan, plan features, available features, features available, contracted features, 契約機能数, プラン機能数, 利用可能機能数, プラン内機能数',
    ),
  },
  'usage.adoption': {
    home: 'usage',
    kind: 'number',
    words: list('adoption, adoption rate, feature adoption, feature adoption rate, product adoption, 機能利用率, 定着率, 活用率'),
    weak: list('利用率, utilization'),
  },
  'usage.seatsBought': {
    home: 'usage',
    kind: 'number',
    words: SEATS,
    weak: list('users purchased, id数, アカウント数'),
    not: /active|used|利用中/i,
  },
  'support.priority': { home: 'tickets', kind: 'text', words: list('priority, 優先度'), standard: ['hs_ticket_priority'] },
  'support.category': {
    home: 'tickets',
    kind: 'text',
    words: list('category, ticket category, カテゴリ, カテゴリー, 分類, 問い合わせ種別'),
    standard: ['hs_ticket_category'],
  },
  'support.escalated': {
    home: 'tickets',
    kind: 'flag',
    words: list('escalated, is escalated, was escalated, escalation, エスカレーション, エスカレーション済み, エスカレ'),
    rare: true,
    not: /reason|理由|date|日/i,
  },
  'support.reopened': {
    home: 'tickets',
    kind: 'flag',
    words: list('reopened, is reopened, was reopened, reopen count, reopens, 再オープン, 再発, 再開, 再オープン回数'),
    rare: true,
    not: /date|日/i,
  },
  'support.csat': {
    home: 'tickets',
    kind: 'number',
    words: list(
      'csat, csat score, satisfaction, satisfaction rating, satisfaction score, customer satisfaction, 満足度, 顧客満足度, csatスコア',
    ),
    rare: true,
  },
  'survey.sentOn': {
    home: 'contacts',
    kind: 'day',
    words: list(
      'last survey sent, last survey sent on, survey sent on, survey sent date, nps sent on, nps survey sent date, アンケート送付日, アンケート送信日, アンケート配信日, 最終アンケート送付日',
    ),
    not: /answer|response|回答/i,
    rare: true,
  },
  'people.champion': {
    home: 'contacts',
    kind: 'flag',
    words: list('champion, is champion, 推進者, チャンピオン, 推進担当者'),
    weak: list('key contact, キーパーソン'),
    rare: true,
  },
  'people.role': {
    home: 'contacts',
    kind: 'text',
    words: list('cs role, contact role, customer role, role in account, success role, 役割, cs役割, 顧客側の役割, 担当区分'),
    weak: list('role, ロール, buying role'),
    standard: ['hs_buying_role'],
    not: /job|職/i,
  },
  'people.left': {
    home: 'contacts',
    kind: 'day',
    words: list(
      'left on, left company on, left company, left date, date left, departed on, departure date, 離任日, 退職日, 異動日, 離任, 退任日, 離職日',
    ),
    rare: true,
  },
  'billing.daysOverdue': {
    home: 'companies',
    kind: 'number',
    words: list('days overdue, overdue days, days past due, payment delay days, 支払遅延日数, 支払い遅延日数, 延滞日数, 遅延日数'),
    rare: true,
  },
  'billing.discountEndsOn': {
    home: 'companies',
    kind: 'day',
    words: list('discount ends on, discount end date, discount end, discount expires on, 割引終了日, 値引終了日, 割引期限'),
    rare: true,
  },
  'billing.discount': {
    home: 'companies',
    kind: 'number',
    words: list('discount, discount rate, discount percent, discount percentage, 割引率, 値引率'),
    not: /amount|date|額|日/i,
    rare: true,
  },
  'billing.priceRaise': {
    home: 'companies',
    kind: 'number',
    words: list(
      'price increase percent, price increase percentage, price increase rate, price raise percent, 値上げ率, 価格改定率, 値上げ幅',
    ),
    not: /amount|date|額|日/i,
    rare: true,
  },
  'billing.priceRaisedOn': {
    home: 'companies',
    kind: 'day',
    words: list(
      'price raised on, price increase date, price raise date, last price increase, 値上げ日, 値上げ実施日, 価格改定日, 料金改定日',
    ),
    rare: true,
  },
  'web.visits': {
    home: 'contacts',
    kind: 'number',
    words: list('web visits, website visits, site visits, サイト訪問数, 訪問数, 訪問回数'),
    standard: ['hs_analytics_num_visits'],
    rare: true,
    automatic: true,
  },
  'web.cancelPageViews': {
    home: 'contacts',
    kind: 'number',
    words: list(
      'cancel page views, cancellation page views, views of the cancellation page, renewal page views, 解約ページ閲覧数, 解約ページ閲覧回数, 解約ページの閲覧数, 契約更新ページ閲覧数, 更新ページ閲覧数',
    ),
    rare: true,
  },
  'web.pricingPageViews': {
    home: 'contacts',
    kind: 'number',
    words: list(
      'pricing page views, price page views, views of the pricing page, 料金ページ閲覧数, 料金ページ閲覧回数, 料金ページの閲覧数',
    ),
    rare: true,
  },
  'email.sent': {
    home: 'contacts',
    kind: 'number',
    words: list('emails delivered, emails sent, email sent count, メール送信数, メール配信数, 配信メール数'),
    standard: ['hs_email_delivered'],
    rare: true,
    automatic: true,
    not: /open|click|開封|クリック/i,
  },
  'email.opened': {
    home: 'contacts',
    kind: 'number',
    words: list('emails opened, email opens, opened emails, email open count, メール開封数, 開封数, 開封メール数'),
    standard: ['hs_email_open'],
    rare: true,
    automatic: true,
  },
};

/** What makes a custom object one of MRR records or of usage rows. */
export const OBJECT_WORDS = {
  mrr: {
    words: list(
      'mrr, mrr record, mrr records, monthly recurring revenue, recurring revenue, revenue record, monthly revenue, subscription revenue, mrrレコード, 月次mrr, 月次売上, 月額売上, 経常収益, 月次収益, 月次経常収益',
    ),
    weak: list('revenue, subscription, billing, invoice line, 売上, 請求, 契約明細, サブスクリプション'),
  },
  usage: {
    words: list(
      'usage, usage week, usage month, weekly usage, monthly usage, product usage, usage record, usage log, usage summary, 利用状況, 利用実績, 週次利用, 月次利用, 利用ログ, 週次利用状況, 利用データ, プロダクト利用',
    ),
    weak: list('activity, login, logins, engagement, アクティビティ, ログイン, 利用'),
  },
};
