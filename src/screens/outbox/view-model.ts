/** What waits to be sent, was sent, or needs somebody. Pure. */
import { cutLine, emptyLine, gap, type Line, span } from '../../components/line.ts';
import { say } from '../../components/say.ts';
import { type Column, cell, headLine, tableLine } from '../../components/table.ts';
import type { Tone } from '../../components/theme.ts';
import type { OutboxEntry } from '../../open.ts';
import { cut } from '../../text/cells.ts';
import { type Clean, cleanLine, literal } from '../../text/clean.ts';
import { formatMoment } from '../../text/format.ts';
import type { Lang } from '../../text/messages/index.ts';
import type { Day } from '../../units/day.ts';

export interface OutboxInput {
  readonly rows: readonly OutboxEntry[] | null;
  readonly selectedId: string | null;
  readonly offset: number;
  readonly width: number;
  readonly height: number;
  readonly timeZone: string;
  readonly today: Day;
  readonly lang: Lang;
}

const CHROME = 3;
/** Rows under the list that say what holds the selected one up. */
const DETAIL = 3;

export const outboxPage = (height: number): number => Math.max(1, height - CHROME - DETAIL);

const TONES: Readonly<Record<OutboxEntry['state'], Tone>> = {
  held: 'accent',
  ready: 'plain',
  sending: 'plain',
  unknown: 'high',
  needs_you: 'problem',
  sent: 'quiet',
};

function outboxColumns(width: number, lang: Lang): Column[] {
  const fixed = [
    { id: 'mark', title: literal(''), width: 1 },
    { id: 'state', title: say(lang, 'app.outbox.state'), width: 14 },
    { id: 'kind', title: say(lang, 'app.outbox.kind'), width: lang === 'ja' ? 6 : 5 },
    { id: 'when', title: say(lang, 'app.outbox.when'), width: 12 },
  ];
  const rest = Math.max(4, width - fixed.reduce((sum, column) => sum + column.width + 1, 0));
  const name = Math.max(2, Math.min(24, Math.floor(rest * 0.4)));
  return [
    ...fixed,
    { id: 'account', title: say(lang, 'app.column.name'), width: name },
    { id: 'text', title: say(lang, 'app.outbox.text'), width: rest - name - 1 },
  ].map((column) => ({ ...column, align: 'left' }));
}

export function outboxLines({ rows, selectedId, offset, width, height, timeZone, today, lang }: OutboxInput): Line[] {
  const title: Line = [gap(1), span(say(lang, 'app.outbox.title'), 'strong')];
  if (rows === null) return [title, emptyLine, [gap(2), span(say(lang, 'app.account.reading'), 'quiet')]];
  if (rows.length === 0) return [title, emptyLine, [gap(2), span(cut(say(lang, 'app.outbox.empty'), width - 3), 'quiet')]];
  const columns = outboxColumns(width, lang);
  const page = outboxPage(height);
  const drawn = rows.slice(offset, offset + page).map((row): Line => {
    const selected = row.id === selectedId;
    return tableLine(columns, [
      cell(literal(selected ? '▸' : ''), 'selected'),
      cell(say(lang, `app.state.${row.state}`), TONES[row.state]),
      cell(say(lang, `outbox.kind.${row.kind}`), 'quiet'),
      cell(literal(formatMoment(row.queuedAt, timeZone, today, lang)), 'quiet'),
      cell(cleanLine(row.accountName), selected ? 'selected' : 'plain'),
      cell(cleanLine(row.text)),
    ]);
  });
  const filled = [...drawn, ...Array.from({ length: Math.max(0, page - drawn.length) }, () => emptyLine)];
  return [title, headLine(columns), ...filled, ...detail(rows.find((row) => row.id === selectedId) ?? null, rows, width, lang)];
}

/** What holds the row up: HubSpot's reason, the row that must go first, else what its state means. */
function reasonOf(row: OutboxEntry, rows: readonly OutboxEntry[], lang: Lang): Clean {
  if (row.required !== null) return say(lang, 'outbox.complete', { property: cleanLine(row.required) });
  if (row.because !== null) return cleanLine(row.because);
  const first = rows.find((other) => row.dependsOn.includes(other.id) && other.state !== 'sent');
  if (first && row.state === 'ready') return say(lang, 'outbox.waits', { what: cleanLine(first.text) });
  return say(lang, `app.stateMeaning.${row.state}`);
}

function detail(row: OutboxEntry | null, rows: readonly OutboxEntry[], width: number, lang: Lang): Line[] {
  if (!row) return [];
  const reason = reasonOf(row, rows, lang);
  const attempts: Line = row.attempts > 0 ? [span(literal(` · ${say(lang, 'app.outbox.attempts', { n: row.attempts })}`), 'quiet')] : [];
  return [emptyLine, cutLine([gap(1), span(reason, row.state === 'needs_you' ? 'problem' : 'plain'), ...attempts], width)];
}
