/** The policy: what a team agrees about scoring. Data only; `scoring/` gives it meaning. */

export type SignalGroup = 'usage' | 'lifecycle' | 'support' | 'sentiment' | 'commercial' | 'engagement' | 'market';
export type Band = 'low' | 'watch' | 'high' | 'critical';
export type Tier = 'high' | 'low' | 'tech';
export type Stratum = 'monthly' | 'annual_in_window' | 'annual_out';

/** A text in both languages; `{name}` stands for an evidence value. */
export interface Bilingual {
  readonly en: string;
  readonly ja: string;
}

/** One rule: points for a severity that a ramp reads off an input. */
export interface SignalRule {
  /** Stable and public: `usage.last_login`. */
  readonly id: string;
  readonly group: SignalGroup;
  readonly label: Bilingual;
  /** Name of an input in `scoring/inputs`. */
  readonly input: string;
  /** Severity 0 at `from`, 1 at `to`, linear between; `from` may be above `to`. In the input's unit. */
  readonly ramp: {
    readonly from: number;
    readonly to: number;
    /** For an opinion that may also speak well: below `from` the severity falls on, under 0, as far as this value. */
    readonly least?: number;
  };
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
   * `missing_feature`, `cancellation` and `incident`. Case and width make no difference; a Latin word stands alone, a
   * Japanese one anywhere; ` … ` between two words stands for up to 24 characters of the same sentence.
   */
  readonly mentions: Readonly<Record<string, readonly string[]>>;
  readonly revenue: { readonly fillGaps: number; readonly duplicates: 'all' | 'latest' };
  readonly signals: readonly SignalRule[];
}
