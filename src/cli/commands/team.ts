/** How much each success manager has on their hands, and what is to be handed over. */

import { matches } from '../../book/filters.ts';
import { handover, teamLoad } from '../../book/team.ts';
import { WHOLE_PORTAL } from '../../data/store/types.ts';
import { searchKey } from '../../text/search.ts';
import { actionsOfWeek } from '../../workspace/team.ts';
import { option, type Run } from '../context.ts';
import { dataSource } from '../data-source.ts';
import { tellDataUntil, withDesk } from '../desk.ts';
import { listOptions } from '../filter-options.ts';
import { checkFilter } from '../known-filter.ts';
import { ownerId, teamNamed } from '../owners.ts';
import { isExact, reportOutput, writeReport } from '../report-output.ts';
import { ratesText } from '../revenue-options.ts';
import { type TeamRun, teamFigures, teamJson, teamParts, teamSheets } from '../team-report.ts';

export const run: Run = (context, invocation) => {
  const output = reportOutput(context, invocation);
  const { team: _team, ...chosen } = listOptions(context, invocation).filter;
  return withDesk(context, async (desk, session) => {
    checkFilter(context, desk.inForce.policy, chosen);
    tellDataUntil(context, desk);
    const leaving = await ownerId(context, desk, option(invocation, 'leaving') ?? null);
    const owners = await desk.owners();
    const team = option(invocation, 'team');
    if (team !== undefined) teamNamed(context, owners, team);
    const whole = await desk.bookOf(WHOLE_PORTAL);
    const book = { ...whole, rows: whole.rows.filter((row) => matches(row, { ...chosen, includeSnoozed: true })) };
    const accounts = book.rows.map(({ id }) => id);
    const all = teamLoad({ book, owners, tasks: await desk.tasks(book), actions7d: await actionsOfWeek(session, accounts, desk.asOf) });
    const load = all.filter((one) => team === undefined || (one.team !== null && searchKey(one.team) === searchKey(team)));
    const asked = Object.entries({ ...(team === undefined ? {} : { team }), ...chosen }).map(([key, value]) => `${key} ${value}`);
    const { asOf } = desk;
    const { currency, policy } = book;
    const rates = ratesText(desk.inForce.policy, currency, context.lang);
    const found: TeamRun = {
      asOf,
      currency,
      policy,
      rates,
      exact: isExact(output),
      leaving,
      load,
      given: handover(book.rows, owners, leaving),
    };
    return writeReport(context, output, {
      name: `team-${asOf}`,
      stamp: { asOf, policy, currency, filter: asked.length === 0 ? null : asked.join(', '), data: await dataSource(desk, session) },
      terms: ['terms.at_risk', 'terms.load'],
      parts: () => teamParts(found, context.lang),
      figures: () => teamFigures(found, context.lang),
      sheets: () => teamSheets(found, context.lang),
      json: () => teamJson(found),
    });
  });
};
