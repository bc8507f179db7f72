/** How much memory the engine takes beside what is in use. */
import { setFlagsFromString } from 'node:v8';

/** Of the engine's versions up to this one the flag is known; another would complain of it on standard error. */
const KNOWN_V8 = 15;

/**
 * Keeps the space for new objects at the size that it has now. The engine doubles it, up to 64 MB and more, while objects
 * pass through it, and hands none of it back: of a long stream of rows that is all the memory there is. It costs time
 * where much of what is made stays, so it is nothing for scoring.
 */
export function holdYoungSpace(): void {
  if (Number.parseInt(process.versions.v8, 10) <= KNOWN_V8) setFlagsFromString('--semi-space-growth-factor=1');
}
