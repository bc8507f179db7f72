/** Which profile, where its files are, and what its settings say. Opens nothing. */
import { checkBaseUrl } from '../data/hubspot/base-url.ts';
import { type Scope, WHOLE_PORTAL } from '../data/store/types.ts';
import { type ProfilePaths, resolvePaths } from '../settings/paths.ts';
import {
  DEFAULT_SETTINGS,
  type Personal,
  type ProfileSettings,
  readPersonal,
  readSettings,
  type SettingsProblem,
} from '../settings/settings.ts';
import type { Day, Instant } from '../units/day.ts';
import { err, ok, type Result } from '../units/result.ts';

export const HUBSPOT_URL = 'https://api.hubapi.com';

export interface ProfileOptions {
  readonly home: string | null;
  readonly profile: string;
  readonly demo: boolean;
  /** null: today in the portal's zone. */
  readonly asOf: Day | null;
  readonly offline: boolean;
  readonly verbose: boolean;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly now: () => Instant;
}

export interface Profile {
  readonly options: ProfileOptions;
  readonly paths: ProfilePaths;
  /** Defaults where nothing is saved yet. */
  readonly settings: ProfileSettings;
  readonly personal: Personal;
  readonly connected: boolean;
  readonly baseUrl: URL;
}

export type ProfileProblem =
  | { readonly kind: 'bad_profile'; readonly profile: string }
  | { readonly kind: 'bad_url'; readonly url: string }
  | { readonly kind: 'settings'; readonly problem: SettingsProblem };

export function readProfile(options: ProfileOptions): Result<Profile, ProfileProblem> {
  const paths = resolvePaths({ home: options.home ?? undefined, profile: options.profile, demo: options.demo });
  if (!paths.ok) return err({ kind: 'bad_profile', profile: paths.error.profile });
  const settings = readSettings(paths.value.settingsFile, options.profile);
  if (!settings.ok) return err({ kind: 'settings', problem: settings.error });
  const personal = readPersonal(paths.value.personalFile);
  if (!personal.ok) return err({ kind: 'settings', problem: personal.error });
  const url = (options.demo ? undefined : options.env.KIZASHI_API_URL) || settings.value?.baseUrl || HUBSPOT_URL;
  const baseUrl = checkBaseUrl(url);
  if (!baseUrl.ok) return err({ kind: 'bad_url', url });
  return ok({
    options,
    paths: paths.value,
    settings: settings.value ?? DEFAULT_SETTINGS,
    personal: personal.value,
    connected: (settings.value?.portalId ?? null) !== null,
    baseUrl: baseUrl.value,
  });
}

/** Whose companies a sync brings and a book shows; null where neither a person nor the whole portal was named. */
export const scopeOf = (settings: ProfileSettings): Scope | null => (settings.all ? WHOLE_PORTAL : (settings.me?.ownerId ?? null));
