/** A scored account as a row of the book. */

import { type Account, entryOn, type History, isKnown, type SurveyFact, valueOn } from '../account.ts';
import { recordUrl } from '../data/hubspot/links.ts';
import type { Snooze } from '../data/store/local-queries.ts';
import type { StoredOwner, StoredPortal } from '../data/store/types.ts';
import { proposedPlay } from '../plays/choose.ts';
import type { Bilingual, Policy, SignalRule } from '../policy.ts';
import { probabilityToRenewal } from '../scoring/exposure.ts';
import type { Receipt, ReceiptLine } from '../scoring/types.ts';
import type { EvidenceValue, EvidenceValues } from '../text/evidence.ts';
import { renderEvidence } from '../text/evidence.ts';
import type { Day } from '../units/day.ts';
import { type Money, toMajor } from '../units/money.ts';
import { homeRateOf } from './home-money.ts';
import { type Labels, labelOf, type PortalLabels } from './labels.ts';
import { ownerName } from './owner-name.ts';
import { overduePlay } from './play-progress.ts';
import type { BookRow, RowLabels, RowSignal } from './row.ts';
import type { ScoredAccount } from './score-book.ts';
import { withSnooze } from './snoozing.ts';

export interface RowContext {
  readonly asOf: Day;
  readonly portal: StoredPortal;
  readonly owners: ReadonlyMap<string, StoredOwner>;
  readonly labels: PortalLabels;
  readonly policy: Policy;
  readonly rules: ReadonlyMap<string, SignalRule>;
  /** By account. */
  readonly snoozes: ReadonlyMap<string, Snooze>;
  /** The portal's tickets are there to be counted. */
  readonly ticketsRead: boolean;
  /** Probabilities have no predictive power here, and are left out. */
  readonly unproven: boolean;
}

const major = (money: Money | null): number | null => (money === null ? null : toMajor(money));

export function rowOf(scored: ScoredAccount, context: RowContext): BookRow {
  const { account, score, revenue } = scored;
  const owner = account.ownerId === null ? undefined : context.owners.get(account.ownerId);
  const signals = signalsOf(score.receipt, scored.since(), context);
  const play = proposedPlay(context.policy, {
    band: score.band,
    tier: scored.tier,
    quadrant: scored.quadrant,
    noticeGiven: score.noticeGiven,
    bySignal: playsBySignal(signals, context.rules),
  });
  const own = {
    plan: revenue.plan,
    products: revenue.products,
    industry: valueOn(account.attributes.industry, context.asOf),
    segment: valueOn(account.attributes.segment, context.asOf),
    healthScore: valueOn(account.attributes.healthScore, context.asOf),
  };
  const row: BookRow = {
    id: account.id,
    name: account.name,
    domain: account.domain,
    url: recordUrl(context.portal.uiDomain, context.portal.portalId, 'companies', account.id),
    owner:
      account.ownerId === null
        ? null
        : { id: account.ownerId, name: owner ? ownerName(owner) : account.ownerId, email: owner?.email ?? null },
    team: owner?.teams.find((team) => team.primary)?.name ?? owner?.teams[0]?.name ?? null,
    tier: scored.tier,
    customerGrade: scored.customerGrade,
    ...own,
    labels: labelsOf(own, context.labels),
    currency: revenue.currency,
    homeRate: revenue.foreign ? homeRateOf(context.policy.revenue, revenue.currency) : 1,
    mrr: major(revenue.mrr),
    mrrChange1m: major(revenue.change1m),
    mrrChange3m: major(revenue.change3m),
    mrrTrend: revenue.trend.map(({ month, mrr }) => ({ month, mrr: major(mrr) })),
    contractValue: major(revenue.contractValue),
    contractValueDerived: revenue.contractValueDerived,
    contractStart: revenue.contractStart,
    contractAgeMonths: revenue.contractAgeMonths,
    renewalDate: revenue.renewal,
    daysToRenewal: revenue.daysToRenewal,
    noticeBy: revenue.noticeBy,
    lastUsedAt: revenue.lastUsedOn,
    daysSinceLastUse: revenue.daysSinceLastUse,
    lastTouchAt: revenue.lastTouchOn,
    openTickets: context.ticketsRead ? openTickets(account, context.asOf) : null,
    nps: latestNps(account, context.asOf),
    group: score.noticeGiven ? 'notice' : score.band === null ? 'unknown' : 'ranked',
    risk: score.risk,
    band: score.band,
    riskRange: score.range,
    coverage: score.coverage,
    grade: score.grade,
    riskChange7d: scored.riskChange7d,
    stratum: score.stratum,
    stratumAssumed: score.stratumAssumed,
    probability: context.unproven ? null : score.probability,
    probabilityToRenewal: context.unproven
      ? null
      : probabilityToRenewal(score.unclipped, score.stratum, revenue.daysToRenewal, context.policy),
    calibrated: context.policy.probability.calibrated,
    mrrAtRisk: context.unproven ? null : major(scored.mrrAtRisk),
    monthsLost: score.monthsLost,
    expectedLoss: context.unproven ? null : major(scored.expectedLoss),
    quadrant: scored.quadrant,
    signals,
    play: play && { id: play.id, label: play.label },
    overduePlay: overduePlay(account.touches, context.asOf),
    sharedSnooze: sharedSnoozeOf(account.attributes.snoozedUntil, context.asOf),
    snoozedUntil: null,
    returned: null,
  };
  return withSnooze(row, context.snoozes.get(account.id), context.asOf, context.portal.timeZone);
}

