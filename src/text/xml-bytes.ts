/**
 * XML as UTF-8, written character by character. A sheet has millions of cells: strings joined for each of them, and then
 * turned into bytes, would be most of the time that a workbook takes.
 */

/** Bytes that are handed on at once, or somewhat more. */
const CHUNK = 65_536;

const LT = 0x3c;
const GT = 0x3e;
const AMP = 0x26;
const UNDERSCORE = 0x5f;
/** `_x0041_` would be read as an `A` by a spreadsheet. */
const ESCAPE_LIKE = /_x[0-9a-f]{4}_/iy;
/** What XML 1.0 has no way to hold. */
export const NOT_XML = /[^\t\n\r\x20-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu;
/** Of one UTF-16 unit: an entity, or the escape of an underscore. */
const MOST_BYTES = 7;

export class XmlBytes {
  #bytes: Buffer<ArrayBuffer> = Buffer.allocUnsafe(CHUNK * 2);
  #length = 0;

  /** ASCII, as it stands. */
  markup(text: string): void {
    const bytes = this.#room(text.length);
    let at = this.#length;
    for (let index = 0; index < text.length; index++) bytes[at++] = text.charCodeAt(index);
    this.#length = at;
  }

  /** What XML cannot hold is left out; a spreadsheet's own escapes are read as they stand. */
  text(text: string): void {
    const bytes = this.#room(text.length * MOST_BYTES);
    let at = this.#length;
    for (let index = 0; index < text.length; index++) {
      const unit = text.charCodeAt(index);
      if (unit < 0x80) {
        if (unit < 0x20 && unit !== 0x09 && unit !== 0x0a && unit !== 0x0d) {
          this.#without(text);
          return;
        }
        if (unit === AMP || unit === LT || unit === GT || unit === UNDERSCORE) at = this.#special(text, index, unit, at);
        else bytes[at++] = unit;
      } else if (unit < 0x800) {
        bytes[at++] = 0xc0 | (unit >> 6);
        bytes[at++] = 0x80 | (unit & 0x3f);
      } else if (unit < 0xd800 || (unit >= 0xe000 && unit < 0xfffe)) {
        bytes[at++] = 0xe0 | (unit >> 12);
        bytes[at++] = 0x80 | ((unit >> 6) & 0x3f);
        bytes[at++] = 0x80 | (unit & 0x3f);
      } else {
        const point = text.codePointAt(index) ?? 0;
        if (point < 0x10000) {
          this.#without(text);
          return;
        }
        bytes[at++] = 0xf0 | (point >> 18);
        bytes[at++] = 0x80 | ((point >> 12) & 0x3f);
        bytes[at++] = 0x80 | ((point >> 6) & 0x3f);
        bytes[at++] = 0x80 | (point & 0x3f);
        index += 1;
      }
    }
    this.#length = at;
  }

  /** Nothing of the text is written yet. Leaving something out may bring an escape together: it is looked at anew. */
  #without(text: string): void {
    this.text(text.replace(NOT_XML, ''));
  }

  #special(text: string, index: number, unit: number, at: number): number {
    const bytes = this.#bytes;
    if (unit === UNDERSCORE) {
      ESCAPE_LIKE.lastIndex = index;
      return at + bytes.write(ESCAPE_LIKE.test(text) ? '_x005F_' : '_', at, 'latin1');
    }
    return at + bytes.write(unit === AMP ? '&amp;' : unit === LT ? '&lt;' : '&gt;', at, 'latin1');
  }

  /** The buffer, with room for so many bytes more. */
  #room(count: number): Buffer {
    if (this.#length + count > this.#bytes.length) {
      const larger = Buffer.allocUnsafe(Math.max(this.#bytes.length * 2, this.#length + count));
      this.#bytes.copy(larger, 0, 0, this.#length);
      this.#bytes = larger;
    }
    return this.#bytes;
  }

  /** What is there, to be handed on; null while there is little of it. */
  taken(least = CHUNK): Buffer | null {
    if (this.#length === 0 || this.#length < least) return null;
    const taken = this.#bytes.subarray(0, this.#length);
    this.#bytes = Buffer.allocUnsafe(CHUNK * 2);
    this.#length = 0;
    return taken;
  }
}
