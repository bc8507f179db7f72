/** Turns an account plan into records and links. */
import type { Instant } from '../../../units/day.ts';
import type { StoredRecord } from '../state.ts';
import type { Calendar } from './calendar.ts';
import { emitActivity, emitDeals, emitSurveys, emitTickets } from './emit-around.ts';
import { emitReach } from './emit-reach.ts';
import { dated, type Emitter, MRR_TYPE, USAGE_TYPE } from './emitter.ts';
import type { NameKey, Names } from './naming.ts';
import { CSMS, SALES_OWNERS } from './people.ts';
import type { AccountPlan, MrrLine } from './plan.ts';

export function emitAccount(emitter: Emitter, plan: AccountPlan, csm: number | null, sales: number): StoredRecord {
  const company = emitCompany(emitter, plan, csm, sales);
  for (const line of plan.mrr) emitMrr(emitter, company, line);
  for (const raw of plan.rawMrr ?? []) emitRawMrr(emitter, company, raw, plan);
  emitUsage(emitter, company, plan);
  const contacts = plan.contacts.map((contact, index) => emitContact(emitter, company, plan, contact, index));
  const ownerId = csm === null ? undefined : CSMS[csm]?.owner.id;
  emitReach(emitter, plan, contacts);
  emitTickets(emitter, company, plan, contacts, ownerId);
  emitSurveys(emitter, plan, contacts);
  for (const touch of plan.touches) emitActivity(emitter, company, touch, contacts[touch.by ?? 0], ownerId);
  const deals = emitDeals(emitter, company, plan, SALES_OWNERS[sales]?.id ?? '');
  company.properties.num_associated_contacts = String(contacts.length);
  company.properties.num_associated_deals = String(deals.length);
  company.properties.hs_num_open_deals = String(deals.filter((deal) => deal.properties.hs_is_closed === 'false').length);
  return company;
}

const LEAD_DAYS = 45;

function emitCompany({ calendar, names, add }: Emitter, plan: AccountPlan, csm: number | null, sales: number): StoredRecord {
  const created = calendar.at(plan.startDaysAgo + LEAD_DAYS, 10);
  const properties: Record<string, string> = {
    name: plan.name,
    domain: plan.domain,
    industry: plan.industry,
    numberofemployees: String(plan.employees),
    country: plan.language === 'ja' ? 'Japan' : 'Singapore',
    lifecyclestage: 'lead',
    hubspot_owner_id: SALES_OWNERS[sales]?.id ?? '',
    num_notes: String(plan.touches.length),
  };
  const company = add('0-2', created, properties);
  const last = lastContact(plan);
  if (last !== null) properties.notes_last_contacted = new Date(calendar.at(last, 15)).toISOString();
  if (plan.kind === 'prospect') {
    dated(company, 'lifecyclestage', plan.startDaysAgo % 2 === 0 ? 'opportunity' : 'lead', calendar.at(Math.max(3, plan.startDaysAgo), 11));
    return company;
  }
  const start = calendar.at(plan.startDaysAgo, 11);
  const set = (key: NameKey, value: string | number, at: Instant = start) => dated(company, names[key].name, String(value), at);
  dated(company, 'lifecyclestage', 'customer', start);
  const owner = csm === null ? undefined : CSMS[csm]?.owner.id;
  if (owner) set('csm', owner);
  set('contractStart', calendar.day(plan.startDaysAgo));
  set('plan', plan.plan);
  set('seats', plan.seats);
  set('featuresInPlan', plan.featuresInPlan);
  set('billing', plan.billing);
  set('termMonths', plan.termMonths);
  set('noticeDays', plan.noticeDays);
  set('goals', plan.goals);
  set('onboarding', 'kickoff');
  if (plan.onboarding !== 'kickoff') set('onboarding', plan.onboarding, calendar.at(Math.max(2, plan.startDaysAgo - 60), 16));
  const value = plan.contractValue ?? contractValueOf(plan);
  if (value > 0) set('contractValue', value);
  emitRenewals(company, plan, calendar, names);
  if (plan.priceRaise) {
    const told = calendar.at(plan.priceRaise.daysAgo, 10);
    set('priceRaisedOn', calendar.day(plan.priceRaise.daysAgo), told);
    set('priceRaise', plan.priceRaise.percent, told);
  }
  if (plan.discount) {
    set('discountEndsOn', calendar.day(-plan.discount.endsInDays));
    set('discount', plan.discount.percent);
  }
  if (plan.sentiment) dated(company, 'hs_csm_sentiment', plan.sentiment, calendar.at(6, 17));
  if (plan.noticeGivenDaysAgo !== undefined) {
    set('noticeGivenOn', calendar.day(plan.noticeGivenDaysAgo), calendar.at(plan.noticeGivenDaysAgo, 18));
  }
  // Who has left stays a customer by its stage, as in most portals: its revenue is history that reports need.
  if (plan.churn) {
    const left = calendar.at(plan.churn.daysAgo, 18);
    set('churnedOn', calendar.day(plan.churn.daysAgo), left);
    set('churnReason', plan.churn.reason, left);
  }
  return company;
}

/** The renewal date moves on at each renewal; the portal remembers the dates before. */
function emitRenewals(company: StoredRecord, plan: AccountPlan, calendar: Calendar, names: Names): void {
  if (plan.renewalInDays === null) return;
  const term = Math.round(plan.termMonths * 30.44);
  const dates: number[] = [];
  for (let inDays = plan.renewalInDays; inDays > -plan.startDaysAgo && dates.length < 10; inDays -= Math.max(term, 28)) dates.push(inDays);
  dates.reverse();
  dates.forEach((inDays, index) => {
    // Set when the renewal before it was signed; the first one with the contract.
    const before = dates[index - 1];
    const at = before === undefined ? calendar.at(plan.startDaysAgo, 11) : calendar.at(Math.max(1, -before), 12);
    dated(company, names.renewal.name, calendar.day(-inDays), at);
  });
}

