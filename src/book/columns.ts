/** Columns of numbers and words as bytes, so that many accounts are kept and read without an object for each. */

type Numbers = Uint16Array | Uint32Array | Float64Array;

export const bytesOf = (array: Numbers): Uint8Array => new Uint8Array(array.buffer, array.byteOffset, array.byteLength);

/** Any JSON value as bytes. */
export const jsonBytes = (value: unknown): Uint8Array => Buffer.from(JSON.stringify(value), 'utf8');

/** What is not there: a column without numbers. */
const NONE = new Uint8Array();

export const readJson = <T>(bytes: Uint8Array = NONE): T =>
  JSON.parse(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('utf8'));

/** The same bytes where numbers may be read off them in place. */
const aligned = (bytes: Uint8Array): Uint8Array => (bytes.byteOffset % 8 === 0 ? bytes : bytes.slice());

export function sixteen(bytes: Uint8Array = NONE): Uint16Array {
  const { buffer, byteOffset, byteLength } = aligned(bytes);
  return new Uint16Array(buffer, byteOffset, byteLength / 2);
}

export function thirtyTwo(bytes: Uint8Array = NONE): Uint32Array {
  const { buffer, byteOffset, byteLength } = aligned(bytes);
  return new Uint32Array(buffer, byteOffset, byteLength / 4);
}

export function floats(bytes: Uint8Array = NONE): Float64Array {
  const { buffer, byteOffset, byteLength } = aligned(bytes);
  return new Float64Array(buffer, byteOffset, byteLength / 8);
}

/** Each value once, and the place of each account's. Values are JSON; equal ones become one. */
export function packWords(values: readonly unknown[]): { readonly words: Uint8Array; readonly places: Uint8Array } {
  const found = new Map<unknown, number>();
  const words: unknown[] = [];
  const places = Uint32Array.from(values, (value) => {
    const key = typeof value === 'object' && value !== null ? JSON.stringify(value) : value;
    const known = found.get(key);
    if (known !== undefined) return known;
    found.set(key, found.size);
    return words.push(value) - 1;
  });
  return { words: jsonBytes(words), places: bytesOf(places) };
}
