import { describe, expect, it } from 'vitest';
import { cursorProperty, customersFilter, plannedObjects, planReading, wishesHash } from '../../../src/data/hubspot/plan.ts';
import type { ObjectSchema, PropertyDef } from '../../../src/data/hubspot/types.ts';
import type { Mapping } from '../../../src/settings/mapping.ts';
import { MAPPING } from './mapping.ts';

const property = (name: string, calculated = false): PropertyDef => ({
  name,
  label: name,
  type: 'string',
  fieldType: 'text',
  groupName: '',
  options: [],
  calculated,
  hubspotDefined: false,
  referencedObjectType: null,
  readOnly: calculated,
});
const schema = (objectTypeId: string, ...names: readonly string[]): ObjectSchema => ({
  objectTypeId,
  name: objectTypeId,
  labels: { singular: '', plural: '' },
  properties: names.map((name) => property(name)),
  associatedObjects: [],
});
const UNKNOWN = { properties: new Map(), schemas: null };
const child = (plan: ReturnType<typeof planReading>, object: string) => plan.children.find((one) => one.object === object);

describe('the read plan', () => {
  it('asks since when people are gone, and no other history of contacts', () => {
    const history = (mapping: Mapping) => planReading(mapping, UNKNOWN).children.find(({ object }) => object === 'contacts')?.history;
    expect(history({ 'people.left': 'left_on', 'people.role': 'role' })).toEqual(['left_on']);
    expect(history({ 'people.role': 'role' })).toEqual([]);
  });

  it('asks mapped company properties with their history, and the owner’s', () => {
    const { companies } = planReading({ ...MAPPING, 'contract.renewal': 'renews_on', 'churn.on': 'left_on' }, UNKNOWN);
    expect(companies.properties).toEqual(expect.arrayContaining(['name', 'domain', 'plan', 'renews_on', 'left_on', 'lifecyclestage']));
    expect(companies.history).toEqual(['hubspot_owner_id', 'left_on', 'plan', 'renews_on']);
  });

  it('leaves out what the portal does not have, and histories of calculated properties', () => {
    const properties = new Map([['companies', [property('name'), property('plan', true), property('hubspot_owner_id')]]]);
    const { companies } = planReading({ ...MAPPING, 'churn.on': 'left_on' }, { properties, schemas: null });
    expect(companies.properties).toEqual(['hubspot_owner_id', 'name', 'plan']);
    expect(companies.history).toEqual(['hubspot_owner_id']);
  });

  it('gives each mapped property to the object that has it', () => {
    const plan = planReading(
      {
        ...MAPPING,
        'usage.seatsBought': 'company.seats',
        'support.csat': 'csat',
        'people.champion': 'role:champion',
        'people.left': 'left_on',
      },
      UNKNOWN,
    );
    expect(child(plan, '2-1')?.properties).toEqual(['amount', 'hs_createdate', 'hs_lastmodifieddate', 'month']);
    expect(child(plan, '2-2')?.properties).toEqual(expect.arrayContaining(['logins', 'week']));
    expect(plan.companies.properties).toContain('seats');
    expect(child(plan, 'tickets')?.properties).toContain('csat');
    expect(child(plan, 'contacts')?.properties).toEqual(expect.arrayContaining(['role', 'left_on']));
    expect([child(plan, '2-1')?.period, child(plan, '2-2')?.period, child(plan, 'tickets')?.period]).toEqual(['month', 'week', null]);
  });

  it('reads usage from the company where there is no usage object', () => {
    const plan = planReading({ 'usage.lastUsedOn': 'last_login', 'usage.logins': 'logins' }, UNKNOWN);
    expect(plan.companies.history).toEqual(['hubspot_owner_id', 'last_login', 'logins']);
    expect(plan.children.some(({ object }) => object.startsWith('2-'))).toBe(false);
  });

  it('takes an MRR property of companies or deals for what it is', () => {
    expect(planReading({ 'mrr.source': 'company-property', 'mrr.amount': 'mrr' }, UNKNOWN).companies.history).toContain('mrr');
    expect(child(planReading({ 'mrr.source': 'deal-properties', 'mrr.amount': 'mrr' }, UNKNOWN), 'deals')?.properties).toContain('mrr');
  });

  it('names custom objects that the portal lacks', () => {
    const plan = planReading(MAPPING, { properties: new Map(), schemas: [schema('2-1', 'month', 'hs_lastmodifieddate')] });
    expect(plan.absent).toEqual(['2-2']);
    expect(child(plan, '2-1')?.properties).toEqual(['hs_lastmodifieddate', 'month']);
    expect(child(plan, '2-2')).toBeUndefined();
  });

  it('hangs surveys on contacts and tickets, everything else on companies', () => {
    const plan = planReading(MAPPING, UNKNOWN);
    expect(child(plan, 'feedback_submissions')?.parents).toEqual(['contacts', 'tickets']);
    expect(new Set(plan.children.filter(({ object }) => object !== 'feedback_submissions').flatMap(({ parents }) => parents))).toEqual(
      new Set(['companies']),
    );
    expect(plan.children.at(-1)?.object).toBe('feedback_submissions');
  });

  it('R6: searches changes by the one property that each type has for it', () => {
    for (const object of plannedObjects(MAPPING))
      expect(cursorProperty(object), object).toBe(object === 'contacts' ? 'lastmodifieddate' : 'hs_lastmodifieddate');
  });

  it('changes its hash with the wishes and with nothing else', () => {
    expect(wishesHash({ ...MAPPING })).toBe(wishesHash(MAPPING));
    expect(wishesHash({ ...MAPPING, 'profile.plan': 'tariff' })).not.toBe(wishesHash(MAPPING));
    expect(wishesHash({ ...MAPPING, owner: 'csm' })).not.toBe(wishesHash(MAPPING));
    expect(wishesHash({ ...MAPPING, customers: 'all' })).not.toBe(wishesHash(MAPPING));
  });

  it('reads customers as a value, a property that is set, or all', () => {
    expect(customersFilter({ customers: 'lifecyclestage:customer' })).toEqual({
      propertyName: 'lifecyclestage',
      operator: 'EQ',
      value: 'customer',
    });
    expect(customersFilter({ customers: 'contract_start' })).toEqual({ propertyName: 'contract_start', operator: 'HAS_PROPERTY' });
    expect(customersFilter({ customers: 'all' })).toBeNull();
    expect(customersFilter({})).toBeNull();
  });
});
