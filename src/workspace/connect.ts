/** Connecting a portal: who it is, what its properties mean, and keeping the answers. */
import {
  type AnswerProblem,
  checkAnswers,
  type Discovery,
  gatherDiscovery,
  type Proposal,
  proposeMapping,
} from '../data/hubspot/discovery.ts';
import type { Gateway, Owner, PortalInfo } from '../data/hubspot/types.ts';
import { isMappingKey, MAPPING_KEYS, type Mapping, type MappingKey } from '../settings/mapping.ts';
import { type ProfileSettings, saveSettings } from '../settings/settings.ts';
import { ok, type Result } from '../units/result.ts';
import { need, SettingsError } from './errors.ts';
import type { Profile } from './profile.ts';

export interface Explored {
  readonly portal: PortalInfo;
  readonly discovery: Discovery;
}

/** Asks the portal who it is and what it holds. Throws `RemoteError`. */
export async function explore(gateway: Gateway): Promise<Explored> {
  const portal = need(await gateway.portalInfo({ lane: 'interactive' }));
  const discovery = need(await gatherDiscovery(gateway, { lane: 'interactive' }));
  return { portal, discovery };
}

export const ownerByEmail = (owners: readonly Owner[], email: string): Owner | null =>
  owners.find((owner) => owner.email?.toLowerCase() === email.trim().toLowerCase()) ?? null;

/** The answer that leaves a key out, now and in later runs. */
export const LEFT_OUT = '-';

export interface Proposed extends Proposal {
  /** Keys that a person left out, now or in an earlier run. */
  readonly declined: readonly MappingKey[];
  /** What stood in the mapping and fits the portal no more. */
  readonly broken: readonly AnswerProblem[];
}

export interface Before {
  readonly mapping: Mapping;
  readonly declined: readonly MappingKey[];
}

/**
 * What was answered stands, the rest is proposed to go with it. What was answered in an earlier run stands too, unless the
 * portal does not have it any more: then it is proposed anew, and wants a look.
 */
export function propose(
  discovery: Discovery,
  answers: Readonly<Record<string, string>>,
  before: Before,
): Result<Proposed, readonly AnswerProblem[]> {
  const isLeftOut = ([key, value]: readonly [string, string]) => value.trim() === LEFT_OUT && isMappingKey(key);
  const left = new Set(
    Object.entries(answers)
      .filter(isLeftOut)
      .map(([key]) => key),
  );
  const checked = checkAnswers(Object.fromEntries(Object.entries(answers).filter((answer) => !isLeftOut(answer))), discovery);
  if (!checked.ok) return checked;
  const broken = brokenAnswers(discovery, before.mapping).filter(({ key }) => !Object.hasOwn(answers, key));
  const gone = new Set(broken.map(({ key }) => key));
  // Another source of MRR names other properties.
  const source = answers['mrr.source'];
  const isOther = source !== undefined && before.mapping['mrr.source'] !== undefined && before.mapping['mrr.source'] !== source.trim();
  const isKept = (key: string) => !left.has(key) && !gone.has(key) && !(isOther && key.startsWith('mrr.'));
  const kept = Object.fromEntries(Object.entries(before.mapping).filter(([key]) => isKept(key)));
  const given: Mapping = { ...kept, ...checked.value };
  const declined = MAPPING_KEYS.filter((key) => (left.has(key) || before.declined.includes(key)) && given[key] === undefined);
  const { mapping, confirm } = proposeMapping(discovery, given, new Set(declined));
  const doubtful = MAPPING_KEYS.filter((key) => confirm.includes(key) || gone.has(key));
  return ok({ mapping, confirm: doubtful, declined, broken });
}

/** Answers of an earlier run that do not fit what the portal is now; objects that cannot be asked for are left alone. */
export function brokenAnswers(discovery: Discovery, mapping: Mapping): readonly AnswerProblem[] {
  const checked = checkAnswers(mapping as Readonly<Record<string, string>>, discovery);
  if (checked.ok) return [];
  const isBarred = Object.hasOwn(discovery.portal.unavailable, 'custom');
  return checked.error.filter(({ code }) => !(code === 'object' && isBarred));
}

export interface Answers {
  readonly portal: PortalInfo;
  readonly mapping: Mapping;
  readonly declined: readonly MappingKey[];
  readonly me: ProfileSettings['me'];
  readonly all: boolean;
}

/** Keeps the answers of `init`; throws `SettingsError`. */
export async function keepAnswers(profile: Profile, answers: Answers): Promise<ProfileSettings> {
  const saved = await saveSettings(profile.paths.settingsFile, profile.options.profile, {
    portalId: answers.portal.portalId,
    portalLabel: `${answers.portal.portalId}`,
    me: answers.me,
    all: answers.all,
    mapping: answers.mapping,
    declined: answers.declined,
    setup: null,
    ...(profile.options.env.KIZASHI_API_URL && !profile.options.demo ? { baseUrl: profile.baseUrl.href.replace(/\/$/, '') } : {}),
  });
  if (saved.ok) return saved.value;
  throw new SettingsError(saved.error);
}

/** What a source of MRR cannot be read without. */
const NEEDED_BY_SOURCE: Readonly<Record<string, readonly MappingKey[]>> = {
  'custom-object': ['mrr.object', 'mrr.month', 'mrr.amount'],
  'company-property': ['mrr.amount'],
};

/** `mrr.source`, with what it needs, and `customers` are what no book can do without. */
export const missingKeys = (mapping: Mapping): readonly MappingKey[] => {
  const source = mapping['mrr.source'] ?? '';
  const needed = Object.hasOwn(NEEDED_BY_SOURCE, source) ? (NEEDED_BY_SOURCE[source] ?? []) : [];
  return (['customers', 'mrr.source', ...needed] as const).filter((key) => mapping[key] === undefined);
};
