/** What the seed means to say of one company, before it becomes records. Days and months count back from the as-of day. */

export const MONTHS = 30;
export const WEEKS = 26;

export type Language = 'ja' | 'en';
export type PlanName = 'Starter' | 'Standard' | 'Enterprise';
export type Product = 'CRM' | 'MA' | 'SFA' | 'BI';

/** MRR of one product in yen by month, oldest first, `MONTHS` long; null: no record in that month. */
export interface MrrLine {
  readonly product: Product;
  readonly plan: PlanName;
  readonly months: readonly (number | null)[];
  readonly seats?: readonly number[];
  /** Absent: the record names none. */
  readonly currency?: string;
}

/** A record with an amount as somebody typed it. */
export interface RawMrr {
  readonly monthsAgo: number;
  readonly amount: string;
  readonly product: Product;
  readonly currency?: string;
}

export interface UsagePlan {
  /** Full weeks, oldest first, `WEEKS` long; null: the feed sent nothing. */
  readonly weeks: readonly ({ readonly logins: number; readonly users: number; readonly features: number } | null)[];
  /** Absent: used until the end of the newest week with logins. */
  readonly lastUsedDaysAgo?: number;
}

export interface ContactPlan {
  readonly name: string;
  readonly role: 'champion' | 'user' | 'executive' | null;
  readonly title: string;
  readonly leftDaysAgo?: number;
}

export interface TicketPlan {
  readonly daysAgo: number;
  readonly subject: string;
  readonly content: string;
  readonly category: 'PRODUCT_ISSUE' | 'BILLING_ISSUE' | 'FEATURE_REQUEST' | 'GENERAL_INQUIRY';
  readonly priority: 'LOW' | 'MEDIUM' | 'HIGH' | 'URGENT';
  /** Null: still open. */
  readonly closedAfterHours: number | null;
  readonly csat?: number;
  readonly escalated?: boolean;
  readonly reopened?: boolean;
}

export interface SurveyPlan {
  readonly daysAgo: number;
  readonly score: number;
  readonly comment?: string;
  /** Index into the contacts. */
  readonly by?: number;
}

export interface TouchPlan {
  readonly kind: 'note' | 'call' | 'meeting' | 'email-in' | 'email-out' | 'task';
  /** Negative: ahead (meetings and tasks). */
  readonly daysAgo: number;
  readonly title: string;
  readonly body: string;
  /** Tasks: completed. Meetings and calls: took place. */
  readonly done?: boolean;
  readonly by?: number;
}

/** What the contacts do with mails and on the site. */
export interface ReachPlan {
  /** Share of the mails that are opened; one a fortnight goes out. */
  readonly opens: number;
  /** Visits a month, in the last one and in the six before. */
  readonly visits: readonly [now: number, before: number];
  /** Days on which the page was looked at. */
  readonly cancelViews?: readonly number[];
  readonly pricingViews?: readonly number[];
  /** Surveys that nobody answered; those that were answered were sent two days before. */
  readonly unanswered?: readonly number[];
}

export interface AccountPlan {
  readonly name: string;
  readonly domain: string;
  readonly language: Language;
  readonly industry: string;
  readonly employees: number;
  readonly kind: 'customer' | 'churned' | 'prospect';
  /** Index into the success managers; null: nobody yet. Absent: given by their shares. */
  readonly csm?: number | null;
  readonly plan: PlanName;
  readonly seats: number;
  readonly featuresInPlan: number;
  readonly goals: string;
  readonly onboarding: 'kickoff' | 'setup' | 'training' | 'live';
  readonly startDaysAgo: number;
  readonly termMonths: number;
  /** Null: no renewal date is known. */
  readonly renewalInDays: number | null;
  readonly billing: 'monthly' | 'semiannual' | 'annual';
  /** Null: left to MRR × term. */
  readonly contractValue: number | null;
  readonly noticeDays: number;
  readonly noticeGivenDaysAgo?: number;
  readonly churn?: { readonly daysAgo: number; readonly reason: string };
  readonly reach?: ReachPlan;
  readonly priceRaise?: { readonly daysAgo: number; readonly percent: number };
  readonly discount?: { readonly endsInDays: number; readonly percent: number };
  readonly sentiment?: 'HEALTHY' | 'NEUTRAL' | 'AT_RISK';
  readonly mrr: readonly MrrLine[];
  readonly rawMrr?: readonly RawMrr[];
  /** Null: the company is not in the feed. */
  readonly usage: UsagePlan | null;
  readonly contacts: readonly ContactPlan[];
  readonly tickets: readonly TicketPlan[];
  readonly nps: readonly SurveyPlan[];
  readonly touches: readonly TouchPlan[];
  /** A renewal deal is open. */
  readonly renewalDeal?: boolean;
}
