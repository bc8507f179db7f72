/** Inputs over the contract's life: its age and its renewal. */
import { addDays, type Day, dayOfSerial, serialOf, wholeMonths } from '../../units/day.ts';
import { type Facts, newestIn, pastValue, standing } from '../facts.ts';
import { contractStartOn, type Input, insufficient, notApplicable, type ReadingContext, reading } from '../reading.ts';
import { day, number, percent } from './evidence.ts';
import { seatUse } from './usage.ts';

const ONBOARDING = { from: 30, to: 120 } as const;
const RENEWAL_WINDOW = 90;
/** A renewal that has been overdue for longer than this is a stale date, not a renewal. */
export const LONGEST_OVERDUE = 30;

/** Whole months since the contract's start. */
const contractAge: Input = {
  feeds: ['contract', 'mrr'],
  anyFeed: true,
  read(facts, context) {
    const begun = contractStartOn(facts, context);
    if (begun === null || begun > context.on) return insufficient('contract_start');
    const start = dayOfSerial(begun);
    const months = wholeMonths(start, context.asOf);
    return reading(months, () => ({ evidence: { v: number(months), date: day(start) }, at: start }));
  },
};

/** The renewal day, unless it has been overdue for so long that it says nothing. */
function renewalOn({ past }: Facts, on: number): { readonly day: Day; readonly inDays: number } | string {
  const renewal = pastValue(past.contractRenewal, on);
  if (!renewal) return 'renewal';
  const inDays = serialOf(renewal) - on;
  return inDays < -LONGEST_OVERDUE ? 'renewal_overdue' : { day: renewal, inDays };
}

const noticeBy = ({ past }: Facts, context: ReadingContext, renewal: Day): Day =>
  addDays(renewal, -(pastValue(past.noticeDays, context.on) ?? context.noticeDays));

const daysToRenewal: Input = {
  feeds: ['contract'],
  read(facts, context) {
    const renewal = renewalOn(facts, context.on);
    if (typeof renewal === 'string') return insufficient(renewal);
    return reading(renewal.inDays, () => ({
      evidence: { v: number(renewal.inDays), date: day(renewal.day), notice: day(noticeBy(facts, context, renewal.day)) },
      at: renewal.day,
      source: standing(facts.past.contractRenewal, context.on)?.source ?? null,
    }));
  },
};

/** 1 where the renewal is near, there was no meeting in the last 90 days and no renewal deal is open. */
const renewalWithoutMeeting: Input = {
  feeds: ['contract', 'engagement'],
  read(facts, { on }) {
    const renewal = renewalOn(facts, on);
    if (typeof renewal === 'string') return insufficient(renewal);
    const near = renewal.inDays >= 0 && renewal.inDays <= RENEWAL_WINDOW;
    const met = near && newestIn(facts.meetings, on - RENEWAL_WINDOW, on) !== null;
    const planned = near && facts.renewals.some(({ from, until }) => from <= on && on < until);
    return reading(near && !met && !planned ? 1 : 0, () => ({
      evidence: { v: number(renewal.inDays), date: day(renewal.day) },
      at: renewal.day,
    }));
  },
};

const DONE = /^(?:completed?|done|finished|live|launched|activated|closed|完了|導入済|導入完了|稼働|本番|定着|運用)/;

/** The stage says that the customer is on board; where there is none, its onboarding tickets are closed. */
function isOnboarded({ past, onboardings }: Facts, on: number): boolean {
  const stage = pastValue(past.onboardingStage, on);
  if (stage !== null) return DONE.test(stage.normalize('NFKC').trim().toLowerCase());
  const begun = onboardings.filter(({ from }) => from <= on);
  return begun.length > 0 && begun.every(({ until }) => until <= on);
}

/** Share of seats in use, in the months in which a new customer should be getting started. */
const activation: Input = {
  feeds: ['usage'],
  read(facts, context) {
    const start = contractStartOn(facts, context);
    if (start === null || start > context.on) return insufficient('contract_start');
    const age = context.on - start;
    if (age < ONBOARDING.from || age > ONBOARDING.to) return notApplicable('not_onboarding');
    if (isOnboarded(facts, context.on)) return notApplicable('onboarded');
    const use = seatUse(facts, context);
    if (!('users' in use)) return use;
    const ratio = use.users / use.seats;
    return reading(ratio, () => ({ evidence: { age: number(age), pct: percent(ratio) } }), 0, use.users === 0);
  },
};

export const lifecycleInputs = { contractAge, daysToRenewal, renewalWithoutMeeting, activation } as const;
