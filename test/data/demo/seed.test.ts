import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { seedPortal } from '../../../src/data/demo/portal/seed.ts';
import { linked, type PortalState, type StoredRecord } from '../../../src/data/demo/state.ts';
import { addDays, type Day, dayOf, daysBetween } from '../../../src/units/day.ts';
import { AS_OF } from './help.ts';

const portal = seedPortal({ asOf: AS_OF });

const records = (state: PortalState, type: string): StoredRecord[] => [...(state.types.get(type)?.records.values() ?? [])];
const live = (type: string): StoredRecord[] =>
  records(portal, type).filter((record) => record.archivedAt === null && record.mergedInto === null);
const company = (name: string): StoredRecord => {
  const found = live('0-2').find((record) => record.properties.name === name);
  if (!found) throw new Error(`no ${name}`);
  return found;
};
const of = (type: string, record: StoredRecord): StoredRecord[] =>
  linked(portal.links, '0-2', record.id, type).flatMap((id) => portal.types.get(type)?.records.get(id) ?? []);
const number = (record: StoredRecord | undefined, name: string): number => Number(record?.properties[name]);
const mrr = (record: StoredRecord, month: string): number =>
  of('2-101', record)
    .filter((row) => row.properties.target_month === `${month}-01`)
    .reduce((sum, row) => sum + number(row, 'amount'), 0);
const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;

const fingerprint = (state: PortalState): string => {
  const hash = createHash('sha256');
  for (const type of state.types.values()) for (const record of type.records.values()) hash.update(JSON.stringify(record));
  for (const [key, byFrom] of state.links) hash.update(key + JSON.stringify([...byFrom]));
  return hash.digest('hex');
};

describe('the seeded portal', () => {
  it('is the same for the same seed, another for another', () => {
    const again = seedPortal({ asOf: AS_OF });
    expect(fingerprint(again)).toBe(fingerprint(portal));
    expect(fingerprint(seedPortal({ asOf: AS_OF, seed: 2 }))).not.toBe(fingerprint(portal));
  });

  it('keeps ids, names and links when the day moves on', () => {
    const later = seedPortal({ asOf: addDays(AS_OF, 37) });
    for (const [id, type] of portal.types) expect(later.types.get(id)?.order).toEqual(type.order);
    expect([...later.links]).toEqual([...portal.links]);
    expect(records(later, '0-2').map((record) => record.properties.name)).toEqual(
      records(portal, '0-2').map((record) => record.properties.name),
    );
  });

  it('has 240 companies with different names and domains: customers, churned with a reason, prospects', () => {
    const companies = live('0-2');
    expect(companies).toHaveLength(240);
    expect(new Set(companies.map((record) => record.properties.name)).size).toBe(240);
    expect(new Set(companies.map((record) => record.properties.domain)).size).toBe(240);
    expect(companies.every((record) => record.properties.domain?.endsWith('.example'))).toBe(true);
    const stage = (...names: string[]) => companies.filter((record) => names.includes(record.properties.lifecyclestage ?? ''));
    expect(stage('customer').length).toBeGreaterThan(180);
    expect(stage('lead', 'opportunity').length).toBeGreaterThan(10);
    const churned = companies.filter((record) => record.properties.churned_on);
    expect(churned.length).toBeGreaterThan(12);
    for (const record of churned) expect(record.properties.churn_reason).toMatch(/^[a-z]+$/);
    expect(new Set(churned.map((record) => record.properties.churn_reason)).size).toBeGreaterThan(3);
  });

  it('gives each of four managers a book of 40 to 60 customers', () => {
    const books = new Map<string, number>();
    for (const record of live('0-2').filter((one) => one.properties.lifecyclestage === 'customer' && !one.properties.churned_on)) {
      const owner = record.properties.csm_owner ?? '';
      books.set(owner, (books.get(owner) ?? 0) + 1);
    }
    expect([...books.keys()].toSorted()).toEqual(['76400011', '76400012', '76400013', '76400014']);
    for (const size of books.values()) expect(size >= 40 && size <= 60).toBe(true);
  });

  it('is never ahead of its day, on any weekday or end of month', () => {
    for (const day of ['2026-11-21', '2026-11-23', '2026-12-01', '2027-02-28', '2028-02-29', '2026-12-31'] as Day[]) {
      const state = seedPortal({ asOf: day, companies: 60 });
      for (const type of state.types.values()) {
        for (const record of type.records.values()) {
          expect(dayOf(record.createdAt, 'Asia/Tokyo') <= day).toBe(true);
          expect(dayOf(record.updatedAt, 'Asia/Tokyo') <= day).toBe(true);
          for (const entries of Object.values(record.history ?? {})) {
            expect(entries.map((entry) => entry.timestamp)).toEqual(entries.map((entry) => entry.timestamp).toSorted((a, b) => a - b));
          }
        }
      }
      const weeks = [...(state.types.get('2-102')?.records.values() ?? [])].map((record) => record.properties.week_start ?? '');
      expect(weeks.every((week) => new Date(week).getUTCDay() === 1 && addDays(week as Day, 6) < day)).toBe(true);
    }
  });

  it('knows every property that it sets', () => {
    for (const type of portal.types.values()) {
      for (const record of type.records.values()) {
        for (const name of Object.keys(record.properties)) expect(type.properties.has(name) ? '' : `${type.id} ${name}`).toBe('');
      }
    }
  });

  it('is found by English names too', () => {
    const english = seedPortal({ asOf: AS_OF, companies: 3, naming: 'en' });
    const first = records(english, '0-2')[0];
    expect(first?.properties).toMatchObject({ customer_success_manager: '76400011', renewal_date: '2027-01-31' });
    expect(english.types.get('2-101')?.custom?.labels.singular).toBe('MRR Record');
    expect(Object.keys(records(english, '2-101')[0]?.properties ?? {})).toEqual(expect.arrayContaining(['month', 'mrr', 'product_name']));
    for (const type of english.types.values())
      for (const property of type.properties.values()) expect(property.hubspotDefined || !/[ぁ-ん一-龥]/.test(property.label)).toBe(true);
  });
});

