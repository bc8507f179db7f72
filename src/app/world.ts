/** What the app can do outside of itself. The real one stands in `start.tsx`; tests bring their own. */
export interface World {
  /** Opens a page; false where there is no browser to ask. */
  browse(url: string): Promise<boolean>;
  /** Puts text on the clipboard through the terminal. */
  copy(text: string): void;
  /** Hands the text to $VISUAL or $EDITOR and gives back what was saved; a failure says why. */
  edit(
    text: string,
  ): Promise<{ readonly ok: true; readonly text: string } | { readonly ok: false; readonly because: 'no-editor' | 'failed' }>;
  /** Stops the program as Ctrl-Z does in a shell; comes back with `fg`. */
  suspend(): Promise<void>;
  exit(code: number): void;
}
