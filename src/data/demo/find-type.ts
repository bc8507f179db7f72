/** Object types by what a path may call them: id, plural, singular, custom name or fully qualified name. */
import { Refusal } from './call.ts';
import { standardTypeId } from './object-types.ts';
import type { ObjectTypeState, PortalState } from './state.ts';

export function findType(portal: PortalState, name: string): ObjectTypeState {
  const direct = portal.types.get(standardTypeId(name) ?? name);
  if (direct) return direct;
  for (const type of portal.types.values()) {
    const own = type.custom?.name;
    if (own !== undefined && (name === own || name === `p${portal.account.portalId}_${own}` || name === `p_${own}`)) return type;
  }
  throw new Refusal(400, 'VALIDATION_ERROR', `Unable to infer object type from: ${name}`);
}
