/** Imported first: Ink's patch of the console wants the class that vitest's console does not carry. */
import { Console } from 'node:console';

Object.assign(console, { Console });
