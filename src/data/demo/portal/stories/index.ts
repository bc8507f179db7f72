/** The accounts with a story, in the order in which they get their ids. */
import type { AccountPlan } from '../plan.ts';
import { complaining, dormant, sliding } from './at-risk.ts';
import { badData } from './bad-data.ts';
import { dropped, leaving, narrowing, notActivated } from './fading.ts';
import { hostile } from './hostile.ts';
import { gap, growingSmall, healthyLarge, returned, singleProduct, unfed } from './well.ts';

export const STORIES: readonly (() => AccountPlan)[] = [
  dormant,
  sliding,
  healthyLarge,
  complaining,
  narrowing,
  dropped,
  growingSmall,
  notActivated,
  unfed,
  leaving,
  returned,
  gap,
  singleProduct,
  ...hostile,
  ...badData,
];
