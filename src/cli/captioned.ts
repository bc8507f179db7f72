/** Drawings with a line of words over them, where several stand under one heading; `caption` may be empty. */
import { element, type Markup } from '../text/markup.ts';

export const captioned = (caption: string, ...drawings: readonly Markup[]): Markup =>
  element('div', { class: 'captioned' }, caption === '' ? null : element('p', { class: 'caption' }, caption), drawings);
