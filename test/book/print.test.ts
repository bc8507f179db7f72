/** The kept text of a book against what it is the text of. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { bookJson, bookTextHead, bookTextTail } from '../../src/book/json.ts';
import { keepBook, printedBook } from '../../src/book/kept.ts';
import type { BookSnapshot } from '../../src/book/row.ts';
import { type Cache, openCache } from '../../src/data/store/cache.ts';
import type { Day, Instant } from '../../src/units/day.ts';
import { row } from '../screen/fixture.ts';

const HOSTILE = '\u001b[31m"赤い\\\n\u202e\ud83d\ude00\ud800,"accounts":[';
const DAY = '2026-11-21' as Day;

const snapshot: BookSnapshot = {
  asOf: DAY,
  syncedAt: null,
  portalId: '123',
  policy: 'sha256:1',
  currency: 'JPY',
  portalCoverage: 0.123456,
  unproven: false,
  feeds: [],
  cap: 12,
  rows: [row(0), { ...row(1), name: HOSTILE, domain: null }, { ...row(2), group: 'snoozed' }],
};
const listed = snapshot.rows.filter(({ group }) => group !== 'snoozed');

async function kept(book: BookSnapshot): Promise<Cache> {
  const folder = mkdtempSync(join(tmpdir(), 'kizashi-print-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const cache = await openCache(join(folder, 'cache.db'));
  onTestFinished(() => cache.close());
  const revision = await cache.revision();
  await keepBook(
    cache,
    '77',
    {
      key: book.policy,
      snapshot: book,
      context: { feeds: {} as never, peers: { resolutionHours: null, plans: {} }, lateDays: [] },
      revision,
      problems: [],
      problemCounts: {},
    },
    1 as Instant,
  );
  return cache;
}

const wanted = { scope: '77', asOf: DAY, policy: 'sha256:1', lang: 'en' } as const;

describe('the text of a book', () => {
  it.each(['en', 'ja'] as const)('is bookJson’s document, an account a line (%s)', (lang) => {
    const text = bookTextHead(snapshot) + bookTextTail(snapshot, listed, 7, lang);
    const object = bookJson(snapshot, listed, 7, lang);
    // Parsed and printed again, so that the order of the fields counts too.
    expect(JSON.stringify(JSON.parse(text))).toBe(JSON.stringify(object));
    expect(text.trimEnd().split('\n')).toHaveLength(listed.length + 2);
  });

  it('is a document where the book is empty', () => {
    const empty = { ...snapshot, rows: [] };
    expect(JSON.parse(bookTextHead(empty) + bookTextTail(empty, [], 0, 'en'))).toEqual(bookJson(empty, [], 0, 'en'));
  });

  it.each(['en', 'ja'] as const)('comes from the store byte by byte as it is printed without it (%s)', async (lang) => {
    const pieces = await printedBook(await kept(snapshot), { ...wanted, lang });
    const text = Buffer.concat((pieces ?? []).map((piece) => Buffer.from(piece)));
    expect(text).toEqual(Buffer.from(bookTextHead(snapshot) + bookTextTail(snapshot, listed, listed.length, lang)));
  });

  it('is not given for another day, policy or book, nor once records have changed', async () => {
    const cache = await kept(snapshot);
    expect(await printedBook(cache, wanted)).not.toBeNull();
    expect(await printedBook(cache, { ...wanted, asOf: '2026-11-20' as Day })).toBeNull();
    expect(await printedBook(cache, { ...wanted, policy: 'sha256:2' })).toBeNull();
    expect(await printedBook(cache, { ...wanted, scope: 'all' })).toBeNull();
    await cache.write((writer) => writer.joinBook('77', ['9'], 2 as Instant));
    expect(await printedBook(cache, wanted)).toBeNull();
  });
});
