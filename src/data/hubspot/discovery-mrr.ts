/** In which of its places a portal keeps MRR: what is there, and how much of it. Pure. */
import { MRR_SOURCES, type MrrSource } from '../../settings/mapping.ts';
import { matchProperty } from './discovery-match.ts';
import { byScore, type Candidate, LISTED, look, type PortalDescription, propertiesOf } from './discovery-portal.ts';
import type { KeyWords } from './discovery-words.ts';

/** The object that the other `mrr.*` keys name properties of; a custom object is the portal's own, a file has none. */
const HOMES: Readonly<Record<Exclude<MrrSource, 'custom-object'>, string | null>> = {
  'line-items': 'line_items',
  'deal-properties': 'deals',
  subscriptions: 'subscriptions',
  'company-property': 'companies',
  csv: null,
};

export const isMrrSource = (word: string | undefined): word is MrrSource => MRR_SOURCES.some((source) => source === word);

export const mrrHome = (source: MrrSource, customObject: string | null): string | null =>
  source === 'custom-object' ? customObject : HOMES[source];

/** A company property is MRR only where it says so: every company has amounts of other kinds. */
const COMPANY_AMOUNT: KeyWords = {
  home: 'mrr',
  kind: 'number',
  words: [
    'mrr',
    'mrr amount',
    'current mrr',
    'monthly recurring revenue',
    'monthly fee',
    'monthly amount',
    'monthly price',
    'monthly subscription fee',
    '月額',
    '月額料金',
    '月額金額',
    '月額利用料',
    '月次売上',
    '月次mrr',
    'mrr金額',
  ],
  not: /goal|target|forecast|expected|predicted|previous|lost|churn|予測|目標|見込|前回|初期/i,
};

const COMPANY_CURRENCY: KeyWords = {
  home: 'mrr',
  kind: 'text',
  words: ['mrr currency', 'contract currency', 'billing currency', 'fee currency', '契約通貨', '請求通貨', 'mrr通貨'],
};

/** Properties of the company that may hold MRR or its currency; empty for every other key. */
export function companyMrr(portal: PortalDescription, key: string): readonly Candidate[] {
  const spec = key === 'mrr.amount' ? COMPANY_AMOUNT : key === 'mrr.currency' ? COMPANY_CURRENCY : null;
  if (spec === null) return [];
  const sample = portal.samples.get('companies');
  return (propertiesOf(portal, 'companies') ?? [])
    .flatMap((property): Candidate[] => {
      const seen = look(sample, property, portal.owners);
      const { score, because } = matchProperty(key, spec, property, seen.fillRate);
      return score > 0.4 ? [{ value: property.name, label: property.label, score, because, ...seen }] : [];
    })
    .sort(byScore)
    .slice(0, LISTED);
}

/** An object that was made for MRR and never filled is no place of it. */
const UNUSED = 0.5;

function customCandidate(portal: PortalDescription, object: string): Candidate {
  const isUnused = portal.samples.get(object)?.total === 0;
  const score = isUnused ? UNUSED : TRUST['custom-object'];
  return { value: 'custom-object', label: 'custom-object', score, because: ['schema'], samples: [], fillRate: null };
}

/** What is kept by hand or billed by HubSpot says most; a single number on the company least. */
const TRUST = { 'custom-object': 1, subscriptions: 0.9, 'line-items': 0.8, 'deal-properties': 0.7, 'company-property': 0.65 } as const;
/** A file is there for everybody, and never a guess. */
const CSV_SCORE = 0.2;

/** Each place in which something was found, with the number of its records as the sample. */
export function mrrSourceCandidates(portal: PortalDescription, customObject: string | null): readonly Candidate[] {
  const counted = (source: keyof typeof TRUST, object: string): Candidate[] => {
    const total = portal.samples.get(object)?.total ?? 0;
    if (total === 0) return [];
    return [{ value: source, label: source, score: TRUST[source], because: ['samples'], samples: [String(total)], fillRate: null }];
  };
  const [property] = companyMrr(portal, 'mrr.amount');
  const found: Candidate[] = [
    ...(customObject === null ? [] : [customCandidate(portal, customObject)]),
    ...counted('subscriptions', 'subscriptions'),
    ...counted('line-items', 'line_items'),
    ...counted('deal-properties', 'deals'),
    ...(property
      ? [{ ...property, value: 'company-property', label: property.label, score: TRUST['company-property'] * property.score }]
      : []),
    { value: 'csv', label: 'csv', score: CSV_SCORE, because: [], samples: [], fillRate: null },
  ];
  return found.sort(byScore);
}
