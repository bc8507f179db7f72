/** What a post-mortem's note says can be read again by any machine. */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { fixedNote, type LookBackWords, postMortemNote, readFixed, readLookBack } from '../../src/plays/post-mortem.ts';

const WORDS: LookBackWords = {
  cause: ['What was the cause?', '原因'],
  avoidable: ['Was it avoidable?', '避けられたか'],
  helped: ['What would have helped?', '何があれば'],
  causeOf: (word) => (word === 'price' || word === '価格' ? 'price' : null),
  avoidableOf: (word) => (word === 'yes' || word === 'はい' ? 'yes' : word === 'no' ? 'no' : null),
};
const note = (helped: string, [cause, avoidable, label]: readonly [string, string, string], values: readonly [string, string]) =>
  postMortemNote({ helped }, { title: 'Title', cause: [cause, values[0]], avoidable: [avoidable, values[1]], helped: label }, '2345ABCD');

it('reads a note in either language, and after it what the outbox added', () => {
  const english = note(
    'A smaller plan\n\nand a call',
    ['What was the cause?', 'Was it avoidable?', 'What would have helped?'],
    ['price', 'yes'],
  );
  expect(readLookBack(`${english}\n\nref0123456789ab`, WORDS)).toEqual({
    cause: 'price',
    avoidable: 'yes',
    helped: 'A smaller plan\n\nand a call',
  });
  const japanese = note('', ['原因', '避けられたか', '何があれば'], ['価格', 'はい']);
  expect(readLookBack(japanese, WORDS)).toEqual({ cause: 'price', avoidable: 'yes', helped: '' });
});

it('knows nothing of what is not said in the words that it knows', () => {
  expect(readLookBack('They left.', WORDS)).toEqual({ cause: null, avoidable: null, helped: '' });
  expect(readLookBack('What was the cause?\nthe weather\nWas it avoidable?\n', WORDS)).toEqual({
    cause: null,
    avoidable: null,
    helped: '',
  });
});

it('gives back what was said to be fixed, whatever the words', () => {
  const words = fc.stringMatching(/^[\p{L}\p{N} .\n]{1,60}$/u).map((text) => text.trim());
  fc.assert(
    fc.property(words, (what) => {
      expect(readFixed(`${fixedNote('Fixed', what, '2345ABCD')}\n\nref0123456789ab`)).toBe(what);
    }),
  );
});
