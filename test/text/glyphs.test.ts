import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, describe, expect, it } from 'vitest';
import { cut, fit as fitted, setAmbiguousWidth, width } from '../../src/text/cells.ts';
import { clean } from '../../src/text/clean.ts';
import { inAscii, needsAscii } from '../../src/text/glyphs.ts';
import { sparkline } from '../../src/text/spark.ts';

afterEach(() => setAmbiguousWidth(1));

describe('glyphs in ASCII', () => {
  it('keep their cells, and the letters of names', () => {
    expect(inAscii(clean('‼ 株式会社 ▲12 – 3 →…'))).toBe('X 株式会社 ^12 - 3 >~');
    expect(inAscii(clean(' 兆 kizashi'))).toBe(' ** kizashi');
    expect(inAscii(clean('一兆円'))).toBe('一兆円');
  });

  it('are as wide as what they replace, whatever the text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => {
        expect(width(inAscii(clean(text)))).toBe(width(clean(text)));
      }),
    );
  });

  it('have the same heights as the sparkline has in ASCII', () => {
    const values = [0, 1, 2, 3, 4, 5, 6, 7];
    expect(inAscii(clean(sparkline(values)))).toBe(sparkline(values, { ascii: true }));
  });

  it('are there for every sign that the source of the screens draws', () => {
    const source = ['components', 'screens', 'app', 'text/messages'].flatMap((room) =>
      readdirSync(join(import.meta.dirname, '../../src', room), { recursive: true, encoding: 'utf8' })
        .filter((name) => /\.tsx?$/.test(name) && !name.includes('plain'))
        .map((name) => readFileSync(join(import.meta.dirname, '../../src', room, name), 'utf8').replace(/^\s*(?:\/?\*|\/\/).*$/gm, '')),
    );
    const signs = new Set(
      source.flatMap((text) => text.match(/[^\x20-\x7e\n\p{L}\p{M}\p{N}\p{Sc}\p{C}\u3000-\u303f\u30fb\u30fc\uff00-\uffef]/gu) ?? []),
    );
    expect(signs.size).toBeGreaterThan(30);
    expect([...signs].filter((sign) => !/^[\x20-\x7e]$/.test(inAscii(clean(sign))))).toEqual([]);
  });

  it('tell levels of risk and directions apart', () => {
    expect(new Set([...'‼!·▲▼'].map((glyph) => inAscii(clean(glyph)))).size).toBe(5);
  });

  it.each([
    [{ TERM: 'linux' }, true],
    [{ TERM: 'xterm', LANG: 'C' }, true],
    [{ TERM: 'xterm', LANG: 'ja_JP.eucJP' }, true],
    [{ TERM: 'xterm', LANG: 'ja_JP.UTF-8' }, false],
    [{ TERM: 'xterm', LC_ALL: 'C.utf8', LANG: 'C' }, false],
    [{ TERM: 'xterm' }, false],
  ])('are asked for by %j: %s', (env, expected) => {
    expect(needsAscii(env as Record<string, string>)).toBe(expected);
  });
});

describe('characters whose width Unicode leaves open', () => {
  it('take one cell, or two where the setting says so', () => {
    expect(width(clean('① × é'))).toBe(5);
    setAmbiguousWidth(2);
    expect(width(clean('① × é'))).toBe(8);
    expect(width(clean('株式会社 abc'))).toBe(12);
  });

  it('are still fitted exactly', () => {
    setAmbiguousWidth(2);
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), fc.nat(40), (text, cells) => {
        expect(width(fitted(clean(text), cells))).toBe(cells);
        expect(width(cut(clean(text), cells))).toBeLessThanOrEqual(cells);
      }),
    );
  });
});
