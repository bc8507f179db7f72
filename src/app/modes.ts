/** Where keys may mean something, as pages list them. */
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