function openTickets({ tickets }: Account, day: Day): number {
  let open = 0;
  for (const ticket of tickets) if (isKnown(ticket, day) && (ticket.closedOn === null || ticket.closedOn > day)) open += 1;
  return open;
}

function latestNps({ surveys }: Account, day: Day): number | null {
  let latest: SurveyFact | null = null;
  for (const survey of surveys)
    if (survey.kind === 'nps' && isKnown(survey, day) && (latest === null || survey.validAt >= latest.validAt)) latest = survey;
  return latest?.score ?? null;
}

function labelsOf(row: Pick<BookRow, 'plan' | 'products' | 'industry' | 'segment' | 'healthScore'>, labels: PortalLabels): RowLabels {
  const other = (of: Labels, value: string | null): string | undefined => {
    const label = value === null ? value : labelOf(of, value);
    return label === null || label === value ? undefined : label;
  };
  const found = {
    plan: other(labels.plan, row.plan),
    industry: other(labels.industry, row.industry),
    segment: other(labels.segment, row.segment),
    healthScore: other(labels.health, row.healthScore),
    products: row.products.some((product) => other(labels.product, product) !== undefined)
      ? row.products.map((product) => labelOf(labels.product, product))
      : undefined,
  };
  return Object.fromEntries(Object.entries(found).filter(([, label]) => label !== undefined));
}

/** Values of list properties that sentences name. */
const NAMED = { product: 'product', feature: 'feature' } as const;

/** What a line's sentence may name: what the input says, as people know it, and where its ramp begins and ends. */
export function evidenceOf(
  { evidence, from, to }: Pick<ReceiptLine, 'evidence' | 'from' | 'to'>,
  labels: Pick<PortalLabels, keyof typeof NAMED>,
): EvidenceValues {
  const values: Record<string, EvidenceValue> = {
    from: { kind: 'number', value: from, digits: Number.isInteger(from) ? 0 : 2 },
    to: { kind: 'number', value: to, digits: Number.isInteger(to) ? 0 : 2 },
    ...evidence,
  };
  for (const [name, of] of Object.entries(NAMED)) {
    const said = values[name];
    if (said?.kind === 'text') values[name] = { ...said, value: labelOf(labels[of], said.value) };
  }
  return values;
}

/** A policy's sentence in both languages. Raw: it may quote text from outside. */
export const bilingual = (template: Bilingual, values: EvidenceValues): Bilingual => ({
  en: renderEvidence(template.en, values, 'en'),
  ja: renderEvidence(template.ja, values, 'ja'),
});

function signalsOf(
  receipt: Receipt,
  since: ReadonlyMap<string, Day>,
  { rules, labels }: Pick<RowContext, 'rules' | 'labels'>,
): RowSignal[] {
  const signals = receipt.groups.flatMap(({ group, lines }) =>
    lines.flatMap((line): RowSignal[] => {
      const rule = rules.get(line.signal);
      if (!rule) return [];
      const values = evidenceOf(line, labels);
      return [
        {
          id: line.signal,
          type: group,
          points: Number(line.points.toFixed(2)),
          evidence: bilingual(rule.evidence, values),
          short: bilingual(rule.short ?? rule.label, values),
          since: since.get(line.signal) ?? null,
          dismissed: line.dismissed,
        },
      ];
    }),
  );
  return signals.sort((a, b) => b.points - a.points || (a.id < b.id ? -1 : 1));
}

/** The plays that the signals that raise the risk name, strongest first. */
const playsBySignal = (signals: readonly RowSignal[], rules: ReadonlyMap<string, SignalRule>): string[] =>
  signals.filter((signal) => signal.points > 0 && !signal.dismissed).map(({ id }) => rules.get(id)?.play ?? '');

function sharedSnoozeOf(history: History<Day> | undefined, day: Day): BookRow['sharedSnooze'] {
  const entry = entryOn(history, day);
  return entry?.value ? { until: entry.value, since: entry.knownAt } : null;
}
