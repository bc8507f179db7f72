/** Words in what was written: which count, where, and what is quoted. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Account } from '../../src/account.ts';
import { textOfHtml } from '../../src/data/hubspot/html.ts';
import { MENTIONS } from '../../src/scoring/mention-words.ts';
import { mentionFinder, patternOf } from '../../src/scoring/mentions.ts';
import { account, survey, ticket, touch } from './portal.ts';

const find = mentionFinder(MENTIONS, textOfHtml);
const topics = (facts: Partial<Account>): string[] => [...find(account(facts)).keys()].sort();

describe('a word', () => {
  it.each([
    ['cheaper', 'A CHEAPER plan', true],
    ['cheaper', 'cheaperish', false],
    ['price increase', 'the price-increase of May', true],
    ['price increase', 'the price\nincrease', true],
    ['割高', '他より割高です', true],
    ['割高', '割 高', false],
    ['competitor', 'ｃｏｍｐｅｔｉｔｏｒ', true],
    ['cancel … contract', 'cancel our yearly contract', true],
    ['cancel … contract', 'cancel it. The contract stays', false],
    ['cancel … contract', 'cancel this and that and much more of the contract', false],
    ['cancel … contract', 'cancel contracting', false],
    ['a.b', 'axb', false],
    ['c++', 'c++ code', true],
  ])('%s in %j: %s', (word, text, is) => {
    expect(patternOf([word])?.test(text.normalize('NFKC'))).toBe(is);
  });

  it('that is blank is none', () => {
    expect(patternOf([' ', '', '…'])).toBeNull();
    expect(mentionFinder({ price: [] }, textOfHtml)(account({ tickets: [ticket('2026-11-01', { subject: '値上げ' })] })).size).toBe(0);
  });
});

describe('what is searched', () => {
  it.each<[string, Partial<Account>, readonly string[]]>([
    ['a ticket’s subject', { tickets: [ticket('2026-11-01', { subject: '値上げについて' })] }, ['price']],
    ['its text', { tickets: [ticket('2026-11-01', { content: 'Your competitors are cheaper.' })] }, ['competitor', 'price']],
    ['its category', { tickets: [ticket('2026-11-01', { category: 'FEATURE_REQUEST' })] }, ['missing_feature']],
    ['a note', { touches: [touch('2026-11-01', 'note', { body: '<p>他社<b>へ</b>乗り換え検討</p>' })] }, ['competitor']],
    ['a mail that came in', { touches: [touch('2026-11-01', 'email', { direction: 'in', body: 'Too expensive.' })] }, ['price']],
    ['not our own mail', { touches: [touch('2026-11-01', 'email', { direction: 'out', body: 'Too expensive?' })] }, []],
    ['not our own task', { touches: [touch('2026-11-01', 'task', { title: '値上げの説明' })] }, []],
    ['an answer', { surveys: [survey('2026-11-01', 3, 'nps', { comment: '費用対効果が低い' })] }, ['price']],
    ['not the markup', { touches: [touch('2026-11-01', 'note', { body: '<a class="competitor" href="x">plan</a>' })] }, []],
    [
      'not everyday words',
      { tickets: [ticket('2026-11-01', { subject: 'How do I cancel a scheduled report?', content: '操作方法' })] },
      [],
    ],
  ])('%s', (_, facts, found) => {
    expect(topics(facts)).toEqual(found);
  });

  it('is told with the words around the first hit, once a record', () => {
    const body = `<div>${'前置き'.repeat(20)}競合の製品と比較中。競合は安い。${'続き'.repeat(40)}</div>`;
    const [mention, ...more] = find(account({ touches: [touch('2026-11-01', 'call', { title: '定例', body })] })).get('competitor') ?? [];
    expect(more).toEqual([]);
    expect(mention).toMatchObject({ where: 'call', inTitle: false, validAt: '2026-11-01' });
    expect(mention?.quote).toMatch(/^….{0,16}競合の製品と比較中。/);
    expect(mention?.quote.length).toBeLessThanOrEqual(50);
  });
});

describe('the quick look before the exact one', () => {
  const word = fc.constantFrom('too expensive', '割高', 'cancel … contract', 'price-hike', 'a … b', 'c++', '… x');
  const piece = fc.constantFrom(
    'too',
    ' ',
    'Expensive',
    '割高',
    'cancel',
    'the',
    'contract',
    'price',
    '_',
    'hike',
    'a',
    'b',
    '.',
    'c++',
    'x',
    'ｘ',
  );

  it('never misses what the exact one would find', () => {
    fc.assert(
      fc.property(fc.array(word, { minLength: 1, maxLength: 3 }), fc.array(piece, { maxLength: 12 }), (words, pieces) => {
        const subject = pieces.join('');
        const isThere = patternOf(words)?.test(subject.normalize('NFKC')) ?? false;
        const found = mentionFinder({ topic: words }, textOfHtml)(account({ tickets: [ticket('2026-11-01', { subject })] }));
        expect(found.has('topic')).toBe(isThere);
      }),
      { numRuns: 2000 },
    );
  });
});
