/** One account: receipt, people, timeline. */
import type { AccountView, ReceiptView } from '../../book/account-view.ts';
import { betterWords, changeTitle, changeWords } from '../../book/change-words.ts';
import { accountJson } from '../../book/json.ts';
import { missingReason } from '../../book/missing.ts';
import { printedReceipt } from '../../book/printed-receipt.ts';
import { padEnd, padStart, width } from '../../text/cells.ts';
import { type Clean, clean, cleanLine, literal } from '../../text/clean.ts';
import { formatDay, formatMoneyFull, formatNumber, formatPercent, formatSigned } from '../../text/format.ts';
import { linked } from '../../text/links.ts';
import { type Lang, t } from '../../text/messages/index.ts';
import { type Day, parseDay } from '../../units/day.ts';
import { type Context, type Invocation, option, type Run } from '../context.ts';
import { withDesk } from '../desk.ts';
import { CommandError, EXIT } from '../exit.ts';
import { readRow } from '../owners.ts';
import { writeJson } from '../print.ts';

const HEALTH_CELLS = 60;
const TIMELINE_ENTRIES = 20;

export const run: Run = (context, invocation) => {
  const since = sinceOption(context, invocation);
  return withDesk(context, async (desk, session) => {
    if (since !== undefined && since >= desk.asOf)
      throw new CommandError(EXIT.usage, t(context.lang, 'cli.error.since', { day: since, asOf: desk.asOf }));
    const snapshot = await desk.book();
    const row = await readRow(context, snapshot, session, invocation.args[0] ?? '');
    const view = await desk.account(row.id, since);
    if (view === null) throw new Error(`account ${row.id} is in the book but not in the store`);
    const rank = snapshot.rows.findIndex((one) => one.id === row.id) + 1;
    if (context.json) writeJson(context, accountJson(snapshot, view, rank, context.lang));
    else context.stdout.write(showText(view, context.lang, context.links));
    return 0;
  });
};

function sinceOption(context: Context, invocation: Invocation): Day | undefined {
  const value = option(invocation, 'since');
  if (value === undefined) return undefined;
  const day = parseDay(value);
  if (day === null) throw new CommandError(EXIT.usage, t(context.lang, 'cli.error.bad_date', { value: clean(value) }));
  return day;
}

/** `links`: names and evidence lead to their pages. */
export function showText(view: AccountView, lang: Lang, links = false): string {
  const { row } = view;
  const money = (value: number | null): string => (value === null ? '–' : clean(formatMoneyFull(value, row.currency, lang)));
  const band = t(lang, `book.band.${row.band ?? 'unknown'}`);
  const head = [
    linked(clean(row.name), links ? row.url : null),
    t(lang, 'cli.show.of', { risk: row.risk, band, low: row.riskRange[0], high: row.riskRange[1], grade: row.grade }),
    t(lang, 'cli.show.loss', {
      p: row.probability === null ? '–' : formatPercent(row.probability),
      assumed: row.calibrated ? '' : ` (${t(lang, 'cli.show.assumed')})`,
      mrr: money(row.mrr),
      loss: money(row.expectedLoss),
    }),
    row.url,
  ];
  const timeline = view.timeline
    .slice(0, TIMELINE_ENTRIES)
    .map((entry) => `  ${formatDay(entry.at, lang)}  ${entry.kind}  ${clean(entry.title)}`);
  const people = view.contacts.map((contact) => {
    const touched =
      contact.lastTouchedOn === null
        ? t(lang, 'account.people.untouched')
        : t(lang, 'account.people.touched', { day: formatDay(contact.lastTouchedOn, lang) });
    const left = contact.leftOn === null ? [] : [t(lang, 'app.people.left', { day: formatDay(contact.leftOn, lang) })];
    return `  ${[clean(contact.name), clean(contact.roleLabel ?? t(lang, 'account.people.noRole')), ...left, touched].join('  ')}`;
  });
  return `${[
    head.join('\n'),
    [receiptText(view.receipt, lang, links), ...healthLines(view, lang), ...historyLines(view, lang)].join('\n'),
    ...(view.plays.length > 0 ? [`${t(lang, 'plays.title')}\n${playLines(view, lang).join('\n')}`] : []),
    ...(people.length > 0 ? [`${t(lang, 'cli.show.people')}\n${people.join('\n')}`] : []),
    ...(timeline.length > 0 ? [`${t(lang, 'cli.show.timeline')}\n${timeline.join('\n')}`] : []),
  ].join('\n\n')}\n`;
}

