/** Menus, questions and text fields in words. Pure; null for what is told by its drawn lines. */

import type { Line } from '../../components/line.ts';
import { say } from '../../components/say.ts';
import { foundRecords } from '../../screens/compose/records.ts';
import { addressed } from '../../screens/compose/several.ts';
import { type Compose, isOn, isTextField } from '../../screens/compose/state.ts';
import { PICK_KEYS } from '../../screens/compose/templates.ts';
import { composePane, TITLES } from '../../screens/compose/view-model.ts';
import { aloud } from '../../text/aloud.ts';
import { type Clean, cleanLine, literal } from '../../text/clean.ts';
import type { Lang } from '../../text/messages/index.ts';
import { composeUnder, templatesHere } from '../actions/editing.ts';
import { paletteItems } from '../actions/palette.ts';
import { actions } from '../actions.ts';
import type { Context } from '../context.ts';
import { askQuestion } from '../frame.ts';
import { menuItems, menuTitle } from '../menus.ts';
import type { Overlay } from '../state.ts';
import { tellBook } from './tell-book.ts';
import type { Place } from './telling.ts';

/** Stands before the field that has the cursor. */
const BAR = '▌';
const ROOM = { width: 160, height: 40 } as const;

export function tellOverlay(context: Context, overlay: Overlay): Place | null {
  const { lang } = context;
  switch (overlay.kind) {
    case 'menu':
      return tellMenu(context, overlay);
    case 'editor':
      return tellEditor(context, overlay.compose);
    case 'palette':
      return tellPalette(context, overlay);
    case 'search':
    case 'expression':
    case 'jump': {
      const label = say(
        lang,
        overlay.kind === 'search' ? 'plain.field.search' : overlay.kind === 'jump' ? 'morning.jump.label' : 'morning.filter.label',
      );
      // While one narrows the list, what is left of it is heard.
      const told = context.ui.screens.at(-1)?.name === 'book' ? tellBook(context) : { lines: [], focus: [] };
      return { place: overlay.kind, lines: told.lines, focus: told.focus, field: { key: overlay.kind, label, buffer: overlay.buffer } };
    }
    case 'ask':
      return { place: 'ask', lines: [], focus: [], field: { key: 'ask', label: askQuestion(overlay.about, lang), buffer: overlay.buffer } };
    case 'words': {
      const { about } = overlay;
      const label = about.what === 'step' ? about.label : cleanLine(about.edit.fields[0]?.label ?? say(lang, 'plain.field.body'));
      return { place: 'words', lines: [], focus: [], field: { key: 'words', label, buffer: overlay.buffer } };
    }
    case 'records':
      return tellRecords(context, overlay);
    case 'templates': {
      const all = templatesHere(context);
      const template = all[overlay.index];
      const lines = [say(lang, 'writing.templates.title')];
      if (!template) return { place: 'templates', lines: [say(lang, 'writing.templates.none')], focus: [] };
      const parts = [literal(PICK_KEYS[overlay.index] ?? ''), say(lang, `outbox.kind.${template.kind}`), cleanLine(template.label[lang])];
      const what = literal(parts.filter((part) => part !== '').join(say(lang, 'plain.stop')));
      return { place: 'templates', lines, focus: [say(lang, 'plain.at', { at: overlay.index + 1, of: all.length, what })] };
    }
    default:
      return null;
  }
}

function tellMenu(context: Context, { menu, index }: Extract<Overlay, { kind: 'menu' }>): Place {
  const { lang } = context;
  const items = menuItems(menu, context);
  const item = items[index];
  const place = `menu ${menu}`;
  if (!item) return { place, lines: [menuTitle(menu, context)], focus: [] };
  const counted = item.count === null ? item.label : say(lang, 'plain.menu.count', { what: item.label, n: item.count });
  const what = item.chosen ? say(lang, 'plain.chosen', { what: counted }) : counted;
  return {
    place,
    lines: [menuTitle(menu, context)],
    focus: [say(lang, 'plain.at', { at: index + 1, of: items.length, what: aloud(what, lang) })],
  };
}

