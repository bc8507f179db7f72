/** Segments, the filter line, sorting and jumping, by keys. */
import { describe, expect, it } from 'vitest';
import { createModel } from '../../src/app/model.ts';
import { lineWidth } from '../../src/components/line.ts';
import { SORTS } from '../../src/screens/book/order.ts';
import { book, fixture, HOSTILE, row, snapshotOf } from './fixture.ts';
import { type Driver, KEY, open } from './harness.ts';

const BACKTAB = KEY.shiftTab;
const selected = (d: Driver): string => d.lines().find((one) => /^[▸»]/.test(one)) ?? '';
const shown = (d: Driver): number => d.model.context().list.shown;

/** Twelve accounts: one that fell on a high contract, one on a single product, the rest calm. */
const mixed = snapshotOf(
  Array.from({ length: 12 }, (_, index) =>
    row(index, {
      quadrant: index < 3 ? 'act' : 'tech',
      tier: index < 4 ? 'high' : 'low',
      products: index === 1 ? ['CRM'] : ['CRM', 'MA'],
      mrrChange3m: index === 0 ? -100_000 : index === 11 ? 400_000 : 0,
      daysToRenewal: 25 + index * 20,
      owner: index % 2 === 0 ? { id: '77', name: '田中', email: null } : { id: '78', name: '鈴木', email: null },
    }),
  ),
);

describe('segments', () => {
  it('are tabs with their counts; Tab walks those that have accounts, and Esc leads back', async () => {
    const d = await open({ columns: 120, rows: 40, snapshot: mixed });
    expect(d.lines()[2]).toBe(' ▌All 12▐ │ Act first 3 │ Renewals 90 d 4 │ High contract, MRR falling 1 │ High value, one product 1 │ …');
    await d.keys(KEY.tab);
    expect(shown(d)).toBe(3);
    expect(d.lines()[2]).toContain('▌Act first 3▐');
    await d.keys(KEY.tab, KEY.tab);
    expect(shown(d)).toBe(1);
    expect(selected(d)).toContain('株式会社あおば');
    await d.keys(BACKTAB);
    expect(shown(d)).toBe(4);
    await d.keys(KEY.esc);
    expect(shown(d)).toBe(12);
    await d.close();
  });

  it('go round, and the chosen one is always in sight', async () => {
    const d = await open({ snapshot: mixed, lang: 'ja' });
    const seen: string[] = [];
    do {
      await d.keys(KEY.tab);
      seen.push(/▌(.+)▐/.exec(d.lines()[2] ?? '')?.[1] ?? '?');
    } while (seen.at(-1) !== '全社 12' && seen.length < 30);
    expect(seen).toEqual([
      '要対応 3',
      '更新90日 4',
      '高額契約・MRR減 1',
      '高額・単一製品 1',
      '小口・成長 1',
      '更新60日 2',
      '更新30日 1',
      'ハイタッチ 4',
      'ロータッチ 8',
      'テック任せ 9',
      '自分の担当 6',
      '全社 12',
    ]);
    await d.keys(BACKTAB);
    expect(d.lines()[2]).toContain('▌自分の担当 6▐');
    await d.close();
  });
});

describe('the filter line', () => {
  it('narrows while one types, completes with Tab, and stays until Esc', async () => {
    const d = await open({ columns: 120, rows: 40, snapshot: mixed });
    await d.keys('F', 'ti');
    expect(d.text()).toContain('tier:');
    await d.keys(KEY.tab, 'h', KEY.tab);
    expect(d.text()).toContain('Filter tier:high');
    expect(shown(d)).toBe(4);
    await d.keys('renewal<60');
    expect(shown(d)).toBe(2);
    await d.keys(KEY.enter);
    expect(d.lines()[3]).toContain('2 of 12 · tier:high renewal<60');
    await d.keys('F', ' x', KEY.esc);
    expect(shown(d)).toBe(2);
    await d.keys(KEY.esc);
    expect(shown(d)).toBe(12);
    await d.close();
  });

  it('says what it does not understand', async () => {
    const d = await open({ columns: 120, rows: 40, snapshot: mixed, lang: 'ja' });
    await d.keys('F', 'mrr>たくさん ');
    await d.keys(KEY.end, 'zz:1 band:purple');
    expect(d.text()).toContain('解釈できません: mrr>たくさん');
    await d.close();
  });

  it('works inside a segment', async () => {
    const d = await open({ columns: 120, rows: 40, snapshot: mixed });
    await d.keys(KEY.tab, 'F', 'products=1', KEY.enter);
    expect(shown(d)).toBe(1);
    expect(selected(d)).toContain('Northwind');
    await d.close();
  });
});

