/** What describes the portal: account info, owners, properties, pipelines, custom object schemas. */
import {
  asList,
  asObject,
  asText,
  type Call,
  cursorOf,
  invalid,
  notFound,
  objectBody,
  queryLimit,
  queryList,
  Refusal,
  type Reply,
  readCursor,
} from './call.ts';
import { findType } from './find-type.ts';
import type { ObjectTypeState, OwnerState, PipelineState, PropertyDefinition } from './state.ts';

const iso = (ms: number): string => new Date(ms).toISOString();

export const accountDetails = (call: Call): Reply => ({ status: 200, body: call.world.portal.account });

export function dailyUsage(call: Call, usage: { readonly used: number; readonly limit: number; readonly resetsAt: number }): Reply {
  return {
    status: 200,
    body: {
      results: [
        {
          name: 'private-apps-api-calls-daily',
          currentUsage: usage.used,
          usageLimit: usage.limit,
          resetsAt: iso(usage.resetsAt),
          collectedAt: iso(call.world.now()),
          fetchStatus: 'SUCCESS',
        },
      ],
    },
  };
}

const ownerView = (owner: OwnerState): Record<string, unknown> => ({
  id: owner.id,
  email: owner.email,
  type: 'PERSON',
  firstName: owner.firstName,
  lastName: owner.lastName,
  ...(owner.archived ? {} : { userId: owner.userId }),
  userIdIncludingInactive: owner.userId,
  teams: owner.teams,
  archived: owner.archived,
  createdAt: iso(owner.createdAt),
  updatedAt: iso(owner.createdAt),
});

export function listOwners(call: Call): Reply {
  const limit = queryLimit(call.query, 100, 500);
  const email = call.query.get('email')?.toLowerCase() ?? null;
  const archived = call.query.get('archived') === 'true';
  const from = readCursor(call.query.get('after'));
  const matching = call.world.portal.owners.filter(
    (owner) => owner.archived === archived && (email === null || owner.email.toLowerCase() === email) && Number(owner.id) > from,
  );
  const page = matching.slice(0, limit);
  const last = page.at(-1);
  return {
    status: 200,
    body: {
      results: page.map(ownerView),
      ...(matching.length > page.length && last ? { paging: { next: { after: cursorOf(last.id) } } } : {}),
    },
  };
}

export function getOwner(call: Call): Reply {
  const id = call.params.id ?? '';
  const byUser = call.query.get('idProperty') === 'userId';
  const archived = call.query.get('archived') === 'true';
  const owner = call.world.portal.owners.find((one) => one.archived === archived && (byUser ? String(one.userId) : one.id) === id);
  if (!owner) throw notFound();
  return { status: 200, body: ownerView(owner) };
}

const propertyView = (property: PropertyDefinition): Record<string, unknown> => ({
  name: property.name,
  label: property.label,
  type: property.type,
  fieldType: property.fieldType,
  description: '',
  groupName: property.groupName,
  options: property.options.map((option, index) => ({ ...option, displayOrder: index, hidden: false })),
  displayOrder: -1,
  calculated: property.calculated,
  externalOptions: property.externalOptions,
  ...(property.referencedObjectType === null ? {} : { referencedObjectType: property.referencedObjectType }),
  hasUniqueValue: property.hasUniqueValue,
  hidden: false,
  hubspotDefined: property.hubspotDefined,
  showCurrencySymbol: property.showCurrencySymbol,
  modificationMetadata: {
    archivable: !property.hubspotDefined,
    readOnlyDefinition: property.hubspotDefined,
    readOnlyValue: property.readOnly || property.calculated,
  },
  formField: false,
  dataSensitivity: 'non_sensitive',
});

export function listProperties(call: Call, type: ObjectTypeState): Reply {
  const archived = call.query.get('archived') === 'true';
  return { status: 200, body: { results: archived ? [] : [...type.properties.values()].map(propertyView) } };
}

export function getProperty(call: Call, type: ObjectTypeState): Reply {
  const property = type.properties.get(call.params.name ?? '');
  if (!property) throw notFound();
  return { status: 200, body: propertyView(property) };
}

const MAX_UNIQUE = 10;
const NAME = /^[a-z][a-z0-9_]{0,99}$/;

const TYPES = ['bool', 'date', 'datetime', 'enumeration', 'number', 'phone_number', 'string'] as const;

function typeOf(text: string): PropertyDefinition['type'] {
  const known = TYPES.find((type) => type === text);
  if (!known) throw invalid(`Invalid property type: ${text}`);
  return known;
}

const hasGroup = (type: ObjectTypeState, name: string): boolean =>
  type.groups?.has(name) === true || [...type.properties.values()].some(({ groupName }) => groupName === name);

