/** What a play's texts may say of an account. The words of a fact are made where the account is known. */
import type { Bilingual } from '../policy.ts';

/** By name, as it stands between braces. */
export const FACTS = {
  account: { en: 'account', ja: '会社名' },
  domain: { en: 'domain', ja: 'ドメイン' },
  plan: { en: 'plan', ja: 'プラン' },
  products: { en: 'products', ja: '利用製品' },
  industry: { en: 'industry', ja: '業種' },
  tier: { en: 'touch tier', ja: 'タッチ区分' },
  mrr: { en: 'MRR', ja: 'MRR' },
  mrr_change: { en: 'MRR change in 3 months', ja: 'MRRの3か月の増減' },
  contract_value: { en: 'contract value', ja: '契約金額' },
  renewal: { en: 'renewal date', ja: '更新日' },
  days_to_renewal: { en: 'days to renewal', ja: '更新までの日数' },
  notice_by: { en: 'last day for notice', ja: '解約通知期限' },
  last_used: { en: 'last use', ja: '最終利用日' },
  days_since_use: { en: 'days since last use', ja: '最終利用からの日数' },
  last_contact: { en: 'last contact', ja: '最終接触日' },
  risk: { en: 'risk', ja: 'リスク' },
  band: { en: 'band', ja: '区分' },
  reason: { en: 'strongest reason', ja: '最も強い理由' },
  reasons: { en: 'reasons', ja: '理由' },
  champion: { en: 'champion', ja: '推進者' },
  contact: { en: 'contact', ja: '連絡先' },
  contact_email: { en: 'contact’s e-mail address', ja: '連絡先のメールアドレス' },
  goals: { en: 'goals', ja: '目標' },
  owner: { en: 'owner', ja: '担当者' },
  me: { en: 'your name', ja: '自分の名前' },
  today: { en: 'today', ja: '今日' },
} as const satisfies Record<string, Bilingual>;

export type FactName = keyof typeof FACTS;

export const FACT_NAMES = Object.keys(FACTS) as readonly FactName[];

export const isFact = (name: string): name is FactName => Object.hasOwn(FACTS, name);

/** In one language, ready to stand in a sentence; null where nobody knows. Texts from HubSpot are raw. */
export type Facts = Readonly<Record<FactName, string | null>>;
