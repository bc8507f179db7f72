/** One account, whole: receipt, revenue by product, timeline, people. Reads that account's records alone. */
import { type Account, type Dated, isKnown, type TouchFact, valueOn } from '../account.ts';
import { assembleAccount } from '../data/facts/assemble.ts';
import type { Imported } from '../data/facts/context.ts';
import { plainTouch } from '../data/facts/plain.ts';
import { recordUrl } from '../data/hubspot/links.ts';
import type { Cache } from '../data/store/cache.ts';
import type { StoredPortal } from '../data/store/types.ts';
import { playById } from '../plays/choose.ts';
import { type MarkedRecord, progressOf } from '../plays/progress.ts';
import type { Policy, SignalRule } from '../policy.ts';
import { TREND_MONTHS } from '../revenue/figures.ts';
import { type MrrSeries, mrrByMonth, mrrIn, productsIn } from '../revenue/series.ts';
import type { Change } from '../scoring/diff.ts';
import { policyHash } from '../scoring/policy-hash.ts';
import type { Inspected } from '../scoring/scorer.ts';
import type { Receipt, ReceiptLine } from '../scoring/types.ts';
import type { Mapping } from '../settings/mapping.ts';
import { t } from '../text/messages/index.ts';
import { formatNumber } from '../text/numbers.ts';
import { addMonths, type Day, firstDay, type Month, monthOf } from '../units/day.ts';
import { toMajor, ZERO } from '../units/money.ts';
import type {
  AccountView,
  ChangeView,
  ContactView,
  ContractView,
  PendingAction,
  ReceiptLineView,
  ReceiptView,
  TimelineEntry,
} from './account-view.ts';
import { changeOf, lastBetter } from './change.ts';
import { customObjects, factsContext } from './facts-context.ts';
import type { BookContext } from './kept.ts';
import { labelOrNull, type PortalLabels } from './labels.ts';
import { markedTouches, withMails } from './play-progress.ts';
import { Preparer } from './prepared.ts';
import type { BookRow } from './row.ts';
import { bilingual, evidenceOf } from './rows.ts';
import { type AccountPulse, BookScorer, type Census, type Dismissal, type Portal } from './score-book.ts';
import { voiceOf } from './voice.ts';

export interface AccountInputs {
  readonly cache: Cache;
  readonly portal: StoredPortal;
  readonly mapping: Mapping;
  readonly asOf: Day;
  readonly imported: Imported;
  readonly policy: Policy;
  readonly context: BookContext;
  readonly row: BookRow;
  readonly dismissals: readonly Dismissal[];
  readonly pulses: readonly AccountPulse[];
}

export interface ViewInputs extends AccountInputs {
  /** The day that the change is told from, and the policy that was in force then. */
  readonly since: { readonly day: Day; readonly policy: Policy };
  readonly history: AccountView['history'];
  readonly pending: readonly PendingAction[];
  /** Steps of plays that are in the outbox, or left it after the last sync. */
  readonly acted: readonly MarkedRecord[];
}

/** Null where the store has no record of the account any more. */
export async function accountView(inputs: ViewInputs): Promise<AccountView | null> {
  const { cache, portal, mapping, asOf, policy, context, row, since } = inputs;
  const facts = await factsContext(inputs);
  for await (const raw of cache.loadAccounts([row.id], customObjects(mapping))) {
    const { account } = assembleAccount(raw, facts);
    const workingMonth = workingMonthOf(context);
    const scoringPortal = portalOf(inputs);
    const census = censusOf(inputs);
    const scorer = scorerOf(inputs);
    const policies = { from: since.policy, to: policy };
    const change = since.day < asOf ? changeOf({ account, portal: scoringPortal, census, from: since.day, policies }) : null;
    const better = lastBetter(account, scorer, policy, asOf, row.band);
    const earlier = [
      ...(change ? [{ day: since.day, policy: since.policy }] : []),
      // Often it is the day of the last look itself.
      ...(better && !(change && better.day === since.day) ? [{ day: better.day, policy }] : []),
    ];
    const series = mrrByMonth(account, { month: workingMonth(asOf), knownBy: asOf, currency: portal.currency, ...policy.revenue });
    const entries = timeline(account, series, asOf);
    const receiptOf = (receipt: Receipt, by: Policy): ReceiptView => receiptView(receipt, { policy: by, portal, labels: facts.labels });
    return {
      row,
      receipt: receiptOf(scorer.evaluateOn(account, asOf).receipt, policy),
      change: change && changeView(change, policies),
      lastBetter: better,
      earlier: earlier.map((then) =>
        receiptOf(
          new BookScorer(scoringPortal, then.policy, { ...census, preparer: new Preparer(portal.currency, then.policy) }).evaluateOn(
            account,
            then.day,
          ).receipt,
          then.policy,
        ),
      ),
      mrrByProduct: byProduct(series, asOf, facts.labels),
      plans: plansOf(account, asOf, facts.labels),
      voice: voiceOf(account, policy, asOf),
      timeline: entries,
      contract: contractOf(account, row, policy, asOf, facts.labels),
      contacts: contacts(account, asOf, facts.labels),
      openTasks: openTasks(account, asOf),
      history: inputs.history,
      goals: valueOn(account.attributes.goals, asOf),
      healthScore: valueOn(account.attributes.healthScore, asOf),
      healthLabel: labelOrNull(facts.labels.health, valueOn(account.attributes.healthScore, asOf)),
      pending: inputs.pending,
      plays: progressOf([...withMails(inputs.acted, account.touches, asOf), ...markedTouches(account.touches, asOf)], asOf).map((one) => ({
        ...one,
        label: playById(one.play, policy)?.label ?? { en: one.play, ja: one.play },
      })),
    };
  }
  return null;
}