/** Each play with how far it is, its steps below it. */
const playLines = ({ plays }: AccountView, lang: Lang): string[] =>
  plays.flatMap(({ label, done, steps }) => [
    `  ${t(lang, 'plays.progress', { label: clean(label[lang]), done, total: steps.length })}`,
    ...steps.map(
      (step) => `    ${formatDay(step.on, lang)}  ${t(lang, `plays.state.${step.state}`)}  ${clean(step.subject.split('\n')[0] ?? '')}`,
    ),
  ]);

/** What HubSpot's own score says, for comparison. */
const healthLines = ({ healthLabel }: AccountView, lang: Lang): string[] =>
  healthLabel === null ? [] : [`  ${t(lang, 'book.health_score', { value: cleanLine(healthLabel, HEALTH_CELLS) })}`];

/** Why it changed, and when it last stood better. */
const historyLines = ({ change, lastBetter }: AccountView, lang: Lang): string[] => [
  ...(change ? [`  ${changeTitle(change, lang)}  ${changeWords(change, lang)}`] : []),
  ...(lastBetter ? [`  ${betterWords(lastBetter, lang)}`] : []),
];

const points = (tenth: number): Clean => literal(formatSigned(tenth / 10, 1));

/** The receipt: base, every line with its points, every group's subtotal, and the total that they add up to as printed. */
export function receiptText(receipt: ReceiptView, lang: Lang, links = false): string {
  const printed = printedReceipt(receipt);
  const lines: {
    readonly group: Clean;
    readonly text: Clean;
    readonly url: string | null;
    readonly points: Clean;
    readonly after: string;
  }[] = [
    {
      group: literal(t(lang, 'cli.show.base')),
      text: literal(''),
      url: null,
      points: literal(formatNumber(printed.base / 10, 1)),
      after: '',
    },
  ];
  receipt.groups.forEach((group, at) => {
    const sums = printed.groups[at];
    group.lines.forEach((line, index) => {
      const isLast = index === group.lines.length - 1;
      const subtotal = t(lang, 'cli.show.subtotal', { points: formatNumber((sums?.points ?? 0) / 10, 1), cap: group.cap });
      lines.push({
        group: literal(index === 0 ? group.label[lang] : ''),
        text: clean(line.evidence[lang] + (line.dismissed ? ` (${t(lang, 'cli.show.dismissed')})` : '')),
        url: links ? line.url : null,
        points: points(sums?.lines[index] ?? 0),
        after: isLast && (group.lines.length > 1 || sums?.bitten) ? `  ${subtotal}` : '',
      });
    });
  });
  const groupCells = Math.max(...lines.map((line) => width(line.group)));
  const textCells = Math.max(...lines.map((line) => width(line.text)));
  const row = (group: Clean, text: Clean, amount: Clean, url: string | null = null): string =>
    `  ${padEnd(group, groupCells)}  ${linked(text, url)}${' '.repeat(Math.max(0, textCells - width(text)))}  ${padStart(amount, 6)}`;
  const body = lines.map((line) => row(line.group, line.text, line.points, line.url) + line.after);
  const total = `${row(literal(t(lang, 'cli.show.total')), literal(''), literal(formatNumber(receipt.total, 1)))}  → ${receipt.risk}`;
  const clipped = Math.round(receipt.total * 10) - printed.unclipped;
  if (clipped !== 0 && !receipt.floored) {
    body.push(row(literal(''), literal(t(lang, 'app.receipt.clipped', { sum: formatNumber(printed.unclipped / 10, 1) })), points(clipped)));
  }
  const floors = receipt.overrides.flatMap((override) =>
    override.floor === null ? [] : [`  ${t(lang, 'cli.show.floored', { floor: override.floor, because: clean(override.because) })}`],
  );
  const missing = receipt.missing.map((one) => `${one.label[lang]} (${missingReason(one, lang)})`);
  return [
    ...floors,
    ...body,
    total,
    ...(missing.length > 0 ? [`  ${t(lang, 'cli.show.missing', { list: missing.join(', ') })}`] : []),
  ].join('\n');
}
