/** Inputs over NPS answers. */
import { dayOfSerial, serialOf } from '../../units/day.ts';
import { allIn, NEVER, newestIn } from '../facts.ts';
import { type Input, insufficient, notApplicable, reading } from '../reading.ts';
import { day, NONE, number, text } from './evidence.ts';

const LATEST_WINDOW = 180;
const CHANGE_WINDOW = 365;
const TIME_TO_ANSWER = 14;
const LEAST_SENDS = 2;

/** The latest answer, 0–10. */
const npsLatest: Input = {
  feeds: ['survey'],
  read({ nps }, { on }) {
    const latest = newestIn(nps, on - LATEST_WINDOW, on);
    if (!latest) return insufficient('answers');
    const { score, who, validAt, source } = latest;
    return reading(
      score,
      () => ({
        evidence: { v: number(score), date: day(validAt), who: text(who === null ? '' : ` / ${who}`) },
        at: validAt,
        source,
      }),
      on - serialOf(validAt),
    );
  },
};

/** Points by which the latest answer is below the one before. */
const npsFall: Input = {
  feeds: ['survey'],
  read({ nps }, { on }) {
    const [latest, previous] = allIn(nps, on - CHANGE_WINDOW, on);
    if (!latest || !previous) return insufficient('answers');
    return reading(
      previous.score - latest.score,
      () => ({
        evidence: { base: number(previous.score), v: number(latest.score), date: day(latest.validAt) },
        at: latest.validAt,
        source: latest.source,
      }),
      on - serialOf(latest.validAt),
    );
  },
};

/** Surveys sent since the last answer, the last fortnight's not yet counted: there is still time to answer them. */
const unansweredSurveys: Input = {
  feeds: ['survey'],
  read({ contacts, surveys }, { on }) {
    let isLogged = false;
    const sends = new Set<number>();
    for (const { seen, surveyed } of contacts) {
      if (surveyed === null || seen > on) continue;
      isLogged = true;
      for (const sent of surveyed) {
        if (sent.on > on - CHANGE_WINDOW && sent.on <= on - TIME_TO_ANSWER && sent.known <= on) sends.add(sent.on);
      }
    }
    if (!isLogged) return notApplicable('send_log');
    if (sends.size < LEAST_SENDS) return insufficient('sends');
    const answer = newestIn(surveys, -NEVER, on);
    const last = answer ? serialOf(answer.validAt) : -NEVER;
    const silent = [...sends].filter((sent) => sent > last).sort((a, b) => a - b);
    const [first] = silent;
    const latest = silent.at(-1);
    return reading(silent.length, () => ({
      evidence: { v: number(silent.length), date: first === undefined ? NONE : day(dayOfSerial(first)) },
      at: latest === undefined ? null : dayOfSerial(latest),
    }));
  },
};

export const sentimentInputs = { unansweredSurveys, npsLatest, npsFall } as const;
