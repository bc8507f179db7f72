/** The plays that ship. A team's policy file changes them and adds its own. */
import type { Play } from '../policy.ts';
import { GROWTH_PLAYS } from './catalog-growth.ts';
import { LIFECYCLE_PLAYS } from './catalog-lifecycle.ts';
import { RISK_PLAYS } from './catalog-risk.ts';

export const PLAYS: readonly Play[] = [...RISK_PLAYS, ...LIFECYCLE_PLAYS, ...GROWTH_PLAYS];
