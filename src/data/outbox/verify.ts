/** Looks in HubSpot for a record that an attempt may have made, by two paths that fail and lag independently. */

import { hasMarker } from '../../plays/marker.ts';
import type { Instant } from '../../units/day.ts';
import { err, ok, type Result } from '../../units/result.ts';
import type { ApiFailure, CallOptions, CrmRecord, Gateway } from '../hubspot/types.ts';
import type { OutboxRow, Sighting } from '../store/outbox-rows.ts';
import type { FrozenCreate } from './types.ts';

export interface Look {
  readonly search: Sighting;
  readonly associations: Sighting;
  readonly hubspotId: string | null;
  /** What kept a path from answering. */
  readonly failure: ApiFailure | null;
}

type Path = { readonly sighting: Sighting; readonly hubspotId: string | null; readonly failure: ApiFailure | null };

const PAGE = 200;
const CHUNK = 100;
const DAY = 86_400_000;

/** Finds the record by its moment in the search index and, unless that settles it, among what hangs on the company. */
export async function look(gateway: Gateway, row: OutboxRow, companyId: string | null, options: CallOptions): Promise<Look> {
  const trace = traceOf(row);
  const search = await bySearch(gateway, row, trace, options);
  if (search.sighting === 'found') return { search: 'found', associations: 'absent', hubspotId: search.hubspotId, failure: null };
  const company = await byAssociation(gateway, row, companyId ?? row.companyId, trace, options);
  return {
    search: search.sighting,
    associations: company.sighting,
    hubspotId: company.hubspotId,
    failure: search.failure ?? company.failure,
  };
}

/** Our clock and HubSpot's may differ by so much. */
const SKEW_MS = 120_000;

/** True once search shows some record made well after `since`: proof that the index has come so far. */
export async function hasWitness(
  gateway: Gateway,
  object: string,
  since: Instant,
  options: CallOptions,
): Promise<Result<boolean, ApiFailure>> {
  const reply = await gateway.search(
    object,
    {
      filterGroups: [[{ propertyName: 'hs_createdate', operator: 'GT', value: String(since + SKEW_MS) }]],
      properties: ['hs_createdate'],
      afterId: null,
      limit: 1,
    },
    options,
  );
  if (!reply.ok) return err(reply.error);
  return ok(reply.value.records.some((record) => record.createdAt > since + SKEW_MS));
}

interface Trace {
  readonly bodyProperty: string;
  readonly letters: string;
  readonly ownerId: string;
  readonly moment: number;
  readonly properties: readonly string[];
}

function traceOf(row: OutboxRow): Trace {
  const { record } = JSON.parse(row.request) as FrozenCreate;
  const bodyProperty = Object.entries(record.properties).find(([, value]) => value.includes(row.marker))?.[0] ?? '';
  return {
    bodyProperty,
    letters: onlyLetters(record.properties[bodyProperty] ?? '', row.marker),
    ownerId: record.properties.hubspot_owner_id ?? '',
    moment: row.hsTimestamp,
    properties: [bodyProperty, 'hs_timestamp', 'hubspot_owner_id'],
  };
}

/** What is left of rich text after any clean-up: its letters and digits, without markup, entities and marker. */
const onlyLetters = (html: string, marker: string): string =>
  html
    .replace(/<[^>]*>/g, ' ')
    .replace(/&#?\w+;/g, ' ')
    .replaceAll(marker, ' ')
    .replace(/[^\p{L}\p{N}]/gu, '');

/**
 * Ours by its marker; ours too where only the marker was lost (moment to the millisecond, owner and text agree).
 * The same moment and owner on the same company with another text may be ours, edited since: that is no negative.
 */
function sight(record: CrmRecord, row: OutboxRow, trace: Trace, sameCompany: boolean): Sighting {
  const body = record.properties[trace.bodyProperty] ?? '';
  if (hasMarker(body, row.marker)) return 'found';
  if (momentOf(record) !== trace.moment || (record.properties.hubspot_owner_id ?? '') !== trace.ownerId) return 'absent';
  if (trace.letters !== '' && onlyLetters(body, row.marker) === trace.letters) return 'found';
  return sameCompany ? 'doubtful' : 'absent';
}

function momentOf(record: CrmRecord): number {
  const value = record.properties.hs_timestamp ?? '';
  return /^\d+$/.test(value) ? Number(value) : Date.parse(value);
}

async function bySearch(gateway: Gateway, row: OutboxRow, trace: Trace, options: CallOptions): Promise<Path> {
  const second = Math.floor(row.hsTimestamp / 1000) * 1000;
  const filter = { propertyName: 'hs_timestamp', operator: 'BETWEEN', value: String(second), highValue: String(second + 1000) } as const;
  for (let afterId: string | null = null; ; ) {
    const request = { filterGroups: [[filter]], properties: trace.properties, afterId, limit: PAGE };
    const reply: Awaited<ReturnType<Gateway['search']>> = await gateway.search(row.object, request, options);
    if (!reply.ok) return { sighting: 'failed', hubspotId: null, failure: reply.error };
    const { records } = reply.value;
    const ours = records.find((record) => sight(record, row, trace, false) === 'found');
    if (ours) return { sighting: 'found', hubspotId: ours.id, failure: null };
    const last = records.at(-1);
    if (records.length < PAGE || !last) return { sighting: 'absent', hubspotId: null, failure: null };
    afterId = last.id;
  }
}

async function byAssociation(gateway: Gateway, row: OutboxRow, companyId: string, trace: Trace, options: CallOptions): Promise<Path> {
  const listed = await gateway.associations('companies', row.object, [companyId], options);
  if (!listed.ok) return { sighting: 'failed', hubspotId: null, failure: listed.error };
  const ids = [...(listed.value.get(companyId) ?? [])].sort((a, b) => b.length - a.length || (a < b ? 1 : -1));
  const since = (row.attemptedAt ?? row.queuedAt) - DAY;
  let doubtful = false;
  for (let start = 0; start < ids.length; start += CHUNK) {
    const read = await gateway.read(row.object, ids.slice(start, start + CHUNK), trace.properties, [], options);
    if (!read.ok) return { sighting: 'failed', hubspotId: null, failure: read.error };
    for (const record of read.value.records) {
      const sighting = sight(record, row, trace, true);
      if (sighting === 'found') return { sighting, hubspotId: record.id, failure: null };
      doubtful ||= sighting === 'doubtful';
    }
    // Newest ids come first: a whole batch from long before the attempt means that the rest is older still.
    const { records } = read.value;
    if (records.length > 0 && records.every((record) => record.createdAt < since)) break;
  }
  return { sighting: doubtful ? 'doubtful' : 'absent', hubspotId: null, failure: null };
}
