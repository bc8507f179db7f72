/** Where everything lives. Nothing here touches the disk. */
import { join, resolve } from 'node:path';
import envPaths from 'env-paths';
import { err, ok, type Result } from '../units/result.ts';

/** Files of one profile. Folders are made 0700 and files 0600 by whoever writes them. */
export interface ProfilePaths {
  readonly profile: string;
  /** Settings of all profiles. */
  readonly settingsFile: string;
  /** What a person chose for the terminal: the same file, but in the demo too. */
  readonly personalFile: string;
  /** The team's policy, where the settings name no other file. */
  readonly policyFile: string;
  /** Folder of the profile's own files. */
  readonly profileDir: string;
  /** What HubSpot can give again. */
  readonly cacheDb: string;
  /** What only this machine knows. */
  readonly localDb: string;
  readonly backupsDir: string;
  /** The token bucket, by portal: one for all profiles of the machine's user. */
  readonly paceDb: string;
  /** Held by the process that sends the outbox. */
  readonly sendLock: string;
  /** Held by the process that syncs. */
  readonly syncLock: string;
  /** The token, where no keychain would take it. */
  readonly tokenFile: string;
  readonly logFile: string;
  /** State of the built-in demo server. */
  readonly demoDir: string;
}

export interface PathProblem {
  readonly kind: 'bad_profile';
  readonly profile: string;
}

export interface PathOptions {
  /** One folder for all (`--home`, `KIZASHI_HOME`); without it the platform's own folders. */
  readonly home?: string | undefined;
  /** Default `default`. */
  readonly profile?: string | undefined;
  /** The demo keeps its own store, apart from every profile. */
  readonly demo?: boolean;
}

const PROFILE = /^[a-z0-9][a-z0-9_-]{0,40}$/;
/** Names that Windows keeps for devices. */
const RESERVED = /^(?:con|prn|aux|nul|com\d|lpt\d)$/;

export const isProfileName = (name: string): boolean => PROFILE.test(name) && !RESERVED.test(name);

/** A folder for each kind of file. */
interface Roots {
  readonly config: string;
  readonly data: string;
  readonly log: string;
}

function roots(home: string | undefined): Roots {
  if (home !== undefined && home !== '') {
    const folder = resolve(home);
    return { config: folder, data: folder, log: folder };
  }
  const { config, data, log } = envPaths('kizashi', { suffix: '' });
  return { config, data, log };
}

/** The paths of a profile; refuses a profile name that is not `[a-z0-9][a-z0-9_-]{0,40}`. */
export function resolvePaths(options: PathOptions = {}): Result<ProfilePaths, PathProblem> {
  const profile = options.profile ?? 'default';
  if (!isProfileName(profile)) return err({ kind: 'bad_profile', profile });
  const { config, data, log } = roots(options.home);
  const demoDir = join(data, 'demo');
  const profileDir = options.demo ? join(demoDir, 'store') : join(data, 'profiles', profile);
  return ok({
    profile,
    personalFile: join(config, 'settings.json'),
    settingsFile: options.demo ? join(demoDir, 'settings.json') : join(config, 'settings.json'),
    policyFile: options.demo ? join(demoDir, 'policy.yaml') : join(config, 'profiles', profile, 'policy.yaml'),
    profileDir,
    cacheDb: join(profileDir, 'cache.db'),
    localDb: join(profileDir, 'local.db'),
    backupsDir: join(profileDir, 'backups'),
    paceDb: join(options.demo ? demoDir : data, 'pace.db'),
    sendLock: join(profileDir, 'run.lock.db'),
    syncLock: join(profileDir, 'sync.lock.db'),
    tokenFile: join(profileDir, 'token'),
    logFile: join(log, 'kizashi.log'),
    demoDir,
  });
}
