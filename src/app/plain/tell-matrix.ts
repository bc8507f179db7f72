/** A matrix in words: each cell in which somebody stands, and the one under the cursor with its accounts. Pure. */
import { say } from '../../components/say.ts';
import { matrixOf } from '../../screens/matrix/grid.ts';
import { type MatrixInput, matrixLines, sliceOf } from '../../screens/matrix/view-model.ts';
import { aloud } from '../../text/aloud.ts';
import type { Clean } from '../../text/clean.ts';
import type { Context } from '../context.ts';
import type { Screen } from '../state.ts';
import type { Place } from './telling.ts';

/** The rule, what stands under the cursor, and whom it is about. */
const DETAIL = 2;

export function tellMatrix(context: Context, { view, at }: Extract<Screen, { name: 'matrix' }>): Place {
  const { snapshot, lang, ui } = context;
  const input: MatrixInput = { snapshot, view, at, width: 400, height: ui.size.rows, lang };
  const place = `matrix ${view}`;
  const name = say(lang, 'plain.screen', { name: aloud(`${say(lang, 'app.screen.matrix')} · ${say(lang, `charts.view.${view}`)}`, lang) });
  const drawn = matrixLines(input).map((line) => aloud(line.map(({ text }) => text).join(''), lang));
  if (!snapshot || snapshot.rows.length === 0) return { place, lines: [name, ...drawn.slice(1)], focus: [] };
  const focus = drawn.slice(-DETAIL).filter((text) => text !== '');
  // The plane is walked from account to account; what they are is told one by one.
  return { place, lines: view === 'bubble' ? [name] : [name, ...cellWords(input)], focus };
}

function cellWords(input: MatrixInput): Clean[] {
  const { snapshot, view, lang } = input;
  if (!snapshot || view === 'bubble') return [];
  const matrix = matrixOf(snapshot, view);
  return matrix.rows.flatMap((row) =>
    matrix.columns.flatMap((column) => {
      const slice = sliceOf({ ...input, at: `${row}:${column}` });
      if (!slice || slice.accounts.length === 0) return [];
      return [aloud(`${slice.name}: ${say(lang, 'charts.accounts', { n: slice.accounts.length })}`, lang)];
    }),
  );
}
