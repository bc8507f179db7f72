/** A score as company properties in HubSpot: which properties there are, and an account's values of them. Pure. */
import type { Band, Bilingual, Tier } from '../policy.ts';
import type { Lang } from '../text/messages/index.ts';
import type { Day } from '../units/day.ts';
import type { BookRow } from './row.ts';

export const SCORE_GROUP = { name: 'kizashi', label: 'kizashi' } as const;

export interface ScoreProperty {
  readonly name: string;
  readonly label: string;
  readonly type: 'number' | 'string' | 'date' | 'enumeration';
  readonly options?: readonly { readonly value: string; readonly label: string }[];
}

const BANDS: readonly (Band | 'unknown')[] = ['critical', 'high', 'watch', 'low', 'unknown'];
const TIERS: readonly Tier[] = ['high', 'low', 'tech'];

const choice = (value: string) => ({ value, label: `${value.charAt(0).toUpperCase()}${value.slice(1)}` });

export const TIER_PROPERTY = 'kizashi_tier';
export const AS_OF_PROPERTY = 'kizashi_as_of';

export const SCORE_PROPERTIES: readonly ScoreProperty[] = [
  { name: 'kizashi_risk', label: 'Churn risk (0–100)', type: 'number' },
  { name: 'kizashi_band', label: 'Churn risk band', type: 'enumeration', options: BANDS.map(choice) },
  { name: 'kizashi_probability', label: 'Churn probability', type: 'number' },
  { name: 'kizashi_signals', label: 'Churn signals', type: 'string' },
  { name: TIER_PROPERTY, label: 'Touch tier', type: 'enumeration', options: TIERS.map(choice) },
  { name: AS_OF_PROPERTY, label: 'Churn risk as of', type: 'date' },
  { name: 'kizashi_policy', label: 'Churn risk policy', type: 'string' },
];

export interface ScoreContext {
  readonly asOf: Day;
  /** Hash of the policy in force. */
  readonly policy: string;
  /** Of every signal by id, in words that do not change with its figures: a value that moves daily would be written daily. */
  readonly labels: ReadonlyMap<string, Bilingual>;
  /** False where the store holds one book of several: its tiers are no tiers of the portal. */
  readonly withTier: boolean;
  readonly lang: Lang;
}

export type ScoreValues = Readonly<Record<string, string>>;

const TOLD_SIGNALS = 3;

/** By property name, as HubSpot takes them; empty is unknown, and clears. The tier is absent where nobody knows it of the portal. */
export function scoreValues(row: BookRow, { asOf, policy, labels, withTier, lang }: ScoreContext): ScoreValues {
  const firing = row.signals.filter(({ points, dismissed }) => points > 0 && !dismissed).slice(0, TOLD_SIGNALS);
  return {
    kizashi_risk: row.band === null ? '' : String(row.risk),
    kizashi_band: row.band ?? 'unknown',
    kizashi_probability: row.calibrated && row.probability !== null ? row.probability.toFixed(2) : '',
    kizashi_signals: firing.map(({ id }) => labels.get(id)?.[lang] ?? id).join(lang === 'ja' ? '、' : '; '),
    ...(withTier ? { [TIER_PROPERTY]: row.tier ?? '' } : {}),
    [AS_OF_PROPERTY]: asOf,
    kizashi_policy: policy,
  };
}

export interface ScoreChange {
  readonly property: string;
  /** null: nobody has written it yet. */
  readonly from: string | null;
  readonly to: string;
}

/** What differs from what HubSpot holds; nothing where only the day does, which says since when the rest stands. */
export function scoreChanges(values: ScoreValues, held: Readonly<Record<string, string | null>>): readonly ScoreChange[] {
  const changes = Object.entries(values).flatMap(([property, to]): ScoreChange[] => {
    const from = held[property] ?? null;
    return sameScore(from ?? '', to) ? [] : [{ property, from, to }];
  });
  return changes.some(({ property }) => property !== AS_OF_PROPERTY) ? changes : [];
}

/** HubSpot gives numbers back in its own spelling. */
const sameScore = (a: string, b: string): boolean => a === b || (a !== '' && b !== '' && Number(a) === Number(b));
