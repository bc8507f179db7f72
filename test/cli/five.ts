/** The history of docs/metrics.md as a portal, and the tables that the page works out from it. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { newRecord } from '../../src/data/demo/apply.ts';
import { MRR_TYPE } from '../../src/data/demo/portal/emitter.ts';
import { namesOf } from '../../src/data/demo/portal/naming.ts';
import { seedPortal } from '../../src/data/demo/portal/seed.ts';
import { insertRecord, linkNew, type PortalState, type StoredRecord } from '../../src/data/demo/state.ts';
import { addMonths, firstDay, type Instant, type Month, monthOf, monthsBetween } from '../../src/units/day.ts';
import { today } from './harness.ts';

const PAGE = readFileSync(join(import.meta.dirname, '../../docs/metrics.md'), 'utf8');
const LAST_ON_PAGE = '2026-11' as Month;

/** Rows of the page's table with that first heading; months are moved so that its last is this one. */
export function tableOf(heading: string): readonly Readonly<Record<string, string>>[] {
  const lines = PAGE.split('\n');
  const cells = (line: string): string[] =>
    line
      .split('|')
      .slice(1, -1)
      .map((cell) => cell.trim().replace(/^\d{4}-\d{2}$/, (month) => thisMonth(month as Month)));
  const head = lines.findIndex((line, index) => line.startsWith(`| ${heading} |`) && lines[index + 1]?.startsWith('|--'));
  if (head < 0) throw new Error(`the page has no table ${heading}`);
  const names = cells(lines[head] ?? '');
  const rows: Record<string, string>[] = [];
  for (const line of lines.slice(head + 2)) {
    if (!line.startsWith('|')) break;
    rows.push(Object.fromEntries(cells(line).map((cell, index) => [names[index] ?? '', cell])));
  }
  return rows;
}

const thisMonth = (month: Month): Month => addMonths(monthOf(today()), -monthsBetween(month, LAST_ON_PAGE));

export const NAMES = namesOf('en');
const at = (month: Month): Instant => Date.parse(`${firstDay(month)}T03:00:00Z`) as Instant;

export interface FiveLine {
  readonly company: string;
  readonly month: Month;
  readonly amount: string;
  readonly product?: string;
  readonly plan?: string;
  readonly currency?: string;
}

export interface FiveCompany {
  readonly name: string;
  readonly properties?: Readonly<Record<string, string>>;
}

/** Companies with MRR records and nothing else. */
export function revenuePortal(companies: readonly FiveCompany[], lines: readonly FiveLine[]): PortalState {
  const portal = seedPortal({ asOf: today(), companies: 0, naming: 'en' });
  let next = 60_000_000_001;
  const add = (type: string, on: Instant, properties: Record<string, string>): StoredRecord => {
    const state = portal.types.get(type);
    if (!state) throw new Error(`no object type ${type}`);
    const record = newRecord(String(next++), on, properties);
    insertRecord(state, record);
    return record;
  };
  const ids = new Map(
    companies.map(({ name, properties = {} }) => {
      const own = { name, domain: `${name}.example`, lifecyclestage: 'customer', ...properties };
      return [name, add('0-2', at(addMonths(monthOf(today()), -12)), own).id];
    }),
  );
  for (const { company, month, amount, product, plan, currency } of lines) {
    const record = add(MRR_TYPE, at(month), {
      [NAMES.mrrTitle.name]: `${company} ${month}`,
      [NAMES.mrrMonth.name]: firstDay(month),
      [NAMES.mrrAmount.name]: amount,
      ...(product === undefined ? {} : { [NAMES.mrrProduct.name]: product }),
      ...(plan === undefined ? {} : { [NAMES.mrrPlan.name]: plan }),
      ...(currency === undefined ? {} : { [NAMES.mrrCurrency.name]: currency }),
    });
    linkNew(portal.links, MRR_TYPE, record.id, '0-2', ids.get(company) ?? '');
  }
  return portal;
}

export const MAPPED = [
  ...['customers=all', 'mrr.source=custom-object', `mrr.object=${MRR_TYPE}`, `mrr.month=${NAMES.mrrMonth.name}`],
  ...[`mrr.amount=${NAMES.mrrAmount.name}`, `mrr.product=${NAMES.mrrProduct.name}`, `mrr.plan=${NAMES.mrrPlan.name}`],
  ...[`mrr.currency=${NAMES.mrrCurrency.name}`, `churn.reason=${NAMES.churnReason.name}`, `churn.on=${NAMES.churnedOn.name}`],
  ...['profile.industry=industry', 'profile.size=numberofemployees'],
].flatMap((one) => ['--map', one]);

export function fivePortal(): PortalState {
  const companies = tableOf('who').map((row) => ({
    name: row.who ?? '',
    properties: Object.fromEntries(
      Object.entries({
        industry: row.industry ?? '',
        numberofemployees: row.employees ?? '',
        [NAMES.churnReason.name]: row['churn reason'] ?? '',
      }).filter(([, value]) => value !== ''),
    ),
  }));
  const lines = tableOf('company').flatMap(({ company = '', product = '', plan = '', ...months }) =>
    Object.entries(months).flatMap(([month, amount]) => (amount === '' ? [] : [{ company, product, plan, month: month as Month, amount }])),
  );
  return revenuePortal(companies, lines);
}
