/** Everything that can be done, found by a few letters of its name and run from there. */
import { say } from '../../components/say.ts';
import { type TextBuffer, textBuffer } from '../../components/text-buffer.ts';
import type { PaletteItem } from '../../screens/palette/view-model.ts';
import { cleanLine, literal } from '../../text/clean.ts';
import { fuzzyScore } from '../../text/fuzzy.ts';
import { type MessageKey, t } from '../../text/messages/index.ts';
import { kanaOf, romajiOf, sameRomaji } from '../../text/reading.ts';
import { searchKey } from '../../text/search.ts';
import { type Action, keysOf, type Outcome } from '../action.ts';
import type { Context } from '../context.ts';
import { keyLabel } from '../keys.ts';
import { SCREEN_MODES } from '../modes.ts';
import { type Mode, modeOf, type Overlay, popOverlay, pushOverlay, pushScreen, topOverlay, type Ui, withOverlay } from '../state.ts';
import { remembered } from '../typed.ts';

/** Where single letters are keys. */
const OPENS: readonly Mode[] = [...SCREEN_MODES, 'menu', 'columns', 'play', 'templates', 'preview'];

/** Where letters are text, or few keys mean anything: a control key alone opens it. */
const OPENS_BY_CONTROL: readonly Mode[] = ['search', 'ask', 'expression', 'jump', 'words', 'editor', 'records', 'confirm', 'address'];

/** What has been typed or chosen here would be lost with it: an account is no way out. */
const HELD: ReadonlySet<Overlay['kind']> = new Set<Overlay['kind']>(['ask', 'words', 'records', 'preview', 'confirm', 'play']);

/** Accounts offered beside the actions. */
const ACCOUNTS_MAX = 8;

type PaletteOverlay = Extract<Overlay, { kind: 'palette' }>;

const paletteOf = (ui: Ui): PaletteOverlay | null => {
  const top = topOverlay(ui);
  return top?.kind === 'palette' ? top : null;
};

/** Typing begins at the best line again. */
export function typedPalette(ui: Ui, change: (buffer: TextBuffer) => TextBuffer): Ui {
  const palette = paletteOf(ui);
  if (!palette) return ui;
  const buffer = change(palette.buffer);
  return withOverlay(ui, { ...palette, buffer, index: buffer.text === palette.buffer.text ? palette.index : 0 });
}

interface Names {
  readonly plain: readonly string[];
  readonly latin: string;
}

const namesByAction = new WeakMap<Action, Names>();

/** What an action is found by: its title in both languages, its id, and how the Japanese is read. */
function namesOf(action: Action): Names {
  let names = namesByAction.get(action);
  if (!names) {
    const ja = t('ja', action.title);
    const kana = kanaOf(ja);
    names = {
      plain: [searchKey(t('en', action.title)), searchKey(ja), kana, searchKey(action.id)],
      latin: romajiOf(kana),
    };
    namesByAction.set(action, names);
  }
  return names;
}

function pointsOf(action: Action, typed: string): number | null {
  const { plain, latin } = namesOf(action);
  const found = [...plain.map((name) => fuzzyScore(typed, name)), fuzzyScore(sameRomaji(typed), latin)].filter((one) => one !== null);
  return found.length === 0 ? null : Math.max(...found);
}

/** The palette's own keys, and what only means something while one types or answers, need no name. */
const isOffered = ({ id, where }: Action, here: Mode): boolean =>
  !id.startsWith('palette.') && (where.includes(here) || where.some((mode) => SCREEN_MODES.includes(mode)));

/** What the palette offers for what is typed, best first; without a word in the order of the footer, what works here first. */
export function paletteItems(all: readonly Action[], context: Context): readonly PaletteItem[] {
  const palette = paletteOf(context.ui);
  if (!palette) return [];
  const under: Context = { ...context, ui: popOverlay(context.ui) };
  const here = modeOf(under.ui);
  const typed = searchKey(palette.buffer.text);
  const found = all.flatMap((action) => {
    if (!isOffered(action, here)) return [];
    const points = typed === '' ? 0 : pointsOf(action, typed);
    return points === null ? [] : [{ item: itemOf(action, under, here), points, away: action.where.includes(here) ? 0 : 1 }];
  });
  found.sort((a, b) => a.away - b.away || b.points - a.points);
  return [...found.map(({ item }) => item), ...accountItems(under, typed)];
}

