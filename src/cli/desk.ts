/** Opens the profile that a command works on, and closes it whatever happens. */
import { wantsLines } from '../settings/terminal.ts';
import { clean, cleanLine } from '../text/clean.ts';
import { formatDay } from '../text/format.ts';
import { t } from '../text/messages/index.ts';
import { type Instant, monthOf } from '../units/day.ts';
import { type Desk, openDesk, syncNow } from '../workspace/desk.ts';
import { NeverSyncedError, NotConnectedError, RemoteError, SettingsError } from '../workspace/errors.ts';
import type { PolicyInForce } from '../workspace/policy.ts';
import { type Profile, readProfile, scopeOf } from '../workspace/profile.ts';
import { isDemoReady, openSession, type Session } from '../workspace/session.ts';
import type { Context } from './context.ts';
import { CommandError, EXIT } from './exit.ts';

/** Whether whoever sits there is told, and not shown. */
export const asLines = (context: Context): boolean => wantsLines(context.env, profileOf(context).personal);

/** The profile as its settings say; throws `CommandError` or `SettingsError`. */
export function profileOf(context: Context): Profile {
  const read = readProfile({
    home: context.home,
    profile: context.profile,
    demo: context.demo,
    asOf: context.asOf,
    offline: context.offline,
    verbose: context.verbose,
    env: context.env,
    now: () => Date.now() as Instant,
  });
  if (read.ok) return read.value;
  switch (read.error.kind) {
    case 'bad_profile':
      throw new CommandError(EXIT.usage, t(context.lang, 'cli.error.bad_profile', { value: cleanLine(read.error.profile) }));
    case 'bad_url':
      throw new CommandError(EXIT.usage, t(context.lang, 'cli.error.base_url', { value: clean(read.error.url) }));
    case 'settings':
      throw new SettingsError(read.error.problem);
  }
}

/** A session on a connected portal; the demo portal is made ready first. */
export async function withSession(context: Context, body: (session: Session) => Promise<number>): Promise<number> {
  const profile = await readyProfile(context);
  if (!profile.connected) throw new NotConnectedError();
  return withOpenSession(context, profile, body);
}

/** A session whether or not a portal is connected. */
export async function withAnySession(context: Context, body: (session: Session) => Promise<number>): Promise<number> {
  return withOpenSession(context, await readyProfile(context), body);
}

async function withOpenSession(context: Context, profile: Profile, body: (session: Session) => Promise<number>): Promise<number> {
  const session = openSession(profile, context.signal);
  try {
    return await body(session);
  } catch (error) {
    session.log.error('command', { error });
    throw error;
  } finally {
    const aside = session.cacheSetAside();
    if (aside !== null) context.stderr.write(`kizashi: ${t(context.lang, 'data.cache.set_aside', { aside: cleanLine(aside) })}\n`);
    if (session.localNotice()) {
      const { localNoticeText } = await import('../workspace/local-notice.ts');
      context.stderr.write(`${localNoticeText(session.localNotice(), context.lang)}\n`);
    }
    await session.close();
  }
}

async function readyProfile(context: Context): Promise<Profile> {
  const profile = profileOf(context);
  if (!context.demo || context.offline) return profile;
  if (isDemoReady(profile)) return profile;
  const [{ prepareDemo }, { syncProgress }] = await Promise.all([import('../workspace/demo-setup.ts'), import('./progress.ts')]);
  const progress = syncProgress(context, asLines(context));
  try {
    return await prepareDemo(profile, context.signal, progress.show);
  } finally {
    progress.clear();
  }
}

/** A desk with a book on it; the first book is brought from HubSpot when there is none yet. */
export function withDesk(context: Context, body: (desk: Desk, session: Session) => Promise<number>): Promise<number> {
  return withSession(context, async (session) => {
    const open = () => openDesk(session, context.lang);
    const desk = await open().catch(async (error: unknown) => {
      if (!(error instanceof NeverSyncedError) || context.offline) throw error;
      await firstSync(context, session);
      return open();
    });
    await tellPolicy(context, desk.inForce);
    await tellDrift(context, session);
    return body(desk, session);
  });
}

/** One line where the policy file is wrong: what is in force instead, and the first fault. */
async function tellPolicy(context: Context, { fallback, problems: [problem] }: PolicyInForce): Promise<void> {
  if (fallback === null || !problem) return;
  const { problemText } = await import('../rules/problem.ts');
  context.stderr.write(`kizashi: ${t(context.lang, `rules.fallback.${fallback}`, { problem: problemText(problem, context.lang) })}\n`);
}

/** One line where the mapping names what the portal has no more. */
async function tellDrift(context: Context, session: Session): Promise<void> {
  const kept = await (await session.cache()).drift();
  if (kept.length === 0) return;
  const { driftText, keptDrift } = await import('../workspace/drift.ts');
  const line = driftText(await keptDrift(await session.cache(), session.profile.settings.mapping), context.lang);
  if (line !== null) context.stderr.write(`kizashi: ${t(context.lang, 'setup.drift.command', { line })}\n`);
}

/** One line where the months up to the day are not known, so that nobody takes what was never read for what is not there. */
export function tellDataUntil({ lang, stderr }: Context, { asOf, today, dataUntil }: Desk): void {
  if (dataUntil === asOf || monthOf(dataUntil) === monthOf(asOf)) return;
  const key = asOf > today ? 'cli.note.ahead' : 'cli.note.stale';
  stderr.write(`kizashi: ${t(lang, key, { asOf: formatDay(asOf, lang), day: formatDay(dataUntil, lang) })}\n`);
}

/** A session with rows to show: where there are none yet, the first page of the first load is waited for, and no more. */
export function withRows(context: Context, body: (session: Session) => Promise<number>): Promise<number> {
  return withSession(context, async (session) => {
    try {
      return await body(session);
    } catch (error) {
      if (!(error instanceof NeverSyncedError) || context.offline) throw error;
      await firstRows(context, session);
      return body(session);
    }
  });
}

/** Stops the first load as soon as it has brought companies; who opens the app goes on with it. */
async function firstRows(context: Context, session: Session): Promise<void> {
  const scope = scopeOf(session.profile.settings);
  const { sync } = await session.cache();
  const isThere = async (): Promise<boolean> => scope !== null && (await sync.bookSize(scope)) > 0;
  let shown = await isThere();
  if (shown) return;
  const { syncProgress } = await import('./progress.ts');
  const progress = syncProgress(context, asLines(context));
  const onRows = async (): Promise<void> => {
    shown = await isThere();
  };
  const request = { full: true, part: 'changes', pause: () => shown, onRows, onProgress: progress.show } as const;
  const synced = await syncNow(session, request).finally(progress.clear);
  if (!synced.ok) throw new CommandError(EXIT.failed, t(context.lang, 'cli.error.busy'), 'busy');
  if (!synced.value.complete && synced.value.problem) throw new RemoteError(synced.value.problem);
}

async function firstSync(context: Context, session: Session): Promise<void> {
  const { syncProgress } = await import('./progress.ts');
  const progress = syncProgress(context, asLines(context));
  const synced = await syncNow(session, { full: true, onProgress: progress.show }).finally(progress.clear);
  if (!synced.ok) throw new CommandError(EXIT.failed, t(context.lang, 'cli.error.busy'), 'busy');
  if (!synced.value.complete && synced.value.problem) throw new RemoteError(synced.value.problem);
}
