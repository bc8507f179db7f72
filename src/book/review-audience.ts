/** Who a quarterly review is for. What a customer gets holds nothing that only we may read: it is taken out here, before anything is written. */
import type { Review } from './review.ts';
import type { BookRow } from './row.ts';

export const AUDIENCES = ['team', 'customer'] as const;
export type Audience = (typeof AUDIENCES)[number];

/** Signals that say nothing but what the customer sees in the product and in their own tickets. A team's own signals are none of these. */
const SAID_TO_CUSTOMERS: ReadonlySet<string> = new Set([
  'usage.login_drop',
  'usage.seat_util_low',
  'usage.adoption_low',
  'usage.adoption_drop',
  'usage.key_feature_stopped',
  'lifecycle.not_activated',
  'support.urgent',
  'support.reopened',
]);

export const saidToCustomers = (signals: BookRow['signals']): BookRow['signals'] =>
  signals.filter(({ id, points, dismissed }) => SAID_TO_CUSTOMERS.has(id) && points > 0 && !dismissed);

/** Notes and tasks are ours, and so are the names that we gave to calls and mails; who answered a survey stays with who asked. */
export function forCustomer(review: Review): Review {
  const deeds = review.deeds
    .filter(({ kind, twoWay }) => kind === 'meeting' || kind === 'email' || (kind === 'call' && twoWay))
    .map((deed) => (deed.kind === 'meeting' ? deed : { ...deed, title: '' }));
  const missing = review.missing.filter(({ part }) => part !== 'deeds');
  return {
    ...review,
    deeds,
    surveys: review.surveys.map((one) => ({ ...one, who: null })),
    missing: deeds.length > 0 ? missing : [...missing, { part: 'deeds', because: 'empty' }],
  };
}
