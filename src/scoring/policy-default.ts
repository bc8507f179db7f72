/** The policy that ships: judgement from practice, to be replaced by the team's own numbers. */
import type { Policy } from '../policy.ts';
import { CHURN_WORDS } from './churn-words.ts';
import { MENTIONS } from './mention-words.ts';
import { MARKET_SIGNALS } from './signals-market.ts';
import { RELATION_SIGNALS } from './signals-relation.ts';
import { USAGE_SIGNALS } from './signals-usage.ts';

export const DEFAULT_POLICY: Policy = {
  version: 1,
  base: 30,
  groupFloor: -15,
  groupCaps: { usage: 34, lifecycle: 18, support: 20, sentiment: 16, commercial: 26, engagement: 26, market: 16 },
  bands: { low: 0, watch: 25, high: 45, critical: 65 },
  horizonDays: 90,
  planningMonths: 12,
  probability: {
    slope: 0.5,
    baseRates: { monthly: 0.055, annual_in_window: 0.15, annual_out: 0.01 },
    calibrated: false,
  },
  minimumCoverage: 0.4,
  noticeDays: 30,
  resolutionHours: null,
  keyFeatures: [],
  mentions: MENTIONS,
  incidents: [],
  revenue: { fillGaps: 1, duplicates: 'all' },
  churnReasons: CHURN_WORDS,
  signals: [...USAGE_SIGNALS, ...RELATION_SIGNALS, ...MARKET_SIGNALS],
  ramps: [],
  retired: [],
  tiers: null,
  targets: { logoChurnRate: null, grr: null, nrr: null },
  quiet: { cap: 12, snoozeDays: 7, snoozeWorseBy: 10, renewalNear: 60 },
  plays: [],
  templates: [],
  responses: {
    bands: { critical: 'save-plan', high: 'save-plan', watch: 'check-in', low: 'feedback' },
    tiers: { high: null, low: null, tech: 'tech-touch' },
  },
  leads: {},
};

/** The same with only the ten signals that need the least data. */
export const SIMPLE_POLICY: Policy = { ...DEFAULT_POLICY, signals: DEFAULT_POLICY.signals.filter((rule) => rule.simple) };
