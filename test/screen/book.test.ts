import { afterEach, describe, expect, it } from 'vitest';
import { width } from '../../src/text/cells.ts';
import type { Clean } from '../../src/text/clean.ts';
import { accountView, HOSTILE, row, snapshotOf, type TODAY } from './fixture.ts';
import { type Driver, KEY, type Options, open } from './harness.ts';

let driver: Driver | null = null;
const start = async (options: Options = {}): Promise<Driver> => {
  driver = await open(options);
  return driver;
};
afterEach(async () => {
  await driver?.close();
  driver = null;
});

const selected = (d: Driver): string => d.lines().find((line) => line.startsWith('▸')) ?? '';
const selectedId = (d: Driver): string | null => d.model.context().ui.book.selectedId;

describe('the book', () => {
  it('says whose book it is, how old the data are and what waits', async () => {
    const d = await start({ status: { outbox: { held: 1, ready: 1, sending: 0, unknown: 1, needsYou: 1 } }, columns: 120 });
    expect(d.lines()[0]).toContain('兆 kizashi');
    expect(d.lines()[0]).toContain('Demo portal · 田中');
    expect(d.lines()[0]).toContain('data 08:12 · outbox 2 waiting · 1 being checked · 1 needs you');
  });

  it('marks another day than today, and will not write on it', async () => {
    const d = await start({ asOf: '2026-11-16' as typeof TODAY });
    expect(d.lines()[0]).toContain('AS OF Mon 16 Nov 2026');
    await d.keys('n');
    expect(d.text()).toContain('as of 2026-11-16: nothing can be written');
  });

  it('shows progress, offline and a problem', async () => {
    const d = await start({
      status: {
        offline: true,
        problem: 'HubSpot refused the token. Run `kizashi init`.',
        sync: { phase: 'companies', done: 120, total: 240, secondsLeft: 12 },
      },
      columns: 120,
    });
    expect(d.lines()[0]).toContain('syncing companies 120/240 · 12 s left · offline');
    expect(d.lines()[1]).toContain('HubSpot refused the token');
  });

  it.each([
    ['en', 'probabilities hidden'],
    ['ja', '確率は非表示'],
  ] as const)('says in one line that probabilities are hidden (%s)', async (lang, words) => {
    const hidden = { probability: null, probabilityToRenewal: null, mrrAtRisk: null, expectedLoss: null };
    const snapshot = { ...snapshotOf([row(0, hidden), row(1, hidden)]), unproven: true };
    const d = await start({ snapshot, lang, columns: 80, rows: 24 });
    expect(d.lines().filter((line) => line.includes(words))).toHaveLength(1);
    expect(d.lines()).toHaveLength(24);
    d.workspace.setSnapshot({ ...snapshot, unproven: false });
    await d.settle();
    expect(d.text()).not.toContain(words);
  });

  it.each([
    ['en', 80, 24],
    ['ja', 80, 24],
    ['en', 60, 14],
    ['ja', 60, 14],
    ['en', 120, 40],
    ['ja', 120, 40],
    ['en', 150, 50],
    ['ja', 150, 50],
  ] as const)('stands in columns (%s, %d×%d)', async (lang, columns, rows) => {
    const d = await start({ lang, columns, rows });
    const lines = d.lines();
    expect(lines).toHaveLength(rows);
    for (const line of lines) expect(width(line as Clean)).toBeLessThanOrEqual(columns);
    const head = lines.findIndex((line) => line.includes('MRR') && line.includes('#'));
    const mrrEnd = width(lines[head]?.slice(0, lines[head].indexOf('MRR') + 3) as Clean);
    // The cell under the last letter of MRR ends the amount, the one behind it is blank, in every row.
    const body = Array.from({ length: 8 }, (_, at) => head + 1 + at);
    for (const y of body) {
      expect(d.cell(mrrEnd - 1, y).chars).toMatch(lang === 'ja' ? /^万?$/ : /^[KM]$/);
      expect(d.cell(mrrEnd, y).chars.trim()).toBe('');
    }
    // Full-width names end where narrow ones do.
    const names = body.map((y) => d.cell(5, y).width);
    expect(names.every((cells) => cells > 0)).toBe(true);
  });

  it('gives columns up as the terminal narrows', async () => {
    const d = await start({ columns: 150, rows: 30 });
    expect(d.text()).toMatch(/Tier +MRR +3 m 24 months +Risk +7 d +Loss +Renews Why/);
    expect(d.text()).toContain('‼ critical');
    await d.resize(80, 24);
    expect(d.text()).toMatch(/Account +MRR 12 months +Risk +7 d +Loss Why/);
    await d.resize(60, 14);
    expect(d.text()).not.toContain('Loss');
    expect(d.text()).toContain('Why');
  });

  it('drops no key of a burst', async () => {
    const d = await start();
    await d.send('jjj');
    expect(selected(d)).toContain('みなと物流');
    await d.send('jjkj');
    expect(selectedId(d)).toBe('9006');
    await d.send('j'.repeat(100));
    expect(selectedId(d)).toBe('9042');
    await d.send('g');
    expect(selectedId(d)).toBe('9001');
    await d.keys('/');
    await d.send('zzz');
    // Esc and j in one read: the search ends, then the cursor moves.
    await d.send('\u001bj');
    expect(d.model.context().ui.overlays).toEqual([]);
    expect(d.model.context().ui.book.find).toBe('');
    expect(selectedId(d)).toBe('9002');
  });

  it('scrolls at the edge only', async () => {
    const d = await start();
    const first = () => d.lines()[5]?.trim().split(/\s+/)[0];
    await d.send('j'.repeat(14));
    expect(first()).toBe('1');
    await d.send('j');
    expect(first()).toBe('2');
    await d.send('k'.repeat(10));
    expect(first()).toBe('2');
    await d.keys(KEY.end);
    expect(selected(d)).toContain('データなし商会');
    expect(d.text()).toContain('── too little data to judge: 1 account');
    expect(d.text()).toContain('── notice given: 1 account');
  });

  it('keeps the account under the cursor when ranks change', async () => {
    const d = await start();
    await d.send('jjjjj');
    const y = d.lines().findIndex((line) => line.startsWith('▸'));
    const rows = d.workspace.snapshot()?.rows ?? [];
    d.workspace.setSnapshot(snapshotOf([...rows.slice(10, 30), ...rows.slice(0, 10), ...rows.slice(30)]));
    await d.settle();
    expect(selectedId(d)).toBe('9006');
    expect(d.lines().findIndex((line) => line.startsWith('▸'))).toBe(y);
    d.workspace.setSnapshot(snapshotOf(rows.filter(({ id }) => id !== '9006')));
    await d.settle();
    expect(selected(d)).not.toBe('');
  });

  it('finds by any width, kana and case as one types, and Esc keeps the account', async () => {
    const d = await start();
    await d.keys('/');
    await d.send('ｱｵﾊﾞ');
    expect(d.text()).toContain('4 of 42');
    expect(d.cursor()).toEqual({ x: 3 + 4, y: 23, shown: true });
    await d.keys(KEY.down, KEY.enter);
    expect(d.cursor().shown).toBe(false);
    const id = selectedId(d);
    await d.keys(KEY.esc);
    expect(d.text()).toContain('42 accounts');
    expect(selectedId(d)).toBe(id);
    await d.keys('/');
    await d.send('KESTREL');
    expect(selected(d)).toContain('Kestrel Analytics');
  });

  it('filters by what the menu offers, and says so', async () => {
    const d = await start();
    await d.keys('f', KEY.enter);
    expect(d.text()).toContain('6 of 42 · critical');
    await d.keys('j', KEY.enter, KEY.esc);
    expect(d.text()).toContain('9 of 42 · critical, high');
    await d.keys(KEY.esc);
    expect(d.text()).toContain('42 accounts');
  });

  it('sorts and reverses', async () => {
    const d = await start();
    await d.keys('s', 'G', KEY.enter, 'g');
    expect(selected(d)).toContain('Alder & Pine');
    expect(d.text()).toContain('by name ▼');
    await d.keys('S', 'g');
    expect(d.text()).toContain('by name ▲');
    expect(selected(d)).not.toContain('Alder');
  });

  it('shows hostile names without letting them draw', async () => {
    const snapshot = snapshotOf(HOSTILE.map((name, index) => row(index, { name })));
    const d = await start({ snapshot });
    const lines = d.lines();
    expect(lines[4]).toContain('Account');
    expect(lines[5]).toContain('red alert');
    expect(d.cell(6, 5).colour).not.toBe(1);
    expect(lines.filter((line) => line.includes('12 months'))).toHaveLength(1);
    for (let y = 5; y < 5 + HOSTILE.length; y++) if (y !== 8) expect(d.cell(29, y).chars).toBe('K');
  });

  it('wears no colour under NO_COLOR, and still shows what is selected', async () => {
    const d = await start({ env: { NO_COLOR: '1' } });
    await d.keys('j');
    expect(selected(d)).toContain('Northwind');
    for (let y = 0; y < 24; y++) for (let x = 0; x < 80; x++) expect(d.cell(x, y).colour).toBeNull();
    const y = d.lines().findIndex((line) => line.startsWith('▸'));
    expect(d.cell(5, y).bold).toBe(true);
    expect(d.cell(5, y + 1).bold).toBe(false);
  });

  it('teaches where there is nothing to list', async () => {
    const d = await start({ snapshot: null, status: { syncedAt: null } });
    expect(d.text()).toContain('Press r to sync');
    await d.keys('r');
    expect(d.workspace.calls).toEqual(['refresh']);
    d.workspace.setStatus({ sync: { phase: 'companies', done: 3, total: null, secondsLeft: null } });
    await d.settle();
    expect(d.text()).toContain('syncing companies 3');
    d.workspace.setSnapshot(snapshotOf([]));
    await d.settle();
    expect(d.text()).toContain('kizashi init');
  });

  it('writes nothing while idle, and little for a step', async () => {
    const d = await start({ columns: 120, rows: 40 });
    await d.keys('j');
    d.written();
    await d.settle();
    await d.settle();
    expect(d.written()).toBe(0);
    for (let step = 0; step < 10; step++) {
      await d.keys('j');
      expect(d.written()).toBeLessThanOrEqual(300);
    }
  });

  it('moves the list with one command at the edge', async () => {
    const d = await start();
    await d.send('j'.repeat(15));
    for (const key of ['j', 'j', 'j', 'j', 'j', 'j']) {
      d.written();
      await d.keys(key);
      expect(d.written()).toBeLessThanOrEqual(600);
    }
    expect(d.lines()[5]).toMatch(/^ +8 /);
    await d.send('k'.repeat(17));
    d.written();
    await d.keys('k');
    expect(d.written()).toBeLessThanOrEqual(600);
  });

  it('shows the selected account beside a wide list', async () => {
    const d = await start({ columns: 180, rows: 30 });
    await d.keys('j');
    expect(d.text()).toMatch(/│ Northwind Logistics K\.K\.$/m);
    expect(d.text()).toMatch(/│ {2}champion left 9 Oct +\+8\.6$/m);
    const divider = d
      .lines()
      .slice(3, 28)
      .map((line) => width(line.slice(0, line.indexOf('│')) as Clean));
    expect(new Set(divider).size).toBe(1);
  });

  it('opens, leafs and goes back without losing its place', async () => {
    const d = await start();
    await d.send('jjj');
    await d.keys(KEY.enter);
    expect(d.lines()[1]).toContain('‹ 4/42  みなと物流');
    await d.keys(']', ']', '[');
    expect(d.lines()[1]).toContain('‹ 5/42  Kestrel');
    await d.keys(KEY.esc);
    expect(selected(d)).toContain('Kestrel');
    await d.keys(KEY.esc, KEY.esc);
    expect(d.done).toEqual([]);
  });

  it('asks before it leaves only while something waits', async () => {
    const d = await start({ status: { outbox: { held: 0, ready: 2, sending: 0, unknown: 0, needsYou: 0 } } });
    await d.keys('q');
    expect(d.text()).toContain('2 actions are not with HubSpot yet. They are safe here');
    await d.keys(KEY.enter);
    expect(d.done).toEqual([]);
    await d.keys('q', 'y');
    expect(d.done).toEqual(['exit 0']);
    d.workspace.setStatus({ outbox: { held: 0, ready: 0, sending: 0, unknown: 0, needsYou: 0 } });
    await d.keys('q');
    expect(d.done).toEqual(['exit 0', 'exit 0']);
    await d.send('\u0003');
    await d.send('\u001a');
    expect(d.done.slice(2)).toEqual(['exit 130', 'suspend']);
  });
});

