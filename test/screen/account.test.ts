/** One account on the screen: every section at every size, in both languages, with names and texts meant to break it. */
import { afterEach, describe, expect, it } from 'vitest';
import type { AccountView, TimelineEntry } from '../../src/book/account-view.ts';
import { setAmbiguousWidth, width } from '../../src/text/cells.ts';
import { clean } from '../../src/text/clean.ts';
import { addDays, addMonths, type Month } from '../../src/units/day.ts';
import { accountView, HOSTILE, row, snapshotOf, TODAY } from './fixture.ts';
import { type Driver, KEY, type Options, open } from './harness.ts';

const opened: Driver[] = [];
afterEach(async () => {
  for (const driver of opened.splice(0)) await driver.close();
  setAmbiguousWidth(1);
});

const source = { object: 'tickets', id: '5' };
const event = (at: number, title: string, kind: TimelineEntry['kind'] = 'note'): TimelineEntry => ({
  at: addDays(TODAY, -at),
  kind,
  title,
  body: null,
  direction: null,
  source: { object: 'notes', id: String(at) },
});

const base = accountView(row(0));
const months = (from: number, to: number, mrr: number) =>
  Array.from({ length: 24 }, (_, at) => ({ month: addMonths('2026-11' as Month, at - 23), mrr: at >= from && at <= to ? mrr : 0 }));

/** Everything that an account can have. */
const FULL: Partial<AccountView> = {
  mrrByProduct: [
    { product: 'CRM', label: 'CRM', months: months(0, 23, 400_000) },
    { product: 'MA', label: 'MA', months: months(6, 23, 100_000) },
    { product: 'SFA', label: 'SFA', months: months(3, 21, 50_000) },
  ],
  plans: [
    { on: addDays(TODAY, -600), plan: 'Standard', label: 'Standard' },
    { on: addDays(TODAY, -90), plan: 'Enterprise', label: 'Enterprise' },
  ],
  voice: [
    { at: addDays(TODAY, -14), where: 'ticket', who: null, text: '新しい担当者が機能を知らない', score: null, topics: ['price'], source },
    {
      at: addDays(TODAY, -150),
      where: 'survey',
      who: '佐藤',
      text: 'Good value.\nWould like more help.',
      score: 'NPS 9',
      topics: [],
      source,
    },
  ],
  earlier: [
    { ...base.receipt, asOf: addDays(TODAY, -7), risk: 62 },
    { ...base.receipt, asOf: addDays(TODAY, -6), risk: 63 },
  ],
  receipt: {
    ...base.receipt,
    groups: base.receipt.groups.map((group, at) => ({
      ...group,
      lines: group.lines.map((line) => (at === 0 ? { ...line, url: 'https://app.hubspot.com/contacts/123/record/0-5/5' } : line)),
    })),
  },
  history: [
    { day: addDays(TODAY, -30), risk: 48 },
    { day: addDays(TODAY, -29), risk: 61 },
  ],
  goals: 'Grow the field team to 60 seats',
  healthScore: '82',
  healthLabel: '82',
  timeline: Array.from({ length: 130 }, (_, at) => event(at, at === 100 ? 'ｶﾅの見積' : `Event ${at}`)),
};

async function account(options: Options = {}): Promise<Driver> {
  const driver = await open({ account: FULL, ...options });
  opened.push(driver);
  await driver.keys(KEY.enter);
  return driver;
}

/** Everything on the page, from the top to the end. */
async function whole(driver: Driver): Promise<string> {
  const seen = new Set<string>();
  await driver.keys('g');
  for (let page = 0; page < 30; page++) {
    const before = seen.size;
    for (const line of driver.lines()) seen.add(line.trim());
    await driver.keys(KEY.pageDown);
    if (seen.size === before) break;
  }
  return [...seen].join('\n');
}

const SIZES = [
  [80, 24],
  [120, 40],
  [200, 60],
] as const;

