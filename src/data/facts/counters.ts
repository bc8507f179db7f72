/** What HubSpot counts on a contact, and when it was sent a survey: both are told by the history alone. */
import type { ContactCounters, ContactFact, Counter } from '../../account.ts';
import type { MappingKey } from '../../settings/mapping.ts';
import type { StoredRecord } from '../store/types.ts';
import type { FactReader } from './reader.ts';
import { parseCount } from './values.ts';

const COUNTERS: Readonly<Record<keyof ContactCounters, MappingKey>> = {
  visits: 'web.visits',
  cancelPageViews: 'web.cancelPageViews',
  pricingPageViews: 'web.pricingPageViews',
  emailsSent: 'email.sent',
  emailsOpened: 'email.opened',
};

export function countsOf(record: StoredRecord, reader: FactReader): Pick<ContactFact, 'counters' | 'surveyedOn'> {
  const { mapping } = reader.context;
  const counters = Object.entries(COUNTERS).flatMap(([name, key]) => {
    const property = mapping[key];
    const counter = property === undefined ? null : counterOf(record, property, reader);
    return counter === null ? [] : [[name, counter] as const];
  });
  const sent = mapping['survey.sentOn'];
  return {
    ...(counters.length === 0 ? {} : { counters: Object.fromEntries(counters) }),
    ...(sent === undefined ? {} : { surveyedOn: sendsOf(record, sent, reader) }),
  };
}

/** `property:part`: a property that holds an address counts up each time it is set to one with that part. */
function visitsOf(record: StoredRecord, property: string, part: string, reader: FactReader): Counter {
  const wanted = part.normalize('NFKC').trim().toLowerCase();
  const seen = reader.entries(record, property).filter(({ value }) => plainAddress(value).includes(wanted));
  return seen.map(({ timestamp }, index) => ({ on: reader.dayOf(timestamp), total: index + 1 }));
}

/** Addresses hold Japanese paths as escapes. */
function plainAddress(address: string): string {
  try {
    return decodeURI(address).normalize('NFKC').toLowerCase();
  } catch {
    return address.normalize('NFKC').toLowerCase();
  }
}

/** Empty where nothing was ever counted. A total without history says nothing of when it grew: as good as not mapped. */
function counterOf(record: StoredRecord, mapped: string, reader: FactReader): Counter | null {
  const colon = mapped.indexOf(':');
  if (colon > 0) return visitsOf(record, mapped.slice(0, colon), mapped.slice(colon + 1), reader);
  const property = mapped;
  const entries = reader.entries(record, property);
  if (entries.length === 0) return (reader.raw(record, property) ?? '') === '' ? [] : null;
  return entries.flatMap(({ value, timestamp }) => {
    const total = parseCount(value);
    return total.ok ? [{ on: reader.dayOf(timestamp), total: total.value }] : [];
  });
}

/** One send for every day that the property was set to. */
function sendsOf(record: StoredRecord, property: string, reader: FactReader): NonNullable<ContactFact['surveyedOn']> {
  const sends = new Map(
    reader
      .history(record, property, reader.dayParser(record.object, property), 'date')
      .toReversed()
      .flatMap(({ value, knownAt }) => (value === null ? [] : [[value, knownAt] as const])),
  );
  return [...sends].map(([on, knownAt]) => ({ on, knownAt })).sort((a, b) => (a.on < b.on ? -1 : 1));
}
