import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { searchKey } from '../../src/text/search.ts';

const same = (a: string, b: string) => expect(searchKey(a)).toBe(searchKey(b));

describe('searchKey', () => {
  it.each([
    ['ｶﾅ', 'カナ'],
    ['ｱｵﾊﾞ', 'あおば'],
    ['カナ', 'かな'],
    ['ヴァ', 'ゔぁ'],
    ['ＡＢＣ１２３', 'abc123'],
    ['Straße', 'STRASSE'],
    ['CAFÉ', 'cafe'],
    ['㈱あおば', '(株)アオバ'],
    ['a　 b', 'a b'],
    ['  Acme ', 'acme'],
    ['あお\u200bば', 'あおば'],
    ['か\u3099', 'が'],
    ['İstanbul', 'istanbul'],
    ['a\t\u0000\tb', 'a b'],
    ['か\u200b\u3099', 'が'],
    ['한국', '한국'.normalize('NFD')],
  ])('%s is found as %s', same);

  it('keeps apart what differs', () => {
    expect(searchKey('か')).not.toBe(searchKey('が'));
    expect(searchKey('株式会社')).not.toBe(searchKey('有限会社'));
    expect(searchKey('アー')).not.toBe(searchKey('ア'));
  });

  it('finds a part of a name', () => {
    expect(searchKey('株式会社アオバ物流').includes(searchKey('ｱｵﾊﾞ'))).toBe(true);
  });

  it('of a key is the key', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        same(searchKey(text), text);
      }),
      { numRuns: 3000 },
    );
  });
});
