/**
 * Personal settings, one JSON file for all profiles. Reading is plain and quick; writing goes through `conf` (loaded only
 * then: it costs a start 70 ms), which checks the same schema again and replaces the file in one step.
 * A file that is wrong is reported with the entry at fault and never overwritten.
 */
import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { basename, dirname, extname } from 'node:path';
import type { Options } from 'conf';
import type { Lang } from '../text/messages/index.ts';
import { err, ok, type Result } from '../units/result.ts';
import type { BookColumn } from './columns.ts';
import type { Mapping, MappingKey } from './mapping.ts';
import { SETTINGS_SCHEMA, SETTINGS_VERSION, violation } from './schema.ts';

/** Answers of a setup that was not finished: nothing works with them yet. */
export interface UnfinishedSetup {
  readonly portalId: string;
  readonly me: ProfileSettings['me'];
  readonly all: boolean;
  readonly mapping: Mapping;
  readonly declined: readonly MappingKey[];
}

export interface ProfileSettings {
  /** null before `init`. */
  readonly portalId: string | null;
  /** What the portal is called on screens. Raw. */
  readonly portalLabel: string | null;
  /** Whose book; null where nobody was named. */
  readonly me: { readonly ownerId: string; readonly email: string } | null;
  /** The whole portal is the book. */
  readonly all: boolean;
  readonly mapping: Mapping;
  /** Keys that a person left out: not proposed again. */
  readonly declined: readonly MappingKey[];
  readonly setup: UnfinishedSetup | null;
  /** Another base URL for the HubSpot API; `KIZASHI_API_URL` wins. */
  readonly baseUrl: string | null;
  readonly apiVersion: 'v3' | '2026-09';
  /** How long a written action is held back for undo, 0–600. */
  readonly undoSeconds: number;
  /** The team's policy file; null: `policy.yaml` in the profile's folder. */
  readonly policyFile: string | null;
}

export const DEFAULT_SETTINGS: ProfileSettings = {
  portalId: null,
  portalLabel: null,
  me: null,
  all: false,
  mapping: {},
  declined: [],
  setup: null,
  baseUrl: null,
  apiVersion: 'v3',
  undoSeconds: 10,
  policyFile: null,
};

/**
 * `unreadable` and `unwritable`: the system said no · `not_json` · `invalid`: `key` names the entry · `newer`: a later
 * version of the program wrote the file. The file is untouched in every case.
 */
export interface SettingsProblem {
  readonly kind: 'unreadable' | 'not_json' | 'invalid' | 'newer' | 'unwritable';
  readonly file: string;
  readonly key: string | null;
  /** A few English words or a system code; may quote the file: clean before showing. */
  readonly because: string;
}

/** What a person chooses for the terminal; the same for all profiles of a settings file. */
export interface Personal {
  readonly lang: 'auto' | Lang;
  readonly theme: ThemeName;
  /** `auto`: ASCII where the terminal or the locale has no more. */
  readonly glyphs: 'auto' | 'unicode' | 'ascii';
  /** Cells of characters whose width Unicode leaves open. */
  readonly ambiguousWidth: 1 | 2;
  readonly mouse: boolean;
  /** Lines instead of a screen. */
  readonly screenReader: boolean;
  /** `auto`: names and evidence lead to HubSpot's pages where the terminal is known to make links. */
  readonly links: 'auto' | 'always' | 'never';
  /** Lines of the list that an account takes: one, or a second one for its reasons. */
  readonly density: 'compact' | 'comfortable';
  /** From when the brief tells what changed. */
  readonly briefSince: 'last' | 'yesterday' | 'monday';
  /** Of the list, in their order; empty: the usual ones. */
  readonly columns: readonly BookColumn[];
  /** Keys by action; an action that is not here keeps its own. */
  readonly keys: Readonly<Record<string, readonly string[]>>;
  /** Filter lines saved as segments, in the order of their tabs. Raw. */
  readonly views: readonly SavedView[];
}

export interface SavedView {
  readonly name: string;
  readonly filter: string;
  /** Where the tab has its own. */
  readonly columns?: readonly BookColumn[];
}

export type ThemeName =
  | 'auto'
  | 'dark'
  | 'light'
  | 'high-contrast'
  | 'high-contrast-light'
  | 'colour-blind'
  | 'colour-blind-light'
  | 'mono';

export const DEFAULT_PERSONAL: Personal = {
  lang: 'auto',
  theme: 'auto',
  glyphs: 'auto',
  ambiguousWidth: 1,
  mouse: false,
  screenReader: false,
  links: 'auto',
  density: 'compact',
  briefSince: 'last',
  columns: [],
  keys: {},
  views: [],
};

interface SettingsFile extends Partial<Personal> {
  readonly version: number;
  readonly profiles?: Readonly<Record<string, Partial<ProfileSettings>>>;
}

const codeOf = (error: unknown): string =>
  error instanceof Error ? ('code' in error && typeof error.code === 'string' ? error.code : error.message) : String(error);

function readFile(file: string): Result<SettingsFile, SettingsProblem> {
  let raw: string;
  try {
    raw = readFileSync(file, 'utf8');
  } catch (error) {
    const code = codeOf(error);
    return code === 'ENOENT' ? ok({ version: SETTINGS_VERSION }) : err({ kind: 'unreadable', file, key: null, because: code });
  }
  return parseSettings(raw, file);
}

