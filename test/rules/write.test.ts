/** Writing into the team's file keeps what the team wrote. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { changedPolicy } from '../../src/rules/change.ts';
import { loadPolicy } from '../../src/rules/load.ts';
import { type Change, parseChange, valueAt } from '../../src/rules/paths.ts';
import { writeEntries } from '../../src/rules/write.ts';
import { DEFAULT_POLICY } from '../../src/scoring/policy-default.ts';

const change = (text: string): Change => {
  const parsed = parseChange(text, DEFAULT_POLICY);
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.error));
  return parsed.value;
};

const apply = (text: string, ...changes: string[]): string => {
  const loaded = loadPolicy(text, 'policy.yaml');
  if (!loaded.ok) throw new Error('the text is wrong');
  const changed = changedPolicy(text, 'policy.yaml', loaded.value, changes.map(change));
  if (!changed.ok) throw new Error(JSON.stringify(changed.error));
  return changed.value.text;
};

const WRITTEN = `# The team's policy. Ask Ops before you change it.
version: 1

signals:
  # Agreed in the May review.
  usage.last_login:
    points: 18 # was 14
    reviewBy: 2027-01-31
  support.urgent: { points: 7 } # loud, but right

# 解約の多い順に見直す
bands:
  high: 50
`;

describe('writing a change', () => {
  it('touches one number', () => {
    expect(apply(WRITTEN, 'signals.usage.last_login.points=20')).toBe(WRITTEN.replace('18', '20'));
    expect(apply(WRITTEN, 'signals.support.urgent.points=3')).toBe(WRITTEN.replace('{ points: 7 }', '{ points: 3 }'));
    expect(apply(WRITTEN, 'bands.high=55.5')).toBe(WRITTEN.replace('high: 50', 'high: 55.5'));
  });

  it('adds what is not there, with both ends of a ramp', () => {
    const text = apply(WRITTEN, 'signals.usage.seat_util_low.ramp.to=0.1', 'caps.usage=40');
    expect(text.startsWith(WRITTEN.slice(0, WRITTEN.indexOf('\n# 解約')))).toBe(true);
    expect(text).toContain('  usage.seat_util_low:\n    ramp:\n      to: 0.1\n      from: 0.55\n');
    expect(text).toContain('caps:\n  usage: 40\n');
  });

  it('makes a file where there is none', () => {
    expect(apply('', 'signals.usage.last_login.points=20')).toBe(
      '# kizashi policy: only what differs from the default policy.\n\nversion: 1\nsignals:\n  usage.last_login:\n    points: 20\n',
    );
    expect(apply('# ours\n', 'base=31')).toMatch(/^# ours\n[\s\S]*version: 1\nbase: 31\n$/);
  });

  it('keeps every comment and reads back as what was written, whatever is changed', () => {
    const paths = DEFAULT_POLICY.signals.map(({ id }) => `signals.${id}.points`);
    fc.assert(
      fc.property(
        fc.uniqueArray(fc.constantFrom(...paths), { minLength: 1, maxLength: 6 }),
        fc.integer({ min: -20, max: 40 }),
        (names, value) => {
          const text = apply(WRITTEN, ...names.map((name) => `${name}=${value}`));
          for (const comment of WRITTEN.match(/#.*$/gm) ?? []) expect(text).toContain(comment);
          const loaded = loadPolicy(text, 'policy.yaml');
          if (!loaded.ok) throw new Error('what was written cannot be read');
          for (const name of names) expect(valueAt(loaded.value, change(`${name}=0`).path)).toBe(value);
          expect(writeEntries(text, [])).toBe(text);
        },
      ),
      { numRuns: 50 },
    );
  });
});

describe('a change', () => {
  it.each([
    ['signals.usage.last_login.points', { kind: 'form' }],
    ['signals.usage.last_login.points=many', { kind: 'number', text: 'many' }],
    ['signals.usage.last_logni.points=3', { kind: 'signal', text: 'usage.last_logni', near: 'usage.last_login' }],
    ['signals.usage.last_login.label=3', { kind: 'path' }],
    ['bands.low=3', { kind: 'path' }],
    ['noticeDays=3', { kind: 'path' }],
    ['__proto__.x=3', { kind: 'path' }],
  ])('%s is refused', (text, error) => {
    expect(parseChange(text, DEFAULT_POLICY)).toMatchObject({ ok: false, error });
  });

  it('names what stands there now', () => {
    const now = (name: string) => valueAt(DEFAULT_POLICY, change(`${name}=1`).path);
    expect(['signals.usage.last_login.points', 'signals.usage.last_login.ramp.to', 'caps.usage', 'bands.high', 'base'].map(now)).toEqual([
      14, 30, 34, 45, 30,
    ]);
    expect(['groupFloor', 'minimumCoverage', 'probability.slope', 'probability.baseRates.monthly'].map(now)).toEqual([
      -15, 0.4, 0.5, 0.055,
    ]);
  });
});
