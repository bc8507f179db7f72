/** What changed since the last look, for a person, a cron job or a chat. */
import { type Brief, type BriefTask, brief, briefJson, SINCE_WISHES, sinceOf } from '../../book/brief.ts';
import { filterText } from '../../book/export-sheets.ts';
import { chosenRows } from '../../book/filters.ts';
import type { BookSnapshot } from '../../book/row.ts';
import { formatDay } from '../../text/format.ts';
import { t } from '../../text/messages/index.ts';
import { type Day, type Instant, parseDay } from '../../units/day.ts';
import type { Desk } from '../../workspace/desk.ts';
import { briefParts, briefSheets } from '../brief-text.ts';
import { type Context, flag, type Invocation, option, type Run } from '../context.ts';
import { dataSource } from '../data-source.ts';
import { profileOf, withDesk } from '../desk.ts';
import { CommandError, EXIT } from '../exit.ts';
import { askedFor, listOptions } from '../filter-options.ts';
import { reportOutput, writeReport } from '../report-output.ts';
import { wantedBook } from '../wanted-book.ts';

export const run: Run = (context, invocation) => {
  const output = reportOutput(context, invocation);
  const options = listOptions(context, invocation);
  return withDesk(context, async (desk, session) => {
    const since = await sinceDay(context, invocation, desk);
    const { scope, choice } = await wantedBook(context, desk, options);
    const [before, now] = [await desk.bookOn(scope, since.day), await desk.bookOf(scope)];
    const chosen = chosenRows(now.rows, choice);
    const tasks = await dueTasks(desk, { ...now, rows: chosen });
    const told: Brief = brief({ before, now: { ...now, rows: chosen }, lookedAt: since.at, tasks });
    const { policy, currency } = now;
    const asked = filterText(askedFor(options));
    await writeReport(context, output, {
      name: `brief-${told.until}`,
      stamp: { asOf: told.until, policy, currency, filter: asked === '' ? null : asked, data: await dataSource(desk, session) },
      parts: () => briefParts(told, context.lang),
      sheets: () => briefSheets(told, currency, context.lang),
      json: () => ({ ...briefJson(told, context.lang), policy }),
    });
    return flag(invocation, 'exitCode') && told.attention ? EXIT.attention : EXIT.done;
  });
};

/** Open tasks of whoever works here; everybody's where nobody said who that is. */
async function dueTasks(desk: Desk, book: BookSnapshot): Promise<readonly BriefTask[]> {
  const tasks = await desk.tasks(book);
  return tasks.flatMap(({ id, accountId, account, subject, due, owner }) =>
    due !== null && (desk.owner === null || owner?.id === desk.owner.id) ? [{ id, accountId, account, subject, due }] : [],
  );
}

/** As asked for; without a word as the settings say: the last look in the app (else the day before), yesterday, Monday. */
async function sinceDay(context: Context, invocation: Invocation, desk: Desk): Promise<{ readonly day: Day; readonly at: Instant | null }> {
  const word = option(invocation, 'since') ?? profileOf(context).personal.briefSince;
  const wish = SINCE_WISHES.find((one) => one === word);
  if (wish !== undefined) return sinceOf(wish, desk.asOf, await desk.lastLook());
  const day = parseDay(word);
  if (day !== null && day < desk.asOf) return { day, at: null };
  throw new CommandError(EXIT.usage, t(context.lang, 'brief.error.since', { asOf: formatDay(desk.asOf, context.lang) }));
}
