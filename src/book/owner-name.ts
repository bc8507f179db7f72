import type { StoredOwner } from '../data/store/types.ts';

/** Family name first, as HubSpot's Japanese screens write it; the address or the id where there is no name. Raw. */
export const ownerName = (owner: StoredOwner): string => `${owner.lastName} ${owner.firstName}`.trim() || (owner.email ?? owner.id);