describe('an account', () => {
  it('is told in the portal’s own words, whatever they hold', async () => {
    const hostile = '意思\u001b[31m決定者';
    const [one] = base.contacts;
    if (!one) throw new Error('nobody');
    const driver = await account({
      ...{ columns: 120, rows: 60 },
      snapshot: snapshotOf([
        row(0, { plan: 'ENT', industry: 'COMPUTER_SOFTWARE', labels: { plan: 'Enterprise Plus', industry: 'ソフト開発' } }),
      ]),
      account: {
        contacts: [{ ...one, champion: false, role: 'DECISION_MAKER', roleLabel: hostile }],
        contract: { ...base.contract, billing: 'per_six_months', billingLabel: '半年ごと' },
        plans: [{ on: TODAY, plan: 'ENT', label: 'Enterprise Plus' }],
        healthScore: 'at_risk',
        healthLabel: 'リスクあり',
      },
    });
    const page = await whole(driver);
    for (const words of ['Enterprise Plus · ソフト開発', '半年ごと', 'HubSpot リスクあり']) expect(page).toContain(words);
    expect(page).toMatch(/意思.+決定者/);
    for (const raw of ['ENT ', 'COMPUTER_SOFTWARE', 'DECISION_MAKER', 'per_six_months', 'at_risk', '\u001b'])
      expect(page).not.toContain(raw);
  });

  it.each(SIZES)('has every section at %i×%i', async (columns, rows) => {
    const driver = await account({ columns, rows });
    const page = await whole(driver);
    for (const words of [
      'Why',
      'today',
      'last look',
      'last better',
      'Products and plan',
      'SFA',
      'until Sep 2026',
      'Standard',
      'Enterprise',
    ])
      expect(page).toContain(words);
    for (const words of [
      'HubSpot',
      '82',
      'Grow the field team',
      'Send the usage review',
      '佐藤',
      'In their words',
      '“新しい担当者が機能を知らない”',
    ])
      expect(page).toContain(words);
    for (const words of ['price', 'NPS 9', '48 → 61', 'Event 0']) expect(page).toContain(words);
  });

  it.each(SIZES)('tells the contract, and when each person was last touched, at %i×%i', async (columns, rows) => {
    const page = await whole(await account({ columns, rows }));
    expect(page).toContain('¥10.9M');
    expect(page).toMatch(/Start +1 Apr 2023, 43 months ago/);
    expect(page).toMatch(/Term +12 months · billed annual/);
    expect(page).toMatch(/Renewal +Fri 11 Dec 2026, in 20 days/);
    expect(page).toMatch(/Notice +was possible until 11 Nov 2026/);
    expect(page).toMatch(/佐藤 .*last touch 2 Oct/);
    expect(page).toMatch(/鈴木 .*no touch known/);
  });

  it.each([
    [
      'en',
      [
        /Value +unknown/,
        /Start +unknown/,
        /Term +unknown/,
        /Renewal +unknown/,
        /nobody is known/,
        /no goals are kept/,
        /nothing is open/,
        /no play has run/,
        /nothing was heard/,
        /HubSpot: none/,
      ],
    ],
    [
      'ja',
      [
        /契約額 +不明/,
        /更新 +不明/,
        /登録された担当者はいません/,
        /目標の登録はありません/,
        /実行したプレイはありません/,
        /顧客の声の記録はありません/,
      ],
    ],
  ] as const)('says what is not known, and leaves nothing blank (%s)', async (lang, words) => {
    const contract = {
      start: null,
      startDerived: false,
      renewal: null,
      termMonths: null,
      billing: null,
      billingLabel: null,
      noticeDays: 30,
      noticeAssumed: true,
      noticeGivenOn: null,
    };
    const of = row(0, { contractValue: null, contractStart: null, renewalDate: null, daysToRenewal: null, noticeBy: null });
    const driver = await account({
      lang,
      columns: 120,
      rows: 60,
      snapshot: snapshotOf([of]),
      account: { contract, contacts: [], openTasks: [], goals: null, healthLabel: null, plays: [], voice: [] },
    });
    const page = await whole(driver);
    for (const one of words) expect(page).toMatch(one);
  });

  it.each(SIZES)('speaks Japanese at %i×%i', async (columns, rows) => {
    const driver = await account({ columns, rows, lang: 'ja' });
    const page = await whole(driver);
    for (const words of ['製品とプランの推移', 'まで', '顧客の声', '「新しい担当者が機能を知らない」', '価格', '履歴', 'スコア'])
      expect(page).toContain(words);
    expect(page).not.toMatch(/[a-z]+\.[a-z]+\.[a-z]+/);
  });

  it('goes from section to section and round again', async () => {
    const driver = await account();
    const heads: string[] = [];
    for (let at = 0; at < 9; at++) {
      await driver.keys(KEY.tab);
      heads.push(driver.lines()[driver.lines().findIndex((line) => line.startsWith('───')) + 1] ?? '');
    }
    expect(heads.map((line) => line.trim()).slice(0, 8)).toEqual([
      'since 14 Nov 2026',
      expect.stringContaining('MRR'),
      'Products and plan',
      'Contract',
      expect.stringContaining('HubSpot'),
      'Plays',
      'People',
      'In their words',
    ]);
    await driver.keys(KEY.shiftTab, KEY.shiftTab);
    expect(driver.text()).toContain('People');
  });

  it('switches between the receipts of today, the last look and the last better day', async () => {
    const driver = await account();
    expect(driver.text()).toContain('▸today');
    await driver.keys('v');
    expect(driver.text()).toContain('▸last look 14 Nov');
    expect(driver.text()).toContain('Why 62');
    await driver.keys('v');
    expect(driver.text()).toContain('▸last better 15 Nov');
    await driver.keys('v');
    expect(driver.text()).toContain('▸today');
  });

  it('draws older entries as one gets there', async () => {
    const driver = await account();
    await driver.keys('G');
    expect(driver.text()).not.toContain('Event 129');
    for (let at = 0; at < 4; at++) await driver.keys('G');
    expect(driver.text()).toContain('Event 129');
  });

  it('finds in the timeline whatever the width of kana, counts, and goes back one step at a time', async () => {
    const driver = await account();
    await driver.keys('/');
    await driver.send('カナ');
    expect(driver.text()).toContain('1 of 131');
    expect(driver.text()).toContain('ｶﾅの見積');
    expect(driver.text()).not.toContain('Event 1');
    await driver.keys(KEY.enter);
    expect(driver.text()).toContain('カナ');
    await driver.keys(KEY.esc);
    expect(driver.text()).toContain('▸today');
    await driver.keys('/');
    await driver.send('nothing like it');
    expect(driver.text()).toContain('nothing; Esc');
    await driver.keys(KEY.esc);
    expect(driver.text()).toContain('▸today');
    await driver.keys(KEY.esc);
    expect(driver.text()).toContain('42 accounts');
  });

  it('opens the record that a signal rests on', async () => {
    const driver = await account();
    await driver.keys('E', KEY.enter);
    expect(driver.done).toEqual(['browse https://app.hubspot.com/contacts/123/record/0-5/5']);
  });

  it.each(SIZES)('holds hostile names and texts within %i×%i', async (columns, rows) => {
    const nasty = HOSTILE.map((text, at) => event(at, text));
    // Emulators disagree on emoji and piled-up marks at the edge of a row; they stand in the timeline.
    const edge = HOSTILE.filter((text) => !/\p{Emoji_Presentation}|\p{M}/u.test(text));
    const driver = await account({
      columns,
      rows,
      snapshot: snapshotOf([row(0, { name: edge.join('') })]),
      account: {
        ...FULL,
        timeline: nasty,
        goals: edge.join('\n'),
        healthLabel: edge[0] ?? null,
        plans: [{ on: TODAY, plan: edge.join(''), label: edge.join('') }],
        voice: edge.map((text) => ({ at: TODAY, where: 'note' as const, who: text, text, score: null, topics: [text], source })),
      },
    });
    for (let page = 0; page < 8; page++) {
      for (const line of driver.lines()) expect(width(clean(line))).toBeLessThanOrEqual(columns);
      await driver.keys(KEY.pageDown);
    }
    expect(driver.raw()).not.toContain('\u001b[2J\u001b[31m');
    expect(driver.raw()).not.toContain('\u202e');
  });
});

