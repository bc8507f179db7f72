/** Inputs over what is said: by customers in tickets, answers and talks, and by the success manager. */
import type { Incident } from '../../policy.ts';
import type { EvidenceValues, EvidenceWord } from '../../text/evidence.ts';
import { searchKey } from '../../text/search.ts';
import { addDays, type Day, dayOfSerial, serialOf } from '../../units/day.ts';
import { allIn, type Facts, pastValue, standing } from '../facts.ts';
import type { Mention } from '../mentions.ts';
import { type Input, insufficient, notApplicable, plainly, type ReadingContext, reading } from '../reading.ts';
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

/** Whether the incident is said to have hit the account: no list names anybody, or one of them names it. */
function hit({ plans, segments, products, accounts }: Incident, { account, past }: Facts, context: ReadingContext): boolean {
  if (!plans && !segments && !products && !accounts) return true;
  const names = (list: readonly string[] | undefined, value: string | null): boolean =>
    value !== null && (list ?? []).some((one) => searchKey(one) === searchKey(value));
  const { revenue, plan, on } = context;
  return (
    (accounts ?? []).includes(account.id) ||
    names(plans, plan) ||
    names(segments, pastValue(past.segment, on)) ||
    (products !== undefined && [...revenue.productsIn(revenue.month)].some(([product, mrr]) => mrr > 0 && names(products, product)))
  );
}

/** The newest incident of the policy's list that hit the account, later than `after`. */
function listedIncident(facts: Facts, context: ReadingContext, after: number): { readonly on: number; readonly title: string } | null {
  let newest: { on: number; title: string } | null = null;
  for (const one of context.incidents) {
    const on = serialOf(one.on);
    if (on <= after || on > context.on || on < facts.created || !hit(one, facts, context)) continue;
    if (!newest || on > newest.on || (on === newest.on && one.title < newest.title)) newest = { on, title: one.title };
  }
  return newest;
}

/** 1 where the policy's list of incidents names the account, or it reported an outage, within 90 days; the newer of both. */
const incident: Input = {
  feeds: ['support'],
  read(facts, context) {
    const { on } = context;
    const after = on - INCIDENT_DAYS;
    const listed = context.incidents.length === 0 ? null : listedIncident(facts, context, after);
    const told = allIn(context.mentions('incident'), after, on).find(({ ticket, inTitle }) => ticket !== null && inTitle);
    if (listed && (!told || listed.on >= serialOf(told.validAt))) {
      const at = dayOfSerial(listed.on);
      return reading(1, () => ({ evidence: { date: day(at), title: text(listed.title) }, at }), on - listed.on);
    }
    if (!told) return reading(0, plainly, 0, true);
    return reading(
      1,
      () => ({
        evidence: { date: day(told.validAt), title: text(told.ticket?.subject ?? '') },
        at: told.validAt,
        source: told.source,
      }),
      on - serialOf(told.validAt),
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
