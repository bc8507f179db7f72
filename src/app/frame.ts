/** The whole terminal as lines, from one context; pure. Header, screen, pane, footer. */
import { handled } from '../book/done.ts';
import { compileFilter } from '../book/expression.ts';
import { quietLine } from '../book/quiet.ts';
import { cutLine, emptyLine, gap, type Line, lineWidth, rule, span, spread } from '../components/line.ts';
import { say } from '../components/say.ts';
import type { TextBuffer } from '../components/text-buffer.ts';
import { textField } from '../components/text-field.ts';
import { edgeScroll } from '../components/window.ts';
import { timelineCounts } from '../screens/account/timeline.ts';
import { accountLines, FIRST_LOOK } from '../screens/account/view-model.ts';
import { columnsLines } from '../screens/book/columns-pane.ts';
import { type BookInput, bookLines } from '../screens/book/view-model.ts';
import { bandLine } from '../screens/brief/view-model.ts';
import { previewPane } from '../screens/compose/preview.ts';
import { recordsPane } from '../screens/compose/records.ts';
import { templatesPane } from '../screens/compose/templates.ts';
import { composePane } from '../screens/compose/view-model.ts';
import { helpLines } from '../screens/help/view-model.ts';
import { hygieneLines } from '../screens/hygiene/view-model.ts';
import { matrixLines } from '../screens/matrix/view-model.ts';
import { outboxLines } from '../screens/outbox/view-model.ts';
import { palettePane } from '../screens/palette/view-model.ts';
import { playPaneLines } from '../screens/play/view-model.ts';
import { behindLines } from '../screens/revenue/behind.ts';
import { revenueScreens } from '../screens/revenue/screens.ts';
import { rulesLines } from '../screens/rules/view-model.ts';
import { settingsLines } from '../screens/settings/view-model.ts';
import { tasksLines } from '../screens/tasks/view-model.ts';
import { width as cellWidth, cut, fit } from '../text/cells.ts';
import { type Clean, cleanLine, literal } from '../text/clean.ts';
import { formatSigned } from '../text/format.ts';
import type { Lang } from '../text/messages/index.ts';
import { columnsHere, columnsPane } from './actions/columns.ts';
import { composeUnder, templatesHere } from './actions/editing.ts';
import { unsent } from './actions/everywhere.ts';
import { paletteItems } from './actions/palette.ts';
import { WORDS_MARGIN } from './actions/row.ts';
import { filterWorld, lineCompletions, segmentsHere } from './actions/segments.ts';
import { actions } from './actions.ts';
import type { Context } from './context.ts';
import { findRow } from './context.ts';
import { headerLine, progressWords } from './header.ts';
import { helpSections, hints } from './help.ts';
import { isTooSmall, layoutOf } from './layout.ts';
import { menuItems, menuTitle } from './menus.ts';
import { settingsSections } from './settings-rows.ts';
import { type AskAbout, type ConfirmAbout, type MenuName, MINIMUM, type Overlay, topOverlay, topScreen } from './state.ts';

export interface Frame {
  readonly lines: readonly Line[];
  /** Where the terminal's own cursor stands, for input methods; null hides it. */
  readonly cursor: { readonly x: number; readonly y: number } | null;
}

