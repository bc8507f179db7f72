/** What a portal is and what it has: details, owners, properties, custom objects, pipelines. */
import { isZone } from '../../units/day.ts';
import { err, ok } from '../../units/result.ts';
import { type Context, reading } from './context.ts';
import { configure, ownersModule, pipelinesModule, propertiesModule, schemasModule } from './generated.ts';
import { ACCOUNT_DETAILS } from './paths.ts';
import { isObject, isResults } from './records.ts';
import type { CallOptions, ObjectSchema, Owner, Pipeline, PortalInfo, PropertyDef, Reply } from './types.ts';

const OWNERS_PAGE = 500;

const hasText =
  (...names: readonly string[]) =>
  (value: unknown): boolean =>
    isObject(value) && names.every((name) => typeof value[name] === 'string');

const text = (value: unknown, otherwise: string): string =>
  typeof value === 'string' || typeof value === 'number' ? String(value) : otherwise;

/** Every day of the portal is told in this zone: one that the runtime does not know must not get past here. */
const knownZone = (zone: string): string => (isZone(zone) ? zone : 'UTC');

export async function readPortal({ transport }: Context, options: CallOptions): Reply<PortalInfo> {
  const accepts = (json: unknown) => isObject(json) && (typeof json.portalId === 'number' || typeof json.portalId === 'string');
  const answer = await transport.send({ method: 'GET', path: ACCOUNT_DETAILS, body: null, write: false, search: false, accepts, options });
  if (!answer.ok) return err(answer.error);
  const details = isObject(answer.value.json) ? answer.value.json : {};
  return ok({
    portalId: text(details.portalId, ''),
    timeZone: knownZone(text(details.timeZone, 'UTC')),
    currency: text(details.companyCurrency, 'USD'),
    uiDomain: text(details.uiDomain, 'app.hubspot.com'),
    accountType: text(details.accountType, 'STANDARD'),
  });
}

/** All owners, those who left too: their accounts still carry their ids. */
export async function readOwners(context: Context, options: CallOptions): Reply<readonly Owner[]> {
  const owners = new Map<string, Owner>();
  for (const archived of [false, true]) {
    const pages = await context.run({ request: 'GET owners', write: false }, async () => {
      const module = await ownersModule();
      const api = new module.OwnersApi(configure(module, context.transport, reading(isResults(hasText('id')), options)));
      const found: Owner[] = [];
      let after: string | undefined;
      do {
        const page = await api.getPage(undefined, after, OWNERS_PAGE, archived);
        for (const owner of page.results) {
          found.push({
            id: owner.id,
            userId: owner.userId === undefined || owner.userId === null ? null : String(owner.userId),
            email: owner.email || null,
            firstName: owner.firstName ?? '',
            lastName: owner.lastName ?? '',
            teams: (owner.teams ?? []).map((team) => ({ id: String(team.id), name: team.name, primary: team.primary })),
            archived: owner.archived ?? archived,
          });
        }
        const next = page.paging?.next?.after;
        after = next === after ? undefined : next;
      } while (after !== undefined);
      return found;
    });
    if (!pages.ok) return pages;
    for (const owner of pages.value) if (!owners.has(owner.id)) owners.set(owner.id, owner);
  }
  return ok([...owners.values()]);
}

/** The common part of the property definitions that two generated modules have as classes of their own. */
interface GeneratedProperty {
  readonly name: string;
  readonly label: string;
  readonly type: string;
  readonly fieldType: string;
  readonly groupName: string;
  readonly options?: readonly { readonly value: string; readonly label: string }[];
  readonly calculated?: boolean;
  readonly hubspotDefined?: boolean;
  readonly hasUniqueValue?: boolean;
  readonly referencedObjectType?: string;
  readonly modificationMetadata?: { readonly readOnlyValue: boolean };
}

const toProperty = (property: GeneratedProperty): PropertyDef => ({
  name: property.name,
  label: property.label ?? property.name,
  type: property.type,
  fieldType: property.fieldType ?? '',
  groupName: property.groupName ?? '',
  options: (property.options ?? []).map(({ value, label }) => ({ value: String(value), label: label ?? String(value) })),
  calculated: property.calculated ?? false,
  hubspotDefined: property.hubspotDefined ?? false,
  referencedObjectType: property.referencedObjectType || null,
  readOnly: property.modificationMetadata?.readOnlyValue ?? false,
  ...(property.hasUniqueValue ? { unique: true } : {}),
});

export function readProperties(context: Context, object: string, options: CallOptions): Reply<readonly PropertyDef[]> {
  return context.run({ request: `GET properties/${object}`, write: false }, async () => {
    const module = await propertiesModule();
    const api = new module.CoreApi(configure(module, context.transport, reading(isResults(hasText('name', 'type')), options)));
    const { results } = await api.getAll(object);
    return results.filter(({ archived }) => archived !== true).map(toProperty);
  });
}

export function readSchemas(context: Context, options: CallOptions): Reply<readonly ObjectSchema[]> {
  return context.run({ request: 'GET schemas', write: false }, async () => {
    const module = await schemasModule();
    const api = new module.CoreApi(configure(module, context.transport, reading(isResults(hasText('name')), options)));
    const { results } = await api.getAll(false);
    return results.map((schema) => {
      const objectTypeId = schema.objectTypeId ?? schema.fullyQualifiedName ?? schema.name;
      const ends = (schema.associations ?? []).flatMap(({ fromObjectTypeId, toObjectTypeId }) => [fromObjectTypeId, toObjectTypeId]);
      return {
        objectTypeId,
        name: schema.name,
        labels: { singular: schema.labels?.singular ?? schema.name, plural: schema.labels?.plural ?? schema.name },
        properties: (schema.properties ?? []).filter(({ archived }) => archived !== true).map(toProperty),
        associatedObjects: [...new Set(ends)].filter((end) => end !== objectTypeId),
      };
    });
  });
}

export function readPipelines(context: Context, object: 'tickets' | 'deals', options: CallOptions): Reply<readonly Pipeline[]> {
  return context.run({ request: `GET pipelines/${object}`, write: false }, async () => {
    const module = await pipelinesModule();
    const api = new module.PipelinesApi(configure(module, context.transport, reading(isResults(hasText('id')), options)));
    const { results } = await api.getAll(object);
    return results.map(({ id, label, stages }) => ({
      id,
      label,
      stages: (stages ?? []).map((stage) => ({ id: stage.id, label: stage.label, metadata: { ...stage.metadata } })),
    }));
  });
}
