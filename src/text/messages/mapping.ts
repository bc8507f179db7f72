/** What the keys of the mapping are called, for people; the keys themselves are what commands take. */
import type { Lang } from './index.ts';
import type { Message } from './message.ts';

const WORDS: Readonly<Record<string, Message>> = {
  customers: { en: 'which companies are customers', ja: '顧客とみなす会社' },
  owner: { en: 'success manager', ja: 'CS担当' },
  'mrr.source': { en: 'where MRR comes from', ja: 'MRRの取得元' },
  'mrr.object': { en: 'MRR object', ja: 'MRRのオブジェクト' },
  'mrr.month': { en: 'MRR month', ja: 'MRRの対象月' },
  'mrr.amount': { en: 'MRR amount', ja: 'MRRの金額' },
  'mrr.product': { en: 'MRR product', ja: 'MRRの製品' },
  'mrr.plan': { en: 'MRR plan', ja: 'MRRのプラン' },
  'mrr.currency': { en: 'MRR currency', ja: 'MRRの通貨' },
  'mrr.seats': { en: 'MRR seats', ja: 'MRRの席数' },
  'mrr.start': { en: 'MRR counts from', ja: 'MRRの開始日' },
  'mrr.end': { en: 'MRR counts until', ja: 'MRRの終了日' },
  'contract.start': { en: 'contract start', ja: '契約開始日' },
  'contract.renewal': { en: 'renewal day', ja: '契約更新日' },
  'contract.value': { en: 'contract value', ja: '契約金額' },
  'contract.termMonths': { en: 'term in months', ja: '契約期間（月）' },
  'contract.billing': { en: 'billing cycle', ja: '請求サイクル' },
  'contract.noticeDays': { en: 'days of notice', ja: '解約予告の日数' },
  'contract.noticeGivenOn': { en: 'notice given on', ja: '解約通知日' },
  'profile.plan': { en: 'plan', ja: 'プラン' },
  'profile.industry': { en: 'industry', ja: '業種' },
  'profile.size': { en: 'company size', ja: '会社規模' },
  'profile.segment': { en: 'segment', ja: 'セグメント' },
  'profile.goals': { en: 'goals', ja: '目標' },
  'profile.onboardingStage': { en: 'onboarding stage', ja: '導入段階' },
  'profile.snoozedUntil': { en: 'snoozed until', ja: '保留期限' },
  'profile.sentiment': { en: 'sentiment', ja: '担当者の所感' },
  'profile.healthScore': { en: 'health score of HubSpot', ja: 'HubSpotのヘルススコア' },
  'profile.closingDown': { en: 'closing down', ja: '廃業・休業' },
  'value.promised': { en: 'value promised', ja: '約束した効果' },
  'value.proven': { en: 'value proven', ja: '実現した効果' },
  'churn.on': { en: 'left on', ja: '解約日' },
  'churn.reason': { en: 'why it left', ja: '解約理由' },
  'usage.source': { en: 'where usage comes from', ja: '利用状況の取得元' },
  'usage.object': { en: 'usage object', ja: '利用状況のオブジェクト' },
  'usage.events': { en: 'events of use', ja: '利用を表すイベント' },
  'usage.week': { en: 'usage week', ja: '利用の週' },
  'usage.month': { en: 'usage month', ja: '利用の月' },
  'usage.lastUsedOn': { en: 'last used on', ja: '最終利用日' },
  'usage.logins': { en: 'logins', ja: 'ログイン数' },
  'usage.activeUsers': { en: 'active users', ja: '利用者数' },
  'usage.minutes': { en: 'minutes of use', ja: '利用時間（分）' },
  'usage.featuresUsed': { en: 'features used', ja: '利用機能数' },
  'usage.featureNames': { en: 'names of features used', ja: '利用機能名' },
  'usage.perFeature': { en: 'feature of the row', ja: '行ごとの機能名' },
  'usage.featureCount': { en: 'uses of the feature', ja: '機能の利用回数' },
  'usage.featuresInPlan': { en: 'features in the plan', ja: '契約機能数' },
  'usage.adoption': { en: 'adoption', ja: '利用率' },
  'usage.seatsBought': { en: 'seats bought', ja: '契約席数' },
  'support.priority': { en: 'ticket priority', ja: 'チケットの優先度' },
  'support.category': { en: 'ticket category', ja: 'チケットの分類' },
  'support.escalated': { en: 'ticket escalated', ja: 'エスカレーション' },
  'support.reopened': { en: 'ticket reopened', ja: '再オープン' },
  'support.csat': { en: 'ticket CSAT', ja: 'チケットの満足度' },
  'survey.source': { en: 'where surveys are', ja: 'アンケートの取得元' },
  'survey.sentOn': { en: 'survey sent on', ja: 'アンケート送付日' },
  'people.champion': { en: 'champion', ja: '推進者' },
  'people.role': { en: 'contact role', ja: 'コンタクトの役割' },
  'people.left': { en: 'contact left on', ja: 'コンタクトの離任日' },
  'billing.daysOverdue': { en: 'days overdue', ja: '支払い遅延日数' },
  'billing.discountEndsOn': { en: 'discount ends on', ja: '割引終了日' },
  'billing.discount': { en: 'discount', ja: '割引率' },
  'billing.priceRaisedOn': { en: 'price raised on', ja: '値上げ日' },
  'billing.priceRaise': { en: 'price raise', ja: '値上げ率' },
  'web.visits': { en: 'site visits', ja: 'サイト訪問数' },
  'web.cancelPageViews': { en: 'cancellation page views', ja: '解約ページ閲覧数' },
  'web.pricingPageViews': { en: 'pricing page views', ja: '料金ページ閲覧数' },
  'email.sent': { en: 'mails sent', ja: 'メール送信数' },
  'email.opened': { en: 'mails opened', ja: 'メール開封数' },
};

/** Values that are words of ours, by `key=value`. */
const VALUES: Readonly<Record<string, Message>> = {
  'customers=all': { en: 'every company', ja: 'すべての会社' },
  'mrr.source=custom-object': { en: 'a custom object, one record a month', ja: 'カスタムオブジェクト（1か月1レコード）' },
  'mrr.source=line-items': { en: 'recurring line items of won deals', ja: '受注取引の定期商品項目' },
  'mrr.source=deal-properties': { en: 'recurring-revenue properties of deals', ja: '取引の継続収益プロパティ' },
  'mrr.source=subscriptions': { en: 'subscriptions', ja: 'サブスクリプション' },
  'mrr.source=company-property': { en: 'a property of the company', ja: '会社のプロパティ' },
  'mrr.source=csv': { en: 'an imported file', ja: '取り込んだファイル' },
  'usage.source=events': { en: 'custom events', ja: 'カスタムイベント' },
  'usage.source=csv': { en: 'an imported file', ja: '取り込んだファイル' },
  'survey.source=feedback': { en: 'feedback submissions', ja: 'フィードバック送信' },
  'survey.source=contacts': { en: 'the last NPS on contacts', ja: 'コンタクトの直近NPS' },
};

/** A word of ours as a value, in the user's words; null for what the portal named. */
export function valueWord(key: string, value: string, lang: Lang): string | null {
  const id = `${key}=${value}`;
  const word = Object.hasOwn(VALUES, id) ? VALUES[id]?.[lang] : undefined;
  return typeof word === 'string' ? word : null;
}

/** The key in the user's words; a key without words is its own name. */
export function keyWord(key: string, lang: Lang): string {
  const word = Object.hasOwn(WORDS, key) ? WORDS[key]?.[lang] : undefined;
  return typeof word === 'string' ? word : key;
}
