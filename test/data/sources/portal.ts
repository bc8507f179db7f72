/** One vendor's contracts written down in a portal in each of the ways in which portals keep MRR. */
import { newRecord } from '../../../src/data/demo/apply.ts';
import { CREATEDATE, envelope, own, type Row, standard } from '../../../src/data/demo/portal/property.ts';
import { type CustomSchema, emptyType, insertRecord, linkNew, type PortalState, type StoredRecord } from '../../../src/data/demo/state.ts';
import { plusMonths } from '../../../src/revenue/running.ts';
import type { Mapping } from '../../../src/settings/mapping.ts';
import { type Day, daysBetween, firstDay, type Instant } from '../../../src/units/day.ts';
import { type Contract, dayOfMonth, isRunning, MONTHS, MONTHS_OF, STORIES, type Story, TODAY } from './contracts.ts';

export type Source = 'custom-object' | 'line-items' | 'deal-properties' | 'subscriptions' | 'company-property' | 'csv';

export const ZONE = 'Asia/Tokyo';
export const MRR_OBJECT = '2-201';

/** Noon of the portal's day. */
export const noon = (day: Day): Instant => Date.parse(`${day}T12:00:00+09:00`) as Instant;

const named = (name: string) => ({ name, label: name });

const ACTIVITY_TYPES = ['0-27', '0-46', '0-47', '0-48', '0-49'];

const DEAL_ROWS: readonly Row[] = [
  CREATEDATE,
  ['dealname', 'Deal Name', 'string'],
  ['amount', 'Amount', 'money'],
  ['dealstage', 'Deal Stage', 'string'],
  ['pipeline', 'Pipeline', 'string'],
  ['closedate', 'Close Date', 'datetime'],
  ['deal_currency_code', 'Currency', 'string'],
  ['recurring_revenue_amount', 'Recurring revenue amount', 'money'],
  ['recurring_revenue_deal_type', 'Recurring revenue deal type', 'string'],
  ['recurring_revenue_inactive_date', 'Recurring revenue inactive date', 'date'],
  ['recurring_revenue_inactive_reason', 'Recurring revenue inactive reason', 'string'],
];

const ITEM_ROWS: readonly Row[] = [
  ['name', 'Name', 'string'],
  ['quantity', 'Quantity', 'number'],
  ['price', 'Unit price', 'money'],
  ['amount', 'Net price', 'money'],
  ['discount', 'Unit discount', 'money'],
  ['hs_discount_percentage', 'Discount percentage', 'number'],
  ['hs_mrr', 'Monthly recurring revenue', 'money'],
  ['hs_line_item_currency_code', 'Currency', 'string'],
  ['recurringbillingfrequency', 'Billing frequency', 'string'],
  ['hs_recurring_billing_start_date', 'Billing start date', 'date'],
  ['hs_recurring_billing_period', 'Term', 'string'],
  ['hs_recurring_billing_number_of_payments', 'Number of payments', 'number'],
];

const SUBSCRIPTION_ROWS: readonly Row[] = [
  ['hs_name', 'Name', 'string'],
  ['hs_status', 'Status', 'string'],
  ['hs_mrr', 'MRR', 'money', { calculated: true, readOnly: true }],
  ['hs_currency_code', 'Currency', 'string'],
  ['hs_recurring_billing_start_date', 'Start', 'date'],
];

export interface Hubs {
  /** Standard types that this portal lacks. */
  readonly without?: readonly string[];
}

