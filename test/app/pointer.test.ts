import { afterEach, describe, expect, it } from 'vitest';
import { createPointerReader, type PointerEvent } from '../../src/app/pointer.ts';
import { width } from '../../src/text/cells.ts';
import type { Clean } from '../../src/text/clean.ts';
import { book } from '../screen/fixture.ts';
import { type Driver, KEY, type Options, open } from '../screen/harness.ts';
import { answering, historyOf, sourceOf } from '../screen/revenue-stage.ts';

const ESC = '\u001b';

function reader() {
  const events: PointerEvent[] = [];
  return { events, read: createPointerReader((event) => events.push(event)) };
}

describe('what the terminal sends', () => {
  it('is keys without the mouse, whole or in pieces', () => {
    const { events, read } = reader();
    expect(read(`j${ESC}[<0;5;3Mk${ESC}[<0;5;3m`)).toBe('jk');
    expect(read(`${ESC}[<64;1;`)).toBe('');
    expect(read(`1M${ESC}[A`)).toBe(`${ESC}[A`);
    expect(read(ESC)).toBe(ESC);
    expect(read(`${ESC}[<2;1;1M${ESC}[<65;1;1M`)).toBe('');
    expect(events).toEqual([
      { kind: 'click', at: { x: 4, y: 2 } },
      { kind: 'wheel', by: -1 },
      { kind: 'wheel', by: 1 },
    ]);
  });
});

describe('on the book', () => {
  const rowOf = (lines: string[], text: string): number => lines.findIndex((line) => line.includes(text));

  it('a click chooses a row, another one opens it, the wheel moves', async () => {
    const driver = await open({ columns: 120, rows: 40 });
    const click = async (x: number, y: number) => {
      driver.model.point({ kind: 'click', at: { x, y } });
      await driver.settle();
    };
    await click(20, rowOf(driver.lines(), 'さくら印刷'));
    expect(driver.lines().find((line) => line.includes('▸'))).toContain('さくら印刷');
    // Rows at the edge scroll while they are chosen; it is the account that counts.
    const last = driver.lines().findLast((line) => /^ +\d+ \S/.test(line)) ?? '';
    const rank = /\d+/.exec(last)?.[0] ?? '';
    await click(20, driver.lines().indexOf(last));
    expect(driver.lines().find((line) => line.includes('▸'))).toMatch(new RegExp(`▸ +${rank} `));
    driver.model.point({ kind: 'wheel', by: -1 });
    await driver.settle();
    expect(driver.lines().find((line) => line.includes('▸'))).toMatch(new RegExp(`▸ +${Number(rank) - 3} `));
    // Header, titles and rules are no rows.
    const before = driver.text();
    for (const y of [0, 1, 2]) await click(5, y);
    expect(driver.text()).toBe(before);
    const chosen = rowOf(driver.lines(), '▸');
    await click(20, chosen);
    expect(driver.model.context().ui.screens.at(-1)?.name).toBe('account');
    await driver.close();
  });

  it('a click on a hint presses its key', async () => {
    const driver = await open({ columns: 120, rows: 40 });
    const footer = driver.lines().at(-1) ?? '';
    driver.model.point({ kind: 'click', at: { x: footer.indexOf('keys'), y: 39 } });
    await driver.settle();
    expect(driver.model.context().ui.screens.at(-1)?.name).toBe('help');
    await driver.close();
  });
});

