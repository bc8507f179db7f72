/** The portal's own words for stored values: from the definitions of the sync to rows, pages, reports and filters. */
import { describe, expect, it } from 'vitest';
import { buildBook } from '../../src/book/build.ts';
import { compileFilter, completions, searchTextOf } from '../../src/book/expression.ts';
import { chosenRows, matches } from '../../src/book/filters.ts';
import { rowJson } from '../../src/book/json.ts';
import { labelOf, labelsIn, NO_LABELS, portalLabels, readLabels } from '../../src/book/labels.ts';
import { evidenceOf } from '../../src/book/rows.ts';
import { accountView } from '../../src/book/view.ts';
import { namesOf } from '../../src/data/demo/portal/naming.ts';
import { seedPortal } from '../../src/data/demo/portal/seed.ts';
import type { PortalState } from '../../src/data/demo/state.ts';
import { NOTHING_IMPORTED } from '../../src/data/facts/context.ts';
import type { StoredProperty } from '../../src/data/store/types.ts';
import { DEFAULT_POLICY } from '../../src/scoring/policy-default.ts';
import type { Mapping } from '../../src/settings/mapping.ts';
import { addDays } from '../../src/units/day.ts';
import { TODAY } from '../data/sources/contracts.ts';
import { stage } from '../data/sources/stage.ts';
import { row } from '../screen/fixture.ts';

const property = (name: string, options: Readonly<Record<string, string>>): StoredProperty => ({
  ...{ name, label: name, type: 'enumeration', fieldType: 'select', groupName: 'sample', calculated: false, hubspotDefined: false },
  ...{ referencedObjectType: null, readOnly: false },
  options: Object.entries(options).map(([value, label]) => ({ value, label })),
});

describe('a label', () => {
  const roles = new Map([
    ['CHAMPION', '推進者'],
    ['DECISION_MAKER', '意思決定者'],
  ]);

  it.each([
    ['DECISION_MAKER', '意思決定者'],
    ['CHAMPION;DECISION_MAKER', '推進者; 意思決定者'],
    [' CHAMPION ; LEGAL;', '推進者; LEGAL'],
    ['BUDGET_HOLDER', 'BUDGET_HOLDER'],
    ['decision_maker', 'decision_maker'],
    ['', ''],
    ['__proto__', '__proto__'],
    ['constructor', 'constructor'],
  ])('of %j is %j', (value, label) => {
    expect(labelOf(roles, value)).toBe(label);
  });

  it('of a value with a semicolon in it is its own', () => {
    expect(labelOf(new Map([['a;b', 'both']]), 'a;b')).toBe('both');
    expect(labelsIn(NO_LABELS.plan, ['a;b', 'c'])).toEqual(['a;b', 'c']);
  });

  it('comes from where the value comes from; of plans the records of MRR have the say', () => {
    const definitions: Readonly<Record<string, readonly StoredProperty[]>> = {
      companies: [
        property('plan', { ENT: 'Company’s enterprise', OLD: 'Retired' }),
        property('industry', { IT: ' ', RETAIL: 'RETAIL', ' FOOD ': '食品' }),
        property('modules', { m1: 'Mail' }),
      ],
      contacts: [property('hs_buying_role', { CHAMPION: 'Champion' })],
      deals: [property('recurring_revenue_inactive_reason', { CHURN: 'Left' })],
      line_items: [property('edition', { ENT: 'Enterprise' }), property('sku', { p1: 'CRM' })],
      '2-7': [property('edition', { ENT: 'エンタープライズ' }), property('sku', { p1: '顧客管理' })],
    };
    const labels = (mapping: Mapping) => portalLabels(mapping, (object) => definitions[object] ?? []);
    const mapping: Mapping = { 'mrr.plan': 'edition', 'mrr.product': 'sku', 'profile.plan': 'plan', 'profile.industry': 'industry' };
    const found = labels({ ...mapping, 'mrr.source': 'custom-object', 'mrr.object': '2-7', 'people.role': 'hs_buying_role' });
    expect([...found.plan]).toEqual([
      ['ENT', 'エンタープライズ'],
      ['OLD', 'Retired'],
    ]);
    expect([...found.product]).toEqual([['p1', '顧客管理']]);
    expect([...found.industry]).toEqual([['FOOD', '食品']]);
    expect([...found.role]).toEqual([['CHAMPION', 'Champion']]);
    expect(found.reason.size).toBe(0);
    expect(labelOf(labels({ ...mapping, 'mrr.source': 'line-items' }).product, 'p1')).toBe('CRM');
    expect(labelOf(labels({ 'mrr.source': 'deal-properties' }).reason, 'CHURN')).toBe('Left');
    expect(labelOf(labels({ 'usage.featureNames': 'company.modules', 'usage.object': '2-9' }).feature, 'm1')).toBe('Mail');
    expect(labels({})).toEqual(NO_LABELS);
  });

  it('stands in sentences that name a product or a feature, and nowhere else in them', () => {
    const text = (value: string) => ({ kind: 'text', value }) as const;
    const line = { from: 0, to: 1, evidence: { product: text('p1'), feature: text('m1'), title: text('p1') } };
    const values = evidenceOf(line, { product: new Map([['p1', 'CRM']]), feature: new Map([['m1', 'Mail']]) });
    expect(values).toMatchObject({ product: text('CRM'), feature: text('Mail'), title: text('p1') });
  });
});