/** Exactly `rows` lines, none wider than `columns`, whatever the size. */
export function frameOf(context: Context): Frame {
  const { columns, rows } = context.ui.size;
  if (isTooSmall(context.ui.size)) return tooSmall(context);
  const layout = layoutOf(context);
  const top: Line[] = [headerLine(context, columns)];
  if (layout.problem) top.push(cutLine([gap(1), span(cleanLine(context.status.problem ?? ''), 'problem')], columns));
  const quiet = layout.quiet ? quietLine(context.snapshot?.feeds ?? [], context.lang) : null;
  if (quiet !== null) top.push(cutLine([gap(1), span(cleanLine(quiet), 'high')], columns));
  if (layout.unproven) top.push(cutLine([gap(1), span(say(context.lang, 'scoring.list.unproven'), 'high')], columns));
  if (layout.brief) {
    const { workspace, lang, ui } = context;
    const { timeZone, currency } = workspace.portal;
    top.push(
      bandLine({ told: workspace.brief(), chosen: ui.book.brief, currency, timeZone, today: workspace.today, width: columns, lang }),
    );
  }
  const body = exactly(screenLines(context, layout.body), layout.body);
  const pane = paneOf(context, layout.pane);
  const foot = footer(context, columns);
  const lines = [...top, ...body, ...exactly(pane.lines, layout.pane), ...(layout.rule ? [rule(columns)] : []), foot.line];
  const paneTop = top.length + layout.body;
  const cursor = pane.cursor
    ? { x: pane.cursor.x, y: pane.cursor.y + paneTop }
    : foot.cursor === null
      ? null
      : { x: foot.cursor, y: rows - 1 };
  return { lines: exactly(lines, rows).map((line) => cutLine(line, columns)), cursor };
}

const exactly = (lines: readonly Line[], count: number): Line[] => Array.from({ length: count }, (_, index) => lines[index] ?? emptyLine);

function tooSmall({ ui: { size }, lang }: Context): Frame {
  const words = say(lang, 'app.tooSmall', { columns: size.columns, rows: size.rows, minColumns: MINIMUM.columns, minRows: MINIMUM.rows });
  return { lines: exactly([[span(cut(words, size.columns))]], size.rows), cursor: null };
}

/** The screen under everything else, `height` lines at most. */
/** What the list is drawn from. */
export function bookInput(context: Context, height: number): BookInput {
  const { ui, snapshot, list, lang, workspace } = context;
  const { selectedId, offset, marked } = ui.book;
  const { density } = workspace.personal();
  const width = ui.size.columns;
  return {
    snapshot,
    list,
    query: ui.book,
    selectedId,
    marked,
    fresh: ui.fresh,
    offset,
    chosen: columnsHere(context),
    density,
    width,
    height,
    lang,
    tabs: { segments: segmentsHere(context), chosen: ui.book.segment, world: filterWorld(context) },
    progress: progressWords(context),
    scoring: context.status.scoring,
    handled: snapshot && workspace.done().size > 0 ? handled(snapshot.rows, workspace.done(), workspace.today, snapshot.cap) : null,
  };
}

export function screenLines(context: Context, height: number): Line[] {
  const { ui, snapshot, list, lang, workspace } = context;
  const width = ui.size.columns;
  const screen = topScreen(ui);
  switch (screen.name) {
    case 'book':
      return bookLines(bookInput(context, height));
    case 'account': {
      const row = findRow(snapshot, screen.id);
      if (!row) return [emptyLine, [gap(2), span(say(lang, 'app.account.gone'), 'quiet')]];
      const at = list.places.get(screen.id);
      const view = ui.account?.id === screen.id ? ui.account.view : null;
      const place = at === undefined ? null : { at: rowsUpTo(context, at), of: list.shown };
      return accountLines({ row, view, place, width, height, offset: screen.offset, look: screen.look ?? FIRST_LOOK, lang });
    }
    case 'outbox': {
      const { selectedId, offset } = screen;
      return outboxLines({
        rows: ui.outbox,
        selectedId,
        offset,
        width,
        height,
        timeZone: workspace.portal.timeZone,
        today: workspace.today,
        lang,
      });
    }
    case 'tasks': {
      const { all, selectedId, offset } = screen;
      return tasksLines({ tasks: ui.tasks, all, selectedId, offset, width, height, lang });
    }
    case 'hygiene':
      return hygieneLines({ findings: workspace.hygiene(), index: screen.index, offset: screen.offset, width, height, lang });
    case 'revenue':
    case 'churn':
    case 'cohorts':
    case 'products':
      return revenueScreens[screen.name].lines({ place: screen, answers: ui.revenue, width, height, lang });
    case 'behind':
      return behindLines({ of: screen.of, title: screen.title, row: screen.row, answers: ui.revenue, width, height, lang });
    case 'matrix':
      return matrixLines({ snapshot, view: screen.view, at: screen.at, width, height, lang });
    case 'settings': {
      const { index, offset } = screen;
      return settingsLines({ sections: settingsSections(actions, context), index, offset, width, height, lang });
    }
    case 'rules': {
      const { index, offset, points } = screen;
      const nameOf = (id: string) => cleanLine(findRow(snapshot, id)?.name ?? id);
      return rulesLines({ rules: ui.rules, index, offset, points, nameOf, width, height, lang });
    }
    case 'help':
      return helpLines({ sections: helpSections(context, screen.of), offset: screen.offset, width, height, lang });
  }
}

