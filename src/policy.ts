/** The policy: what a team agrees about scoring. Data only; `scoring/` gives it meaning. */

import type { Day } from './units/day.ts';

export type SignalGroup = 'usage' | 'lifecycle' | 'support' | 'sentiment' | 'commercial' | 'engagement' | 'market';
export type Band = 'low' | 'watch' | 'high' | 'critical';
export type Tier = 'high' | 'low' | 'tech';
export type Stratum = 'monthly' | 'annual_in_window' | 'annual_out';

/** Why customers leave, in the order in which a reason is looked up. What matches none is `other`. */
/** `amount`: in major units of the home currency · `share`: of the customers from the top, 0–1. */
export interface MrrCut {
  readonly by: 'amount' | 'share';
  readonly from: number;
}

export const CHURN_CATEGORIES = ['competitor', 'price', 'support', 'feature', 'usage', 'payment', 'business'] as const;
export type ChurnCategory = (typeof CHURN_CATEGORIES)[number] | 'other';
export type ChurnWords = Readonly<Record<(typeof CHURN_CATEGORIES)[number], readonly string[]>>;

/** A text in both languages; `{name}` stands for an evidence value. */
export interface Bilingual {
  readonly en: string;
  readonly ja: string;
}

/** Severity 0 at `from`, 1 at `to`, linear between; `from` may be above `to`. In the input's unit. */
export interface Ramp {
  readonly from: number;
  readonly to: number;
  /** For an opinion that may also speak well: below `from` the severity falls on, under 0, as far as this value. */
  readonly least?: number;
}

/** Compares an input, or how far it has moved over the last `changeOver` days, with the bounds that are given. */
export interface Comparison {
  readonly input: string;
  readonly changeOver?: number;
  readonly above?: number;
  readonly atLeast?: number;
  readonly below?: number;
  readonly atMost?: number;
}

/** Whether tickets, notes, calls, e-mails or survey comments of the last `within` days hold one of the words. */
export interface Mention {
  /** Name of a list of `mentions`, or words of its own. */
  readonly mention: string | readonly string[];
  /** Days, 120 where absent. */
  readonly within?: number;
}

/** Holds, does not hold, or cannot be told: an unknown part leaves the whole unknown unless the others settle it. */
export type Condition =
  | { readonly all: readonly Condition[] }
  | { readonly any: readonly Condition[] }
  | { readonly not: Condition }
  | Comparison
  | Mention;

/** One rule: points for a severity that a ramp reads off an input. */
export interface SignalRule {
  /** Stable and public: `usage.last_login`. */
  readonly id: string;
  readonly group: SignalGroup;
  readonly label: Bilingual;
  /** Name of an input in `scoring/inputs`; `condition` where `when` says it all. */
  readonly input: string;
  readonly ramp: Ramp;
  /** In place of an input: 1 where it holds, 0 where it does not. */
  readonly when?: Condition;
  /** Positive raises the risk, negative lowers it. */
  readonly points: number;
  /** Days after which an event counts half; absent: no decay. */
  readonly halfLifeDays?: number;
  readonly evidence: Bilingual;
  /** The same in a few words for a table cell: "unused {v} d". */
  readonly short: Bilingual;
  /** Play that answers this signal. */
  readonly play: string;
  /** Part of the ten-signal `simple` preset. */
  readonly simple: boolean;
  /** The day by which the team wants to look at the rule again. */
  readonly reviewBy?: Day;
}

/** Which accounts a part of the policy is about: one of these, compared without regard to case and width. */
export type Whose = { readonly plan: string } | { readonly segment: string };

/** Another ramp for the accounts of a plan or a segment; where both have one, the plan's counts. */
export type RampFor = Whose & { readonly signal: string; readonly ramp: Ramp };

/** A signal that is left out, of everything or of some accounts: neither the score nor the coverage knows it. */
export type Retirement = (Whose | { readonly account: string } | { readonly everywhere: true }) & {
  readonly signal: string;
  readonly because: string;
};

/** What keeps the queue short enough to be worked off. No score depends on it. */
export interface QuietPolicy {
  /** Accounts a day that the list puts forward; the rest is held back. Null: all. */
  readonly cap: number | null;
  /** Days of a snooze where nobody says how many. */
  readonly snoozeDays: number;
  /** Risk points by which an account wakes before its day. */
  readonly snoozeWorseBy: number;
  /** Days before the renewal at which a snoozed account wakes. */
  readonly renewalNear: number;
}

/** A day on which the product failed. Nobody named means that every account was hit. */
export interface Incident {
  readonly on: Day;
  readonly title: string;
  /** Compared without regard to case and width. */
  readonly plans?: readonly string[];
  readonly segments?: readonly string[];
  readonly products?: readonly string[];
  /** HubSpot company ids. */
  readonly accounts?: readonly string[];
}

/** A day counted from the one on which a play starts, or from another step's: `3bd`, `1w`; or from the renewal: `renewal-30d`. */
export type RelativeDay = string;

/** Texts of a step may hold `{fact}`, one of `plays/facts.ts`. */
export interface NoteStep {
  readonly id: string;
  readonly kind: 'note';
  readonly text: Bilingual;
}

export interface TaskStep {
  readonly id: string;
  readonly kind: 'task';
  readonly subject: Bilingual;
  readonly text: Bilingual | null;
  readonly due: RelativeDay;
  /** The step whose day `due` counts from; null: the day on which the play starts. */
  readonly after: string | null;
  /** `me`, `owner`, `lead` or an e-mail address. */
  readonly assignee: string;
  readonly priority: 'none' | 'low' | 'medium' | 'high';
  readonly type: 'todo' | 'call' | 'email';
}

