/**
 * What became of the accounts on which somebody acted: MRR 30, 60 and 90 days later, by the signal that stood highest at
 * that moment. It says what happened after an action, never because of it: people act on the accounts that they expect to
 * save, and on those that everybody has given up. Beside it stand the accounts on which the same signal stood highest in
 * the same months and nobody did anything, which is a comparison and no control group.
 */
import type { Account, TouchFact } from '../account.ts';
import type { KeptEntry } from '../data/store/ledger.ts';
import { markersIn } from '../plays/marker.ts';
import type { Band, Policy } from '../policy.ts';
import { type MrrSeries, mrrByMonth, mrrIn } from '../revenue/series.ts';
import { bandOf } from '../scoring/bands.ts';
import type { PortalFeeds } from '../scoring/feeds.ts';
import type { Receipt } from '../scoring/types.ts';
import { addDays, type Day, daysBetween, type Instant, type Month, monthOf } from '../units/day.ts';
import { type Money, plus, ZERO } from '../units/money.ts';
import { BookScorer, type Census, PortalCensus } from './score-book.ts';

export const LATER_DAYS = [30, 60, 90] as const;

/** An account without any activity from so many days before to so many after was left to itself. */
const ALONE_BEFORE = 7;
const ALONE_AFTER = 30;
/** Months of actions that the comparison looks at, back from the last one. */
const MOST_MONTHS = 12;

export interface LedgerInputs {
  /** Of the whole store, with everything that is known on `asOf`. */
  readonly accounts: readonly Account[];
  /** What was done on this machine. */
  readonly entries: readonly KeptEntry[];
  /** Actions before it are left out; null: none. */
  readonly since: Day | null;
  readonly asOf: Day;
  readonly dayOf: (at: Instant) => Day;
  /** Home currency. */
  readonly currency: string;
  readonly feeds: PortalFeeds;
  readonly policy: Policy;
}

export interface LedgerSignal {
  readonly id: string;
  readonly points: number;
}

export interface Action {
  /** The outbox row; of a colleague's action the HubSpot record. */
  readonly id: string;
  readonly kind: string;
  readonly day: Day;
  readonly accountId: string;
  /** Null where the account is no longer in the store. */
  readonly name: string | null;
  /** `here`: written down as it was at that moment · `team`: found in HubSpot by its reference, and looked up afterwards. */
  readonly from: 'here' | 'team';
  readonly sent: boolean;
  /** The playbook that it is a step of; unknown of a colleague's. */
  readonly play: string | null;
  /** That stood highest; null where none raised the risk. */
  readonly signal: string | null;
  readonly signals: readonly LedgerSignal[];
  readonly risk: number;
  readonly band: Band | null;
  readonly currency: string;
  readonly mrr: Money | null;
  /** 30, 60 and 90 days later; null where the days are not over, the month is not written, or nothing is known. */
  readonly later: readonly (Money | null)[];
}

export interface Later {
  readonly days: number;
  /** Of which the MRR is known by then. */
  readonly accounts: number;
  /** What these paid then. */
  readonly mrrThen: Money;
  readonly mrr: Money;
}

/** In the portal's currency; every account once, on its first day. */
export interface Tally {
  readonly accounts: number;
  readonly mrr: Money;
  readonly later: readonly Later[];
}

export interface SignalLedger {
  readonly signal: string;
  readonly acted: Tally;
  readonly alone: Tally;
}

export interface Ledger {
  /** Newest first. */
  readonly actions: readonly Action[];
  /** Every account on which somebody acted, whatever the signal. */
  readonly all: Tally;
  /** Most accounts first. */
  readonly signals: readonly SignalLedger[];
}

