/** The gateway: every question and every write that the rest of the program may put to HubSpot. */
import { type Context, makeContext, reading } from './context.ts';
import { type Call, configure, objectsModule } from './generated.ts';
import { readAssociations } from './read-associations.ts';
import { readBatches } from './read-batches.ts';
import { readEvents } from './read-events.ts';
import { readList } from './read-list.ts';
import { readOwners, readPipelines, readPortal, readProperties, readSchemas } from './read-portal.ts';
import { compareIds, isRecord, isResults, toRecord } from './records.ts';
import { createTransport, type TransportOptions } from './transport.ts';
import type { CallOptions, Gateway, SearchRequest } from './types.ts';
import { createPropertyGroup, updateMany } from './write-many.ts';
import { associate, createProperty, readBy, upsert } from './write-unique.ts';

export type GatewayOptions = TransportOptions;

const SEARCH_LIMIT = 200;

export function createGateway(options: GatewayOptions): Gateway {
  const transport = createTransport(options);
  const context = makeContext(transport, options.token);
  const { run } = context;

  return {
    portalInfo: (call = {}) => readPortal(context, call),
    owners: (call = {}) => readOwners(context, call),
    properties: (object, call = {}) => readProperties(context, object, call),
    schemas: (call = {}) => readSchemas(context, call),
    pipelines: (object, call = {}) => readPipelines(context, object, call),
    search: (object, request, call = {}) => search(context, object, request, call),
    read: (object, ids, properties, withHistory, call = {}) => readBatches(context, object, ids, properties, withHistory, call),
    associations: (from, to, ids, call = {}) => readAssociations(context, from, to, ids, call),

    list: (object, properties, after, archived, call = {}) => readList(context, object, properties, after, archived, call),

    events: (request, call = {}) => readEvents(context, request, call),

    create: (object, record, call = {}) =>
      run({ request: `POST ${object}`, write: true }, async () => {
        const module = await objectsModule();
        const api = new module.BasicApi(configure(module, transport, { ...writing(call), status: 201 }));
        const created = await api.create(object, {
          properties: { ...record.properties },
          associations: record.associations.map(({ toId, types }) => ({
            to: { id: toId },
            types: types.map(({ category, typeId }) => ({
              associationCategory: module.AssociationSpecAssociationCategoryEnum[CATEGORIES[category]],
              associationTypeId: typeId,
            })),
          })),
        });
        return toRecord(created);
      }),

    update: (object, id, properties, call = {}) =>
      run({ request: `PATCH ${object}`, write: true }, async () => {
        const module = await objectsModule();
        const api = new module.BasicApi(configure(module, transport, { ...writing(call), status: 200 }));
        return toRecord(await api.update(object, id, { properties: { ...properties } }));
      }),

    archive: (object, id, call = {}) =>
      run({ request: `DELETE ${object}`, write: true }, async () => {
        const module = await objectsModule();
        const api = new module.BasicApi(configure(module, transport, { ...writing(call), accepts: () => true, status: 204 }));
        await api.archive(object, id);
        return null;
      }),

    upsert: (object, uniqueProperty, value, properties, call = {}) => upsert(context, object, uniqueProperty, value, properties, call),
    readBy: (object, uniqueProperty, value, call = {}) => readBy(context, object, uniqueProperty, value, call),
    createPropertyGroup: (object, name, label, call = {}) => createPropertyGroup(context, object, name, label, call),
    updateMany: (object, inputs, call = {}) => updateMany(context, object, inputs, call),
    createProperty: (object, property, call = {}) => createProperty(context, object, property, call),
    associate: (from, fromId, to, toId, call = {}) => associate(context, from, fromId, to, toId, call),

    counters: transport.counters,
    close: () => transport.close(),
  };
}

const CATEGORIES = { HUBSPOT_DEFINED: 'HubspotDefined', USER_DEFINED: 'UserDefined', INTEGRATOR_DEFINED: 'IntegratorDefined' } as const;

const writing = (options: CallOptions): Omit<Call, 'status'> => ({ write: true, search: false, accepts: isRecord, options });

/** Keyset paging: by id, never by offset, so that rows which leave the result meanwhile make nobody skip or repeat. */
function search(context: Context, object: string, request: SearchRequest, call: CallOptions) {
  const { afterId } = request;
  return context.run({ request: `POST ${object}/search`, write: false }, async () => {
    const module = await objectsModule();
    const operators = module.FilterOperatorEnum;
    const beyond = afterId === null ? [] : [{ propertyName: 'hs_object_id', operator: operators.Gt, value: afterId }];
    const groups = request.filterGroups.length > 0 ? request.filterGroups : [[]];
    const accepts = (json: unknown) => isResults(isRecord)(json) && typeof json.total === 'number';
    const api = new module.SearchApi(configure(module, context.transport, { ...reading(accepts, call), search: true }));
    const page = await api.doSearch(object, {
      filterGroups: groups
        .map((filters) => ({
          filters: [
            ...filters.map(({ propertyName, operator, value, highValue, values }) => ({
              propertyName,
              operator: operators[OPERATORS[operator]],
              ...(value === undefined ? {} : { value }),
              ...(highValue === undefined ? {} : { highValue }),
              ...(values === undefined ? {} : { values: [...values] }),
            })),
            ...beyond,
          ],
        }))
        .filter(({ filters }) => filters.length > 0),
      // The documented form of a sort is an object; the generated type has it as text and passes either through.
      sorts: [{ propertyName: 'hs_object_id', direction: 'ASCENDING' }] as unknown as string[],
      properties: [...request.properties],
      limit: Math.min(Math.max(request.limit, 1), SEARCH_LIMIT),
      // The dated API requires the field; this is its first page, and no other is ever asked for.
      after: '0',
    });
    const records = page.results
      .map(toRecord)
      // A row that the keyset has passed would send the caller round in a loop.
      .filter(({ id }) => afterId === null || compareIds(id, afterId) > 0)
      .sort((a, b) => compareIds(a.id, b.id));
    return { total: page.total, records };
  });
}

const OPERATORS = {
  EQ: 'Eq',
  NEQ: 'Neq',
  LT: 'Lt',
  LTE: 'Lte',
  GT: 'Gt',
  GTE: 'Gte',
  BETWEEN: 'Between',
  IN: 'In',
  HAS_PROPERTY: 'HasProperty',
  NOT_HAS_PROPERTY: 'NotHasProperty',
} as const;
