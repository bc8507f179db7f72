/** Names that the outbox makes: row ids that sort by time, and the markers of its records. */

import { makeMarker } from '../../plays/marker.ts';
import type { Instant } from '../../units/day.ts';

/** Uniform in [0, 1). */
export type Random = () => number;

const BASE32 = '0123456789abcdefghjkmnpqrstvwxyz';

const inBase32 = (value: number, length: number): string => {
  let text = '';
  for (let rest = value; text.length < length; rest = Math.floor(rest / 32)) text = BASE32.charAt(rest % 32) + text;
  return text;
};

const letters = (random: Random, length: number): string => {
  let text = '';
  while (text.length < length) text += BASE32.charAt(Math.floor(random() * 32));
  return text;
};

/** Makes 26-character ids that sort in the order of their making: 10 of time (ms), 3 of sequence, 13 at random. */
export function idMaker(random: Random): (now: Instant) => string {
  let last = 0;
  let sequence = 0;
  return (now) => {
    sequence = now > last ? 0 : sequence + 1;
    last = Math.max(now, last);
    return inBase32(last, 10) + inBase32(sequence, 3) + letters(random, 13);
  };
}

/** A marker that no other row has. */
export const newMarker = (random: Random): string => makeMarker(Uint8Array.from({ length: 12 }, () => Math.floor(random() * 256)));
