import { describe, expect, it } from 'vitest';
import { assembleAccount } from '../../../src/data/facts/assemble.ts';
import type { FactsContext } from '../../../src/data/facts/context.ts';
import { portalFeeds } from '../../../src/data/facts/feeds.ts';
import { plainTouch } from '../../../src/data/facts/plain.ts';
import type { RawAccount } from '../../../src/data/store/types.ts';
import { at, context, rawAccount, record } from './raw.ts';

function feeds(raws: readonly Partial<RawAccount>[], more: Partial<FactsContext> = {}) {
  const facts = context(more);
  return portalFeeds(
    raws.map((raw) => assembleAccount(rawAccount(raw), facts).account),
    facts,
  );
}

describe('portalFeeds', () => {
  it('says on which days somebody’s data came, each from when it was known', () => {
    const week = (start: string, createdAt: string) => record('2-102', { week_start: start, logins: '1' }, { createdAt: at(createdAt) });
    const { usage } = feeds([
      { usage: [week('2026-11-09', '2026-11-15T20:00:00Z'), week('2026-11-02', '2026-11-15T20:00:00Z')] },
      { usage: [week('2026-10-26', '2026-10-20T00:00:00Z')] },
    ]);
    expect(usage).toEqual({ mapped: true, polled: false, activeDays: ['2026-10-26', '2026-11-16'], unavailable: null });
  });

  it('goes by the day of use where a company property has no history', () => {
    const { usage } = feeds(
      [{ company: record('companies', { last: '2026-11-25' }) }, { company: record('companies', { last: '2026-11-01' }) }],
      {
        mapping: { 'usage.lastUsedOn': 'last' },
      },
    );
    expect(usage.activeDays).toEqual(['2026-11-20', '2026-11-25']);
  });

  it('knows what nobody mapped', () => {
    const { mrr, contract, usage, survey, billing, support, web } = feeds([], {
      mapping: { customers: 'all', 'usage.object': '2-102', 'usage.logins': 'logins' },
    });
    expect([mrr, contract, usage, survey, billing, web].map((feed) => feed.mapped)).toEqual([false, false, false, false, false, false]);
    expect(support.mapped).toBe(true);
  });

  it('names what is missing to read a feed; one kind of activity is enough', () => {
    const scopes = (unavailable: Record<string, string>) => feeds([], { unavailable });
    expect(scopes({ tickets: 'tickets' }).support.unavailable).toBe('tickets');
    expect(scopes({ '2-101': 'crm.objects.custom.read' }).mrr.unavailable).toBe('crm.objects.custom.read');
    expect(scopes({ emails: 'sales-email-read' }).engagement.unavailable).toBeNull();
    expect(scopes({ meetings: 'a', calls: 'b' }).engagement.unavailable).toBe('b');
  });

  it('an account is matched to what cannot be read only where it was read before', () => {
    const unavailable = { tickets: 'tickets' };
    const matched = (raw: Partial<RawAccount>) => assembleAccount(rawAccount(raw), context({ unavailable })).account.matched;
    expect(matched({})).not.toContain('support');
    expect(matched({ tickets: [record('tickets', {})] })).toContain('support');
  });
});

describe('plainTouch', () => {
  it('makes words of HTML, and a note’s first line its title', () => {
    expect(plainTouch({ title: '', body: '<p>更新の相談</p><p>来週 <b>再訪</b> &amp; 見積</p>' })).toEqual({
      title: '更新の相談',
      body: '来週 再訪 & 見積',
    });
    expect(plainTouch({ title: 'Call', body: 'a<br>b' })).toEqual({ title: 'Call', body: 'a\nb' });
    expect(plainTouch({ title: '', body: null })).toEqual({ title: '', body: null });
    expect(plainTouch({ title: '', body: 'ref 12: a<br><br>ref6eg55yq69f9m' })).toEqual({ title: 'ref 12: a', body: null });
    expect(plainTouch({ title: 'Call', body: 'see ref6eg55yq69f9m of May' })).toEqual({
      title: 'Call',
      body: 'see ref6eg55yq69f9m of May',
    });
  });
});
