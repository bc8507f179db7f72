/** A portal that nobody has seen before: where it keeps MRR is found, and a sync by what was found reads it. */
import { describe, expect, it } from 'vitest';
import { checkAnswers, gatherDiscovery, proposeMapping } from '../../../src/data/hubspot/discovery.ts';
import { mrrByMonth, mrrIn } from '../../../src/revenue/series.ts';
import { monthOf } from '../../../src/units/day.ts';
import { toMajor } from '../../../src/units/money.ts';
import { value } from '../hubspot/make.ts';
import { STORIES, TODAY, trueMrr } from './contracts.ts';
import { emptyPortal, expressed, type Source } from './portal.ts';
import { stage } from './stage.ts';

const FOUND: readonly Source[] = ['custom-object', 'line-items', 'deal-properties', 'subscriptions', 'company-property'];

describe('discovery', () => {
  it.each(FOUND)('finds MRR by %s, and it comes to what it should', async (source) => {
    const theatre = await stage(expressed(source).portal);
    const discovery = value(await gatherDiscovery(theatre.gateway));
    const { mapping } = proposeMapping(discovery, { customers: 'all' });
    expect(mapping['mrr.source']).toBe(source);
    await theatre.sync(mapping);
    const { accounts } = await theatre.read(mapping);
    const total = accounts.reduce((sum, account) => {
      const series = mrrByMonth(account, { month: monthOf(TODAY), knownBy: null, currency: 'JPY', fillGaps: 1, duplicates: 'all' });
      return series.foreign ? sum : sum + toMajor(mrrIn(series, monthOf(TODAY)) ?? (0 as never));
    }, 0);
    const truth = STORIES.filter(({ name }) => name !== 'dollars').reduce((sum, story) => sum + (trueMrr(story).at(-1) ?? 0), 0);
    expect(total).toBe(truth);
  });

  it('finds none where there is none, and offers a file', async () => {
    const theatre = await stage(emptyPortal());
    const discovery = value(await gatherDiscovery(theatre.gateway));
    expect(discovery.candidates['mrr.source']?.map(({ value: source }) => source)).toEqual(['company-property', 'custom-object', 'csv']);
    const bare = await stage(emptyPortal({ without: ['2-201', '0-8', '0-69', '0-3'] }));
    const none = value(await gatherDiscovery(bare.gateway));
    expect(none.candidates['mrr.source']?.map(({ value: source }) => source)).toEqual(['company-property', 'csv']);
  });

  it('checks answers against the object of the source', async () => {
    const theatre = await stage(expressed('deal-properties').portal);
    const discovery = value(await gatherDiscovery(theatre.gateway));
    const check = (answers: Record<string, string>) => checkAnswers(answers, discovery);
    expect(check({ 'mrr.source': 'deal-properties', 'mrr.product': 'sold_product', 'mrr.end': 'closedate' })).toMatchObject({ ok: true });
    expect(check({ 'mrr.source': 'deal-properties', 'mrr.amount': 'recuring_revenue_amount' })).toMatchObject({
      error: [{ key: 'mrr.amount', code: 'property', object: 'deals', suggestions: expect.arrayContaining(['recurring_revenue_amount']) }],
    });
    expect(check({ 'mrr.source': 'deal-properties', 'mrr.start': 'recurring_revenue_amount' })).toMatchObject({
      error: [{ key: 'mrr.start', code: 'type' }],
    });
    expect(check({ 'mrr.source': 'invoices' })).toMatchObject({ error: [{ code: 'value' }] });
    expect(check({ 'usage.source': 'xlsx' })).toMatchObject({ error: [{ code: 'value' }] });
  });
});
