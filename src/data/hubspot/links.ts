/** Addresses of records in HubSpot's own pages. */

const OBJECT_TYPES = { contacts: '0-1', companies: '0-2', deals: '0-3', tickets: '0-5' } as const;

export type LinkedObject = keyof typeof OBJECT_TYPES;

/** A host name and nothing else: the value comes from the portal and ends in a browser. */
const HOST = /^(?=.{1,253}$)[a-z0-9](?:[a-z0-9-]*[a-z0-9])?(?:\.[a-z0-9](?:[a-z0-9-]*[a-z0-9])?)+$/i;
const DEFAULT_DOMAIN = 'app.hubspot.com';

/** The record's page. `uiDomain` as account details give it (`app-eu1.hubspot.com`); one that is no host name is not used. */
export function recordUrl(uiDomain: string, portalId: string, object: LinkedObject, id: string): string {
  const host = HOST.test(uiDomain) ? uiDomain : DEFAULT_DOMAIN;
  return `https://${host}/contacts/${encodeURIComponent(portalId)}/record/${OBJECT_TYPES[object]}/${encodeURIComponent(id)}`;
}
