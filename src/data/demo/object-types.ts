/** Standard object types: ids, names, and what a token must hold to read or write them. */

export interface StandardType {
  readonly id: string;
  readonly plural: string;
  readonly singular: string;
  /** Any one of them is enough. */
  readonly read: readonly string[];
  /** Empty: the API cannot write it. */
  readonly write: readonly string[];
  /** Properties a search or a read answers with when none is asked for. */
  readonly defaults: readonly string[];
}

/** Activities hang on the contact scopes, even when only a company is associated. */
const activity = (id: string, plural: string, singular: string, extraRead: readonly string[] = []): StandardType => ({
  id,
  plural,
  singular,
  read: ['crm.objects.contacts.read', ...extraRead],
  write: ['crm.objects.contacts.write'],
  defaults: [],
});

const crm = (id: string, plural: string, singular: string, defaults: readonly string[]): StandardType => ({
  id,
  plural,
  singular,
  read: [`crm.objects.${plural}.read`],
  write: [`crm.objects.${plural}.write`],
  defaults,
});

export const STANDARD_TYPES: readonly StandardType[] = [
  crm('0-1', 'contacts', 'contact', ['firstname', 'lastname', 'email']),
  crm('0-2', 'companies', 'company', ['name', 'domain']),
  crm('0-3', 'deals', 'deal', ['dealname', 'amount', 'closedate', 'dealstage', 'pipeline']),
  {
    id: '0-5',
    plural: 'tickets',
    singular: 'ticket',
    read: ['tickets'],
    write: ['tickets'],
    defaults: ['subject', 'content', 'hs_pipeline', 'hs_pipeline_stage', 'hs_ticket_category', 'hs_ticket_priority'],
  },
  crm('0-8', 'line_items', 'line_item', ['name', 'quantity', 'amount', 'price']),
  crm('0-14', 'quotes', 'quote', ['hs_title']),
  { ...crm('0-19', 'feedback_submissions', 'feedback_submission', []), write: [] },
  activity('0-27', 'tasks', 'task'),
  activity('0-46', 'notes', 'note'),
  activity('0-47', 'meetings', 'meeting'),
  activity('0-48', 'calls', 'call'),
  activity('0-49', 'emails', 'email', ['sales-email-read']),
  { ...crm('0-69', 'subscriptions', 'subscription', ['hs_name', 'hs_status']), write: [] },
];

export const ACTIVITY_TYPES: ReadonlySet<string> = new Set(['0-27', '0-46', '0-47', '0-48', '0-49']);

/** E-mails are read only with both scopes; every other type with any one of its list. */
export const NEEDS_ALL_SCOPES: ReadonlySet<string> = new Set(['0-49']);

/** HubSpot's documents name none for reading events; its answer does. */
export const EVENTS_SCOPE = 'behavioral_events.event_definitions.read_write';

const CUSTOM_READ = ['crm.objects.custom.read'];
const CUSTOM_WRITE = ['crm.objects.custom.write'];

export const isCustom = (typeId: string): boolean => typeId.startsWith('2-');

const byId = new Map(STANDARD_TYPES.map((type) => [type.id, type]));
const byName = new Map(STANDARD_TYPES.flatMap((type) => [type.id, type.plural, type.singular].map((name) => [name, type.id] as const)));

export const standardType = (typeId: string): StandardType | undefined => byId.get(typeId);

/** The type id that a path segment names; null for a name that is no standard one. */
export const standardTypeId = (name: string): string | null => byName.get(name.toLowerCase()) ?? null;

export const readScopes = (typeId: string): readonly string[] => byId.get(typeId)?.read ?? CUSTOM_READ;
export const writeScopes = (typeId: string): readonly string[] => byId.get(typeId)?.write ?? CUSTOM_WRITE;
export const defaultProperties = (typeId: string): readonly string[] => byId.get(typeId)?.defaults ?? [];

/** What the answers call a type: `COMPANY`, `NOTE`; a custom object by its id. */
export const typeWord = (typeId: string): string => byId.get(typeId)?.singular.toUpperCase() ?? typeId;

/** Every scope that some call of the server asks for. */
export const ALL_SCOPES: readonly string[] = [
  ...new Set([
    ...STANDARD_TYPES.flatMap((type) => [...type.read, ...type.write]),
    ...CUSTOM_READ,
    ...CUSTOM_WRITE,
    EVENTS_SCOPE,
    'crm.objects.owners.read',
    'crm.schemas.custom.read',
    'crm.schemas.companies.write',
  ]),
];
