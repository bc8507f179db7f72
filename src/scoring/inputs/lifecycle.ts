/** Inputs over the contract's life: its age and its renewal. */
import { type Account, entryOn, isKnown, valueOn } from '../../account.ts';
import { addDays, type Day, daysBetween, wholeMonths } from '../../units/day.ts';
import { daysAgo, type Input, insufficient, notApplicable, type ReadingContext, reading } from '../reading.ts';
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
  read(_account, { asOf, revenue }) {
    const start = revenue.contractStart;
    if (!start || start > asOf) return insufficient('contract_start');
    const months = wholeMonths(start, asOf);
    return reading(months, { v: number(months), date: day(start) }, { at: start });
  },
};

/** The renewal day, unless it has been overdue for so long that it says nothing. */
export function renewalOn(account: Account, asOf: Day): { readonly day: Day; readonly inDays: number } | string {
  const renewal = valueOn(account.attributes.contractRenewal, asOf);
  if (!renewal) return 'renewal';
  const inDays = daysBetween(asOf, renewal);
  return inDays < -LONGEST_OVERDUE ? 'renewal_overdue' : { day: renewal, inDays };
}

const noticeBy = (account: Account, context: ReadingContext, renewal: Day): Day =>
  addDays(renewal, -(valueOn(account.attributes.noticeDays, context.asOf) ?? context.noticeDays));

const daysToRenewal: Input = {
  feeds: ['contract'],
  read(account, context) {
    const renewal = renewalOn(account, context.asOf);
    if (typeof renewal === 'string') return insufficient(renewal);
    return reading(
      renewal.inDays,
      { v: number(renewal.inDays), date: day(renewal.day), notice: day(noticeBy(account, context, renewal.day)) },
      { at: renewal.day, source: entryOn(account.attributes.contractRenewal, context.asOf)?.source ?? null },
    );
  },
};

/** 1 where the renewal is near and there was no meeting in the last 90 days. */
const renewalWithoutMeeting: Input = {
  feeds: ['contract', 'engagement'],
  read(account, { asOf }) {
    const renewal = renewalOn(account, asOf);
    if (typeof renewal === 'string') return insufficient(renewal);
    const after = daysAgo(asOf, RENEWAL_WINDOW);
    const near = renewal.inDays >= 0 && renewal.inDays <= RENEWAL_WINDOW;
    const met = account.touches.some((touch) => touch.kind === 'meeting' && touch.validAt > after && isKnown(touch, asOf));
    return reading(near && !met ? 1 : 0, { v: number(renewal.inDays), date: day(renewal.day) }, { at: renewal.day });
  },
};

/** Share of seats in use, in the months in which a new customer should be getting started. */
const activation: Input = {
  feeds: ['usage'],
  read(account, context) {
    const start = context.revenue.contractStart;
    if (!start || start > context.asOf) return insufficient('contract_start');
    const age = daysBetween(start, context.asOf);
    if (age < ONBOARDING.from || age > ONBOARDING.to) return notApplicable('not_onboarding');
    const use = seatUse(account, context);
    if (!('users' in use)) return use;
    const ratio = use.users / use.seats;
    return reading(ratio, { age: number(age), pct: percent(ratio) }, { zero: use.users === 0 });
  },
};

export const lifecycleInputs = { contractAge, daysToRenewal, renewalWithoutMeeting, activation } as const;
