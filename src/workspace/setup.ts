/** Setting up a portal, step by step: every answer is kept as it is given, and nothing works with it before the end. */
import { randomBytes } from 'node:crypto';
import { signalCoverage } from '../book/coverage.ts';
import { ownerName } from '../book/owner-name.ts';
import type { Gateway } from '../data/hubspot/types.ts';
import { DEFAULT_POLICY } from '../scoring/policy-default.ts';
import type { MappingKey } from '../settings/mapping.ts';
import { readToken, saveToken, TOKEN_VARIABLE } from '../settings/secrets.ts';
import { type ProfileSettings, saveSettings } from '../settings/settings.ts';
import { cleanLine } from '../text/clean.ts';
import { type Lang, t } from '../text/messages/index.ts';
import { err, ok, type Result } from '../units/result.ts';
import { probeAccess } from './access.ts';
import { apiText } from './api-text.ts';
import { openBooks } from './books.ts';
import { type Before, type Explored, explore, keepAnswers, LEFT_OUT, missingKeys, type Proposed, propose } from './connect.ts';
import { syncNow } from './desk.ts';
import { need, RemoteError, SettingsError, TokenError } from './errors.ts';
import { type Profile, scopeOf } from './profile.ts';
import { openSession, type Session } from './session.ts';
import { findChoices, problemLine, setupKeys } from './setup-keys.ts';
import { type KnownAccounts, knownAccounts, placeIn } from './setup-known.ts';
import type { Setup, SetupAnswers, SetupPortal } from './setup-types.ts';

export interface SetupOptions {
  readonly lang: Lang;
  readonly signal: AbortSignal;
  /** Given beforehand: they stand until they are changed. */
  readonly answers?: Partial<SetupAnswers>;
}

