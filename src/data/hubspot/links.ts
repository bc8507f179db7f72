/** Addresses of records in HubSpot's own pages. */

const OBJECT_TYPES: Readonly<Record<string, string>> = {
  contacts: '0-1',
  companies: '0-2',
  deals: '0-3',
  tickets: '0-5',
  line_items: '0-8',
  feedback_submissions: '0-19',
  tasks: '0-27',
  notes: '0-46',
  meetings: '0-47',
  calls: '0-48',
  emails: '0-49',
  subscriptions: '0-69',
};

const typeOf = (object: string): string => (Object.hasOwn(OBJECT_TYPES, object) ? (OBJECT_TYPES[object] ?? object) : object);

/** A host name and nothing else: the value comes from the portal and ends in a browser. */
const HOST = /^(?=.{1,253}$)[a-z0-9](?:[a-z0-9-]*[a-z0-9])?(?:\.[a-z0-9](?:[a-z0-9-]*[a-z0-9])?)+$/i;
const DEFAULT_DOMAIN = 'app.hubspot.com';

/** The record's page, of a standard object by name or of any by its type id. `uiDomain` as account details give it (`app-eu1.hubspot.com`); one that is no host name is not used. */
export function recordUrl(uiDomain: string, portalId: string, object: string, id: string): string {
  const host = HOST.test(uiDomain) ? uiDomain : DEFAULT_DOMAIN;
  return `https://${host}/contacts/${encodeURIComponent(portalId)}/record/${encodeURIComponent(typeOf(object))}/${encodeURIComponent(id)}`;
}