describe('the stories', () => {
  it('あおば: unused for 42 days with a high contract, champion gone', () => {
    for (let shift = 0; shift < 7; shift += 1) {
      const day = addDays(AS_OF, shift);
      const rows = records(seedPortal({ asOf: day, companies: 1 }), '2-102');
      const used = rows.map((row) => row.properties.last_used_on ?? '').toSorted();
      expect(daysBetween(used.at(-1) as Day, day)).toBe(42);
      const unused = rows.filter((row) => row.properties.logins === '0');
      expect(unused.length).toBeGreaterThanOrEqual(5);
      for (const row of unused) expect(daysBetween(row.properties.week_start as Day, day)).toBeLessThan(42);
    }
    const aoba = company('株式会社あおば');
    expect(number(aoba, 'contract_value')).toBe(6_000_000);
    expect([mrr(aoba, '2026-08'), mrr(aoba, '2026-11')]).toEqual([550_000, 500_000]);
    expect(of('0-1', aoba).find((contact) => contact.properties.cs_role === 'champion')?.properties.left_on).toBe('2026-10-09');
  });

  it('Northwind: logins 41 → 22 a week, 11 of 36 seats, MRR −6 %, NPS falling, renewal in 62 days', () => {
    const northwind = company('Northwind Logistics K.K.');
    const weeks = of('2-102', northwind).toReversed();
    expect(Math.round(mean(weeks.slice(0, 4).map((row) => number(row, 'logins'))))).toBe(22);
    expect(Math.round(mean(weeks.slice(4, 12).map((row) => number(row, 'logins'))))).toBe(41);
    expect(weeks.slice(0, 4).map((row) => number(row, 'active_users'))).toEqual([11, 11, 11, 11]);
    expect(number(northwind, 'seats')).toBe(36);
    expect(Math.round((mrr(northwind, '2026-11') / mrr(northwind, '2026-08') - 1) * 1_000) / 10).toBeCloseTo(-6.3, 0);
    const scores = of('0-1', northwind)
      .flatMap((contact) => linked(portal.links, '0-1', contact.id, '0-19'))
      .flatMap((id) => portal.types.get('0-19')?.records.get(id) ?? [])
      .filter((survey) => survey.properties.hs_survey_type === 'NPS');
    expect(scores.map((survey) => survey.properties.hs_value)).toEqual(['9', '5']);
    expect(daysBetween(AS_OF, northwind.properties.contract_renewal_date as Day)).toBe(62);
  });

  it('the others: growing small, no feed, dropped product, ticket wave, notice, not activated, gap, return', () => {
    const hibari = company('ひばりクラウド');
    expect(mrr(hibari, '2026-11') / mrr(hibari, '2025-11')).toBeGreaterThan(3);
    expect(of('2-102', company('丸窓百貨'))).toEqual([]);
    const sakura = company('さくら印刷');
    expect([mrr(sakura, '2026-08'), mrr(sakura, '2026-09')]).toEqual([60_000, 30_000]);
    const recent = of('0-5', company('みなと物流ホールディングス')).filter(
      (ticket) => daysBetween(dayOf(ticket.createdAt, 'Asia/Tokyo'), AS_OF) <= 30,
    );
    expect(recent.length).toBeGreaterThanOrEqual(5);
    expect(recent.some((ticket) => ticket.properties.content?.includes('値上げ'))).toBe(true);
    expect(company('Tidewater Press').properties.notice_given_on).toBe('2026-11-09');
    expect(number(of('2-102', company('Larkspur Foods')).at(-1), 'active_users') / 25).toBeLessThan(0.2);
    const months = of('2-101', company('霧笛ケアサービス'));
    expect(months).toHaveLength(29);
    expect(mrr(company('ミカヅキ製菓'), '2026-01')).toBe(0);
    expect(mrr(company('ミカヅキ製菓'), '2026-11')).toBe(135_000);
  });

  it('has names that try things, and MRR that nobody can read', () => {
    const names = live('0-2').map((record) => record.properties.name ?? '');
    const tries = ['\u001b]52', '\u001b[31m', '\u202e', '\u200d', '\u0000', '\u009b'];
    for (const part of tries) expect(names.some((name) => name.includes(part))).toBe(true);
    for (const start of ['=', '+', '@', '＝']) expect(names.some((name) => name.startsWith(start))).toBe(true);
    expect(names.some((name) => name.length === 80)).toBe(true);
    const amounts = records(portal, '2-101').map((record) => record.properties.amount ?? '');
    for (const amount of ['', 'N/A', '12,34', '￥５００，０００', '500,000', '-30000']) expect(amounts).toContain(amount);
    expect(records(portal, '2-101').some((record) => record.properties.currency === 'USD')).toBe(true);
  });

  it('has no way from companies to surveys but through contacts and tickets', () => {
    expect([...portal.links.keys()].filter((key) => key.includes('0-19')).toSorted()).toEqual(
      ['0-19>0-1', '0-19>0-5', '0-1>0-19', '0-5>0-19'].toSorted(),
    );
  });
});
