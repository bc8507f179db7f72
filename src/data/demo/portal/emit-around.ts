/** Records around a company: tickets, surveys, activities, deals. */
import type { Instant } from '../../../units/day.ts';
import type { StoredRecord } from '../state.ts';
import { dated, type Emitter } from './emitter.ts';
import type { AccountPlan, TouchPlan } from './plan.ts';

const HOUR_MS = 3_600_000;
const iso = (at: number): string => new Date(at).toISOString();

export function emitTickets(
  { calendar, names, add, link }: Emitter,
  company: StoredRecord,
  plan: AccountPlan,
  contacts: readonly StoredRecord[],
  ownerId: string | undefined,
): void {
  for (const [index, ticket] of plan.tickets.entries()) {
    const opened = calendar.at(ticket.daysAgo, 10);
    const closed = ticket.closedAfterHours === null ? null : opened + ticket.closedAfterHours * HOUR_MS;
    const properties: Record<string, string> = {
      subject: ticket.subject,
      content: ticket.content,
      hs_pipeline: '0',
      hs_pipeline_stage: closed === null ? '2' : '1',
      hs_ticket_priority: ticket.priority,
      hs_ticket_category: ticket.category,
      [names.ticketEscalated.name]: String(ticket.escalated ?? false),
      [names.ticketReopened.name]: String(ticket.reopened ?? false),
      ...(ownerId ? { hubspot_owner_id: ownerId } : {}),
    };
    const record = add('0-5', opened, properties);
    if (closed !== null) {
      const at = closed as Instant;
      dated(record, 'hs_pipeline_stage', '4', at);
      dated(record, 'closed_date', iso(at), at);
      dated(record, 'time_to_close', String(at - opened), at, 'CALCULATED');
      if (ticket.csat !== undefined) dated(record, names.ticketCsat.name, String(ticket.csat), at);
    }
    link('0-5', record.id, '0-2', company.id);
    const contact = contacts[index % Math.max(1, contacts.length)];
    if (contact) link('0-1', contact.id, '0-5', record.id);
    if (closed !== null && ticket.csat !== undefined) {
      const survey = add('0-19', (closed + HOUR_MS) as Instant, csatProperties(ticket.csat, closed + HOUR_MS));
      link('0-5', record.id, '0-19', survey.id);
      if (contact) link('0-1', contact.id, '0-19', survey.id);
    }
  }
}

const csatProperties = (score: number, at: number): Record<string, string> => ({
  hs_survey_type: 'CSAT',
  hs_survey_name: 'サポート満足度',
  hs_survey_id: '2',
  hs_survey_channel: 'EMAIL',
  hs_value: String(score),
  hs_response_group: score >= 4 ? 'HAPPY' : score === 3 ? 'NEUTRAL' : 'UNHAPPY',
  hs_submission_timestamp: iso(at),
});

export function emitSurveys({ calendar, add, link }: Emitter, plan: AccountPlan, contacts: readonly StoredRecord[]): void {
  for (const survey of plan.nps) {
    const at = calendar.at(survey.daysAgo, 12);
    const contact = contacts[survey.by ?? 0];
    if (!contact) continue;
    const record = add('0-19', at, {
      hs_survey_type: 'NPS',
      hs_survey_name: 'NPS',
      hs_survey_id: '1',
      hs_survey_channel: 'EMAIL',
      hs_value: String(survey.score),
      hs_response_group: survey.score >= 9 ? 'PROMOTER' : survey.score >= 7 ? 'PASSIVE' : 'DETRACTOR',
      hs_submission_timestamp: iso(at),
      ...(survey.comment ? { hs_content: survey.comment } : {}),
    });
    link('0-1', contact.id, '0-19', record.id);
  }
}

const ACTIVITY_TYPE: Readonly<Record<TouchPlan['kind'], string>> = {
  note: '0-46',
  call: '0-48',
  meeting: '0-47',
  'email-in': '0-49',
  'email-out': '0-49',
  task: '0-27',
};

export function emitActivity(
  { calendar, add, link }: Emitter,
  company: StoredRecord,
  touch: TouchPlan,
  contact: StoredRecord | undefined,
  ownerId: string | undefined,
): void {
  const at = calendar.at(touch.daysAgo, 14);
  // What lies ahead was written down yesterday.
  const made = touch.daysAgo > 0 ? at : calendar.at(1, 17);
  const type = ACTIVITY_TYPE[touch.kind];
  const record = add(type, made, {
    hs_timestamp: iso(at),
    ...activityProperties(touch, at),
    ...(ownerId ? { hubspot_owner_id: ownerId } : {}),
  });
  link(type, record.id, '0-2', company.id);
  if (contact && touch.kind !== 'note' && touch.kind !== 'task') {
    link(type, record.id, '0-1', contact.id);
    const last = contact.properties.notes_last_contacted ?? '';
    if (touch.daysAgo >= 0 && iso(at) > last) contact.properties.notes_last_contacted = iso(at);
  }
  if (company.updatedAt < made) company.updatedAt = made;
}

