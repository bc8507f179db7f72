/** The priority list. */
import { chosenRows } from '../../book/filters.ts';
import { bookTextHead, bookTextTail } from '../../book/json.ts';
import { type Scope, WHOLE_PORTAL } from '../../data/store/types.ts';
import type { Desk } from '../../workspace/desk.ts';
import type { Context, Run } from '../context.ts';
import { withDesk } from '../desk.ts';
import { type ListOptions, listOptions } from '../filter-options.ts';
import { ownerId, teamNamed } from '../owners.ts';
import { writePieces } from '../print.ts';

export const run: Run = (context, invocation) => {
  const options = listOptions(context, invocation);
  return withDesk(context, async (desk) => {
    const owner = await ownerId(context, desk, options.owner);
    const team = options.owner === null && options.filter.team !== undefined ? await teamBook(context, desk, options.filter.team) : null;
    const scope = options.owner === 'all' ? WHOLE_PORTAL : (owner ?? team ?? desk.scope);
    const printed = context.json && scope === desk.scope && isWholeBook(options) ? await desk.printedBook() : null;
    if (printed) {
      writePieces(context, printed);
      return 0;
    }
    const snapshot = await desk.bookOf(scope);
    // A team's book is the team's by membership, whatever team is named first on its owners.
    const { team: _named, ...others } = options.filter;
    const chosen = chosenRows(snapshot.rows, team === null ? options : { ...options, filter: others });
    const shown = options.limit === null ? chosen : chosen.slice(0, options.limit);
    if (context.json)
      writePieces(context, [bookTextHead(snapshot), bookTextTail(snapshot, shown, chosen.length, context.lang, options.horizon)]);
    else {
      const { listText } = await import('../list-text.ts');
      context.stdout.write(listText(context, snapshot, shown, chosen.length, options, desk.now()));
    }
    return 0;
  });
};

/** The team's own book where a sync has brought it; null where one's own book is all there is to choose from. */
async function teamBook(context: Context, desk: Desk, word: string): Promise<Scope | null> {
  const owners = await desk.owners();
  if (owners.every(({ teams }) => teams.length === 0)) return null;
  const scope = teamNamed(context, owners, word);
  return (await desk.has(scope)) ? scope : null;
}

/** Nothing asked for that the kept book does not have as it is. */
const isWholeBook = ({ filter, sort, limit, horizon }: ListOptions): boolean =>
  limit === null && sort === 'priority' && horizon === 'days' && Object.keys(filter).length === 0;
