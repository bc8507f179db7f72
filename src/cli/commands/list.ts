/** The priority list. */
import { chosenRows } from '../../book/filters.ts';
import { bookTextHead, bookTextTail } from '../../book/json.ts';
import type { Run } from '../context.ts';
import { withDesk } from '../desk.ts';
import { type ListOptions, listOptions } from '../filter-options.ts';
import { writePieces } from '../print.ts';
import { wantedBook } from '../wanted-book.ts';

export const run: Run = (context, invocation) => {
  const options = listOptions(context, invocation);
  return withDesk(context, async (desk) => {
    const { scope, choice } = await wantedBook(context, desk, options);
    const printed = context.json && scope === desk.scope && isWholeBook(options) ? await desk.printedBook() : null;
    if (printed) {
      writePieces(context, printed);
      return 0;
    }
    const snapshot = await desk.bookOf(scope);
    const chosen = chosenRows(snapshot.rows, choice);
    const shown = options.limit === null ? chosen : chosen.slice(0, options.limit);
    if (context.json)
      writePieces(context, [bookTextHead(snapshot), bookTextTail(snapshot, shown, chosen.length, context.lang, options.horizon)]);
    else {
      const { listText } = await import('../list-text.ts');
      const body = context.sentences ? (await import('../../screens/row-words.ts')).listSentences : undefined;
      context.stdout.write(listText(context, snapshot, shown, chosen.length, options, desk.now(), body));
    }
    return 0;
  });
};

/** Nothing asked for that the kept book does not have as it is. */
const isWholeBook = ({ filter, sort, limit, horizon }: ListOptions): boolean =>
  limit === null && sort === 'priority' && horizon === 'days' && Object.keys(filter).length === 0;
