/** `qbr`: one account's quarter, with what is missing by name and with the experiments that failed. */
import { mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { DemoServer } from '../../src/data/demo/server.ts';
import { slug } from '../../src/text/slug.ts';
import { type Desk, type Json, ME, prepareHome, serve } from './harness.ts';
import { deskOf } from './inside.ts';

let home: string;
let server: DemoServer;
let desk: Desk;
let list: Json;
let first: Json;

beforeAll(async () => {
  home = await prepareHome();
  server = await serve();
  desk = deskOf(server, home);
  list = await desk.json(['--offline', 'list']);
  first = list.accounts[0];
});
afterAll(async () => {
  await server.close();
  rmSync(home, { recursive: true, force: true });
});

async function qbr(...args: string[]): Promise<string> {
  const ran = await desk.run(['--offline', ...args]);
  expect(ran.stderr).toBe('');
  expect(ran.code).toBe(0);
  return ran.stdout;
}

describe('the review', () => {
  it('has goals, MRR, usage, support, surveys, deeds, value, risks and proposals, each or why it is missing', async () => {
    const text = await qbr('qbr', first.id);
    for (const part of ['Goals', 'MRR', 'Usage and adoption', 'Support', 'Survey results', 'What we did', 'What came of it'])
      expect(text).toContain(`\n## ${part}\n`);
    for (const part of ['Experiments', 'Value and return', 'Open risks', 'Proposals', 'What is missing'])
      expect(text).toContain(`\n## ${part}\n`);
    expect(text).toContain(list.policy);
    expect(text).toContain(first.signals[0].evidence.replaceAll(/[_[\]|<>*`]/g, (mark: string) => `\\${mark}`));
    expect(text).toContain('Value and return: nothing in the portal is taken for it');
    const json = await desk.json(['--offline', 'qbr', first.id]);
    expect(json.missing).toContainEqual({ part: 'value', because: 'unmapped' });
    expect(json).toMatchObject({ id: first.id, mrrNow: first.mrr, risk: first.risk, to: list.asOf });
    for (const { part } of json.missing) expect(text.slice(text.indexOf('## What is missing'))).toMatch(new RegExp(PARTS[part] ?? 'never'));
  });

  it('for a customer holds nothing that only we may read', async () => {
    const ids: string[] = list.accounts.slice(0, 6).map(({ id }: Json) => id);
    const told = { secrets: 0, points: 0 };
    for (const id of ids) {
      const ours = await desk.json(['--offline', 'qbr', id]);
      const [text, theirs] = [await qbr('qbr', id, '--for', 'customer'), await desk.json(['--offline', 'qbr', id, '--for', 'customer'])];
      const all = `${text}${JSON.stringify(theirs)}`;
      for (const part of ['Open risks', 'What came of it', 'Experiments', 'Internal', 'kizashi', list.policy])
        expect(all).not.toContain(part);
      for (const key of ['risk', 'band', 'risks', 'actions', 'experiments', 'play', 'openTasks', 'policy'])
        expect(theirs).not.toHaveProperty(key);
      for (const part of [
        'Goals',
        'Your contract',
        'Usage and adoption',
        'Support',
        'Survey results',
        'What we did',
        'Points to go over',
        'Proposals',
      ])
        expect(text).toContain(`\n## ${part}\n`);
      const secrets: string[] = [
        ...ours.deeds.filter(({ kind }: Json) => kind !== 'meeting').map(({ title }: Json) => title),
        ...ours.openTasks.map(({ title }: Json) => title),
        ...ours.surveys.flatMap(({ who }: Json) => (who === null ? [] : [who])),
        ...(ours.play === null ? [] : [ours.play.label]),
        ...ours.risks
          .filter(({ id: signal }: Json) => /^(?:commercial|engagement|market|sentiment)\.|renewal|last_login|unit_cost/.test(signal))
          .map(({ evidence }: Json) => evidence),
      ].filter((secret) => secret !== '' && !ours.deeds.some(({ kind, title }: Json) => kind === 'meeting' && title.includes(secret)));
      for (const secret of secrets) expect(all, id).not.toContain(secret);
      told.secrets += secrets.length;
      told.points += theirs.points.length;
      expect(await qbr('qbr', id)).toContain('Not for the customer');
    }
    expect(Math.min(told.secrets, told.points)).toBeGreaterThan(3);
  });

  it('is a page in Japanese too, under a safe name in a folder', async () => {
    const folder = join(home, 'reviews');
    mkdirSync(folder);
    await qbr('--lang', 'ja', 'qbr', first.id, '--format', 'html', '--output', folder);
    const [file = ''] = readdirSync(folder);
    expect(file).toMatch(/^qbr-[a-z0-9-]+-\d{4}-\d{2}-\d{2}\.html$/);
    const html = readFileSync(join(folder, file), 'utf8');
    expect(html).toContain('<h2>利用と定着</h2>');
    expect(html).toContain('<svg class="chart"');
    expect(html).not.toContain('<script');
    const again = await desk.run(['--offline', 'qbr', first.id, '--format', 'html', '--output', join(folder, file)]);
    expect(again.code).toBe(2);
  });

  it('tells the experiments that it was part of, also what did not improve', async () => {
    const start = String(list.asOf).replace(/^\d{4}/, (year) => String(Number(year) - 1));
    // Accounts that were there a year ago: five in each group, the least that an experiment takes.
    const then = await desk.json(['--offline', '--as-of', start, 'list']);
    const ids = [first.id, ...then.accounts.map(({ id }: Json) => id).filter((id: string) => id !== first.id)].slice(0, 10);
    const groups = ids.flatMap((id: string, index: number) => [index < 5 ? '--target' : '--control', id]);
    await desk.json(['--offline', '--as-of', start, 'experiment', 'new', 'Onboarding call', ...groups, '--from', start]);
    const text = await qbr('qbr', first.id);
    expect(text).toContain('## Experiment: Onboarding call (this account: Target');
    expect(text).toMatch(/## (?:Not improved|Did not improve|.*improve)/i);
    expect((await desk.json(['--offline', 'qbr', first.id])).experiments).toMatchObject([{ side: 'target', name: 'Onboarding call' }]);
    const outside = list.accounts.find(({ id }: Json) => !ids.includes(id)).id;
    expect(await qbr('qbr', outside)).toContain('This account was part of no experiment.');
  });

  it.each([
    [['qbr'], /account/],
    [['qbr', 'nobody at all'], /nobody at all/],
    [['qbr', 'x', '--format', 'pdf'], /md, html, text/],
    [['qbr', 'x', '--for', 'everybody'], /team, customer/],
    [['qbr', 'x', '--since', '2026-13-01'], /2026-13-01/],
  ])('%j is refused', async (args, because) => {
    const ran = await desk.run(['--offline', ...args]);
    expect([ran.code, ran.stdout]).toEqual([2, '']);
    expect(ran.stderr).toMatch(because);
  });

  it('is refused for a time that has not begun', async () => {
    expect((await desk.run(['--offline', 'qbr', first.id, '--since', list.asOf])).code).toBe(2);
  });
});

const PARTS: Readonly<Record<string, string>> = {
  goals: 'Goals',
  mrr: 'MRR',
  usage: 'Usage and adoption',
  support: 'Support',
  survey: 'Survey results',
  value: 'Value and return',
  deeds: 'What we did',
};

it('value and return come from mapped properties', async () => {
  const own = await prepareHome(['--me', ME, '--map', 'value.promised=description', '--map', 'value.proven=industry']);
  try {
    const json = await deskOf(server, own).json(['--offline', 'qbr', first.id]);
    expect(json.value.proven).toEqual(expect.any(String));
    expect(json.missing.map(({ part }: Json) => part)).not.toContain('value');
  } finally {
    rmSync(own, { recursive: true, force: true });
  }
});

describe('a part of a file’s name', () => {
  it.each([
    ['Northwind Logistics K.K.', 'northwind-logistics-k-k'],
    ['../../etc/x', 'etc-x'],
    ['CON', 'account-9'],
    ['-rf', 'rf'],
    ['a\0b', 'a-b'],
    ['株式会社あおば', 'account-9'],
    ['Ｃａｆé ①', 'cafe-1'],
    ['.hidden', 'hidden'],
    ['x'.repeat(500), 'x'.repeat(60)],
    ['', 'account-9'],
  ])('%j → %s', (name, part) => expect(slug(name, '9')).toBe(part));
});
