/** What stands in a policy file once its shape has been checked. */
import type { Band, Bilingual, Condition, Policy, QuietPolicy, Ramp, SignalGroup, TaskStep, TemplateKind, Tier } from '../policy.ts';

export interface SignalEntry {
  readonly points?: number;
  readonly ramp?: Ramp;
  readonly halfLifeDays?: number;
  readonly play?: string;
  readonly reviewBy?: string;
  readonly group?: SignalGroup;
  readonly label?: string | Bilingual;
  readonly evidence?: string | Bilingual;
  readonly short?: string | Bilingual;
  readonly input?: string;
  readonly when?: Condition;
}

export type Reasons = Readonly<Record<string, string>>;

export interface WhoseEntry {
  readonly ramps?: Readonly<Record<string, Ramp>>;
  readonly retired?: Reasons;
}

type Text = string | Bilingual;

export interface StepEntry {
  readonly id: string;
  readonly note?: Text;
  readonly task?: {
    readonly subject: Text;
    readonly text?: Text;
    readonly due: string;
    readonly after?: string;
    readonly assignee?: string;
    readonly priority?: TaskStep['priority'];
    readonly type?: TaskStep['type'];
  };
  readonly property?: { readonly name: string; readonly value: Text };
  readonly email?: { readonly subject: Text; readonly text: Text };
  readonly questions?: {
    readonly title: Text;
    readonly ask: readonly { readonly id: string; readonly label: Text; readonly options?: readonly string[] }[];
  };
}

export interface PlayEntry {
  readonly label?: Text;
  readonly about?: Text;
  readonly signals?: readonly string[];
  readonly steps?: readonly StepEntry[];
}

export interface TemplateEntry {
  readonly kind?: TemplateKind;
  readonly label?: Text;
  readonly subject?: Text;
  readonly text?: Text;
  readonly due?: string;
  readonly priority?: TaskStep['priority'];
  readonly type?: TaskStep['type'];
}

export interface PolicyFile {
  readonly version: number;
  readonly preset?: 'simple' | 'full';
  readonly base?: number;
  readonly caps?: Partial<Policy['groupCaps']>;
  readonly groupFloor?: number;
  readonly bands?: Partial<Policy['bands']>;
  readonly tiers?: { readonly high: number | string; readonly low: number | string };
  readonly impact?: number | string;
  readonly customerGrades?: Readonly<Record<string, number | string>>;
  readonly minimumCoverage?: number;
  readonly horizonDays?: number;
  readonly planningMonths?: number;
  readonly noticeDays?: number;
  readonly resolutionHours?: number;
  readonly keyFeatures?: readonly string[];
  readonly probability?: {
    readonly slope?: number;
    readonly baseRates?: Partial<Policy['probability']['baseRates']>;
    readonly calibrated?: boolean;
  };
  readonly revenue?: Partial<Policy['revenue']>;
  readonly churnReasons?: Partial<Policy['churnReasons']>;
  readonly targets?: Partial<Policy['targets']>;
  readonly quiet?: Partial<QuietPolicy>;
  readonly mentions?: Policy['mentions'];
  readonly incidents?: Policy['incidents'];
  readonly signals?: Readonly<Record<string, SignalEntry>>;
  readonly plays?: Readonly<Record<string, PlayEntry>>;
  readonly templates?: Readonly<Record<string, TemplateEntry>>;
  readonly responses?: { readonly bands?: Partial<Record<Band, string>>; readonly tiers?: Partial<Record<Tier, string>> };
  readonly leads?: Readonly<Record<string, string>>;
  readonly retired?: Reasons;
  readonly plans?: Readonly<Record<string, WhoseEntry>>;
  readonly segments?: Readonly<Record<string, WhoseEntry>>;
  readonly accounts?: Readonly<Record<string, { readonly retired?: Reasons }>>;
}
