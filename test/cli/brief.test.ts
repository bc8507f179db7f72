import { rmSync } from 'node:fs';
import { expect, it, onTestFinished } from 'vitest';
import { tempFolder } from './harness.ts';
import { run } from './inside.ts';

interface Told {
  readonly since: string;
  readonly until: string;
  readonly attention: boolean;
  readonly worse: readonly { readonly id: string; readonly risk: number; readonly riskBefore: number }[];
}

it('tells what changed on the demo book, as it was scored on both days, and ends as asked', async () => {
  const home = tempFolder();
  onTestFinished(() => rmSync(home, { recursive: true, force: true }));
  const kizashi = (...args: string[]) => run(['--demo', '--as-of', '2026-11-20', ...args], { home, token: null });

  const json = await kizashi('brief', '--json', '--since', '2026-11-06', '--exit-code');
  expect(json).toMatchObject({ code: 10, stderr: '' });
  const told = JSON.parse(json.stdout) as Told;
  expect(told).toMatchObject({ since: '2026-11-06', until: '2026-11-20', attention: true });
  const [worst] = told.worse;
  expect(worst).toBeDefined();
  if (!worst) return;
  const riskOn = async (day: string): Promise<number> => {
    const list = await kizashi('show', worst.id, '--json', '--as-of', day);
    return (JSON.parse(list.stdout) as { risk: number }).risk;
  };
  expect(await riskOn('2026-11-20')).toBe(worst.risk);

  expect(JSON.parse((await kizashi('brief', '--json')).stdout)).toMatchObject({ since: '2026-11-19', lookedAt: null });
  expect(JSON.parse((await kizashi('brief', '--json', '--since', 'monday')).stdout)).toMatchObject({ since: '2026-11-16' });

  const one = await kizashi('brief', '--json', '--since', '2026-11-06', '--query', worst.id);
  expect((JSON.parse(one.stdout) as Told).worse.map(({ id }) => id)).toEqual([worst.id]);

  const page = await kizashi('--lang', 'ja', 'brief', '--since', '2026-11-06', '--format', 'md');
  expect(page.code).toBe(0);
  expect(page.stdout).toMatch(
    /^# 2026\/11\/20\(金\)のブリーフ: 2026\/11\/6\(金\)からの変化\n\nHubSpotポータル 47110815 · 2026\/11\/20\(金\)時点 · 金額の単位 円\n\n## /,
  );
  expect(page.stdout).toContain('## 悪化 (');

  for (const word of ['2026-11-20', '2027-01-01', 'tomorrow']) {
    expect(await kizashi('brief', '--since', word)).toMatchObject({ code: 2, stdout: '' });
  }
});
