/** Columns chosen and moved, two lines an account, orders along the columns, and rows that changed behind the screen. */
import fc from 'fast-check';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { FRESH_MS, freshRows } from '../../src/app/fresh.ts';
import { createModel } from '../../src/app/model.ts';
import { lineWidth } from '../../src/components/line.ts';
import { bookLayout, shownColumns, sortOfColumn } from '../../src/screens/book/columns.ts';
import { SORTS } from '../../src/screens/book/order.ts';
import { BOOK_COLUMNS, type BookColumn, DEFAULT_COLUMNS } from '../../src/settings/columns.ts';
import { book, type FixtureOptions, fixture, HOSTILE, row, snapshotOf } from './fixture.ts';
import { type Driver, KEY, open } from './harness.ts';

const wanted = { lang: 'en', total: 412, moved: false, density: 'compact' } as const;
const head = (d: Driver): string => d.lines().find((line) => line.includes('Account')) ?? '';
const selected = (d: Driver): string => d.lines().find((line) => line.startsWith('▸')) ?? '';

function modelOf(options: FixtureOptions, size = { columns: 120, rows: 40 }, lang: 'en' | 'ja' = 'en') {
  const workspace = fixture(options);
  const model = createModel({
    workspace,
    lang,
    size,
    world: { browse: async () => true, copy() {}, edit: async (text) => ({ ok: true, text }), suspend: async () => {}, exit() {} },
    onError: (error) => {
      throw error;
    },
  });
  return { workspace, model };
}

describe('the layout', () => {
  it('never takes more than the width, keeps the name, and gives chosen columns up from the right', () => {
    const chosen = fc.shuffledSubarray([...BOOK_COLUMNS], { minLength: 1 });
    fc.assert(
      fc.property(
        chosen,
        fc.integer({ min: 40, max: 260 }),
        fc.constantFrom('en', 'ja'),
        fc.constantFrom('compact', 'comfortable'),
        (columns, width, lang, density) => {
          const layout = bookLayout({ ...wanted, width, lang, chosen: columns, density });
          const ids = layout.columns.map(({ id }) => id);
          expect(layout.columns.reduce((sum, one) => sum + one.width, ids.length - 1)).toBeLessThanOrEqual(width);
          expect(ids.slice(0, 1)).toEqual(['mark']);
          expect(ids).toContain('name');
          const order = shownColumns(columns).filter((id) => density === 'compact' || id !== 'why');
          expect(ids.slice(1)).toEqual(order.filter((id) => ids.includes(id)));
          // What is gone stood right of everything that stayed.
          const movable = order.filter((id) => id !== 'name' && id !== 'why');
          const kept = movable.filter((id) => ids.includes(id));
          if (columns.join() !== DEFAULT_COLUMNS.join()) expect(kept).toEqual(movable.slice(0, kept.length));
        },
      ),
    );
  });

  it('has an order for every column', () => {
    for (const id of BOOK_COLUMNS) expect(SORTS).toContain(sortOfColumn(id));
  });
});

