/** Options of the commands that log something: moments, lengths, choices, people, and the records that it hangs on too. */
import { type AttachedKind, resolveAttached } from '../book/attached.ts';
import type { BookRow } from '../book/row.ts';
import type { AlsoOn } from '../plays/intent.ts';
import { clean } from '../text/clean.ts';
import { parseDue } from '../text/dates.ts';
import { t } from '../text/messages/index.ts';
import { parseLength, parseMoment } from '../text/moment.ts';
import type { Day, Instant } from '../units/day.ts';
import type { Desk } from '../workspace/desk.ts';
import { type Context, type Invocation, many, option } from './context.ts';
import { CommandError, EXIT } from './exit.ts';
import { ownerId } from './owners.ts';

const usage = (message: string): CommandError => new CommandError(EXIT.usage, message);

/** What of `words` an option names; `fallback` is the word where it was not given. */
export function among<T>(context: Context, invocation: Invocation, name: string, words: Readonly<Record<string, T>>, fallback: string): T {
  const value = option(invocation, name) ?? fallback;
  const found = Object.hasOwn(words, value) ? words[value] : undefined;
  if (found !== undefined) return found;
  const allowed = Object.keys(words).join(', ');
  throw usage(t(context.lang, 'cli.error.not_among', { option: `--${name}`, value: clean(value), allowed }));
}

/** Null where the option was not given. */
export function momentOption(
  context: Context,
  invocation: Invocation,
  name: string,
  desk: Pick<Desk, 'today' | 'timeZone'>,
): Instant | null {
  const text = option(invocation, name);
  if (text === undefined) return null;
  const instant = parseMoment(text, desk.today, desk.timeZone);
  if (instant === null) throw usage(t(context.lang, 'acting.error.moment', { option: `--${name}`, value: clean(text) }));
  return instant;
}

/** Milliseconds, null where the option was not given. */
export function lengthOption(context: Context, invocation: Invocation, name: string): number | null {
  const text = option(invocation, name);
  if (text === undefined) return null;
  const length = parseLength(text);
  if (length === null) throw usage(t(context.lang, 'acting.error.length', { option: `--${name}`, value: clean(text) }));
  return length;
}

export function dayOption(context: Context, invocation: Invocation, name: string, fallback: string, today: Day): Day {
  const text = option(invocation, name) ?? fallback;
  const day = parseDue(text, today);
  if (day === null) throw usage(t(context.lang, 'cli.error.bad_due', { value: clean(text) }));
  return day;
}

/** `me`, `owner` and `lead` of the account, an e-mail address or an owner id; somebody who can still be given work. */
export async function assigneeOf(context: Context, desk: Desk, account: BookRow, word: string): Promise<string> {
  const people = word === 'owner' || word === 'lead' ? (await desk.playKit()).people(account) : null;
  if (people !== null) {
    const found = word === 'owner' ? people.owner : people.lead;
    if (found !== null) return found;
    throw usage(
      t(context.lang, word === 'owner' ? 'acting.error.no_account_owner' : 'acting.error.no_lead', { name: clean(account.name) }),
    );
  }
  const id = word === 'all' ? null : await ownerId(context, desk, word);
  if (id === null) throw usage(t(context.lang, 'cli.error.no_owner', { value: clean(word) }));
  const owner = (await desk.owners()).find((one) => one.id === id);
  if (owner?.archived) throw usage(t(context.lang, 'acting.error.archived_owner', { value: clean(word) }));
  return id;
}

const KINDS = { contact: 'contacts', deal: 'deals', ticket: 'tickets' } as const satisfies Record<string, AttachedKind>;
const SHOWN_CANDIDATES = 20;

/** `--contact`, `--deal`, `--ticket`, and for what goes to somebody `--to`: records of the account itself. */
export async function alsoOption(context: Context, invocation: Invocation, desk: Desk, account: BookRow): Promise<AlsoOn | undefined> {
  const words = (Object.keys(KINDS) as (keyof typeof KINDS)[]).map((name) => {
    const given = [...many(invocation, name), ...(name === 'contact' ? many(invocation, 'to') : [])];
    return { kind: KINDS[name], given };
  });
  if (words.every(({ given }) => given.length === 0)) return undefined;
  const records = await desk.attached(account.id);
  const idsOf = ({ kind, given }: (typeof words)[number]): readonly string[] =>
    given.map((word) => {
      const found = resolveAttached(records, kind, word);
      if (found.ok) return found.value.id;
      const params = { name: clean(account.name), value: clean(word) };
      if (found.error.kind === 'none') throw usage(t(context.lang, `acting.error.no_${kind}`, params));
      const list = found.error.records.slice(0, SHOWN_CANDIDATES);
      const lines = list.map(({ id, name, detail }) => `  ${clean(id)}  ${clean(name)}${detail === null ? '' : `  ${clean(detail)}`}`);
      throw usage(t(context.lang, 'acting.error.several', { ...params, list: lines.join('\n') }));
    });
  const [contacts = [], deals = [], tickets = []] = words.map(idsOf);
  return { contacts, deals, tickets };
}