describe('elsewhere', () => {
  let driver: Driver | null = null;
  const start = async (options: Options = {}): Promise<Driver> => {
    driver = await open({ columns: 120, rows: 40, snapshot: book(40), ...options });
    return driver;
  };
  afterEach(async () => {
    await driver?.close();
    driver = null;
  });
  const at = (d: Driver, y: number, words: string): number => {
    const line = d.lines()[y] ?? '';
    return width(line.slice(0, line.indexOf(words)) as Clean);
  };
  const click = async (d: Driver, words: string, dx = 0, from = 0): Promise<void> => {
    const y = d.lines().findIndex((line, index) => index >= from && line.includes(words));
    if (y < 0) throw new Error(`nowhere: ${words}\n${d.text()}`);
    d.model.point({ kind: 'click', at: { x: at(d, y, words) + dx, y } });
    await d.settle();
  };
  const selected = (d: Driver): string => d.lines().find((line) => line.includes('▸')) ?? '';

  it('a click takes a tab, sorts by a title and turns the order, and finds the second line of a row', async () => {
    const d = await start({ personal: { density: 'comfortable' } });
    await click(d, 'Renewals 90 d', 3);
    expect(d.model.context().ui.book.segment).toBe('renewal<=90');
    await click(d, 'All 42', 1);
    expect(d.model.context().ui.book.segment).toBe('');
    await click(d, 'Risk', 0);
    expect(d.model.context().ui.book).toMatchObject({ sort: 'risk', reversed: false });
    await click(d, 'Risk', 0);
    expect(d.model.context().ui.book).toMatchObject({ sort: 'risk', reversed: true });
    const other = d.lines().findLastIndex((line) => /^ +\d+ \S/.test(line));
    const name = /\d+ (\S+)/.exec(d.lines()[other] ?? '')?.[1] ?? 'nobody';
    d.model.point({ kind: 'click', at: { x: 12, y: other + 1 } });
    await d.settle();
    expect(selected(d)).toContain(name);
  });

  it('chooses in a menu, the palette, columns and settings; a second click does what Enter or Space does', async () => {
    const d = await start();
    await d.keys('s');
    await click(d, 'expected loss');
    expect(d.model.context().ui.overlays).toMatchObject([{ kind: 'menu' }]);
    await click(d, 'expected loss');
    expect(d.model.context().ui.book.sort).toBe('loss');
    await d.keys('C');
    await click(d, '* tier');
    await click(d, '* tier');
    expect(d.model.context().ui.overlays).toMatchObject([{ kind: 'columns' }]);
    expect(d.lines().find((line) => line.includes(' tier '))).not.toContain('*');
    await d.keys(KEY.esc, ':', 'settings');
    await click(d, 'portal, list, brief');
    expect(d.model.context().ui.screens.at(-1)?.name).toBe('settings');
    await click(d, 'Density');
    await click(d, 'Density');
    expect(d.workspace.personal().density).toBe('comfortable');
  });

  it('goes to a cell of a matrix and opens it, and to an account among the bubbles', async () => {
    const d = await start();
    await d.keys('2');
    const rules = d.lines().flatMap((line, index) => (/┼─/.test(line) ? [index] : []));
    const [, second = 0] = rules;
    await click(d, 'tech touch', 1, second);
    expect(d.lines().findLast((line) => line.includes('▸'))).toContain('low impact × low');
    await d.keys('v', 'v', 'v');
    const bubble = d.lines().findIndex((line) => /[·•●◉][StE]/.test(line));
    if (bubble >= 0) {
      await click(d, /[·•●◉][StE]/.exec(d.lines()[bubble] ?? '')?.[0] ?? '');
      expect(d.lines()[bubble]).toContain('▸');
    }
    await click(d, 'MRR × products', 2);
    expect(d.model.context().ui.screens.at(-1)).toMatchObject({ name: 'matrix', view: 'products' });
  });

  it('goes along the months of a chart, to its rows and views, and to a share of a cohort', async () => {
    const d = await start({ revenue: answering(sourceOf(historyOf(40))) });
    await d.keys('3');
    const pointer = d.lines().findIndex((line) => /^ *▲+$/.test(line));
    const now = (d.lines()[pointer] ?? '').indexOf('▲');
    d.model.point({ kind: 'click', at: { x: now - 15, y: pointer - 4 } });
    await d.settle();
    const then = (d.lines()[pointer] ?? '').indexOf('▲');
    expect(then).toBeLessThanOrEqual(now - 15);
    expect(d.model.context().ui.screens.at(-1)).toMatchObject({ name: 'revenue' });
    await click(d, 'contraction', 1, pointer);
    expect(d.lines().findLast((line) => line.includes('▸'))).toContain('contraction');
    await click(d, 'product ', 1, pointer);
    expect(d.text()).toContain('▌product▐');
    await d.keys('5');
    const line = d.lines().findIndex((one) => /^ Jul 24 /.test(one));
    d.model.point({ kind: 'click', at: { x: 36, y: line } });
    await d.settle();
    const sign = (d.lines()[line] ?? '').lastIndexOf('▸');
    expect(d.lines()[line]?.startsWith('▸')).toBe(true);
    expect(sign).toBeGreaterThan(30);
    expect(sign).toBeLessThanOrEqual(36);
  });

  it.each(['T', 'D', 'R', ','])('moves by the wheel after %s too', async (key) => {
    const d = await start();
    await d.keys(key);
    d.model.point({ kind: 'wheel', by: 1 });
    d.model.point({ kind: 'wheel', by: -1 });
    await d.settle();
    expect(d.model.context().ui.screens).toHaveLength(2);
  });
});
