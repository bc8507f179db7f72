/** The brief: one line above the queue, and in a row's own words what moved it. Pure. */
import { BRIEF_KINDS, type BriefKind, type BriefLine, type BriefSummary } from '../../book/brief.ts';
import type { BookRow } from '../../book/row.ts';
import { cutLine, gap, type Line, lineWidth, type Span, span } from '../../components/line.ts';
import { say } from '../../components/say.ts';
import type { Tone } from '../../components/theme.ts';
import { type Clean, cleanLine, join, literal } from '../../text/clean.ts';
import { formatDay, formatMoment, formatMoney, formatSigned } from '../../text/format.ts';
import type { Lang } from '../../text/messages/index.ts';
import { addDays, type Day } from '../../units/day.ts';

export interface BandInput {
  readonly told: BriefSummary | null;
  /** What the queue is narrowed to. */
  readonly chosen: BriefKind | null;
  readonly currency: string;
  readonly timeZone: string;
  readonly today: Day;
  readonly width: number;
  readonly lang: Lang;
}

const TONES: Readonly<Record<BriefKind, Tone>> = {
  newlyAtRisk: 'critical',
  worse: 'worse',
  mrrMoves: 'plain',
  renewals: 'plain',
  tasks: 'plain',
  returned: 'plain',
  better: 'better',
};

/** The lists that have somebody in them, in the order of a morning. */
export const kindsIn = (told: BriefSummary | null): readonly BriefKind[] =>
  told === null ? [] : BRIEF_KINDS.filter((kind) => told.lists[kind].length > 0);

/** `since Fri 17:40`, or the day where nobody looked. */
export function sinceWords({
  told,
  timeZone,
  today,
  lang,
}: Pick<BandInput, 'timeZone' | 'today' | 'lang'> & { readonly told: BriefSummary }): Clean {
  const at =
    told.lookedAt === null
      ? told.since === addDays(told.until, -1)
        ? say(lang, 'morning.since.yesterday')
        : literal(formatDay(told.since, lang, 'weekday'))
      : cleanLine(formatMoment(told.lookedAt, timeZone, today, lang));
  return say(lang, 'morning.since', { at });
}

/** One list in a few words: `3 newly at risk`, `MRR −¥180K`. */
export function kindWords(told: BriefSummary, kind: BriefKind, currency: string, lang: Lang): Clean {
  const n = told.lists[kind].length;
  if (kind !== 'mrrMoves') return say(lang, `morning.kind.${kind}`, { n });
  return say(lang, 'morning.kind.mrrMoves', { n, amount: cleanLine(formatMoney(told.mrrMoved, currency, lang, { signed: true })) });
}

export function bandLine(input: BandInput): Line {
  const { told, chosen, currency, width, lang } = input;
  if (told === null) return cutLine([gap(1), span(say(lang, 'morning.brief.reading'), 'quiet')], width);
  const kinds = kindsIn(told);
  const seen: Span[] =
    told.seenAt === null
      ? []
      : [
          span(say(lang, 'morning.brief.seen', { at: cleanLine(formatMoment(told.seenAt, input.timeZone, input.today, lang)) }), 'quiet'),
          gap(2),
        ];
  const head: Line = [gap(1), ...seen, span(literal(`${sinceWords({ ...input, told })}:`), 'quiet')];
  if (kinds.length === 0) return cutLine([...head, gap(1), span(say(lang, 'morning.brief.nothing'), 'quiet')], width);
  let line: Line = head;
  for (const kind of kinds) {
    const words = kindWords(told, kind, currency, lang);
    const isChosen = kind === chosen;
    const next: Line = [
      ...line,
      gap(2),
      span(isChosen ? literal(`▌${words}▐`) : words, isChosen ? 'selected' : told.seenAt === null ? TONES[kind] : 'quiet'),
    ];
    if (lineWidth(next) > width - 2) return cutLine([...line, gap(1), span(literal('…'), 'quiet')], width);
    line = next;
  }
  return line;
}

/** `58 → 74 · logins −46 % (+7.9)`: how far the account moved, and the one signal behind it. */
export function movedWords(line: BriefLine, row: BookRow, lang: Lang): Clean | null {
  const parts: Clean[] = [];
  if (line.riskBefore !== null && line.riskBefore !== row.risk) parts.push(literal(`${line.riskBefore} → ${row.risk}`));
  if (line.mrrBefore !== null && row.mrr !== null && line.mrrBefore !== row.mrr)
    parts.push(cleanLine(`MRR ${formatMoney(row.mrr - line.mrrBefore, row.currency, lang, { signed: true })}`));
  if (line.because) {
    const { short, points, pointsBefore } = line.because;
    parts.push(cleanLine(`${short[lang]} (${formatSigned(points - pointsBefore, 1)})`));
  }
  return parts.length === 0 ? null : join(parts, literal(' · '));
}