describe('a filter', () => {
  const rows = [
    row(0, {
      plan: 'ENT',
      industry: 'COMPUTER_SOFTWARE',
      products: ['p1', 'p2'],
      labels: { industry: 'ソフトウェア', plan: 'Enterprise Plus', products: ['CRM', 'p2'] },
    }),
    row(1, { plan: 'STD', industry: 'RETAIL', products: ['p2'], labels: { industry: '小売' } }),
    row(2, { plan: null, industry: null, products: [], labels: {} }),
  ];
  const world = { rows, myId: null, asOf: TODAY };
  const found = (line: string): readonly string[] => rows.filter(compileFilter(line, world).test).map(({ id }) => id);

  it.each([
    ['industry:computer_software'],
    ['industry:ｿﾌﾄｳｪｱ'],
    ['industry:ソフト'],
    ['plan:"ＥＮＴＥＲＰＲＩＳＥ plus"'],
    ['plan:ent'],
    ['product:crm'],
    ['product:P1'],
    ['ソフトウェア'],
    ['-industry:小売 -plan:none product:p2'],
  ])('line %s takes the value or the label', (line) => {
    expect(found(line)).toEqual(['9001']);
  });

  it('completes what is shown, from the beginning of either', () => {
    expect(completions('industry:', world)).toEqual(['industry:ソフトウェア', 'industry:小売']);
    expect(completions('industry:comp', world)).toEqual(['industry:ソフトウェア']);
    expect(completions('industry:ret', world)).toEqual(['industry:小売']);
    expect(completions('product:p1', world)).toEqual(['product:CRM']);
    expect(completions('plan:e', world)).toEqual(['plan:"Enterprise Plus"']);
    expect(searchTextOf(rows[2] ?? row(2))).not.toContain('undefined');
  });

  it.each([
    [{ industry: 'computer_software' }],
    [{ industry: 'ｿﾌﾄｳｪｱ' }],
    [{ plan: 'enterprise plus' }],
    [{ plan: 'ent' }],
    [{ product: 'CRM' }],
    [{ product: 'p1' }],
  ])('%j does so too', (filter) => {
    expect(chosenRows(rows, { filter, sort: 'priority', horizon: 'days' }).map(({ id }) => id)).toEqual(['9001']);
    expect(matches(row(3, { labels: { segment: 'Small' }, segment: 'SMB' }), { segment: 'small' })).toBe(true);
  });

  it('says the value in JSON, with the label beside it', () => {
    expect(rowJson(rows[0] ?? row(0), 1, 'en')).toMatchObject({ industry: 'COMPUTER_SOFTWARE', labels: { industry: 'ソフトウェア' } });
  });
});

const NAMES = namesOf('ja');
const MAPPING: Mapping = {
  ...{ customers: 'lifecyclestage:customer', owner: NAMES.csm.name },
  ...{ 'mrr.source': 'custom-object', 'mrr.object': '2-101', 'mrr.month': NAMES.mrrMonth.name, 'mrr.amount': NAMES.mrrAmount.name },
  ...{ 'mrr.product': NAMES.mrrProduct.name, 'mrr.plan': NAMES.mrrPlan.name },
  ...{ 'profile.industry': 'industry', 'profile.plan': NAMES.plan.name, 'people.role': NAMES.contactRole.name },
};

