/** Templates in a policy file: what a team may say, and where it is told that it is wrong. */
import { describe, expect, it } from 'vitest';
import { TEMPLATES, templateNamed, templatesOf } from '../../src/plays/templates.ts';
import { loadPolicy } from '../../src/rules/load.ts';
import { problemText } from '../../src/rules/problem.ts';
import { DEFAULT_POLICY } from '../../src/scoring/policy-default.ts';
import { policyHash, responseHash } from '../../src/scoring/policy-hash.ts';

function loaded(text: string) {
  const result = loadPolicy(text, 'policy.yaml');
  if (!result.ok) throw new Error(result.error.map((one) => problemText(one, 'en')).join('\n'));
  return result.value;
}

const OWN = `version: 1
templates:
  renewal-prep: { due: renewal-90d, priority: high }
  talk: { text: { en: "With {contact}", ja: "{contact}様と" } }
  custom.invoice:
    kind: task
    label: { en: Invoice, ja: 請求書 }
    subject: "Invoice of {account}"
    due: 1bd
    type: call
  custom.visit: { kind: call, label: Visit, text: "On {today}" }
`;

it('a team changes templates and adds its own behind them', () => {
  const all = templatesOf(loaded(OWN));
  expect(all.map(({ id }) => id)).toEqual([...TEMPLATES.map(({ id }) => id), 'custom.invoice', 'custom.visit']);
  const shipped = templateNamed(TEMPLATES, 'renewal-prep');
  expect(templateNamed(all, 'renewal-prep')).toEqual({ ...shipped, task: { due: 'renewal-90d', priority: 'high', type: 'todo' } });
  expect(templateNamed(all, 'talk')?.text).toEqual({ en: 'With {contact}', ja: '{contact}様と' });
  expect(templateNamed(all, 'invoice')).toEqual({
    id: 'custom.invoice',
    kind: 'task',
    label: { en: 'Invoice', ja: '請求書' },
    subject: { en: 'Invoice of {account}', ja: 'Invoice of {account}' },
    text: null,
    task: { due: '1bd', priority: 'none', type: 'call' },
  });
  expect(templateNamed(all, '請求書')?.id).toBe('custom.invoice');
  expect(templateNamed(all, 'invoices')).toBeNull();
});

it('no score hangs on them, and no kept book', () => {
  const policy = loaded(OWN);
  expect(policyHash(policy)).toBe(policyHash(DEFAULT_POLICY));
  expect(responseHash(policy)).toBe('');
});

describe('a wrong template is told with its line', () => {
  const file = (line: string) => `version: 1\ntemplates:\n  ${line}\n`;
  it.each([
    ['an unknown fact', 'talk: { text: "{acount}" }', 'account'],
    ['an open brace', 'custom.x: { kind: note, label: X, text: "{account" }', 'templates.custom.x.text'],
    ['a fact in one language', 'talk: { text: { en: "{plan}", ja: "{プラン}" } }', 'プラン'],
    ['an id that ships nowhere', 'renewal-perp: { due: 1bd }', 'renewal-prep'],
    ['an id without custom.', 'zzz: { kind: note, label: X, text: x }', 'custom.'],
    ['no kind', 'custom.x: { label: X, text: x }', 'kind'],
    ['a note without text', 'custom.x: { kind: note, label: X }', 'text'],
    ['a task without subject', 'custom.x: { kind: task, label: X, text: x }', 'subject'],
    ['a note with a subject', 'custom.x: { kind: note, label: X, text: x, subject: y }', 'a note has no subject'],
    ['a day that a call cannot have', 'custom.x: { kind: call, label: X, text: x, due: 1bd }', 'a call has no due'],
    ['a day that is none', 'custom.x: { kind: task, label: X, subject: x, due: soon }', 'soon'],
    ['another kind for a shipped one', 'talk: { kind: task }', 'for a note'],
    ['a kind that is none', 'custom.x: { kind: letter, label: X, text: x }', 'letter'],
    ['an unknown key', 'talk: { body: x }', 'body'],
  ])('%s', (_, line, told) => {
    const result = loadPolicy(file(line), 'policy.yaml');
    expect(result.ok).toBe(false);
    const texts = result.ok ? [] : result.error.map((one) => problemText(one, 'en'));
    expect(texts.join('\n')).toMatch(/^policy\.yaml:3: /);
    expect(texts.join('\n')).toContain(told);
  });
});
