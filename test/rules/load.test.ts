/** The team's file over the default policy: what it may say, and what it is told where it is wrong. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { loadPolicy, migrate } from '../../src/rules/load.ts';
import { problemText } from '../../src/rules/problem.ts';
import { policySchemaText } from '../../src/rules/shape.ts';
import { DEFAULT_POLICY, SIMPLE_POLICY } from '../../src/scoring/policy-default.ts';
import { policyHash } from '../../src/scoring/policy-hash.ts';

const load = (text: string) => {
  const loaded = loadPolicy(text, 'policy.yaml');
  if (!loaded.ok) throw new Error(loaded.error.map((problem) => problemText(problem, 'en')).join('\n'));
  return loaded.value;
};

const told = (text: string, lang: 'en' | 'ja' = 'en'): string[] => {
  const loaded = loadPolicy(text, 'policy.yaml');
  return loaded.ok ? [] : loaded.error.map((problem) => problemText(problem, lang));
};

describe('a policy file', () => {
  it.each(['', '# nothing yet\n', 'version: 1\n', '\ufeffversion: 1\n', 'version: 1\npreset: full\nsignals: {}\n'])(
    'that states nothing is the default: %j',
    (text) => {
      expect(load(text)).toEqual(DEFAULT_POLICY);
      expect(policyHash(load(text))).toBe(policyHash(DEFAULT_POLICY));
    },
  );

  it('changes only what it states', () => {
    const policy = load('version: 1\nbands: { high: 50 }\nsignals: { usage.last_login: { points: 20 } }\n');
    expect(policy).toEqual({
      ...DEFAULT_POLICY,
      bands: { ...DEFAULT_POLICY.bands, high: 50 },
      signals: DEFAULT_POLICY.signals.map((rule) => (rule.id === 'usage.last_login' ? { ...rule, points: 20 } : rule)),
    });
  });

  it('takes the simple preset with what else it names', () => {
    expect(load('version: 1\npreset: simple\n')).toEqual(SIMPLE_POLICY);
    const ids = load('version: 1\npreset: simple\nsignals: { support.urgent: { points: 7 } }\n').signals.map(({ id }) => id);
    expect(ids).toHaveLength(SIMPLE_POLICY.signals.length + 1);
    expect(ids).toContain('support.urgent');
  });

  it('has a signal of its own', () => {
    const own = load(
      'version: 1\nsignals:\n  custom.quiet:\n    group: usage\n    label: Quiet\n    points: 4\n    input: days_since_last_use\n    ramp: { from: 5, to: 9 }\n',
    ).signals.at(-1);
    const text = { en: 'Quiet', ja: 'Quiet' };
    expect(own).toEqual({
      id: 'custom.quiet',
      group: 'usage',
      label: text,
      evidence: text,
      short: text,
      input: 'days_since_last_use',
      ramp: { from: 5, to: 9 },
      points: 4,
      play: '',
      simple: false,
    });
  });

  it('means the same in whatever order its keys stand', () => {
    const parts = [
      'bands: { critical: 70, watch: 20 }',
      'caps: { usage: 40, support: 12 }',
      'retired: { support.urgent: noise, usage.adoption_high: old }',
      'plans: { Pro: { ramps: { usage.last_login: { from: 5, to: 10 }, usage.seat_util_low: { from: 0.6, to: 0.1 } } }, Free: { retired: { support.urgent: no } } }',
      'segments: { SMB: { ramps: { usage.last_login: { from: 7, to: 10 } } } }',
      'signals: { custom.b: { group: market, label: B, points: 1, when: { mention: price } }, custom.a: { group: market, label: A, points: 2, when: { mention: price } } }',
    ];
    const hash = policyHash(load(`version: 1\n${parts.join('\n')}\n`));
    fc.assert(
      fc.property(fc.shuffledSubarray(parts, { minLength: parts.length }), (shuffled) => {
        expect(policyHash(load(`${shuffled.join('\n')}\nversion: 1\n`))).toBe(hash);
      }),
    );
    const swapped = parts.map((part) =>
      part.replace('custom.b: { group: market, label: B, points: 1', 'custom.b: { points: 1, label: B, group: market'),
    );
    expect(policyHash(load(`version: 1\n${swapped.join('\n')}\n`))).toBe(hash);
    const turned = parts.map((part) =>
      part.replace('{ support.urgent: noise, usage.adoption_high: old }', '{ usage.adoption_high: old, support.urgent: noise }'),
    );
    expect(policyHash(load(`version: 1\n${turned.join('\n')}\n`))).toBe(hash);
    expect(policyHash(load(`version: 1\n${parts.join('\n').replace('noise', 'other')}\n`))).not.toBe(hash);
  });

  it('takes the worked example of the docs', () => {
    const page = readFileSync(join(import.meta.dirname, '../../docs/policy.md'), 'utf8');
    const [, example = ''] = /```yaml\n([\s\S]*?)```/.exec(page) ?? [];
    const policy = load(example);
    expect(policy.signals.find(({ id }) => id === 'custom.silent_before_renewal')?.when).toBeDefined();
    expect(policy.retired).toHaveLength(3);
    expect(policy.ramps).toEqual([{ plan: 'Free', signal: 'usage.seat_util_low', ramp: { from: 0.3, to: 0.1 } }]);
  });
});

describe('a wrong policy file is told', () => {
  it.each<readonly [string, string, string]>([
    [
      'a rate that makes amounts no amounts any more',
      'version: 1\nrevenue:\n  rates: { USD: 1e300 }\n',
      ':3: revenue.rates.USD: 1e+300 is too large; 1000000000 or less is expected',
    ],
    [
      'an unknown signal',
      'version: 1\n\nsignals:\n  usage.last_logni: { points: 3 }\n',
      ':4: signals.usage.last_logni: there is no signal usage.last_logni; did you mean usage.last_login?',
    ],
    [
      'a signal that is nothing like another',
      'version: 1\nsignals: { weather: { points: 3 } }\n',
      ':2: signals.weather: there is no signal weather; signals of your own begin with custom.',
    ],
    [
      'a ramp without width',
      'version: 1\nsignals:\n  usage.last_login:\n    points: 3\n    ramp: { from: 9, to: 9 }\n',
      ':5: signals.usage.last_login.ramp: from and to are both 9; a ramp needs two different values',
    ],
    [
      'a ramp that runs backwards',
      'version: 1\nsignals:\n  usage.last_login:\n    ramp: { from: 30, to: 14 }\n',
      ':4: signals.usage.last_login.ramp: from 30 to 14 runs backwards; this signal grows upwards, so from must be below to',
    ],
    [
      'a backwards ramp of a plan',
      'version: 1\nplans:\n  Pro:\n    ramps:\n      usage.seat_util_low: { from: 0.1, to: 0.4 }\n',
      ':5: plans.Pro.ramps.usage.seat_util_low: from 0.1 to 0.4 runs backwards; this signal grows downwards, so from must be above to',
    ],
    [
      'bands that overlap',
      'version: 1\nbands:\n  watch: 30\n  high: 30\n',
      ':4: bands.high: high from 30 overlaps watch from 30; the edges must rise',
    ],
    [
      'a band that overlaps one of the default',
      'version: 1\nbands:\n  watch: 45\n',
      ':3: bands.watch: high from 45 overlaps watch from 45; the edges must rise',
    ],
    [
      'a wrong type',
      'version: 1\nsignals:\n  support.urgent:\n    points: lots\n',
      ':4: signals.support.urgent.points: a number is expected here',
    ],
    ['no number', 'version: 1\nbase: .nan\n', ':2: base: a number is expected here'],
    ['a list for a map', 'version: 1\ncaps:\n  - 3\n', ':2: caps: a group of keys is expected here'],
    ['a value out of range', 'version: 1\ncaps: { usage: -3 }\n', ':2: caps.usage: -3 is too small; 0 or more is expected'],
    ['an unknown key', 'version: 1\nbnads: { high: 50 }\n', ':2: bnads: there is no bnads here; did you mean bands?'],
    ['another word', 'version: 1\npreset: all\n', ':2: preset: "all" is none of simple, full'],
    ['no version', 'base: 30\n', ':1: policy: version is missing'],
    ['a newer version', 'version: 2\n', ':1: version 2 is newer than this kizashi knows (1). Update kizashi'],
    ['broken YAML', 'version: 1\ncaps: { usage: 3\nbase: 2\n', ':3: this is not YAML: '],
    ['a key twice', 'version: 1\nbase: 30\nbase: 40\n', ':3: this is not YAML: Map keys must be unique'],
    [
      'a day that is none',
      'version: 1\nsignals:\n  support.urgent:\n    reviewBy: 2027-02-30\n',
      ':4: signals.support.urgent.reviewBy: "2027-02-30" is not a day; YYYY-MM-DD is expected',
    ],
    ['an own signal without what it needs', 'version: 1\nsignals:\n  custom.x: { label: X }\n', ':3: signals.custom.x: group is missing'],
    [
      'an input where none can be',
      'version: 1\nsignals:\n  support.urgent:\n    input: adoption\n',
      ':4: signals.support.urgent.input: there is no input here',
    ],
    [
      'a comparison with nothing',
      'version: 1\nsignals:\n  custom.x:\n    group: usage\n    label: X\n    points: 1\n    when:\n      all:\n        - { input: adoption }\n',
      ':9: signals.custom.x.when.all[0]: a comparison needs above, atLeast, below or atMost',
    ],
    [
      'an unknown input',
      'version: 1\nsignals:\n  custom.x: { group: usage, label: X, points: 1, ramp: { from: 1, to: 2 },\n    input: adoptoin }\n',
      ':4: signals.custom.x.input: "adoptoin" is not known; did you mean adoption?',
    ],
    [
      'two conditions in one',
      'version: 1\nsignals:\n  custom.x:\n    group: usage\n    label: X\n    points: 1\n    when: { mention: price, input: adoption, above: 1 }\n',
      ':7: signals.custom.x.when: exactly one of all, any, not, input, mention is expected',
    ],
    [
      'an unknown word list',
      'version: 1\nsignals:\n  custom.x: { group: usage, label: X, points: 1, when: { mention: weather } }\n',
      ':3: signals.custom.x.when.mention: there is no word list weather; expected is one of ',
    ],
    [
      'an incident on a day that is none',
      'version: 1\nincidents:\n  - { on: 2026-02-30, title: Outage }\n',
      ':3: incidents[0].on: "2026-02-30" is not a day; YYYY-MM-DD is expected',
    ],
    ['an incident without a name', 'version: 1\nincidents:\n  - on: 2026-02-03\n', ':3: incidents[0]: title is missing'],
    ['tiers that cross', 'version: 1\ntiers: { high: 10, low: 20 }\n', ':2: tiers.low: 20 must reach further down than high (10)'],
    ['shares that cross', 'version: 1\ntiers: { high: 50%, low: 20% }\n', ':2: tiers.low: 20% must reach further down than high (50%)'],
    [
      'an amount beside a share',
      'version: 1\ncustomerGrades:\n  S: 5%\n  A: 300000\n',
      ':4: customerGrades.A: 300000 stands beside 5%; take amounts or shares, not both',
    ],
    ['a share of nothing', 'version: 1\nimpact: 0%\n', ':2: impact: 0% is neither an amount above 0 nor a share from 1% to 100%'],
    ['a cut that is no number', 'version: 1\nimpact: [1]\n', ':2: impact: an amount, or a share such as 20% is expected here'],
    [
      'a retired signal that does not exist',
      'version: 1\naccounts:\n  9001:\n    retired:\n      usage.nothing: gone\n',
      ':5: accounts.9001.retired.usage.nothing: there is no signal usage.nothing',
    ],
  ])('%s', (_, text, expected) => {
    const problems = told(text);
    expect(
      problems.some((problem) => problem.startsWith(`policy.yaml${expected}`)),
      problems.join('\n'),
    ).toBe(true);
    // Every fault has its line and reads in Japanese too.
    expect(problems.every((problem) => /^policy\.yaml:\d+: /.test(problem))).toBe(true);
    for (const problem of told(text, 'ja')) expect(problem).toMatch(/[ぁ-んァ-ヶ一-龠]/);
  });

  it('all at once, in the order of the lines', () => {
    const lines = told(
      'version: 1\nbands: { high: 20 }\nsignals:\n  a: {}\n  support.urgent: { ramp: { from: 1, to: 1 } }\nretired: { b: c }\n',
    );
    expect(lines.map((line) => line.split(':')[1])).toEqual(['2', '4', '5', '6']);
  });

  it('an alias that unfolds without end', () => {
    const bomb = `version: 1\na: &a [x,x,x,x,x,x,x,x,x]\n${'bcdefghi'
      .split('')
      .map((name, at) => `${name}: &${name} [${Array.from({ length: 9 }, () => `*${'abcdefgh'[at]}`).join(',')}]`)
      .join('\n')}\n`;
    expect(told(bomb)[0]).toMatch(/^policy\.yaml:1: this is not YAML: Excessive alias count/);
  });
});

describe('an older file', () => {
  it('is brought up step by step', () => {
    const steps = [
      ({ start, ...rest }: Readonly<Record<string, unknown>>) => ({ ...rest, base: start }),
      (file: Readonly<Record<string, unknown>>) => ({ ...file, base: Number(file.base) + 1 }),
    ];
    expect(migrate({ version: 1, start: 20 }, steps)).toEqual({ ok: true, value: { version: 3, base: 21 } });
    expect(migrate({ version: 2, base: 20 }, steps)).toEqual({ ok: true, value: { version: 3, base: 21 } });
    expect(migrate({ version: 3, base: 20 }, steps)).toEqual({ ok: true, value: { version: 3, base: 20 } });
    expect(migrate({ version: 4 }, steps)).toMatchObject({ ok: false, error: { kind: 'newer' } });
  });
});

it('the schema for editors is the one that the program checks by', () => {
  expect(readFileSync(join(import.meta.dirname, '../../schema/policy.schema.json'), 'utf8')).toBe(policySchemaText());
});
