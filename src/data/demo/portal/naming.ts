/** The portal's own property and object names: one portal named in Japanese, one in English. */

export type Naming = 'ja' | 'en';

export interface Named {
  readonly name: string;
  readonly label: string;
}

const JA = {
  csm: { name: 'csm_owner', label: 'CS担当' },
  contractStart: { name: 'contract_start_date', label: '契約開始日' },
  renewal: { name: 'contract_renewal_date', label: '契約更新日' },
  contractValue: { name: 'contract_value', label: '契約金額' },
  termMonths: { name: 'contract_term_months', label: '契約期間（月）' },
  billing: { name: 'billing_cycle', label: '請求サイクル' },
  noticeDays: { name: 'notice_period_days', label: '解約通知期限（日）' },
  noticeGivenOn: { name: 'notice_given_on', label: '解約通知日' },
  plan: { name: 'plan', label: 'プラン' },
  goals: { name: 'success_goals', label: '目標' },
  onboarding: { name: 'onboarding_stage', label: '導入段階' },
  churnedOn: { name: 'churned_on', label: '解約日' },
  churnReason: { name: 'churn_reason', label: '解約理由' },
  featuresInPlan: { name: 'features_in_plan', label: '契約機能数' },
  seats: { name: 'seats', label: '契約席数' },
  mrrObject: { name: 'mrr_record', label: 'MRRレコード' },
  mrrTitle: { name: 'record_name', label: 'レコード名' },
  mrrMonth: { name: 'target_month', label: '対象月' },
  mrrAmount: { name: 'amount', label: '金額' },
  mrrProduct: { name: 'product', label: '製品' },
  mrrPlan: { name: 'plan', label: 'プラン' },
  mrrCurrency: { name: 'currency', label: '通貨' },
  mrrSeats: { name: 'seats', label: '席数' },
  usageObject: { name: 'usage_week', label: '利用状況（週次）' },
  usageWeek: { name: 'week_start', label: '週' },
  usageLogins: { name: 'logins', label: 'ログイン数' },
  usageUsers: { name: 'active_users', label: '利用者数' },
  usageMinutes: { name: 'minutes', label: '利用時間（分）' },
  usageFeatures: { name: 'features_used', label: '利用機能数' },
  usageLastUsed: { name: 'last_used_on', label: '最終利用日' },
  contactRole: { name: 'cs_role', label: '役割' },
  contactLeft: { name: 'left_on', label: '離任日' },
  surveySentOn: { name: 'survey_sent_on', label: 'アンケート送付日' },
  cancelViews: { name: 'cancel_page_views', label: '解約ページ閲覧数' },
  pricingViews: { name: 'pricing_page_views', label: '料金ページ閲覧数' },
  priceRaisedOn: { name: 'price_raised_on', label: '値上げ日' },
  priceRaise: { name: 'price_raise_rate', label: '値上げ率' },
  discountEndsOn: { name: 'discount_ends_on', label: '割引終了日' },
  discount: { name: 'discount_rate', label: '割引率' },
  ticketCsat: { name: 'csat', label: '満足度（1〜5）' },
  ticketEscalated: { name: 'escalated', label: 'エスカレーション' },
  ticketReopened: { name: 'reopened', label: '再オープン' },
} as const satisfies Record<string, Named>;

export type NameKey = keyof typeof JA;
export type Names = Readonly<Record<NameKey, Named>> & {
  /** What the lists of choices are written in. */
  readonly language: Naming;
};

const EN: Readonly<Record<NameKey, Named>> = {
  csm: { name: 'customer_success_manager', label: 'Customer success manager' },
  contractStart: { name: 'contract_start', label: 'Contract start date' },
  renewal: { name: 'renewal_date', label: 'Renewal date' },
  contractValue: { name: 'total_contract_value', label: 'Contract value' },
  termMonths: { name: 'contract_term', label: 'Contract term (months)' },
  billing: { name: 'billing_frequency', label: 'Billing cycle' },
  noticeDays: { name: 'notice_period', label: 'Notice period (days)' },
  noticeGivenOn: { name: 'notice_date', label: 'Notice given on' },
  plan: { name: 'subscription_plan', label: 'Plan' },
  goals: { name: 'customer_goals', label: 'Goals' },
  onboarding: { name: 'onboarding_status', label: 'Onboarding stage' },
  churnedOn: { name: 'churn_date', label: 'Churn date' },
  churnReason: { name: 'reason_for_churn', label: 'Churn reason' },
  featuresInPlan: { name: 'plan_features', label: 'Features in plan' },
  seats: { name: 'licensed_seats', label: 'Seats bought' },
  mrrObject: { name: 'subscription_mrr', label: 'MRR Record' },
  mrrTitle: { name: 'title', label: 'Record name' },
  mrrMonth: { name: 'month', label: 'Month' },
  mrrAmount: { name: 'mrr', label: 'MRR' },
  mrrProduct: { name: 'product_name', label: 'Product' },
  mrrPlan: { name: 'plan_name', label: 'Plan' },
  mrrCurrency: { name: 'currency_code', label: 'Currency' },
  mrrSeats: { name: 'seat_count', label: 'Seats' },
  usageObject: { name: 'product_usage', label: 'Weekly usage' },
  usageWeek: { name: 'week_of', label: 'Week' },
  usageLogins: { name: 'login_count', label: 'Logins' },
  usageUsers: { name: 'weekly_active_users', label: 'Active users' },
  usageMinutes: { name: 'minutes_used', label: 'Minutes used' },
  usageFeatures: { name: 'features_adopted', label: 'Features used' },
  usageLastUsed: { name: 'last_active_date', label: 'Last used on' },
  contactRole: { name: 'contact_role', label: 'Role' },
  contactLeft: { name: 'left_company_on', label: 'Left on' },
  surveySentOn: { name: 'last_survey_sent', label: 'Last survey sent on' },
  cancelViews: { name: 'cancellation_page_views', label: 'Cancellation page views' },
  pricingViews: { name: 'pricing_views', label: 'Pricing page views' },
  priceRaisedOn: { name: 'price_increase_date', label: 'Price increase date' },
  priceRaise: { name: 'price_increase_percent', label: 'Price increase percent' },
  discountEndsOn: { name: 'discount_end_date', label: 'Discount end date' },
  discount: { name: 'discount_percent', label: 'Discount percent' },
  ticketCsat: { name: 'csat_score', label: 'CSAT (1-5)' },
  ticketEscalated: { name: 'is_escalated', label: 'Escalated' },
  ticketReopened: { name: 'was_reopened', label: 'Reopened' },
};

export const namesOf = (naming: Naming): Names => ({ ...(naming === 'ja' ? JA : EN), language: naming });
