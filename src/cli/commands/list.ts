/** The priority list. */
import { chosenRows } from '../../book/filters.ts';
import { bookTextHead, bookTextTail } from '../../book/json.ts';
import { WHOLE_PORTAL } from '../../data/store/types.ts';
import type { Run } from '../context.ts';
import { withDesk } from '../desk.ts';
import { type ListOptions, listOptions } from '../filter-options.ts';
import { ownerId } from '../owners.ts';
import { writePieces } from '../print.ts';

export const run: Run = (context, invocation) => {
  const options = listOptions(context, invocation);
  return withDesk(context, async (desk) => {
    const owner = await ownerId(context, desk, options.owner);
    const scope = options.owner === 'all' ? WHOLE_PORTAL : (owner ?? desk.scope);
    const printed = context.json && scope === desk.scope && isWholeBook(options) ? await desk.printedBook() : null;
    if (printed) {
      writePieces(context, printed);
      return 0;
    }
    const snapshot = await desk.bookOf(scope);
    const chosen = chosenRows(snapshot.rows, options);
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

/** Nothing asked for that the kept book does not have as it is. */
const isWholeBook = ({ filter, sort, limit, horizon }: ListOptions): boolean =>
  limit === null && sort === 'priority' && horizon === 'days' && Object.keys(filter).length === 0;
