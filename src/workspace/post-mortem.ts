/** Writing down why a customer left: the note, the mapped reason, and a copy here for the reports. One path for screen and command. */
import { categoriser } from '../book/churn-reasons.ts';
import { causesFixed, dropFixed, dropPostMortem, keepFixed, keepPostMortem, postMortems } from '../data/store/post-mortems.ts';
import type { Planned } from '../plays/intent.ts';
import { runId } from '../plays/planned.ts';
import {
  CAUSES,
  type CauseFixed,
  FIXED_STEP,
  fixedNote,
  optionsOfCause,
  type PostMortem,
  postMortemNote,
  type ReasonOption,
} from '../plays/post-mortem.ts';
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
  const label = reasons.options.find((one) => one.value === value.value)?.label || value.value;
  const what = t(lang, 'acting.postmortem.what', { reason: clean(label) });
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

export interface FixedInput extends Pick<PostMortemInput, 'name' | 'at' | 'ownerId' | 'lang'> {
  readonly accountId: string;
  /** As typed; not empty. */
  readonly what: string;
}

/** The note that the cause is gone. */
export function planFixed({ accountId, name, what, at, ownerId, lang }: FixedInput): Planned {
  const body = fixedNote(t(lang, 'acting.fixed.title', { name }), what, runId(Math.random));
  return { intent: { kind: 'note', companyId: accountId, body, at, ownerId }, step: FIXED_STEP };
}

export async function keepReview(session: Session, portalId: string, review: PostMortem): Promise<void> {
  await keepPostMortem((await session.local()).db, portalId, review, session.profile.options.now());
}

/** What this machine knows of an account; null: nothing. */
export interface KeptReview {
  readonly review: PostMortem | null;
  readonly fixed: CauseFixed | null;
}

export async function keptReview(session: Session, portalId: string, accountId: string): Promise<KeptReview> {
  const { db } = await session.local();
  const [reviews, fixed] = [await postMortems(db, portalId), await causesFixed(db, portalId)];
  return { review: reviews.get(accountId) ?? null, fixed: fixed.get(accountId) ?? null };
}

/** Puts back what was kept of the account before. */
export async function restoreReview(session: Session, portalId: string, accountId: string, before: KeptReview): Promise<void> {
  const { db } = await session.local();
  if (before.review) await keepReview(session, portalId, before.review);
  else await dropPostMortem(db, portalId, accountId);
  if (before.fixed) await keepCauseFixed(session, portalId, accountId, before.fixed);
  else await dropFixed(db, portalId, accountId);
}

/** That the cause of a churn is gone, for the win-back list. */
export async function keepCauseFixed(session: Session, portalId: string, accountId: string, fixed: CauseFixed): Promise<void> {
  await keepFixed((await session.local()).db, portalId, accountId, fixed, session.profile.options.now());
}
