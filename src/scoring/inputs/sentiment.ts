/** Inputs over NPS answers. */
import { type Account, isKnown, type SurveyFact } from '../../account.ts';
import { type Day, daysBetween } from '../../units/day.ts';
import { daysAgo, type Input, insufficient, notApplicable, reading } from '../reading.ts';
import { day, NONE, number, text } from './evidence.ts';

const LATEST_WINDOW = 180;
const CHANGE_WINDOW = 365;
const TIME_TO_ANSWER = 14;
const LEAST_SENDS = 2;

/** NPS answers of the last `days` days, newest first. */
function answers(account: Account, asOf: Day, days: number): readonly SurveyFact[] {
  const after = daysAgo(asOf, days);
  return account.surveys
    .filter((survey) => survey.kind === 'nps' && survey.validAt > after && isKnown(survey, asOf))
    .sort((a, b) => (a.validAt === b.validAt ? (a.source.id < b.source.id ? -1 : 1) : a.validAt < b.validAt ? 1 : -1));
}

/** The latest answer, 0–10. */
const npsLatest: Input = {
  feeds: ['survey'],
  read(account, { asOf }) {
    const [latest] = answers(account, asOf, LATEST_WINDOW);
    if (!latest) return insufficient('answers');
    return reading(
      latest.score,
      { v: number(latest.score), date: day(latest.validAt), who: text(latest.who === null ? '' : ` / ${latest.who}`) },
      { at: latest.validAt, source: latest.source, ageDays: daysBetween(latest.validAt, asOf) },
    );
  },
};

/** Points by which the latest answer is below the one before. */
const npsFall: Input = {
  feeds: ['survey'],
  read(account, { asOf }) {
    const [latest, previous] = answers(account, asOf, CHANGE_WINDOW);
    if (!latest || !previous) return insufficient('answers');
    return reading(
      previous.score - latest.score,
      { base: number(previous.score), v: number(latest.score), date: day(latest.validAt) },
      { at: latest.validAt, source: latest.source, ageDays: daysBetween(latest.validAt, asOf) },
    );
  },
};

/** Surveys sent since the last answer, the last fortnight's not yet counted: there is still time to answer them. */
const unansweredSurveys: Input = {
  feeds: ['survey'],
  read(account, { asOf }) {
    const contacts = account.contacts.filter((contact) => contact.surveyedOn !== undefined && isKnown(contact, asOf));
    if (contacts.length === 0) return notApplicable('send_log');
    const after = daysAgo(asOf, CHANGE_WINDOW);
    const due = daysAgo(asOf, TIME_TO_ANSWER);
    const sends = new Set(
      contacts.flatMap((contact) =>
        (contact.surveyedOn ?? []).flatMap(({ on, knownAt }) => (on > after && on <= due && knownAt <= asOf ? [on] : [])),
      ),
    );
    if (sends.size < LEAST_SENDS) return insufficient('sends');
    const last = account.surveys.reduce<Day | null>(
      (latest, survey) => (isKnown(survey, asOf) && (latest === null || survey.validAt > latest) ? survey.validAt : latest),
      null,
    );
    const silent = [...sends].filter((on) => last === null || on > last).sort();
    return reading(silent.length, { v: number(silent.length), date: silent[0] ? day(silent[0]) : NONE }, { at: silent.at(-1) ?? null });
  },
};

export const sentimentInputs = { unansweredSurveys, npsLatest, npsFall } as const;
