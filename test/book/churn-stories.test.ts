/** What could have been known of a churn, what was done, and whether somebody has looked back on it. */
import { expect, it } from 'vitest';
import type { TouchFact } from '../../src/account.ts';
import { StoryTeller } from '../../src/book/churn-stories.ts';
import { markOf } from '../../src/plays/planned.ts';
import { DEFAULT_POLICY } from '../../src/scoring/policy-default.ts';
import { account, day, feedsOn, month, mrr, since, touch } from '../scoring/portal.ts';

const LEFT = month('2026-09');
const CONTEXT = { feeds: feedsOn(day('2026-11-20')), peers: { resolutionHours: null, plans: {} }, lateDays: [] };
const teller = (context: typeof CONTEXT | null = CONTEXT) =>
  new StoryTeller({ asOf: day('2026-11-20'), currency: 'JPY', policy: DEFAULT_POLICY, context });

const left = (touches: readonly TouchFact[] = []) =>
  account({
    mrr: ['2026-06', '2026-07', '2026-08'].map((at) => mrr(at, 100)),
    attributes: { lastUsedOn: since('2026-07-01', day('2026-07-01')) },
    touches,
  });

it('names the signals that had fired and how long before, by what was known then', () => {
  const { signs } = teller().storyOf(left(), LEFT);
  const unused = signs?.find(({ signal }) => signal === 'usage.last_login');
  // Fires from the fifteenth day without use on: 16 July, 47 days before September.
  expect(unused).toMatchObject({ since: '2026-07-16', daysBefore: 47 });
  expect(unused?.points).toBeGreaterThan(0);
  // What was learned in September was not known then.
  const lastUsedOn = [...since('2026-08-30', day('2026-08-30')), ...since('2026-09-05', day('2026-07-01'))];
  const late = account({ ...left(), attributes: { lastUsedOn } });
  expect(
    teller()
      .storyOf(late, LEFT)
      .signs?.map(({ signal }) => signal),
  ).not.toContain('usage.last_login');
  expect(teller(null).storyOf(left(), LEFT).signs).toBeNull();
});

it('counts what we did in the 90 days before and in the month, and not what the customer sent', () => {
  const touches = [
    touch('2026-09-30', 'meeting'),
    touch('2026-06-03', 'note'),
    touch('2026-06-02', 'note'),
    touch('2026-08-01', 'email', { direction: 'in' }),
    touch('2026-08-02', 'email', { direction: 'out' }),
    touch('2026-08-03', 'task', { done: false }),
    touch('2026-10-05', 'call'),
  ];
  expect(teller().storyOf(left(touches), LEFT).actions).toEqual([
    { kind: 'note', day: '2026-06-03' },
    { kind: 'email', day: '2026-08-02' },
    { kind: 'meeting', day: '2026-09-30' },
  ]);
});

it('knows whether a post-mortem was held', () => {
  const task = (done: boolean) => touch('2026-10-10', 'task', { done, body: `<p>${markOf('post-mortem', 'review', '2345ABCD')}</p>` });
  const state = (touches: readonly TouchFact[]) => teller().storyOf(left(touches), LEFT).postmortem;
  expect([state([]), state([task(false)]), state([task(true)])]).toEqual(['none', 'open', 'done']);
});