function changeView({ parts, ...rest }: Change, policies: { readonly from: Policy; readonly to: Policy }): ChangeView {
  const rules = new Map([...policies.from.signals, ...policies.to.signals].map((rule) => [rule.id, rule]));
  return {
    ...rest,
    policies: { before: policyHash(policies.from), after: policyHash(policies.to) },
    parts: parts.map((part) => ({ ...part, label: (part.signal === null ? null : rules.get(part.signal)?.label) ?? null })),
  };
}

const workingMonthOf =
  ({ lateDays }: BookContext) =>
  (day: Day): Month =>
    lateDays.includes(day) ? addMonths(monthOf(day), -1) : monthOf(day);

const portalOf = ({ portal, asOf, context, dismissals, pulses }: AccountInputs): Portal => ({
  asOf,
  currency: portal.currency,
  feeds: context.feeds,
  dismissals,
  pulses,
});

/** What was kept of all the other accounts. */
const censusOf = ({ portal, policy, context, row }: AccountInputs): Census => ({
  progress: { workingMonth: workingMonthOf(context) },
  population: { size: 0, tierOf: () => row.tier, gradeOf: () => row.customerGrade, isHighImpact: () => false },
  peers: context.peers,
  preparer: new Preparer(portal.currency, policy),
});

const scorerOf = (inputs: AccountInputs): BookScorer => new BookScorer(portalOf(inputs), inputs.policy, censusOf(inputs));

/** What every rule made of the account on the day of the book; null where the store has no record of it any more. */
export async function accountRules(inputs: AccountInputs): Promise<readonly Inspected[] | null> {
  const { cache, mapping, asOf, row } = inputs;
  const facts = await factsContext(inputs);
  for await (const raw of cache.loadAccounts([row.id], customObjects(mapping))) {
    return scorerOf(inputs).inspect(assembleAccount(raw, facts).account, [asOf]).cells[0] ?? [];
  }
  return null;
}

interface ReceiptTerms {
  readonly policy: Policy;
  readonly portal: StoredPortal;
  readonly labels: PortalLabels;
}

function receiptView(receipt: Receipt, terms: ReceiptTerms): ReceiptView {
  const { policy } = terms;
  const rules = new Map(policy.signals.map((rule) => [rule.id, rule]));
  const { missing, groups, ...rest } = receipt;
  return {
    ...rest,
    groups: groups.map(({ group, cap, uncapped, points, lines }) => ({
      group,
      label: { en: t('en', `book.signal_group.${group}`), ja: t('ja', `book.signal_group.${group}`) },
      cap,
      uncapped,
      points,
      lines: lines.flatMap((line) => {
        const rule = rules.get(line.signal);
        return rule ? [lineView(line, rule, terms)] : [];
      }),
    })),
    missing: missing.map(({ signal, feed, state, because }) => ({
      signal,
      feed,
      state,
      because,
      label: rules.get(signal)?.label ?? { en: signal, ja: signal },
    })),
  };
}

function lineView(line: ReceiptLine, rule: SignalRule, { portal, labels }: ReceiptTerms): ReceiptLineView {
  const { source } = line;
  const object = source?.object;
  const hasPage = object === 'companies' || object === 'contacts' || object === 'tickets' || object === 'deals';
  return {
    ...line,
    label: rule.label,
    evidence: bilingual(rule.evidence, evidenceOf(line, labels)),
    url: source && hasPage ? recordUrl(portal.uiDomain, portal.portalId, object, source.id) : null,
  };
}

function byProduct(series: MrrSeries, asOf: Day, labels: PortalLabels): AccountView['mrrByProduct'] {
  const months = Array.from({ length: TREND_MONTHS }, (_, index) => addMonths(monthOf(asOf), index - TREND_MONTHS + 1));
  const amounts = months.map((month) => productsIn(series, month));
  const products = new Set(amounts.flatMap((month) => [...month.keys()]));
  const lines = [...products].map((product) => ({
    product,
    label: labelOrNull(labels.product, product),
    months: months.map((month, index) => ({ month, mrr: Math.max(0, toMajor(amounts[index]?.get(product) ?? ZERO)) })),
  }));
  const latest = (line: (typeof lines)[number]): number => line.months.findLast((point) => point.month <= series.last)?.mrr ?? 0;
  const total = (line: (typeof lines)[number]): number => line.months.reduce((sum, point) => sum + point.mrr, 0);
  return lines.sort((a, b) => latest(b) - latest(a) || total(b) - total(a) || ((a.product ?? '') < (b.product ?? '') ? -1 : 1));
}

