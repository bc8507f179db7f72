/** How much memory the engine takes beside what is in use. */
import { setFlagsFromString } from 'node:v8';

/** Of the engine's versions up to this one the flag is known; another would complain of it on standard error. */
const KNOWN_V8 = 15;

/**
 * Keeps the space for new objects at the size that it has now, in every thread. The engine doubles it, up to 64 MB and
 * more, while objects pass through it, and is slow to hand it back: of a stream of rows, or of a screen that is drawn again
 * and again, that is most of the memory there is. Scoring makes much that stays, and would be half as slow again: it comes
 * before, or has a process of its own.
 */
export function holdYoungSpace(): void {
  if (Number.parseInt(process.versions.v8, 10) <= KNOWN_V8) setFlagsFromString('--semi-space-growth-factor=1');
}