export function emptyPortal({ without = [] }: Hubs = {}): PortalState {
  const custom: CustomSchema = {
    name: 'mrr_record',
    labels: { singular: '月次MRR', plural: '月次MRR' },
    primaryDisplayProperty: 'target_month',
    requiredProperties: [],
    associatedObjects: ['0-2'],
    createdAt: 0 as Instant,
  };
  const rows = (group: string, list: readonly Row[]) => [...envelope(group), ...standard(group, list)];
  const types = [
    emptyType('0-1', envelope('contactinformation', 'lastmodifieddate')),
    emptyType('0-2', [
      ...rows('companyinformation', [
        CREATEDATE,
        ['name', 'Company name', 'string'],
        ['domain', 'Domain', 'string'],
        ['lifecyclestage', 'Lifecycle Stage', 'string'],
      ]),
      ...own('companyinformation', [
        [named('monthly_fee'), 'money'],
        [named('fee_currency'), 'string'],
      ]),
    ]),
    emptyType('0-3', [...rows('dealinformation', DEAL_ROWS), ...own('dealinformation', [[named('sold_product'), 'string']])]),
    emptyType('0-5', rows('ticketinformation', [CREATEDATE])),
    emptyType('0-8', rows('lineiteminformation', ITEM_ROWS)),
    emptyType('0-14', rows('quoteinformation', [['hs_title', 'Title', 'string']])),
    emptyType('0-19', envelope('feedback')),
    ...ACTIVITY_TYPES.map((id) => emptyType(id, rows('engagement', [['hs_timestamp', 'Activity date', 'datetime']]))),
    emptyType('0-69', [...rows('subscription', SUBSCRIPTION_ROWS), ...own('subscription', [[named('sold_product'), 'string']])]),
    emptyType(
      MRR_OBJECT,
      [
        ...envelope('mrr'),
        ...own('mrr', [
          [named('target_month'), 'date'],
          [named('mrr_amount'), 'money'],
          [named('mrr_product'), 'string'],
          [named('mrr_currency'), 'string'],
        ]),
      ],
      custom,
    ),
  ].filter(({ id }) => !without.includes(id));
  return {
    account: {
      portalId: 4_711,
      accountType: 'DEVELOPER_TEST',
      timeZone: ZONE,
      companyCurrency: 'JPY',
      additionalCurrencies: ['USD'],
      utcOffset: '+09:00',
      utcOffsetMilliseconds: 32_400_000,
      uiDomain: 'app.hubspot.com',
      dataHostingLocation: 'na1',
    },
    owners: [],
    types: new Map(types.map((type) => [type.id, type])),
    links: new Map(),
    pipelines: {
      tickets: [],
      deals: [
        {
          id: 'renewals',
          label: '契約',
          stages: [
            { id: '9100', label: '提案', metadata: { isClosed: 'false', probability: '0.4' } },
            // A stage that is sure, and not closed: not won.
            { id: '9101', label: '内示', metadata: { isClosed: 'false', probability: '1.0' } },
            { id: '9102', label: '受注', metadata: { isClosed: 'true', probability: '1.0' } },
            { id: '9103', label: '失注', metadata: { isClosed: 'true', probability: '0.0' } },
          ],
        },
      ],
    },
  };
}

/** Adds records with ids that count up, whatever their type. */
export class Writer {
  readonly portal: PortalState;
  private next = 1_000;
  constructor(portal: PortalState) {
    this.portal = portal;
  }
  add(type: string, on: Day, properties: Record<string, string>, links: readonly (readonly [string, StoredRecord])[] = []): StoredRecord {
    const state = this.portal.types.get(type);
    if (!state) throw new Error(`no type ${type}`);
    this.next += 1;
    const record = newRecord(String(this.next), noon(on), properties);
    insertRecord(state, record);
    for (const [other, linked] of links) linkNew(this.portal.links, type, record.id, other, linked.id);
    return record;
  }
  company(name: string): StoredRecord {
    return this.add('0-2', '2024-05-20' as Day, {
      name,
      domain: `${name.replaceAll(/[^a-z0-9]+/g, '-')}.example`,
      lifecyclestage: 'customer',
    });
  }
}

const entry = (value: string, on: Day) => ({ value, timestamp: noon(on), sourceType: 'API', sourceId: null });

export function mappingOf(source: Source): Mapping {
  const base = { customers: 'all', 'mrr.source': source } as const;
  switch (source) {
    case 'custom-object':
      return {
        ...base,
        'mrr.object': MRR_OBJECT,
        'mrr.month': 'target_month',
        'mrr.amount': 'mrr_amount',
        'mrr.product': 'mrr_product',
        'mrr.currency': 'mrr_currency',
      };
    case 'company-property':
      return { ...base, 'mrr.amount': 'monthly_fee', 'mrr.currency': 'fee_currency' };
    case 'deal-properties':
    case 'subscriptions':
      return { ...base, 'mrr.product': 'sold_product' };
    default:
      return base;
  }
}