function activityProperties(touch: TouchPlan, at: number): Record<string, string> {
  const done = touch.done ?? true;
  switch (touch.kind) {
    case 'note':
      return { hs_note_body: touch.body };
    case 'task':
      return {
        hs_task_subject: touch.title,
        hs_task_body: touch.body,
        hs_task_status: done ? 'COMPLETED' : 'NOT_STARTED',
        hs_task_priority: 'MEDIUM',
        hs_task_type: 'TODO',
      };
    case 'call':
      return {
        hs_call_title: touch.title,
        hs_call_body: touch.body,
        hs_call_direction: 'OUTBOUND',
        hs_call_status: done ? 'COMPLETED' : 'NO_ANSWER',
        hs_call_duration: done ? '900000' : '0',
      };
    case 'meeting':
      return {
        hs_meeting_title: touch.title,
        hs_meeting_body: touch.body,
        hs_meeting_start_time: iso(at),
        hs_meeting_end_time: iso(at + HOUR_MS),
        hs_meeting_outcome: touch.daysAgo < 0 ? 'SCHEDULED' : done ? 'COMPLETED' : 'NO_SHOW',
      };
    case 'email-in':
    case 'email-out':
      return {
        hs_email_direction: touch.kind === 'email-in' ? 'INCOMING_EMAIL' : 'EMAIL',
        hs_email_status: 'SENT',
        hs_email_subject: touch.title,
        hs_email_text: touch.body,
      };
  }
}

/** The deal of the first contract, and an open renewal where there is one; items as of the signing. */
export function emitDeals(emitter: Emitter, company: StoredRecord, plan: AccountPlan, salesId: string): readonly StoredRecord[] {
  return dealsOf(plan, salesId).map((shape) => emitDeal(emitter, company, plan, shape));
}

function dealsOf(plan: AccountPlan, salesId: string): readonly DealShape[] {
  const open = { stage: 'proposal', salesId };
  if (plan.kind === 'prospect') return [{ ...open, name: '新規', type: 'newbusiness', closeDaysAgo: -40, madeDaysAgo: 20 }];
  const { startDaysAgo, renewalInDays } = plan;
  const signed = {
    name: '新規契約',
    stage: 'closedwon',
    type: 'newbusiness',
    closeDaysAgo: startDaysAgo,
    madeDaysAgo: startDaysAgo + 30,
    salesId,
  };
  if (!plan.renewalDeal || renewalInDays === null) return [signed];
  return [signed, { ...open, name: '契約更新', type: 'renewal', closeDaysAgo: -renewalInDays, madeDaysAgo: 25 }];
}

interface DealShape {
  readonly name: string;
  readonly stage: string;
  readonly type: string;
  readonly closeDaysAgo: number;
  readonly madeDaysAgo: number;
  readonly salesId: string;
}

function emitDeal({ calendar, add, link }: Emitter, company: StoredRecord, plan: AccountPlan, shape: DealShape): StoredRecord {
  const first = (line: AccountPlan['mrr'][number]) => line.months.find((value) => value !== null) ?? 0;
  const total = plan.mrr.reduce((sum, line) => sum + first(line), 0);
  const deal = add('0-3', calendar.at(shape.madeDaysAgo, 9), {
    dealname: `${plan.name} ${shape.name}`,
    amount: String(total * plan.termMonths),
    dealstage: shape.stage,
    pipeline: 'default',
    dealtype: shape.type,
    closedate: iso(calendar.at(shape.closeDaysAgo, 11)),
    deal_currency_code: 'JPY',
    hs_mrr: String(total),
    hs_arr: String(total * 12),
    hs_is_closed: String(shape.stage.startsWith('closed')),
    hs_is_closed_won: String(shape.stage === 'closedwon'),
    hubspot_owner_id: shape.salesId,
  });
  link('0-3', deal.id, '0-2', company.id);
  for (const line of plan.mrr) {
    const item = add('0-8', deal.createdAt, {
      name: `${line.product} ${line.plan}`,
      quantity: '1',
      price: String(first(line)),
      amount: String(first(line)),
      hs_mrr: String(first(line)),
      hs_line_item_currency_code: line.currency ?? 'JPY',
      recurringbillingfrequency: 'monthly',
      hs_recurring_billing_start_date: calendar.day(shape.closeDaysAgo),
    });
    link('0-3', deal.id, '0-8', item.id);
  }
  return deal;
}
