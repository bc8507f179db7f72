import fc from 'fast-check';
import stringWidth from 'string-width';
import { describe, expect, it } from 'vitest';
import * as cells from '../../src/text/cells.ts';
import { characters, cut, isPlain, padEnd, padStart, width, wrap } from '../../src/text/cells.ts';
import { type Clean, cleanBlock, cleanLine } from '../../src/text/clean.ts';
import { HOSTILE } from './hostile.ts';

const anyText = fc
  .array(
    fc.oneof(
      fc.string({ unit: 'binary', maxLength: 10 }),
      fc.string({ unit: 'grapheme', maxLength: 10 }),
      fc.constantFrom(
        '株式会社',
        'あおば',
        'ｶﾞ',
        '👩‍👩‍👧',
        '🇯🇵',
        '⚠️',
        'e\u0301',
        '\u0301',
        '\u0d4e',
        '\u1100\u1161',
        '한',
        '（',
        '」',
        '、',
        ' ',
        '　',
        'word',
      ),
    ),
    { maxLength: 12 },
  )
  .map((parts) => parts.join(''));

describe('cells', () => {
  it.each([
    ['abc', 3],
    ['株式会社', 8],
    ['ｱｵﾊﾞ', 4],
    ['é', 1],
    ['👩‍👩‍👧', 2],
    ['🇯🇵', 2],
    ['⚠️', 1],
    ['▁▂▃▄▅▆▇█', 8],
    ['␛·', 2],
    ['', 0],
  ])('%s takes %i', (text, n) => {
    expect(width(cleanLine(text))).toBe(n);
  });

  it('fits exactly', () => {
    expect(cells.fit(cleanLine('株式会社あおば'), 9)).toBe('株式会社…');
    expect(cells.fit(cleanLine('株式会社あおば'), 8)).toBe('株式会… ');
    expect(cells.fit(cleanLine('株式会社'), 8)).toBe('株式会社');
    expect(cells.fit(cleanLine('株'), 1)).toBe('…');
    expect(cells.fit(cleanLine('株'), 1, { ellipsis: '' })).toBe(' ');
    expect(cells.fit(cleanLine('abc'), 5)).toBe('abc  ');
    expect(cells.fit(cleanLine('abc'), 5, { align: 'right' })).toBe('  abc');
    expect(cells.fit(cleanLine('abc'), 0)).toBe('');
    expect(cells.fit(cleanBlock('a\nb'), 4)).toBe('a b ');
    expect(cut(cleanLine('abcdef'), 4)).toBe('abc…');
    expect(cut(cleanLine('abc'), 4)).toBe('abc');
  });

  it('fills exactly n cells, whatever the text', () => {
    fc.assert(
      fc.property(
        anyText,
        fc.integer({ min: 0, max: 40 }),
        fc.constantFrom('…', '', '...'),
        fc.constantFrom('left', 'right'),
        (raw, n, ellipsis, align) => {
          expect(width(cells.fit(cleanLine(raw), n, { ellipsis, align }))).toBe(n);
          expect(width(cut(cleanBlock(raw), n))).toBeLessThanOrEqual(n);
        },
      ),
      { numRuns: 5000 },
    );
  });

  it.each(HOSTILE)('fits hostile text exactly: %s', (_, raw) => {
    for (const n of [0, 1, 2, 5, 20]) expect(width(cells.fit(cleanLine(raw), n))).toBe(n);
  });

  it('pads without cutting', () => {
    expect(padStart(cleanLine('株'), 4)).toBe('  株');
    expect(padEnd(cleanLine('株'), 4)).toBe('株  ');
    expect(padEnd(cleanLine('株式会社'), 4)).toBe('株式会社');
  });
});

describe('plain text', () => {
  const plain = Array.from({ length: 0x10000 }, (_, code) => String.fromCharCode(code)).filter(isPlain);

  it('is most of what is written, character by character as the library measures it', () => {
    expect(plain.length).toBeGreaterThan(21_000);
    expect(plain.filter((character) => width(cleanLine(character)) !== stringWidth(character))).toEqual([]);
  });

  it('has a character a code unit, whatever stands beside it', () => {
    const graphemes = new Intl.Segmenter('und', { granularity: 'grapheme' });
    const beside = ['a', '—', '…', '│', 'か', 'ー', '株', 'ｱ', '©', '↔', '「'];
    const joined = plain.filter((one) => beside.some((other) => [...graphemes.segment(one + other + one)].length !== 3));
    expect(joined).toEqual([]);
  });

  it('measures what the library measures', () => {
    const text = fc.array(fc.constantFrom(...plain), { maxLength: 30 }).map((parts) => parts.join(''));
    fc.assert(fc.property(text, (words) => width(words as Clean) === stringWidth(words)));
  });
});

describe('wrap', () => {
  const lines = (text: string, n: number) => wrap(cleanBlock(text), n);

  it('breaks English at blanks', () => {
    expect(lines('the quick brown fox', 10)).toEqual(['the quick', 'brown fox']);
  });
  it('breaks a word that is too long', () => {
    expect(lines('a verylongword', 5)).toEqual(['a ver', 'ylong', 'word']);
  });
  it('breaks Japanese anywhere', () => {
    expect(lines('契約更新の確認', 6)).toEqual(['契約更', '新の確', '認']);
  });
  it('keeps closing marks off the start and opening ones off the end of a line', () => {
    expect(lines('契約更新、確認', 8)).toEqual(['契約更', '新、確認']);
    expect(lines('契約「更新」', 6)).toEqual(['契約', '「更', '新」']);
  });
  it('keeps a Latin word whole within Japanese', () => {
    expect(lines('契約はEnterprise', 12)).toEqual(['契約は', 'Enterprise']);
  });
  it('keeps own line breaks and indents', () => {
    expect(lines('a\n\n  b', 10)).toEqual(['a', '', '  b']);
  });
  it('never is wider than asked and loses no character but blanks', () => {
    fc.assert(
      fc.property(anyText, fc.integer({ min: 2, max: 30 }), (raw, n) => {
        const text = cleanBlock(raw);
        const wrapped = wrap(text, n);
        for (const line of wrapped) expect(width(line)).toBeLessThanOrEqual(n);
        // Only a character wider than the line itself may go.
        if (characters(text).some((character) => width(character) > n)) return;
        expect(wrapped.join('').replace(/[ \u3000]/g, '')).toBe(text.replace(/[ \u3000\n]/g, ''));
      }),
      { numRuns: 3000 },
    );
  });
});
