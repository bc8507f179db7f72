/** The accounts with a story, in the order in which they get their ids. */
import type { AccountPlan } from '../plan.ts';

export const STORIES: readonly (() => AccountPlan)[] = [];
