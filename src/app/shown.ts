/** What the terminal's window shows: something that draws itself at any size and hears keys. */
import type { Frame } from './frame.ts';
import type { PointerEvent } from './pointer.ts';
import type { Size } from './state.ts';

export interface Shown {
  /** The same object until something changes. */
  snapshot(): unknown;
  subscribe(listener: () => void): () => void;
  /** As it is now, at that size. */
  frame(size: Size): Frame;
  /** Keys in the order pressed; the screen hears of them once. */
  press(names: readonly string[]): void;
  /** What the mouse did, where it is turned on. */
  point(event: PointerEvent): void;
  /** Goes into the text field that has the cursor; elsewhere nothing happens. */
  paste(text: string): void;
  resize(size: Size): void;
  /** Resolves when what is being typed is kept. */
  flush(): Promise<void>;
  close(): void;
}
