/** Inputs over what contacts do on the web and with mails, from the totals that HubSpot keeps of them. */
import { type Account, type ContactCounters, type ContactFact, type Counter, isKnown } from '../../account.ts';
import { type Day, daysBetween } from '../../units/day.ts';
import { daysAgo, type Input, insufficient, notApplicable, reading } from '../reading.ts';
import { day, NONE, number, percent, text } from './evidence.ts';

const VIEW_DAYS = 30;
const VISIT_BASE_DAYS = 90;
const LEAST_VISITS = 3;
const MAIL_DAYS = 90;
const LEAST_MAILS = 4;

function totalOn(counter: Counter, day: Day): number {
  let total = 0;
  for (const step of counter) {
    if (step.on > day) break;
    total = step.total;
  }
  return total;
}

/** By how much a total grew in (`after`, `until`]; one that was set back has not grown. */
const growth = (counter: Counter, after: Day, until: Day): number => Math.max(0, totalOn(counter, until) - totalOn(counter, after));

interface Counted {
  readonly contact: ContactFact;
  readonly counter: Counter;
}

/** Contacts whose total is kept with its history; null where no contact has one. */
function counted(account: Account, key: keyof ContactCounters, asOf: Day): readonly Counted[] | null {
  const found = account.contacts.flatMap((contact) => {
    const counter = contact.counters?.[key];
    return counter !== undefined && isKnown(contact, asOf) ? [{ contact, counter }] : [];
  });
  return found.length === 0 ? null : found;
}

const grown = (all: readonly Counted[], after: Day, until: Day): number =>
  all.reduce((sum, { counter }) => sum + growth(counter, after, until), 0);

/** Views of a page in the last 30 days, with who looked last. */
const pageViews = (key: 'cancelPageViews' | 'pricingPageViews'): Input => ({
  feeds: ['web'],
  read(account, { asOf }) {
    const all = counted(account, key, asOf);
    if (!all) return notApplicable('page_views');
    const after = daysAgo(asOf, VIEW_DAYS);
    const views = grown(all, after, asOf);
    const last = views === 0 ? null : lastStep(all, after, asOf);
    return reading(
      views,
      { v: number(views), who: last ? text(last.contact.name) : NONE, date: last ? day(last.on) : NONE },
      last ? { at: last.on, source: last.contact.source, ageDays: daysBetween(last.on, asOf) } : { zero: true },
    );
  },
});

function lastStep(all: readonly Counted[], after: Day, until: Day): { readonly contact: ContactFact; readonly on: Day } | null {
  let found: { contact: ContactFact; on: Day } | null = null;
  for (const { contact, counter } of all) {
    const on = counter.findLast((step) => step.on > after && step.on <= until)?.on;
    if (on === undefined || growth(counter, after, until) === 0) continue;
    if (!found || on > found.on || (on === found.on && contact.source.id < found.contact.source.id)) found = { contact, on };
  }
  return found;
}

/** Visits of 30 days ÷ the monthly mean of the 90 days before. */
const webTrend: Input = {
  feeds: ['web'],
  read(account, { asOf }) {
    const all = counted(account, 'visits', asOf);
    if (!all) return notApplicable('visits');
    const turn = daysAgo(asOf, VIEW_DAYS);
    const base = grown(all, daysAgo(turn, VISIT_BASE_DAYS), turn) / (VISIT_BASE_DAYS / VIEW_DAYS);
    if (base < LEAST_VISITS) return insufficient('base_rate');
    const recent = grown(all, turn, asOf);
    return reading(recent / base, { v: number(recent), base: number(base, 1) }, { zero: recent === 0 });
  },
};

/** Share of the mails of 90 days that were opened. */
const openRate: Input = {
  feeds: ['email'],
  read(account, { asOf }) {
    const sent = counted(account, 'emailsSent', asOf);
    if (!sent) return notApplicable('mails');
    const after = daysAgo(asOf, MAIL_DAYS);
    const mails = grown(sent, after, asOf);
    if (mails < LEAST_MAILS) return insufficient('mails');
    // A mail may be opened after the window in which it was sent, or on several devices.
    const rate = Math.min(1, grown(counted(account, 'emailsOpened', asOf) ?? [], after, asOf) / mails);
    return reading(rate, { pct: percent(rate), n: number(mails) }, { zero: rate === 0 });
  },
};

export const reachInputs = {
  cancelPageViews: pageViews('cancelPageViews'),
  pricingPageViews: pageViews('pricingPageViews'),
  webTrend,
  openRate,
} as const;
