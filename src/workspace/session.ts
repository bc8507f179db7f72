/** What a profile has open: store, HubSpot, outbox and log, each opened when first asked for and closed together. */
import { checkBaseUrl } from '../data/hubspot/base-url.ts';
import type { Observed } from '../data/hubspot/transport.ts';
import type { Gateway } from '../data/hubspot/types.ts';
import type { Outbox } from '../data/outbox/outbox.ts';
import { type Cache, openCache } from '../data/store/cache.ts';
import type { Local, LocalNotice } from '../data/store/local.ts';
import type { Quota } from '../data/store/pace.ts';
import { createLog, type Log, logLevel } from '../settings/log.ts';
import { readToken, type TokenSource } from '../settings/secrets.ts';
import type { Day } from '../units/day.ts';
import { DEMO_TOKEN, type DemoPortal, demoStoreIsOf, demoToday, reachDemo } from './demo.ts';
import { TokenError } from './errors.ts';
import type { Profile } from './profile.ts';

export interface Session {
  readonly profile: Profile;
  readonly log: Log;
  readonly signal: AbortSignal;
  cache(): Promise<Cache>;
  local(): Promise<Local>;
  /** Where `cache.db` was put when it was found damaged, so that an empty store is no riddle; null where it was sound. */
  cacheSetAside(): string | null;
  /** What had to be mended when `local.db` was opened: to be told, because it held what nobody else has. */
  localNotice(): LocalNotice | null;
  /** Throws `TokenError` where there is no token. With `--offline` a gateway whose every call says so. */
  gateway(): Promise<Gateway>;
  tokenSource(): Promise<TokenSource>;
  /** What HubSpot's last answer said of clock and limits; null before the first. */
  observed(): Observed | null;
  /** The day's request quota as HubSpot last told any process of this machine; null where it did not. */
  quota(): Promise<Quota | null>;
  /** Of the portal that is connected. Without a token, or offline, it keeps and does not send. */
  outbox(): Promise<Outbox>;
  close(): Promise<void>;
}

export function openSession(profile: Profile, signal: AbortSignal): Session {
  const { options, paths, settings } = profile;
  const log = createLog({ file: paths.logFile, level: logLevel(options.env, options.verbose) });
  const closers: (() => Promise<void> | void)[] = [];
  let notice: LocalNotice | null = null;
  let setAside: string | null = null;
  let observed: Observed | null = null;
  const once = <T>(open: () => Promise<T>): (() => Promise<T>) => {
    let opened: Promise<T> | undefined;
    return () => {
      opened ??= open();
      return opened;
    };
  };

  const cache = once(async () => {
    const opened = await openCache(paths.cacheDb);
    closers.push(() => opened.close());
    setAside = opened.setAside;
    if (opened.setAside) log.warn('cache.set_aside', { file: opened.setAside });
    return opened;
  });

  const local = once(async () => {
    const { openLocal } = await import('../data/store/local.ts');
    const opened = await openLocal(paths.localDb, options.now());
    closers.push(() => opened.db.close());
    notice = opened.notice;
    if (notice) log.error('local.rebuilt', { ...notice });
    return opened;
  });

  const token = once(async () => {
    if (options.demo) return { token: DEMO_TOKEN, source: 'env' as const };
    const found = await readToken({ tokenFile: paths.tokenFile, env: options.env });
    if (!found.ok) throw new TokenError(found.error);
    if (found.value === null) throw new TokenError(null);
    log.hide(found.value.token);
    return found.value;
  });

  const demo = once(async (): Promise<DemoPortal> => {
    const reached = await reachDemo(paths.demoDir, demoDay(profile), options.now);
    closers.push(() => reached.close());
    return reached;
  });

  const pace = once(async () => {
    const [{ openPace }, { systemClock }] = await Promise.all([import('../data/store/pace.ts'), import('../data/outbox/clock.ts')]);
    const opened = openPace(paths.paceDb, settings.portalId ?? 'unknown', {
      now: options.now,
      random: Math.random,
      sleep: systemClock.sleep,
      unlimited: options.demo,
    });
    closers.push(() => opened.close());
    return opened;
  });

  const gateway = once(async () => {
    const { token: value } = await token();
    const [{ createGateway }, { proxyFromEnv }, { systemClock }] = await Promise.all([
      import('../data/hubspot/gateway.ts'),
      import('../data/hubspot/http.ts'),
      import('../data/outbox/clock.ts'),
    ]);
    const demoUrl = options.demo && !options.offline ? checkBaseUrl((await demo()).url) : null;
    const opened = createGateway({
      baseUrl: demoUrl?.ok ? demoUrl.value : profile.baseUrl,
      token: value,
      apiVersion: settings.apiVersion,
      offline: options.offline,
      pace: await pace(),
      now: options.now,
      random: Math.random,
      sleep: systemClock.sleep,
      log: (entry) => (entry.failure === null ? log.debug('http', { ...entry }) : log.info('http', { ...entry })),
      observe: (seen) => {
        observed = seen;
      },
      proxy: proxyFromEnv(options.demo ? {} : options.env),
    });
    closers.push(() => opened.close());
    return opened;
  });

  const outbox = once(async () => {
    const [{ openOutbox }, { systemClock }] = await Promise.all([import('../data/outbox/outbox.ts'), import('../data/outbox/clock.ts')]);
    const sender = options.offline
      ? null
      : await gateway().catch((error: unknown) => (error instanceof TokenError ? null : Promise.reject(error)));
    return openOutbox({
      local: (await local()).db,
      ...(sender === null ? {} : { gateway: sender }),
      clock: systemClock,
      random: Math.random,
      portalId: settings.portalId ?? '',
      timeZone: (await (await cache()).portal())?.timeZone ?? 'UTC',
      undoMs: settings.undoSeconds * 1000,
    });
  });

  return {
    profile,
    log,
    signal,
    cache,
    local,
    cacheSetAside: () => setAside,
    localNotice: () => notice,
    gateway,
    observed: () => observed,
    tokenSource: async () => (await token()).source,
    quota: async () => (await pace()).quota(),
    outbox,
    close: async () => {
      for (const close of closers.reverse()) await close();
    },
  };
}

/** Whether the demo store is filled as of the day that the profile stands in. */
export const isDemoReady = (profile: Profile): boolean => profile.connected && demoStoreIsOf(profile.paths.demoDir, demoDay(profile));

/** The day that the demo portal stands in. */
export const demoDay = ({ options }: Pick<Profile, 'options'>): Day => options.asOf ?? demoToday(options.now());
