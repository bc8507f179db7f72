/** All that can be told at one moment, and what of it is news. Pure. */
import type { TextBuffer } from '../../components/text-buffer.ts';
import type { Clean } from '../../text/clean.ts';

export interface Field {
  /** Another key is another field. */
  readonly key: string;
  readonly label: Clean;
  readonly buffer: TextBuffer;
}

/** What a screen, or what lies above it, tells. */
export interface Place {
  readonly place: string;
  readonly lines: readonly Clean[];
  readonly focus: readonly Clean[];
  readonly field?: Field;
}

export interface Telling {
  /** Of the whole program: age of the data, what waits, the brief. Told when it changes, wherever one is. */
  readonly status: readonly Clean[];
  /** Told once, when it comes. */
  readonly toast: Clean | null;
  /** Where one is; in another place everything is told. */
  readonly place: string;
  readonly lines: readonly Clean[];
  /** What the cursor is on. */
  readonly focus: readonly Clean[];
  /** Where text is being typed. */
  readonly field: Field | null;
  /** Text is being typed somewhere that is no field of its own here: what it changes is told after a pause. */
  readonly isTyping: boolean;
  /** Keys that do something here, told the first time; told every time where one has to answer. */
  readonly keys: Clean | null;
  readonly mustAnswer: boolean;
}

const isSame = (a: readonly Clean[], b: readonly Clean[]): boolean => a.length === b.length && a.every((one, index) => one === b[index]);

const added = (before: readonly Clean[], after: readonly Clean[]): readonly Clean[] => {
  const known = new Set(before);
  return after.filter((one) => !known.has(one));
};

/** What to say after `before` was said, in the order in which it matters. */
export function news(before: Telling | null, after: Telling): readonly Clean[] {
  const toast = after.toast !== null && after.toast !== before?.toast ? [after.toast] : [];
  const status = added(before?.status ?? [], after.status);
  if (before?.place !== after.place) return [...toast, ...status, ...after.lines, ...after.focus];
  const focus = isSame(before.focus, after.focus) ? [] : after.focus;
  return [...toast, ...status, ...added(before.lines, after.lines), ...focus];
}
