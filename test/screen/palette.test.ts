/** The palette: everything by a few letters of its name, in both languages, at every size. */
import { describe, expect, it } from 'vitest';
import { paletteItems } from '../../src/app/actions/palette.ts';
import { actions } from '../../src/app/actions.ts';
import { createModel } from '../../src/app/model.ts';
import { width } from '../../src/text/cells.ts';
import type { Clean } from '../../src/text/clean.ts';
import type { Lang } from '../../src/text/messages/index.ts';
import { book, fixture, HOSTILE, row, snapshotOf } from './fixture.ts';
import { KEY, open } from './harness.ts';

const WORLD = {
  browse: async () => true,
  copy() {},
  edit: async (text: string) => ({ ok: true, text }) as const,
  suspend: async () => {},
  exit() {},
};

function model(lang: Lang = 'en') {
  const made = createModel({
    workspace: fixture({ snapshot: book(12) }),
    lang,
    size: { columns: 80, rows: 24 },
    world: WORLD,
    onError: (error) => {
      throw error;
    },
  });
  return {
    ...made,
    first: (typed: string) => {
      made.press([
        ':',
        ...typed
          .replaceAll(' ', '\u0000')
          .split('')
          .map((one) => (one === '\u0000' ? 'space' : one)),
      ]);
      const [item] = paletteItems(actions, made.context());
      made.press(['esc']);
      return item?.id;
    },
  };
}

describe('the palette', () => {
  it('offers every action of every screen', () => {
    const { press, context } = model();
    press([':']);
    const offered = new Set(paletteItems(actions, context()).map(({ id }) => id));
    const screens = new Set(['book', 'account', 'outbox', 'rules', 'hygiene', 'help']);
    expect(
      actions.filter(({ id, where }) => !id.startsWith('palette.') && where.some((mode) => screens.has(mode)) && !offered.has(id)),
    ).toEqual([]);
  });

  it.each([
    ['wn', 'note.add'],
    ['snz', 'account.snooze'],
    ['undo', 'action.undo'],
    ['note.add', 'note.add'],
    ['めも', 'note.add'],
    ['ﾒﾓ', 'note.add'],
    ['ほりゅう', 'account.snooze'],
    ['horyu', 'account.snooze'],
    ['narabekae', 'book.sort'],
    ['jikkou', 'play.open'],
    ['並べ', 'book.sort'],
    ['RULES', 'rules.show'],
  ])('finds by %s', (typed, id) => {
    expect(model('en').first(typed)).toBe(id);
    expect(model('ja').first(typed)).toBe(id);
  });

  it('runs what Enter is pressed on, as its key would', async () => {
    const app = await open({ snapshot: book(12) });
    await app.send(':');
    expect(app.cursor().shown).toBe(true);
    await app.send('snooze');
    expect(app.text()).toContain('▸ Snooze');
    await app.send(KEY.enter);
    expect(app.text()).toContain('for 7 days');
    await app.send(KEY.enter);
    expect(app.workspace.calls).toEqual(['snooze 9001 2026-11-28']);
    await app.close();
  });

  it('says why something cannot be done, and does not do it', async () => {
    const app = await open({ snapshot: book(12) });
    await app.keys(':', 'undo');
    expect(app.text()).toContain('– nothing to undo');
    await app.send(KEY.enter);
    expect(app.lines().at(-1)).toContain('nothing to undo');
    expect(app.text()).toContain('▸ Undo');
    await app.keys(KEY.esc, ':', 'retry', KEY.enter);
    expect(app.text()).toContain('works in: The outbox');
    await app.close();
  });

  it('opens from other screens, walks with the arrows, and Esc goes one step back', async () => {
    const app = await open({ snapshot: book(12), lang: 'ja' });
    await app.keys(KEY.enter, '\u0010');
    expect(app.text()).toContain('ほか');
    const [first, second] = paletteItems(actions, app.model.context());
    await app.keys(KEY.down);
    expect(app.text()).toContain(`▸ ${second?.title}`);
    await app.keys(KEY.up);
    expect(app.text()).toContain(`▸ ${first?.title}`);
    await app.send(KEY.esc);
    expect(app.model.context().ui.screens.map(({ name }) => name)).toEqual(['book', 'account']);
    await app.close();
  });

  it('opens an account by its name', async () => {
    const app = await open({ snapshot: book(12) });
    await app.keys(':', 'さくら', KEY.enter);
    expect(app.lines()[1]).toContain('さくら印刷');
    await app.keys(KEY.esc);
    expect(app.text()).toMatch(/▸ +6 さくら印刷/);
    await app.close();
  });

  it.each([
    [80, 24],
    [120, 40],
    [200, 60],
  ])('keeps to %i×%i with hostile names, in both languages', async (columns, rows) => {
    for (const lang of ['en', 'ja'] as const) {
      const app = await open({ columns, rows, lang, snapshot: snapshotOf(HOSTILE.map((name, index) => row(index, { name }))) });
      await app.keys(':', 'e');
      for (const line of app.lines()) expect(width(line as Clean)).toBeLessThanOrEqual(columns);
      expect(app.raw()).not.toContain('\u001b[2J\u001b[31mred');
      await app.close();
    }
  });
});