/** The place among the rows, without the words between groups. */
function rowsUpTo({ list }: Context, place: number): number {
  let groups = 0;
  for (let index = 0; index < place; index++) if (list.entries[index]?.kind === 'group') groups += 1;
  return place - groups + 1;
}

/** What lies above the screen, drawn. */
export const overlayLines = (context: Context, height: number): readonly Line[] => paneOf(context, height).lines;

interface Pane {
  readonly lines: readonly Line[];
  readonly cursor: { readonly x: number; readonly y: number } | null;
}

const noPane: Pane = { lines: [], cursor: null };

function paneOf(context: Context, height: number): Pane {
  const overlay = topOverlay(context.ui);
  const width = context.ui.size.columns;
  if (height === 0) return noPane;
  switch (overlay?.kind) {
    case 'menu':
      return { lines: menuPane(context, overlay.menu, overlay.index, height), cursor: null };
    case 'columns':
      return { lines: columnsLines(columnsPane(context, overlay), width, height, context.lang), cursor: null };
    case 'key':
      return { lines: keyPane(context, overlay), cursor: null };
    case 'words':
      return wordsPane(context, overlay, height);
    case 'confirm':
      return { lines: confirmPane(context, overlay.about), cursor: null };
    case 'address':
      return {
        lines: [rule(width), [gap(1), span(say(context.lang, 'app.address.title'), 'strong')], [gap(1), span(overlay.url, 'accent')]],
        cursor: null,
      };
    case 'play':
      return {
        lines: playPaneLines({ pane: overlay.pane, today: context.workspace.today, width, height, lang: context.lang }),
        cursor: null,
      };
    case 'templates':
      return {
        lines: templatesPane({ templates: templatesHere(context), index: overlay.index, width, height, lang: context.lang }),
        cursor: null,
      };
    case 'preview':
      return { lines: previewPane({ ...overlay, width, height, lang: context.lang }), cursor: null };
    case 'records': {
      const compose = composeUnder(context.ui);
      return compose ? recordsPane({ compose, ...overlay, width, height, lang: context.lang }) : noPane;
    }
    case 'palette':
      return palettePane(paletteItems(actions, context), overlay, { width, height, lang: context.lang });
    case 'expression':
      return expressionPane(context, overlay);
    case 'ask':
      return askPane(context, overlay.about, overlay.buffer);
    case 'editor':
      return composePane({
        compose: overlay.compose,
        clock: { now: context.now, today: context.workspace.today, zone: context.workspace.portal.timeZone },
        width,
        height,
        lang: context.lang,
      });
    default:
      return noPane;
  }
}

function menuPane(context: Context, menu: MenuName, index: number, height: number): Line[] {
  const width = context.ui.size.columns;
  const items = menuItems(menu, context);
  const room = Math.max(1, height - 2);
  const from = edgeScroll(0, index, room, items.length);
  const labelWidth = Math.min(Math.max(...items.map((item) => cellWidth(item.label))), width - 16);
  const lines = items.slice(from, from + room).map((item, at): Line => {
    const selected = from + at === index;
    return [
      gap(1),
      span(literal(selected ? '▸' : ' '), 'selected'),
      span(literal(item.chosen ? ' * ' : '   '), 'accent'),
      span(fit(item.label, labelWidth), selected ? 'selected' : 'plain'),
      gap(2),
      span(literal(item.count === null ? '' : String(item.count).padStart(5)), 'quiet'),
    ];
  });
  return [rule(width), [gap(1), span(menuTitle(menu, context), 'strong')], ...lines];
}

