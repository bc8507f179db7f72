/** The app as lines: what is told when, that every screen has words, and that typing is echoed and nothing written over. */
import { afterEach, describe, expect, it } from 'vitest';
import { createModel, type Model } from '../../src/app/model.ts';
import { pressedNames } from '../../src/app/plain/keyboard.ts';
import { createTalk } from '../../src/app/plain/talk.ts';
import { tellingOf } from '../../src/app/plain/tell.ts';
import type { World } from '../../src/app/world.ts';
import { wantsLines } from '../../src/settings/terminal.ts';
import { aloud } from '../../src/text/aloud.ts';
import type { Lang } from '../../src/text/messages/index.ts';
import { type FixtureOptions, fixture, HOSTILE, row, snapshotOf } from '../screen/fixture.ts';

const world: World = {
  browse: async () => true,
  copy: () => {},
  edit: async (text) => ({ ok: true, text }),
  suspend: async () => {},
  exit: () => {},
};

interface Ear {
  readonly model: Model;
  /** What was said since asked last. */
  heard(): string;
  press(...keys: string[]): Promise<string>;
  close(): void;
}

const ears: Ear[] = [];
afterEach(() => {
  for (const ear of ears.splice(0)) ear.close();
});

async function listen(lang: Lang = 'en', options: FixtureOptions = {}): Promise<Ear> {
  const errors: unknown[] = [];
  const model = createModel({
    workspace: fixture(options),
    lang,
    size: { columns: 100, rows: 30 },
    world,
    onError: (error) => errors.push(error),
  });
  let said = '';
  const talk = createTalk(
    () => tellingOf(model.context()),
    (text) => (said += text),
    lang,
    () => 1000,
  );
  const unsubscribe = model.subscribe(talk.changed);
  talk.changed();
  const heard = (): string => {
    const now = said;
    said = '';
    return now;
  };
  const ear: Ear = {
    model,
    heard,
    async press(...keys) {
      for (const key of keys) {
        talk.hear(() => model.press([key]));
      }
      await model.idle();
      if (errors.length > 0) throw errors[0];
      return heard();
    },
    close() {
      unsubscribe();
      talk.close();
      model.close();
    },
  };
  ears.push(ear);
  await model.idle();
  return ear;
}

describe('the book', () => {
  it('says where one is, then only what is new', async () => {
    const ear = await listen();
    const first = ear.heard();
    expect(first).toContain('List: 42 accounts, by priority');
    expect(first).toContain('1 of 42: 株式会社あおば. critical, risk 91, up 12 in 7 days. MRR ¥910K');
    const next = await ear.press('j');
    expect(next.trimEnd().split('\n')).toEqual([expect.stringMatching(/^2 of 42: Northwind Logistics K\.K\. critical/)]);
    expect(await ear.press('j', 'k', 'k')).toContain('1 of 42: 株式会社あおば');
    expect(await ear.press('space')).toContain('marked');
  });

  it('repeats where one is when a key changes nothing', async () => {
    const ear = await listen();
    ear.heard();
    expect(await ear.press('k')).toMatch(/^1 of 42: /);
    expect(await ear.press('Q')).toMatch(/^1 of 42: /);
  });

  it('says unknown values as unknown', async () => {
    const ear = await listen('en', {
      snapshot: snapshotOf([
        row(0, { band: null, group: 'unknown', mrr: null, mrrChange3m: null, daysToRenewal: null, expectedLoss: null }),
      ]),
    });
    expect(ear.heard()).toContain('unknown: too little data. unknown. MRR unknown. renewal unknown');
  });

  it('speaks Japanese', async () => {
    const ear = await listen('ja');
    expect(ear.heard()).toMatch(/一覧: 42社、優先度順\n42件中1件目: 株式会社あおば。緊急、リスク91、7日で12増。MRR 91万/);
  });
});

describe('every screen and pane', () => {
  const PLACES = [
    ['enter'],
    ['2'],
    ['2', 'v', 'v', 'v'],
    ['3'],
    ['4'],
    ['5'],
    ['6'],
    ['O'],
    ['R'],
    ['D'],
    ['?'],
    ['f'],
    ['s'],
    ['z'],
    ['n'],
    ['t'],
    ['c'],
    [':'],
    ['/'],
    ['F'],
    ['p'],
    ['x'],
    ['b'],
  ];

  it.each(['en', 'ja'] as const)('is told in words alone (%s)', async (lang) => {
    for (const keys of PLACES) {
      const ear = await listen(lang);
      ear.heard();
      const told = await ear.press(...keys);
      expect([keys, told.trim() === '']).toEqual([keys, false]);
      expect([keys, told.match(/[▁-▟─-╿▲▼▸‼●◉■□▰▱→«»]/u)?.[0] ?? null]).toEqual([keys, null]);
      expect(told).not.toContain('\u001b');
      expect(told.match(/\b[a-z]+\.[a-z]+\.[a-z]+\b/)?.[0] ?? null).toBeNull();
    }
  });

  it('tells a menu by place and choice, and a question with its keys every time', async () => {
    const ear = await listen();
    ear.heard();
    expect(await ear.press('s')).toMatch(/1 of \d+: priority \(chosen\)/);
    expect(await ear.press('j')).toMatch(/^2 of \d+: /);
    await ear.press('esc');
  });

  it('tells the cells of a matrix that somebody stands in, and the one under the cursor', async () => {
    const ear = await listen();
    ear.heard();
    const told = await ear.press('2');
    expect(told).toContain('Screen: Matrices, Impact by risk');
    expect(told).toMatch(/high impact by critical: \d+ accounts?/);
  });

  it('lets no hostile text through', async () => {
    const ear = await listen('en', { snapshot: snapshotOf(HOSTILE.map((name, at) => row(at, { name }))) });
    let said = ear.heard();
    for (let at = 0; at < HOSTILE.length; at++) said += await ear.press('j');
    expect(said).not.toMatch(/[\u001b\u202e\u0007]/);
  });
});

