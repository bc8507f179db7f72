/** A portal with a handful of companies, and ways to look at what the server ended up with. */

import { activityProperties } from '../../src/data/demo/portal/properties.ts';
import type { DemoServer } from '../../src/data/demo/server.ts';
import { emptyType, insertRecord, linked, type PortalState, type PropertyDefinition } from '../../src/data/demo/state.ts';
import type { Instant } from '../../src/units/day.ts';

const COMPANY = '0-2';
const NOTE = '0-46';
const TASK = '0-27';
const CALL = '0-48';

const text = (name: string): PropertyDefinition => ({
  name,
  label: name,
  type: 'string',
  fieldType: 'text',
  groupName: 'companyinformation',
  options: [],
  hubspotDefined: true,
  calculated: false,
  readOnly: false,
  hasUniqueValue: false,
  externalOptions: false,
  referencedObjectType: null,
  showCurrencySymbol: false,
});

export const PORTAL_ID = '4242';
export const OWNER = '77';
export const TOKEN = 'pat-na1-11111111-2222-3333-4444-555555555555';

/** The property in which a portal may keep our marks unique. */
export const UNIQUE = 'kizashi_ref';
const unique: PropertyDefinition = { ...text(UNIQUE), hubspotDefined: false, hasUniqueValue: true };

/** Companies `1` to `n`. */
export function smallPortal(companies: number, more: { readonly unique?: boolean } = {}): PortalState {
  const type = emptyType(COMPANY, [text('name'), text('tier')]);
  const own = more.unique ? [unique] : [];
  for (let id = 1; id <= companies; id++) {
    const at = Date.parse('2025-01-01T00:00:00Z') as Instant;
    insertRecord(type, {
      id: String(id),
      properties: { name: `Sample ${id}` },
      createdAt: at,
      updatedAt: at,
      archivedAt: null,
      mergedInto: null,
      history: null,
    });
  }
  return {
    account: {
      portalId: Number(PORTAL_ID),
      accountType: 'STANDARD',
      timeZone: 'Asia/Tokyo',
      companyCurrency: 'JPY',
      additionalCurrencies: [],
      utcOffset: '+09:00',
      utcOffsetMilliseconds: 32_400_000,
      uiDomain: 'app.hubspot.com',
      dataHostingLocation: 'na1',
    },
    owners: [
      {
        id: OWNER,
        userId: 1,
        email: 'csm@example.com',
        firstName: 'Sample',
        lastName: 'Owner',
        teams: [],
        archived: false,
        createdAt: Date.parse('2025-01-01T00:00:00Z') as Instant,
      },
    ],
    types: new Map([
      [COMPANY, type],
      [NOTE, emptyType(NOTE, [...activityProperties('note'), ...own])],
      [TASK, emptyType(TASK, [...activityProperties('task'), ...own])],
      [CALL, emptyType(CALL, activityProperties('call'))],
    ]),
    links: new Map(),
    pipelines: { tickets: [], deals: [] },
  };
}

/** How many live notes and tasks hold `words`, and on which companies they hang. */
export function holding(
  { portal }: Pick<DemoServer, 'portal'>,
  words: string,
): readonly { readonly id: string; readonly companies: readonly string[] }[] {
  return [NOTE, TASK, CALL].flatMap((id) =>
    [...(portal.types.get(id)?.records.values() ?? [])]
      .filter((record) => record.archivedAt === null && Object.values(record.properties).some((value) => value.includes(words)))
      .map((record) => ({ id: record.id, companies: linked(portal.links, id, record.id, COMPANY) })),
  );
}
