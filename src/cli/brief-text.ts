/** The brief as text or Markdown, for a terminal, a mail or a chat. */
import { BRIEF_KINDS, type Brief, type BriefReason, type BriefRow, RENEWAL_WINDOW_DAYS } from '../book/brief.ts';
import { type Clean, clean, literal } from '../text/clean.ts';
import { formatDay, formatMoney, formatSigned } from '../text/format.ts';
import { type Lang, t } from '../text/messages/index.ts';
import type { Sheet } from '../text/sheet.ts';
import type { Part } from './report.ts';
import { Table, textCell } from './report-sheet.ts';

const REASONS = 2;
const NAME_CELLS = 32;

export function briefParts(told: Brief, lang: Lang): readonly Part[] {
  const day = (of: Brief['since']): string => formatDay(of, lang, 'full');
  const title: Part = { kind: 'title', text: t(lang, 'brief.title', { since: day(told.since), until: day(told.until) }) };
  const parts = [
    ...section(told.newlyAtRisk, t(lang, 'brief.newlyAtRisk'), lang),
    ...section(told.worse, t(lang, 'brief.worse'), lang),
    ...section(told.mrrMoves, t(lang, 'brief.mrrMoves'), lang),
    ...section(told.renewals, t(lang, 'brief.renewals', { days: RENEWAL_WINDOW_DAYS }), lang),
    ...section(told.returned, t(lang, 'brief.returned'), lang),
    ...taskSection(told, lang),
    ...section(told.better, t(lang, 'brief.better'), lang),
  ];
  return [title, ...(parts.length > 0 ? parts : [{ kind: 'sentence' as const, text: t(lang, 'brief.nothing') }])];
}

function section(rows: readonly BriefRow[], heading: string, lang: Lang): readonly Part[] {
  if (rows.length === 0) return [];
  const say = (key: 'account' | 'risk' | 'mrr' | 'renewal' | 'because'): Clean => literal(t(lang, `brief.column.${key}`));
  return [
    { kind: 'heading', text: `${heading} (${rows.length})` },
    {
      kind: 'table',
      columns: [
        { title: say('account'), max: NAME_CELLS },
        { title: say('risk'), align: 'right' },
        { title: say('mrr'), align: 'right' },
        { title: say('renewal'), align: 'right' },
        { title: say('because') },
      ],
      rows: rows.map(({ row, riskBefore, mrrBefore, because }) => [
        clean(row.name),
        step(riskBefore, row.risk, String, lang),
        row.mrr === null ? literal('–') : step(mrrBefore, row.mrr, (amount) => formatMoney(amount, row.currency, lang), lang),
        literal(row.renewalDate === null ? '–' : formatDay(row.renewalDate, lang)),
        clean(
          because
            .slice(0, REASONS)
            .map((reason) => reasonText(reason, lang))
            .join(', '),
        ),
      ]),
    },
  ];
}

/** `58 → 74`; one number where it has not moved. */
function step(before: number | null, now: number, say: (value: number) => string, lang: Lang): Clean {
  if (before === null) return clean(`${t(lang, 'brief.new')} → ${say(now)}`);
  return clean(before === now ? say(now) : `${say(before)} → ${say(now)}`);
}

export const reasonText = ({ short, points, pointsBefore }: BriefReason, lang: Lang): string =>
  `${short[lang]} (${formatSigned(points - pointsBefore, 1)})`;

function taskSection({ tasks }: Brief, lang: Lang): readonly Part[] {
  if (tasks.length === 0) return [];
  return [
    { kind: 'heading', text: `${t(lang, 'brief.tasks')} (${tasks.length})` },
    {
      kind: 'table',
      columns: [
        { title: literal(t(lang, 'brief.column.due')) },
        { title: literal(t(lang, 'brief.column.account')), max: NAME_CELLS },
        { title: literal(t(lang, 'brief.column.task')) },
      ],
      rows: tasks.map((task) => [literal(formatDay(task.due, lang)), clean(task.account), clean(task.subject)]),
    },
  ];
}

/** A row for each account and task in each list, in the order of the lists. `currency`: of tasks, which have no amounts. */
export function briefSheets(told: Brief, currency: string, lang: Lang): readonly Sheet[] {
  const table = new Table(currency, lang, 'files.sheet.brief').column('list', 'files.column.list').column('id', 'files.column.account_id');
  table
    .column('name', 'brief.column.account', 'text', { width: 32 })
    .column('owner', 'export.column.owner')
    .column('band', 'export.column.band');
  table.column('riskBefore', 'files.column.risk_before', 'number').column('risk', 'brief.column.risk', 'number');
  table.column('currency', 'export.column.currency').column('mrrBefore', 'files.column.mrr_before', 'money');
  table.column('mrr', 'brief.column.mrr', 'money').column('renewalDate', 'brief.column.renewal', 'day');
  table.column('because', 'brief.column.because', 'text', { width: 60 }).column('due', 'brief.column.due', 'day');
  table.column('subject', 'brief.column.task', 'text', { width: 40 });
  for (const kind of BRIEF_KINDS) {
    if (kind === 'tasks') {
      const empty = [null, null, null, null, null, null, null, null, null];
      for (const one of told.tasks)
        table.row(literal(kind), clean(one.accountId), clean(one.account), ...empty, literal(one.due), clean(one.subject));
      continue;
    }
    for (const { row, riskBefore, mrrBefore, because } of told[kind]) {
      const who = [literal(kind), clean(row.id), clean(row.name), textCell(row.owner?.name), textCell(row.band)];
      const amounts = [clean(row.currency), mrrBefore, row.mrr, textCell(row.renewalDate)];
      const why = clean(because.map((reason) => reasonText(reason, lang)).join('; '));
      table.rowIn(row.currency, ...who, riskBefore, row.risk, ...amounts, why, null, null);
    }
  }
  return [table.sheet()];
}
