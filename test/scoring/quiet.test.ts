/** The five states of a feed for an account, and what is said of feeds that have stopped. */
import { describe, expect, it } from 'vitest';
import type { Account, PortalFeed } from '../../src/account.ts';
import { quietLine } from '../../src/book/quiet.ts';
import { quietFeeds } from '../../src/scoring/feeds.ts';
import { addDays } from '../../src/units/day.ts';
import { account, day, feedsOn, livingFeed, since, weeksUntil } from './portal.ts';
import { lineOf, missingOf, scoreOne } from './scored.ts';

const AS_OF = day('2026-11-22');
const feeds = feedsOn(AS_OF);
/** Spoke every day until so many days ago. */
const until = (daysAgo: number): PortalFeed => ({ ...livingFeed(AS_OF), activeDays: livingFeed(addDays(AS_OF, -daysAgo)).activeDays });

describe('a feed and an account are', () => {
  const seats = { seats: since('2024-01-01', 20) };
  const state = (facts: Partial<Account>, usage: PortalFeed = livingFeed(AS_OF)) => {
    const scored = scoreOne(account(facts), AS_OF, { feeds: { ...feeds, usage } });
    return missingOf(scored, 'usage.seat_util_low')?.state ?? lineOf(scored, 'usage.seat_util_low')?.points;
  };
  const quiet = weeksUntil('2026-08-30', [9, 9], { activeUsers: 15 });

  it('ok: the value counts', () => {
    expect(state({ attributes: seats, usage: weeksUntil(AS_OF, [9, 9], { activeUsers: 4 }) })).toBe(10);
  });
  it('zero: the feed speaks, knows the account, and nothing happened', () => {
    expect(state({ attributes: seats, usage: quiet })).toBe(10);
  });
  it('unmatched: the feed never saw the account', () => {
    expect(state({ attributes: seats, matched: ['mrr'] })).toBe('unmatched');
  });
  it('stale: silent for everybody, which is no alarm', () => {
    expect(state({ attributes: seats, usage: quiet }, until(20))).toBe('stale');
  });
  it('n/a: not connected, or it does not apply to the account', () => {
    expect(state({ attributes: seats, usage: quiet }, { ...livingFeed(AS_OF), mapped: false })).toBe('n/a');
    expect(state({ usage: quiet })).toBe('n/a');
  });
});

describe('feeds that have stopped', () => {
  const broken = { ...feeds, usage: until(5), mrr: until(200), survey: { ...livingFeed(AS_OF), unavailable: 'crm.objects.x' } };

  it('are told with their state and since when', () => {
    expect(quietFeeds(feeds, AS_OF)).toEqual([]);
    expect(quietFeeds(broken, AS_OF)).toEqual([
      { feed: 'mrr', state: 'stale', since: '2026-05-06', missing: null },
      { feed: 'usage', state: 'frozen', since: '2026-11-17', missing: null },
      { feed: 'survey', state: 'stale', since: null, missing: 'crm.objects.x' },
    ]);
    expect(quietFeeds({ ...feeds, web: { ...livingFeed(AS_OF), activeDays: [] } }, AS_OF)).toEqual([
      { feed: 'web', state: 'stale', since: null, missing: null },
    ]);
  });

  it('are one line in both languages, and none where all speak', () => {
    expect(quietLine([], 'en')).toBeNull();
    expect(quietLine(quietFeeds(broken, AS_OF), 'en')).toBe(
      'data has stopped: MRR since 6 May 2026 (not scored); usage since 17 Nov 2026 (last values still count); surveys, no permission: crm.objects.x',
    );
    expect(quietLine(quietFeeds(broken, AS_OF), 'ja')).toContain('利用状況 2026/11/17から（直近の値で判定中）');
  });
});
