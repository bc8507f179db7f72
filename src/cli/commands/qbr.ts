/** The quarterly review of one account. */
import { AUDIENCES, type Audience, forCustomer, saidToCustomers } from '../../book/review-audience.ts';
import type { BookRow } from '../../book/row.ts';
import { clean, cleanLine } from '../../text/clean.ts';
import { t } from '../../text/messages/index.ts';
import { slug } from '../../text/slug.ts';
import { addDays, type Day, parseDay } from '../../units/day.ts';
import { toMajor } from '../../units/money.ts';
import { type AccountReview, readReview } from '../../workspace/review.ts';
import { type Context, type Invocation, option, type Run } from '../context.ts';
import { dataSource } from '../data-source.ts';
import { tellDataUntil, withDesk } from '../desk.ts';
import { CommandError, EXIT } from '../exit.ts';
import { trialJson } from '../experiment-report.ts';
import { outputOf, writeOutput } from '../output.ts';
import { readRow } from '../owners.ts';
import { writeJson } from '../print.ts';
import { qbrParts } from '../qbr-report.ts';
import { renderPage, renderReport } from '../report.ts';

const QUARTER_DAYS = 90;
const FORMATS = ['md', 'html', 'text', 'json'] as const;

export const run: Run = (context, invocation) => {
  const output = outputOf(context, invocation, { formats: FORMATS, fallback: context.json ? 'json' : 'md' });
  const since = sinceOption(context, invocation);
  const audience = audienceOption(context, invocation);
  return withDesk(context, async (desk, session) => {
    const from = since ?? addDays(desk.asOf, -QUARTER_DAYS);
    if (from >= desk.asOf) throw new CommandError(EXIT.usage, t(context.lang, 'cli.error.since', { day: from, asOf: desk.asOf }));
    tellDataUntil(context, desk);
    const snapshot = await desk.book();
    const row = await readRow(context, snapshot, session, invocation.args[0] ?? '');
    const view = await desk.account(row.id);
    const read = view && (await readReview(session, view, from));
    if (!read) throw new Error(`account ${row.id} is in the book but not in the store`);
    const found = audience === 'customer' ? { ...read, review: forCustomer(read.review), actions: [], trials: [] } : read;
    const { asOf, policy } = snapshot;
    const data = await dataSource(desk, session);
    const { format } = output;
    const parts = () => qbrParts(found, { audience, policy, data }, context.lang);
    const title = `${t(context.lang, `qbr.title.${audience}`, { name: clean(row.name) })} ${asOf}`;
    const written = (): string => {
      if (format === 'json')
        return `${JSON.stringify(audience === 'customer' ? { asOf, ...customerJson(found, context) } : { asOf, policy, ...qbrJson(found, context) }, null, 2)}\n`;
      return format === 'html' ? renderPage(parts(), context.lang, title) : renderReport(parts(), format);
    };
    const name = `qbr-${audience === 'customer' ? 'customer-' : ''}${fileName(row)}-${asOf}.${output.format === 'text' ? 'txt' : output.format}`;
    const file = await writeOutput(context, output, name, [written()]);
    if (file === null) return EXIT.done;
    if (context.json) writeJson(context, { file, format: output.format, account: row.id, asOf, policy });
    else context.stdout.write(`${t(context.lang, 'export.written_report', { file: cleanLine(file) })}\n`);
    return EXIT.done;
  });
};

/** Two accounts may have one name. */
function fileName({ name, id }: BookRow): string {
  const [own, plain] = [slug('', id), slug(name, id)];
  return plain === own ? own : `${plain}-${own.replace(/^account-/, '')}`;
}

function sinceOption(context: Context, invocation: Invocation): Day | null {
  const value = option(invocation, 'since');
  const day = value === undefined ? null : parseDay(value);
  if (value !== undefined && day === null)
    throw new CommandError(EXIT.usage, t(context.lang, 'cli.error.bad_date', { value: clean(value) }));
  return day;
}

function audienceOption(context: Context, invocation: Invocation): Audience {
  const value = option(invocation, 'for');
  const found = AUDIENCES.find((one) => one === value);
  if (value === undefined || found !== undefined) return found ?? 'team';
  const params = { option: '--for', value: clean(value), allowed: AUDIENCES.join(', ') };
  throw new CommandError(EXIT.usage, t(context.lang, 'cli.error.not_among', params));
}

/** Field names are a public contract. Texts stay raw. */
function customerJson({ view, review, whitespace }: AccountReview, { lang }: Context): Record<string, unknown> {
  const { row } = view;
  return {
    id: row.id,
    name: row.name,
    currency: row.currency,
    ...review,
    mrrTrend: row.mrrTrend,
    mrrByProduct: view.mrrByProduct,
    contractValue: row.contractValue,
    renewalDate: row.renewalDate,
    points: saidToCustomers(row.signals).map(({ evidence }) => evidence[lang]),
    proposals: whitespace.map(({ product, peers, of, like }) => ({ product, peers, of, like })),
  };
}

function qbrJson(found: AccountReview, context: Context): Record<string, unknown> {
  const { view, actions, trials } = found;
  const { lang } = context;
  const { row } = view;
  const { points: _, proposals, ...shared } = customerJson(found, context);
  return {
    ...shared,
    actions: actions.map(({ day, kind, signal, mrr, later }) => ({
      day,
      kind,
      signal,
      mrr: mrr === null ? null : toMajor(mrr),
      ...Object.fromEntries([30, 60, 90].map((days, index) => [`mrr${days}`, later[index] == null ? null : toMajor(later[index])])),
    })),
    experiments: trials.map(({ side, run }) => ({ side, ...trialJson(run) })),
    risk: row.risk,
    band: row.band,
    risks: row.signals.filter(({ points }) => points > 0).map(({ id, points, evidence }) => ({ id, points, evidence: evidence[lang] })),
    proposals,
    play: row.play === null ? null : { id: row.play.id, label: row.play.label[lang] },
    openTasks: view.openTasks.map(({ at, title }) => ({ at, title })),
  };
}
