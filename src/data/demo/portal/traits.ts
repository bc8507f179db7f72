/** What is drawn once for an account of the population; everything else follows from it. */
import type { Language, PlanName } from './plan.ts';
import type { Random } from './random.ts';

export type Archetype =
  | 'steady'
  | 'thriving'
  | 'growing'
  | 'sliding'
  | 'seasonal'
  | 'young'
  | 'tired'
  | 'small'
  | 'unfed'
  | 'churned'
  | 'prospect';

export interface Traits {
  readonly random: Random;
  readonly archetype: Archetype;
  readonly plan: PlanName;
  readonly seats: number;
  readonly features: number;
  readonly mrr: number;
  readonly startDaysAgo: number;
  readonly language: Language;
}
