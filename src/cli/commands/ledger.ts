/** The save ledger: what was done, on which signal, and what the account pays since. */
import { policyHash } from '../../scoring/policy-hash.ts';
import { clean } from '../../text/clean.ts';
import { t } from '../../text/messages/index.ts';
import { type Day, parseDay } from '../../units/day.ts';
import { readLedger } from '../../workspace/ledger.ts';
import { type Context, type Invocation, option, type Run } from '../context.ts';
import { dataSource } from '../data-source.ts';
import { withDesk } from '../desk.ts';
import { CommandError, EXIT } from '../exit.ts';
import { ledgerJson, ledgerParts, ledgerSheets } from '../ledger-report.ts';
import { reportOutput, writeReport } from '../report-output.ts';
import { wholeOption } from '../whole.ts';

const SHOWN_ACTIONS = 20;

export const run: Run = (context, invocation) => {
  const output = reportOutput(context, invocation);
  const limit = wholeOption(context, invocation, 'limit');
  const since = sinceOption(context, invocation);
  return withDesk(context, async (desk, session) => {
    const found = await readLedger(session, since);
    const { asOf, currency } = found;
    return writeReport(context, output, {
      name: `ledger-${asOf}`,
      stamp: {
        asOf,
        policy: policyHash(found.policy),
        currency,
        filter: since === null ? null : `since ${since}`,
        data: await dataSource(desk, session),
      },
      parts: () => ledgerParts(found, limit ?? SHOWN_ACTIONS, context.lang),
      sheets: () => ledgerSheets(found, limit, context.lang),
      json: () => ledgerJson(found, limit),
    });
  });
};

function sinceOption(context: Context, invocation: Invocation): Day | null {
  const text = option(invocation, 'since');
  if (text === undefined) return null;
  const day = parseDay(text);
  if (day === null) throw new CommandError(EXIT.usage, t(context.lang, 'cli.error.bad_date', { value: clean(text) }));
  return day;
}