/** `raw` as the settings that it says, or the first thing in it that is wrong. */
function parseSettings(raw: string, file: string): Result<SettingsFile, SettingsProblem> {
  const problem = (kind: SettingsProblem['kind'], because: string, key: string | null = null) => err({ kind, file, key, because });
  let parsed: unknown;
  try {
    parsed = JSON.parse(raw.replace(/^\ufeff/, ''));
  } catch (error) {
    return problem('not_json', codeOf(error));
  }
  if (typeof parsed === 'object' && parsed !== null && 'version' in parsed && Number(parsed.version) > SETTINGS_VERSION)
    return problem('newer', `version ${Number(parsed.version)}`);
  const wrong = violation(parsed, SETTINGS_SCHEMA);
  if (wrong) return problem('invalid', wrong.because, wrong.key || '(the whole file)');
  return ok(parsed as SettingsFile);
}

const complete = (stored: Partial<ProfileSettings>): ProfileSettings => ({ ...DEFAULT_SETTINGS, ...stored });

const stored = (file: SettingsFile, profile: string): Partial<ProfileSettings> | null =>
  file.profiles && Object.hasOwn(file.profiles, profile) ? (file.profiles[profile] ?? null) : null;

/** The profile's settings with the defaults filled in; null where the profile has none yet. */
export function readSettings(file: string, profile: string): Result<ProfileSettings | null, SettingsProblem> {
  const read = readFile(file);
  if (!read.ok) return read;
  const found = stored(read.value, profile);
  return ok(found && complete(found));
}

/** The profiles that the file knows, by name. */
export function listProfiles(file: string): Result<readonly string[], SettingsProblem> {
  const read = readFile(file);
  return read.ok ? ok(Object.keys(read.value.profiles ?? {}).sort()) : read;
}

type ConfOptions = Options<Record<string, unknown>>;

/** Replaces what the file holds; the folder is made 0700, the file 0600. */
async function writeFile(file: string, content: SettingsFile): Promise<Result<null, SettingsProblem>> {
  const wrong = violation(content, SETTINGS_SCHEMA);
  if (wrong) return err({ kind: 'invalid', file, key: wrong.key, because: wrong.because });
  try {
    const { default: Conf } = await import('conf');
    const extension = extname(file);
    mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
    const conf = new Conf<Record<string, unknown>>({
      cwd: dirname(file),
      configName: basename(file, extension),
      fileExtension: extension.slice(1),
      configFileMode: 0o600,
      accessPropertiesByDotNotation: false,
      schema: SETTINGS_SCHEMA.properties as NonNullable<ConfOptions['schema']>,
      // What it must hold is checked above; conf also checks the empty store that it begins with.
      rootSchema: { additionalProperties: false },
      ajvOptions: { allowUnionTypes: true },
    });
    conf.store = { ...content };
    return ok(null);
  } catch (error) {
    return err({ kind: 'unwritable', file, key: null, because: codeOf(error) });
  }
}

/** Changes some of a profile's settings, making the profile where it is new. Other profiles stay as they are. */
export async function saveSettings(
  file: string,
  profile: string,
  change: Partial<ProfileSettings>,
): Promise<Result<ProfileSettings, SettingsProblem>> {
  const read = readFile(file);
  if (!read.ok) return read;
  const next = { ...stored(read.value, profile), ...change };
  const written = await writeFile(file, { ...read.value, profiles: { ...read.value.profiles, [profile]: next } });
  return written.ok ? ok(complete(next)) : written;
}

/** Forgets a profile; nothing where there is none. */
export async function removeSettings(file: string, profile: string): Promise<Result<null, SettingsProblem>> {
  const read = readFile(file);
  if (!read.ok) return read;
  if (!stored(read.value, profile)) return ok(null);
  const { [profile]: _, ...rest } = read.value.profiles ?? {};
  return writeFile(file, { ...read.value, profiles: rest });
}

const personalOf = ({ version: _version, profiles: _profiles, ...chosen }: SettingsFile): Personal => ({ ...DEFAULT_PERSONAL, ...chosen });

/** With the defaults filled in. */
export function readPersonal(file: string): Result<Personal, SettingsProblem> {
  const read = readFile(file);
  return read.ok ? ok(personalOf(read.value)) : read;
}

/** Changes some of it; profiles stay as they are. */
export async function savePersonal(file: string, change: Partial<Personal>): Promise<Result<Personal, SettingsProblem>> {
  const read = readFile(file);
  if (!read.ok) return read;
  const next = { ...read.value, ...change };
  const written = await writeFile(file, next);
  return written.ok ? ok(personalOf(next)) : written;
}

/** What somebody wrote by hand: checked, not taken. `file` is only named. */
export function checkSettings(raw: string, file: string): Result<Personal, SettingsProblem> {
  const parsed = parseSettings(raw, file);
  return parsed.ok ? ok(personalOf(parsed.value)) : parsed;
}

/** Takes what `checkSettings` passed in place of the file, as it was written; the file may be a broken one. */
export function replaceSettings(raw: string, file: string): Result<null, SettingsProblem> {
  const parsed = parseSettings(raw, file);
  if (!parsed.ok) return parsed;
  const next = `${file}.new`;
  try {
    mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
    writeFileSync(next, raw, { mode: 0o600 });
    renameSync(next, file);
    return ok(null);
  } catch (error) {
    return err({ kind: 'unwritable', file, key: null, because: codeOf(error) });
  }
}
