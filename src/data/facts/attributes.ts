/** Company properties by mapping key, each with its history. */
import type { AccountAttributes, AttributeValue, History } from '../../account.ts';
import { BY_SUBSCRIPTIONS, EVENT_KEYS, type Mapping, type MappingKey } from '../../settings/mapping.ts';
import type { StoredRecord } from '../store/types.ts';
import type { FactReader, Parse } from './reader.ts';
import { parseCount, parseMark, parseMoney, parseNames, parseShare, parseSize, parseText } from './values.ts';

/** Marks a property as the company's where its key would else name one of the usage object. */
const COMPANY = 'company.';

/** The company property that a key names; undefined where it is not mapped or names a property of the usage object. */
export function companyProperty(mapping: Mapping, key: MappingKey): string | undefined {
  const name = mapping[key];
  if (name?.startsWith(COMPANY)) return name.slice(COMPANY.length);
  if (key === 'billing.daysOverdue') return name === BY_SUBSCRIPTIONS ? undefined : name;
  if (!key.startsWith('usage.')) return name;
  if (mapping['usage.source'] === 'events') return EVENT_KEYS.has(key) ? undefined : name;
  return mapping['usage.object'] === undefined ? name : undefined;
}

/** The usage object's property that a key names. */
export function usageProperty(mapping: Mapping, key: MappingKey): string | undefined {
  const name = mapping[key];
  return mapping['usage.object'] === undefined || mapping['usage.source'] === 'events' || name?.startsWith(COMPANY) ? undefined : name;
}

export function attributesOf(company: StoredRecord, reader: FactReader): OwnAttributes {
  const { mapping } = reader.context;
  const texts = (key: MappingKey) => read(key, parseText);
  const counts = (key: MappingKey) => read(key, parseCount);

  function read<T>(key: MappingKey, parse: Parse<T>, code: 'number' | 'amount' = 'number'): History<T> | undefined {
    const property = companyProperty(mapping, key);
    return property === undefined ? undefined : reader.history(company, property, parse, code);
  }
  function days(key: MappingKey) {
    const property = companyProperty(mapping, key);
    return property === undefined ? undefined : reader.history(company, property, reader.dayParser(company.object, property), 'date');
  }

  const features = read('usage.featureNames', parseNames);

  return present({
    contractStart: days('contract.start'),
    contractRenewal: days('contract.renewal'),
    contractValue: read('contract.value', parseMoney, 'amount'),
    contractTermMonths: counts('contract.termMonths'),
    contractBilling: texts('contract.billing'),
    noticeDays: counts('contract.noticeDays'),
    noticeGivenOn: days('contract.noticeGivenOn'),
    plan: texts('profile.plan'),
    industry: texts('profile.industry'),
    employees: read('profile.size', parseSize),
    segment: texts('profile.segment'),
    goals: texts('profile.goals'),
    onboardingStage: texts('profile.onboardingStage'),
    churnOn: days('churn.on'),
    churnReason: texts('churn.reason'),
    seats: counts('usage.seatsBought'),
    featuresInPlan: counts('usage.featuresInPlan'),
    lastUsedOn: days('usage.lastUsedOn'),
    logins: counts('usage.logins'),
    activeUsers: counts('usage.activeUsers'),
    featuresUsed: counts('usage.featuresUsed') ?? (features && numberOf(features)),
    minutes: counts('usage.minutes'),
    features,
    adoption: read('usage.adoption', parseShare),
    daysOverdue: counts('billing.daysOverdue'),
    discountEndsOn: days('billing.discountEndsOn'),
    discount: read('billing.discount', parseShare),
    priceRaisedOn: days('billing.priceRaisedOn'),
    priceRaise: read('billing.priceRaise', parseShare),
    sentiment: texts('profile.sentiment'),
    healthScore: texts('profile.healthScore'),
    valuePromised: texts('value.promised'),
    valueProven: texts('value.proven'),
    closingDown: read('profile.closingDown', parseMark),
    snoozedUntil: days('profile.snoozedUntil'),
  });
}

const numberOf = (named: History<readonly string[]>): History<number> =>
  named.map((entry): AttributeValue<number> => ({ ...entry, value: entry.value?.length ?? null }));

/** What the company's own properties say. */
type OwnAttributes = Omit<AccountAttributes, 'overdueSince'>;

type Absentable<T> = { readonly [K in keyof T]-?: T[K] | undefined };

/** Leaves unmapped keys out instead of carrying undefined. */
function present(all: Absentable<OwnAttributes>): OwnAttributes {
  return Object.fromEntries(Object.entries(all).filter(([, history]) => history !== undefined)) as OwnAttributes;
}
