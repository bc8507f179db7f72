/** The line that is always there: where one is, as of when, how old the data is, what runs and what waits. */
import { cutLine, gap, type Line, lineWidth, type Span, span, spread } from '../components/line.ts';
import { say } from '../components/say.ts';
import { type Clean, cleanLine, literal } from '../text/clean.ts';
import { formatDay, formatMoment, formatPercent, formatSpan } from '../text/format.ts';
import type { Context } from './context.ts';

/** Data older than this is worth a look at the clock. */
const STALE_MS = 12 * 3_600_000;

export function headerLine(context: Context, width: number): Line {
  const { workspace, lang } = context;
  const owner = workspace.owner ? cleanLine(workspace.owner.name) : say(lang, 'app.header.everybody');
  const left: Line = [
    span(literal(' 兆 kizashi'), 'strong'),
    gap(2),
    span(cleanLine(workspace.portal.label)),
    span(literal(' · '), 'quiet'),
    span(owner),
  ];
  const parts = rightParts(context, width);
  // What is least needed gives way first, so that the label stays readable.
  const room = width - Math.min(lineWidth(left), Math.floor(width / 3)) - 2;
  while (parts.length > 1 && lineWidth(joined(parts)) > room) parts.shift();
  return spread(left, [...cutLine(joined(parts), room), gap(1)], width);
}

const joined = (parts: readonly Span[]): Line =>
  parts.flatMap((part, index) => (index > 0 ? [span(literal(' · '), 'quiet'), part] : [part]));

/** Least needed first. */
function rightParts(context: Context, width: number): Span[] {
  const { workspace, status, lang, now } = context;
  const parts: Span[] = [];
  const style = width >= 110 ? 'full' : 'weekday';
  if (workspace.asOf === workspace.today) parts.push(span(literal(formatDay(workspace.today, lang, style)), 'quiet'));
  const data =
    status.syncedAt === null
      ? say(lang, 'app.header.noData')
      : say(lang, 'app.header.data', { at: formatMoment(status.syncedAt, workspace.portal.timeZone, workspace.today, lang) });
  parts.push(span(data, status.syncedAt !== null && now - status.syncedAt > STALE_MS ? 'high' : 'quiet'));
  if (workspace.asOf !== workspace.today)
    parts.push(span(say(lang, 'app.header.asOf', { day: formatDay(workspace.asOf, lang, 'full') }), 'problem'));
  if (status.scoring && !status.sync) parts.push(span(say(lang, 'app.header.scoring'), 'quiet'));
  const progress = progressWords(context);
  if (progress) parts.push(span(progress, 'accent'));
  if (status.quota) {
    const left = formatPercent(status.quota.left);
    parts.push(
      span(say(lang, `sync.quota.${status.quota.background}`, { left }), status.quota.background === 'stopped' ? 'problem' : 'high'),
    );
  }
  if (status.offline) parts.push(span(say(lang, 'app.header.offline'), 'high'));
  const { held, ready, sending, unknown, needsYou } = status.outbox;
  const waiting = held + ready + sending;
  if (waiting > 0) parts.push(span(say(lang, 'app.header.waiting', { n: waiting }), 'accent'));
  if (unknown > 0) parts.push(span(say(lang, 'app.header.unknown', { n: unknown }), 'high'));
  if (needsYou > 0) parts.push(span(say(lang, 'app.header.needsYou', { n: needsYou }), 'problem'));
  if (status.doubles > 0) parts.push(span(say(lang, 'outbox.header.doubles', { n: status.doubles }), 'problem'));
  return parts;
}

/** How far a running sync is: `companies 120/240 · 12 s left`. */
export function progressWords({ status, lang }: Pick<Context, 'status' | 'lang'>): Clean | null {
  const { sync } = status;
  if (!sync) return null;
  const count = sync.total === null ? (sync.done > 0 ? ` ${sync.done}` : '') : ` ${sync.done}/${sync.total}`;
  const left = sync.secondsLeft === null ? '' : ` · ${say(lang, 'app.header.left', { span: formatSpan(sync.secondsLeft, lang) })}`;
  return say(lang, 'app.header.syncing', { what: `${cleanLine(sync.phase)}${count}${left}` });
}
