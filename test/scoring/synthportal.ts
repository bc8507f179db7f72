/** Reads a simulated portal's CSV files as accounts, where they are there (a folder beside the project, or KIZASHI_CHURN_DATA). */
import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Account, AttributeValue, ContactCounters, ContactFact, Counter, FeedId, SourceRef } from '../../src/account.ts';
import { addDays, addMonths, type Day, daysBetween, firstDay, monthOf } from '../../src/units/day.ts';
import { day, mrr, ticket, touch } from './portal.ts';

const beside = resolve(import.meta.dirname, '../../..');
const folder = join(process.env.KIZASHI_CHURN_DATA ?? join(beside, 'shared', 'churn'), 'synthportal');

export const hasSynthportal = existsSync(join(folder, 'accounts.csv'));

export interface SynthAccount {
  readonly account: Account;
  readonly churnedOn: Day | null;
}

export type Row = Readonly<Record<string, string>>;

export function synthRows(name: string): Row[] {
  const [head = '', ...lines] = readFileSync(join(folder, name), 'utf8').trim().split(/\r?\n/);
  const names = head.split(',');
  return lines.map((line) => Object.fromEntries(line.split(',').map((value, index) => [names[index] ?? '', value])));
}

const read = new Map<string, Map<string, Row[]>>();

export function rowsByAccount(name: string): (id: string) => readonly Row[] {
  const found = read.get(name) ?? Map.groupBy(synthRows(name), (row) => row.account_id ?? '');
  read.set(name, found);
  return (id) => found.get(id) ?? [];
}

const text = (row: Row, name: string): string => row[name] ?? '';
const number = (row: Row, name: string): number => Number(row[name]);
const numberOrNull = (row: Row, name: string): number | null => (row[name] ? Number(row[name]) : null);

/** The renewal on or after `asOf`, a whole number of terms after the start. */
export function nextRenewal(start: Day, termMonths: number, asOf: Day): Day {
  let month = monthOf(start);
  const turn = daysBetween(firstDay(month), start);
  while (addDays(firstDay(month), turn) < asOf) month = addMonths(month, termMonths);
  return addDays(firstDay(month), turn);
}

let inPlan: Map<string, number> | undefined;

/** How many features a plan has: the most that any of its accounts ever used. */
export function featuresOfPlan(plan: string): number {
  if (!inPlan) {
    const planOf = new Map(synthRows('accounts.csv').map((row) => [text(row, 'account_id'), text(row, 'plan')]));
    inPlan = new Map();
    for (const row of synthRows('usage_weekly.csv')) {
      const name = planOf.get(text(row, 'account_id')) ?? '';
      inPlan.set(name, Math.max(inPlan.get(name) ?? 0, Number(text(row, 'features_used'))));
    }
  }
  return inPlan.get(plan) ?? 0;
}

const EVERY: readonly FeedId[] = ['mrr', 'contract', 'billing', 'web', 'email'];
/** What is noted of an event that the tables name by a word. */
const SAID: Readonly<Record<string, string>> = { competitor_mention: 'They compare us with a competitor', incident: 'An incident' };

const at = <T>(on: Day, value: T, source: SourceRef): AttributeValue<T> => ({ value, validAt: on, knownAt: on, source });

/** A failed payment is counted up each week, and paid after five. */
export const overdueSteps = (failed: Day): { readonly on: Day; readonly days: number }[] =>
  [7, 14, 21, 28, 35].map((days) => ({ on: addDays(failed, days), days: days === 35 ? 0 : days }));
const overdue = (failed: Day, source: SourceRef): AttributeValue<number>[] =>
  overdueSteps(failed).map(({ on, days }) => at(on, days, source));

/** A month of the engagement table is known when it is nearly over. */
const lastDayOf = (row: Row): Day => addDays(day(text(row, 'month')), 27);

/** One contact who opens the mails and reads the pages of all. */
function reader(start: Day, months: readonly Row[], source: SourceRef): ContactFact {
  const grown = (column: string): Counter => {
    let total = 0;
    return months.map((row) => {
      total += number(row, column);
      return { on: lastDayOf(row), total };
    });
  };
  const counters: ContactCounters = {
    emailsSent: grown('emails_sent'),
    emailsOpened: grown('emails_opened'),
    cancelPageViews: grown('cancel_page_views'),
    pricingPageViews: grown('pricing_page_views'),
  };
  const nobody = { name: 'Sample Reader', email: null, jobTitle: null, role: null, champion: false, left: null, lastActiveOn: null };
  return { ...nobody, validAt: start, knownAt: start, source, counters };
}

