import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { clean, cleanBlock, cleanLine, join, literal } from '../../src/text/clean.ts';
import { HOSTILE } from './hostile.ts';

const FORBIDDEN_LINE = /[\x00-\x1f\x7f-\x9f\u061c\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\u2028\u2029\ufeff]/;
const FORBIDDEN_BLOCK = /[\x00-\x09\x0b-\x1f\x7f-\x9f\u061c\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\u2028\u2029\ufeff]/;

/** Random text made of what attacks are made of, so that sequences really form. */
const hostileText = fc
  .array(
    fc.oneof(
      {
        weight: 4,
        arbitrary: fc.constantFrom('\x1b', '\x9b', '\x9d', '\x90', '\x9c', '\x07', '\x1b\\', '[', ']', 'P', '_', '0;', '31', 'm', 'H'),
      },
      {
        weight: 2,
        arbitrary: fc.constantFrom(
          '\n',
          '\r',
          '\t',
          '\0',
          '\x7f',
          '\x85',
          '\u2028',
          '\u202e',
          '\u2066',
          '\u200b',
          '\u200d',
          '\ufe0f',
          '\u20e3',
        ),
      },
      {
        weight: 2,
        arbitrary: fc.constantFrom('👩', '💻', '👍', '🏽', '🇯', '🇵', '❤', '⚠', '1', '🏴', '\u{e0067}', '\u{e007f}', '\ud83d', '\udc00'),
      },
      {
        weight: 2,
        arbitrary: fc.constantFrom(
          'か',
          '\u3099',
          'e',
          '\u0301',
          '\u0316',
          '株',
          'ｶ',
          'ﾞ',
          '\u1100',
          '\u1161',
          '\u0d4e',
          '\u0915',
          '\u094d',
          '　',
        ),
      },
      { weight: 2, arbitrary: fc.string({ unit: 'binary', maxLength: 6 }) },
      { weight: 1, arbitrary: fc.string({ unit: 'grapheme', maxLength: 6 }) },
    ),
    { maxLength: 40 },
  )
  .map((parts) => parts.join(''));

describe('clean', () => {
  it.each(HOSTILE)('%s', (_, raw, cleaned) => {
    expect(cleanLine(raw)).toBe(cleaned);
  });

  it('has a corpus of at least 60', () => {
    expect(HOSTILE.length).toBeGreaterThanOrEqual(60);
  });

  it('leaves nothing that drives a terminal, whatever comes, and changes nothing the second time', () => {
    fc.assert(
      fc.property(hostileText, fc.boolean(), fc.integer({ min: 1, max: 60 }), (raw, lines, max) => {
        const once = clean(raw, { lines, max });
        expect(once).not.toMatch(lines ? FORBIDDEN_BLOCK : FORBIDDEN_LINE);
        expect(once.isWellFormed()).toBe(true);
        expect(once.length).toBeLessThanOrEqual(max);
        expect(clean(once, { lines, max })).toBe(once);
        expect(once.normalize('NFC')).toBe(once);
      }),
      { numRuns: 10_000 },
    );
  });

  it('says the same of a character by itself as beside a sequence, for which every step is taken', () => {
    const family = '👩‍💻';
    const other = Array.from({ length: 0x10000 }, (_, code) => String.fromCharCode(code)).filter(
      (one) => !/[\p{Cc}\p{Cs}\u2028\u2029]/u.test(one) && clean(`a${one}${family}`) !== clean(`a${one}`) + family,
    );
    expect(other).toEqual([]);
  });

  it('keeps the lines of a block', () => {
    expect(cleanBlock('a\r\nb\rc\n\n\td')).toBe('a\nb\nc\n\n    d');
  });

  it('drops an unterminated control string only to the end of its line', () => {
    expect(cleanBlock('a\x1b]0;owned\nnext')).toBe('a␛\nnext');
  });

  it('cuts a long text between characters and says so', () => {
    expect(cleanLine('abcdef', 4)).toBe('abc…');
    expect(cleanLine('ab👩‍👩‍👧', 5)).toBe('ab…');
    expect(cleanLine('x'.repeat(5000))).toHaveLength(1024);
  });

  it('gives what fits though controls stand before it', () => {
    expect(cleanLine(`${'\x1b[0m'.repeat(10)}abc`, 20)).toBe(`${'␛'.repeat(10)}abc`);
  });

  it('says so where controls hide a part that it did not look at', () => {
    expect(cleanLine(`${'\u200b'.repeat(1000)}abc`, 20)).toBe('…');
    expect(cleanLine(`a${'\u200b'.repeat(1000)}b`, 20)).toBe('a…');
  });

  it.each([
    ['introducers', '\x1b]'.repeat(100_000)],
    ['8-bit introducers with lines', '\x9d\n'.repeat(100_000)],
    ['marks', `a${'\u0301'.repeat(200_000)}`],
    ['parameters', `\x1b[${'1;'.repeat(100_000)}`],
    ['emoji joined for ever', '👩‍'.repeat(50_000)],
    ['letters', 'x'.repeat(10_000_000)],
  ])('is quick on a great many %s', (_, raw) => {
    // Of the processor's time, not the clock's: other work on the machine does not count.
    const before = process.cpuUsage();
    cleanBlock(raw, 2_000_000);
    const { user, system } = process.cpuUsage(before);
    expect(user + system).toBeLessThan(2_000_000);
  });

  it('joins and takes literals', () => {
    expect(join([literal('a'), literal('b')], literal(' · '))).toBe('a · b');
    expect(literal('\x1b[31m')).toBe('␛');
  });
});
