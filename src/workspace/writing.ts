/** What writing on an account needs: the team's templates, the account's facts, its records, the portal's own words; and post-mortems. */
import type { KeptBook } from '../book/kept.ts';
import { factsOf } from '../book/play-kit.ts';
import type { Planned } from '../plays/intent.ts';
import { POST_MORTEM_PLAY, type PostMortem } from '../plays/post-mortem.ts';
import { templatesOf } from '../plays/templates.ts';
import { type Lang, t } from '../text/messages/index.ts';
import type { Day, Instant } from '../units/day.ts';
import { err, ok, type Result } from '../units/result.ts';
import { attachedTo, callOutcomes } from './activities.ts';
import type { Books } from './books.ts';
import { openAccount } from './desk.ts';
import { openPlayKit } from './plays.ts';
import {
  type KeptReview,
  keepCauseFixed,
  keepReview,
  keptReview,
  planFixed,
  planPostMortem,
  reasonProperty,
  restoreReview,
} from './post-mortem.ts';
import type { Session } from './session.ts';
import { requestOf } from './shown-request.ts';
import type { ActedAll, ActRefused, PostMortemWish, Writing } from './types.ts';

export interface WritingPorts {
  readonly session: Session;
  books(): Books;
  book(): KeptBook | null;
  today(): Day;
  now(): Instant;
  readonly myId: string | null;
  readonly lang: Lang;
  actAll(planned: readonly Planned[], play: string): Promise<Result<ActedAll, ActRefused>>;
}

export function openWriting({ session, books, book, today, now, myId, lang, actAll }: WritingPorts): Writing {
  const before = new Map<string, KeptReview>();
  const reviewOf = ({ accountId, cause, avoidable, helped }: PostMortemWish): PostMortem | null =>
    cause === null ? null : { accountId, day: today(), cause, avoidable, helped };
  const isLookedBack = async (accountId: string): Promise<boolean> => {
    const { portalId, timeZone } = books().portal;
    // It reads HTML, which no start has to wait for.
    const { lookBacksOf } = await import('./look-backs.ts');
    return (await lookBacksOf(await session.cache(), (await session.local()).db, portalId, timeZone)).has(accountId);
  };
  const planReview = async (review: PostMortem, wish: PostMortemWish): Promise<Result<readonly Planned[], ActRefused>> => {
    const reasons = await reasonProperty(session, books().policy);
    const chosen = reasons?.options.find(({ value }) => value === wish.reason) ?? null;
    const planned = await planPostMortem(session, { review, name: wish.name, chosen, reasons, at: now(), ownerId: myId, lang });
    return planned.ok ? planned : err({ kind: 'no_target', message: t(lang, 'writing.flaw.noReason') });
  };
  const planOf = async (wish: PostMortemWish): Promise<Result<readonly Planned[], ActRefused>> => {
    const { accountId, name, fixed: what } = wish;
    const review = reviewOf(wish);
    const first = review ? await planReview(review, wish) : ok([]);
    if (!first.ok || what === '') return first;
    if (!review && !(await isLookedBack(accountId)))
      return err({ kind: 'no_target', message: t(lang, 'acting.error.fixed_first', { name, id: accountId }) });
    return ok([...first.value, planFixed({ accountId, name, what, at: now(), ownerId: myId, lang })]);
  };
  return {
    templates: () => templatesOf(books().policy),
    facts: async (accountId) => {
      const kept = book();
      const row = kept?.snapshot.rows.find(({ id }) => id === accountId);
      if (!kept || !row) return null;
      const [kit, view] = [await openPlayKit(session, books().policy), await openAccount(session, books(), kept, accountId)];
      return factsOf(kit, row, view, today(), lang);
    },
    recordsOf: async (accountId) => ({ records: await attachedTo(session, accountId), dispositions: await callOutcomes(session) }),
    churnReasons: async () => {
      const found = await reasonProperty(session, books().policy);
      return found && { all: found.options, of: found.of };
    },
    isLookedBack,
    preview: async (what) => {
      const planned = 'kind' in what ? ok([{ intent: what }]) : await planOf(what);
      if (!planned.ok) return planned;
      return ok(await Promise.all(planned.value.map(({ intent }) => requestOf(intent, books().portal.timeZone))));
    },
    postMortem: async (wish) => {
      const { portalId } = books().portal;
      const { accountId } = wish;
      const planned = await planOf(wish);
      if (!planned.ok) return planned;
      const queued = await actAll(planned.value, POST_MORTEM_PLAY);
      if (!queued.ok) return queued;
      before.set(accountId, await keptReview(session, portalId, accountId));
      const review = reviewOf(wish);
      if (review) await keepReview(session, portalId, review);
      if (wish.fixed !== '') await keepCauseFixed(session, portalId, accountId, { day: today(), what: wish.fixed });
      return queued;
    },
    undoPostMortem: async (accountId) => {
      const was = before.get(accountId);
      if (was) await restoreReview(session, books().portal.portalId, accountId, was);
      before.delete(accountId);
    },
  };
}
