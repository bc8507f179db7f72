/** The lines of the settings screen: what there is to choose, and every action with its keys. */
import { say } from '../components/say.ts';
import type { SettingsRow, SettingsSection } from '../screens/settings/view-model.ts';
import { DEFAULT_PERSONAL, type Personal } from '../settings/settings.ts';
import { type Clean, literal } from '../text/clean.ts';
import type { Lang } from '../text/messages/index.ts';
import type { Action } from './action.ts';
import type { Context } from './context.ts';
import { keyLabel } from './keys.ts';
import { MODES } from './modes.ts';
import type { KeyOverrides } from './state.ts';

/** What is one of a few values, in the order in which they follow each other. */
export const CHOICES = {
  density: ['compact', 'comfortable'],
  briefSince: ['last', 'yesterday', 'monday'],
  lang: ['auto', 'en', 'ja'],
  theme: ['auto', 'dark', 'light', 'high-contrast', 'high-contrast-light', 'colour-blind', 'colour-blind-light', 'mono'],
  glyphs: ['auto', 'unicode', 'ascii'],
  ambiguousWidth: [1, 2],
  mouse: [false, true],
  screenReader: [false, true],
  links: ['auto', 'always', 'never'],
} as const satisfies { readonly [Key in keyof Personal]?: readonly Personal[Key][] };
export type ChoiceKey = keyof typeof CHOICES;

export type Chosen =
  | { readonly what: 'portal' }
  | { readonly what: 'columns' }
  | { readonly what: 'choice'; readonly key: ChoiceKey }
  | { readonly what: 'keys'; readonly action: Action };

export type Row = SettingsRow & { readonly of: Chosen };

const LIST: readonly ChoiceKey[] = ['density', 'briefSince'];
const TERMINAL: readonly ChoiceKey[] = ['lang', 'theme', 'glyphs', 'ambiguousWidth', 'mouse', 'links', 'screenReader'];
/** An action of more screens than this stands with those that work on most. */
const OWN_SCREENS = 3;

export function settingsSections(all: readonly Action[], { workspace, overrides, lang }: Context): readonly SettingsSection<Row>[] {
  const personal = workspace.personal();
  const choice = (key: ChoiceKey): Row => ({
    of: { what: 'choice', key },
    label: say(lang, `settings.${key}`),
    value: valueWords(key, personal[key], lang),
    note: say(lang, `settings.${key}.note`),
    chosen: personal[key] !== DEFAULT_PERSONAL[key],
  });
  const { columns } = personal;
  const shared = all.filter(({ where }) => where.length > OWN_SCREENS);
  const keys = (found: readonly Action[]): readonly Row[] => found.map((action) => keysRow(action, overrides, lang));
  return [
    {
      title: say(lang, 'settings.section.portal'),
      rows: [
        {
          of: { what: 'portal' },
          label: say(lang, 'settings.portal'),
          value: literal(''),
          note: say(lang, 'settings.portal.note'),
          chosen: false,
        },
      ],
    },
    {
      title: say(lang, 'settings.section.list'),
      rows: [
        {
          of: { what: 'columns' },
          label: say(lang, 'settings.columns'),
          value: columns.length === 0 ? say(lang, 'settings.columns.usual') : say(lang, 'settings.columns.own', { n: columns.length }),
          note: say(lang, 'settings.columns.note'),
          chosen: columns.length > 0,
        },
        ...LIST.map(choice),
      ],
    },
    { title: say(lang, 'settings.section.terminal'), rows: TERMINAL.map(choice) },
    ...MODES.flatMap((mode): SettingsSection<Row>[] => {
      const found = all.filter((action) => action.where[0] === mode && !shared.includes(action));
      const title = say(lang, 'settings.section.keys', { screen: say(lang, `app.screen.${mode}`) });
      return found.length === 0 ? [] : [{ title, rows: keys(found) }];
    }),
    { title: say(lang, 'settings.section.shared'), rows: keys(shared) },
  ];
}

function valueWords(key: ChoiceKey, value: Personal[ChoiceKey], lang: Lang): Clean {
  if (key === 'density') return say(lang, value === 'compact' ? 'settings.density.compact' : 'settings.density.comfortable');
  if (key === 'briefSince') return say(lang, `settings.briefSince.${value === 'yesterday' || value === 'monday' ? value : 'last'}`);
  if (typeof value === 'boolean') return say(lang, value ? 'settings.true' : 'settings.false');
  return literal(String(value));
}

export const keyWords = (keys: readonly string[], lang: Lang): Clean =>
  keys.length === 0 ? say(lang, 'settings.key.none') : literal(keys.map(keyLabel).join(' '));

function keysRow(action: Action, overrides: KeyOverrides, lang: Lang): Row {
  const own = overrides[action.id];
  return {
    of: { what: 'keys', action },
    label: say(lang, action.title),
    value: keyWords(own ?? action.keys, lang),
    note:
      own === undefined
        ? literal(action.id)
        : literal(`${action.id} · ${say(lang, 'settings.key.usually', { keys: keyWords(action.keys, lang) })}`),
    chosen: own !== undefined,
  };
}
