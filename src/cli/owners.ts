/** Words of the command line that name an owner or an account, resolved against the store. */
import { type Named, resolveAccount, type Unresolved } from '../book/resolve.ts';
import type { BookRow, BookSnapshot } from '../book/row.ts';
import { type Scope, type StoredOwner, teamScope } from '../data/store/types.ts';
import { clean } from '../text/clean.ts';
import { t } from '../text/messages/index.ts';
import { searchKey } from '../text/search.ts';
import type { Desk } from '../workspace/desk.ts';
import type { Session } from '../workspace/session.ts';
import type { Context } from './context.ts';
import { CommandError, EXIT } from './exit.ts';

const SHOWN_CANDIDATES = 20;

/** `me`, an e-mail address, an owner id or `all` (null). Without a word the book itself is the filter (null). */
export async function ownerId(
  context: Pick<Context, 'lang'>,
  desk: Pick<Desk, 'owner' | 'owners'>,
  word: string | null,
): Promise<string | null> {
  if (word === null || word === 'all') return null;
  if (word === 'me') {
    if (desk.owner) return desk.owner.id;
    throw new CommandError(EXIT.usage, t(context.lang, 'cli.error.me_unknown'));
  }
  const key = word.trim().toLowerCase();
  const found = (await desk.owners()).find((owner) => owner.id === key || owner.email?.toLowerCase() === key);
  if (found) return found.id;
  throw new CommandError(EXIT.usage, t(context.lang, 'cli.error.no_owner', { value: clean(word) }));
}

/** The scope of the team that `word` names, by id or by name; ends the command with the portal's teams where there is none. */
export function teamNamed(context: Pick<Context, 'lang'>, owners: readonly Pick<StoredOwner, 'teams'>[], word: string): Scope {
  const teams = new Map(owners.flatMap((owner) => owner.teams.map(({ id, name }) => [id, name] as const)));
  const key = searchKey(word);
  const found = teams.has(word.trim()) ? word.trim() : [...teams].find(([, name]) => searchKey(name) === key)?.[0];
  if (found !== undefined) return teamScope(found);
  const names = [...new Set(teams.values())].sort().slice(0, SHOWN_CANDIDATES);
  const known = names.map((name) => clean(name)).join(', ') || '–';
  throw new CommandError(EXIT.usage, t(context.lang, 'sync.error.no_team', { value: clean(word), teams: known }));
}

/** The account that `word` names; ends the command with the candidates where several do. */
export function accountRow(context: Pick<Context, 'lang'>, snapshot: BookSnapshot, word: string): BookRow {
  const result = resolveAccount(snapshot.rows, word);
  if (result.ok) return result.value;
  throw unresolved(context, result.error, word);
}

/** The same; one that the store has but the book has not is told as that, since it was not mistyped. */
export async function readRow(context: Pick<Context, 'lang'>, snapshot: BookSnapshot, session: Session, word: string): Promise<BookRow> {
  const result = resolveAccount(snapshot.rows, word);
  if (result.ok) return result.value;
  const elsewhere = result.error.kind === 'none' ? await storedCompany(session, word) : null;
  if (elsewhere?.ok)
    throw new CommandError(EXIT.usage, t(context.lang, 'cli.error.not_in_book', { name: clean(elsewhere.value.name) }), 'no_account');
  throw unresolved(context, result.error, word);
}

/** Any company of the store, whether or not it is in a book. */
async function storedCompany(session: Session, word: string) {
  const names = await (await session.cache()).companyNames();
  return resolveAccount<Named>(
    names.map(({ id, name, domain }) => ({ id, name: name ?? id, domain })),
    word,
  );
}

/** The same for one that may have left the book: any company that the store still has. */
export async function anyAccount(context: Pick<Context, 'lang'>, desk: Pick<Desk, 'book'>, session: Session, word: string): Promise<Named> {
  const own = resolveAccount<Named>((await desk.book()).rows, word);
  if (own.ok) return own.value;
  if (own.error.kind === 'several') throw unresolved(context, own.error, word);
  const found = await storedCompany(session, word);
  if (found.ok) return found.value;
  throw unresolved(context, found.error, word);
}

function unresolved(context: Pick<Context, 'lang'>, error: Unresolved<Named>, word: string): CommandError {
  if (error.kind === 'none')
    return new CommandError(EXIT.usage, t(context.lang, 'cli.error.no_account', { value: clean(word) }), 'no_account');
  const list = error.rows.slice(0, SHOWN_CANDIDATES).map((row) => `  ${clean(row.id)}  ${clean(row.name)}`);
  return new CommandError(
    EXIT.usage,
    t(context.lang, 'cli.error.several_accounts', { value: clean(word), list: list.join('\n') }),
    'several_accounts',
  );
}
