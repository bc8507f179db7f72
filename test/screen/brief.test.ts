/** The brief above the queue, and accounts that are done for today, by keys. */
import { describe, expect, it } from 'vitest';
import { createModel } from '../../src/app/model.ts';
import { BRIEF_KINDS, type BriefLine, type BriefSummary } from '../../src/book/brief.ts';
import { lineWidth } from '../../src/components/line.ts';
import type { Day, Instant } from '../../src/units/day.ts';
import { book, fixture, HOSTILE, NOW, row, snapshotOf, TODAY } from './fixture.ts';
import { type Driver, KEY, open } from './harness.ts';

const LOOKED = Date.parse('2026-11-19T08:40:00Z') as Instant;
const line = (id: string, over: Partial<BriefLine> = {}): BriefLine => ({
  id,
  riskBefore: 58,
  mrrBefore: null,
  because: {
    signal: 'usage.logins',
    points: 12,
    pointsBefore: 4,
    evidence: { en: 'logins 41 → 22', ja: 'ログイン41→22' },
    short: { en: 'logins −46%', ja: 'ログイン−46%' },
  },
  ...over,
});

const told = (over: Partial<BriefSummary['lists']> = {}, summary: Partial<BriefSummary> = {}): BriefSummary => ({
  wish: 'last',
  since: '2026-11-19' as Day,
  until: TODAY,
  lookedAt: LOOKED,
  seenAt: null,
  lists: {
    newlyAtRisk: [line('9003'), line('9001')],
    worse: [line('9005')],
    mrrMoves: [line('9002', { riskBefore: null, mrrBefore: 1_073_000, because: null })],
    renewals: [],
    tasks: [],
    returned: [],
    better: [line('9004')],
    ...over,
  },
  mrrMoved: -180_000,
  ...summary,
});

const selected = (d: Driver): string => d.lines().find((one) => /^[▸»]/.test(one)) ?? '';
const shown = (d: Driver): string[] =>
  d.model.context().list.entries.flatMap((entry) => (entry.kind === 'row' ? [entry.row.id] : [`-${entry.group}`]));

