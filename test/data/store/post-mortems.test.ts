/** The copy of a post-mortem on this machine, kept and put back as it was. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { openLocal } from '../../../src/data/store/local.ts';
import { causesFixed, dropPostMortem, keepFixed, keepPostMortem, postMortems } from '../../../src/data/store/post-mortems.ts';
import type { PostMortem } from '../../../src/plays/post-mortem.ts';
import type { Day, Instant } from '../../../src/units/day.ts';
import { keepCauseFixed, keepReview, keptReview, restoreReview } from '../../../src/workspace/post-mortem.ts';
import type { Session } from '../../../src/workspace/session.ts';

const review = (over: Partial<PostMortem>): PostMortem => ({
  accountId: '9001',
  day: '2026-11-21' as Day,
  cause: 'price',
  avoidable: 'yes',
  helped: '小さいプラン',
  ...over,
});

it('is one an account and portal, and goes when it is taken back', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'kizashi-reviews-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const { db } = await openLocal(join(folder, 'local.db'));
  onTestFinished(() => db.close());
  const at = Date.parse('2026-11-21T00:00:00Z') as Instant;
  await keepPostMortem(db, '1', review({}), at);
  await keepPostMortem(db, '1', review({ cause: 'usage' }), at);
  await keepPostMortem(db, '1', review({ accountId: '9002' }), at);
  await keepPostMortem(db, '2', review({ cause: 'support' }), at);
  expect((await postMortems(db, '1')).get('9001')).toEqual(review({ cause: 'usage' }));
  await dropPostMortem(db, '1', '9001');
  expect([...(await postMortems(db, '1')).keys()]).toEqual(['9002']);
  expect((await postMortems(db, '2')).get('9001')?.cause).toBe('support');
});

it('is put back as it was, with what was fixed before or without', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'kizashi-reviews-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const local = await openLocal(join(folder, 'local.db'));
  onTestFinished(() => local.db.close());
  const at = Date.parse('2026-11-21T00:00:00Z') as Instant;
  const session = { local: async () => local, profile: { options: { now: () => at } } } as unknown as Session;
  const before = { day: '2026-11-01' as Day, what: 'A smaller plan' };
  await keepFixed(local.db, '1', '9002', before, at);

  for (const accountId of ['9001', '9002']) {
    const was = await keptReview(session, '1', accountId);
    expect(was).toEqual({ review: null, fixed: accountId === '9002' ? before : null });
    await keepReview(session, '1', review({ accountId }));
    await keepCauseFixed(session, '1', accountId, { day: '2026-11-21' as Day, what: 'Guided setup' });
    expect((await keptReview(session, '1', accountId)).fixed?.what).toBe('Guided setup');
    await restoreReview(session, '1', accountId, was);
  }
  expect((await postMortems(local.db, '1')).size).toBe(0);
  expect([...(await causesFixed(local.db, '1'))]).toEqual([['9002', before]]);
});
