import { expect, it } from 'vitest';
import type { Account } from '../../src/account.ts';
import { voiceOf } from '../../src/book/voice.ts';
import { DEFAULT_POLICY } from '../../src/scoring/policy-default.ts';
import type { Day } from '../../src/units/day.ts';

const day = (text: string): Day => text as Day;
const dated = (on: string, object: string, id: string) => ({ validAt: day(on), knownAt: day(on), source: { object, id } });

const account: Account = {
  id: '1',
  name: 'Sample',
  domain: null,
  ownerId: null,
  createdOn: day('2024-01-01'),
  attributes: {},
  mrr: [],
  usage: [],
  contacts: [],
  matched: [],
  tickets: [
    {
      ...dated('2026-11-02', 'tickets', '20'),
      subject: '料金が高いので解約を検討しています',
      closedOn: null,
      hoursToClose: null,
      priority: null,
      category: null,
      escalated: null,
      reopened: null,
      csat: null,
    },
  ],
  surveys: [
    { ...dated('2026-10-01', 'feedback_submissions', '30'), kind: 'nps', score: 3, who: 'Sato', comment: 'Too expensive for us' },
    { ...dated('2026-11-30', 'feedback_submissions', '31'), kind: 'nps', score: 9, who: null, comment: 'Not yet known' },
    { ...dated('2026-09-01', 'feedback_submissions', '32'), kind: 'csat', score: 5, who: null, comment: '  ' },
  ],
  touches: [
    {
      ...dated('2026-11-05', 'emails', '40'),
      kind: 'email',
      twoWay: false,
      title: 'Our price list',
      body: 'the price',
      direction: 'out',
      ownerId: null,
    },
  ],
};

it('gives comments whole and quotes of what names a topic, newest first, each record once, as known on the day', () => {
  const voice = voiceOf(account, DEFAULT_POLICY, day('2026-11-21'));
  expect(voice.map(({ at, where, who, score, topics, source }) => [at, where, who, score, [...topics].sort(), source.id])).toEqual([
    ['2026-11-02', 'ticket', null, null, ['cancellation', 'price'], '20'],
    ['2026-10-01', 'survey', 'Sato', 'NPS 3', ['price'], '30'],
  ]);
  expect(voice[0]?.text).toContain('解約');
  expect(voice[1]?.text).toBe('Too expensive for us');
});
