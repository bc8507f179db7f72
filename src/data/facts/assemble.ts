/** From the records of one company, as stored, to an account of dated facts. */
import type {
  Account,
  AccountAttributes,
  ContactCounters,
  ContactFact,
  DataProblem,
  Dated,
  FeedId,
  MrrFact,
  SurveyFact,
  TicketFact,
  TouchFact,
  UsageFact,
} from '../../account.ts';
import type { RawAccount, StoredRecord } from '../store/types.ts';
import { attributesOf } from './attributes.ts';
import type { FactsContext } from './context.ts';
import { dealOf, leavingReasons } from './deals.ts';
import { overdueOf } from './overdue.ts';
import { ownerIdOf } from './owner.ts';
import { contactOf } from './people.ts';
import { byId, FactReader } from './reader.ts';
import { mrrOf } from './revenue.ts';
import { contactSurveysOf, feedbackOf, withoutCopiedRatings } from './surveys.ts';
import { ticketOf } from './tickets.ts';
import { callOf, emailOf, meetingOf, noteOf, taskOf } from './touches.ts';
import { usageOf } from './usage.ts';

export interface Assembled {
  readonly account: Account;
  /** Values that were left out, each with where it stands. */
  readonly problems: readonly DataProblem[];
}

const byDay = (a: Dated, b: Dated): number =>
  a.validAt < b.validAt ? -1 : a.validAt > b.validAt ? 1 : byId(a.source.id, b.source.id) || (a.source.object < b.source.object ? -1 : 1);

/** Pure: the same records in any order give the same account. Every list is oldest first. */
export function assembleAccount(raw: RawAccount, context: FactsContext): Assembled {
  const { company } = raw;
  const reader = new FactReader(context, company.id);
  const { usage, attributes: fromUsage } = usageOf(raw, reader);
  const surveys = surveysOf(raw, reader);
  const tickets = raw.tickets.map((record) => ticketOf(record, reader)).sort(byDay);
  const facts = {
    attributes: { ...attributesOf(company, reader), ...fromUsage, ...overdueOf(raw, reader), ...leavingReasons(raw.deals, reader) },
    mrr: mrrOf(raw, reader),
    usage,
    tickets: withoutCopiedRatings(tickets, surveys),
    surveys,
    touches: [
      ...raw.notes.map((record) => noteOf(record, reader)),
      ...raw.tasks.map((record) => taskOf(record, reader)),
      ...raw.calls.map((record) => callOf(record, reader)),
      ...raw.meetings.map((record) => meetingOf(record, reader)),
      ...raw.emails.map((record) => emailOf(record, reader)),
    ].sort(byDay),
    contacts: raw.contacts.map((record) => contactOf(record, reader)).sort(byDay),
    deals: raw.deals.map((record) => dealOf(record, reader)).sort(byDay),
  };
  return {
    account: { ...identityOf(company, reader), ...facts, matched: matchedFeeds(facts, context) },
    problems: reader.problems.sort(byPlace),
  };
}

function identityOf(company: StoredRecord, reader: FactReader): Pick<Account, 'id' | 'name' | 'domain' | 'ownerId' | 'createdOn'> {
  const domain = reader.text(company, 'domain');
  const owner = reader.context.mapping.owner ?? 'hubspot_owner_id';
  return {
    id: company.id,
    name: reader.text(company, 'name') ?? domain ?? company.id,
    domain,
    ownerId: ownerIdOf(reader.raw(company, owner), reader.context.owners),
    createdOn: reader.day(company, 'createdate') ?? reader.knownAt(company),
  };
}

function surveysOf(raw: RawAccount, reader: FactReader): readonly SurveyFact[] {
  const source = reader.context.mapping['survey.source'];
  if (source === 'feedback')
    return raw.feedback
      .map((record) => feedbackOf(record, reader))
      .filter((survey) => survey !== null)
      .sort(byDay);
  if (source === 'contacts') return raw.contacts.flatMap((record) => contactSurveysOf(record, reader)).sort(byDay);
  return [];
}

const byPlace = (a: DataProblem, b: DataProblem): number => {
  const [left, right] = [a, b].map(
    ({ source, code, value }) =>
      `${source.object}\u0000${source.id.padStart(20, '0')}\u0000${source.property ?? ''}\u0000${code}\u0000${value}`,
  );
  return left === right ? 0 : (left ?? '') < (right ?? '') ? -1 : 1;
};

interface Facts {
  readonly attributes: AccountAttributes;
  readonly mrr: readonly MrrFact[];
  readonly usage: readonly UsageFact[];
  readonly tickets: readonly TicketFact[];
  readonly surveys: readonly SurveyFact[];
  readonly touches: readonly TouchFact[];
  readonly contacts: readonly ContactFact[];
}

const CONTRACT = ['contractStart', 'contractRenewal', 'contractValue', 'contractTermMonths', 'contractBilling', 'noticeGivenOn'] as const;
const USAGE = ['lastUsedOn', 'logins', 'activeUsers', 'featuresUsed', 'minutes', 'features', 'adoption'] as const;

/**
 * Tickets, surveys, activities and contacts hang on companies in HubSpot itself, so that every company is mapped to
 * them as soon as they can be read; a feed that somebody else fills has to have named the company once.
 */
function matchedFeeds(facts: Facts, { unavailable }: FactsContext): readonly FeedId[] {
  const has = (keys: readonly (keyof AccountAttributes)[]) => keys.some((key) => (facts.attributes[key]?.length ?? 0) > 0);
  const counted = (keys: readonly (keyof ContactCounters)[]) =>
    facts.contacts.some(({ counters }) => keys.some((key) => (counters?.[key]?.length ?? 0) > 0));
  const readable = (object: string) => !Object.hasOwn(unavailable, object);
  const matched: Readonly<Record<FeedId, boolean>> = {
    mrr: facts.mrr.length > 0,
    contract: has(CONTRACT),
    usage: facts.usage.length > 0 || has(USAGE),
    support: facts.tickets.length > 0 || readable('tickets'),
    survey: facts.surveys.length > 0 || readable('feedback_submissions'),
    engagement: facts.touches.length > 0 || readable('meetings') || readable('calls'),
    people: facts.contacts.length > 0 || readable('contacts'),
    billing: has(['daysOverdue', 'overdueSince', 'discountEndsOn', 'priceRaisedOn']),
    web: counted(['visits', 'cancelPageViews', 'pricingPageViews']),
    email: counted(['emailsSent']),
    mentions: true,
    csm: true,
  };
  return (Object.keys(matched) as FeedId[]).filter((feed) => matched[feed]);
}
