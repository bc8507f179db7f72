/** Hand-made portals for the tests of discovery. */
import type { PortalDescription } from '../../../src/data/hubspot/discovery.ts';
import type { CrmRecord, ObjectSchema, PropertyDef } from '../../../src/data/hubspot/types.ts';
import type { Instant } from '../../../src/units/day.ts';

export function property(name: string, label: string, type: string, more: Partial<PropertyDef> = {}): PropertyDef {
  return {
    name,
    label,
    type,
    fieldType: 'text',
    groupName: 'group',
    options: [],
    calculated: false,
    hubspotDefined: false,
    referencedObjectType: null,
    readOnly: false,
    ...more,
  };
}
export const standard = (name: string, label: string, type: string, more: Partial<PropertyDef> = {}) =>
  property(name, label, type, { hubspotDefined: true, ...more });
export const owner = (name: string, label: string, more: Partial<PropertyDef> = {}) =>
  property(name, label, 'enumeration', { referencedObjectType: 'OWNER', ...more });
export const choice = (name: string, label: string, options: readonly (readonly [string, string])[], more: Partial<PropertyDef> = {}) =>
  property(name, label, 'enumeration', { options: options.map(([value, text]) => ({ value, label: text })), ...more });

export const schema = (
  objectTypeId: string,
  name: string,
  label: string,
  properties: readonly PropertyDef[],
  linked = ['0-2'],
): ObjectSchema => ({
  objectTypeId,
  name,
  labels: { singular: label, plural: label },
  properties,
  associatedObjects: linked,
});

let id = 0;
export const row = (properties: Record<string, string | null>): CrmRecord => {
  id += 1;
  return { id: String(id), properties, history: {}, createdAt: 0 as Instant, updatedAt: 0 as Instant, archived: false };
};

/** What every portal has, traps among it. */
const STANDARD_COMPANY = [
  standard('name', 'Company name', 'string'),
  owner('hubspot_owner_id', 'Company owner', { hubspotDefined: true }),
  choice(
    'lifecyclestage',
    'Lifecycle Stage',
    [
      ['lead', 'Lead'],
      ['customer', 'Customer'],
    ],
    { hubspotDefined: true },
  ),
  standard('hubspotscore', 'HubSpot Score', 'number'),
  standard('industry', 'Industry', 'enumeration'),
  standard('numberofemployees', 'Number of Employees', 'number'),
  standard('annualrevenue', 'Annual Revenue', 'number'),
  standard('total_revenue', 'Total Revenue', 'number', { calculated: true }),
  standard('hs_lastmodifieddate', '最終更新日時', 'datetime'),
  standard('closedate', 'Close Date', 'datetime'),
  standard('hs_analytics_last_timestamp', 'Time Last Seen', 'datetime'),
];
const STANDARD_CONTACT = [
  standard('email', 'Email', 'string'),
  standard('jobtitle', 'Job Title', 'string'),
  choice('hs_buying_role', 'Buying Role', [['CHAMPION', 'Champion']], { hubspotDefined: true }),
  standard('hs_feedback_last_nps_rating', 'Last NPS survey rating', 'string'),
];
const STANDARD_TICKET = [
  standard('hs_ticket_priority', 'Priority', 'enumeration'),
  standard('hs_ticket_category', 'Category', 'enumeration'),
  standard('time_to_close', 'Time to close', 'number'),
];

export interface Parts {
  readonly companies?: readonly PropertyDef[];
  readonly contacts?: readonly PropertyDef[];
  readonly tickets?: readonly PropertyDef[];
  readonly schemas?: readonly ObjectSchema[];
  readonly rows?: Readonly<Record<string, readonly Record<string, string | null>[]>>;
}

export function portal({ companies = [], contacts = [], tickets = [], schemas = [], rows = {} }: Parts): PortalDescription {
  return {
    properties: new Map([
      ['companies', [...STANDARD_COMPANY, ...companies]],
      ['contacts', [...STANDARD_CONTACT, ...contacts]],
      ['tickets', [...STANDARD_TICKET, ...tickets]],
    ]),
    schemas,
    owners: [{ id: '5', userId: null, email: 'hanako@cs.example', firstName: '花子', lastName: '見本', teams: [], archived: false }],
    pipelines: [],
    samples: new Map(
      Object.entries(rows).map(([object, all]) => [
        object,
        { total: all.length, records: all.map(row), properties: [...new Set(all.flatMap((one) => Object.keys(one)))] },
      ]),
    ),
    unavailable: {},
  };
}
