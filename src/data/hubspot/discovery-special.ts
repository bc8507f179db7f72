/** Keys that name no property by themselves: which companies are customers, where surveys are, what marks a champion. */
import type { MappingKey } from '../../settings/mapping.ts';
import { fillScore, matchProperty, plain, wordScore } from './discovery-match.ts';
import { byScore, type Candidate, LISTED, look, type PortalDescription, propertiesOf } from './discovery-portal.ts';
import { KEY_WORDS } from './discovery-words.ts';
import { valueIn } from './records.ts';

/** Candidates of a key that is answered by a word or by `property:value`; empty for every other key. */
export function special(portal: PortalDescription, key: MappingKey): readonly Candidate[] {
  if (key === 'customers') return customerCandidates(portal);
  if (key === 'survey.source') return surveyCandidates(portal);
  return [];
}

/** Option values and labels of a state in which a company is a customer. */
const ACTIVE = /^(?:customer|active|active customer|live|current|契約中|利用中|顧客|有効|契約済み?|取引中|稼働中)$/;
const STATUS = [
  'customer status',
  'contract status',
  'account status',
  'subscription status',
  '契約状況',
  '契約ステータス',
  '顧客ステータス',
  '契約状態',
  '利用状況',
  '顧客区分',
];

function customerCandidates(portal: PortalDescription): readonly Candidate[] {
  const sample = portal.samples.get('companies');
  const found = (propertiesOf(portal, 'companies') ?? []).flatMap((property): Candidate[] => {
    const option = property.options.find(({ value, label }) => ACTIVE.test(plain(value)) || ACTIVE.test(plain(label)));
    const stage = property.name === 'lifecyclestage';
    const named = stage
      ? 0.8
      : property.hubspotDefined
        ? 0
        : 0.9 * Math.max(wordScore(property.name, STATUS), wordScore(property.label, STATUS));
    if (!option || named === 0) return [];
    const { samples, fillRate } = look(sample, property, portal.owners);
    const hits = sample?.records.filter((record) => valueIn(record, property.name) === option.value).length ?? 0;
    const used = fillRate === null ? 0.9 : hits > 0 ? 1 : 0.3;
    return [
      {
        value: `${property.name}:${option.value}`,
        label: `${property.label}: ${option.label}`,
        score: named * used,
        because: stage ? ['standard'] : ['name'],
        samples,
        fillRate,
      },
    ];
  });
  return [...found, { value: 'all', label: 'all', score: 0.3, because: [], samples: [], fillRate: null } satisfies Candidate]
    .sort(byScore)
    .slice(0, LISTED);
}

const CONTACT_NPS = 'hs_feedback_last_nps_rating';

function surveyCandidates(portal: PortalDescription): readonly Candidate[] {
  const found: Candidate[] = [];
  const feedback = portal.samples.get('feedback_submissions');
  if (feedback)
    found.push({
      value: 'feedback',
      label: 'feedback',
      score: feedback.total > 0 ? 1 : 0.6,
      because: ['samples'],
      samples: [],
      fillRate: null,
    });
  const property = propertiesOf(portal, 'contacts')?.find(({ name }) => name === CONTACT_NPS);
  if (property) {
    const { samples, fillRate } = look(portal.samples.get('contacts'), property, portal.owners);
    found.push({ value: 'contacts', label: property.label, score: fillRate === 0 ? 0.4 : 0.8, because: ['standard'], samples, fillRate });
  }
  return found.sort(byScore);
}

const CHAMPION = /champion|推進者|チャンピオン/i;

/** A role of which one option says champion is as good as a tick box of its own. */
export function championCandidates(portal: PortalDescription, boxes: readonly Candidate[]): readonly Candidate[] {
  const sample = portal.samples.get('contacts');
  const spec = KEY_WORDS['people.role'];
  const roles = (propertiesOf(portal, 'contacts') ?? []).flatMap((property): Candidate[] => {
    const option = property.options.find(({ value, label }) => CHAMPION.test(label) || CHAMPION.test(value));
    if (!option || !spec) return [];
    const seen = look(sample, property, portal.owners);
    const { score } = matchProperty('people.role', spec, property, seen.fillRate);
    const value = `${property.name}:${option.value}`;
    return [
      {
        value,
        label: `${property.label}: ${option.label}`,
        score: Math.max(score, 0.7 * fillScore(seen.fillRate, false)),
        because: ['label'],
        ...seen,
      },
    ];
  });
  return [...boxes, ...roles].sort(byScore).slice(0, LISTED);
}
