import { describe, expect, it } from 'vitest';
import { createPointerReader, type PointerEvent } from '../../src/app/pointer.ts';
import { open } from '../screen/harness.ts';

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
