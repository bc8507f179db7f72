/** Contacts: who they are, who champions us, who has left. */
import type { ContactFact } from '../../account.ts';
import type { Day, Instant } from '../../units/day.ts';
import type { StoredRecord } from '../store/types.ts';
import { countsOf } from './counters.ts';
import type { FactReader } from './reader.ts';
import { parseFlag } from './values.ts';
import { laterOf, parseInstant } from './when.ts';

/** Signs of life of the person, as HubSpot keeps them by itself; opened mails are not, privacy proxies open them too. */
export const SIGNS_OF_LIFE = [
  'hs_analytics_last_timestamp',
  'hs_email_last_click_date',
  'hs_email_last_reply_date',
  'hs_sales_email_last_replied',
  'hs_last_sales_activity_timestamp',
] as const;

/** Set where a mailbox no longer exists; a soft bounce does not set it. */
export const HARD_BOUNCE = 'hs_email_hard_bounce_reason_enum';
/** A full mailbox, a spam filter or a policy is no sign of leaving. */
const GONE = /UNKNOWN_USER|UNKNOWN_RECIPIENT|NO_SUCH|MAILBOX_DISABLED|MAILBOX_UNAVAILABLE|DISABLED/;
export const LAST_SENT = 'hs_email_last_send_date';

/** Kept by HubSpot from the calls, meetings and mails that are logged on the person. */
const LAST_CONTACTED = 'notes_last_contacted';

const CHAMPION = /champion|推進者|チャンピオン/i;
/** Scripts in which the family name stands first. */
const FAMILY_FIRST = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}]/u;

/** The person's name in its own order, else the e-mail. */
export function contactName(first: string | null, last: string | null, email: string | null): string | null {
  const both = `${first ?? ''}${last ?? ''}`;
  const name = (FAMILY_FIRST.test(both) ? [last, first] : [first, last]).filter((part) => part !== null).join(' ');
  return name === '' ? email : name;
}

export function contactOf(record: StoredRecord, reader: FactReader): ContactFact {
  const { mapping } = reader.context;
  const email = reader.text(record, 'email');
  const knownAt = reader.knownAt(record);
  const role = reader.text(record, mapping['people.role']);
  const touched = reader.day(record, LAST_CONTACTED);
  return {
    validAt: knownAt,
    knownAt,
    source: reader.source(record),
    name: contactName(reader.text(record, 'firstname'), reader.text(record, 'lastname'), email) ?? record.id,
    email,
    jobTitle: reader.text(record, 'jobtitle'),
    role,
    champion: isChampion(record, role, reader),
    left: leftOf(record, reader),
    lastActiveOn: lastActiveOn(record, reader),
    ...(touched ? { lastTouchedOn: touched } : {}),
    ...countsOf(record, reader),
  };
}

/** Values of a multi-select are parted by `;`. */
const parts = (text: string): readonly string[] => text.split(';').map((part) => part.normalize('NFKC').trim().toLowerCase());

/** `people.champion` names a property (a tick box, or a role that says so) or `property:value`; without it the role decides. */
function isChampion(record: StoredRecord, role: string | null, reader: FactReader): boolean {
  const mapped = reader.context.mapping['people.champion'];
  if (mapped === undefined) return role !== null && CHAMPION.test(role.normalize('NFKC'));
  const colon = mapped.indexOf(':');
  const value = reader.text(record, colon < 0 ? mapped : mapped.slice(0, colon)) ?? '';
  if (colon >= 0)
    return parts(value).includes(
      mapped
        .slice(colon + 1)
        .normalize('NFKC')
        .trim()
        .toLowerCase(),
    );
  const flag = parseFlag(value);
  return (flag.ok && flag.value) || CHAMPION.test(value.normalize('NFKC'));
}

/** By the mapped date or tick box; else by a mailbox that no longer exists, dated by the mail that found out. */
function leftOf(record: StoredRecord, reader: FactReader): ContactFact['left'] {
  const property = reader.context.mapping['people.left'];
  const marked = property === undefined ? null : markedLeft(record, property, reader);
  return marked ?? bounced(record, reader);
}

function markedLeft(record: StoredRecord, property: string, reader: FactReader): ContactFact['left'] {
  const raw = reader.raw(record, property);
  const now = reader.entries(record, property).findLast((entry) => entry.value === raw);
  const recorded = now ? reader.dayOf(now.timestamp) : reader.firstSeen(record);
  const flag = parseFlag(raw);
  if (flag.ok) return flag.value ? { on: recorded, knownAt: recorded } : null;
  const on = reader.day(record, property);
  if (!on) return null;
  return { on, knownAt: now ? recorded : laterOf(recorded, on) };
}

function bounced(record: StoredRecord, reader: FactReader): ContactFact['left'] {
  const reason = reader.text(record, HARD_BOUNCE);
  if (reason === null || !GONE.test(reason.toUpperCase())) return null;
  const entry = reader.entries(record, HARD_BOUNCE).find(({ value }) => value === reason);
  if (entry) return { on: reader.dayOf(entry.timestamp), knownAt: reader.dayOf(entry.timestamp) };
  const on = reader.day(record, LAST_SENT);
  if (!on) return null;
  return { on, knownAt: laterOf(reader.firstSeen(record), on) };
}

function lastActiveOn(record: StoredRecord, reader: FactReader): Day | null {
  let latest: Instant | null = null;
  for (const property of SIGNS_OF_LIFE) {
    const instant = parseInstant(reader.raw(record, property) ?? '');
    if (instant !== null && (latest === null || instant > latest)) latest = instant;
  }
  return latest === null ? null : reader.dayOf(latest);
}
