/** Any account that a portal could hold, for properties. */
import fc from 'fast-check';
import type { Account, Dated, FeedId, TicketFact } from '../../src/account.ts';
import { addDays, addMonths, type Day, firstDay, monthOf } from '../../src/units/day.ts';
import { fromMajor } from '../../src/units/money.ts';
import { day, id } from './portal.ts';

export const AS_OF = day('2026-11-21');

/** Within two years before as-of and two months after it. */
const anyDay: fc.Arbitrary<Day> = fc.integer({ min: -60, max: 730 }).map((back) => addDays(AS_OF, -back));

const dated = (object: string): fc.Arbitrary<Dated> =>
  fc
    .record({ validAt: anyDay, lag: fc.nat(40) })
    .map(({ validAt, lag }) => ({ validAt, knownAt: addDays(validAt, lag), source: { object, id: id() } }));

/** As HubSpot gives a property's history: oldest first, known when it was valid. */
const history = <T>(value: fc.Arbitrary<T>) =>
  fc
    .array(fc.record({ value: fc.option(value), at: anyDay }), { minLength: 1, maxLength: 3 })
    .map((entries) =>
      entries
        .sort((a, b) => (a.at < b.at ? -1 : 1))
        .map(({ value, at }) => ({ value, validAt: at, knownAt: at, source: { object: 'companies', id: '1' } })),
    );

const future = fc.integer({ min: -200, max: 400 }).map((ahead) => addDays(AS_OF, ahead));
const count = fc.option(fc.nat(60));
/** A running total, oldest step first. */
const counter = fc.array(anyDay, { maxLength: 8 }).map((days) => days.sort().map((on, index) => ({ on, total: index + 1 })));

/** Category and priority were others before `days` after the ticket became known. */
const changed = (
  now: Pick<TicketFact, 'category' | 'priority'>,
  known: Day,
  { days, category, urgent }: { days: number; category: string; urgent: boolean },
): Partial<TicketFact> => ({
  changes: {
    category: [
      { on: known, value: now.category },
      { on: addDays(known, days), value: category },
    ],
    ...(urgent ? { priority: [{ on: addDays(known, days), value: 'urgent' as const }] } : {}),
  },
  category,
  priority: urgent ? 'urgent' : now.priority,
});