export function ledgerOf(inputs: LedgerInputs): Ledger {
  const reader = new LedgerReader(inputs);
  const actions = [...reader.ownActions(), ...reader.teamActions()].sort((a, b) =>
    a.day === b.day ? (a.id < b.id ? 1 : -1) : a.day < b.day ? 1 : -1,
  );
  const alone = reader.leftAlone(actions);
  const bySignal = Map.groupBy(
    actions.filter(({ signal }) => signal !== null),
    ({ signal }) => signal ?? '',
  );
  return {
    actions,
    all: tallyOf(actions, inputs.currency),
    signals: [...bySignal]
      .map(([signal, acted]) => ({
        signal,
        acted: tallyOf(acted, inputs.currency),
        alone: tallyOf(alone.get(signal) ?? [], inputs.currency),
      }))
      .sort((a, b) => b.acted.accounts - a.acted.accounts || (a.signal < b.signal ? -1 : 1)),
  };
}

/** An account on a day, with its MRR then and later. */
type Sighting = Pick<Action, 'accountId' | 'day' | 'currency' | 'mrr' | 'later'>;

function tallyOf(sightings: readonly Sighting[], currency: string): Tally {
  const first = new Map<string, Sighting>();
  for (const one of sightings) {
    const known = first.get(one.accountId);
    if (!known || one.day < known.day) first.set(one.accountId, one);
  }
  const paying = [...first.values()].flatMap((one) => (one.mrr !== null && one.currency === currency ? [{ ...one, mrr: one.mrr }] : []));
  return {
    accounts: first.size,
    mrr: paying.reduce((sum, { mrr }) => plus(sum, mrr), ZERO),
    later: LATER_DAYS.map((days, index): Later => {
      const known = paying.flatMap(({ mrr, later }) => {
        const then = later[index] ?? null;
        return then === null ? [] : [{ mrr, then }];
      });
      return {
        days,
        accounts: known.length,
        mrrThen: known.reduce((sum, { mrr }) => plus(sum, mrr), ZERO),
        mrr: known.reduce((sum, { then }) => plus(sum, then), ZERO),
      };
    }),
  };
}

/** Of a receipt: what raises or lowers the risk, strongest first. */
const firingOf = ({ groups }: Receipt): LedgerSignal[] =>
  groups
    .flatMap(({ lines }) => lines.flatMap((line) => (line.dismissed ? [] : [{ id: line.signal, points: line.points }])))
    .sort((a, b) => b.points - a.points || (a.id < b.id ? -1 : 1));

const highest = (signals: readonly LedgerSignal[]): string | null => signals.find(({ points }) => points > 0)?.id ?? null;

/** Something that somebody of ours did, and not what the customer sent. */
const isOurs = ({ kind, direction }: TouchFact): boolean => kind !== 'email' || direction === 'out';

class LedgerReader {
  readonly #inputs: LedgerInputs;
  readonly #accounts: ReadonlyMap<string, Account>;
  readonly #census: Census;
  readonly #working: Month;
  readonly #scorer: BookScorer;
  readonly #series = new Map<string, MrrSeries>();

  constructor(inputs: LedgerInputs) {
    const { accounts, asOf, currency, feeds, policy } = inputs;
    this.#inputs = inputs;
    this.#accounts = new Map(accounts.map((account) => [account.id, account]));
    const portal = { asOf, currency, feeds, dismissals: [] };
    const census = new PortalCensus(portal, policy);
    for (const account of accounts) census.add(account);
    this.#census = census.close();
    this.#working = this.#census.progress.workingMonth(asOf);
    this.#scorer = new BookScorer(portal, policy, this.#census);
  }

  ownActions(): Action[] {
    const { entries, dayOf, asOf } = this.#inputs;
    return entries.flatMap((entry): Action[] => {
      const day = dayOf(entry.at);
      if (day > asOf) return [];
      const { actionId, accountId, kind, sent, play, signals, risk, band, currency, mrr } = entry;
      const account = this.#accounts.get(accountId);
      return [
        {
          id: actionId,
          kind,
          day,
          accountId,
          name: account?.name ?? null,
          from: 'here',
          sent,
          play,
          signal: highest(signals),
          signals,
          risk,
          band,
          currency,
          mrr,
          later: this.#later(account, day, currency),
        },
      ];
    });
  }