const lastContact = (plan: AccountPlan): number | null => {
  const days = plan.touches
    .filter((touch) => touch.daysAgo >= 0 && touch.kind !== 'task' && touch.kind !== 'note')
    .map((touch) => touch.daysAgo);
  return days.length === 0 ? null : Math.min(...days);
};

const mrrNow = (plan: AccountPlan): number =>
  plan.mrr.reduce((sum, line) => sum + (line.months.findLast((value) => value !== null) ?? 0), 0);

const contractValueOf = (plan: AccountPlan): number => mrrNow(plan) * Math.max(plan.termMonths, 1);

function emitMrr({ calendar, names, add, link }: Emitter, company: StoredRecord, line: MrrLine): void {
  for (const [index, amount] of line.months.entries()) {
    const month = calendar.months[index];
    if (amount === null || !month) continue;
    const properties: Record<string, string> = {
      [names.mrrTitle.name]: `${month.day.slice(0, 7)} ${line.product}`,
      [names.mrrMonth.name]: month.day,
      [names.mrrAmount.name]: String(amount),
      [names.mrrProduct.name]: line.product,
      [names.mrrPlan.name]: line.plan,
    };
    if (line.currency) properties[names.mrrCurrency.name] = line.currency;
    const seats = line.seats?.[index];
    if (seats !== undefined) properties[names.mrrSeats.name] = String(seats);
    link(MRR_TYPE, add(MRR_TYPE, month.at, properties).id, '0-2', company.id);
  }
}

function emitRawMrr(
  { calendar, names, add, link }: Emitter,
  company: StoredRecord,
  raw: NonNullable<AccountPlan['rawMrr']>[number],
  plan: AccountPlan,
): void {
  const month = calendar.months[calendar.months.length - 1 - raw.monthsAgo];
  if (!month) return;
  const record = add(MRR_TYPE, month.at, {
    [names.mrrTitle.name]: `${month.day.slice(0, 7)} ${raw.product}`,
    [names.mrrMonth.name]: month.day,
    [names.mrrAmount.name]: raw.amount,
    [names.mrrProduct.name]: raw.product,
    [names.mrrPlan.name]: plan.plan,
    ...(raw.currency ? { [names.mrrCurrency.name]: raw.currency } : {}),
  });
  link(MRR_TYPE, record.id, '0-2', company.id);
}

const MINUTES_A_LOGIN = 23;
const FRIDAY = 4;
const UNUSED = { logins: 0, users: 0, features: 0 };

function emitUsage({ calendar, names, add, link }: Emitter, company: StoredRecord, plan: AccountPlan): void {
  if (!plan.usage) return;
  const stopped = plan.usage.lastUsedDaysAgo ?? 0;
  let lastUsed: string | null = null;
  for (const [index, planned] of plan.usage.weeks.entries()) {
    const place = calendar.weeks[index];
    if (!planned || !place) continue;
    // A week runs from `place.daysAgo` (Monday) to six days later; nothing is used after the day the plan names.
    const week = place.daysAgo < stopped ? UNUSED : planned;
    const inLastWeek = stopped > 0 && place.daysAgo - 6 <= stopped;
    if (week.logins > 0) lastUsed = calendar.day(inLastWeek ? stopped : place.daysAgo - FRIDAY);
    const properties: Record<string, string> = {
      [names.usageWeek.name]: place.day,
      [names.usageLogins.name]: String(week.logins),
      [names.usageUsers.name]: String(week.users),
      [names.usageMinutes.name]: String(week.logins * MINUTES_A_LOGIN),
      [names.usageFeatures.name]: String(week.features),
    };
    if (lastUsed !== null) properties[names.usageLastUsed.name] = lastUsed;
    link(USAGE_TYPE, add(USAGE_TYPE, place.at, properties).id, '0-2', company.id);
  }
}

function emitContact(
  { calendar, names, add, link }: Emitter,
  company: StoredRecord,
  plan: AccountPlan,
  contact: AccountPlan['contacts'][number],
  index: number,
): StoredRecord {
  const newest = plan.nps.filter((survey) => (survey.by ?? 0) === index).toSorted((a, b) => a.daysAgo - b.daysAgo)[0];
  const properties: Record<string, string> = {
    lastname: contact.name,
    email: `contact${index + 1}@${plan.domain}`,
    jobtitle: contact.title,
    lifecyclestage: plan.kind === 'prospect' ? 'lead' : 'customer',
    associatedcompanyid: company.id,
  };
  if (newest) {
    properties.hs_feedback_last_nps_rating = String(newest.score);
    properties.hs_feedback_last_survey_date = new Date(calendar.at(newest.daysAgo, 12)).toISOString();
  }
  const record = add('0-1', calendar.at(Math.max(1, plan.startDaysAgo - 5), 13), properties);
  if (contact.role) properties[names.contactRole.name] = contact.role;
  if (contact.leftDaysAgo !== undefined) {
    dated(record, names.contactLeft.name, calendar.day(contact.leftDaysAgo), calendar.at(contact.leftDaysAgo, 16));
  }
  link('0-1', record.id, '0-2', company.id);
  return record;
}
