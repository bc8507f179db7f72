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
import type { Mapping } from '../settings/mapping.ts';
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

/** What was answered stands, the rest is proposed to go with it. */
export function propose(
  discovery: Discovery,
  answers: Readonly<Record<string, string>>,
  before: Mapping,
): Result<Proposal, readonly AnswerProblem[]> {
  const checked = checkAnswers(answers, discovery);
  if (!checked.ok) return checked;
  return ok(proposeMapping(discovery, { ...before, ...checked.value }));
}

export interface Answers {
  readonly portal: PortalInfo;
  readonly mapping: Mapping;
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
    ...(profile.options.env.KIZASHI_API_URL && !profile.options.demo ? { baseUrl: profile.baseUrl.href.replace(/\/$/, '') } : {}),
  });
  if (saved.ok) return saved.value;
  throw new SettingsError(saved.error);
}

/** `mrr.source` and `customers` are what no book can do without. */
export const missingKeys = (mapping: Mapping): readonly ('customers' | 'mrr.source')[] =>
  (['customers', 'mrr.source'] as const).filter((key) => mapping[key] === undefined);