export const accounts: fc.Arbitrary<Account> = fc
  .record({
    attributes: fc.record(
      {
        contractStart: history(anyDay),
        contractRenewal: history(future),
        contractBilling: history(fc.constantFrom('monthly', 'annual')),
        noticeDays: history(fc.nat(90)),
        noticeGivenOn: history(anyDay),
        seats: history(fc.nat(60)),
        featuresInPlan: history(fc.nat(30)),
        lastUsedOn: history(anyDay),
        adoption: history(fc.double({ min: 0, max: 1, noNaN: true })),
        daysOverdue: history(fc.nat(60)),
        discountEndsOn: history(future),
        discount: history(fc.constantFrom(0.05, 0.2)),
        priceRaisedOn: history(anyDay),
        priceRaise: history(fc.constantFrom(0.1, 0.3)),
        sentiment: history(fc.constantFrom('HEALTHY', 'AT_RISK', 'NEUTRAL', 'sunny')),
      },
      { requiredKeys: [] },
    ),
    mrr: fc.array(
      fc
        .record({
          back: fc.integer({ min: -1, max: 14 }),
          lag: fc.nat(40),
          amount: fc.integer({ min: -50, max: 500 }),
          currency: fc.constantFrom('JPY', 'JPY', 'JPY', 'USD'),
          product: fc.constantFrom('CRM', 'MA', null),
          plan: fc.constantFrom('Pro', null),
          seats: fc.option(fc.nat(60)),
        })
        .map(({ back, lag, amount, ...rest }) => {
          const month = addMonths(monthOf(AS_OF), -back);
          const validAt = firstDay(month);
          return {
            ...rest,
            month,
            amount: fromMajor(amount),
            validAt,
            knownAt: addDays(validAt, lag),
            source: { object: '2-1', id: id() },
          };
        }),
      { maxLength: 25 },
    ),
    usage: fc.array(
      fc
        .record({
          back: fc.integer({ min: -3, max: 20 }),
          lag: fc.nat(12),
          logins: count,
          activeUsers: count,
          featuresUsed: count,
          minutes: count,
          lastUsedOn: fc.option(anyDay),
          features: fc.subarray(['reports', 'api', 'search']),
        })
        .map(({ back, lag, ...rest }) => {
          const validAt = addDays(AS_OF, -7 * back - 6);
          return { ...rest, validAt, knownAt: addDays(validAt, 6 + lag), days: 7, source: { object: '2-2', id: id() } };
        }),
      { maxLength: 24 },
    ),
    tickets: fc.array(
      fc
        .record({
          base: dated('tickets'),
          subject: fc.constantFrom('A question', 'Please cancel our contract', '他社と比べて割高', 'Feature request: export', 'Outage'),
          content: fc.constantFrom(null, 'It is too expensive.', '<p>競合を検討中</p>'),
          open: fc.option(fc.nat(60)),
          priority: fc.constantFrom('low' as const, 'high' as const, null),
          category: fc.constantFrom('bug', 'billing', null),
          escalated: fc.constantFrom(true, false, null),
          reopened: fc.constantFrom(true, false, null),
          csat: fc.option(fc.integer({ min: 1, max: 5 })),
          later: fc.option(fc.record({ days: fc.nat(60), category: fc.constantFrom('cancellation', 'billing'), urgent: fc.boolean() })),
        })
        .map(({ base, open, later, ...rest }) => ({
          ...base,
          ...rest,
          ...(later === null ? {} : changed(rest, base.knownAt, later)),
          closedOn: open === null ? null : addDays(base.validAt, open),
          hoursToClose: open === null ? null : open * 24,
        })),
      { maxLength: 10 },
    ),
    surveys: fc.array(
      fc
        .record({ base: dated('feedback'), kind: fc.constantFrom('nps' as const, 'csat' as const), score: fc.integer({ min: 1, max: 5 }) })
        .map(({ base, ...rest }) => ({ ...base, ...rest, who: null, comment: null })),
      { maxLength: 6 },
    ),
    touches: fc.array(
      fc
        .record({ base: dated('meetings'), kind: fc.constantFrom('meeting' as const, 'note' as const), twoWay: fc.boolean() })
        .map(({ base, ...rest }) => ({ ...base, ...rest, title: '', body: null, direction: null, ownerId: null })),
      { maxLength: 6 },
    ),
    contacts: fc.array(
      fc
        .record({
          base: dated('contacts'),
          champion: fc.boolean(),
          left: fc.option(fc.record({ on: anyDay, knownAt: anyDay })),
          counters: fc.record(
            { visits: counter, cancelPageViews: counter, emailsSent: counter, emailsOpened: counter },
            { requiredKeys: [] },
          ),
          surveyedOn: fc.array(fc.record({ on: anyDay, knownAt: anyDay }), { maxLength: 4 }),
        })
        .map(({ base, ...rest }) => ({ ...base, ...rest, name: 'A', email: null, jobTitle: null, role: null, lastActiveOn: null })),
      { maxLength: 4 },
    ),
    deals: fc.array(
      fc
        .record({
          base: dated('deals'),
          name: fc.constantFrom('Renewal', 'Upsell', '競合からの乗り換え'),
          closedOn: fc.option(anyDay),
          renewal: fc.boolean(),
        })
        .map(({ base, ...rest }) => ({ ...base, ...rest, text: null })),
      { maxLength: 2 },
    ),
    matched: fc.subarray<FeedId>(['usage', 'mrr', 'billing', 'contract']),
  })
  .map((facts) => ({ id: id(), name: 'Any', domain: null, ownerId: null, createdOn: day('2023-01-01'), ...facts }) as Account);

/** A fact list's worth of facts that became known, or happen, only after as-of. */
export const later = (account: Account, known: boolean): Account => {
  const move = <T extends Dated>(fact: T): T => ({
    ...fact,
    validAt: known ? fact.validAt : addDays(AS_OF, 3),
    knownAt: addDays(AS_OF, 5),
    source: { ...fact.source, id: id() },
  });
  return {
    ...account,
    mrr: account.mrr.map((fact) => {
      const moved = move(fact);
      return { ...moved, month: monthOf(moved.validAt) };
    }),
    usage: account.usage.map(move),
    tickets: account.tickets.map(move),
    surveys: account.surveys.map(move),
    touches: account.touches.map(move),
    contacts: account.contacts.map(move),
    deals: (account.deals ?? []).map(move),
  };
};