/** A longer text with its name above it. */
function wordsPane({ ui }: Context, { about, buffer }: Extract<Overlay, { kind: 'words' }>, height: number): Pane {
  const width = ui.size.columns;
  const field = textField(buffer, width - 2 * WORDS_MARGIN, Math.max(1, height - 2), true);
  const label = about.what === 'step' ? about.label : cleanLine(about.edit.fields[0]?.label ?? '');
  return {
    lines: [rule(width), cutLine([gap(1), span(label, 'strong')], width), ...field.lines.map((line): Line => [gap(WORDS_MARGIN), ...line])],
    cursor: field.cursor && { x: field.cursor.x + WORDS_MARGIN, y: field.cursor.y + 2 },
  };
}

/** A completion; the one that Tab takes is told by a sign as well. */
const offered = (option: Clean, picked: boolean): Line =>
  picked ? [span(literal('▸'), 'selected'), span(option, 'selected')] : [gap(1), span(option, 'quiet')];

/** The filter line, what could stand at its end, and what of it means nothing. */
function expressionPane(context: Context, { buffer, pick }: Extract<Overlay, { kind: 'expression' }>): Pane {
  const { ui, list, lang } = context;
  const width = ui.size.columns;
  const label = say(lang, 'morning.filter.label');
  const field = textField(buffer, Math.max(4, width - cellWidth(label) - 3), 1, true);
  const { wrong } = compileFilter(buffer.text, filterWorld(context));
  const options = lineCompletions(context).map((option) => cleanLine(option));
  const picked = Math.max(0, Math.min(pick, options.length - 1));
  // The one that is picked and the one before it are in sight.
  const from = Math.max(0, picked - 1);
  const below: Line =
    wrong.length > 0 && options.length === 0
      ? [gap(1), span(say(lang, 'morning.filter.wrong', { parts: cleanLine(wrong.join(' ')) }), 'problem')]
      : [
          ...(from > 0 ? [span(literal('… '), 'quiet')] : [gap(1)]),
          ...options.slice(from).flatMap((option, index) => [gap(index > 0 ? 1 : 0), ...offered(option, from + index === picked)]),
        ];
  return {
    lines: [
      rule(width),
      [gap(1), span(label, 'strong'), gap(1), ...(field.lines[0] ?? emptyLine)],
      cutLine(below, width),
      [gap(1), span(say(lang, 'app.book.shown', { shown: list.shown, total: list.total }), 'quiet')],
    ],
    cursor: field.cursor && { x: field.cursor.x + cellWidth(label) + 2, y: 1 },
  };
}

export const askQuestion = (about: AskAbout, lang: Lang): Clean =>
  about.what === 'pulse' ? say(lang, 'quiet.ask.pulse', { name: about.name, points: formatSigned(about.points, 0) }) : about.label;

/** One line of text with the question above it. */
function askPane({ ui, lang }: Context, about: AskAbout, buffer: TextBuffer): Pane {
  const width = ui.size.columns;
  const field = textField(buffer, Math.max(4, width - 4), 1, true);
  return {
    lines: [rule(width), cutLine([gap(1), span(askQuestion(about, lang), 'strong')], width), [gap(2), ...(field.lines[0] ?? emptyLine)]],
    cursor: field.cursor && { x: field.cursor.x + 2, y: 2 },
  };
}

