/** Mails, visits and surveys of the contacts, as running totals with their history. */
import type { StoredRecord } from '../state.ts';
import { dated, type Emitter } from './emitter.ts';
import type { AccountPlan } from './plan.ts';

const MAILS = 16;
const MAIL_EVERY = 14;
const MONTH = 30;
const VISIT_MONTHS = 7;

export function emitReach({ calendar, names }: Emitter, plan: AccountPlan, contacts: readonly StoredRecord[]): void {
  const [first] = contacts;
  const { reach } = plan;
  if (!first || !reach) return;
  const isThere = (daysAgo: number): boolean => daysAgo < plan.startDaysAgo - 5;
  /** One more on each of the days; a total that nobody added to is not written. */
  const count = (property: string, days: readonly number[], hour: number): void => {
    const steps = days.filter(isThere).toSorted((a, b) => b - a);
    for (const [index, daysAgo] of steps.entries()) dated(first, property, String(index + 1), calendar.at(daysAgo, hour), 'ANALYTICS');
  };
  const mails = Array.from({ length: MAILS }, (_, index) => 3 + index * MAIL_EVERY);
  count('hs_email_delivered', mails, 8);
  count(
    'hs_email_open',
    mails.filter((_, index) => Math.floor((index + 1) * reach.opens) > Math.floor(index * reach.opens)),
    9,
  );
  count('hs_analytics_num_visits', visitDays(reach.visits), 15);
  count(names.cancelViews.name, reach.cancelViews ?? [], 16);
  count(names.pricingViews.name, reach.pricingViews ?? [], 16);
  for (const [index, contact] of contacts.entries()) {
    const answered = plan.nps.filter((survey) => (survey.by ?? 0) === index).map((survey) => survey.daysAgo + 2);
    const sends = [...answered, ...(index === 0 ? (reach.unanswered ?? []) : [])].filter(isThere).toSorted((a, b) => b - a);
    for (const daysAgo of sends) dated(contact, names.surveySentOn.name, calendar.day(daysAgo), calendar.at(daysAgo, 9));
  }
}

function visitDays([now, before]: readonly [number, number]): number[] {
  return Array.from({ length: VISIT_MONTHS }, (_, month) => {
    const visits = month === 0 ? now : before;
    return Array.from({ length: visits }, (_unused, index) => month * MONTH + Math.floor((index * MONTH) / visits) + 1);
  }).flat();
}
