/** Templates as they ship, and filled: no fact that nobody has, nothing missing printed as nothing. */
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parseSpan } from '../../src/plays/due.ts';
import { FACT_NAMES, FACTS, type Facts } from '../../src/plays/facts.ts';
import { parseReminder } from '../../src/plays/reminder.ts';
import { parseTemplate } from '../../src/plays/template.ts';
import { filled, openFacts, TEMPLATES, templateNamed } from '../../src/plays/templates.ts';
import { TEMPLATE_KINDS } from '../../src/policy.ts';
import type { Day } from '../../src/units/day.ts';

const TODAY = '2026-11-21' as Day;
const nothing = Object.fromEntries(FACT_NAMES.map((name) => [name, null])) as unknown as Facts;
const everything = Object.fromEntries(FACT_NAMES.map((name) => [name, `<${name}>`])) as unknown as Facts;

describe.each(TEMPLATES)('$id', (template) => {
  it('has what its kind needs, and only facts that there are', () => {
    const { kind, subject, text, task } = template;
    if (kind === 'note') expect([subject, text === null]).toEqual([null, false]);
    else expect(subject).not.toBeNull();
    expect(task !== null).toBe(kind === 'task');
    if (task) expect(parseSpan(task.due)).not.toBeNull();
    for (const one of [subject, text])
      for (const words of [one?.en ?? '', one?.ja ?? '']) expect(parseTemplate(words).problems).toEqual([]);
  });

  it('asks for the same facts in both languages', () => {
    const asked = (lang: 'en' | 'ja') => [...filled(template, { facts: nothing, lang, today: TODAY, renewal: null }).missing].sort();
    expect(asked('ja')).toEqual(asked('en'));
  });

  it.each(['en', 'ja'] as const)('names in %s what nobody knows', (lang) => {
    const empty = filled(template, { facts: nothing, lang, today: TODAY, renewal: null });
    const marks = openFacts(`${empty.subject}\n${empty.text}`, lang);
    expect([...marks].sort()).toEqual([...empty.missing].sort());
    const full = filled(template, { facts: everything, lang, today: TODAY, renewal: null });
    expect(full.missing).toEqual([]);
    expect(openFacts(`${full.subject}\n${full.text}`, lang)).toEqual([]);
  });
});

it('there are some for every kind, each by its own name', () => {
  expect(new Set(TEMPLATES.map(({ kind }) => kind))).toEqual(new Set(TEMPLATE_KINDS));
  for (const pick of [
    (one: (typeof TEMPLATES)[number]) => one.id,
    (one: (typeof TEMPLATES)[number]) => one.label.en,
    (one: (typeof TEMPLATES)[number]) => one.label.ja,
  ])
    expect(new Set(TEMPLATES.map(pick)).size).toBe(TEMPLATES.length);
});

it('docs/policy.md lists them in their order', () => {
  const page = readFileSync(new URL('../../docs/policy.md', import.meta.url), 'utf8');
  const table = page.slice(page.indexOf('| template | kind | name |')).split('\n\n')[0] ?? '';
  expect([...table.matchAll(/^\| `([^`]+)` \| (\w+)/gm)].map(([, id, kind]) => [id, kind])).toEqual(
    TEMPLATES.map(({ id, kind }) => [id, kind]),
  );
});

it('a task falls due by the renewal where that is known, else on a business day', () => {
  const prep = templateNamed(TEMPLATES, 'renewal-prep');
  if (!prep) throw new Error('gone');
  const due = (renewal: string | null) => filled(prep, { facts: nothing, lang: 'en', today: TODAY, renewal: renewal as Day | null }).due;
  expect(due('2027-03-31')).toBe('2027-02-01');
  // A Saturday: the next business day.
  expect(due(null)).toBe('2026-11-24');
  const { subject } = filled(prep, { facts: { ...nothing, account: 'Aoba' }, lang: 'ja', today: TODAY, renewal: null });
  expect(subject).toBe('Aobaの更新を準備');
  expect(FACTS.renewal.ja).toBe('更新日');
});

it('a reminder is a moment, or so long before nine on the due day', () => {
  const at = (text: string) => parseReminder(text, '2026-11-24' as Day, TODAY, 'Asia/Tokyo');
  expect(at('1h')).toBe(Date.parse('2026-11-24T08:00:00+09:00'));
  expect(at('2026-11-23 15:00')).toBe(Date.parse('2026-11-23T15:00:00+09:00'));
  expect(at('whenever')).toBeNull();
});