function keyPane({ ui, lang }: Context, { id, adding }: Extract<Overlay, { kind: 'key' }>): Line[] {
  const width = ui.size.columns;
  const action = actions.find((one) => one.id === id);
  const words = say(lang, adding ? 'settings.key.press.more' : 'settings.key.press', { action: action ? say(lang, action.title) : '' });
  return [rule(width), cutLine([gap(1), span(words, 'strong')], width), [gap(1), span(say(lang, 'settings.key.press.note'), 'quiet')]];
}

function confirmPane(context: Context, about: ConfirmAbout): Line[] {
  const { lang } = context;
  const width = context.ui.size.columns;
  const [question, detail] =
    about.what === 'quit'
      ? [say(lang, 'app.confirm.quit'), say(lang, 'app.confirm.quit.detail', { n: unsent(context) })]
      : about.what === 'heal'
        ? [say(lang, 'outbox.confirm.heal', { n: about.n }), say(lang, 'outbox.confirm.heal.detail')]
        : about.what === 'makePolicy'
          ? [say(lang, 'app.confirm.makePolicy'), about.file]
          : [say(lang, 'app.confirm.drop'), about.text];
  return [rule(width), cutLine([gap(1), span(question, 'strong')], width), cutLine([gap(1), span(detail)], width)];
}

/** Keys that work here; a toast, or what is being looked for, in their place. */
function footer(context: Context, width: number): { readonly line: Line; readonly cursor: number | null } {
  const { ui, list, lang } = context;
  const overlay = topOverlay(ui);
  if (overlay?.kind === 'jump') {
    const label = say(lang, 'morning.jump.label');
    const field = textField(overlay.buffer, 8, 1, true);
    const right = hintSpans(context, Math.floor(width / 2));
    const left: Line = [gap(1), span(literal('# '), 'accent'), span(label, 'quiet'), gap(1), ...(field.lines[0] ?? emptyLine)];
    return { line: spread(left, right, width), cursor: 4 + cellWidth(label) + (field.cursor?.x ?? 0) };
  }
  if (overlay?.kind === 'search') {
    const screen = topScreen(ui);
    const counts =
      screen.name === 'account'
        ? say(lang, 'account.found', timelineCounts(ui.account?.view ?? null, overlay.buffer.text, lang))
        : say(lang, 'app.book.shown', { shown: list.shown, total: list.total });
    const right: Line = [span(counts, 'quiet'), gap(2), ...hintSpans(context, Math.floor(width / 2))];
    const room = Math.max(8, width - lineWidth(right) - 5);
    const field = textField(overlay.buffer, room, 1, true);
    return {
      line: spread([gap(1), span(literal('/ '), 'accent'), ...(field.lines[0] ?? emptyLine)], right, width),
      cursor: 3 + (field.cursor?.x ?? 0),
    };
  }
  if (ui.toast && ui.toast.until > context.now) {
    const toast = cutLine([gap(1), span(ui.toast.text, ui.toast.tone === 'problem' ? 'problem' : 'accent'), gap(3)], width);
    return { line: [...toast, ...hintSpans(context, width - lineWidth(toast))], cursor: null };
  }
  return { line: [gap(1), ...hintSpans(context, width - 1)], cursor: null };
}

/** As many hints as fit; the last one (help) stays, `…` stands for those left out. */
function hintSpans(context: Context, width: number): Line {
  const found = hints(context).map(({ key, word }): Line => [span(key, 'accent'), gap(1), span(word, 'quiet')]);
  const last = found.at(-1);
  if (!last) return emptyLine;
  let line: Line = emptyLine;
  for (const [index, hint] of found.slice(0, -1).entries()) {
    const next = index === 0 ? hint : [...line, gap(2), ...hint];
    if (lineWidth(next) + 4 + lineWidth(last) > width)
      return lineWidth(line) + lineWidth(last) + 3 > width ? emptyLine : [...line, gap(1), span(literal('…'), 'quiet'), gap(1), ...last];
    line = next;
  }
  return found.length === 1 ? last : [...line, gap(2), ...last];
}