/** The portal, and for `csv` the file beside it. */
export function expressed(source: Source): { readonly portal: PortalState; readonly csv: string } {
  const writer = new Writer(emptyPortal());
  const lines = ['domain,month,amount,currency,product'];
  for (const [index, story] of STORIES.entries()) {
    const company = writer.company(`account ${index}`);
    if (source === 'csv') lines.push(...csvRows(story, company.properties.domain ?? ''));
    else WRITERS[source](writer, company, story);
  }
  return { portal: writer.portal, csv: `${lines.join('\r\n')}\r\n` };
}

const WRITERS: Readonly<Record<Exclude<Source, 'csv'>, (writer: Writer, company: StoredRecord, story: Story) => void>> = {
  'custom-object': (writer, company, story) => {
    for (const { month, product, currency, amount } of monthlyRows(story))
      writer.add(
        MRR_OBJECT,
        dayOfMonth(month),
        {
          target_month: firstDay(month),
          mrr_amount: String(amount),
          mrr_product: product,
          ...(currency === 'JPY' ? {} : { mrr_currency: currency }),
        },
        [['0-2', company]],
      );
  },
  'line-items': lineItems,
  'deal-properties': (writer, company, story) => {
    for (const one of story.contracts)
      writer.add(
        '0-3',
        one.from < TODAY ? one.from : TODAY,
        {
          ...deal(one, '9102'),
          sold_product: one.product,
          recurring_revenue_amount: String(one.monthly),
          recurring_revenue_deal_type: 'NEW_BUSINESS',
          ...(one.until === null ? {} : { recurring_revenue_inactive_date: one.until, recurring_revenue_inactive_reason: 'CHURNED' }),
        },
        [['0-2', company]],
      );
    writer.add('0-3', '2026-01-10' as Day, { dealstage: '9100', pipeline: 'renewals', recurring_revenue_amount: '1000000' }, [
      ['0-2', company],
    ]);
  },
  subscriptions,
  'company-property': (_, company, { contracts }) => {
    const currency = contracts[0]?.currency ?? 'JPY';
    const changes = [...new Set(contracts.flatMap(({ from, until }) => (until === null ? [from] : [from, until])))]
      .sort()
      .filter((day) => day <= TODAY);
    const values = changes.map(
      (day) => [day, contracts.filter((one) => isRunning(one, day)).reduce((sum, one) => sum + one.monthly, 0)] as const,
    );
    if (values.length === 0) return;
    // In no order, and with the same value twice, as histories of merged records have it.
    const entries = values.flatMap(([day, value]) => [
      entry(value === 0 ? '' : String(value), day),
      entry(value === 0 ? '' : String(value), day),
    ]);
    company.history = { monthly_fee: entries.toReversed() };
    company.properties.monthly_fee = entries.at(-1)?.value ?? '';
    if (currency !== 'JPY') company.properties.fee_currency = currency;
  },
};

const deal = (one: Contract, stage: string): Record<string, string> => ({
  dealname: one.product,
  dealstage: stage,
  pipeline: 'renewals',
  closedate: new Date(noon(one.from)).toISOString(),
  deal_currency_code: one.currency,
});

/** Written in turn with HubSpot's own MRR, the net amount, or price, quantity and a discount. */
function priced(one: Contract, turn: number): Record<string, string> {
  const total = one.monthly * MONTHS_OF[one.billing];
  switch (turn % 4) {
    case 0:
      return { hs_mrr: String(one.monthly), amount: String(total), quantity: '1', price: String(total) };
    case 1:
      return { amount: String(total) };
    case 2:
      return { price: String(total / 2 / 0.8), quantity: '2', hs_discount_percentage: '20' };
    default:
      return { price: String(total + 500), quantity: '1', discount: '500' };
  }
}

/** The term as months where it is whole ones, as payments where it is those, else as days. */
function term(one: Contract, turn: number): Record<string, string> {
  if (one.until === null) return {};
  for (let months = 1; months <= 60; months += 1) {
    if (plusMonths(one.from, months) !== one.until) continue;
    const every = MONTHS_OF[one.billing];
    if (turn % 2 === 1 && months % every === 0) return { hs_recurring_billing_number_of_payments: String(months / every) };
    return { hs_recurring_billing_period: months % 12 === 0 ? `P${months / 12}Y` : `P${months}M` };
  }
  return { hs_recurring_billing_period: `P${daysBetween(one.from, one.until)}D` };
}

