/** `experiment` by the built program: groups by hand, by filter and by draw, and the report. */
import { cpSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { KPIS } from '../../src/scoring/experiment.ts';
import { addDays } from '../../src/units/day.ts';
import { type Json, prepareHome, type Ran, tempFolder, today } from './harness.ts';
import { run } from './inside.ts';

let prepared = '';
beforeAll(async () => {
  prepared = await prepareHome(['--all']);
}, 60_000);
afterAll(() => rmSync(prepared, { recursive: true, force: true }));

interface Here {
  readonly home: string;
  run(args: readonly string[], stdin?: string): Promise<Ran>;
  json(args: readonly string[], stdin?: string): Promise<Json>;
}

function copy(): Here {
  const home = tempFolder();
  onTestFinished(() => rmSync(home, { recursive: true, force: true }));
  cpSync(prepared, home, { recursive: true });
  const runHere: Here['run'] = (args, stdin) => run(['--offline', ...args], { home, ...(stdin === undefined ? {} : { stdin }) });
  return {
    home,
    run: runHere,
    async json(args, stdin) {
      const ran = await runHere([...args, '--json'], stdin);
      expect([ran.code, ran.stderr], args.join(' ')).toEqual([0, '']);
      return JSON.parse(ran.stdout);
    },
  };
}

const group = (made: Json, name: string): string[] => made.accounts.filter((one: Json) => one.group === name).map((one: Json) => one.id);

const START = addDays(today(), -120);

describe('experiment', () => {
  it('draws groups of the book as it stood on the start day, and measures what became of them', async () => {
    const here = copy();
    const made = await here.json(['--as-of', START, 'experiment', 'new', 'Onboarding calls', '--draw', 'all', '--seed', '5']);
    const book = await here.json(['--as-of', START, 'list', '--include-snoozed']);
    expect(made).toMatchObject({ name: 'Onboarding calls', from: START, to: addDays(START, 89), choice: { kind: 'drawn', seed: 5 } });
    const [target, control] = [group(made, 'target'), group(made, 'control')];
    expect([...target, ...control].sort()).toEqual(book.accounts.map((row: Json) => row.id).sort());
    for (const tier of ['high', 'low', 'tech']) {
      const of = (ids: readonly string[]) => book.accounts.filter((row: Json) => row.tier === tier && ids.includes(row.id)).length;
      expect(Math.abs(of(target) - of(control))).toBeLessThanOrEqual(2);
    }

    const shown = await here.json(['experiment', 'show', 'onboarding CALLS']);
    expect(Object.keys(shown)).toEqual(expect.arrayContaining(['name', 'from', 'to', 'groups', 'kpis']));
    expect(shown.groups).toEqual([
      { name: 'target', n: target.length },
      { name: 'control', n: control.length },
    ]);
    expect(shown.kpis.map((one: Json) => one.kpi)).toEqual(KPIS.map(({ id }) => id));
    expect(shown).toMatchObject({ state: 'ended', madeOn: today(), missing: 0 });
    for (const { target: t, control: c, effect, improved, finding } of shown.kpis) {
      if (effect.value === null) continue;
      expect(effect.value).toBeCloseTo(t.after - t.before - (c.after - c.before), 6);
      expect(improved).toBe(finding === 'unknown' ? null : finding === 'improved');
      if (effect.low !== null) expect(effect.low < effect.value && effect.value < effect.high).toBe(true);
    }
    // The MRR of the start is that of the list of that day: who was in the book then, and paid in yen.
    const paid = book.accounts.filter((row: Json) => target.includes(row.id) && row.currency === 'JPY').map((row: Json) => row.mrr);
    expect(shown.kpis[0].target.before).toBeCloseTo(paid.reduce((sum: number, mrr: number) => sum + mrr, 0) / paid.length, 6);

    const text = await here.run(['experiment', 'show', 'Onboarding calls']);
    expect(text.stdout).toContain('drawn at random');
    expect(text.stdout).toContain('The groups were made on');
    expect(text.stdout).toMatch(/\nDid not improve\n/);
    const markdown = await here.run(['experiment', 'show', 'Onboarding calls', '--format', 'md', '--lang', 'ja']);
    expect(markdown.stdout).toMatch(/^# 実験: Onboarding calls\n/);
    expect(markdown.stdout).toContain('| KPI | 対象群 |');
  });

  it('takes groups by name, file, standard input and filter, and remembers how', async () => {
    const here = copy();
    const { accounts } = await here.json(['list']);
    const ids: string[] = accounts.map((row: Json) => row.id);
    const file = join(here.home, 'control.txt');
    writeFileSync(file, `\ufeff${ids.slice(6, 12).join('\r\n')}\r\n\r\n`);
    const byHand = await here.json(
      ['experiment', 'new', 'By hand', '--target', ids[0] ?? '', '--target-file', '-', '--control-file', file],
      `${ids.slice(1, 6).join('\n')}\n`,
    );
    expect([group(byHand, 'target').sort(), group(byHand, 'control').sort()]).toEqual([ids.slice(0, 6).sort(), ids.slice(6, 12).sort()]);

    const tiers = await here.json(['experiment', 'new', 'Tiers', '--target', 'tier=low', '--control', 'tier=tech']);
    const of = (tier: string) => accounts.filter((row: Json) => row.tier === tier).map((row: Json) => row.id);
    expect([group(tiers, 'target').sort(), group(tiers, 'control').sort()]).toEqual([of('low').sort(), of('tech').sort()]);
    expect(tiers.choice).toEqual({ kind: 'chosen', target: ['tier=low'], control: ['tier=tech'] });

    const rest = await here.json([
      'experiment',
      'new',
      'Rest',
      '--tier',
      'tech',
      '--target',
      ...of('tech').slice(0, 5).join(',--target,').split(','),
      '--rest',
    ]);
    expect(group(rest, 'control').sort()).toEqual(of('tech').slice(5).sort());

    const few = await here.json(['experiment', 'new', 'Few', '--draw', '6', '--seed', '1']);
    expect(few.groups.map((one: Json) => one.n)).toEqual([6, 6]);
    expect((await here.run(['experiment', 'show', 'Few'])).stdout).toContain('fewer than 20 accounts');
    expect((await here.run(['experiment', 'new', 'Fewer', '--draw', '6'])).stdout).toContain('fewer than 20 accounts');
    const { experiments } = await here.json(['experiment']);
    expect(experiments.map((one: Json) => [one.name, one.state])).toEqual(
      ['By hand', 'Tiers', 'Rest', 'Few', 'Fewer'].map((name) => [name, 'running']),
    );
    expect((await here.run(['experiment', 'list'])).stdout).toMatch(
      /^Experiments\n {2}Name +From +To +State +Target +Control\n {2}By hand /,
    );
    // Ten accounts or so of six and six are in the tiers as well.
    const { alsoIn } = await here.json(['experiment', 'show', 'By hand']);
    expect(alsoIn.map((one: Json) => one.name)).toContain('Tiers');
    for (const { n } of alsoIn) expect(n > 0 && n <= 12).toBe(true);
    // On the first day no month, no week and no window has passed.
    const shown = await here.json(['experiment', 'show', 'Tiers']);
    expect(shown.kpis[0]).toMatchObject({ kpi: 'mrr', effect: { value: null, low: null, high: null }, improved: null });
  });

  it('refuses with what is wrong', async () => {
    const here = copy();
    const { accounts } = await here.json(['list', '--limit', '12']);
    const ids: string[] = accounts.map((row: Json) => row.id);
    const options = (name: string, from: number, to: number): string[] => ids.slice(from, to).flatMap((id) => [`--${name}`, id]);
    const refused: readonly (readonly [readonly string[], string])[] = [
      [['new', 'A'], 'name the experiment and its groups'],
      [['new', 'A'.repeat(81), '--draw', 'all'], 'more than 80 characters'],
      [
        ['new', 'A', ...options('target', 0, 4), ...options('control', 4, 12)],
        'too few accounts: 4 in the target group and 8 in the control group, where 5',
      ],
      [['new', 'A', ...options('target', 0, 6), ...options('control', 5, 12)], 'in both groups: '],
      [['new', 'A', '--target', 'Nobody at all', '--rest'], 'Nobody at all'],
      [['new', 'A', '--target', 'colour=red', '--rest'], "'colour=red': a group can be taken by owner=, team="],
      [['new', 'A', '--draw', 'some'], "'some' is not a number of accounts"],
      [['new', 'A', '--draw', 'all', '--rest'], '--draw makes both groups'],
      [['new', 'A', ...options('target', 0, 6), ...options('control', 6, 12), '--rest'], 'leave out --control'],
      [['new', 'A', '--draw', 'all', '--from', addDays(today(), -1)], `--as-of ${addDays(today(), -1)}`],
      [['new', 'A', '--draw', 'all', '--to', addDays(today(), 26)], '28 days at least'],
      [['new', 'A', '--target-file', join(here.home, 'none.txt'), '--rest'], 'none.txt could not be read (ENOENT)'],
      [['show'], 'no experiments yet'],
      [['show', 'A'], "there is no experiment 'A'"],
      [['burn'], "'burn' is not one of new, list, show"],
    ];
    await Promise.all(
      refused.map(async ([args, words]) => {
        const ran = await here.run(['experiment', ...args]);
        expect([ran.code, ran.stdout, ran.stderr], args.join(' ')).toEqual([2, '', expect.stringContaining(words)]);
      }),
    );
    expect((await here.json(['experiment'])).experiments).toEqual([]);
    await here.json(['experiment', 'new', 'Calls', '--draw', 'all']);
    const again = await here.run(['experiment', 'new', 'ＣＡＬＬＳ', '--draw', 'all']);
    expect([again.code, again.stderr]).toEqual([2, expect.stringContaining("an experiment 'Calls' already")]);
  });
});