describe('choosing columns', () => {
  it('shows, hides and moves them while the list follows; Enter keeps them, u brings the ones before back', async () => {
    const d = await open({ columns: 150, rows: 40, snapshot: book(12) });
    await d.keys('C');
    expect(d.text()).toContain('Columns');
    // Rank, account, tier: the tier goes, MRR moves before the name.
    await d.keys('j', 'j', ' ', 'j', KEY.left, KEY.left);
    expect(head(d)).toMatch(/# +MRR Account/);
    expect(head(d)).not.toContain('Tier');
    await d.keys(KEY.enter);
    expect(d.workspace.personal().columns.slice(0, 3)).toEqual(['rank', 'mrr', 'name']);
    expect(d.workspace.personal().columns).not.toContain('tier');
    await d.keys('u');
    expect(d.workspace.personal().columns).toEqual([]);
    expect(head(d)).toMatch(/# Account +Tier +MRR/);
    await d.close();
  });

  it('leaves all as it was on Esc, and does not hide the name', async () => {
    const d = await open({ columns: 120, rows: 40, snapshot: book(12), personal: {} });
    const before = head(d);
    await d.keys('C', ' ', 'j', ' ');
    expect(d.lines().at(-1)).toContain('the name is always shown');
    expect(head(d)).not.toContain('#');
    await d.keys(KEY.esc);
    expect(head(d)).toBe(before);
    expect(d.workspace.calls).toEqual([]);
    await d.close();
  });

  it('says which ones there is no room for, and what each says of the account', async () => {
    const d = await open({ columns: 80, rows: 30, snapshot: book(12) });
    await d.keys('C');
    const line = (words: string): string => d.lines().find((one) => one.includes(`* ${words} `)) ?? '';
    expect(line('tier')).toContain('no room at 80 columns');
    expect(line('MRR')).toContain('¥910K');
    expect(line('MRR')).not.toContain('no room');
    await d.close();
  });

  it('keeps them with the tab of a saved filter', async () => {
    const views = [{ name: 'mine', filter: 'tier:high' }];
    const d = await open({ columns: 120, rows: 40, snapshot: book(12), personal: { views } });
    await d.keys(KEY.tab, 'C');
    expect(d.text()).toContain('Columns of “mine”');
    await d.keys(' ', KEY.enter);
    expect(head(d)).not.toContain('#');
    expect(d.workspace.personal().columns).toEqual([]);
    expect(d.workspace.personal().views[0]?.columns?.[0]).toBe('name');
    await d.keys(KEY.shiftTab);
    expect(head(d)).toContain('#');
    await d.close();
  });

  it('draws every column of every account at every size', () => {
    const rows = [
      ...HOSTILE.map((name, index) => row(index, { name, plan: name, products: [name], healthScore: name, owner: null })),
      row(20),
    ];
    for (const lang of ['en', 'ja'] as const)
      for (const density of ['compact', 'comfortable'] as const)
        for (const [columns, height] of [
          [60, 14],
          [80, 24],
          [120, 40],
          [400, 60],
        ] as const) {
          const { model } = modelOf(
            { snapshot: snapshotOf(rows), personal: { columns: BOOK_COLUMNS, density } },
            { columns, rows: height },
            lang,
          );
          for (const key of ['j', 'C', 'j', 'space', 'esc', '=']) {
            model.press([key]);
            const { lines } = model.frame({ columns, rows: height });
            expect(lines).toHaveLength(height);
            for (const line of lines) expect(lineWidth(line)).toBeLessThanOrEqual(columns);
          }
          model.close();
        }
  });
});

describe('two lines an account', () => {
  it('put the reasons below, fit more columns, and page by accounts', async () => {
    const d = await open({ columns: 80, rows: 24, snapshot: book(40), personal: { density: 'comfortable' } });
    const at = d.lines().findIndex((line) => line.startsWith('▸'));
    expect(head(d)).not.toContain('Why');
    expect(head(d)).toContain('Loss');
    expect(d.lines()[at + 1]).toMatch(/^ +unused 42 d/);
    await d.keys(KEY.pageDown, KEY.pageDown, KEY.pageDown);
    expect(selected(d)).not.toBe('');
    await d.keys('G');
    expect(selected(d)).toContain('データなし商会');
    await d.keys('=');
    expect(d.workspace.personal().density).toBe('compact');
    expect(head(d)).toContain('Why');
    expect(selected(d)).toContain('データなし商会');
    await d.close();
  });
});

describe('an order', () => {
  it('is walked along the shown columns and marked in their titles', async () => {
    const columns: readonly BookColumn[] = ['name', 'tickets', 'nps', 'why'];
    const d = await open({ columns: 120, rows: 40, snapshot: book(12), personal: { columns } });
    await d.keys('>');
    expect(d.model.context().ui.book.sort).toBe('name');
    expect(head(d)).toContain('Account▼');
    await d.keys('>', '>', 'S');
    expect(d.model.context().ui.book.sort).toBe('nps');
    expect(d.text()).toContain('by NPS ▲');
    await d.keys('<');
    expect(d.model.context().ui.book.sort).toBe('tickets');
    await d.keys('<', '<');
    expect(d.model.context().ui.book.sort).toBe('why');
    await d.close();
  });
});

describe('a row that changed behind the screen', () => {
  afterEach(() => void vi.useRealTimers());

  it('is pointed out for a moment, by a glyph too; the cursor stays on its account', () => {
    vi.useFakeTimers();
    const before = book(12);
    const { model, workspace } = modelOf({ snapshot: before });
    model.press(['j', 'j']);
    const lines = () => model.frame({ columns: 120, rows: 40 }).lines.map((line) => line.map(({ text }) => text).join(''));
    const markedBy = (mark: RegExp) => lines().filter((line) => mark.test(line));
    expect(markedBy(/^[▸ ]•/)).toEqual([]);
    const [first, second, third, ...rest] = before.rows;
    if (!first || !second || !third) throw new Error('rows');
    // The third, under the cursor, comes first now; the second pays less.
    workspace.setSnapshot({ ...before, rows: [{ ...third, risk: 97 }, first, { ...second, mrr: 1 }, ...rest] });
    expect(markedBy(/^▸•/)[0]).toContain('北斗精機');
    expect(markedBy(/^ •/)).toHaveLength(1);
    expect(markedBy(/^ •/)[0]).toContain('Northwind');
    vi.advanceTimersByTime(FRESH_MS);
    expect(markedBy(/^[▸ ]•/)).toEqual([]);
    expect(markedBy(/^▸/)[0]).toContain('北斗精機');
    model.close();
  });

  it('is no row that only got older, and no row at all where the whole book did', () => {
    const before = book(12);
    const older = { ...before, rows: before.rows.map((one) => ({ ...one, daysToRenewal: 1 })) };
    expect([...freshRows(before, older)]).toEqual([]);
    const other = { ...before, rows: before.rows.map((one) => ({ ...one, risk: one.risk + 1 })) };
    expect([...freshRows(before, other)]).toEqual([]);
    expect([...freshRows(null, before)]).toEqual([]);
    const one = { ...before, rows: [...before.rows, row(99)] };
    expect([...freshRows(before, one)]).toEqual(['9100']);
  });
});
