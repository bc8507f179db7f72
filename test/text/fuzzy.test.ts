import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fuzzyScore } from '../../src/text/fuzzy.ts';
import { kanaOf, romajiOf, sameRomaji } from '../../src/text/reading.ts';

const best = (needle: string, texts: readonly string[]): string | undefined =>
  texts
    .map((text) => ({ text, points: fuzzyScore(needle, text) }))
    .filter(({ points }) => points !== null)
    .sort((a, b) => (b.points ?? 0) - (a.points ?? 0))[0]?.text;

describe('a few letters', () => {
  it('fit in their order only', () => {
    expect(fuzzyScore('ntoe', 'write a note')).toBeNull();
    expect(fuzzyScore('wn', 'write a note')).not.toBeNull();
    expect(fuzzyScore('', 'anything')).not.toBeNull();
  });

  it('prefer letters that stand together and the beginnings of words, then the shorter text', () => {
    expect(best('so', ['also', 'sort', 'snooze'])).toBe('sort');
    expect(best('cl', ['recall', 'copy the link', 'clear'])).toBe('clear');
    expect(best('note', ['no other text', 'write a note'])).toBe('write a note');
    expect(best('filter', ['clear the filter', 'filter'])).toBe('filter');
  });

  it('take words in any order', () => {
    expect(fuzzyScore('note wr', 'write a note')).not.toBeNull();
    expect(fuzzyScore('note zz', 'write a note')).toBeNull();
  });

  it('find every text by its own subsequence', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: fc.constantFrom('a', 'b', 'c', 'あ'), maxLength: 12 }),
        fc.array(fc.boolean(), { maxLength: 12 }),
        (text, keep) => {
          const needle = [...text].filter((_, index) => keep[index]).join('');
          expect(fuzzyScore(needle, text)).not.toBeNull();
        },
      ),
    );
  });
});

describe('readings', () => {
  it('say known words, the longest first', () => {
    expect(kanaOf('絞り込みを解除')).toBe('しぼりこみをかいじょ');
    expect(kanaOf('会社を開く')).toBe('かいしゃをひらく');
    expect(kanaOf('担当者の見立て')).toBe('たんとうしゃのみたて');
  });

  it('come in Latin letters, whichever way a sound is written', () => {
    expect(romajiOf('とりけす')).toBe('torikesu');
    expect(romajiOf('チャート')).toBe('tyato');
    expect(romajiOf('ほりゅう')).toBe('horyuu');
    for (const [hepburn, other] of [
      ['jikkou', 'zikkou'],
      ['shuuryou', 'syuuryou'],
      ['tsukuru', 'tukuru'],
      ['chuui', 'tyuui'],
      ['fubi', 'hubi'],
      ['jokyo', 'zyokyo'],
    ] as const)
      expect(sameRomaji(hepburn)).toBe(sameRomaji(other));
    expect(romajiOf(kanaOf('不備'))).toBe(sameRomaji('fubi'));
  });
});
