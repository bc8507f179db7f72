/** A checked policy file laid over the default policy. A file that states nothing is the default. */
import { PLAYS } from '../plays/catalog.ts';
import { type Bilingual, CHURN_CATEGORIES, type Policy, type RampFor, type Retirement, type SignalRule } from '../policy.ts';
import { CONDITION } from '../scoring/compile.ts';
import { DEFAULT_POLICY } from '../scoring/policy-default.ts';
import type { Day } from '../units/day.ts';
import { cutsOf } from './cuts.ts';
import type { PolicyFile, SignalEntry } from './file.ts';
import { answeredBy, ownPlays, responsesOf } from './play-overlay.ts';
import { ownTemplates } from './template-overlay.ts';

/** The file must have passed `checkShape` and `checkMeaning`. */
export function overlay(file: PolicyFile, base: Policy = DEFAULT_POLICY): Policy {
  return {
    ...base,
    base: file.base ?? base.base,
    groupFloor: file.groupFloor ?? base.groupFloor,
    minimumCoverage: file.minimumCoverage ?? base.minimumCoverage,
    horizonDays: file.horizonDays ?? base.horizonDays,
    planningMonths: file.planningMonths ?? base.planningMonths,
    noticeDays: file.noticeDays ?? base.noticeDays,
    resolutionHours: file.resolutionHours ?? base.resolutionHours,
    keyFeatures: file.keyFeatures ?? base.keyFeatures,
    ...cutsOf(file, base),
    groupCaps: { ...base.groupCaps, ...file.caps },
    bands: { ...base.bands, ...file.bands },
    probability: {
      ...base.probability,
      ...file.probability,
      baseRates: { ...base.probability.baseRates, ...file.probability?.baseRates },
    },
    revenue: { ...base.revenue, ...file.revenue },
    churnReasons: moreWords(base, file.churnReasons),
    targets: { ...base.targets, ...file.targets },
    quiet: file.quiet ? { ...base.quiet, ...file.quiet } : base.quiet,
    mentions: { ...base.mentions, ...file.mentions },
    incidents: file.incidents ?? base.incidents,
    plays: file.plays ? ownPlays(file, PLAYS) : base.plays,
    templates: file.templates ? ownTemplates(file) : base.templates,
    responses: responsesOf(file, base),
    leads: file.leads ?? base.leads,
    signals: signalsOf(file, base),
    ramps: rampsOf(file),
    retired: retiredOf(file),
  };
}

/** What a team adds stands beside the words that ship. */
const moreWords = (base: Policy, more: Partial<Policy['churnReasons']> = {}): Policy['churnReasons'] => {
  const words = { ...base.churnReasons };
  for (const category of CHURN_CATEGORIES) words[category] = [...words[category], ...(more[category] ?? [])];
  return words;
};

const byName = <T>([a]: readonly [string, T], [b]: readonly [string, T]): number => (a < b ? -1 : 1);

/** In the default's order, then the team's own by id. The simple preset keeps what the file names. */
function signalsOf(file: PolicyFile, base: Policy): SignalRule[] {
  const { preset, signals = {} } = file;
  const answers = answeredBy(file);
  const changed = base.signals
    .filter((rule) => preset !== 'simple' || rule.simple || Object.hasOwn(signals, rule.id))
    .map((rule) => adjusted(rule, Object.hasOwn(signals, rule.id) ? (signals[rule.id] ?? {}) : {}));
  const known = new Set(base.signals.map(({ id }) => id));
  const own = Object.entries(signals)
    .filter(([id]) => !known.has(id))
    .sort(byName)
    .map(([id, entry]) => ownRule(id, entry));
  return [...changed, ...own].map((rule) => (answers.has(rule.id) ? { ...rule, play: answers.get(rule.id) ?? rule.play } : rule));
}

const inBoth = (text: string | Bilingual): Bilingual => (typeof text === 'string' ? { en: text, ja: text } : { en: text.en, ja: text.ja });

function adjusted(rule: SignalRule, { points, ramp, halfLifeDays, play, reviewBy, label, evidence, short }: SignalEntry): SignalRule {
  return {
    ...rule,
    ...(points === undefined ? {} : { points }),
    ...(ramp ? { ramp: { ...rule.ramp, from: ramp.from, to: ramp.to } } : {}),
    ...(halfLifeDays === undefined ? {} : { halfLifeDays }),
    ...(play === undefined ? {} : { play }),
    // A day, by its check.
    ...(reviewBy === undefined ? {} : { reviewBy: reviewBy as Day }),
    ...(label === undefined ? {} : { label: inBoth(label) }),
    ...(evidence === undefined ? {} : { evidence: inBoth(evidence) }),
    ...(short === undefined ? {} : { short: inBoth(short) }),
  };
}

function ownRule(id: string, entry: SignalEntry): SignalRule {
  const label = inBoth(entry.label ?? id);
  const rule: SignalRule = {
    id,
    group: entry.group ?? 'market',
    label,
    input: entry.input ?? CONDITION,
    ramp: { from: 0, to: 1 },
    points: 0,
    evidence: label,
    short: label,
    play: '',
    simple: false,
    ...(entry.when ? { when: entry.when } : {}),
  };
  return adjusted(rule, entry);
}

function rampsOf({ plans = {}, segments = {} }: PolicyFile): RampFor[] {
  const of = (entries: NonNullable<PolicyFile['plans']>, whose: (name: string) => { plan: string } | { segment: string }): RampFor[] =>
    Object.entries(entries)
      .sort(byName)
      .flatMap(([name, { ramps = {} }]) =>
        Object.entries(ramps)
          .sort(byName)
          .map(([signal, { from, to }]) => ({ ...whose(name), signal, ramp: { from, to } })),
      );
  return [...of(plans, (plan) => ({ plan })), ...of(segments, (segment) => ({ segment }))];
}

type WithoutReason<T> = T extends unknown ? Omit<T, 'signal' | 'because'> : never;

function retiredOf({ retired = {}, plans = {}, segments = {}, accounts = {} }: PolicyFile): Retirement[] {
  const of = (reasons: Readonly<Record<string, string>>, whose: WithoutReason<Retirement>): Retirement[] =>
    Object.entries(reasons)
      .sort(byName)
      .map(([signal, because]): Retirement => ({ ...whose, signal, because }));
  const each = (
    entries: Readonly<Record<string, { readonly retired?: Readonly<Record<string, string>> }>>,
    whose: (name: string) => WithoutReason<Retirement>,
  ): Retirement[] =>
    Object.entries(entries)
      .sort(byName)
      .flatMap(([name, entry]) => of(entry.retired ?? {}, whose(name)));
  return [
    ...of(retired, { everywhere: true }),
    ...each(plans, (plan) => ({ plan })),
    ...each(segments, (segment) => ({ segment })),
    ...each(accounts, (account) => ({ account })),
  ];
}
