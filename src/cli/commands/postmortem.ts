/** Writes down why a customer left: a note, the mapped reason, and a copy here for the reports. */
import { categoriser } from '../../book/churn-reasons.ts';
import type { Planned } from '../../plays/intent.ts';
import { runId } from '../../plays/planned.ts';
import {
  AVOIDABLE,
  type Avoidable,
  CAUSES,
  FIXED_STEP,
  fixedNote,
  optionsOfCause,
  POST_MORTEM_PLAY,
  type PostMortem,
  postMortemNote,
  type ReasonOption,
} from '../../plays/post-mortem.ts';
import type { ChurnCategory } from '../../policy.ts';
import { clean } from '../../text/clean.ts';
import { t } from '../../text/messages/index.ts';
import { searchKey } from '../../text/search.ts';
import type { Desk } from '../../workspace/desk.ts';
import { companyProperties, companyValue, keepCauseFixed, keepReview } from '../../workspace/handover.ts';
import { lookBacksOf } from '../../workspace/look-backs.ts';
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
    const { cause, chosen } = await causeOf(context, invocation, desk, session);
    const avoidable = await avoidableOf(context, invocation);
    const given = await bodyText(context, invocation, option(invocation, 'helped'));
    const helped = given === '' && asks(context, invocation) ? (await ask(context, t(context.lang, 'acting.ask.helped'))).trim() : given;
    const review: PostMortem = { accountId: account.id, day: desk.today, cause, avoidable, helped };
    const planned = [noteOf(context, desk, account.name, review), ...(await reasonChange(context, desk, session, review, chosen))];
    const code = await submitAll(context, invocation, desk, planned, POST_MORTEM_PLAY);
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
  const body = fixedNote(t(lang, 'acting.fixed.title', { name: account.name }), what, runId(Math.random));
  const planned: Planned = {
    intent: { kind: 'note', companyId: account.id, body, at: desk.now(), ownerId: desk.owner?.id ?? null },
    step: FIXED_STEP,
  };
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
async function causeOf(context: Context, invocation: Invocation, desk: Desk, session: Session): Promise<Cause> {
  const { lang } = context;
  const label = (cause: ChurnCategory): string => t(lang, `revenue.category.${cause}`);
  const list = CAUSES.map((cause) => (label(cause) === cause ? cause : `${cause} (${label(cause)})`)).join(', ');
  const word = (
    asks(context, invocation) ? await ask(context, t(lang, 'acting.ask.reason', { list })) : (option(invocation, 'reason') ?? '')
  ).trim();
  const key = searchKey(word);
  const named = CAUSES.find((cause) => cause === key || searchKey(label(cause)) === key);
  if (named) return { cause: named, chosen: null };
  const options = await reasonOptions(session);
  const chosen = options.find((one) => searchKey(one.value) === key || searchKey(one.label) === key);
  const cause = chosen && categoriser(desk.inForce.policy.churnReasons)(chosen.label);
  if (chosen && cause) return { cause, chosen };
  throw usage(t(lang, word === '' ? 'acting.error.no_cause' : 'acting.error.cause', { value: clean(word), list }));
}

async function reasonOptions(session: Session): Promise<readonly ReasonOption[]> {
  const property = session.profile.settings.mapping['churn.reason'];
  return property === undefined ? [] : ((await companyProperties(session)).get(property)?.options ?? []);
}

async function avoidableOf(context: Context, invocation: Invocation): Promise<Avoidable> {
  const word = asks(context, invocation)
    ? (await ask(context, t(context.lang, 'acting.ask.avoidable'))).trim().toLowerCase() || 'unsure'
    : (option(invocation, 'avoidable') ?? 'unsure');
  const found = AVOIDABLE.find((one) => one === word || one.startsWith(word) || t(context.lang, `acting.avoidable.${one}`) === word);
  if (found) return found;
  throw usage(t(context.lang, 'cli.error.not_among', { option: '--avoidable', value: clean(word), allowed: AVOIDABLE.join(', ') }));
}

function noteOf({ lang }: Context, desk: Desk, name: string, review: PostMortem): Planned {
  const words = {
    title: t(lang, 'acting.postmortem.title', { name }),
    cause: [t(lang, 'acting.postmortem.cause'), t(lang, `revenue.category.${review.cause}`)],
    avoidable: [t(lang, 'acting.postmortem.avoidable'), t(lang, `acting.avoidable.${review.avoidable}`)],
    helped: t(lang, 'acting.postmortem.helped'),
  } as const;
  const body = postMortemNote(review, words, runId(Math.random));
  return {
    intent: { kind: 'note', companyId: review.accountId, body, at: desk.now(), ownerId: desk.owner?.id ?? null },
    step: 'review',
  };
}

/** Nothing where no property is mapped, or where it holds the reason already. */
async function reasonChange(
  context: Context,
  desk: Desk,
  session: Session,
  review: PostMortem,
  chosen: ReasonOption | null,
): Promise<readonly Planned[]> {
  const { lang } = context;
  const property = session.profile.settings.mapping['churn.reason'];
  if (property === undefined) {
    context.stderr.write(`${t(lang, 'acting.postmortem.unmapped')}\n`);
    return [];
  }
  const value = await reasonValue(context, desk, session, review.cause, chosen);
  const expected = await companyValue(session, review.accountId, property);
  if (expected === value) return [];
  const what = t(lang, 'acting.postmortem.what', { reason: clean(value) });
  return [
    { intent: { kind: 'company_update', companyId: review.accountId, changes: [{ property, value, expected }], what }, step: 'reason' },
  ];
}

async function reasonValue(
  { lang }: Context,
  desk: Desk,
  session: Session,
  cause: ChurnCategory,
  chosen: ReasonOption | null,
): Promise<string> {
  if (chosen) return chosen.value;
  const options = await reasonOptions(session);
  if (options.length === 0) return cause;
  const fitting = optionsOfCause(options, cause, categoriser(desk.inForce.policy.churnReasons));
  const [only] = fitting;
  if (fitting.length === 1 && only) return only.value;
  const list = (fitting.length > 1 ? fitting : options).map(({ value, label }) => `  ${clean(value)}  ${clean(label)}`).join('\n');
  throw usage(t(lang, fitting.length > 1 ? 'acting.error.several_reasons' : 'acting.error.no_reason_option', { cause, list }));
}
