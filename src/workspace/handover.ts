/** Handing an account over: what is to be written, and where. */
import { customObjects } from '../book/facts-context.ts';
import { ownerName } from '../book/owner-name.ts';
import type { StoredOwner, StoredProperty } from '../data/store/types.ts';
import type { CompanyUpdateIntent } from '../plays/intent.ts';
import type { Session } from './session.ts';

const DEFAULT_OWNER = 'hubspot_owner_id';

/** Why the owner cannot be written: the property is not the portal's to change, or does not list that person. */
export type HandoverProblem = 'read_only' | 'not_an_option';

/** The change of the company's owner, with what the store last saw there. */
export async function handover(
  session: Session,
  companyId: string,
  to: StoredOwner,
  what: string,
): Promise<CompanyUpdateIntent | HandoverProblem> {
  const property = session.profile.settings.mapping.owner ?? DEFAULT_OWNER;
  const definition = (await companyProperties(session)).get(property);
  if (definition && (definition.readOnly || definition.calculated)) return 'read_only';
  const value = ownerValue(definition, to);
  if (value === null) return 'not_an_option';
  const expected = await companyValue(session, companyId, property);
  return { kind: 'company_update', companyId, changes: [{ property, value, expected }], what };
}

/** Owner properties hold an id; those made by hand an option or a text. */
function ownerValue(definition: StoredProperty | undefined, to: StoredOwner): string | null {
  if (!definition || definition.referencedObjectType === 'OWNER' || definition.name === DEFAULT_OWNER) return to.id;
  if (definition.options.length === 0) return definition.type === 'enumeration' ? to.id : (to.email ?? ownerName(to));
  const ways = new Set([
    to.id,
    to.email?.toLowerCase(),
    ownerName(to).toLowerCase(),
    `${to.firstName} ${to.lastName}`.trim().toLowerCase(),
  ]);
  return definition.options.find(({ value, label }) => ways.has(value.toLowerCase()) || ways.has(label.toLowerCase()))?.value ?? null;
}

export async function companyProperties(session: Session): Promise<ReadonlyMap<string, StoredProperty>> {
  const definitions = await (await session.cache()).propertyDefs('companies');
  return new Map(definitions.map((definition) => [definition.name, definition]));
}

/** As the store last saw it; null where it is empty. */
export async function companyValue(session: Session, companyId: string, property: string): Promise<string | null> {
  const cache = await session.cache();
  for await (const { company } of cache.loadParts([companyId], customObjects(session.profile.settings.mapping), []))
    return company.properties[property] ?? null;
  return null;
}
