/**
 * A portal of any size with full histories, as records: 30 months of MRR for one or two products, 60 weeks of usage,
 * tickets, answers, mails, calls, meetings and contacts. The same number gives the same portal.
 */
import { type FactsContext, NOTHING_IMPORTED } from '../src/data/facts/context.ts';
import type { CustomObjects, RawAccount, StoredRecord } from '../src/data/store/types.ts';
import { addDays, addMonths, type Day, firstDay, type Instant, monthOf, serialOf } from '../src/units/day.ts';
import { type Random, seeded } from '../src/units/random.ts';

const MONTHS = 30;
const WEEKS = 60;
const MS_PER_DAY = 86_400_000;

export const CUSTOM: CustomObjects = { mrrObject: '2-101', usageObject: '2-102' };

export const historyContext = (today: Day): FactsContext => ({
  mapping: {
    'mrr.source': 'custom-object',
    'mrr.object': '2-101',
    'mrr.month': 'target_month',
    'mrr.amount': 'amount',
    'mrr.product': 'product',
    'mrr.plan': 'plan',
    'mrr.seats': 'seats',
    'contract.start': 'contract_start',
    'contract.renewal': 'contract_renewal',
    'contract.billing': 'billing_cycle',
    'profile.segment': 'segment',
    'usage.object': '2-102',
    'usage.week': 'week_start',
    'usage.logins': 'logins',
    'usage.activeUsers': 'active_users',
    'usage.featuresUsed': 'features_used',
    'usage.lastUsedOn': 'last_used_on',
    'usage.seatsBought': 'company.seats',
    'usage.featuresInPlan': 'company.features_in_plan',
    'billing.daysOverdue': 'days_overdue',
    'support.csat': 'csat',
    'support.escalated': 'escalated',
    'support.reopened': 'reopened',
    'survey.source': 'feedback',
    'web.visits': 'visits',
    'web.cancelPageViews': 'cancel_views',
    'email.sent': 'mails_sent',
    'email.opened': 'mails_opened',
    'people.champion': 'champion',
  },
  zone: 'Asia/Tokyo',
  currency: 'JPY',
  pipelines: [],
  dealPipelines: [],
  today,
  imported: NOTHING_IMPORTED,
  owners: [],
  propertyTypes: {
    companies: { contract_start: 'date', contract_renewal: 'date', createdate: 'datetime' },
    tickets: { createdate: 'datetime', closed_date: 'datetime' },
    '2-101': { target_month: 'date', amount: 'number' },
    '2-102': { week_start: 'date', last_used_on: 'date' },
  },
  unavailable: {},
});

export function* histories(count: number, asOf: Day): Generator<RawAccount> {
  const random = seeded(count);
  let next = 100_000_000;
  for (let index = 0; index < count; index++) {
    yield accountOf(asOf, random, () => String(next++));
  }
}

const PLANS = ['Basic', 'Pro', 'Enterprise'];
const CATEGORIES = ['question', 'bug', 'billing', 'request'];
const SUBJECTS = [
  'How do I export a report?',
  'Login fails',
  'Invoice address',
  'Feature request: export',
  'ログインできない',
  '設定の質問',
];

const at = (day: Day): Instant => (serialOf(day) * MS_PER_DAY) as Instant;
const iso = (day: Day): string => new Date(at(day)).toISOString();
const whole = (random: Random, least: number, most: number): number => least + Math.floor(random() * (most - least + 1));
const oneOf = (random: Random, list: readonly string[]): string => list[Math.floor(random() * list.length)] ?? '';