describe('an account', () => {
  it('is told section by section', async () => {
    const ear = await listen();
    ear.heard();
    ear.model.resize({ columns: 100, rows: 1 });
    expect(await ear.press('enter')).toMatch(/株式会社あおば\. critical[\s\S]*Why \d+\nbase/);
    expect(await ear.press('tab')).toMatch(/^since 14 Nov 2026/);
    const chart = await ear.press('tab');
    expect(chart).toMatch(/^MRR by product/);
    expect(chart).toMatch(/\S in Dec 2024, \S+ in Nov 2026, most/);
  });
});

describe('writing', () => {
  it('echoes what is typed, rubs out at the end, and tells the line anew after a change within it', async () => {
    const ear = await listen();
    ear.heard();
    expect(await ear.press('n')).toMatch(/Note on 株式会社あおば\nKeys: .*\nText: $/);
    expect(await ear.press('a', 'あ')).toBe('aあ');
    expect(await ear.press('backspace')).toBe('\b \b\b \b');
    expect(await ear.press('b', 'left')).toBe('b\nText: ab (cursor before “b”)\n');
    expect(await ear.press('x')).toBe('Text: axb (cursor before “b”)\n');
    expect(await ear.press('tab')).toMatch(/Button: Save\. Enter presses it/);
    expect(await ear.press('enter')).toContain('queued, u to undo');
    expect(ear.model.context().ui.overlays).toHaveLength(0);
  });

  it('tells choices with what there is to choose, and what a date stands for', async () => {
    const ear = await listen('ja');
    ear.heard();
    expect(await ear.press('t')).toContain('件名: ');
    expect(await ear.press('tab')).toMatch(/期日 = 2026\/11\/2\d/);
    expect(await ear.press('tab')).toMatch(/優先度: なし。なし、低、中、高 から選択/);
  });
});

it('reads signs as words', () => {
  expect(aloud('▲12 ‼ critical · MRR −9% → ¥5', 'en')).toBe('up 12 critical, MRR minus 9% to ¥5');
  expect(aloud('▌All▐ 6', 'ja')).toBe('All（選択中） 6');
});

it('names keys as the screen does', () => {
  const plain = { ctrl: false, meta: false, shift: false };
  expect(pressedNames('j', { ...plain, name: 'j', sequence: 'j' })).toEqual(['j']);
  expect(pressedNames('G', { ...plain, name: 'g', sequence: 'G', shift: true })).toEqual(['G']);
  expect(pressedNames(undefined, { ...plain, name: 'j', sequence: '\u001bj', meta: true })).toEqual(['esc', 'j']);
  expect(pressedNames('\u000f', { ...plain, name: 'o', sequence: '\u000f', ctrl: true })).toEqual(['ctrl+o']);
  expect(pressedNames('\t', { ...plain, name: 'tab', sequence: '\u001b[Z', shift: true })).toEqual(['shift+tab']);
  expect(pressedNames('あ', { ...plain, sequence: 'あ' })).toEqual(['あ']);
  expect(pressedNames(undefined, { ...plain, sequence: '\u001b[99~' })).toEqual([]);
});

it('is wished for by the environment before the settings', () => {
  expect(wantsLines({ INK_SCREEN_READER: 'true' })).toBe(true);
  expect(wantsLines({ INK_SCREEN_READER: 'false' }, { screenReader: true })).toBe(false);
  expect(wantsLines({}, { screenReader: true })).toBe(true);
  expect(wantsLines({})).toBe(false);
});

describe('picking for a text', () => {
  const records = [
    { kind: 'contacts', id: '1', name: '森 太郎', detail: 'mori@example.com' },
    { kind: 'deals', id: '2', name: 'Renewal', detail: null },
  ] as const;

  it('tells the template and its key, the record and whether it is chosen, and each field by its name', async () => {
    const ear = await listen('en', { records });
    expect(await ear.press('w')).toMatch(/Begin with which template\?\n1 of \d+: a\. task\. Follow up on falling use\n/);
    expect(await ear.press('down')).toMatch(/^2 of \d+: b\. task\. Is it solved\?\n$/);
    expect(await ear.press('enter')).toMatch(/Task on 株式会社あおば\n[\s\S]*Subject: Ask 株式会社あおば whether it is solved$/);
    expect(await ear.press('ctrl+r')).toContain('1 of 2: contact. 森 太郎. mori@example.com\n');
    expect(await ear.press('enter')).toContain('1 of 2: contact. 森 太郎. mori@example.com (chosen)\n');
    await ear.press('esc', 'tab', 'tab', 'tab');
    expect(await ear.press('tab')).toContain('Assignee: 田中. one of 田中, 鈴木; left and right choose');
    await ear.press('tab');
    expect(await ear.press('tab')).toContain('Also on: contact 森 太郎');
    expect(await ear.press('ctrl+x')).toMatch(/nothing is queued yet\nPOST /);
    await ear.press('esc', 'esc');
    expect(await ear.press('X')).toMatch(/Churn post-mortem: 株式会社あおば\nCause: choose\. one of choose, competitor, price/);
  });
});
