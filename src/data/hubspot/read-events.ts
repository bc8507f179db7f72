/** Occurrences of events: what people did, as the product or the website told HubSpot. */
import type { Instant } from '../../units/day.ts';
import { err } from '../../units/result.ts';
import { type Context, reading } from './context.ts';
import { configure, eventsModule } from './generated.ts';
import { isObject, isResults } from './records.ts';
import type { CallOptions, EventPage, EventRequest, Reply } from './types.ts';

/** The largest page that every list of HubSpot gives. */
const PAGE = 100;

const isEvent = (value: unknown): boolean =>
  isObject(value) &&
  (typeof value.id === 'string' || typeof value.id === 'number') &&
  typeof value.occurredAt === 'string' &&
  !Number.isNaN(Date.parse(value.occurredAt)) &&
  typeof value.objectType === 'string' &&
  (typeof value.objectId === 'string' || typeof value.objectId === 'number');

const OBJECTS: Readonly<Record<string, string>> = {
  contact: 'contacts',
  contacts: 'contacts',
  '0-1': 'contacts',
  company: 'companies',
  companies: 'companies',
  '0-2': 'companies',
};

const objectOf = (type: string): string => {
  const name = type.toLowerCase();
  return Object.hasOwn(OBJECTS, name) ? (OBJECTS[name] ?? name) : name;
};

/** Whether HubSpot's bounds belong to the window it does not say: it is asked for a millisecond more, and what is outside is left out. */
export async function readEvents(context: Context, request: EventRequest, call: CallOptions): Reply<EventPage> {
  const { type, from, until, after } = request;
  const name = 'GET events';
  const reply = await context.run({ request: name, write: false }, async (): Promise<EventPage> => {
    const module = await eventsModule();
    const api = new module.EventsApi(configure(module, context.transport, reading(isResults(isEvent), call)));
    const page = await api.getPage(undefined, type, after ?? undefined, undefined, PAGE, undefined, new Date(from - 1), new Date(until));
    return {
      events: page.results
        .map((one) => ({
          id: String(one.id),
          object: objectOf(one.objectType),
          objectId: String(one.objectId),
          at: one.occurredAt.getTime() as Instant,
          properties: Object.fromEntries(Object.entries(one.properties ?? {}).map(([key, value]) => [key, String(value)])),
        }))
        .filter(({ at }) => at >= from && at < until),
      after: page.paging?.next?.after ?? null,
    };
  });
  if (reply.ok && after !== null && reply.value.after === after) return err(context.unexpected(name, 'the page after this one is itself'));
  return reply;
}
