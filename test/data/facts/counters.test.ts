/** Totals on contacts tell when they grew by their history alone. */
import { describe, expect, it } from 'vitest';
import { assembleAccount } from '../../../src/data/facts/assemble.ts';
import { portalFeeds } from '../../../src/data/facts/feeds.ts';
import { context, rawAccount, record } from './raw.ts';

const base = context();
const facts = context({
  mapping: { ...base.mapping, 'web.visits': 'visits', 'email.sent': 'sent', 'email.opened': 'opened', 'survey.sentOn': 'surveyed' },
  propertyTypes: { ...base.propertyTypes, contacts: { surveyed: 'date' } },
});
const assemble = (properties: Record<string, string>, history: Record<string, readonly (readonly [string, string])[]> = {}) =>
  assembleAccount(rawAccount({ contacts: [record('contacts', { email: 'a@sample.example', ...properties }, { history })] }), facts);
const contactOf = (...parts: Parameters<typeof assemble>) => assemble(...parts).account.contacts[0];

describe('a total', () => {
  it('is dated in the portal’s zone, oldest step first', () => {
    const history = { visits: [['3', '2026-11-02T16:00:00Z'] as const, ['1', '2026-10-01T00:00:00Z'] as const] };
    expect(contactOf({ visits: '3' }, history)?.counters).toMatchObject({
      visits: [
        { on: '2026-10-01', total: 1 },
        { on: '2026-11-03', total: 3 },
      ],
    });
  });

  it('without history says nothing, and an empty one that nothing happened', () => {
    expect(contactOf({ visits: '57', sent: '' })?.counters).toEqual({ emailsSent: [], emailsOpened: [] });
  });

  it('lets the account be seen in its feed, and dates the feed', () => {
    const { account } = assemble({ sent: '2' }, { sent: [['2', '2026-11-01T00:00:00Z']] });
    expect(account.matched).toContain('email');
    expect(account.matched).not.toContain('web');
    const feeds = portalFeeds([account], facts);
    expect(feeds.email).toMatchObject({ mapped: true, polled: false, activeDays: ['2026-11-01'] });
    expect(feeds.web).toMatchObject({ mapped: true, activeDays: [] });
    expect(portalFeeds([account], base).web.mapped).toBe(false);
  });
});

describe('the log of surveys sent', () => {
  it('is every day that the property was set to, each once', () => {
    const history = {
      surveyed: [
        ['2026-05-01', '2026-05-01T01:00:00Z'],
        ['2026-10-01', '2026-10-01T01:00:00Z'],
        ['2026-10-01', '2026-10-03T01:00:00Z'],
      ],
    } as const;
    expect(contactOf({ surveyed: '2026-10-01' }, history)?.surveyedOn).toEqual([
      { on: '2026-05-01', knownAt: '2026-05-01' },
      { on: '2026-10-01', knownAt: '2026-10-01' },
    ]);
  });

  it('is empty where nothing was sent, and absent where nobody keeps it', () => {
    expect(contactOf({})?.surveyedOn).toEqual([]);
    expect(assembleAccount(rawAccount({ contacts: [record('contacts')] }), base).account.contacts[0]?.surveyedOn).toBeUndefined();
  });
});
