/**
 * The simulated portal of the CSV files as a portal on the HubSpot-compatible server: what a team would have in HubSpot,
 * every value with the day on which somebody would have entered it.
 */
import { newRecord } from '../../src/data/demo/apply.ts';
import { dated, MRR_TYPE, USAGE_TYPE } from '../../src/data/demo/portal/emitter.ts';
import { namesOf } from '../../src/data/demo/portal/naming.ts';
import { own } from '../../src/data/demo/portal/property.ts';
import { seedPortal } from '../../src/data/demo/portal/seed.ts';
import { insertRecord, linkNew, type PortalState, type StoredRecord } from '../../src/data/demo/state.ts';
import { addDays, type Day, firstDay, type Instant, monthOf } from '../../src/units/day.ts';
import { day } from './portal.ts';
import { featuresOfPlan, nextRenewal, overdueSteps, type Row, rowsByAccount, synthRows } from './synthportal.ts';

/** The last day of the tables. */
export const SYNTH_TODAY = day('2025-06-30');
/** What discovery cannot know. */
export const SYNTH_MAPPING = ['--map', 'billing.daysOverdue=days_overdue'];

const NAMES = namesOf('en');
const HOUR = 3_600_000;
/** Noon in Tokyo. */
const at = (on: Day, hours = 0): Instant => (Date.parse(`${on}T03:00:00Z`) + hours * HOUR) as Instant;
const iso = (instant: number): string => new Date(instant).toISOString();
const FIRST_ID = 50_000_000_001;

/** `count` accounts at most, spread over all of them. */
export function synthPortal(count = Number.POSITIVE_INFINITY): PortalState {
  const portal = seedPortal({ asOf: SYNTH_TODAY, companies: 0, naming: 'en' });
  for (const property of own('companyinformation', [[DAYS_OVERDUE, 'number']]))
    portal.types.get('0-2')?.properties.set(property.name, property);
  const accounts = synthRows('accounts.csv');
  const step = Math.max(1, accounts.length / count);
  for (let index = 0; index < accounts.length; index += step) {
    const row = accounts[Math.floor(index)];
    if (row) addAccount(portal, row);
  }
  return portal;
}

const DAYS_OVERDUE = { name: 'days_overdue', label: 'Days overdue' };

type Add = (type: string, on: Instant, properties: Record<string, string>) => StoredRecord;

function addAccount(portal: PortalState, row: Row): void {
  const id = row.account_id ?? '';
  const start = day(row.contract_start ?? '');
  const add: Add = (type, on, properties) => {
    const state = portal.types.get(type);
    if (!state) throw new Error(`no object type ${type}`);
    const record = newRecord(String(FIRST_ID + state.order.length), on, properties);
    insertRecord(state, record);
    return record;
  };
  const company = add('0-2', at(start), {
    name: row.name ?? id,
    domain: `${id.toLowerCase()}.example`,
    industry: row.industry ?? '',
    lifecyclestage: 'customer',
    [NAMES.contractStart.name]: start,
    [NAMES.plan.name]: row.plan ?? '',
    [NAMES.billing.name]: row.billing ?? '',
    [NAMES.featuresInPlan.name]: String(featuresOfPlan(row.plan ?? '')),
    days_overdue: '0',
  });
  const under = (type: string, on: Instant, properties: Record<string, string>): StoredRecord => {
    const record = add(type, on, properties);
    linkNew(portal.links, type, record.id, '0-2', company.id);
    return record;
  };
  if (row.billing === 'annual') addRenewals(company, start, Number(row.term_months), row.churn_date ? day(row.churn_date) : SYNTH_TODAY);
  addRevenueAndUsage(id, under);
  addTickets(id, under);
  addEvents(id, company, under);
  const contact = addContact(id, start, under);
  for (const one of rowsByAccount('surveys.csv')(id)) {
    const on = at(day(one.date ?? ''));
    const answer = {
      hs_survey_type: 'NPS',
      hs_survey_id: '1',
      hs_survey_channel: 'EMAIL',
      hs_value: one.score ?? '',
      hs_submission_timestamp: iso(on),
    };
    linkNew(portal.links, '0-1', contact.id, '0-19', add('0-19', on, answer).id);
  }
}

/** The date moves on at each renewal, as long as the account stays. */
function addRenewals(company: StoredRecord, start: Day, termMonths: number, end: Day): void {
  for (let on = start; on < end; ) {
    const next = nextRenewal(start, termMonths, addDays(on, 1));
    dated(company, NAMES.renewal.name, next, at(on));
    on = next;
  }
}

type Under = (type: string, on: Instant, properties: Record<string, string>) => StoredRecord;

