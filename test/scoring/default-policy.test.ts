/** The shipped rows: complete in both languages, over inputs that give what the templates ask for. */
import { describe, expect, it } from 'vitest';
import { PLAYS } from '../../src/plays/catalog.ts';
import { playById } from '../../src/plays/choose.ts';
import { GROUPS } from '../../src/scoring/compile.ts';
import { isInputName } from '../../src/scoring/inputs/index.ts';
import { DEFAULT_POLICY } from '../../src/scoring/policy-default.ts';

const names = (template: string): string[] => [...template.matchAll(/\{(\w+)\}/g)].map((match) => match[1] ?? '').sort();

describe.each(DEFAULT_POLICY.signals.map((rule) => [rule.id, rule] as const))('%s', (id, rule) => {
  it('stands in its group, over an input that exists, answered by a play that exists', () => {
    expect(GROUPS).toContain(rule.group);
    expect(id.startsWith(`${rule.group}.`)).toBe(true);
    expect(isInputName(rule.input)).toBe(true);
    expect(playById(rule.play)?.id).toBe(rule.play);
    expect(rule.points).not.toBe(0);
    expect(rule.ramp.from).not.toBe(rule.ramp.to);
  });

  it('says the same in both languages', () => {
    expect(new Set(names(rule.evidence.ja))).toEqual(new Set(names(rule.evidence.en)));
    expect(new Set(names(rule.short.ja))).toEqual(new Set(names(rule.short.en)));
    for (const name of names(rule.short.en)) expect(names(rule.evidence.en)).toContain(name);
    expect(rule.label.ja).toMatch(/[\p{Script=Han}\p{Script=Katakana}A-Z]/u);
  });
});

describe('the default policy', () => {
  it('names every signal and every play once', () => {
    expect(new Set(DEFAULT_POLICY.signals.map((rule) => rule.id)).size).toBe(DEFAULT_POLICY.signals.length);
    expect(new Set(PLAYS.map((play) => play.id)).size).toBe(PLAYS.length);
    expect(playById('no-such-play')).toBeNull();
  });

  it('has 47 signals', () => {
    expect(DEFAULT_POLICY.signals).toHaveLength(47);
  });

  it('keeps its bands ascending', () => {
    const { low, watch, high, critical } = DEFAULT_POLICY.bands;
    expect(low < watch && watch < high && high < critical).toBe(true);
  });
});
