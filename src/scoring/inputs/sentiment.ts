/** Inputs over NPS answers. */
import { type Account, isKnown, type SurveyFact } from '../../account.ts';
import { type Day, daysBetween } from '../../units/day.ts';
import { daysAgo, type Input, insufficient, reading } from '../reading.ts';
import { day, number, text } from './evidence.ts';

const LATEST_WINDOW = 180;
const CHANGE_WINDOW = 365;

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

export const sentimentInputs = { npsLatest, npsFall } as const;