/** As the account's property had it, else as its MRR records name it. */
function plansOf(account: Account, asOf: Day, labels: PortalLabels): AccountView['plans'] {
  const entries = (account.attributes.plan ?? [])
    .filter((entry) => isKnown(entry, asOf))
    .map(({ validAt, value }) => ({ on: validAt, plan: value }));
  const records = account.mrr
    .filter((fact) => isKnown(fact, asOf) && fact.plan !== null)
    .map(({ validAt, plan }) => ({ on: validAt, plan }));
  const steps = (entries.length > 0 ? entries : records).sort((a, b) => (a.on < b.on ? -1 : a.on > b.on ? 1 : 0));
  return steps
    .filter(({ plan }, index) => plan !== (index === 0 ? null : steps[index - 1]?.plan))
    .map((step) => ({ ...step, label: labelOrNull(labels.plan, step.plan) }));
}

function timeline(account: Account, series: MrrSeries, asOf: Day): TimelineEntry[] {
  const known = <T extends Dated>(facts: readonly T[]): T[] => facts.filter((fact) => isKnown(fact, asOf));
  const entries: TimelineEntry[] = [
    ...known(account.touches).map(touchEntry),
    ...known(account.tickets).map((ticket) => ({
      at: ticket.validAt,
      kind: 'ticket' as const,
      title: ticket.subject,
      body: null,
      direction: null,
      source: ticket.source,
    })),
    ...known(account.surveys).map((survey) => ({
      at: survey.validAt,
      kind: 'survey' as const,
      title: `${survey.kind.toUpperCase()} ${survey.score}${survey.who === null ? '' : ` · ${survey.who}`}`,
      body: survey.comment,
      direction: null,
      source: survey.source,
    })),
    ...mrrChanges(series, asOf),
  ];
  return entries.sort((a, b) => (a.at < b.at ? 1 : a.at > b.at ? -1 : (a.source?.id ?? '') < (b.source?.id ?? '') ? 1 : -1));
}

/** Bodies are HTML as HubSpot keeps them; people read words. */
function touchEntry(touch: TouchFact): TimelineEntry {
  return { at: touch.validAt, kind: touch.kind, ...plainTouch(touch), direction: touch.direction, source: touch.source };
}

/** Rises and falls of the total, on the first day of their month. */
function mrrChanges(series: MrrSeries, asOf: Day): TimelineEntry[] {
  const months = Array.from({ length: TREND_MONTHS }, (_, index) => addMonths(monthOf(asOf), -index));
  return months.flatMap((month) => {
    const [before, now] = [mrrIn(series, addMonths(month, -1)), mrrIn(series, month)];
    if (before === null || now === null || before === now) return [];
    const amount = (value: typeof now) => formatNumber(toMajor(value));
    return [
      {
        at: firstDay(month),
        kind: 'mrr' as const,
        title: `MRR ${amount(before)} → ${amount(now)}`,
        body: null,
        direction: null,
        source: null,
      },
    ];
  });
}

/** Tasks fall due after today too, so that only what is known counts here. */
function openTasks(account: Account, asOf: Day): TimelineEntry[] {
  return account.touches
    .filter((touch) => touch.kind === 'task' && touch.done === false && touch.knownAt <= asOf)
    .map(touchEntry)
    .sort((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0));
}

function contractOf({ attributes }: Account, row: BookRow, policy: Policy, asOf: Day, labels: PortalLabels): ContractView {
  const named = valueOn(attributes.noticeDays, asOf);
  const given = valueOn(attributes.noticeGivenOn, asOf);
  const billing = valueOn(attributes.contractBilling, asOf);
  return {
    start: row.contractStart,
    startDerived: row.contractStart !== null && valueOn(attributes.contractStart, asOf) === null,
    renewal: row.renewalDate,
    termMonths: valueOn(attributes.contractTermMonths, asOf),
    billing,
    billingLabel: labelOrNull(labels.billing, billing),
    noticeDays: named ?? policy.noticeDays,
    noticeAssumed: named === null,
    noticeGivenOn: given !== null && given <= asOf ? given : null,
  };
}

function contacts(account: Account, asOf: Day, labels: PortalLabels): ContactView[] {
  return account.contacts
    .filter((contact) => isKnown(contact, asOf))
    .map((contact) => ({
      id: contact.source.id,
      name: contact.name,
      email: contact.email,
      jobTitle: contact.jobTitle,
      role: contact.role,
      roleLabel: labelOrNull(labels.role, contact.role),
      champion: contact.champion,
      leftOn: contact.left && contact.left.knownAt <= asOf ? contact.left.on : null,
      lastActiveOn: contact.lastActiveOn,
      lastTouchedOn: contact.lastTouchedOn !== undefined && contact.lastTouchedOn <= asOf ? contact.lastTouchedOn : null,
    }))
    .sort((a, b) => Number(b.champion) - Number(a.champion) || ((b.lastActiveOn ?? '') < (a.lastActiveOn ?? '') ? -1 : 1));
}
