/** Exit codes with which a screen leaves for another one. Never given to the shell. */

/** A portal is set up: the book comes next. */
export const SET_UP = -1;
/** From the book to setting up. */
export const TO_SETUP = -2;
