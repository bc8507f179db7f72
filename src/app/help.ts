/** Footer and help page, made from the action records. */
import { say } from '../components/say.ts';
import type { HelpItem, HelpSection } from '../screens/help/view-model.ts';
import { type Clean, literal } from '../text/clean.ts';
import type { MessageKey } from '../text/messages/index.ts';
import { type Action, keysOf } from './action.ts';
import { actionsIn } from './actions.ts';
import type { Context } from './context.ts';
import { keyLabel } from './keys.ts';
import { type Mode, modeOf, popScreen, type ScreenName } from './state.ts';

const keyWords = (action: Action, { overrides }: Context): Clean => literal(keysOf(action, overrides).map(keyLabel).join(' '));

const item = (action: Action, context: Context): HelpItem => ({
  keys: keyWords(action, context),
  title: say(context.lang, action.title),
  hint: say(context.lang, action.hint),
  disabled: action.disabled?.(context) ?? null,
});

/** The screen's own actions first, then what works on every screen, then moving, then writing. */
export function helpSections(helpContext: Context, of: ScreenName): HelpSection[] {
  // What is disabled, and why, is said of the screen below.
  const context = { ...helpContext, ui: popScreen(helpContext.ui) };
  const { lang } = context;
  const here = actionsIn(of);
  const isMove = (action: Action) => action.id.startsWith('go.');
  const isApp = (action: Action) =>
    action.id.startsWith('app.') ||
    action.id.startsWith('screen.') ||
    action.id === 'outbox.show' ||
    action.id === 'rules.show' ||
    action.id === 'tasks.show' ||
    action.id === 'hygiene.show';
  const section = (title: MessageKey, found: readonly Action[]): HelpSection => ({
    title: say(lang, title),
    items: found.map((one) => item(one, context)),
  });
  const sections = [
    section(
      `app.screen.${of}`,
      here.filter((one) => !isMove(one) && !isApp(one)),
    ),
    section('app.help.everywhere', here.filter(isApp)),
    section('app.help.moving', here.filter(isMove)),
    ...(of === 'book' || of === 'account'
      ? [
          section(
            'app.help.writing',
            actionsIn('editor').filter((one) => !isApp(one)),
          ),
        ]
      : []),
  ];
  return sections.filter((one) => one.items.length > 0);
}

export interface Hint {
  /** As `keys.ts` names it. */
  readonly name: string;
  readonly key: Clean;
  readonly word: Clean;
}

const HINTS_MAX = 6;

/** The keys worth knowing here that work now; the help key always last. */
export function hints(context: Context, mode: Mode = modeOf(context.ui)): Hint[] {
  const found = actionsIn(mode)
    .filter((action) => action.short !== undefined && keysOf(action, context.overrides).length > 0 && !action.disabled?.(context))
    .slice(0, HINTS_MAX)
    .map(
      (action): Hint => ({
        name: keysOf(action, context.overrides)[0] ?? '',
        key: literal(keyLabel(keysOf(action, context.overrides)[0] ?? '')),
        word: say(context.lang, action.short ?? action.title),
      }),
    );
  const help = actionsIn(mode).find((action) => action.id === 'app.help');
  return help
    ? [
        ...found,
        {
          name: keysOf(help, context.overrides)[0] ?? '?',
          key: literal(keyLabel(keysOf(help, context.overrides)[0] ?? '?')),
          word: say(context.lang, 'app.action.help.short'),
        },
      ]
    : found;
}
