/** Finding, narrowing and ordering the book; opening an account and leafing through accounts. */
import { say } from '../../components/say.ts';
import { type Edit, edits, insert, type TextBuffer, textBuffer } from '../../components/text-buffer.ts';
import { FIRST_LOOK } from '../../screens/account/view-model.ts';
import { isFiltering, noFilter } from '../../screens/book/list.ts';
import type { Action, Outcome } from '../action.ts';
import { type Context, subjectRow } from '../context.ts';
import { menuItems } from '../menus.ts';
import { moved } from '../move.ts';
import {
  modeOf,
  type Overlay,
  popOverlay,
  popScreen,
  pushOverlay,
  pushScreen,
  topOverlay,
  topScreen,
  type Ui,
  withOverlay,
  withScreen,
} from '../state.ts';
import { earlier, remembered } from '../typed.ts';
import { looked } from './account.ts';
import { chosenChange } from './morning.ts';
import { needsAccount, needsRows } from './needs.ts';
import { typedPalette } from './palette.ts';
import { typedRecords } from './pick.ts';
import { askingText, chooseQuiet, typedAsk } from './quiet.ts';
import { chooseRow, typedWords, wordsOf } from './row.ts';
import { lineOf, typedLine } from './segments.ts';
import { chooseForTask } from './tasks.ts';

/** The account above or below in the list, opened in place of this one. */
function leaf(context: Context, by: 1 | -1): Outcome {
  const screen = topScreen(context.ui);
  if (screen.name !== 'account') return {};
  const underneath: Ui = { ...context.ui, screens: [{ name: 'book' }], overlays: [] };
  const { book } = moved({ ...context, ui: underneath }, { rows: by });
  if (book.selectedId === null || book.selectedId === screen.id) return {};
  return { ui: withScreen({ ...context.ui, book }, { name: 'account', id: book.selectedId, offset: 0 }) };
}

export const bookActions: readonly Action[] = [
  {
    id: 'book.open',
    keys: ['enter', 'right', 'l'],
    title: 'app.action.open',
    hint: 'app.action.open.hint',
    short: 'app.action.open.short',
    where: ['book'],
    disabled: needsAccount,
    run: (context) => {
      const row = subjectRow(context);
      return row ? { ui: pushScreen(context.ui, { name: 'account', id: row.id, offset: 0 }) } : {};
    },
  },
  {
    id: 'book.find',
    keys: ['/'],
    title: 'app.action.find',
    hint: 'app.action.find.hint',
    short: 'app.action.find.short',
    where: ['book'],
    disabled: needsRows,
    run: ({ ui }) => ({ ui: pushOverlay(ui, { kind: 'search', buffer: textBuffer(ui.book.find) }) }),
  },
  {
    id: 'book.filter',
    keys: ['f'],
    title: 'app.action.filter',
    hint: 'app.action.filter.hint',
    short: 'app.action.filter.short',
    where: ['book'],
    disabled: needsRows,
    run: ({ ui }) => ({ ui: pushOverlay(ui, { kind: 'menu', menu: 'filter', index: 0 }) }),
  },
  {
    id: 'book.sort',
    keys: ['s'],
    title: 'app.action.sort',
    hint: 'app.action.sort.hint',
    short: 'app.action.sort.short',
    where: ['book'],
    disabled: needsRows,
    run: (context) => {
      const index = Math.max(
        0,
        menuItems('sort', context).findIndex((item) => item.chosen),
      );
      return { ui: pushOverlay(context.ui, { kind: 'menu', menu: 'sort', index }) };
    },
  },
  {
    id: 'book.reverse',
    keys: ['S'],
    title: 'app.action.reverse',
    hint: 'app.action.reverse.hint',
    where: ['book'],
    disabled: needsRows,
    run: ({ ui }) => ({ ui: { ...ui, book: { ...ui.book, reversed: !ui.book.reversed } } }),
  },
  {
    id: 'book.clear',
    keys: ['esc'],
    title: 'app.action.clear',
    hint: 'app.action.clear.hint',
    where: ['book'],
    run: ({ ui }) => {
      if (ui.book.marked.size > 0) return { ui: { ...ui, book: { ...ui.book, marked: new Set() } } };
      if (ui.book.find !== '') return { ui: { ...ui, book: { ...ui.book, find: '' } } };
      if (ui.book.brief !== null) return { ui: { ...ui, book: { ...ui.book, brief: null } } };
      const screen = topScreen(ui);
      if (screen.name === 'book' && screen.before) return { ui: { ...popScreen(ui), book: screen.before } };
      if (ui.book.expression !== '') return { ui: { ...ui, book: { ...ui.book, expression: '' } } };
      if (isFiltering(ui.book.filter)) return { ui: { ...ui, book: { ...ui.book, filter: noFilter } } };
      return ui.book.segment === '' ? {} : { ui: { ...ui, book: { ...ui.book, segment: '' } } };
    },
  },
  {
    id: 'account.previous',
    keys: ['['],
    title: 'app.action.previous',
    hint: 'app.action.previous.hint',
    short: 'app.action.previous.short',
    where: ['account'],
    run: (context) => leaf(context, -1),
  },
  {
    id: 'account.next',
    keys: [']'],
    title: 'app.action.next',
    hint: 'app.action.next.hint',
    short: 'app.action.next.short',
    where: ['account'],
    run: (context) => leaf(context, 1),
  },
];