  /** What other machines of the team sent: HubSpot has it with the reference that every one of our writes carries. */
  teamActions(): Action[] {
    const { accounts, entries, since, asOf } = this.#inputs;
    const own = new Set(entries.flatMap(({ hubspotId }) => (hubspotId === null ? [] : [hubspotId])));
    return accounts.flatMap((account) =>
      account.touches
        .filter(({ knownAt }) => knownAt <= asOf && (since === null || knownAt >= since))
        .filter(({ source, body }) => !own.has(source.id) && markersIn(body ?? '').length > 0)
        .map((touch): Action => {
          // A task is dated by its due day; it was made when it became known.
          const day = touch.knownAt;
          const { receipt, coverage } = this.#scorer.evaluateOn(account, day);
          const signals = firingOf(receipt);
          const { minimumCoverage, bands } = this.#inputs.policy;
          const sighting = this.#sighting(account, day);
          return {
            id: touch.source.id,
            kind: touch.kind,
            name: account.name,
            from: 'team',
            sent: true,
            play: null,
            signal: highest(signals),
            signals,
            risk: receipt.risk,
            band: coverage < minimumCoverage ? null : bandOf(receipt.total, bands),
            ...sighting,
          };
        }),
    );
  }

  /** By signal: who stood under it in a month of actions while nobody did anything. */
  leftAlone(actions: readonly Action[]): ReadonlyMap<string, readonly Sighting[]> {
    const { accounts, asOf } = this.#inputs;
    const wanted = new Set(actions.flatMap(({ signal }) => signal ?? []));
    const acted = Map.groupBy(actions, ({ accountId }) => accountId);
    const found = new Map<string, Sighting[]>();
    for (const day of comparisonDays(actions, asOf)) {
      for (const account of accounts) {
        if (account.createdOn > day || !this.#isAlone(account, acted.get(account.id) ?? [], day)) continue;
        const sighting = this.#sighting(account, day);
        if (!sighting.mrr) continue;
        const signal = highest(firingOf(this.#scorer.evaluateOn(account, day).receipt));
        if (signal === null || !wanted.has(signal)) continue;
        found.set(signal, [...(found.get(signal) ?? []), sighting]);
      }
    }
    return found;
  }

  #isAlone({ touches }: Account, actions: readonly Action[], day: Day): boolean {
    const isNear = (other: Day): boolean => {
      const after = daysBetween(day, other);
      return after >= -ALONE_BEFORE && after <= ALONE_AFTER;
    };
    return (
      !actions.some((action) => isNear(action.day)) &&
      !touches.some((touch) => isOurs(touch) && (isNear(touch.validAt) || isNear(touch.knownAt)))
    );
  }

  #sighting(account: Account, day: Day): Sighting {
    const series = this.#seriesOf(account);
    const month = monthOf(day) < this.#working ? monthOf(day) : this.#working;
    const { currency } = series;
    return { accountId: account.id, day, currency, mrr: mrrIn(series, month), later: this.#later(account, day, currency) };
  }

  #later(account: Account | undefined, day: Day, currency: string): (Money | null)[] {
    const { asOf } = this.#inputs;
    const series = account && this.#seriesOf(account);
    return LATER_DAYS.map((days) => {
      const then = addDays(day, days);
      return series?.currency !== currency || then > asOf ? null : mrrIn(series, monthOf(then));
    });
  }

  #seriesOf(account: Account): MrrSeries {
    const { asOf, currency, policy } = this.#inputs;
    let series = this.#series.get(account.id);
    if (!series) {
      series = mrrByMonth(account, { month: this.#working, knownBy: asOf, currency, ...policy.revenue });
      this.#series.set(account.id, series);
    }
    return series;
  }
}

/** The first day of action of each month whose 30 days are over. */
function comparisonDays(actions: readonly Action[], asOf: Day): Day[] {
  const first = new Map<Month, Day>();
  for (const { day } of actions) {
    const known = first.get(monthOf(day));
    if (addDays(day, ALONE_AFTER) <= asOf && (!known || day < known)) first.set(monthOf(day), day);
  }
  return [...first.values()].sort().slice(-MOST_MONTHS);
}
