/** Writing down why a customer left: the note, the mapped reason, and a copy here for the reports. One path for screen and command. */
import { categoriser } from '../book/churn-reasons.ts';
import { dropPostMortem, keepFixed, keepPostMortem, postMortems } from '../data/store/post-mortems.ts';
import type { Planned } from '../plays/intent.ts';
import { runId } from '../plays/planned.ts';
import { CAUSES, type CauseFixed, optionsOfCause, type PostMortem, postMortemNote, type ReasonOption } from '../plays/post-mortem.ts';
import type { ChurnCategory, Policy } from '../policy.ts';
import { clean } from '../text/clean.ts';
import { type Lang, t } from '../text/messages/index.ts';
import type { Instant } from '../units/day.ts';
import { err, ok, type Result } from '../units/result.ts';
import { companyProperties, companyValue } from './handover.ts';
import type { Session } from './session.ts';

/** The property that `churn.reason` is mapped to. */
export interface ReasonProperty {
  readonly property: string;
  /** Empty: any text. */
  readonly options: readonly ReasonOption[];
  /** Those of the options that mean the cause. */
  readonly of: Readonly<Record<ChurnCategory, readonly ReasonOption[]>>;
  /** The cause that a reason means; null for one that says nothing. */
  causeOf(reason: string): ChurnCategory | null;
}

/** Null where none is mapped. */
export async function reasonProperty(session: Session, { churnReasons }: Pick<Policy, 'churnReasons'>): Promise<ReasonProperty | null> {
  const property = session.profile.settings.mapping['churn.reason'];
  if (property === undefined) return null;
  const options = (await companyProperties(session)).get(property)?.options ?? [];
  const causeOf = categoriser(churnReasons);
  const of = Object.fromEntries(CAUSES.map((cause) => [cause, optionsOfCause(options, cause, causeOf)])) as unknown as ReasonProperty['of'];
  return { property, options, of, causeOf };
}

export interface PostMortemInput {
  readonly review: PostMortem;
  /** The customer's name. */
  readonly name: string;
  /** The portal's own option, where a person named one. */
  readonly chosen: ReasonOption | null;
  readonly reasons: ReasonProperty | null;
  readonly at: Instant;
  readonly ownerId: string | null;
  readonly lang: Lang;
}

/** Which of the portal's own reasons is meant: several could be, or none of all that there are. */
export interface ReasonOpen {
  readonly kind: 'several' | 'none';
  readonly options: readonly ReasonOption[];
}

/** The note, and the change of the property unless it says so already. */
export async function planPostMortem(session: Session, input: PostMortemInput): Promise<Result<readonly Planned[], ReasonOpen>> {
  const note = noteOf(input);
  const { review, reasons, chosen, lang } = input;
  if (reasons === null) return ok([note]);
  const value = reasonValue(review.cause, chosen, reasons);
  if (!value.ok) return value;
  const { property } = reasons;
  const expected = await companyValue(session, review.accountId, property);
  if (expected === value.value) return ok([note]);
  const what = t(lang, 'acting.postmortem.what', { reason: clean(value.value) });
  const changes = [{ property, value: value.value, expected }];
  return ok([note, { intent: { kind: 'company_update', companyId: review.accountId, changes, what }, step: 'reason' }]);
}

function reasonValue(cause: ChurnCategory, chosen: ReasonOption | null, { options, of }: ReasonProperty): Result<string, ReasonOpen> {
  if (chosen) return ok(chosen.value);
  if (options.length === 0) return ok(cause);
  const [only, ...more] = of[cause];
  if (only && more.length === 0) return ok(only.value);
  return err(only ? { kind: 'several', options: of[cause] } : { kind: 'none', options });
}

function noteOf({ review, name, at, ownerId, lang }: PostMortemInput): Planned {
  const words = {
    title: t(lang, 'acting.postmortem.title', { name }),
    cause: [t(lang, 'acting.postmortem.cause'), t(lang, `revenue.category.${review.cause}`)],
    avoidable: [t(lang, 'acting.postmortem.avoidable'), t(lang, `acting.avoidable.${review.avoidable}`)],
    helped: t(lang, 'acting.postmortem.helped'),
  } as const;
  const body = postMortemNote(review, words, runId(Math.random));
  return { intent: { kind: 'note', companyId: review.accountId, body, at, ownerId }, step: 'review' };
}

export async function keepReview(session: Session, portalId: string, review: PostMortem): Promise<void> {
  await keepPostMortem((await session.local()).db, portalId, review, session.profile.options.now());
}

/** Puts back what was kept of the account before; null: nothing. */
export async function restoreReview(session: Session, portalId: string, accountId: string, before: PostMortem | null): Promise<void> {
  if (before) return keepReview(session, portalId, before);
  await dropPostMortem((await session.local()).db, portalId, accountId);
}

/** Every post-mortem that this machine knows of, by account id. */
export const reviews = async (session: Session, portalId: string): Promise<ReadonlyMap<string, PostMortem>> =>
  postMortems((await session.local()).db, portalId);

/** That the cause of a churn is gone, for the win-back list. */
export async function keepCauseFixed(session: Session, portalId: string, accountId: string, fixed: CauseFixed): Promise<void> {
  await keepFixed((await session.local()).db, portalId, accountId, fixed, session.profile.options.now());
}
