/** Whatever has a key can be reached from the palette, wherever one is, and what is being typed outlives it. */
import { describe, expect, it } from 'vitest';
import { paletteItems } from '../../src/app/actions/palette.ts';
import { actions, resolve } from '../../src/app/actions.ts';
import { createModel, type Model } from '../../src/app/model.ts';
import { type Mode, modeOf, type Overlay, type Screen, type ScreenName, topOverlay, type Ui } from '../../src/app/state.ts';
import { textBuffer } from '../../src/components/text-buffer.ts';
import { compose } from '../../src/screens/compose/state.ts';
import { playPane } from '../../src/screens/play/state.ts';
import { BOOK_COLUMNS } from '../../src/settings/columns.ts';
import { cleanLine } from '../../src/text/clean.ts';
import type { Month } from '../../src/units/day.ts';
import { book, fixture } from '../screen/fixture.ts';
import { KEY, open } from '../screen/harness.ts';

const label = cleanLine('label');
const edit = { id: '1', fields: [], given: {} };

/** Every place where keys go, as it looks when one comes there. */
const SCREENS: Readonly<Record<ScreenName, Screen>> = {
  book: { name: 'book' },
  account: { name: 'account', id: '9001', offset: 0 },
  outbox: { name: 'outbox', selectedId: null, offset: 0 },
  rules: { name: 'rules', index: 0, offset: 0, points: new Map() },
  tasks: { name: 'tasks', all: true, selectedId: null, offset: 0 },
  hygiene: { name: 'hygiene', index: 0, offset: 0 },
  matrix: { name: 'matrix', view: 'risk', at: null },
  revenue: { name: 'revenue', view: 0, back: 0, row: 0 },
  churn: { name: 'churn', view: 0, back: 0, row: 0 },
  cohorts: { name: 'cohorts', view: 0, back: 0, row: 0 },
  products: { name: 'products', view: 0, back: 0, row: 0 },
  behind: { name: 'behind', of: { what: 'moved', month: '2026-10' as Month, months: 1 }, title: label, row: 0 },
  settings: { name: 'settings', index: 0, offset: 0 },
  help: { name: 'help', of: 'book', offset: 0 },
};

const OVERLAYS: Readonly<Record<Overlay['kind'], Overlay | null>> = {
  menu: { kind: 'menu', menu: 'sort', index: 0 },
  columns: { kind: 'columns', order: BOOK_COLUMNS, shown: new Set(BOOK_COLUMNS), index: 0 },
  confirm: { kind: 'confirm', about: { what: 'quit' } },
  search: { kind: 'search', buffer: textBuffer() },
  address: { kind: 'address', url: label },
  play: { kind: 'play', pane: playPane([]) },
  ask: { kind: 'ask', about: { what: 'view', filter: '', label }, buffer: textBuffer() },
  words: { kind: 'words', about: { what: 'row', edit }, buffer: textBuffer('', true) },
  expression: { kind: 'expression', buffer: textBuffer(), before: '', pick: 0 },
  jump: { kind: 'jump', buffer: textBuffer() },
  editor: { kind: 'editor', compose: compose({ form: 'note', accountId: '9001', accountName: label, people: [] }) },
  records: { kind: 'records', buffer: textBuffer(), index: 0 },
  templates: { kind: 'templates', form: null, index: 0 },
  preview: { kind: 'preview', text: textBuffer('', true), offset: 0 },
  // Whatever is pressed here is the answer.
  key: null,
  // The palette is what is being looked for.
  palette: null,
};

function model(): Model {
  return createModel({
    workspace: fixture({ snapshot: book(12) }),
    lang: 'en',
    size: { columns: 80, rows: 24 },
    world: {
      browse: async () => true,
      copy() {},
      edit: async (text: string) => ({ ok: true, text }) as const,
      suspend: async () => {},
      exit() {},
    },
    onError: (error) => {
      throw error;
    },
  });
}

/** Of the palette as it opens there. */
function offered(ui: Ui): ReadonlySet<string> {
  const made = model();
  const context = { ...made.context(), ui };
  const opened = resolve('ctrl+p', modeOf(ui))?.run(context).ui;
  if (!opened || topOverlay(opened)?.kind !== 'palette') throw new Error(`no palette in ${modeOf(ui)}`);
  const found = paletteItems(actions, { ...context, ui: opened }).map(({ id }) => id);
  made.close();
  return new Set(found);
}

describe('the palette', () => {
  const base = model().context().ui;
  const places = new Map<Mode, ReadonlySet<string>>([
    ...Object.entries(SCREENS).map(([name, screen]) => [name as Mode, offered({ ...base, screens: [{ name: 'book' }, screen] })] as const),
    ...Object.entries(OVERLAYS).flatMap(([kind, overlay]) =>
      overlay === null ? [] : [[kind as Mode, offered({ ...base, overlays: [overlay] })] as const],
    ),
  ]);

  it.each(actions.filter(({ id }) => !id.startsWith('palette.') && id !== 'key.leave'))(
    'offers $id wherever its keys mean it',
    ({ id, where }) => {
      const modes = where.filter((mode) => places.has(mode));
      expect(modes.filter((mode) => places.get(mode)?.has(id) !== true)).toEqual([]);
      expect(modes).not.toEqual([]);
    },
  );
});

describe('while one types', () => {
  it('keeps the draft: what the palette runs acts on it', async () => {
    const app = await open({ snapshot: book(12) });
    await app.keys('n', 'called twice', '\u0010', 'yank');
    expect(app.text()).not.toContain('called twice');
    await app.keys(KEY.esc, '!');
    expect(app.text()).toContain('called twice!');
    await app.keys('\u0017', '\u0010', 'text.yank', KEY.enter);
    expect(app.text()).toContain('called twice!');
    await app.keys('\u0010', 'editor.save', KEY.enter);
    expect(app.workspace.acted).toMatchObject([{ kind: 'note' }]);
    expect(JSON.stringify(app.workspace.acted)).toContain('called twice!');
    await app.close();
  });

  it('keeps a filter line and a search as they stand', async () => {
    const app = await open({ snapshot: book(12) });
    await app.keys('F', 'tier:high', '\u0010', KEY.esc);
    expect(app.model.context().ui.book.expression).toBe('tier:high');
    await app.keys(KEY.esc, '/', 'さくら', '\u0010', 'cancel search');
    await app.keys(KEY.esc, KEY.enter);
    expect(app.model.context().ui.book.find).toBe('さくら');
    await app.close();
  });

  it('offers no account where the text would be lost with it', async () => {
    const app = await open({ snapshot: book(12) });
    await app.keys('F', 'tier:high', KEY.enter, 'V', 'mine', '\u0010', 'さくら');
    expect(paletteItems(actions, app.model.context()).filter(({ accountId }) => accountId !== null)).toEqual([]);
    await app.keys(KEY.esc, KEY.enter);
    expect(app.workspace.personal().views).toEqual([{ name: 'mine', filter: 'tier:high' }]);
    await app.close();
  });
});