/** A new group of properties; a name that is taken is refused with 409. */
export function createPropertyGroup(call: Call, type: ObjectTypeState): Reply {
  const body = objectBody(call);
  const name = asText(body.name, 'name');
  if (!NAME.test(name)) throw invalid(`Invalid property group name: ${name}`);
  if (hasGroup(type, name)) throw new Refusal(409, 'OBJECT_ALREADY_EXISTS', `A property group named '${name}' already exists.`);
  call.world.commit([{ kind: 'group', type: type.id, name }]);
  return { status: 201, body: { name, label: asText(body.label, 'label'), displayOrder: -1, archived: false } };
}

/** A new property of the portal's own. A name that is taken is refused with 409, an eleventh unique one with 400. */
export function createProperty(call: Call, type: ObjectTypeState): Reply {
  const body = objectBody(call);
  const text = (key: string): string => asText(body[key], key);
  const name = text('name');
  if (!NAME.test(name)) throw invalid(`Invalid property name: ${name}`);
  if (type.properties.has(name))
    throw new Refusal(409, 'OBJECT_ALREADY_EXISTS', `A property named '${name}' already exists.`, {
      subCategory: 'Properties.PROPERTY_WITH_NAME_EXISTS',
    });
  if (!hasGroup(type, text('groupName'))) throw invalid(`Property group '${text('groupName')}' does not exist`);
  const hasUniqueValue = body.hasUniqueValue === true;
  if (hasUniqueValue && [...type.properties.values()].filter((one) => one.hasUniqueValue).length >= MAX_UNIQUE)
    throw invalid(`An object can have ${MAX_UNIQUE} unique properties at most`);
  const definition: PropertyDefinition = {
    name,
    label: text('label'),
    type: typeOf(text('type')),
    fieldType: text('fieldType'),
    groupName: text('groupName'),
    options: asList(body.options, 'options').map((raw) => {
      const option = asObject(raw, 'option');
      return { value: asText(option.value, 'value'), label: asText(option.label, 'label') };
    }),
    hubspotDefined: false,
    calculated: false,
    readOnly: false,
    hasUniqueValue,
    externalOptions: body.externalOptions === true,
    referencedObjectType: null,
    showCurrencySymbol: false,
  };
  call.world.commit([{ kind: 'define', type: type.id, definition }]);
  return { status: 201, body: propertyView(definition) };
}

const pipelineView = (pipeline: PipelineState, order: number): Record<string, unknown> => ({
  id: pipeline.id,
  label: pipeline.label,
  displayOrder: order,
  stages: pipeline.stages.map((stage, index) => ({
    id: stage.id,
    label: stage.label,
    displayOrder: index,
    metadata: stage.metadata,
    createdAt: iso(0),
    updatedAt: iso(0),
    archived: false,
  })),
  createdAt: iso(0),
  updatedAt: iso(0),
  archived: false,
});

export function listPipelines(call: Call, type: ObjectTypeState): Reply {
  const { tickets, deals } = call.world.portal.pipelines;
  const pipelines = type.id === '0-5' ? tickets : type.id === '0-3' ? deals : [];
  return { status: 200, body: { results: pipelines.map(pipelineView) } };
}

export function listSchemas(call: Call): Reply {
  const wanted = queryList(call.query, 'archived').includes('true') ? [] : [...call.world.portal.types.values()];
  return { status: 200, body: { results: wanted.flatMap((type) => schemaView(call, type)) } };
}

export function getSchema(call: Call): Reply {
  const view = schemaView(call, findType(call.world.portal, call.params.type ?? ''))[0];
  if (!view) throw notFound();
  return { status: 200, body: view };
}

function schemaView(call: Call, type: ObjectTypeState): readonly Record<string, unknown>[] {
  const { custom } = type;
  if (!custom) return [];
  const withProperties = call.query.get('includePropertyDefinitions') !== 'false';
  const withAssociations = call.query.get('includeAssociationDefinitions') !== 'false';
  const { portalId } = call.world.portal.account;
  return [
    {
      id: type.id.slice(2),
      objectTypeId: type.id,
      fullyQualifiedName: `p${portalId}_${custom.name}`,
      name: custom.name,
      labels: custom.labels,
      primaryDisplayProperty: custom.primaryDisplayProperty,
      requiredProperties: custom.requiredProperties,
      searchableProperties: [custom.primaryDisplayProperty],
      secondaryDisplayProperties: [],
      archived: false,
      createdAt: iso(custom.createdAt),
      updatedAt: iso(custom.createdAt),
      properties: withProperties ? [...type.properties.values()].map(propertyView) : [],
      associations: withAssociations
        ? custom.associatedObjects.map((to, index) => ({
            id: String(9_000 + Number(type.id.slice(2)) * 2 + index),
            fromObjectTypeId: type.id,
            toObjectTypeId: to,
            name: `${custom.name}_to_${to}`,
          }))
        : [],
    },
  ];
}
