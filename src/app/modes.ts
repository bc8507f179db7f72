/** Where keys may mean something, as pages list them. */
import { REVENUE_MODES } from './revenue-modes.ts';
import type { Mode } from './state.ts';

/** In the order of a morning. */
export const MODES: readonly Mode[] = [
  'book',
  'search',
  'expression',
  'jump',
  'menu',
  'columns',
  'palette',
  'play',
  'ask',
  'matrix',
  'revenue',
  'churn',
  'cohorts',
  'products',
  'behind',
  'account',
  'editor',
  'templates',
  'records',
  'preview',
  'outbox',
  'words',
  'tasks',
  'rules',
  'hygiene',
  'settings',
  'key',
  'confirm',
  'address',
  'help',
];

/** Whole screens, without anything laid over them. */
export const SCREEN_MODES: readonly Mode[] = [
  'book',
  'matrix',
  ...REVENUE_MODES,
  'account',
  'outbox',
  'rules',
  'tasks',
  'hygiene',
  'settings',
  'help',
];

/** Where an account is in question, whatever the list. */
export const ACCOUNT_MODES: readonly Mode[] = ['book', 'account', 'hygiene', 'tasks'];