function tellPalette(context: Context, overlay: Extract<Overlay, { kind: 'palette' }>): Place {
  const { lang } = context;
  const items = paletteItems(actions, context);
  const item = items[overlay.index];
  const label = say(lang, 'morning.palette.title');
  const field = { key: 'palette', label, buffer: overlay.buffer };
  if (!item) return { place: 'palette', lines: [], focus: [say(lang, 'morning.palette.none')], field };
  const parts = [item.title, item.keys, item.disabled ?? item.hint].filter((part) => part !== '').map((part) => aloud(part, lang));
  const what = literal(parts.join(say(lang, 'plain.stop')));
  return { place: 'palette', lines: [], focus: [say(lang, 'plain.at', { at: overlay.index + 1, of: items.length, what })], field };
}

/** A record that can be chosen for the text below, and whether it is. */
function tellRecords({ ui, lang }: Context, { buffer, index }: Extract<Overlay, { kind: 'records' }>): Place {
  const compose = composeUnder(ui);
  const found = compose ? foundRecords(compose, buffer.text) : [];
  const record = found[index];
  const field = { key: 'records', label: say(lang, 'writing.field.also'), buffer };
  if (!compose || !record) return { place: 'records', lines: [], focus: [say(lang, 'writing.records.none')], field };
  const words = [say(lang, `writing.kind.${record.kind}`), cleanLine(record.name), cleanLine(record.detail ?? '')];
  const named = literal(words.filter((word) => word !== '').join(say(lang, 'plain.stop')));
  const what = isOn(compose, record) ? say(lang, 'plain.chosen', { what: named }) : named;
  return {
    place: 'records',
    lines: [],
    focus: [say(lang, 'plain.at', { at: index + 1, of: found.length, what: aloud(what, lang) })],
    field,
  };
}

/** The field that has the cursor, as its line says it; of a text, what it stands for. */
function tellEditor(context: Context, compose: Compose): Place {
  const { lang, now, workspace } = context;
  const clock = { now, today: workspace.today, zone: workspace.portal.timeZone };
  const { focus, form } = compose;
  const lines: Clean[] = [say(lang, TITLES[form], { name: addressed(compose, lang) })];
  if (compose.problem !== null) lines.push(compose.problem);
  const place = `editor ${form}`;
  if (compose.saving) return { place, lines: [...lines, say(lang, 'app.compose.saving')], focus: [] };
  if (focus === 'save') return { place, lines, focus: [say(lang, 'plain.button', { what: say(lang, 'app.compose.save') })] };
  const pane = composePane({ compose, clock, ...ROOM, lang }).lines;
  const here = pane.find((line) => line.some(({ text, tone }) => text === BAR && tone === 'accent')) ?? [];
  const [, , , named, ...rest] = here;
  const label = focus === 'body' ? say(lang, 'plain.field.body') : aloud(named?.text ?? '', lang);
  if (!isTextField(focus)) return { place, lines, focus: [literal(`${label}: ${choiceWords(rest, lang)}`)] };
  const meaning = focus === 'body' ? null : (rest.findLast(({ text, tone }) => text.startsWith('=') || tone === 'problem') ?? null);
  const field = { key: `editor ${focus}`, label, buffer: compose[focus] };
  return { place, lines, focus: meaning === null ? [] : [literal(`${label} ${aloud(meaning.text, lang)}`)], field };
}

/** `[High]` is the chosen one of what stands beside each other. */
function choiceWords(spans: Line, lang: Lang): Clean {
  const words = spans.map(({ text }) => text.trim()).filter((text) => text !== '');
  const chosen = words.find((text) => /^\[.*\]$/.test(text))?.slice(1, -1);
  const all = words.map((text) => text.replace(/^\[(.*)\]$/, '$1')).join(say(lang, 'plain.and'));
  return chosen === undefined
    ? literal(words.join(' '))
    : literal([chosen, say(lang, 'plain.choices', { choices: all })].join(say(lang, 'plain.stop')));
}