export async function openSetup(profile: Profile, { lang, signal, answers: given = {} }: SetupOptions): Promise<Setup> {
  const { settings, paths, options, connected } = profile;
  let session: Session | null = null;
  let gateway: Gateway | null = null;
  let portal: SetupPortal | null = null;
  let exploring: Promise<Explored> | null = null;
  let explored: Explored | null = null;
  let known: KnownAccounts | null = null;
  let asked: SetupAnswers | null = null;
  let finished: ProfileSettings | null = null;

  const unfinished = settings.setup;
  /** Of an unfinished setup only where it is of the portal that the token opens. */
  const start = (): Pick<ProfileSettings, 'me' | 'all' | 'mapping' | 'declined'> =>
    unfinished && (portal === null || portal.portalId === unfinished.portalId) ? unfinished : settings;
  let before: Before = start();

  const words = (error: unknown): string => {
    if (error instanceof RemoteError) return apiText(error.failure, lang, options.now());
    if (error instanceof TokenError && error.problem !== null)
      return t(lang, `error.secret.${error.problem.kind}`, { path: cleanLine(error.problem.path) });
    if (error instanceof TokenError) return t(lang, 'cli.error.no_token');
    if (error instanceof SettingsError) return t(lang, 'setup.unsaved', { because: cleanLine(error.problem.because) });
    throw error;
  };
  async function told<T>(work: () => Promise<T>): Promise<Result<T, string>> {
    try {
      return ok(await work());
    } catch (error) {
      return err(words(error));
    }
  }

  const there = (): Explored => {
    if (!explored) throw new Error('the portal has not been read yet');
    return explored;
  };
  let memo: { readonly of: SetupAnswers; readonly proposed: Result<Proposed, string> } | null = null;
  const proposedWith = (answers: SetupAnswers): Result<Proposed, string> => {
    if (memo?.of === answers) return memo.proposed;
    const tried = propose(there().discovery, answers.mapping, before);
    const proposed = tried.ok ? tried : err(t(lang, 'setup.refused', { line: tried.error.map(problemLine).join(', ') }));
    memo = { of: answers, proposed };
    return proposed;
  };
  const mappingWith = (answers: SetupAnswers): Proposed['mapping'] => {
    const proposed = proposedWith(answers);
    return proposed.ok ? proposed.value.mapping : {};
  };

  return {
    token: options.env[TOKEN_VARIABLE] ? 'env' : await hasToken(profile),
    connected,
    resumed: unfinished !== null,
    get answers() {
      const { me, all } = start();
      return { me: given.me ?? me, all: given.all ?? all, mapping: given.mapping ?? {} };
    },

    check: (token) =>
      told(async () => {
        const env = token === null ? options.env : { ...options.env, [TOKEN_VARIABLE]: token };
        const opened = openSession({ ...profile, options: { ...options, env } }, signal);
        try {
          const asking = await opened.gateway();
          const found = need(await asking.portalInfo({ lane: 'interactive' }));
          if (settings.portalId !== null && settings.portalId !== found.portalId)
            throw new TokenOfAnother(t(lang, 'setup.other_portal', { own: settings.portalId, found: cleanLine(found.portalId) }));
          const access = await probeAccess(asking);
          if (token !== null) {
            const saved = await saveToken(token, { tokenFile: paths.tokenFile, env: options.env });
            if (!saved.ok) throw new TokenError(saved.error);
          }
          await session?.close();
          [session, gateway, portal, exploring, explored, known] = [opened, asking, found, null, null, null];
          before = start();
          memo = null;
          return { portal: found, access };
        } catch (error) {
          await opened.close();
          throw error;
        }
      }).catch((error: unknown) => (error instanceof TokenOfAnother ? err(error.message) : Promise.reject(error))),

    explore: () =>
      told(async () => {
        const asking = gateway;
        if (!asking) throw new Error('no token has been checked yet');
        exploring ??= explore(asking);
        try {
          explored = await exploring;
        } catch (error) {
          exploring = null;
          throw error;
        }
        return null;
      }),

    owners: () =>
      there()
        .discovery.portal.owners.flatMap((owner) =>
          owner.archived || owner.email === null ? [] : [{ id: owner.id, name: ownerName(owner), email: owner.email }],
        )
        .sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0)),

    keys: (answers) => {
      const proposed = proposedWith(answers);
      if (!proposed.ok) return proposed;
      const fresh = Object.entries(answers.mapping).filter(([, value]) => value !== LEFT_OUT);
      const answered = new Set([...Object.keys(before.mapping), ...fresh.map(([key]) => key)]);
      const saved = connected ? settings.mapping : {};
      return ok(setupKeys({ discovery: there().discovery, proposed: proposed.value, answered, saved }));
    },

    find: (key, text, answers) => findChoices(there().discovery, key, text, mappingWith(answers)),

    look: async (key, value, answers) => {
      const { discovery } = there();
      const asking = gateway;
      asked = answers;
      const place = placeIn(discovery, key, value, mappingWith(answers));
      if (!asking || !place) return;
      known ??= knownAccounts(asking, discovery, portal?.timeZone ?? 'UTC', () => {
        const property = asked && mappingWith(asked).owner;
        return property && asked?.me && !asked.all ? { property, ownerId: asked.me.ownerId } : null;
      });
      // A preview is a help, not a step: what cannot be read for it is not shown.
      await known.look(place).catch((error: unknown) => session?.log.info('setup.preview', { error }));
    },

    previews: (key, value, answers) => known?.previews(key, value, mappingWith(answers)) ?? null,

    coverage: (answers) =>
      signalCoverage(DEFAULT_POLICY, { mapping: mappingWith(answers), unavailable: there().discovery.portal.unavailable }),

    keep: async (answers) => {
      if (portal === null) return;
      const mapping = { ...before.mapping, ...answers.mapping };
      const declined = Object.keys(mapping).filter((key) => mapping[key as MappingKey] === LEFT_OUT) as MappingKey[];
      const held = Object.fromEntries(Object.entries(mapping).filter(([, value]) => value !== LEFT_OUT));
      const left = before.declined.filter((key) => held[key] === undefined);
      const saved = await saveSettings(paths.settingsFile, options.profile, {
        ...baseUrl(profile),
        setup: {
          portalId: portal.portalId,
          me: answers.me,
          all: answers.all,
          mapping: held,
          declined: [...new Set([...left, ...declined])],
        },
      });
      if (!saved.ok) throw new SettingsError(saved.error);
    },

    finish: async (answers) => {
      const proposed = proposedWith(answers);
      if (!proposed.ok) return proposed;
      const { mapping, declined } = proposed.value;
      const [missing] = missingKeys(mapping);
      if (missing) return err(t(lang, 'setup.needed', { key: missing }));
      return told(async () => {
        finished = await keepAnswers(profile, { portal: there().portal, mapping, declined, me: answers.me, all: answers.all });
        return mapping;
      });
    },

    mark: () =>
      told(async () => {
        const own = session;
        if (!own || !portal) throw new Error('nothing is set up yet');
        const { markAtSetUp } = await import('./marker-probe.ts');
        const marked = await markAtSetUp(own, portal.portalId, { text: t(lang, 'outbox.probe.note'), random: randomBytes(12) });
        if (!marked.ok) throw new RemoteError(marked.error);
        return null;
      }),

    sync: async (onProgress) => {
      const own = session;
      const saved = finished;
      if (!own || !saved) throw new Error('nothing is set up yet');
      const phase = (name: Parameters<NonNullable<Parameters<typeof syncNow>[1]['onProgress']>>[0]['phase']) =>
        t(lang, `data.sync.phase.${name}`);
      const synced = await told(() =>
        syncNow(
          { ...own, profile: { ...profile, settings: saved, connected: true } },
          { full: false, onProgress: (progress) => onProgress({ ...progress, phase: phase(progress.phase) }) },
        ),
      );
      if (!synced.ok) return synced;
      if (!synced.value.ok) return err(t(lang, 'cli.error.busy'));
      const { complete, problem } = synced.value.value;
      if (!complete && problem !== null) return err(words(new RemoteError(problem)));
      // A book that one waits for is ready when it is opened; a large one is scored beside the screen.
      const scope = scopeOf(saved);
      const ready = { ...own, profile: { ...profile, settings: saved, connected: true } };
      if (scope !== null && (await (await own.cache()).companyIds(scope)).length <= SCORED_AT_ONCE)
        await (await openBooks(ready, scope)).current();
      return ok(null);
    },

    close: async () => {
      await session?.close();
    },
  };
}

/** Accounts that are scored before the book opens. */
const SCORED_AT_ONCE = 1000;

/** The token is good, but of another portal than the profile's: two portals never share a store. */
class TokenOfAnother extends Error {}

const baseUrl = (profile: Profile): Partial<ProfileSettings> =>
  profile.options.env.KIZASHI_API_URL ? { baseUrl: profile.baseUrl.href.replace(/\/$/, '') } : {};

async function hasToken({ paths, options }: Profile): Promise<'kept' | null> {
  const found = await readToken({ tokenFile: paths.tokenFile, env: options.env });
  return found.ok && found.value !== null ? 'kept' : null;
}
