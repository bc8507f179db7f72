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

/** Nothing to do for: printable ASCII; kana, common kanji, full-width forms. */
const PLAIN = /^[\x20-\x7e\u3000-\u3029\u3041-\u3096\u309b-\u30ff\u4e00-\u9fff\uff01-\uff9f]*$/;

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

/**
 * Invisible and order-changing characters (bidi controls, zero-width, joiners, variation selectors, tags, fillers), and
 * the emoji sequences in which joiners, tags and selectors mean something. Alternation prefers the sequence.
 */
const EMOJI_OR_INVISIBLE = /\p{RGI_Emoji}|[\p{Default_Ignorable_Code_Point}\p{Cf}\u20e3]/gv;
const INVISIBLE = /^[\p{Default_Ignorable_Code_Point}\p{Cf}\u20e3]$/v;
/** More marks on one letter than any script writes are only there to spill over other rows. */
const MARKS = /(\p{Mn}{8})\p{Mn}+/gu;

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
function visible(match: string): string {
  if (INVISIBLE.test(match)) return '';
  if (match.endsWith('\u20e3')) return match.charAt(0);
  if (match.endsWith('\ufe0f') && [...match].length === 2) return match.slice(0, -1);
  return match;
}

let graphemes: Intl.Segmenter | undefined;

function cap(text: string, max: number): string {
  if (text.length <= max) return text;
  graphemes ??= new Intl.Segmenter('und', { granularity: 'grapheme' });
  const at = graphemes.segment(text).containing(max - 1)?.index ?? 0;
  return `${text.slice(0, at)}…`;
}

/** Makes any string safe to show. Removed controls leave a picture (`␛`, `␀`, `·`), so that a reader sees there was something. */
export function clean(raw: string, options: CleanOptions = {}): Clean {
  const lines = options.lines ?? false;
  const max = Math.max(1, options.max ?? (lines ? BLOCK_MAX : LINE_MAX));
  if (raw.length <= max && PLAIN.test(raw)) return raw as Clean;
  const text = raw
    .slice(0, max * RAW_FACTOR)
    .toWellFormed()
    .replace(ESCAPES, '␛')
    .replace(LINE_BREAKS, '\n')
    .replace(ODD_SPACES, ' ')
    .replace(CONTROLS, picture)
    .replace(EMOJI_OR_INVISIBLE, visible)
    .normalize('NFC')
    .replace(MARKS, '$1');
  return cap(lines ? text : text.replace(/\n+/g, ' '), max) as Clean;
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
