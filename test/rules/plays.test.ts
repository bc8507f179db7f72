/** Plays in a policy file: what a team may say, and where it is told that it is wrong. */
import { describe, expect, it } from 'vitest';
import { playById } from '../../src/plays/choose.ts';
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
leads: { default: lead@example.com, East: east@example.com }
responses:
  bands: { watch: custom.vip_care, low: none }
plays:
  re-engage:
    label: Wake up
  custom.vip_care:
    label: { en: VIP care, ja: 特別対応 }
    signals: [usage.last_login]
    steps:
      - id: mail
        email: { subject: "{account}", text: "Dear {contact}" }
      - id: call
        task: { subject: "Call {account}", due: 2bd, assignee: boss@example.com, priority: high, type: call }
      - id: again
        task: { subject: Again, due: 1w, after: call }
      - id: stage
        property: { name: csm_status, value: at_risk }
      - id: ask
        questions: { title: Talk, ask: [{ id: mood, label: Mood, options: [good, bad] }] }
      - id: note
        note: { en: "Risk {risk}", ja: "リスク{risk}" }
signals:
  usage.login_drop: { play: custom.vip_care }
quiet: { cap: 5 }
`;

it('a team changes plays, adds its own, and says who answers what', () => {
  const policy = loaded(OWN);
  expect(playById('re-engage', policy)).toMatchObject({ label: { en: 'Wake up', ja: 'Wake up' } });
  expect(playById('re-engage', policy)?.steps).toEqual(playById('re-engage')?.steps);
  const own = playById('custom.vip_care', policy);
  expect(own?.steps.map(({ id, kind }) => [id, kind])).toEqual([
    ['mail', 'email'],
    ['call', 'task'],
    ['again', 'task'],
    ['stage', 'property'],
    ['ask', 'questions'],
    ['note', 'note'],
  ]);
  expect(own?.steps[2]).toMatchObject({ after: 'call', assignee: 'owner', priority: 'medium', type: 'todo', text: null });
  expect(policy.signals.filter(({ play }) => play === 'custom.vip_care').map(({ id }) => id)).toEqual(
    expect.arrayContaining(['usage.last_login', 'usage.login_drop']),
  );
  expect(policy.responses).toEqual({
    bands: { ...DEFAULT_POLICY.responses.bands, watch: 'custom.vip_care', low: null },
    tiers: DEFAULT_POLICY.responses.tiers,
  });
  expect(policy.leads.East).toBe('east@example.com');
  expect(policy.quiet).toEqual({ ...DEFAULT_POLICY.quiet, cap: 5 });
});

it('what is done about a score leaves its hash alone, and makes the kept book another', () => {
  const policy = loaded('version: 1\nquiet: { cap: 5 }\nplays: { re-engage: { label: Wake up } }\nleads: { default: a@example.com }\n');
  expect(policyHash(policy)).toBe(policyHash(DEFAULT_POLICY));
  expect(responseHash(DEFAULT_POLICY)).toBe('');
  expect(responseHash(policy)).toMatch(/^[0-9a-f]{16}$/);
  expect(responseHash(loaded('version: 1\nbase: 30\n'))).toBe('');
});

describe('a wrong play is told with its line', () => {
  const play = (steps: string) => `version: 1\nplays:\n  custom.x:\n    label: X\n    steps:\n${steps}`;
  it.each([
    ['an unknown signal', 'version: 1\nplays:\n  adoption:\n    signals: [usage.last_logn]\n', 4, 'usage.last_login'],
    ['a play that nobody has', 'version: 1\nsignals:\n  usage.last_login: { play: adoptoin }\n', 3, 'adoption'],
    ['a response that nobody has', 'version: 1\nresponses:\n  bands: { low: nothing-like-it-at-all }\n', 3, 'nothing-like-it-at-all'],
    ['an id that is neither shipped nor custom', 'version: 1\nplays:\n  our_own_vip_play: { label: X, steps: [] }\n', 3, ''],
    ['no steps', 'version: 1\nplays:\n  custom.x:\n    label: X\n    steps: []\n', 5, 'empty'],
    ['own without steps', 'version: 1\nplays:\n  custom.x: { label: X }\n', 3, 'steps is missing'],
    ['a step of two kinds', play('      - id: a\n        note: A\n        email: { subject: A, text: A }\n'), 6, 'exactly one'],
    ['a step of no kind', play('      - { id: a }\n'), 6, 'exactly one'],
    ['a step without id', play('      - { note: A }\n'), 6, 'id is missing'],
    ['a step twice', play('      - { id: a, note: A }\n      - { id: a, note: B }\n'), 7, 'twice'],
    ['a bad name', play('      - { id: A b, note: A }\n'), 6, 'no name'],
    ['a bad day', play('      - id: a\n        task: { subject: A, due: soon }\n'), 7, '3bd'],
    ['nobody', play('      - id: a\n        task: { subject: A, due: 1d, assignee: the boss }\n'), 7, 'nobody'],
    [
      'a step after no task',
      play('      - { id: n, note: A }\n      - id: a\n        task: { subject: A, due: 1d, after: n }\n'),
      8,
      'no task',
    ],
    [
      'a circle',
      play(
        '      - id: a\n        task: { subject: A, due: 1d, after: b }\n      - id: b\n        task: { subject: B, due: 1d, after: a }\n',
      ),
      7,
      'circle',
    ],
    ['an unknown fact', play('      - { id: a, note: "{acount}" }\n'), 6, 'account'],
    ['an unknown fact in one language', play('      - id: a\n        note: { en: A, ja: "{zzzzzzzz}" }\n'), 7, 'days_to_renewal'],
    ['a lost brace', play('      - { id: a, note: "a } b" }\n'), 6, 'brace'],
    ['an empty text', play('      - { id: a, note: "" }\n'), 6, 'empty'],
    ['a lead without address', 'version: 1\nleads: { default: boss }\n', 2, 'e-mail'],
    ['a cap of nothing', 'version: 1\nquiet: { cap: 0 }\n', 2, 'too small'],
  ] as const)('%s', (_, text, line, words) => {
    const result = loadPolicy(text, 'policy.yaml');
    expect(result.ok).toBe(false);
    if (result.ok) return;
    const [problem] = result.error;
    expect(problem).toMatchObject({ file: 'policy.yaml', line });
    if (!problem) return;
    expect(problemText(problem, 'en')).toContain(words);
    expect(problemText(problem, 'ja')).toMatch(/[ぁ-ん]/);
  });
});