function addRevenueAndUsage(id: string, under: Under): void {
  for (const one of rowsByAccount('mrr_monthly.csv')(id)) {
    under(MRR_TYPE, at(day(one.month ?? ''), -2), {
      [NAMES.mrrTitle.name]: `${one.month} ${one.product}`,
      [NAMES.mrrMonth.name]: one.month ?? '',
      [NAMES.mrrAmount.name]: one.mrr ?? '',
      [NAMES.mrrProduct.name]: one.product ?? '',
      [NAMES.mrrSeats.name]: one.seats ?? '',
    });
  }
  for (const one of rowsByAccount('usage_weekly.csv')(id)) {
    under(USAGE_TYPE, at(addDays(day(one.week_start ?? ''), 6)), {
      [NAMES.usageWeek.name]: one.week_start ?? '',
      ...filled({
        [NAMES.usageLogins.name]: one.logins,
        [NAMES.usageUsers.name]: one.active_users,
        [NAMES.usageFeatures.name]: one.features_used,
        [NAMES.usageLastUsed.name]: one.last_login_date,
      }),
    });
  }
}

const filled = (values: Readonly<Record<string, string | undefined>>): Record<string, string> =>
  Object.fromEntries(Object.entries(values).flatMap(([name, value]) => (value ? [[name, value]] : [])));

/** The ones that are written because of the churn too: the program has to find them itself. */
function addTickets(id: string, under: Under): void {
  for (const one of rowsByAccount('tickets.csv')(id)) {
    const opened = at(day(one.created ?? ''));
    const record = under('0-5', opened, {
      subject: `A question (${one.ticket_id})`,
      hs_pipeline: '0',
      hs_pipeline_stage: '1',
      hs_ticket_priority: one.priority === 'high' ? 'HIGH' : 'LOW',
      hs_ticket_category: one.category ?? '',
      [NAMES.ticketEscalated.name]: String(one.escalated === '1'),
      [NAMES.ticketReopened.name]: String(one.reopened === '1'),
    });
    if (!one.closed) continue;
    const closed = at(day(one.closed), 4);
    dated(record, 'hs_pipeline_stage', '4', closed);
    dated(record, 'closed_date', iso(closed), closed);
    if (one.csat) dated(record, NAMES.ticketCsat.name, one.csat, closed);
  }
}

const SAID: Readonly<Record<string, string>> = { competitor_mention: 'They compare us with a competitor' };

function addEvents(id: string, company: StoredRecord, under: Under): void {
  for (const one of rowsByAccount('events.csv')(id)) {
    const on = day(one.date ?? '');
    const said = SAID[one.type ?? ''];
    if (said) under('0-46', at(on), { hs_timestamp: iso(at(on)), hs_note_body: said });
    if (one.type === 'price_increase_notice') dated(company, NAMES.priceRaisedOn.name, on, at(on));
    if (one.type === 'payment_failed')
      for (const { on: since, days } of overdueSteps(on)) dated(company, 'days_overdue', String(days), at(since));
    if (one.type === 'incident')
      under('0-5', at(on, 1), { subject: 'Outage reported', hs_pipeline: '0', hs_pipeline_stage: '4', closed_date: iso(at(on, 2)) });
  }
  for (const one of rowsByAccount('engagement_monthly.csv')(id)) {
    const on = addDays(day(one.month ?? ''), 14);
    if (Number(one.meetings) > 0 && on <= SYNTH_TODAY)
      under('0-47', at(on), {
        hs_timestamp: iso(at(on)),
        hs_meeting_title: 'Meeting',
        hs_meeting_start_time: iso(at(on)),
        hs_meeting_outcome: 'COMPLETED',
      });
  }
}

/** One who opens the mails and reads the pages of all, and champions us until one leaves. */
function addContact(id: string, start: Day, under: Under): StoredRecord {
  const contact = under('0-1', at(start, 1), { lastname: 'Sample Reader', email: `reader@${id.toLowerCase()}.example` });
  const totals = new Map<string, number>();
  for (const one of rowsByAccount('engagement_monthly.csv')(id)) {
    const known = addDays(firstDay(monthOf(day(one.month ?? ''))), 27);
    for (const [column, property] of [
      ['emails_sent', 'hs_email_delivered'],
      ['emails_opened', 'hs_email_open'],
      ['cancel_page_views', NAMES.cancelViews.name],
      ['pricing_page_views', NAMES.pricingViews.name],
    ] as const) {
      const more = Number(one[column]);
      if (more === 0 || known > SYNTH_TODAY) continue;
      totals.set(property, (totals.get(property) ?? 0) + more);
      dated(contact, property, String(totals.get(property)), at(known), 'ANALYTICS');
    }
  }
  for (const one of rowsByAccount('events.csv')(id)) {
    if (one.type !== 'champion_left') continue;
    const on = day(one.date ?? '');
    const champion = under('0-1', at(start, 1), { lastname: 'Sample Champion', [NAMES.contactRole.name]: 'champion' });
    dated(champion, NAMES.contactLeft.name, on, at(on));
  }
  return contact;
}
