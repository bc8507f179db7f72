/**
 * The one door through which text from outside reaches a terminal, an export, a file name or the log.
 *
 * `Clean` is text that cannot drive a terminal or lie about its own order: no C0 (but newline in a block), DEL, C1, escape
 * string, bidi control or invisible character, no lone surrogate, NFC, bounded in length. Cleaning twice changes nothing.
 */

/** Text that went through `clean()`; the only text that components, tables and exports accept. */
export type Clean = string & { readonly __clean: true };

export interface CleanOptions {
  /** Keep line breaks (as `\n`); without it they become one space. */
  readonly lines?: boolean;
  /** Longest result in UTF-16 units; a longer text is cut between characters and ends in `…`. At least 1. */
  readonly max?: number;
}

const LINE_MAX = 1024;
const BLOCK_MAX = 65_536;
/** Controls may take up to this many times the room of what is left of them; more is not looked at. */
const RAW_FACTOR = 8;

/** Nothing to do for: printable ASCII and Latin-1; dashes, arrows and signs of our own sentences; kana, common kanji, full-width forms. */
const PLAIN =
  /^[\x20-\x7e\u00a1-\u00ac\u00ae-\u00ff\u2010-\u2027\u2030-\u203a\u2190-\u2199\u2212\u2264\u2265\u3000-\u3029\u3041-\u3096\u309b-\u30ff\u4e00-\u9fff\uff01-\uff9f]*$/;

/**
 * Escape strings, 7-bit and 8-bit. A control string (DCS, SOS, OSC, PM, APC) runs to its terminator, or, where there is
 * none before the next control, to the end of its line: an unterminated one must not swallow what a terminal would.
 * The payload class holds no introducer, so that no input is scanned more than twice.
 */
const CONTROL_STRING = String.raw`(?:\x1b[PX\]^_]|[\x90\x98\x9d-\x9f])`;
const CONTROL_SEQUENCE = String.raw`(?:\x1b\[|\x9b)[0-?]*[ -/]*[@-~]?`;
const ESCAPES = new RegExp(
  [
    String.raw`${CONTROL_STRING}[^\x07\x18\x1a\x1b\x80-\x9f]*(?:\x07|\x1b\\|\x9c)`,
    String.raw`${CONTROL_STRING}[^\x07\x18\x1a\x1b\x80-\x9f\r\n]*`,
    CONTROL_SEQUENCE,
    String.raw`\x1b[ -/]*[0-~]`,
    String.raw`\x1b[ -/]+`,
  ].join('|'),
  'g',
);

const LINE_BREAKS = /\r\n|[\n\r\u0085\u2028\u2029]/g;
/** Blanks that are not U+0020 nor the two cells of U+3000. */
const ODD_SPACES = /[\u00a0\u1680\u2000-\u200a\u202f\u205f]/g;
const CONTROLS = /[\x00-\x09\x0b-\x1f\x7f-\x9f]/g;

/** Unicode tables cost every start some 10 ms as literals, which are checked when a module loads: built when first needed. */
const lazyPattern = (source: string, flags: string): (() => RegExp) => {
  let pattern: RegExp | undefined;
  return () => {
    pattern ??= new RegExp(source, flags);
    return pattern;
  };
};
/**
 * Emoji sequences, in which joiners, tags and selectors mean something, and what is invisible or changes the order anywhere
 * else: bidi controls, zero-width characters, joiners, variation selectors, tags, fillers, enclosing keycaps. The sequence
 * is tried first.
 */
const emojiOrInvisible = lazyPattern(String.raw`(\p{RGI_Emoji})|[\p{Default_Ignorable_Code_Point}\p{Cf}\u20e3]`, 'gv');
/** The sequences are not worth looking for in a text without any of these: all that is taken away has one. */
const invisible = lazyPattern(String.raw`[\p{Default_Ignorable_Code_Point}\p{Cf}\u20e3]`, 'u');
/** More marks on one letter than any script writes are only there to spill over other rows. */
const marks = lazyPattern(String.raw`(\p{Mn}{8})\p{Mn}+`, 'gu');

const DEL = 0x7f;
const TAB = 0x09;

function picture(control: string): string {
  const code = control.charCodeAt(0);
  if (code === TAB) return '    ';
  if (code < 0x20) return String.fromCharCode(0x2400 + code);
  return code === DEL ? '␡' : '·';
}

/**
 * Terminals disagree on the width of a text symbol that VS16 turns into an emoji (`⚠️`) and of keycaps (`1️⃣`), so these are
 * shown as the plain symbol (a lone enclosing keycap goes too); real emoji sequences (families, flags, skin tones) stay whole.
 */
function visible(_: string, emoji: string | undefined): string {
  if (emoji === undefined) return '';
  if (emoji.endsWith('\u20e3')) return emoji.charAt(0);
  if (emoji.endsWith('\ufe0f') && [...emoji].length === 2) return emoji.slice(0, -1);
  return emoji;
}

let graphemes: Intl.Segmenter | undefined;

/** `more`: the text goes on where it was not even looked at. */
function cap(text: string, max: number, more: boolean): string {
  if (text.length <= max && !more) return text;
  if (text.length < max) return `${text}…`;
  graphemes ??= new Intl.Segmenter('und', { granularity: 'grapheme' });
  const at = graphemes.segment(text).containing(max - 1)?.index ?? 0;
  return `${text.slice(0, at)}…`;
}

/** Makes any string safe to show. Removed controls leave a picture (`␛`, `␀`, `·`), so that a reader sees there was something. */
export function clean(raw: string, options: CleanOptions = {}): Clean {
  const lines = options.lines ?? false;
  const max = Math.max(1, options.max ?? (lines ? BLOCK_MAX : LINE_MAX));
  if (raw.length <= max && PLAIN.test(raw)) return raw as Clean;
  const looked = max * RAW_FACTOR;
  const shown = raw
    .slice(0, looked)
    .toWellFormed()
    .replace(ESCAPES, '␛')
    .replace(LINE_BREAKS, '\n')
    .replace(ODD_SPACES, ' ')
    .replace(CONTROLS, picture);
  const text = (invisible().test(shown) ? shown.replace(emojiOrInvisible(), visible) : shown).normalize('NFC').replace(marks(), '$1');
  return cap(lines ? text : text.replace(/\n+/g, ' '), max, raw.length > looked) as Clean;
}

/** A single-line field: a name, a label, an error message. */
export const cleanLine = (raw: string, max: number = LINE_MAX): Clean => clean(raw, { max });

/** A text with lines: a note's body. */
export const cleanBlock = (raw: string, max: number = BLOCK_MAX): Clean => clean(raw, { lines: true, max });

/**
 * Our own constant words and glyphs. Same checks as `clean`, by which a `literal` of something from outside is safe too;
 * the name tells the reader that nothing from outside is meant.
 */
export const literal = (word: string): Clean => clean(word, { lines: true });

/** Clean pieces side by side are clean. */
export const join = (parts: readonly Clean[], separator: Clean = '' as Clean): Clean => parts.join(separator) as Clean;
