/** Inputs over what is said: by customers in tickets, answers and talks, and by the success manager. */
import { entryOn, isKnown } from '../../account.ts';
import { addDays, type Day, daysBetween } from '../../units/day.ts';
import type { Mention } from '../mentions.ts';
import { daysAgo, type Input, insufficient, notApplicable, type ReadingContext, reading } from '../reading.ts';
import type { EvidenceValues, EvidenceWord } from '../types.ts';
import { day, number, text, word } from './evidence.ts';

const SAID_DAYS = 120;
const REQUEST_DAYS = 180;
const INCIDENT_DAYS = 90;
/** An opinion is no older than this. */
export const OPINION_DAYS = 60;

/** Mentions of a topic in the last `days` days, newest first. */
function said(context: ReadingContext, topic: string, days: number): readonly Mention[] {
  const after = daysAgo(context.asOf, days);
  return context
    .mentions(topic)
    .filter((mention) => mention.validAt > after && isKnown(mention, context.asOf))
    .sort((a, b) => (a.validAt === b.validAt ? (a.source.id < b.source.id ? -1 : 1) : a.validAt < b.validAt ? 1 : -1));
}

const NOTHING = { zero: true } as const;

/** How often a topic came up in 120 days, with the newest words; `flag`: once is enough. */
const mentions = (topic: string, flag: boolean): Input => ({
  feeds: ['mentions'],
  read(_account, context) {
    const found = said(context, topic, SAID_DAYS);
    const [last] = found;
    if (!last) return reading(0, {}, NOTHING);
    const evidence = { v: number(found.length), quote: text(last.quote), date: day(last.validAt), where: word(last.where) };
    const ageDays = flag ? daysBetween(last.validAt, context.asOf) : 0;
    return reading(flag ? 1 : found.length, evidence, { at: last.validAt, source: last.source, ageDays });
  },
});

/** Open tickets of 180 days that ask for a feature. */
const featureGaps: Input = {
  feeds: ['support'],
  read(_account, context) {
    const { asOf } = context;
    const open = said(context, 'missing_feature', REQUEST_DAYS).filter(
      ({ ticket }) => ticket !== null && (ticket.closedOn === null || ticket.closedOn > asOf),
    );
    const [last] = open;
    if (!last) return reading(0, {}, NOTHING);
    const evidence = { v: number(open.length), title: text(last.ticket?.subject ?? ''), date: day(last.validAt) };
    return reading(open.length, evidence, { at: last.validAt, source: last.source });
  },
};

/** 1 where the account reported an outage within 90 days. */
const incident: Input = {
  feeds: ['support'],
  read(_account, context) {
    const last = said(context, 'incident', INCIDENT_DAYS).find(({ ticket, inTitle }) => ticket !== null && inTitle);
    if (!last) return reading(0, {}, NOTHING);
    const evidence = { date: day(last.validAt), title: text(last.ticket?.subject ?? '') };
    return reading(1, evidence, { at: last.validAt, source: last.source, ageDays: daysBetween(last.validAt, context.asOf) });
  },
};

/** A tick without a reason counts less than a view of one's own with one. */
const OPINIONS: Readonly<Record<'healthy' | 'neutral' | 'at_risk', number>> = { healthy: -4, neutral: 0, at_risk: 8 };
const OPINION_WORDS: readonly (readonly [keyof typeof OPINIONS, RegExp])[] = [
  ['at_risk', /^(?:at[ _-]?risk|risk|risky|bad|negative|red|poor|unhealthy|危険|リスク|要注意|懸念|不調|悪い|赤)/],
  ['healthy', /^(?:healthy|good|positive|green|great|良好|好調|順調|安定|良い|青|緑)/],
  ['neutral', /^(?:neutral|ok|okay|yellow|average|普通|中立|様子見|黄)/],
];

interface Opinion {
  readonly on: Day;
  readonly points: number;
  readonly evidence: EvidenceValues[string];
  readonly source: Mention['source'] | null;
}

/** −8 … +12: the newest view of the success manager, from HubSpot's property or entered here, for 60 days. */
const opinion: Input = {
  feeds: ['csm'],
  read(account, { asOf, pulses }) {
    let newest: Opinion | null = null;
    const entry = entryOn(account.attributes.sentiment, asOf);
    if (entry?.value) {
      const plain = entry.value.normalize('NFKC').trim().toLowerCase();
      const found = OPINION_WORDS.find(([, pattern]) => pattern.test(plain))?.[0];
      if (!found) return insufficient('opinion');
      newest = { on: entry.validAt, points: OPINIONS[found], evidence: word(found satisfies EvidenceWord), source: entry.source };
    }
    for (const pulse of pulses) {
      if (pulse.on > asOf || (newest && pulse.on < newest.on)) continue;
      newest = { on: pulse.on, points: pulse.points, evidence: text(pulse.because), source: null };
    }
    if (!newest || daysBetween(newest.on, asOf) >= OPINION_DAYS) return notApplicable('no_opinion');
    return reading(
      newest.points,
      { text: newest.evidence, date: day(newest.on), until: day(addDays(newest.on, OPINION_DAYS)) },
      { at: newest.on, source: newest.source },
    );
  },
};

export const marketInputs = {
  competitorMentions: mentions('competitor', true),
  priceMentions: mentions('price', false),
  featureGaps,
  incident,
  opinion,
} as const;
