/** Text from outside in a report as Markdown: it stays words, in whatever place it stands. */
import { expect, it } from 'vitest';
import { renderReport } from '../../src/cli/report.ts';
import { clean } from '../../src/text/clean.ts';

it('has no markup of names: titles of columns, cells, items, sentences', () => {
  const hostile = '<img src=x onerror=alert(1)> | **b** [x](javascript:y) &lt;';
  const words = '\\<img src=x onerror=alert(1)\\> \\| \\*\\*b\\*\\* \\[x\\](javascript:y) \\&lt;';
  const text = renderReport(
    [
      { kind: 'title', text: hostile },
      { kind: 'table', columns: [{ title: clean(hostile) }], rows: [[clean(hostile)]] },
      { kind: 'list', items: [hostile] },
    ],
    'md',
  );
  expect(text).toBe(`# ${words}\n\n| ${words} |\n| --- |\n| ${words} |\n\n- ${words}\n`);
});

it.each([
  ['# head', '\\# head'],
  ['- item', '\\- item'],
  ['+ item', '\\+ item'],
  ['12. item', '12\\. item'],
  ['1) item', '1\\) item'],
  ['#1 of 3', '#1 of 3'],
  ['-5 %', '-5 %'],
  ['2.5 days', '2.5 days'],
  ['R&D; x', 'R&D; x'.replace('&D;', '\\&D;')],
  ['R&D', 'R&D'],
])('%s begins no block', (from, to) => {
  expect(
    renderReport(
      [
        { kind: 'list', items: [from] },
        { kind: 'sentence', text: from },
      ],
      'md',
    ),
  ).toBe(`- ${to}\n\n${to}\n`);
});

it('keeps a chart in its fence whatever a name in it holds', () => {
  expect(renderReport([{ kind: 'chart', lines: ['a ```` b', '```'] }], 'md')).toBe('`````text\na ```` b\n```\n`````\n');
  expect(renderReport([{ kind: 'chart', lines: ['a'] }], 'md')).toBe('```text\na\n```\n');
});