describe('in ASCII', () => {
  /** Every screen that a key opens, with names that are ASCII themselves. */
  const plain = snapshotOf(Array.from({ length: 30 }, (_, at) => row(at, { name: `Customer ${at}`, industry: 'Making', owner: null })));
  const SCREENS = [[], [KEY.enter], ['2'], ['O'], ['R'], ['D'], ['?'], ['f'], ['s'], ['z'], ['n'], ['t'], [':'], ['/'], ['x']];

  it.each([80, 200])('no screen has another glyph at %i columns', async (columns) => {
    const driver = await open({ columns, rows: 40, snapshot: plain, personal: { glyphs: 'ascii' } });
    opened.push(driver);
    for (const keys of SCREENS) {
      await driver.keys(...keys);
      const odd = [...driver.text().matchAll(/[^\x20-\x7e\n¥\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}ー␛]/gu)].map(
        ([glyph]) => glyph,
      );
      expect([keys, [...new Set(odd)]]).toEqual([keys, []]);
      await driver.keys(...(keys.length > 0 ? [KEY.esc, '1'] : []));
      if (driver.model.context().ui.overlays.length > 0) await driver.keys(KEY.esc);
    }
  });

  it('is what a terminal with two cells for open widths gets', async () => {
    const driver = await open({ personal: { ambiguousWidth: 2 } });
    opened.push(driver);
    expect(driver.text()).toContain('>  1');
    expect(driver.text()).not.toMatch(/[▁-█─│▲▼·]/);
  });
});