function accountOf(asOf: Day, random: Random, id: () => string): RawAccount {
  const ago = (days: number): Day => addDays(asOf, -days);
  const record = (
    object: string,
    made: Day,
    properties: Readonly<Record<string, string | null>>,
    history: StoredRecord['history'] = {},
  ): StoredRecord => ({ object, id: id(), properties, history, createdAt: at(made), updatedAt: at(made), firstSeenAt: at(made) });
  const times = <T>(length: number, make: (index: number) => T): T[] => Array.from({ length }, (_, index) => make(index));
  /** A total that grew `steps` times on the way to today. */
  const counter = (name: string, steps: number, every: number) => ({
    [name]: times(steps, (step) => ({ value: String(step + 1), timestamp: at(ago((steps - step) * every)) })),
  });

  const seats = whole(random, 5, 80);
  const price = whole(random, 20, 900) * 1_000;
  const plan = oneOf(random, PLANS);
  const products = random() < 0.4 ? ['CRM', 'MA'] : ['CRM'];
  const slope = random() * 1.6 - 1;
  const began = whole(random, 0, MONTHS + 24);
  const company = record(
    'companies',
    ago(900),
    {
      name: `Sample ${id()}`,
      domain: 'sample.example',
      createdate: iso(ago(900)),
      contract_start: firstDay(addMonths(monthOf(asOf), -began)),
      contract_renewal: addDays(asOf, whole(random, -20, 360)),
      billing_cycle: random() < 0.3 ? 'monthly' : 'annual',
      seats: String(seats),
      features_in_plan: '12',
      segment: oneOf(random, ['SMB', 'Mid', 'Enterprise']),
      days_overdue: random() < 0.1 ? '14' : '0',
    },
    { days_overdue: [{ value: random() < 0.1 ? '14' : '0', timestamp: at(ago(9)) }] },
  );
  const mrr = products.flatMap((product) =>
    times(Math.min(MONTHS, began + 1), (back) => {
      const month = addMonths(monthOf(asOf), -back);
      const amount = Math.round(price * (1 - (back < 4 ? Math.max(0, -slope) * 0.1 : 0)));
      return record('2-101', firstDay(month), {
        target_month: firstDay(month),
        amount: String(amount),
        product,
        plan,
        seats: String(seats),
      });
    }),
  );
  const usage = times(WEEKS, (back) => {
    const week = ago(7 * back + 6);
    const level = Math.max(0, 1 + slope * (1 - back / WEEKS)) * (0.7 + 0.6 * random());
    return record('2-102', addDays(week, 6), {
      week_start: week,
      logins: String(Math.round(seats * 2 * level)),
      active_users: String(Math.min(seats, Math.round(seats * 0.6 * level))),
      features_used: String(Math.min(12, Math.round(7 * level))),
      last_used_on: level > 0 ? addDays(week, 5) : null,
    });
  });
  const tickets = times(whole(random, 4, 20), () => {
    const opened = whole(random, 0, 600);
    const closed = opened - whole(random, 0, 9);
    return record('tickets', ago(opened), {
      subject: oneOf(random, SUBJECTS),
      content: '<p>We tried it twice and it did not work. Could you have a look?</p>',
      createdate: iso(ago(opened)),
      closed_date: closed >= 0 ? iso(ago(closed)) : null,
      hs_ticket_priority: oneOf(random, ['LOW', 'MEDIUM', 'HIGH']),
      hs_ticket_category: oneOf(random, CATEGORIES),
      escalated: random() < 0.05 ? 'true' : 'false',
      reopened: random() < 0.08 ? 'true' : 'false',
      csat: random() < 0.5 ? String(whole(random, 1, 5)) : null,
    });
  });
  const feedback = times(4, (index) => {
    const on = ago(whole(random, 0, 100) + 110 * index);
    return record('feedback_submissions', on, {
      hs_survey_type: index % 2 === 0 ? 'NPS' : 'CSAT',
      hs_value: String(index % 2 === 0 ? whole(random, 0, 10) : whole(random, 1, 5)),
      hs_submission_timestamp: iso(on),
      hs_content: 'It does what we need.',
    });
  });
  const touch = (object: string, most: number, properties: (on: Day) => Readonly<Record<string, string>>): StoredRecord[] =>
    times(whole(random, 2, most), () => {
      const on = ago(whole(random, 0, 700));
      return record(object, on, { hs_timestamp: iso(on), ...properties(on) });
    });
  const contacts = times(4, (index) =>
    record(
      'contacts',
      ago(800),
      {
        firstname: 'Sample',
        lastname: `Person ${index}`,
        email: `person${index}@sample.example`,
        champion: index === 0 ? 'true' : 'false',
        hs_analytics_last_timestamp: String(at(ago(whole(random, 0, 200)))),
        visits: '14',
        mails_sent: '20',
        mails_opened: '8',
        cancel_views: random() < 0.1 ? '1' : '',
      },
      { ...counter('visits', 14, 12), ...counter('mails_sent', 20, 14), ...counter('mails_opened', 8, 31) },
    ),
  );
  return {
    company,
    mrr,
    usage,
    tickets,
    contacts,
    feedback,
    notes: touch('notes', 8, () => ({ hs_note_body: '<p>Talked about the rollout and the next steps.</p>' })),
    tasks: touch('tasks', 4, () => ({ hs_task_subject: 'Follow up', hs_task_status: 'COMPLETED' })),
    calls: touch('calls', 6, () => ({ hs_call_title: 'Check-in', hs_call_status: 'COMPLETED' })),
    meetings: touch('meetings', 5, (on) => ({ hs_meeting_title: 'Review', hs_meeting_start_time: iso(on) })),
    emails: touch('emails', 12, () => ({
      hs_email_subject: 'Re: your question',
      hs_email_text: 'Thank you, that was quick. We will try it next week.',
      hs_email_direction: 'INCOMING_EMAIL',
    })),
    deals: [],
    lineItems: [],
    subscriptions: [],
    events: [],
  };
}
