/** Inputs over what is said: by customers in tickets, answers and talks, and by the success manager. */
import { addDays, type Day, serialOf } from '../../units/day.ts';
import { allIn, standing } from '../facts.ts';
import type { Mention } from '../mentions.ts';
import { type Input, insufficient, notApplicable, plainly, reading } from '../reading.ts';
import type { EvidenceValues, EvidenceWord } from '../types.ts';
import { day, number, text, word } from './evidence.ts';

const SAID_DAYS = 120;
const REQUEST_DAYS = 180;
const INCIDENT_DAYS = 90;
/** An opinion is no older than this. */
export const OPINION_DAYS = 60;

/** How often a topic came up in 120 days, with the newest words; `flag`: once is enough. */
const mentions = (topic: string, flag: boolean): Input => ({
  feeds: ['mentions'],
  read(_facts, context) {
    const { on } = context;
    const found = allIn(context.mentions(topic), on - SAID_DAYS, on);
    const [last] = found;
    if (!last) return reading(0, plainly, 0, true);
    const { validAt, quote, where, source } = last;
    return reading(
      flag ? 1 : found.length,
      () => ({
        evidence: { v: number(found.length), quote: text(quote), date: day(validAt), where: word(where) },
        at: validAt,
        source,
      }),
      flag ? on - serialOf(validAt) : 0,
    );
  },
});

/** Open tickets of 180 days that ask for a feature. */
const featureGaps: Input = {
  feeds: ['support'],
  read(_facts, context) {
    const { asOf, on } = context;
    const open = allIn(context.mentions('missing_feature'), on - REQUEST_DAYS, on).filter(
      ({ ticket }) => ticket !== null && (ticket.closedOn === null || ticket.closedOn > asOf),
    );
    const [last] = open;
    if (!last) return reading(0, plainly, 0, true);
    return reading(open.length, () => ({
      evidence: { v: number(open.length), title: text(last.ticket?.subject ?? ''), date: day(last.validAt) },
      at: last.validAt,
      source: last.source,
    }));
  },
};

/** 1 where the account reported an outage within 90 days. */
const incident: Input = {
  feeds: ['support'],
  read(_facts, context) {
    const { on } = context;
    const last = allIn(context.mentions('incident'), on - INCIDENT_DAYS, on).find(({ ticket, inTitle }) => ticket !== null && inTitle);
    if (!last) return reading(0, plainly, 0, true);
    return reading(
      1,
      () => ({
        evidence: { date: day(last.validAt), title: text(last.ticket?.subject ?? '') },
        at: last.validAt,
        source: last.source,
      }),
      on - serialOf(last.validAt),
    );
  },
};

/** A tick without a reason counts less than a view of one's own with one. */
const OPINIONS: Readonly<Record<'healthy' | 'neutral' | 'at_risk', number>> = { healthy: -4, neutral: 0, at_risk: 8 };
const OPINION_WORDS: readonly (readonly [keyof typeof OPINIONS, RegExp])[] = [
  ['at_risk', /^(?:at[ _-]?risk|risk|risky|bad|negative|red|poor|unhealthy|危険|リスク|要注意|懸念|不調|悪い|赤)/],
  ['healthy', /^(?:healthy|good|positive|green|great|良好|好調|順調|安定|良い|青|緑)/],
  ['neutral', /^(?:neutral|ok|okay|yellow|average|普通|中立|様子見|黄)/],
];

/** What the portal's word for a view means; null where it is none of ours. */
function opinionIn(said: string): keyof typeof OPINIONS | null {
  const plain = said.normalize('NFKC').trim().toLowerCase();
  return OPINION_WORDS.find(([, pattern]) => pattern.test(plain))?.[0] ?? null;
}

interface Opinion {
  readonly on: Day;
  readonly points: number;
  readonly evidence: EvidenceValues[string];
  readonly source: Mention['source'] | null;
}

/** −8 … +12: the newest view of the success manager, from HubSpot's property or entered here, for 60 days. */
const opinion: Input = {
  feeds: ['csm'],
  read({ past }, { asOf, on, pulses }) {
    let newest: Opinion | null = null;
    const entry = standing(past.sentiment, on);
    if (entry?.value) {
      const found = opinionIn(entry.value);
      if (!found) return insufficient('opinion');
      newest = { on: entry.validAt, points: OPINIONS[found], evidence: word(found satisfies EvidenceWord), source: entry.source };
    }
    for (const pulse of pulses) {
      if (pulse.on > asOf || (newest && pulse.on < newest.on)) continue;
      newest = { on: pulse.on, points: pulse.points, evidence: text(pulse.because), source: null };
    }
    if (!newest || on - serialOf(newest.on) >= OPINION_DAYS) return notApplicable('no_opinion');
    const { evidence, source, on: at } = newest;
    return reading(newest.points, () => ({
      evidence: { text: evidence, date: day(at), until: day(addDays(at, OPINION_DAYS)) },
      at,
      source,
    }));
  },
};

export const marketInputs = {
  competitorMentions: mentions('competitor', true),
  priceMentions: mentions('price', false),
  featureGaps,
  incident,
  opinion,
} as const;
