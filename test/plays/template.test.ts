/** The language of a play's texts: what it reads, and that nothing missing is ever printed as nothing. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { FACT_NAMES, FACTS, type Facts } from '../../src/plays/facts.ts';
import { parseTemplate, render } from '../../src/plays/template.ts';

const nothing = Object.fromEntries(FACT_NAMES.map((name) => [name, null])) as unknown as Facts;
const facts: Facts = { ...nothing, account: 'Aoba', mrr: '¥500K', me: '   ' };

describe('a template', () => {
  it.each([
    ['plain', 'plain', []],
    ['{account}: {mrr}', 'Aoba: ¥500K', []],
    ['{ account }', 'Aoba', []],
    ['{{account}}', '{account}', []],
    ['{renewal}, {goals}, {renewal}', '[renewal date?], [goals?], [renewal date?]', ['renewal', 'goals']],
    // Blanks are nothing too.
    ['{me}', '[your name?]', ['me']],
    ['', '', []],
  ] as const)('%s', (template, text, missing) => {
    expect(render(template, facts, 'en')).toEqual({ text, missing });
  });

  it('says a missing fact in the reader’s language', () => {
    expect(render('更新: {renewal}', facts, 'ja').text).toBe('更新: [更新日?]');
  });

  it('says what is wrong with it', () => {
    expect(parseTemplate('{acount} { {plan} } {a{mrr}').problems).toEqual([
      { kind: 'fact', name: 'acount' },
      { kind: 'brace' },
      { kind: 'brace' },
      { kind: 'brace' },
    ]);
    expect(parseTemplate('{}').problems).toEqual([{ kind: 'fact', name: '' }]);
    expect(parseTemplate('{constructor}').problems).toEqual([{ kind: 'fact', name: 'constructor' }]);
  });

  it('never reads a value as a template, and never prints nothing for a fact', () => {
    fc.assert(
      fc.property(fc.constantFrom(...FACT_NAMES), fc.option(fc.string()), (name, value) => {
        const { text, missing } = render(`a{${name}}b`, { ...nothing, [name]: value }, 'en');
        const known = value?.trim() ?? '';
        expect(text).toBe(known === '' ? `a[${FACTS[name].en}?]b` : `a${known}b`);
        expect(missing).toEqual(known === '' ? [name] : []);
      }),
    );
  });

  it('takes any text without a brace as it stands', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        const plain = text.replaceAll(/[{}]/g, '');
        expect(render(plain, nothing, 'en')).toEqual({ text: plain, missing: [] });
        const doubled = text.replaceAll('{', '{{').replaceAll('}', '}}');
        expect(render(doubled, nothing, 'en')).toEqual({ text, missing: [] });
      }),
    );
  });
});
