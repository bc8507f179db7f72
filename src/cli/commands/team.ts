/** How much each success manager has on their hands, and what is to be handed over. */

import { handover, teamLoad } from '../../book/team.ts';
import { WHOLE_PORTAL } from '../../data/store/types.ts';
import { searchKey } from '../../text/search.ts';
import { actionsOfWeek } from '../../workspace/team.ts';
import { option, type Run } from '../context.ts';
import { withDesk } from '../desk.ts';
import { ownerId, teamNamed } from '../owners.ts';
import { reportOutput, writeReport } from '../report-output.ts';
import { ratesText } from '../revenue-options.ts';
import { type TeamRun, teamFigures, teamJson, teamParts, teamSheets } from '../team-report.ts';

export const run: Run = (context, invocation) => {
  const output = reportOutput(context, invocation);
  return withDesk(context, async (desk, session) => {
    const leaving = await ownerId(context, desk, option(invocation, 'leaving') ?? null);
    const owners = await desk.owners();
    const team = option(invocation, 'team');
    if (team !== undefined) teamNamed(context, owners, team);
    const book = await desk.bookOf(WHOLE_PORTAL);
    const accounts = book.rows.map(({ id }) => id);
    const all = teamLoad({ book, owners, tasks: await desk.tasks(book), actions7d: await actionsOfWeek(session, accounts, desk.asOf) });
    const load = all.filter((one) => team === undefined || (one.team !== null && searchKey(one.team) === searchKey(team)));
    const { asOf } = desk;
    const { currency, policy } = book;
    const rates = ratesText(desk.inForce.policy, currency, context.lang);
    const found: TeamRun = { asOf, currency, policy, rates, leaving, load, given: handover(book.rows, owners, leaving) };
    return writeReport(context, output, {
      name: `team-${asOf}`,
      stamp: { asOf, policy, currency, filter: team === undefined ? null : `team ${team}` },
      parts: () => teamParts(found, context.lang),
      figures: () => teamFigures(found, context.lang),
      sheets: () => teamSheets(found, context.lang),
      json: () => teamJson(found),
    });
  });
};