/** Every account as its facts stood on `asOf`; the calendar does what a renewal property would have said then. */
export function synthAccounts(asOf: Day): readonly SynthAccount[] {
  const money = rowsByAccount('mrr_monthly.csv');
  const usage = rowsByAccount('usage_weekly.csv');
  const tickets = rowsByAccount('tickets.csv');
  const surveys = rowsByAccount('surveys.csv');
  const engagement = rowsByAccount('engagement_monthly.csv');
  const events = rowsByAccount('events.csv');
  const upTo = (on: Day): boolean => on <= asOf;
  return synthRows('accounts.csv').map((row): SynthAccount => {
    const id = text(row, 'account_id');
    const start = day(text(row, 'contract_start'));
    const source = (object: string, index: number) => ({ object, id: `${id}-${index}` });
    const fixed = <T>(value: T) => [{ value, validAt: start, knownAt: start, source: source('companies', 0) }];
    const annual = text(row, 'billing') === 'annual';
    const champion = (index: number, on: Day): ContactFact => ({
      validAt: start,
      knownAt: start,
      source: source('contacts', index),
      name: 'Sample Champion',
      email: null,
      jobTitle: null,
      role: null,
      champion: true,
      left: { on, knownAt: on },
      lastActiveOn: null,
    });
    const account: Account = {
      id,
      name: text(row, 'name'),
      domain: null,
      ownerId: null,
      createdOn: start,
      attributes: {
        contractStart: fixed(start),
        contractBilling: fixed(text(row, 'billing')),
        priceRaisedOn: events(id)
          .filter((one) => text(one, 'type') === 'price_increase_notice' && upTo(day(text(one, 'date'))))
          .map((one) => at(day(text(one, 'date')), day(text(one, 'date')), source('companies', 0))),
        daysOverdue: [
          at(start, 0, source('companies', 0)),
          ...events(id)
            .filter((one) => text(one, 'type') === 'payment_failed')
            .flatMap((one) => overdue(day(text(one, 'date')), source('companies', 0))),
        ],
        featuresInPlan: fixed(featuresOfPlan(text(row, 'plan'))),
        ...(annual ? { contractRenewal: fixed(nextRenewal(start, number(row, 'term_months'), asOf)) } : {}),
      },
      mrr: money(id)
        .map((one, index) => {
          const first = day(text(one, 'month'));
          const known = { validAt: first, knownAt: first, source: source('2-100', index) };
          return mrr(text(one, 'month'), number(one, 'mrr'), { ...known, product: text(one, 'product'), seats: number(one, 'seats') });
        })
        .filter((fact) => upTo(fact.validAt)),
      usage: usage(id)
        .map((one, index) => {
          const first = day(text(one, 'week_start'));
          return {
            validAt: first,
            knownAt: addDays(first, 6),
            days: 7,
            logins: numberOrNull(one, 'logins'),
            activeUsers: numberOrNull(one, 'active_users'),
            minutes: null,
            featuresUsed: numberOrNull(one, 'features_used'),
            lastUsedOn: text(one, 'last_login_date') ? day(text(one, 'last_login_date')) : null,
            source: source('2-200', index),
          };
        })
        .filter((fact) => upTo(fact.knownAt)),
      tickets: tickets(id)
        // The trap of the set: tickets that are written because of the churn.
        .filter((one) => text(one, 'category') !== 'cancellation')
        .map((one) => {
          const closed = text(one, 'closed') ? day(text(one, 'closed')) : null;
          return ticket(text(one, 'created'), {
            source: { object: 'tickets', id: text(one, 'ticket_id') },
            closedOn: closed,
            priority: text(one, 'priority') === 'high' ? 'high' : 'low',
            category: text(one, 'category'),
            csat: closed && upTo(closed) ? numberOrNull(one, 'csat') : null,
            escalated: text(one, 'escalated') === '1',
            reopened: text(one, 'reopened') === '1',
          });
        })
        .filter((fact) => upTo(fact.validAt)),
      surveys: surveys(id)
        .map((one, index) => {
          const on = day(text(one, 'date'));
          return {
            validAt: on,
            knownAt: on,
            kind: 'nps' as const,
            score: number(one, 'score'),
            who: null,
            comment: null,
            source: source('nps', index),
          };
        })
        .filter((fact) => upTo(fact.validAt)),
      touches: engagement(id)
        .filter((one) => number(one, 'meetings') > 0)
        .map((one) => touch(addDays(day(text(one, 'month')), 14), 'meeting'))
        .concat(
          events(id).flatMap((one) => {
            const body = SAID[text(one, 'type')];
            return body === undefined ? [] : [touch(text(one, 'date'), 'note', { body })];
          }),
        )
        .filter((fact) => upTo(fact.validAt)),
      contacts: [
        ...events(id)
          .filter((one) => text(one, 'type') === 'champion_left' && upTo(day(text(one, 'date'))))
          .map((one, index) => champion(index, day(text(one, 'date')))),
        reader(
          start,
          engagement(id).filter((one) => upTo(lastDayOf(one))),
          source('contacts', 99),
        ),
      ],
      matched: text(row, 'has_usage_feed') === '1' ? [...EVERY, 'usage'] : EVERY,
    };
    return { account, churnedOn: text(row, 'churn_date') ? day(text(row, 'churn_date')) : null };
  });
}

/** The feeds that the tables fill. */
export const SYNTH_FEEDS: readonly FeedId[] = [...EVERY, 'usage', 'support', 'survey', 'engagement', 'people', 'mentions', 'csm'];
