/** Whose book the filters of a command ask for, and which of its rows. */
import type { Choice } from '../book/filters.ts';
import { type Scope, WHOLE_PORTAL } from '../data/store/types.ts';
import type { Desk } from '../workspace/desk.ts';
import type { Context } from './context.ts';
import { tellDataUntil } from './desk.ts';
import type { ListOptions } from './filter-options.ts';
import { checkFilter } from './known-filter.ts';
import { ownerId, teamNamed } from './owners.ts';

export async function wantedBook(
  context: Context,
  desk: Desk,
  options: ListOptions,
): Promise<{ readonly scope: Scope; readonly choice: Choice }> {
  checkFilter(context, desk.inForce.policy, options.filter);
  tellDataUntil(context, desk);
  const owner = await ownerId(context, desk, options.owner);
  const team = options.owner === null && options.filter.team !== undefined ? await teamBook(context, desk, options.filter.team) : null;
  const scope = options.owner === 'all' ? WHOLE_PORTAL : (owner ?? team ?? desk.scope);
  // A team's book is the team's by membership, whatever team is named first on its owners.
  const { team: _named, ...others } = options.filter;
  return { scope, choice: team === null ? options : { ...options, filter: others } };
}

/** The team's own book where a sync has brought it; null where one's own book is all there is to choose from. */
async function teamBook(context: Context, desk: Desk, word: string): Promise<Scope | null> {
  const owners = await desk.owners();
  if (owners.every(({ teams }) => teams.length === 0)) return null;
  const scope = teamNamed(context, owners, word);
  return (await desk.has(scope)) ? scope : null;
}
