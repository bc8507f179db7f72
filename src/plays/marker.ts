/**
 * The reference by which we know our own writes again: `ref` and twelve base-32 characters, as plain text at the end of
 * the body. Comments and attributes do not survive HubSpot's cleaning of rich text; a word does.
 */

/** Lower case without the letters that people mistake (i, l, o, u). */
const ALPHABET = '0123456789abcdefghjkmnpqrstvwxyz';
const LENGTH = 12;
const MARKER = /(?<![0-9A-Za-z])ref[0-9a-hjkmnp-tv-z]{12}(?![0-9A-Za-z])/g;

/** A marker from random bytes, 12 at least; 60 bits of them count. */
export function makeMarker(random: Uint8Array): string {
  if (random.length < LENGTH) throw new RangeError(`a marker needs ${LENGTH} random bytes`);
  return `ref${Array.from(random.subarray(0, LENGTH), (byte) => ALPHABET[byte % ALPHABET.length]).join('')}`;
}

/** The body with the marker as its last line. */
export const withMarker = (html: string, marker: string): string => `${html}${html === '' ? '' : '<br><br>'}${marker}`;

/** The body as it was before `withMarker`; untouched where the marker is not its end. */
export function withoutMarker(html: string, marker: string): string {
  const end = ['<br><br>', ''].map((gap) => `${gap}${marker}`).find((tail) => html.endsWith(tail));
  return end === undefined ? html : html.slice(0, -end.length);
}

/** All markers in a body, HTML or text, each once, in their order. */
export const markersIn = (body: string): string[] => [...new Set(body.match(MARKER) ?? [])];

/** Whether the body, HTML or text, holds exactly this marker. */
export const hasMarker = (body: string, marker: string): boolean => markersIn(body).includes(marker);

/** Plain text without the markers that end it, for whoever reads it. */
export const withoutMarkers = (text: string): string => text.replace(/(?:\s*(?<![0-9A-Za-z])ref[0-9a-hjkmnp-tv-z]{12})+\s*$/, '');
