/** Working through what should be mended in HubSpot. */
import { say } from '../../components/say.ts';
import { hygieneItem } from '../../screens/hygiene/view-model.ts';
import type { Clean } from '../../text/clean.ts';
import type { Action, Outcome } from '../action.ts';
import { type Context, subjectRow } from '../context.ts';
import { pushScreen, topScreen } from '../state.ts';
import { needsAccount } from './needs.ts';

function selected({ ui, workspace }: Context) {
  const screen = topScreen(ui);
  return screen.name === 'hygiene' ? hygieneItem(workspace.hygiene(), screen.index) : null;
}

const needsItem = (context: Context): Clean | null => (selected(context) ? null : say(context.lang, 'app.why.nothingSelected'));

export const openHygiene = ({ ui }: Context): Outcome => ({ ui: pushScreen(ui, { name: 'hygiene', index: 0, offset: 0 }) });

export const hygieneActions: readonly Action[] = [
  {
    id: 'hygiene.open',
    keys: ['enter', 'right', 'l'],
    title: 'app.action.open',
    hint: 'app.action.open.hint',
    short: 'app.action.open.short',
    where: ['hygiene'],
    disabled: needsAccount,
    run: (context) => {
      const row = subjectRow(context);
      return row ? { ui: pushScreen(context.ui, { name: 'account', id: row.id, offset: 0 }) } : {};
    },
  },
  {
    id: 'hygiene.browse',
    keys: ['o'],
    title: 'app.action.browse',
    hint: 'setup.hygiene.browse.hint',
    short: 'app.action.browse.short',
    where: ['hygiene'],
    disabled: needsItem,
    run: (context) => {
      const item = selected(context);
      return item ? { effects: [{ do: 'browse', url: item.url }] } : {};
    },
  },
  {
    id: 'hygiene.copyLink',
    keys: ['y'],
    title: 'app.action.copy',
    hint: 'setup.hygiene.browse.hint',
    where: ['hygiene'],
    disabled: needsItem,
    run: (context) => {
      const item = selected(context);
      return item ? { effects: [{ do: 'copy', text: item.url }] } : {};
    },
  },
];