function itemOf(action: Action, context: Context, here: Mode): PaletteItem {
  const { lang } = context;
  const screen: MessageKey = `app.screen.${action.where[0] ?? 'book'}`;
  return {
    id: action.id,
    accountId: null,
    title: say(lang, action.title),
    keys: literal(keysOf(action, context.overrides).map(keyLabel).join(' ')),
    hint: say(lang, action.hint),
    disabled: action.where.includes(here)
      ? (action.disabled?.(context) ?? null)
      : say(lang, 'morning.why.elsewhere', { where: say(lang, screen) }),
  };
}

/** Accounts whose name has what is typed, in the order of the book. */
function accountItems({ ui, snapshot, lang }: Context, typed: string): PaletteItem[] {
  if (typed === '' || !snapshot || ui.overlays.some(({ kind }) => HELD.has(kind))) return [];
  const found: PaletteItem[] = [];
  for (const row of snapshot.rows) {
    if (found.length === ACCOUNTS_MAX) break;
    if (!searchKey(row.name).includes(typed)) continue;
    found.push({
      id: '',
      accountId: row.id,
      title: cleanLine(row.name),
      keys: literal(''),
      hint: say(lang, 'morning.palette.account'),
      disabled: null,
    });
  }
  return found;
}

function step(context: Context, all: readonly Action[], by: 1 | -1): Ui {
  const palette = paletteOf(context.ui);
  const count = paletteItems(all, context).length;
  if (!palette || count === 0) return context.ui;
  return withOverlay(context.ui, { ...palette, index: (palette.index + by + count) % count });
}

/** `all` is asked for when a key is pressed: the palette stands in the list that it offers. */
export function paletteActions(all: () => readonly Action[]): readonly Action[] {
  const chosen = (context: Context): PaletteItem | null => paletteItems(all(), context)[paletteOf(context.ui)?.index ?? 0] ?? null;
  const open = ({ ui }: Context): Outcome => ({ ui: pushOverlay(ui, { kind: 'palette', buffer: textBuffer(), index: 0 }) });
  return [
    {
      id: 'palette.open',
      keys: [':', 'ctrl+p'],
      title: 'morning.action.palette',
      hint: 'morning.action.palette.hint',
      short: 'morning.action.palette.short',
      where: OPENS,
      run: open,
    },
    {
      id: 'palette.openTyping',
      keys: ['ctrl+p'],
      title: 'morning.action.palette',
      hint: 'morning.action.paletteTyping.hint',
      where: OPENS_BY_CONTROL,
      run: open,
    },
    {
      id: 'palette.run',
      keys: ['enter'],
      title: 'morning.action.paletteRun',
      hint: 'morning.action.paletteRun.hint',
      short: 'morning.action.paletteRun',
      where: ['palette'],
      disabled: (context) => {
        const item = chosen(context);
        return item === null ? say(context.lang, 'morning.palette.none') : item.disabled;
      },
      run: (context) => {
        const item = chosen(context);
        const ui = popOverlay(remembered(context.ui, 'palette', paletteOf(context.ui)?.buffer.text ?? ''));
        if (item === null) return { ui };
        if (item.accountId !== null) return { ui: opened(ui, item.accountId) };
        const outcome = all()
          .find(({ id }) => id === item.id)
          ?.run({ ...context, ui });
        return { ui, ...outcome };
      },
    },
    {
      id: 'palette.close',
      keys: ['esc', 'ctrl+p'],
      title: 'app.action.close',
      hint: 'app.action.close.hint',
      short: 'app.action.close',
      where: ['palette'],
      run: ({ ui }) => ({ ui: popOverlay(ui) }),
    },
    {
      id: 'palette.down',
      keys: ['down', 'tab', 'ctrl+n'],
      title: 'app.go.down',
      hint: 'app.go.down.hint',
      where: ['palette'],
      run: (context) => ({ ui: step(context, all(), 1) }),
    },
    {
      id: 'palette.up',
      keys: ['up', 'shift+tab'],
      title: 'app.go.up',
      hint: 'app.go.up.hint',
      where: ['palette'],
      run: (context) => ({ ui: step(context, all(), -1) }),
    },
  ];
}

/** The account on top of the book, whatever stood there. */
const opened = (ui: Ui, id: string): Ui =>
  pushScreen(
    { ...ui, screens: [{ name: 'book' }], overlays: [], book: { ...ui.book, selectedId: id } },
    { name: 'account', id, offset: 0 },
  );
