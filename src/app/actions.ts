/** Every action there is, and which one a key means in a mode. Dispatch, footer, help and docs page read this list. */

import { type Action, keysOf } from './action.ts';
import { accountActions } from './actions/account.ts';
import { bookActions, menuActions, searchActions } from './actions/book.ts';
import { chartActions } from './actions/charts.ts';
import { columnActions } from './actions/columns.ts';
import { confirmActions, everywhereActions, moveActions, outboxActions } from './actions/everywhere.ts';
import { hygieneActions } from './actions/hygiene.ts';
import { markActions } from './actions/marks.ts';
import { morningActions } from './actions/morning.ts';
import { paletteActions } from './actions/palette.ts';
import { postMortemAction, recordsActions, templateActions } from './actions/pick.ts';
import { playActions } from './actions/play.ts';
import { quietActions } from './actions/quiet.ts';
import { wordsActions } from './actions/row.ts';
import { rulesActions } from './actions/rules.ts';
import { segmentActions } from './actions/segments.ts';
import { settingsActions } from './actions/settings.ts';
import { taskActions } from './actions/tasks.ts';
import { editorActions, editorEndActions, linkActions, recordActions, textActions } from './actions/write.ts';
import { withoutShift } from './keys.ts';
import type { KeyOverrides, Mode } from './state.ts';

/** In the order in which the footer offers them. */
export const actions: readonly Action[] = [
  ...recordActions,
  ...playActions,
  ...morningActions,
  ...segmentActions,
  ...taskActions,
  postMortemAction,
  ...quietActions,
  ...markActions,
  ...bookActions,
  ...columnActions,
  ...accountActions,
  ...linkActions,
  ...editorActions,
  ...templateActions,
  ...recordsActions,
  ...editorEndActions,
  ...searchActions,
  ...menuActions,
  ...confirmActions,
  ...outboxActions,
  ...wordsActions,
  ...rulesActions,
  ...hygieneActions,
  ...settingsActions(() => actions),
  ...chartActions,
  ...everywhereActions,
  ...paletteActions(() => actions),
  ...moveActions,
  ...textActions,
];

/** The action that `key` means in `mode`; the first in the list where two claim it. */
export function resolve(key: string, mode: Mode, overrides: KeyOverrides = {}): Action | null {
  const named = (name: string): Action | undefined =>
    actions.find((action) => action.where.includes(mode) && keysOf(action, overrides).includes(name));
  return named(key) ?? named(withoutShift(key)) ?? null;
}

export const actionsIn = (mode: Mode): readonly Action[] => actions.filter((action) => action.where.includes(mode));
