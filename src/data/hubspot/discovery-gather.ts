/** Fetches what discovery looks at: a dozen and a half requests, whatever the portal's size. */
import { EVENTS } from '../../settings/mapping.ts';
import type { Instant } from '../../units/day.ts';
import { ok, type Result } from '../../units/result.ts';
import { discover, worthSampling } from './discovery-candidates.ts';
import type { Discovery, PortalDescription, Sample } from './discovery-portal.ts';
import type { ApiFailure, CallOptions, EventRequest, Filter, Gateway, ObjectSchema, PropertyDef, Reply } from './types.ts';

const SAMPLE_SIZE = 100;
/** HubSpot refuses search bodies above 3,000 characters; filters and quotes want their share. */
const NAMES_LIMIT = 2200;
const STAGE = 'lifecyclestage';
const CONTACT_NPS = 'hs_feedback_last_nps_rating';

const DESCRIBED = ['companies', 'contacts', 'tickets'] as const;

/** A type that every portal has, in a window of a millisecond: whether events are given, and next to none of them. */
export const ANY_EVENT: EventRequest = {
  type: 'e_visited_page',
  from: Date.UTC(2025, 0, 1) as Instant,
  until: (Date.UTC(2025, 0, 1) + 1) as Instant,
  after: null,
};

/** Places in which MRR may be kept, each with the property without which a record is none of it. */
const MRR_PLACES = [
  ['line_items', 'recurringbillingfrequency'],
  ['subscriptions', null],
  ['deals', 'recurring_revenue_amount'],
] as const;

/** A portal or token that lacks one object still has the others; anything else ends the discovery. */
const isLack = ({ kind }: ApiFailure): boolean => kind === 'scope' || kind === 'not_found' || kind === 'invalid';
const lackOf = (failure: ApiFailure): string => failure.scopes.join(' | ') || failure.category || failure.kind;

/** Fails where companies cannot be read, and on every failure that is not the lack of one object (token, network, limits). */
export async function gatherDiscovery(gateway: Gateway, options: CallOptions = {}): Reply<Discovery> {
  const unavailable: Record<string, string> = {};
  const failures: ApiFailure[] = [];
  async function unless<T>(object: string, reply: Promise<Result<T, ApiFailure>>, otherwise: T): Promise<T> {
    const answer = await reply;
    if (answer.ok) return answer.value;
    const isOptional = MRR_PLACES.some(([place]) => place === object);
    if (object === 'companies' || !(isLack(answer.error) || (isOptional && answer.error.kind === 'invalid'))) failures.push(answer.error);
    else unavailable[object] = lackOf(answer.error);
    return otherwise;
  }

  const definitions = await Promise.all(
    DESCRIBED.map(async (object) => [object, await unless(object, gateway.properties(object, options), null)] as const),
  );
  const [schemas, owners, pipelines] = await Promise.all([
    unless<readonly ObjectSchema[]>('custom', gateway.schemas(options), []),
    unless('owners', gateway.owners(options), []),
    unless('tickets', gateway.pipelines('tickets', options), []),
  ]);
  const events = await gateway.events(ANY_EVENT, options);
  if (!events.ok && events.error.kind === 'scope') unavailable[EVENTS] = events.error.scopes.join(' | ') || events.error.message;
  const [failed] = failures;
  if (failed) return { ok: false, error: failed };

  const described = new Map<string, readonly PropertyDef[]>(
    definitions.flatMap(([object, defs]) => (defs === null ? [] : [[object, defs]])),
  );
  const portal: PortalDescription = { properties: described, schemas, owners, pipelines, samples: new Map(), unavailable };
  const samples = new Map<string, Sample>();
  const look = async (object: string, names: readonly string[], filters: readonly (readonly Filter[])[] = []): Promise<number> => {
    if (Object.hasOwn(unavailable, object)) return 0;
    const properties = withinLimit(names);
    const page = await unless(
      object,
      gateway.search(object, { filterGroups: filters, properties, afterId: null, limit: SAMPLE_SIZE }, options),
      null,
    );
    if (page && (page.records.length > 0 || filters.length === 0))
      samples.set(object, { total: page.total, records: page.records, properties });
    return page?.records.length ?? 0;
  };

  const wanted = worthSampling(portal);
  /** Deals have the properties only where the portal tracks recurring revenue, and a search for an unknown one is refused. */
  const lookForMrr = async (object: string, needed: string | null) => {
    const define = async () => {
      const defs = await unless(object, gateway.properties(object, options), null);
      if (defs) described.set(object, defs);
      return defs;
    };
    const isDeal = object === 'deals';
    if (isDeal && !(await define())?.some(({ name }) => name === needed)) return;
    const found = await look(object, [], needed === null ? [] : [[{ propertyName: needed, operator: 'HAS_PROPERTY' }]]);
    if (found > 0 && !isDeal) await define();
  };
  const lookAtCompanies = async () => {
    const names = ['name', STAGE, ...(wanted.get('companies') ?? [])];
    const hasCustomers = portal.properties
      .get('companies')
      ?.some(({ name, options: stages }) => name === STAGE && stages.some(({ value }) => value === 'customer'));
    const found = hasCustomers ? await look('companies', names, [[{ propertyName: STAGE, operator: 'EQ', value: 'customer' }]]) : 0;
    if (found === 0) await look('companies', names);
  };
  await Promise.all([
    lookAtCompanies(),
    ...[...wanted]
      .filter(([object]) => object !== 'companies')
      .map(([object, names]) => look(object, object === 'contacts' ? [...names, CONTACT_NPS] : names)),
    look('feedback_submissions', []),
    ...MRR_PLACES.map(([object, needed]) => lookForMrr(object, needed)),
  ]);
  const [late] = failures;
  return late ? { ok: false, error: late } : ok(discover({ ...portal, samples }));
}

/** As many names, in their order, as one search body holds. */
function withinLimit(names: readonly string[]): readonly string[] {
  let length = 0;
  return [...new Set(names)].filter((name) => {
    length += JSON.stringify(name).length + 1;
    return length <= NAMES_LIMIT;
  });
}
