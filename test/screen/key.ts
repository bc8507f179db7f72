/** Keys that are no characters, as a terminal sends them. */
export const KEY = {
  esc: '\u001b',
  up: '\u001b[A',
  down: '\u001b[B',
  right: '\u001b[C',
  left: '\u001b[D',
  pageDown: '\u001b[6~',
  pageUp: '\u001b[5~',
  home: '\u001b[H',
  end: '\u001b[F',
  enter: '\r',
  tab: '\t',
  shiftTab: '\u001b[Z',
  shiftLeft: '\u001b[1;2D',
  shiftRight: '\u001b[1;2C',
  backspace: '\u007f',
} as const;
