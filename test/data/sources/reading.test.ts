/** What a sync does with the places in which MRR is kept: missing scopes and hubs, changes, deletions. */
import { describe, expect, it } from 'vitest';
import { feedsContext } from '../../../src/book/facts-context.ts';
import { applyChange } from '../../../src/data/demo/apply.ts';
import { ALL_SCOPES } from '../../../src/data/demo/object-types.ts';
import { portalFeeds } from '../../../src/data/facts/feeds.ts';
import { mrrByMonth, mrrIn } from '../../../src/revenue/series.ts';
import { addDays, type Day, monthOf } from '../../../src/units/day.ts';
import { toMajor } from '../../../src/units/money.ts';
import { TODAY } from './contracts.ts';
import { emptyPortal, mappingOf, noon, type Source, Writer } from './portal.ts';
import { type Stage, stage } from './stage.ts';

const LINE_ITEMS = mappingOf('line-items');

function itemsPortal() {
  const writer = new Writer(emptyPortal());
  const company = writer.company('a');
  const deal = writer.add('0-3', '2026-01-10' as Day, { dealstage: '9102', pipeline: 'renewals', closedate: '2026-01-10T03:00:00Z' }, [
    ['0-2', company],
  ]);
  const item = (amount: string) =>
    writer.add('0-8', '2026-01-10' as Day, { name: 'Print', recurringbillingfrequency: 'monthly', amount }, [['0-3', deal]]);
  return { writer, company, deal, items: [item('100'), item('7')] as const };
}

async function mrrNow(theatre: Stage, mapping = LINE_ITEMS): Promise<number | null> {
  const { accounts } = await theatre.read(mapping);
  const [account] = accounts;
  if (!account) return null;
  const money = mrrIn(
    mrrByMonth(account, { month: monthOf(TODAY), knownBy: null, currency: 'JPY', fillGaps: 1, duplicates: 'all' }),
    monthOf(TODAY),
  );
  return money === null ? null : toMajor(money);
}

describe('line items', () => {
  it('follow their deal: lost, won again, changed, added and deleted', async () => {
    const { writer, deal, items } = itemsPortal();
    const theatre = await stage(writer.portal);
    const change = (type: string, id: string, properties: Record<string, string>) =>
      applyChange(writer.portal, { kind: 'update', type, id, at: theatre.now(), properties, touch: true });
    await theatre.sync(LINE_ITEMS);
    expect(await mrrNow(theatre)).toBe(107);
    theatre.wait(1);
    change('0-3', deal.id, { dealstage: '9103' });
    await theatre.sync(LINE_ITEMS);
    expect(await mrrNow(theatre)).toBeNull();
    theatre.wait(1);
    change('0-3', deal.id, { dealstage: '9102' });
    change('0-8', items[0].id, { amount: '200' });
    await theatre.sync(LINE_ITEMS);
    expect(await mrrNow(theatre)).toBe(207);
    theatre.wait(1);
    // HubSpot recalculates the deal when one of its items goes.
    applyChange(writer.portal, { kind: 'archive', type: '0-8', id: items[1].id, at: theatre.now() });
    change('0-3', deal.id, { amount: '200' });
    await theatre.sync(LINE_ITEMS);
    expect(await mrrNow(theatre)).toBe(200);
    theatre.wait(1);
    // And where nothing tells, the census does.
    applyChange(writer.portal, { kind: 'archive', type: '0-8', id: items[0].id, at: theatre.now() });
    theatre.wait(25);
    await theatre.sync(LINE_ITEMS);
    expect(await mrrNow(theatre)).toBeNull();
  });
});

describe('a place that may not be read', () => {
  it.each([
    ['line-items', 'crm.objects.line_items.read'],
    ['line-items', 'crm.objects.deals.read'],
    ['deal-properties', 'crm.objects.deals.read'],
    ['subscriptions', 'crm.objects.subscriptions.read'],
    ['custom-object', 'crm.objects.custom.read'],
  ] as const)('%s without %s degrades MRR, names the scope, and reads the rest', async (source: Source, scope) => {
    const theatre = await stage(itemsPortal().writer.portal, { scopes: ALL_SCOPES.filter((one) => one !== scope) });
    const mapping = mappingOf(source);
    expect(await theatre.sync(mapping)).toMatchObject({ complete: true, problem: null });
    const context = await feedsContext(theatre.cache, mapping);
    expect(portalFeeds([], context).mrr).toMatchObject({ mapped: true });
    expect(portalFeeds([], context).mrr.unavailable).toContain(scope);
    expect((await theatre.read(mapping)).accounts).toHaveLength(1);
  });

  it.each(['0-1', '0-3', '0-5', '0-8', '0-19', '0-27', '0-46', '0-47', '0-48', '0-49', '0-69', '2-201'])(
    'a portal without %s is read as far as it goes',
    async (missing) => {
      const source = missing === '2-201' ? 'custom-object' : missing === '0-69' ? 'subscriptions' : 'line-items';
      const writer = new Writer(emptyPortal({ without: [missing] }));
      writer.company('a');
      const theatre = await stage(writer.portal);
      expect(await theatre.sync(mappingOf(source))).toMatchObject({ complete: true });
      expect((await theatre.read(mappingOf(source))).accounts).toHaveLength(1);
    },
  );
});

describe('a company with 1,762 deals', () => {
  it('is read whole', async () => {
    const writer = new Writer(emptyPortal());
    const company = writer.company('large');
    for (let index = 0; index < 1_762; index += 1) {
      const on = addDays('2025-01-01' as Day, index % 300);
      const deal = writer.add('0-3', on, { dealstage: '9102', pipeline: 'renewals', closedate: new Date(noon(on)).toISOString() }, [
        ['0-2', company],
      ]);
      writer.add('0-8', on, { name: `Print ${index % 3}`, recurringbillingfrequency: 'monthly', amount: '1' }, [['0-3', deal]]);
    }
    const theatre = await stage(writer.portal);
    await theatre.sync(LINE_ITEMS);
    expect(await mrrNow(theatre)).toBe(1_762);
  });
});
