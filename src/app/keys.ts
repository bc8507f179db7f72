/**
 * From what Ink hands over to key names.
 *
 * Ink gives a burst of keys as one string (`jjj`), and Esc followed by a key within its 20 ms as that key with `meta`.
 * Both are taken apart here, so nothing is dropped. Key names: one grapheme as typed (`j`, `S`, `?`, `あ`), or
 * `enter`, `esc`, `tab`, `shift+tab`, `backspace`, `delete`, `up`, `down`, `left`, `right`, `pageup`, `pagedown`, `home`,
 * `end`, `space`, with `ctrl+` and `alt+` before them; `shift+left` and `shift+right`.
 */
import type { Key } from 'ink';
import { characters } from '../text/cells.ts';
import type { Clean } from '../text/clean.ts';

/** What is typed is taken apart, not shown: it need not be clean. */
const graphemes = (text: string): string[] => characters(text as Clean);

const named: readonly (readonly [keyof Key, string])[] = [
  ['upArrow', 'up'],
  ['downArrow', 'down'],
  ['leftArrow', 'left'],
  ['rightArrow', 'right'],
  ['pageUp', 'pageup'],
  ['pageDown', 'pagedown'],
  ['home', 'home'],
  ['end', 'end'],
  ['return', 'enter'],
  ['escape', 'esc'],
  ['tab', 'tab'],
  ['backspace', 'backspace'],
  ['delete', 'delete'],
];

/** The keys in one event of `useInput`, in the order they were pressed. */
export function keyNames(input: string, key: Key): string[] {
  if (key.eventType === 'release') return [];
  const special = named.find(([flag]) => key[flag] === true);
  if (special) {
    const name = special[1];
    if (name === 'esc') return key.meta ? ['esc', 'esc'] : ['esc'];
    if (name === 'tab' && key.shift) return ['shift+tab'];
    if (key.shift && (name === 'left' || name === 'right')) return [`shift+${name}`];
    if (key.ctrl) return [`ctrl+${name}`];
    // Esc and Enter or Tab in one read arrive as meta; an arrow with meta is a real Alt.
    if (key.meta) return name === 'enter' || name === 'tab' ? ['esc', name] : [`alt+${name}`];
    return [name];
  }
  if (key.ctrl) return input === '' ? [] : [`ctrl+${input === ' ' ? 'space' : input}`];
  const names = graphemes(input).flatMap(plainName);
  return key.meta && names.length > 0 ? ['esc', ...names] : names;
}

/** One grapheme of a burst; control characters inside it are keys of their own. */
function plainName(grapheme: string): string[] {
  if (grapheme === ' ') return ['space'];
  if (grapheme === '\r' || grapheme === '\n') return ['enter'];
  if (grapheme === '\r\n') return ['enter'];
  if (grapheme === '\t') return ['tab'];
  const code = grapheme.charCodeAt(0);
  if (grapheme.length === 1 && code >= 1 && code <= 26) return [`ctrl+${String.fromCharCode(code + 96)}`];
  return grapheme.length === 1 && (code < 32 || code === 127) ? [] : [grapheme];
}

/** An arrow with Shift is the arrow itself wherever it has no meaning of its own. */
export const withoutShift = (name: string): string => (/^shift\+(?:left|right)$/.test(name) ? name.slice('shift+'.length) : name);

/** What a key types into a text field, or null for a key that types nothing. */
export function typedText(name: string): string | null {
  if (name === 'space') return ' ';
  if (/^(ctrl|alt|shift)\+/.test(name)) return null;
  return graphemes(name).length === 1 ? name : null;
}

const labels: Readonly<Record<string, string>> = {
  enter: 'Enter',
  esc: 'Esc',
  tab: 'Tab',
  'shift+tab': 'Shift-Tab',
  space: 'Space',
  up: '↑',
  down: '↓',
  left: '←',
  right: '→',
  pageup: 'PgUp',
  pagedown: 'PgDn',
  home: 'Home',
  end: 'End',
  backspace: 'Backspace',
  delete: 'Delete',
};

const MODIFIERS: Readonly<Record<string, string>> = { ctrl: 'Ctrl', alt: 'Alt', shift: 'Shift' };

/** How a key is written for people: `Ctrl-O`, `Enter`, `j`. */
export function keyLabel(name: string): string {
  const match = /^(ctrl|alt|shift)\+(.+)$/.exec(name);
  if (labels[name] === undefined && match?.[1] && match[2]) return `${MODIFIERS[match[1]]}-${labels[match[2]] ?? match[2].toUpperCase()}`;
  return labels[name] ?? name;
}