function lineItems(writer: Writer, company: StoredRecord, story: Story): void {
  const item = (one: Contract, turn: number): Record<string, string> => ({
    name: one.product,
    recurringbillingfrequency: one.billing,
    hs_recurring_billing_start_date: one.from,
    ...(one.currency === 'JPY' ? {} : { hs_line_item_currency_code: one.currency }),
    ...priced(one, turn),
    ...term(one, turn),
  });
  for (const [turn, one] of story.contracts.entries()) {
    const made = one.from < TODAY ? one.from : TODAY;
    const won = writer.add('0-3', made, deal(one, '9102'), [['0-2', company]]);
    writer.add('0-8', made, item(one, turn), [['0-3', won]]);
    // The quote holds a copy of it, and the set-up is paid once.
    const quote = writer.add('0-14', made, { hs_title: 'quote' }, [['0-3', won]]);
    writer.add('0-8', made, item(one, turn), [['0-14', quote]]);
    writer.add('0-8', made, { name: 'Set-up', amount: '300000', hs_recurring_billing_start_date: one.from }, [['0-3', won]]);
    for (const stage of ['9100', '9101', '9103']) {
      const other = writer.add('0-3', made, deal(one, stage), [['0-2', company]]);
      writer.add('0-8', made, item(one, turn), [['0-3', other]]);
    }
  }
}

/** A change of price in the same product is one subscription with another amount from that day on. */
function subscriptions(writer: Writer, company: StoredRecord, story: Story): void {
  const chains: Contract[][] = [];
  for (const one of story.contracts.toSorted((a, b) => (a.from < b.from ? -1 : 1))) {
    const before = chains.find((chain) => chain.at(-1)?.product === one.product && chain.at(-1)?.until === one.from);
    if (before) before.push(one);
    else chains.push([one]);
  }
  for (const [turn, chain] of chains.entries()) {
    const first = chain[0];
    const last = chain.at(-1);
    if (!first || !last || first.from > TODAY) {
      if (first)
        writer.add('0-69', TODAY, { hs_status: 'scheduled', hs_mrr: String(first.monthly), hs_recurring_billing_start_date: first.from }, [
          ['0-2', company],
        ]);
      continue;
    }
    const gone = last.until !== null && last.until <= TODAY;
    const record = writer.add(
      '0-69',
      first.from,
      {
        hs_name: `${first.product} subscription`,
        sold_product: first.product,
        hs_currency_code: first.currency,
        hs_recurring_billing_start_date: first.from,
        hs_mrr: String(last.monthly),
        hs_status: gone ? (['canceled', 'expired', 'paused'][turn % 3] ?? 'canceled') : 'active',
      },
      [['0-2', company]],
    );
    const status = [entry('scheduled', '2024-05-25' as Day), entry('active', first.from)];
    // Behind with a payment, and still a customer.
    if (first.until === null || first.until > '2026-06-12') status.push(entry('past_due', later(first.from, '2026-06-10' as Day)));
    if (last.until !== null && last.until <= TODAY) status.push(entry(record.properties.hs_status ?? '', last.until));
    record.history = {
      hs_mrr: chain.filter(({ from }) => from <= TODAY).map((one) => entry(String(one.monthly), one.from)),
      hs_status: status,
    };
  }
}

const later = (a: Day, b: Day): Day => {
  if (a < b) return b;
  return a;
};

/** A row for each contract and month; a hole is written down as 0, since a missing month is taken for a slip. */
const monthlyRows = (story: Story) =>
  MONTHS.flatMap((month) => {
    const running = story.contracts.filter((one) => isRunning(one, dayOfMonth(month)));
    const hole = story.contracts.filter((one) => one.until !== null && one.until <= dayOfMonth(month)).slice(0, 1);
    return running.length > 0
      ? running.map((one) => ({ month, product: one.product, currency: one.currency, amount: one.monthly }))
      : hole.map((one) => ({ month, product: one.product, currency: one.currency, amount: 0 }));
  });

const csvRows = (story: Story, domain: string): string[] =>
  monthlyRows(story).map(
    ({ month, product, currency, amount }) => `${domain},${month},"${amount.toLocaleString('en-US')}",${currency},${product}`,
  );