describe('a saved filter', () => {
  it('is a tab of its own; V on it removes it, and u brings it back', async () => {
    const d = await open({ columns: 120, rows: 40, snapshot: mixed });
    await d.keys('V');
    expect(d.lines().at(-1)).toContain('Nothing narrows the list');
    await d.keys('F', 'tier:high renewal<60', KEY.enter, 'V', '今月の更新', KEY.enter);
    expect(d.workspace.personal().views).toEqual([{ name: '今月の更新', filter: 'tier:high renewal<60' }]);
    expect(d.lines()[2]).toContain('All 12 │ ▌今月の更新 2▐ │ Act first 3');
    await d.keys(KEY.tab, BACKTAB, 'V');
    expect(d.workspace.personal().views).toEqual([]);
    expect(shown(d)).toBe(12);
    await d.keys('u');
    expect(d.lines()[2]).toContain('今月の更新 2');
    await d.close();
  });
});

describe('a rank', () => {
  it('is jumped to by its number and Enter or g, the nearest where it is not shown', async () => {
    const d = await open({ snapshot: book(40) });
    await d.keys('#', '1', '7', KEY.enter);
    expect(selected(d)).toMatch(/^▸ +17 /);
    await d.keys('#', '3', 'x', 'g');
    expect(selected(d)).toMatch(/^▸ +3 /);
    await d.keys('#', '9999', KEY.enter);
    expect(selected(d)).toMatch(/^▸ +42 /);
    await d.keys('#', '1', KEY.esc);
    expect(selected(d)).toMatch(/^▸ +42 /);
    await d.close();
  });
});

describe('the list', () => {
  it.each(SORTS)('is sorted by %s and back, unknown last both ways', (sort) => {
    const rows = [
      ...mixed.rows,
      row(20, { mrr: null, mrrChange3m: null, expectedLoss: null, contractValue: null, tier: null, plan: null, owner: null }),
    ];
    const model = createModel({
      workspace: fixture({ snapshot: snapshotOf(rows) }),
      lang: 'ja',
      size: { columns: 120, rows: 40 },
      world: { browse: async () => true, copy() {}, edit: async (text) => ({ ok: true, text }), suspend: async () => {}, exit() {} },
      onError: () => {},
    });
    model.press(['s', 'g', ...Array<string>(SORTS.indexOf(sort)).fill('j'), 'enter']);
    const ids = () => model.context().list.entries.flatMap((entry) => (entry.kind === 'row' ? [entry.row.id] : []));
    expect(model.context().ui.book.sort).toBe(sort);
    const forth = ids();
    expect(forth).toHaveLength(13);
    model.press(['S']);
    const back = ids();
    expect(new Set(back)).toEqual(new Set(forth));
    if (['mrr', 'growth', 'loss', 'contract', 'tier', 'plan', 'owner'].includes(sort)) {
      expect(forth.at(-1)).toBe('9021');
      expect(back.at(-1)).toBe('9021');
    }
    model.close();
  });

  it.each([
    [60, 14],
    [80, 24],
    [120, 40],
    [200, 60],
  ])('keeps to %i×%i with tabs, filter line and rank prompt', (columns, rows) => {
    for (const lang of ['en', 'ja'] as const) {
      const model = createModel({
        workspace: fixture({ snapshot: snapshotOf(HOSTILE.map((name, index) => row(index, { name, products: [name] }))) }),
        lang,
        size: { columns, rows },
        world: { browse: async () => true, copy() {}, edit: async (text) => ({ ok: true, text }), suspend: async () => {}, exit() {} },
        onError: () => {},
      });
      for (const key of ['tab', 'tab', 'F', 'p', 'r', 'o', 'd', 'u', 'tab', 'tab', 'esc', '#', '1', 'esc', 'shift+tab']) {
        model.press([key]);
        const { lines } = model.frame({ columns, rows });
        expect(lines).toHaveLength(rows);
        for (const one of lines) expect(lineWidth(one)).toBeLessThanOrEqual(columns);
      }
      model.close();
    }
  });
});
