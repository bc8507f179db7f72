/** The priority list. */
import { matches, sortRows } from '../../book/filters.ts';
import { bookTextHead, bookTextTail } from '../../book/json.ts';
import type { BookRow, BookSnapshot } from '../../book/row.ts';
import type { Run } from '../context.ts';
import { withDesk } from '../desk.ts';
import { type ListOptions, listOptions } from '../filter-options.ts';
import { ownerId } from '../owners.ts';
import { writePieces } from '../print.ts';

export const run: Run = (context, invocation) => {
  const options = listOptions(context, invocation);
  return withDesk(context, async (desk) => {
    const owner = await ownerId(context, desk, options.owner);
    const printed = context.json && isWholeBook(options, owner) ? await desk.printedBook() : null;
    if (printed) {
      writePieces(context, printed);
      return 0;
    }
    const snapshot = await desk.book();
    const chosen = choose(snapshot, options, owner);
    const shown = options.limit === null ? chosen : chosen.slice(0, options.limit);
    if (context.json) writePieces(context, [bookTextHead(snapshot), bookTextTail(snapshot, shown, chosen.length, context.lang)]);
    else {
      const { listText } = await import('../list-text.ts');
      context.stdout.write(listText(context, snapshot, shown, chosen.length, options, desk.now()));
    }
    return 0;
  });
};

/** Nothing asked for that the kept book does not have as it is. */
const isWholeBook = ({ filter, sort, limit }: ListOptions, owner: string | null): boolean =>
  owner === null && limit === null && sort === 'priority' && Object.keys(filter).length === 0;

function choose(snapshot: BookSnapshot, options: ListOptions, owner: string | null): BookRow[] {
  const filter = owner === null ? options.filter : { ...options.filter, owner };
  return sortRows(
    snapshot.rows.filter((row) => matches(row, filter)),
    options.sort,
  );
}
