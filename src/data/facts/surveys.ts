/** NPS and CSAT answers: feedback submissions, or the NPS properties of contacts. */
import type { SurveyFact, TicketFact } from '../../account.ts';
import { daysBetween } from '../../units/day.ts';
import type { StoredRecord } from '../store/types.ts';
import { contactName } from './people.ts';
import type { FactReader } from './reader.ts';
import { parseNumber } from './values.ts';
import { laterOf } from './when.ts';

const parseNps = (raw: string | null) => parseNumber(raw, { min: 0, max: 10, whole: true });

/** HubSpot's words for how an answer was meant, in `hs_response_group` and `hs_sentiment`. */
const MEANT: Readonly<Record<string, 'good' | 'middling' | 'bad'>> = {
  PROMOTER: 'good',
  HAPPY: 'good',
  SATISFIED: 'good',
  POSITIVE: 'good',
  PASSIVE: 'middling',
  NEUTRAL: 'middling',
  DETRACTOR: 'bad',
  UNHAPPY: 'bad',
  DISSATISFIED: 'bad',
  NEGATIVE: 'bad',
};
/** On the scale of 1–5: what such an answer is worth, and which raw values agree with it. */
const WORTH = {
  good: { score: 5, from: 4, to: 5 },
  middling: { score: 3, from: 3, to: 3 },
  bad: { score: 1, from: 1, to: 2 },
} as const;

/**
 * CSAT on 1–5. Portals ask on 0–2, 1–5 and 1–7, and an answer does not name its scale: where HubSpot says how it was
 * meant, a raw value that disagrees is of another scale and only the meaning counts; else only 1–5 is readable.
 */
function csatOf(record: StoredRecord, reader: FactReader): number | null {
  const said = reader.text(record, 'hs_response_group') ?? reader.text(record, 'hs_sentiment') ?? '';
  const meant = Object.hasOwn(MEANT, said.toUpperCase()) ? MEANT[said.toUpperCase()] : undefined;
  if (!meant) return reader.value(record, 'hs_value', (raw) => parseNumber(raw, { min: 1, max: 5 }), 'number');
  const raw = reader.count(record, 'hs_value');
  const worth = WORTH[meant];
  return raw !== null && raw >= worth.from && raw <= worth.to ? raw : worth.score;
}

/** An answered NPS or CSAT survey; null for other surveys and for answers without a readable value. */
export function feedbackOf(record: StoredRecord, reader: FactReader): SurveyFact | null {
  const type = reader.raw(record, 'hs_survey_type')?.toUpperCase();
  if (type !== 'NPS' && type !== 'CSAT') return null;
  const score = type === 'NPS' ? reader.value(record, 'hs_value', parseNps, 'number') : csatOf(record, reader);
  if (score === null) return null;
  const knownAt = reader.knownAt(record);
  return {
    kind: type === 'NPS' ? 'nps' : 'csat',
    score,
    who: contactName(
      reader.text(record, 'hs_contact_firstname'),
      reader.text(record, 'hs_contact_lastname'),
      reader.text(record, 'hs_contact_email_rollup'),
    ),
    comment: reader.text(record, 'hs_content'),
    validAt: reader.day(record, 'hs_submission_timestamp') ?? knownAt,
    knownAt,
    source: reader.source(record, 'hs_value'),
  };
}

const RATING = 'hs_feedback_last_nps_rating';

/** NPS as a contact carries it: every rating of its history, else the last one, known since the first sync that saw it. */
export function contactSurveysOf(record: StoredRecord, reader: FactReader): readonly SurveyFact[] {
  const who = contactName(reader.text(record, 'firstname'), reader.text(record, 'lastname'), reader.text(record, 'email'));
  const comment = reader.text(record, 'hs_feedback_last_nps_follow_up');
  const answers = reader.history(record, RATING, parseNps, 'number');
  const dated = reader.entries(record, RATING).length > 0;
  const surveyed = reader.day(record, 'hs_feedback_last_survey_date');
  return answers.flatMap(({ value, validAt, knownAt, source }, index) => {
    if (value === null) return [];
    const day = dated || !surveyed ? validAt : surveyed;
    const last = index === answers.length - 1;
    return [
      {
        kind: 'nps' as const,
        score: value,
        who,
        comment: last ? comment : null,
        validAt: day,
        knownAt: laterOf(day, knownAt),
        source,
      },
    ];
  });
}

/** Days within which an answer to a closed ticket's survey comes in. */
const ANSWERED_WITHIN = 7;

/**
 * Portals copy the answer to a ticket's survey onto the ticket: the same rating must not count twice. The answer stays,
 * it knows its own day; each answer takes the rating off one ticket closed shortly before it with the same score.
 */
export function withoutCopiedRatings(tickets: readonly TicketFact[], surveys: readonly SurveyFact[]): readonly TicketFact[] {
  const copies = new Set<TicketFact>();
  for (const survey of surveys) {
    if (survey.kind !== 'csat') continue;
    const copy = tickets.findLast((ticket) => {
      if (ticket.csat !== survey.score || ticket.closedOn === null || copies.has(ticket)) return false;
      const days = daysBetween(ticket.closedOn, survey.validAt);
      return days >= 0 && days <= ANSWERED_WITHIN;
    });
    if (copy) copies.add(copy);
  }
  return copies.size === 0 ? tickets : tickets.map((ticket) => (copies.has(ticket) ? withoutRating(ticket) : ticket));
}

function withoutRating({ changes, ...ticket }: TicketFact): TicketFact {
  const { csat: _, ...others } = changes ?? {};
  return { ...ticket, csat: null, ...(Object.keys(others).length === 0 ? {} : { changes: others }) };
}
