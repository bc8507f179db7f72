/** The quarterly review of one account. */
import type { BookRow } from '../../book/row.ts';
import { clean, cleanLine } from '../../text/clean.ts';
import { t } from '../../text/messages/index.ts';
import { slug } from '../../text/slug.ts';
import { addDays, type Day, parseDay } from '../../units/day.ts';
import { toMajor } from '../../units/money.ts';
import { type AccountReview, readReview } from '../../workspace/review.ts';
import { type Context, type Invocation, option, type Run } from '../context.ts';
import { withDesk } from '../desk.ts';
import { CommandError, EXIT } from '../exit.ts';
import { trialJson } from '../experiment-report.ts';
import { outputOf, writeOutput } from '../output.ts';
import { accountRow } from '../owners.ts';
import { writeJson } from '../print.ts';
import { qbrParts } from '../qbr-report.ts';
import { renderPage, renderReport } from '../report.ts';

const QUARTER_DAYS = 90;
const FORMATS = ['md', 'html', 'text', 'json'] as const;

export const run: Run = (context, invocation) => {
  const output = outputOf(context, invocation, { formats: FORMATS, fallback: context.json ? 'json' : 'md' });
  const since = sinceOption(context, invocation);
  return withDesk(context, async (desk, session) => {
    const from = since ?? addDays(desk.asOf, -QUARTER_DAYS);
    if (from >= desk.asOf) throw new CommandError(EXIT.usage, t(context.lang, 'cli.error.since', { day: from, asOf: desk.asOf }));
    const snapshot = await desk.book();
    const row = accountRow(context, snapshot, invocation.args[0] ?? '');
    const view = await desk.account(row.id);
    const found = view && (await readReview(session, view, from));
    if (!found) throw new Error(`account ${row.id} is in the book but not in the store`);
    const { asOf, policy } = snapshot;
    const format = context.json && output.path === null ? 'json' : output.format;
    const parts = () => qbrParts(found, snapshot, context.lang);
    const title = `${t(context.lang, 'qbr.title', { name: clean(row.name) })} ${asOf}`;
    const written = (): string => {
      if (format === 'json') return `${JSON.stringify({ asOf, policy, ...qbrJson(found, context) }, null, 2)}\n`;
      return format === 'html' ? renderPage(parts(), context.lang, title) : renderReport(parts(), format);
    };
    const name = `qbr-${fileName(row)}-${asOf}.${output.format === 'text' ? 'txt' : output.format}`;
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

/** Field names are a public contract. Texts stay raw. */
function qbrJson({ view, review, actions, trials, whitespace }: AccountReview, { lang }: Context): Record<string, unknown> {
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
    proposals: whitespace.map(({ product, peers, of, like }) => ({ product, peers, of, like })),
    play: row.play === null ? null : { id: row.play.id, label: row.play.label[lang] },
    openTasks: view.openTasks.map(({ at, title }) => ({ at, title })),
  };
}