/** Gives a property of the portal other choices. */
function relabel(portal: PortalState, type: string, name: string, options: Readonly<Record<string, string>>): void {
  const properties = portal.types.get(type)?.properties;
  const found = properties?.get(name);
  if (!properties || !found) throw new Error(`no ${name}`);
  const list = Object.entries(options).map(([value, label]) => ({ value, label }));
  properties.set(name, { ...found, type: 'enumeration', fieldType: 'select', options: list });
}

async function built(theatre: Awaited<ReturnType<typeof stage>>) {
  const portal = await theatre.cache.portal();
  if (!portal) throw new Error('nothing synced');
  const inputs = {
    ...{ cache: theatre.cache, portal, mapping: MAPPING, asOf: TODAY, imported: NOTHING_IMPORTED, policy: DEFAULT_POLICY },
    ...{ dismissals: [], pulses: [] },
  };
  const book = await buildBook({ ...inputs, scope: 'all', dataUntil: TODAY, snoozes: new Map(), unproven: false });
  const view = async (name: string) => {
    const found = book.snapshot.rows.find((one) => one.name === name);
    if (!found) throw new Error(`no ${name}`);
    const since = { day: addDays(TODAY, -7), policy: DEFAULT_POLICY };
    return accountView({ ...inputs, context: book.context, row: found, since, history: [], pending: [], acted: [] });
  };
  return { ...book, view };
}

describe('over HTTP', () => {
  it('labels come with the definitions that a sync reads anyway, and change with them', async () => {
    const plain = await stage(seedPortal({ asOf: TODAY, companies: 16 }));
    await plain.sync(MAPPING);

    const portal = seedPortal({ asOf: TODAY, companies: 16 });
    relabel(portal, '2-101', NAMES.mrrPlan.name, { Enterprise: 'エンタープライズ', Standard: 'Standard' });
    relabel(portal, '2-101', NAMES.mrrProduct.name, { CRM: '顧客管理\u001b[31m', MA: '' });
    relabel(portal, '0-2', 'industry', { MACHINERY: '製造業' });
    const theatre = await stage(portal);
    const { requests } = await theatre.sync(MAPPING);
    expect(requests).toBe(plain.server.requests.length);

    const before = await built(theatre);
    const aoba = before.snapshot.rows.find(({ name }) => name === '株式会社あおば');
    expect(aoba).toMatchObject({ plan: 'Enterprise', products: ['CRM', 'MA'], industry: 'MACHINERY' });
    // Raw, like everything that the store holds: screens and files clean it.
    expect(aoba?.labels).toEqual({ plan: 'エンタープライズ', industry: '製造業', products: ['顧客管理\u001b[31m', 'MA'] });
    const other = before.snapshot.rows.find(({ plan, industry }) => plan === 'Standard' && industry !== 'MACHINERY');
    expect(other?.labels.plan).toBeUndefined();
    expect(other?.labels.industry).toBeUndefined();

    const view = await before.view('株式会社あおば');
    expect(view?.mrrByProduct.map(({ product, label }) => [product, label])).toContainEqual(['CRM', '顧客管理\u001b[31m']);
    expect(view?.plans.at(-1)).toMatchObject({ plan: 'Enterprise', label: 'エンタープライズ' });
    expect(view?.contacts.map(({ role, roleLabel }) => `${role} ${roleLabel}`)).toContain('user 利用者');

    // Figures go by the value: the same book but for its words.
    const same = await built(plain);
    const bare = (one: typeof same) =>
      one.snapshot.rows.map(({ labels: _, signals, ...rest }) => ({ ...rest, points: signals.map(({ points }) => points) }));
    expect(bare(before)).toEqual(bare(same));

    relabel(portal, '0-2', 'industry', { MACHINERY: 'ものづくり' });
    theatre.wait(24);
    await theatre.sync(MAPPING);
    expect(await theatre.cache.revision()).toBeGreaterThan(before.revision);
    expect(labelOf((await readLabels(theatre.cache, MAPPING)).industry, 'MACHINERY')).toBe('ものづくり');
  });
});
