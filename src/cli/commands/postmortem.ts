/** Writes down why a customer left: a note, the mapped reason, and a copy here for the reports. */
import { AVOIDABLE, type Avoidable, CAUSES, POST_MORTEM_PLAY, type PostMortem, type ReasonOption } from '../../plays/post-mortem.ts';
import type { ChurnCategory } from '../../policy.ts';
import { clean } from '../../text/clean.ts';
import { t } from '../../text/messages/index.ts';
import { searchKey } from '../../text/search.ts';
import type { Desk } from '../../workspace/desk.ts';
import { lookBacksOf } from '../../workspace/look-backs.ts';
import {
  keepCauseFixed,
  keepReview,
  planFixed,
  planPostMortem,
  type ReasonOpen,
  type ReasonProperty,
  reasonProperty,
} from '../../workspace/post-mortem.ts';
import type { Session } from '../../workspace/session.ts';
import { ask } from '../ask.ts';
import { bodyText } from '../body.ts';
import { type Context, flag, type Invocation, option, type Run } from '../context.ts';
import { withDesk } from '../desk.ts';
import { CommandError, EXIT } from '../exit.ts';
import { anyAccount } from '../owners.ts';
import { refuseOtherDay, submitAll } from '../submit.ts';

const usage = (message: string): CommandError => new CommandError(EXIT.usage, message);

export const run: Run = (context, invocation) =>
  withDesk(context, async (desk, session) => {
    refuseOtherDay(context, desk);
    const account = await anyAccount(context, desk, session, invocation.args[0] ?? '');
    if (option(invocation, 'fixed') !== undefined) return tellFixed(context, invocation, desk, session, account);
    const reasons = await reasonProperty(session, desk.inForce.policy);
    const { cause, chosen } = await causeOf(context, invocation, reasons);
    const avoidable = await avoidableOf(context, invocation);
    const given = await bodyText(context, invocation, option(invocation, 'helped'));
    const helped = given === '' && asks(context, invocation) ? (await ask(context, t(context.lang, 'acting.ask.helped'))).trim() : given;
    const review: PostMortem = { accountId: account.id, day: desk.today, cause, avoidable, helped };
    const { lang } = context;
    const made = { review, name: account.name, chosen, reasons, at: desk.now(), ownerId: desk.owner?.id ?? null, lang };
    const planned = await planPostMortem(session, made);
    if (!planned.ok) throw reasonOpen(context, cause, planned.error);
    if (reasons === null) context.stderr.write(`${t(lang, 'acting.postmortem.unmapped')}\n`);
    const code = await submitAll(context, invocation, desk, planned.value, POST_MORTEM_PLAY);
    if (!flag(invocation, 'dryRun')) await keepReview(session, (await desk.book()).portalId, review);
    return code;
  });

/** The cause is gone since: a note for everybody, and a place further up in the win-back list. */
async function tellFixed(
  context: Context,
  invocation: Invocation,
  desk: Desk,
  session: Session,
  account: { readonly id: string; readonly name: string },
): Promise<number> {
  const { lang } = context;
  if (['reason', 'avoidable', 'helped'].some((name) => option(invocation, name) !== undefined))
    throw usage(t(lang, 'acting.error.fixed_alone'));
  const what = await bodyText(context, invocation, option(invocation, 'fixed'));
  if (what.trim() === '') throw usage(t(lang, 'acting.error.fixed_empty'));
  const { portalId } = await desk.book();
  const known = await lookBacksOf(await session.cache(), (await session.local()).db, portalId, desk.timeZone);
  if (!known.has(account.id)) throw usage(t(lang, 'acting.error.fixed_first', { name: clean(account.name), id: account.id }));
  const told = { accountId: account.id, name: account.name, what };
  const planned = planFixed({ ...told, at: desk.now(), ownerId: desk.owner?.id ?? null, lang });
  const code = await submitAll(context, invocation, desk, [planned], POST_MORTEM_PLAY);
  if (!flag(invocation, 'dryRun')) await keepCauseFixed(session, portalId, account.id, { day: desk.today, what });
  return code;
}

/** Questions are for people: a script says everything by options. */
const asks = (context: Context, invocation: Invocation): boolean =>
  option(invocation, 'reason') === undefined && !context.json && context.stdin.isTTY === true && context.stderr.isTTY === true;

interface Cause {
  readonly cause: ChurnCategory;
  /** The portal's own option, where the word named one. */
  readonly chosen: ReasonOption | null;
}

/** A word of the fixed vocabulary, in either language, or one of the portal's own reasons. */
async function causeOf(context: Context, invocation: Invocation, reasons: ReasonProperty | null): Promise<Cause> {
  const { lang } = context;
  const label = (cause: ChurnCategory): string => t(lang, `revenue.category.${cause}`);
  const list = CAUSES.map((cause) => (label(cause) === cause ? cause : `${cause} (${label(cause)})`)).join(', ');
  const word = (
    asks(context, invocation) ? await ask(context, t(lang, 'acting.ask.reason', { list })) : (option(invocation, 'reason') ?? '')
  ).trim();
  const key = searchKey(word);
  const named = CAUSES.find((cause) => cause === key || searchKey(label(cause)) === key);
  if (named) return { cause: named, chosen: null };
  const chosen = reasons?.options.find((one) => searchKey(one.value) === key || searchKey(one.label) === key);
  const cause = chosen && reasons?.causeOf(chosen.label);
  if (chosen && cause) return { cause, chosen };
  throw usage(t(lang, word === '' ? 'acting.error.no_cause' : 'acting.error.cause', { value: clean(word), list }));
}

async function avoidableOf(context: Context, invocation: Invocation): Promise<Avoidable> {
  const word = asks(context, invocation)
    ? (await ask(context, t(context.lang, 'acting.ask.avoidable'))).trim().toLowerCase() || 'unsure'
    : (option(invocation, 'avoidable') ?? 'unsure');
  const found = AVOIDABLE.find((one) => one === word || one.startsWith(word) || t(context.lang, `acting.avoidable.${one}`) === word);
  if (found) return found;
  throw usage(t(context.lang, 'cli.error.not_among', { option: '--avoidable', value: clean(word), allowed: AVOIDABLE.join(', ') }));
}

function reasonOpen({ lang }: Context, cause: ChurnCategory, { kind, options }: ReasonOpen): CommandError {
  const list = options.map(({ value, label }) => `  ${clean(value)}  ${clean(label)}`).join('\n');
  return usage(t(lang, kind === 'several' ? 'acting.error.several_reasons' : 'acting.error.no_reason_option', { cause, list }));
}
