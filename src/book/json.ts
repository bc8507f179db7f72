/** Rows and accounts as machines read them: the field names are a public contract. Texts stay raw, escaped as JSON. */
import type { Bilingual } from '../policy.ts';
import type { AccountView, ReceiptView } from './account-view.ts';
import type { Horizon } from './horizon.ts';
import type { BookRow, BookSnapshot } from './row.ts';

type Lang = keyof Bilingual;

const iso = (instant: number | null): string | null => (instant === null ? null : new Date(instant).toISOString());
const rounded = (value: number, digits: number): number => Number(value.toFixed(digits));

export function rowJson(row: BookRow, rank: number, lang: Lang): Record<string, unknown> {
  return {
    rank,
    id: row.id,
    name: row.name,
    domain: row.domain,
    url: row.url,
    owner: row.owner,
    team: row.team,
    tier: row.tier,
    customerGrade: row.customerGrade,
    plan: row.plan,
    products: row.products,
    industry: row.industry,
    segment: row.segment,
    labels: row.labels,
    currency: row.currency,
    homeRate: row.homeRate,
    mrr: row.mrr,
    mrrChange1m: row.mrrChange1m,
    mrrChange3m: row.mrrChange3m,
    mrrTrend: row.mrrTrend,
    contractValue: row.contractValue,
    contractValueDerived: row.contractValueDerived,
    contractStart: row.contractStart,
    contractAgeMonths: row.contractAgeMonths,
    renewalDate: row.renewalDate,
    daysToRenewal: row.daysToRenewal,
    noticeBy: row.noticeBy,
    lastUsedAt: row.lastUsedAt,
    daysSinceLastUse: row.daysSinceLastUse,
    lastTouchAt: row.lastTouchAt,
    openTickets: row.openTickets,
    nps: row.nps,
    hubspotHealthScore: row.healthScore,
    group: row.group,
    risk: row.risk,
    band: row.band,
    riskRange: row.riskRange,
    coverage: rounded(row.coverage, 4),
    grade: row.grade,
    riskChange7d: row.riskChange7d,
    stratum: row.stratum,
    stratumAssumed: row.stratumAssumed,
    probability: row.probability,
    probabilityToRenewal: row.probabilityToRenewal,
    calibrated: row.calibrated,
    mrrAtRisk: row.mrrAtRisk,
    monthsLost: row.monthsLost,
    expectedLoss: row.expectedLoss,
    quadrant: row.quadrant,
    signals: row.signals.map((signal) => ({
      id: signal.id,
      type: signal.type,
      points: signal.points,
      evidence: signal.evidence[lang],
      since: signal.since,
      dismissed: signal.dismissed,
    })),
    play: row.play === null ? null : { id: row.play.id, label: row.play.label[lang] },
    overduePlay: row.overduePlay,
    snoozedUntil: row.snoozedUntil,
    returned: row.returned,
  };
}

/** `total` counts the matches, `rows` may be fewer where a limit was asked for. */
export function bookJson(
  snapshot: BookSnapshot,
  rows: readonly BookRow[],
  total: number,
  lang: Lang,
  horizon: Horizon = 'days',
): Record<string, unknown> {
  return {
    asOf: snapshot.asOf,
    syncedAt: iso(snapshot.syncedAt),
    portalId: snapshot.portalId,
    policy: snapshot.policy,
    cap: snapshot.cap,
    currency: snapshot.currency,
    portalCoverage: rounded(snapshot.portalCoverage, 4),
    feeds: snapshot.feeds,
    unproven: snapshot.unproven,
    horizon,
    total,
    accounts: rows.map((row, index) => rowJson(row, index + 1, lang)),
  };
}

/** The document's beginning: the only part of a kept book that moves on by itself. */
export const bookTextHead = ({ asOf, syncedAt }: Pick<BookSnapshot, 'asOf' | 'syncedAt'>): string =>
  `{"asOf":${JSON.stringify(asOf)},"syncedAt":${JSON.stringify(iso(syncedAt))},`;

/** The rest of the document of `bookJson`, an account a line, in pieces: a long list need not be in memory as a whole. */
export function* bookTextPieces(
  snapshot: BookSnapshot,
  rows: readonly BookRow[],
  total: number,
  lang: Lang,
  horizon?: Horizon,
): Generator<string> {
  const { asOf: _asOf, syncedAt: _syncedAt, accounts: _accounts, ...rest } = bookJson(snapshot, [], total, lang, horizon);
  yield `${JSON.stringify(rest).slice(1, -1)},"accounts":[\n`;
  for (const [index, row] of rows.entries()) yield (index > 0 ? ',\n' : '') + JSON.stringify(rowJson(row, index + 1, lang));
  yield '\n]}\n';
}

export const bookTextTail = (...what: Parameters<typeof bookTextPieces>): string => [...bookTextPieces(...what)].join('');

export function receiptJson(receipt: ReceiptView, lang: Lang): Record<string, unknown> {
  return {
    asOf: receipt.asOf,
    base: receipt.base,
    groups: receipt.groups.map((group) => ({
      group: group.group,
      cap: group.cap,
      uncapped: group.uncapped,
      points: group.points,
      lines: group.lines.map((line) => ({
        signal: line.signal,
        input: line.input,
        value: line.value,
        valueAt: line.valueAt,
        source: line.source,
        from: line.from,
        to: line.to,
        severity: line.severity,
        points: line.points,
        dismissed: line.dismissed,
        evidence: line.evidence[lang],
        url: line.url,
      })),
    })),
    overrides: receipt.overrides,
    unclipped: receipt.unclipped,
    floored: receipt.floored,
    total: receipt.total,
    risk: receipt.risk,
    missing: receipt.missing.map(({ signal, feed, state, because }) => ({ signal, feed, state, because })),
  };
}

export function accountJson(snapshot: BookSnapshot, view: AccountView, rank: number, lang: Lang): Record<string, unknown> {
  return {
    asOf: snapshot.asOf,
    syncedAt: iso(snapshot.syncedAt),
    portalId: snapshot.portalId,
    policy: snapshot.policy,
    ...rowJson(view.row, rank, lang),
    receipt: receiptJson(view.receipt, lang),
    change: view.change && { ...view.change, parts: view.change.parts.map(({ kind, signal, points }) => ({ kind, signal, points })) },
    lastBetter: view.lastBetter,
    mrrByProduct: view.mrrByProduct,
    timeline: view.timeline,
    contract: view.contract,
    contacts: view.contacts,
    openTasks: view.openTasks,
    history: view.history,
    goals: view.goals,
    hubspotHealthScore: view.healthScore,
    plays: view.plays.map((play) => ({ ...play, label: play.label[lang] })),
    pending: view.pending.map((action) => ({ ...action, queuedAt: iso(action.queuedAt) })),
  };
}
