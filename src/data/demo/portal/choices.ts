/** The lists of choices of companies, contacts and tickets: the value that is stored, and what a portal of either language shows. */
import type { Naming } from './naming.ts';

type Choice = readonly [value: string, ja: string, en: string];

const CHOICES = {
  industry: [
    ['MACHINERY', '製造', 'Machinery'],
    ['LOGISTICS_AND_SUPPLY_CHAIN', '物流', 'Logistics and Supply Chain'],
    ['PRINTING', '印刷', 'Printing'],
    ['RETAIL', '小売', 'Retail'],
    ['CONSTRUCTION', '建設', 'Construction'],
    ['HOSPITAL_HEALTH_CARE', '医療・介護', 'Hospital & Health Care'],
    ['FINANCIAL_SERVICES', '金融', 'Financial Services'],
    ['COMPUTER_SOFTWARE', 'ソフトウェア', 'Computer Software'],
    ['HOSPITALITY', '宿泊・飲食', 'Hospitality'],
    ['EDUCATION_MANAGEMENT', '教育', 'Education Management'],
    ['REAL_ESTATE', '不動産', 'Real Estate'],
    ['FOOD_PRODUCTION', '食品', 'Food Production'],
  ],
  stage: [
    ['lead', 'リード', 'Lead'],
    ['opportunity', '商談', 'Opportunity'],
    ['customer', '顧客', 'Customer'],
    ['evangelist', 'エバンジェリスト', 'Evangelist'],
    ['other', 'その他', 'Other'],
  ],
  sentiment: [
    ['HEALTHY', '良好', 'Healthy'],
    ['NEUTRAL', 'ふつう', 'Neutral'],
    ['AT_RISK', 'リスクあり', 'At risk'],
  ],
  billing: [
    ['monthly', '月払い', 'Monthly'],
    ['semiannual', '半年払い', 'Every six months'],
    ['annual', '年払い', 'Annually'],
  ],
  onboarding: [
    ['kickoff', 'キックオフ', 'Kick-off'],
    ['setup', '初期設定', 'Setup'],
    ['training', '操作研修', 'Training'],
    ['live', '本稼働', 'Live'],
  ],
  churnReason: [
    ['usage', '利用低迷', 'Low usage'],
    ['support', 'サポート不満', 'Unhappy with support'],
    ['price', '価格', 'Price'],
    ['feature', '機能不足', 'Missing features'],
    ['competitor', '競合へ乗り換え', 'Moved to a competitor'],
    ['business', '事業縮小・統合', 'Downsized or merged'],
  ],
  buyingRole: [
    ['CHAMPION', '推進者', 'Champion'],
    ['DECISION_MAKER', '意思決定者', 'Decision Maker'],
    ['END_USER', 'エンドユーザー', 'End User'],
  ],
  role: [
    ['champion', '推進者', 'Champion'],
    ['user', '利用者', 'User'],
    ['executive', '役員', 'Executive'],
  ],
  priority: [
    ['LOW', '低', 'Low'],
    ['MEDIUM', '中', 'Medium'],
    ['HIGH', '高', 'High'],
    ['URGENT', '緊急', 'Urgent'],
  ],
  category: [
    ['PRODUCT_ISSUE', '製品の不具合', 'Product issue'],
    ['BILLING_ISSUE', '請求', 'Billing issue'],
    ['FEATURE_REQUEST', '機能要望', 'Feature request'],
    ['GENERAL_INQUIRY', '問い合わせ', 'General inquiry'],
  ],
} as const satisfies Record<string, readonly Choice[]>;

/** Value and label of each. */
export const choices = (of: keyof typeof CHOICES, language: Naming): readonly (readonly [string, string])[] =>
  CHOICES[of].map(([value, ja, en]) => [value, language === 'ja' ? ja : en]);