export const menuActions: readonly Action[] = [
  {
    id: 'menu.choose',
    keys: ['enter', 'space'],
    title: 'app.action.choose',
    hint: 'app.action.choose.hint',
    short: 'app.action.choose',
    where: ['menu'],
    run: (context) => {
      const top = topOverlay(context.ui);
      if (top?.kind !== 'menu') return {};
      const pick = menuItems(top.menu, context)[top.index]?.pick;
      if (!pick) return {};
      const { ui } = context;
      // A filter may take several picks; an order is one.
      if ('filter' in pick) return { ui: { ...ui, book: { ...ui.book, filter: pick.filter } } };
      if ('sort' in pick) return { ui: popOverlay({ ...ui, book: { ...ui.book, sort: pick.sort, reversed: false } }) };
      if ('brief' in pick) return chosenChange(context, pick.brief);
      if ('since' in pick) return { ui: popOverlay(ui), effects: [{ do: 'briefSince', since: pick.since }] };
      if ('seen' in pick) return { ui: popOverlay(ui), effects: [{ do: 'briefSeen' }] };
      if ('url' in pick) return { ui: popOverlay(ui), effects: [{ do: 'browse', url: pick.url }] };
      if ('due' in pick || 'person' in pick) return chooseForTask(context, pick);
      return top.edit ? chooseRow(context, pick, top.edit) : chooseQuiet(context, pick, top.about ?? '');
    },
  },
  {
    id: 'menu.clear',
    keys: ['c'],
    title: 'app.action.clearFilter',
    hint: 'app.action.clearFilter.hint',
    short: 'app.action.clearFilter.short',
    where: ['menu'],
    disabled: ({ ui, lang }) => (isFiltering(ui.book.filter) ? null : say(lang, 'app.why.noFilter')),
    run: ({ ui }) => ({ ui: { ...ui, book: { ...ui.book, filter: noFilter } } }),
  },
  {
    id: 'menu.close',
    keys: ['esc', 'q', 'f', 's'],
    title: 'app.action.close',
    hint: 'app.action.close.hint',
    short: 'app.action.close',
    where: ['menu'],
    run: ({ ui }) => ({ ui: popOverlay(ui) }),
  },
];

type Search = Extract<Overlay, { kind: 'search' }>;

const searching = (ui: Ui): Search | null => {
  const top = topOverlay(ui);
  return top?.kind === 'search' ? top : null;
};

/** In the book its list follows, on an account its timeline. */
const searched = (ui: Ui, search: Search): Ui => finding(withOverlay(ui, search), search.buffer.text);

const finding = (ui: Ui, find: string): Ui =>
  topScreen(ui).name === 'account' ? looked(ui, { find, shown: FIRST_LOOK.shown }, true) : { ...ui, book: { ...ui.book, find } };

/** The field that is typed into, whichever it is, as `change` leaves it; the list follows at once. */
function retyped(ui: Ui, change: (buffer: TextBuffer) => TextBuffer): Ui {
  if (askingText(ui)) return typedAsk(ui, change);
  if (wordsOf(ui)) return typedWords(ui, change);
  if (topOverlay(ui)?.kind === 'palette') return typedPalette(ui, change);
  if (topOverlay(ui)?.kind === 'records') return typedRecords(ui, change);
  if (lineOf(ui)) return typedLine(ui, change);
  const search = searching(ui);
  return search ? searched(ui, { ...search, buffer: change(search.buffer) }) : ui;
}

/** Typed or pasted text. */
export const typeIntoSearch = (ui: Ui, text: string): Ui => retyped(ui, (buffer) => insert(buffer, text));

export const editSearch = (ui: Ui, edit: Edit): Ui => retyped(ui, edits[edit]);

export const searchActions: readonly Action[] = [
  {
    id: 'text.earlier',
    keys: ['ctrl+r'],
    title: 'app.edit.earlier',
    hint: 'app.edit.earlier.hint',
    where: ['search', 'expression', 'ask', 'palette'],
    run: ({ ui }) => ({
      ui: retyped(ui, (buffer) => {
        const line = earlier(ui, modeOf(ui), buffer.text);
        return line === null ? buffer : { ...textBuffer(line), killed: buffer.killed };
      }),
    }),
  },
  {
    id: 'search.keep',
    keys: ['enter'],
    title: 'app.action.keepSearch',
    hint: 'app.action.keepSearch.hint',
    short: 'app.action.keepSearch.short',
    where: ['search'],
    run: ({ ui }) => ({ ui: popOverlay(remembered(ui, 'search', searching(ui)?.buffer.text ?? '')) }),
  },
  {
    id: 'search.cancel',
    keys: ['esc'],
    title: 'app.action.cancelSearch',
    hint: 'app.action.cancelSearch.hint',
    short: 'app.action.cancelSearch.short',
    where: ['search'],
    run: ({ ui }) => ({ ui: finding(popOverlay(ui), '') }),
  },
  {
    id: 'search.down',
    keys: ['down'],
    title: 'app.go.down',
    hint: 'app.go.down.hint',
    where: ['search'],
    run: (context) => ({ ui: moved(context, { rows: 1 }) }),
  },
  {
    id: 'search.up',
    keys: ['up'],
    title: 'app.go.up',
    hint: 'app.go.up.hint',
    where: ['search'],
    run: (context) => ({ ui: moved(context, { rows: -1 }) }),
  },
];
