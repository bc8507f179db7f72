/** Pages: whatever the text, the page's structure is ours, and nothing in it runs or is fetched. */
import fc from 'fast-check';
import { Parser } from 'htmlparser2';
import { describe, expect, it } from 'vitest';
import { exportPage as pagePieces } from '../../src/cli/export-page.ts';
import { exportMarkdown } from '../../src/cli/export-text.ts';
import { renderPage } from '../../src/cli/report.ts';
import { clean, literal } from '../../src/text/clean.ts';
import { element } from '../../src/text/markup.ts';
import { link, page } from '../../src/text/page.ts';
import { barSvg, sharesSvg, sparklineSvg } from '../../src/text/svg.ts';
import { book, HOSTILE, row, snapshotOf } from '../screen/fixture.ts';

/** Element and attribute names in order, and the text. */
function outline(html: string): { readonly tags: readonly string[]; readonly text: string } {
  const tags: string[] = [];
  let text = '';
  const parser = new Parser({
    onopentag: (name, attributes) => tags.push([name, ...Object.keys(attributes)].join(' ')),
    ontext: (data) => {
      text += data;
    },
  });
  parser.end(html);
  return { tags, text };
}

const MARKUP = [
  '<script>alert(1)</script>',
  '"><img src=x onerror=alert(1)>',
  "' onload='x",
  '</td></table><style>',
  '&lt;b&gt;',
  '</title>',
];

const exportPage = (...what: Parameters<typeof pagePieces>): string => [...pagePieces(...what)].join('');

describe('markup', () => {
  it('keeps any text inside its element and its attribute', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        const said = clean(text);
        const { tags, text: shown } = outline(element('p', { title: said }, element('b', {}, said), said).text);
        expect(tags).toEqual(['p title', 'b']);
        expect(shown).toBe(said + said);
      }),
      { numRuns: 300 },
    );
  });

  it('links plain https addresses alone', () => {
    expect(outline(link('https://app.hubspot.com/x', 'a').text).tags).toEqual(['a href rel']);
    for (const address of ['javascript:alert(1)', 'http://evil.example', ' https://x', 'data:text/html,x'])
      expect(outline(link(address, 'a').text).tags).toEqual(['span']);
  });
});

describe('charts', () => {
  it('draw unknown as a gap, and nothing where there is nothing', () => {
    expect(sparklineSvg([1, null, 2, 3], 'x').text.match(/M/g)).toHaveLength(2);
    expect(sparklineSvg([null, null], 'x').text).not.toContain('<path');
    expect(sparklineSvg([], 'x').text).not.toMatch(/NaN|Infinity/);
    expect(sparklineSvg([0, 0], 'x').text).not.toMatch(/NaN|Infinity/);
  });

  it('stay inside their frame', () => {
    expect(barSvg(150, 100, 'x', { colour: '#000', width: 80 }).text).toContain('width="80"');
    expect(barSvg(5, 0, 'x', { colour: '#000' }).text).not.toMatch(/NaN|Infinity/);
    expect(sharesSvg([], 'x').text).not.toMatch(/NaN|Infinity/);
  });
});

describe('the list', () => {
  const hostile = [...HOSTILE, ...MARKUP].map((name, index) =>
    row(index, {
      id: name,
      name,
      plan: name,
      owner: { id: '1', name, email: null },
      url: `javascript:${name}`,
      currency: index % 2 ? 'JPY' : 'x<b>',
    }),
  );
  const exported = (rows: readonly ReturnType<typeof row>[], filter = {}) => ({
    snapshot: snapshotOf(rows),
    rows,
    filter,
    zone: 'Asia/Tokyo',
  });

  it('has the same structure on a page whatever the accounts are called', () => {
    const plain = hostile.map((one) => ({
      ...one,
      id: '1',
      name: 'a',
      plan: 'b',
      owner: { id: '1', name: 'c', email: null },
      currency: 'JPY',
    }));
    const [bad, good] = [hostile, plain].map((rows) => outline(exportPage(exported(rows, { query: '<i>' }), 'ja', 2)));
    expect(bad?.tags.filter((tag) => tag !== 'p class')).toEqual(good?.tags.filter((tag) => tag !== 'p class'));
    expect(bad?.tags.filter((tag) => /^(script|iframe|img|object|link|base|form)|\bon|src/.test(tag))).toEqual([]);
  });

  it.each(['en', 'ja'] as const)('says as of when, by which policy and for what, in %s', (lang) => {
    const html = exportPage(exported(book(12).rows, { band: 'high' }), lang, null);
    expect(html).toContain(`<html lang="${lang}">`);
    for (const word of ['sha256:0', 'band=high', '株式会社あおば', lang === 'ja' ? '最終利用から42日' : '42 days since last use']) {
      expect(outline(html).text).toContain(word);
      expect(exportMarkdown(exported(book(12).rows, { band: 'high' }), lang, null)).toContain(word.replace('_', '\\_'));
    }
    expect(html.match(/<svg/g)?.length).toBeGreaterThan(20);
  });

  it('says so when nobody matches, and draws the line under a week', () => {
    expect(outline(exportPage(exported([]), 'en', null)).text).toContain('No account matches.');
    expect(exportMarkdown(exported([]), 'ja', null)).toContain('該当する顧客はありません。');
    expect(outline(exportPage(exported(book(3).rows), 'en', 2)).tags).toContain('tr class');
    expect(exportMarkdown(exported(book(3).rows), 'en', 2).match(/^\| Rank/gm)).toHaveLength(2);
  });

  it('keeps names from being Markdown', () => {
    const text = exportMarkdown(exported([row(0, { name: '[x](javascript:alert(1)) | <b> `c`' })]), 'en', null);
    expect(text).toContain('\\[x\\](javascript:alert(1)) \\| \\<b\\> \\`c\\`');
  });
});

it('a report is a page too', () => {
  const html = renderPage(
    [
      { kind: 'title', text: '<T>' },
      { kind: 'heading', text: 'H' },
      { kind: 'sentence', text: 'S' },
      { kind: 'list', items: ['<i>'] },
      { kind: 'table', columns: [{ title: literal('a'), align: 'right' }], rows: [[literal('<b>')]] },
      { kind: 'chart', lines: ['▁▂'] },
      { kind: 'figure', drawing: sparklineSvg([1, 2], 'f'), lines: [] },
    ],
    'en',
    'W',
  );
  expect(outline(html).tags.slice(-19).join(',')).toMatch(
    /h1,h2,p,ul,li,div class,table,thead,tr,th class,tbody,tr,td class,pre,figure,svg/,
  );
  expect(outline(html).text).toContain('<b>');
  expect(page({ lang: 'en', title: 'x', portrait: true }, [])).toContain('size: A4;');
});

it('a printed page has its title and its number at the foot, and a title from outside stays words', () => {
  const html = page({ lang: 'ja', title: '株式会社あおば "</style><script>\\' }, []);
  const style = html.slice(html.indexOf('<style>') + 7, html.indexOf('</style>'));
  expect(style).toContain('counter(page) " / " counter(pages)');
  expect(style).toContain('content: "株式会社あおば \\22 \\3c \\2f style\\3e \\3c script\\3e \\5c "');
  expect(html).not.toContain('<script');
});