export interface PropertyStep {
  readonly id: string;
  readonly kind: 'property';
  /** HubSpot's internal name of a company property. */
  readonly property: string;
  readonly value: Bilingual;
}

/** A draft for the person's own mail program: nothing is sent. */
export interface EmailStep {
  readonly id: string;
  readonly kind: 'email';
  readonly subject: Bilingual;
  readonly text: Bilingual;
}

/** The answers become one note. */
export interface QuestionsStep {
  readonly id: string;
  readonly kind: 'questions';
  readonly title: Bilingual;
  readonly ask: readonly { readonly id: string; readonly label: Bilingual; readonly options: readonly string[] }[];
}

export type PlayStep = NoteStep | TaskStep | PropertyStep | EmailStep | QuestionsStep;

/** What a team does about a signal, a band or a moment in an account's life. */
export interface Play {
  readonly id: string;
  readonly label: Bilingual;
  /** When to run it, in a sentence. */
  readonly about: Bilingual;
  readonly steps: readonly PlayStep[];
}

export const TEMPLATE_KINDS = ['note', 'task', 'call', 'meeting', 'email'] as const;
export type TemplateKind = (typeof TEMPLATE_KINDS)[number];

/** What an activity begins with. Subject and text may hold `{fact}`, as those of a play's steps. */
export interface Template {
  readonly id: string;
  readonly kind: TemplateKind;
  readonly label: Bilingual;
  /** Null for a note, which has none. */
  readonly subject: Bilingual | null;
  readonly text: Bilingual | null;
  /** Of a task; null for everything else. */
  readonly task: Pick<TaskStep, 'due' | 'priority' | 'type'> | null;
}

/** The play of an account on which no signal speaks for one; null: none. */
export interface Responses {
  readonly bands: Readonly<Record<Band, string | null>>;
  /** For accounts of the tier that are of little value and little risk. */
  readonly tiers: Readonly<Record<Tier, string | null>>;
}

export interface Policy {
  readonly version: number;
  /** The score of an account about which nothing speaks. */
  readonly base: number;
  readonly groupFloor: number;
  readonly groupCaps: Readonly<Record<SignalGroup, number>>;
  /** Lower edges, inclusive. */
  readonly bands: Readonly<Record<Band, number>>;
  readonly horizonDays: number;
  readonly planningMonths: number;
  readonly probability: {
    /** Log-odds per 12 points. */
    readonly slope: number;
    /** Probability of churn inside the horizon at the base score. */
    readonly baseRates: Readonly<Record<Stratum, number>>;
    readonly calibrated: boolean;
  };
  /** Below this share of available weight an account gets no band. */
  readonly minimumCoverage: number;
  readonly noticeDays: number;
  /** Hours in which a ticket should be solved; null takes the portal's own median. */
  readonly resolutionHours: number | null;
  /** Features whose end is a signal; empty: every feature that the account used regularly. */
  readonly keyFeatures: readonly string[];
  /**
   * Words looked for in what customers wrote and what was noted of them, by topic. The inputs know `competitor`, `price`,
   * `missing_feature`, `cancellation`, `incident` and `closing_down`. Case and width make no difference; a Latin word stands alone, a
   * Japanese one anywhere; ` … ` between two words stands for up to 24 characters of the same sentence.
   */
  readonly mentions: Readonly<Record<string, readonly string[]>>;
  /** What went wrong for customers, by day. */
  readonly incidents: readonly Incident[];
  readonly revenue: {
    readonly fillGaps: number;
    readonly duplicates: 'all' | 'latest';
    /** Units of the home currency for one of another, by ISO 4217 code, fixed: for reports alone. Absent: none. */
    readonly rates?: Readonly<Record<string, number>>;
    /** The day (YYYY-MM-DD) that the rates are of; absent: nobody said. */
    readonly ratesOn?: string;
  };
  /** Words by which a churn reason is told to be of a category; compared as mentions are. No score depends on it. */
  readonly churnReasons: ChurnWords;
  readonly signals: readonly SignalRule[];
  readonly ramps: readonly RampFor[];
  readonly retired: readonly Retirement[];
  /**
   * Where a tier ends: its lowest MRR in major units of the home currency or, by `share`, its part of the customers from the
   * top (0–1); null: the first fifth, then up to the half.
   */
  readonly tiers: { readonly high: number; readonly low: number; readonly by?: 'share' } | null;
  /** From which MRR on, or in which share of the customers from the top, impact is high; absent: from the 80th percentile on. */
  readonly impact?: MrrCut;
  /** The team's own grades of customers by total MRR, the best first; absent: none. */
  readonly customerGrades?: readonly (MrrCut & { readonly name: string })[];
  /** What the team aims at over twelve months, as fractions; null where it has no aim. */
  readonly targets: { readonly logoChurnRate: number | null; readonly grr: number | null; readonly nrr: number | null };
  readonly quiet: QuietPolicy;
  /** The team's own plays, and those that stand in the place of shipped ones. */
  readonly plays: readonly Play[];
  /** The team's own templates, and those that stand in the place of shipped ones. */
  readonly templates: readonly Template[];
  readonly responses: Responses;
  /** E-mail address of the lead by team; `default` for the others. */
  readonly leads: Readonly<Record<string, string>>;
}
