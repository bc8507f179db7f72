import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Edit, edits, insert, layOut, moveLine, type TextBuffer, textBuffer } from '../../src/components/text-buffer.ts';
import { characters, width } from '../../src/text/cells.ts';
import type { Clean } from '../../src/text/clean.ts';

const run = (buffer: TextBuffer, ...names: Edit[]): TextBuffer => names.reduce((now, name) => edits[name](now), buffer);
const shown = (buffer: TextBuffer): string => `${buffer.text.slice(0, buffer.cursor)}|${buffer.text.slice(buffer.cursor)}`;

describe('a text buffer', () => {
  it('moves and deletes whole characters', () => {
    const buffer = textBuffer('a👨‍👩‍👧か');
    expect(shown(run(buffer, 'left', 'left'))).toBe('a|👨‍👩‍👧か');
    expect(shown(run(buffer, 'left', 'backspace'))).toBe('a|か');
    expect(shown(run(buffer, 'left', 'left', 'delete'))).toBe('a|か');
  });

  it('walks words, Japanese ones too', () => {
    expect(shown(run(textBuffer('call the customer'), 'wordLeft'))).toBe('call the |customer');
    expect(shown(run(textBuffer('call the customer'), 'wordLeft', 'wordLeft', 'wordRight'))).toBe('call the| customer');
    expect(run(textBuffer('利用状況を確認'), 'killWord').text.length).toBeGreaterThan(0);
  });

  it('kills and puts back', () => {
    expect(shown(run(textBuffer('one two'), 'killWord', 'home', 'yank'))).toBe('two|one ');
    expect(shown(run(textBuffer('one\ntwo', true), 'killToStart', 'yank', 'yank'))).toBe('one\ntwotwo|');
    expect(shown(run(insert(textBuffer('', true), 'a\nb'), 'left', 'left', 'killToEnd'))).toBe('a|b');
  });

  it('cleans what is pasted, and keeps lines only where there may be some', () => {
    expect(insert(textBuffer('', true), 'a\u001b[31mb\r\nc\td\u0007').text).toBe('a␛b\nc    d␇');
    expect(insert(textBuffer(), 'one\ntwo').text).toBe('one two');
  });

  it('starts a new line where the cursor has no cell left', () => {
    expect(layOut(textBuffer('abcd', true), 4)).toMatchObject({ row: 1, column: 0 });
    expect(layOut(textBuffer('全角文字', true), 5).lines.map(({ text }) => text)).toEqual(['全角', '文字']);
  });

  it('keeps the column through a shorter line', () => {
    let buffer = textBuffer('long line\nx\nlong line', true);
    buffer = { ...buffer, cursor: 6 };
    const down = moveLine(moveLine(buffer, 1, 40), 1, 40);
    expect(shown(down)).toBe('long line\nx\nlong l|ine');
  });

  const text = fc
    .array(fc.constantFrom('a', ' ', '\n', 'あ', '👨‍👩‍👧', 'e\u0301', '🇯🇵', 'が', '\u001b[A', 'word'))
    .map((parts) => parts.join(''));
  const names = fc.array(fc.constantFrom(...(Object.keys(edits) as Edit[])), { maxLength: 12 });

  it('keeps the cursor between characters whatever happens', () => {
    fc.assert(
      fc.property(text, names, fc.integer({ min: 2, max: 20 }), (start, moves, room) => {
        let buffer = textBuffer(start, true);
        for (const name of moves) buffer = edits[name](buffer);
        buffer = moveLine(moveLine(buffer, -1, room), 1, room);
        const edges = new Set([0]);
        let at = 0;
        for (const one of characters(buffer.text)) {
          at += one.length;
          edges.add(at);
        }
        expect(edges.has(buffer.cursor)).toBe(true);
      }),
    );
  });

  it('lays out every character once, no line too wide, the cursor inside', () => {
    fc.assert(
      fc.property(text, fc.integer({ min: 2, max: 20 }), (start, room) => {
        const buffer = textBuffer(start, true);
        const { lines, row, column } = layOut(buffer, room);
        expect(lines.map((line) => line.text).join('')).toBe(buffer.text.replaceAll('\n', ''));
        for (const line of lines) expect(width(line.text as Clean)).toBeLessThanOrEqual(room);
        expect(row).toBeLessThan(lines.length);
        expect(column).toBeLessThan(room);
      }),
    );
  });
});
