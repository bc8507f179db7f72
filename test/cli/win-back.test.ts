/** Post-mortems in the churn report and the win-back list: on the machine that wrote them, and on another that reads the notes. */
import { rmSync } from 'node:fs';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { addMonths, monthOf } from '../../src/units/day.ts';
import { MAPPED, revenuePortal } from './five.ts';
import { type Json, prepareHome, tempFolder, today } from './harness.ts';
import { desk, deskOf } from './inside.ts';

const NAMES = ['aoba', 'botan', 'cosmos', 'dahlia', 'erica', 'fuji', 'gladiola'];
const month = monthOf(today());

/** All left three months ago but the last, the larger ones first; nobody says why. */
const portal = () =>
  revenuePortal(
    NAMES.map((name) => ({ name })),
    NAMES.flatMap((company, at) =>
      [5, 4, ...(at === 6 ? [3, 2, 1, 0] : [])].map((back) => ({
        company,
        month: addMonths(month, -back),
        amount: String(7_000 - at * 1_000),
      })),
    ),
  );

let from = '';
beforeAll(async () => {
  from = await prepareHome(['--all', ...MAPPED, '--map', 'churn.reason=-'], { portal: portal() });
}, 60_000);
afterAll(() => rmSync(from, { recursive: true, force: true }));

const names = (rows: readonly Json[]) => rows.map(({ id }) => id);

it('ranks whom to win back by what post-mortems found, and filters by it', async () => {
  const here = await desk({ from, portal: portal() });
  const before = await here.json(['churn', '--months', '24', '--limit', '0']);
  expect(before.winBack.length).toBe(6);
  expect(before.winBack[0]).toMatchObject({ postmortem: 'missing', review: null });
  const [first, second, third, fourth, fifth] = names(before.winBack);

  const review = (id: string, reason: string, avoidable: string, ...more: string[]) =>
    here.json(['postmortem', id, '--reason', reason, '--avoidable', avoidable, ...more]);
  await review(first, 'feature', 'no');
  await review(third, 'price', 'yes', '--helped', 'A smaller plan <b>earlier</b>');
  await review(fourth, 'usage', 'yes');
  await review(fifth, 'business', 'no');
  expect(await here.run(['postmortem', second, '--fixed', 'x'])).toMatchObject({
    code: 2,
    stderr: expect.stringContaining('has no post-mortem yet'),
  });
  expect(await here.run(['postmortem', fourth, '--fixed', 'x', '--reason', 'price'])).toMatchObject({ code: 2 });
  expect(await here.run(['postmortem', fourth, '--fixed', ' '])).toMatchObject({ code: 2 });
  await here.json(['postmortem', fourth, '--fixed', 'Guided setup shipped']);

  const after = await here.json(['churn', '--months', '24', '--limit', '0']);
  // The fixed one, the avoidable one, those nobody judged by their loss, the unavoidable one; a business that ended is out.
  const rest = names(before.winBack).filter((id) => ![first, third, fourth, fifth].includes(id));
  expect(names(after.winBack)).toEqual([fourth, third, ...rest, first]);
  const day = today();
  expect(after.winBack[0]).toMatchObject({
    postmortem: 'done',
    review: { day, cause: 'usage', avoidable: 'yes', helped: null, fixed: { day, what: 'Guided setup shipped' } },
  });
  expect(after.winBack[1].review).toEqual({ day, cause: 'price', avoidable: 'yes', helped: 'A smaller plan <b>earlier</b>', fixed: null });
  const listed = after.churned.find(({ id }: Json) => id === third);
  expect(listed).toMatchObject({ postmortem: 'done', review: { avoidable: 'yes' } });

  const among = async (...args: string[]) => names((await here.json(['churn', '--months', '24', ...args])).winBack);
  expect(await among('--avoidable', 'yes')).toEqual([fourth, third]);
  expect(await among('--avoidable', 'no')).toEqual([first]);
  expect(await among('--postmortem', 'missing')).toEqual(rest);
  expect(await among('--fixed')).toEqual([fourth]);
  // Rates are of everybody.
  expect((await here.json(['churn', '--months', '24', '--fixed'])).months).toEqual(after.months);
  expect(await here.run(['churn', '--postmortem', 'maybe'])).toMatchObject({ code: 2, stdout: '' });

  const text = (await here.run(['churn', '--months', '24', '--win-back'])).stdout;
  expect(text).toContain('done, avoidable');
  expect(text).toContain('A smaller plan <b>earlier</b>');
  expect(text).toContain(`${day} Guided setup shipped`);
  const csv = (await here.run(['churn', '--months', '24', '--win-back', '--format', 'csv'])).stdout.split('\r\n');
  expect(csv[0]).toContain('postmortem,avoidable,helped,fixedOn,fixed');
  expect(csv[1]).toContain(`done,yes,,${day},Guided setup shipped`);

  const left = (await here.run(['churn', '--months', '24', '--churned', '--format', 'csv'])).stdout.split('\r\n');
  expect(left.find((line) => line.startsWith(`${fourth},`))).toContain(`,done,yes,,${day},Guided setup shipped,1,`);

  // Somebody else's machine has the notes alone.
  const home = tempFolder();
  try {
    const other = deskOf(here.server, home);
    expect((await other.run(['init', '--all', '--yes', ...MAPPED])).code).toBe(0);
    expect((await other.run(['sync'])).code).toBe(0);
    const theirs = await other.json(['churn', '--months', '24', '--limit', '0']);
    expect(names(theirs.winBack)).toEqual(names(after.winBack));
    expect(theirs.winBack.slice(0, 2).map(({ review }: Json) => review)).toEqual(
      after.winBack.slice(0, 2).map(({ review }: Json) => review),
    );
  } finally {
    rmSync(home, { recursive: true, force: true });
  }
}, 60_000);