describe('the brief', () => {
  it('stands above the queue: since when, how many, and what it did to the MRR', async () => {
    const d = await open({ columns: 120, rows: 40, snapshot: book(12), brief: told() });
    expect(d.lines()[1]).toBe(' Since Thu 17:40:  2 newly at risk  1 worse  MRR −¥180K (1)  1 better');
    await d.close();
    const ja = await open({ columns: 120, rows: 40, lang: 'ja', snapshot: book(12), brief: told() });
    expect(ja.lines()[1]).toBe(' 木曜17:40から:  新たに危険2  悪化1  MRR −18万（1社）  改善1');
    await ja.close();
  });

  it('keeps its line while it is being worked out, and where nothing changed', async () => {
    const d = await open({ snapshot: book(12), brief: null });
    expect(d.lines()[1]).toContain('Working out what changed');
    await d.keys('b');
    expect(d.lines().at(-1)).toContain('still being worked out');
    await d.close();
    const calm = told({ newlyAtRisk: [], worse: [], mrrMoves: [], better: [] });
    const e = await open({ snapshot: book(12), brief: calm });
    expect(e.lines()[1]).toContain('nothing changed that needs a look');
    await e.close();
  });

  it('is a filter one key away, in its own order, with the one signal that moved the account', async () => {
    const d = await open({ columns: 140, rows: 40, snapshot: book(12), brief: told() });
    await d.keys('b');
    expect(shown(d)).toEqual(['9003', '9001']);
    expect(d.lines()[1]).toContain('▌2 newly at risk▐');
    expect(selected(d)).toContain('58 → 87 · logins −46% (+8.0)');
    await d.keys('b', 'b');
    expect(shown(d)).toEqual(['9002']);
    expect(selected(d)).toContain('MRR −¥180K');
    await d.keys(KEY.esc);
    expect(shown(d)).toHaveLength(14 + 2);
    expect(selected(d)).not.toContain('58 →');
    await d.close();
  });

  it('is seen after the last kind, and u takes that back', async () => {
    const d = await open({ snapshot: book(12), brief: told() });
    await d.keys('b', 'b', 'b', 'b');
    expect(d.workspace.calls).toEqual([]);
    await d.keys('b');
    expect(d.workspace.calls).toEqual(['seen']);
    expect(d.lines()[1]).toContain('Brief seen 09:30');
    await d.keys('u');
    expect(d.workspace.calls).toEqual(['seen', 'restore look']);
    expect(d.lines()[1]).not.toContain('Brief seen');
    await d.close();
  });

  it('is no less to see where somebody stopped half way', async () => {
    const d = await open({ snapshot: book(12), brief: told() });
    await d.keys('b', KEY.esc, 'b', KEY.esc, 'b', KEY.esc);
    expect(d.workspace.calls).toEqual([]);
    await d.close();
  });

  it('tells from another day when asked, and is seen in one go', async () => {
    const d = await open({ columns: 120, rows: 40, snapshot: book(12), brief: told() });
    await d.keys('B');
    for (const words of ['2 newly at risk', '0 renewals inside 90 d', 'since you last looked', 'since Monday', 'All seen'])
      expect(d.text()).toContain(words);
    await d.send('jjjjjjjjj');
    await d.keys(KEY.enter);
    expect(d.workspace.calls).toEqual(['since monday']);
    await d.keys('B', KEY.end, KEY.enter);
    expect(d.workspace.calls).toEqual(['since monday', 'seen']);
    await d.keys('B', KEY.enter);
    expect(shown(d)).toEqual(['9003', '9001']);
    await d.close();
  });

  it.each([
    [80, 24],
    [120, 40],
    [200, 60],
  ])('keeps to %i×%i in both languages, whatever accounts are called', async (columns, rows) => {
    const all = HOSTILE.map((name, index) => row(index, { name }));
    const everybody = all.map(({ id }) => line(id));
    const lists = Object.fromEntries(BRIEF_KINDS.map((kind) => [kind, everybody]));
    for (const lang of ['en', 'ja'] as const) {
      const model = createModel({
        workspace: fixture({ snapshot: snapshotOf(all), brief: told(lists, { mrrMoved: 123_456_789_000 }) }),
        lang,
        size: { columns, rows },
        world: { browse: async () => true, copy() {}, edit: async (text) => ({ ok: true, text }), suspend: async () => {}, exit() {} },
        onError: (error) => {
          throw error;
        },
      });
      for (const key of ['b', 'd', 'b', 'B']) {
        model.press([key]);
        await model.idle();
        const { lines } = model.frame({ columns, rows });
        expect(lines).toHaveLength(rows);
        for (const one of lines) expect(lineWidth(one)).toBeLessThanOrEqual(columns);
      }
      model.close();
    }
  });
});

describe('done for today', () => {
  it('takes one key, goes on to the next account, and counts against the cap', async () => {
    const d = await open({ columns: 120, rows: 40, snapshot: { ...book(12), cap: 3 } });
    await d.keys('d');
    expect(selected(d)).toContain('Northwind');
    expect(shown(d).slice(0, 3)).toEqual(['9002', '9003', '-held']);
    expect(shown(d).slice(-2)).toEqual(['-done', '9001']);
    expect(d.text()).toContain('handled 1 of 3 · ¥910K of ¥2.68M');
    await d.keys('d', 'd');
    expect(d.text()).toContain('handled 3 of 3 · ¥2.68M of ¥2.68M');
    await d.keys('u');
    expect(shown(d).slice(0, 2)).toEqual(['9003', '-held']);
    await d.close();
  });

  it('is about every marked account, and comes back by the same key', async () => {
    const d = await open({ columns: 120, rows: 40, snapshot: book(12) });
    await d.send('   ');
    await d.keys('d');
    expect(d.text()).toContain('── done today: 3 accounts');
    expect(d.text()).toContain('handled 3 · ¥2.68M');
    await d.keys('G', 'd');
    expect(d.text()).toContain('── done today: 2 accounts');
    await d.close();
  });

  it('ends when the risk or a signal changes', async () => {
    const d = await open({ snapshot: book(12) });
    await d.keys('d');
    expect(shown(d).at(-1)).toBe('9001');
    const rows = d.workspace.snapshot()?.rows ?? [];
    d.workspace.setSnapshot(snapshotOf(rows.map((one) => (one.id === '9001' ? { ...one, risk: one.risk + 1 } : one))));
    await d.settle();
    expect(shown(d)[0]).toBe('9001');
    await d.close();
  });

  it('is for today only', async () => {
    const d = await open({ asOf: '2026-11-16' as Day });
    await d.keys('d');
    expect(d.workspace.done().size).toBe(0);
    expect(d.workspace.now()).toBe(NOW);
    await d.close();
  });
});
