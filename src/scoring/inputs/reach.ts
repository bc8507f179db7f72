/** Inputs over what contacts do on the web and with mails, from the totals that HubSpot keeps of them. */
import type { ContactCounters, ContactFact } from '../../account.ts';
import { dayOfSerial } from '../../units/day.ts';
import type { Steps } from '../facts.ts';
import { type Input, insufficient, notApplicable, reading } from '../reading.ts';
import { day, NONE, number, percent, text } from './evidence.ts';

const VIEW_DAYS = 30;
const VISIT_BASE_DAYS = 90;
const LEAST_VISITS = 3;
const MAIL_DAYS = 90;
const LEAST_MAILS = 4;

/** How many steps were made up to a day. */
function stepsUpTo(days: readonly number[], on: number): number {
  let low = 0;
  let high = days.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((days[middle] ?? on) <= on) low = middle + 1;
    else high = middle;
  }
  return low;
}

const totalOn = (steps: Steps, day: number): number => steps.total[stepsUpTo(steps.on, day) - 1] ?? 0;

/** By how much a total grew in (`after`, `until`]; one that was set back has not grown. */
const growth = (steps: Steps, after: number, until: number): number => Math.max(0, totalOn(steps, until) - totalOn(steps, after));

/** Whether any contact's total is kept with its history. */
const isCounted = (all: readonly Steps[], on: number): boolean => all.some(({ seen }) => seen <= on);

function grown(all: readonly Steps[], on: number, after: number, until: number): number {
  let sum = 0;
  for (const steps of all) if (steps.seen <= on) sum += growth(steps, after, until);
  return sum;
}

/** Views of a page in the last 30 days, with who looked last. */
const pageViews = (key: keyof ContactCounters): Input => ({
  feeds: ['web'],
  read({ counters }, { on }) {
    const all = counters[key];
    if (!isCounted(all, on)) return notApplicable('page_views');
    const views = grown(all, on, on - VIEW_DAYS, on);
    const last = views === 0 ? null : lastStep(all, on - VIEW_DAYS, on);
    if (last === null) return reading(views, () => ({ evidence: { v: number(views), who: NONE, date: NONE } }), 0, true);
    const { contact } = last;
    const at = dayOfSerial(last.on);
    return reading(
      views,
      () => ({ evidence: { v: number(views), who: text(contact.name), date: day(at) }, at, source: contact.source }),
      on - last.on,
    );
  },
});

function lastStep(all: readonly Steps[], after: number, until: number): { readonly contact: ContactFact; readonly on: number } | null {
  let found: { contact: ContactFact; on: number } | null = null;
  for (const steps of all) {
    const { contact } = steps;
    const on = steps.on[stepsUpTo(steps.on, until) - 1];
    if (steps.seen > until || on === undefined || on <= after || growth(steps, after, until) === 0) continue;
    if (!found || on > found.on || (on === found.on && contact.source.id < found.contact.source.id)) found = { contact, on };
  }
  return found;
}

/** Visits of 30 days ÷ the monthly mean of the 90 days before. */
const webTrend: Input = {
  feeds: ['web'],
  read({ counters: { visits } }, { on }) {
    if (!isCounted(visits, on)) return notApplicable('visits');
    const turn = on - VIEW_DAYS;
    const base = grown(visits, on, turn - VISIT_BASE_DAYS, turn) / (VISIT_BASE_DAYS / VIEW_DAYS);
    if (base < LEAST_VISITS) return insufficient('base_rate');
    const recent = grown(visits, on, turn, on);
    return reading(recent / base, () => ({ evidence: { v: number(recent), base: number(base, 1) } }), 0, recent === 0);
  },
};

/** Share of the mails of 90 days that were opened. */
const openRate: Input = {
  feeds: ['email'],
  read({ counters: { emailsSent, emailsOpened } }, { on }) {
    if (!isCounted(emailsSent, on)) return notApplicable('mails');
    const mails = grown(emailsSent, on, on - MAIL_DAYS, on);
    if (mails < LEAST_MAILS) return insufficient('mails');
    // A mail may be opened after the window in which it was sent, or on several devices.
    const rate = Math.min(1, grown(emailsOpened, on, on - MAIL_DAYS, on) / mails);
    return reading(rate, () => ({ evidence: { pct: percent(rate), n: number(mails) } }), 0, rate === 0);
  },
};

export const reachInputs = {
  cancelPageViews: pageViews('cancelPageViews'),
  pricingPageViews: pageViews('pricingPageViews'),
  webTrend,
  openRate,
} as const;