describe('an account', () => {
  it('shows a receipt that can be added up as printed', async () => {
    const d = await start();
    await d.keys(KEY.enter);
    const amounts = (pattern: RegExp) =>
      d
        .lines()
        .filter((line) => pattern.test(line))
        .map((line) => Number(line.trim().split(/\s+/).at(-1)?.replace('−', '-').replace('+', '')));
    const [base = 0] = amounts(/^ {2}base/);
    const groups = amounts(/^ {2}(usage|people|opinion) /);
    const [total] = amounts(/^ {2}total/);
    expect(groups).toHaveLength(3);
    expect(Math.round((base + groups.reduce((sum, one) => sum + one, 0)) * 10)).toBe(Math.round((total ?? 0) * 10));
    const usage = amounts(/unused 42|logins 41|11 of 36/);
    expect(usage.reduce((sum, one) => sum + one, 0)).toBeCloseTo(36.2);
    expect(d.text()).toContain('+36.2 together, held at +34.0');
    expect(d.text()).toContain('not connected: overdue invoices');
  });

  it('scrolls through chart, people and timeline within 80×24', async () => {
    const d = await start();
    await d.keys(KEY.enter, KEY.pageDown);
    expect(d.text()).toContain('¥600K ┤');
    expect(d.text()).toContain('SFA ended');
    await d.keys('G');
    expect(d.lines().at(-3)).toContain('Entry 13');
    await d.send('j'.repeat(20));
    await d.keys('k');
    expect(d.lines().at(-3)).toContain('Entry 12');
    expect(d.text()).not.toContain('\u001b');
  });

  it('stands in two columns where there is room', async () => {
    const d = await start({ columns: 150, rows: 50, lang: 'ja' });
    await d.keys(KEY.enter);
    const divider = d
      .lines()
      .slice(6, 20)
      .map((line) => width(line.slice(0, line.indexOf('│ ', 60)) as Clean));
    expect(new Set(divider).size).toBe(1);
    expect(d.text()).toContain('72の理由');
  });

  it('waits for slow data without blocking, and shows only the account asked for last', async () => {
    let release = () => {};
    const slow = new Promise<void>((resolve) => {
      release = resolve;
    });
    const d = await open({ slow });
    driver = d;
    d.model.press(['enter', ']', ']']);
    expect(d.model.context().ui.account).toBeNull();
    release();
    await d.settle();
    expect(d.model.context().ui.account?.id).toBe('9003');
    expect(d.lines()[1]).toContain('北斗精機');
    expect(accountView(row(2)).row.id).toBe('9003');
  });

  it('opens and copies the link', async () => {
    const d = await start();
    await d.keys('o', 'y');
    expect(d.done).toEqual([
      'browse https://app.hubspot.com/contacts/123/record/0-2/9001',
      'copy https://app.hubspot.com/contacts/123/record/0-2/9001',
    ]);
  });

  it('opens nothing but a plain https address, and shows it where there is no browser', async () => {
    const bad = await start({ snapshot: snapshotOf([row(0, { url: 'file:///etc/passwd' })]) });
    await bad.keys('o');
    expect(bad.done).toEqual([]);
    await bad.close();
    const d = await start({ world: { browse: async () => false } });
    await d.keys('o');
    expect(d.text()).toContain('https://app.hubspot.com/contacts/123/record/0-2/9001');
    expect(d.done[0]).toMatch(/^copy https/);
    await d.keys(KEY.esc);
    expect(d.text()).not.toContain('No browser here');
  });
});
