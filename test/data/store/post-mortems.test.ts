/** The copy of a post-mortem on this machine, kept and put back as it was. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { openLocal } from '../../../src/data/store/local.ts';
import { dropPostMortem, keepPostMortem, postMortems } from '../../../src/data/store/post-mortems.ts';
import type { PostMortem } from '../../../src/plays/post-mortem.ts';
import type { Day, Instant } from '../../../src/units/day.ts';

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
