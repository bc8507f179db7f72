/** The page of keys, made from the action records. */
import { type Lang, type MessageKey, t } from '../text/messages/index.ts';
import type { Action } from './action.ts';
import { actions, actionsIn } from './actions.ts';
import { keyLabel } from './keys.ts';
import { MODES } from './modes.ts';
import { setupActionsIn } from './setup/actions.ts';

const cell = (text: string): string => text.replaceAll('|', '\\|');
const code = (text: string): string => `\`${text}\``;

/** `docs/keys.md`: a table per mode; what works in most modes stands once, at the end. */
export function keysMarkdown(lang: Lang): string {
  const shared = actions.filter((action) => action.where.length > 3);
  const table = (found: readonly Pick<Action, 'id' | 'keys' | 'title' | 'hint'>[]): string[] => [
    `| ${t(lang, 'app.keys.key')} | ${t(lang, 'app.keys.action')} | ${t(lang, 'app.keys.what')} | id |`,
    '|---|---|---|---|',
    ...found.map(
      (action) =>
        `| ${action.keys.map((key) => cell(code(keyLabel(key)))).join(' ')} | ${cell(t(lang, action.title))} | ${cell(t(lang, action.hint))} | ${code(action.id)} |`,
    ),
    '',
  ];
  const sections = MODES.flatMap((mode) => {
    const found = actionsIn(mode).filter((action) => !shared.includes(action));
    const title: MessageKey = `app.screen.${mode}`;
    return found.length === 0 ? [] : [`## ${t(lang, title)}`, '', ...table(found)];
  });
  return [
    `# ${t(lang, 'app.keys.title')}`,
    '',
    t(lang, 'app.keys.intro'),
    '',
    ...sections,
    `## ${t(lang, 'app.help.everywhere')}`,
    '',
    ...table(shared),
    `## ${t(lang, 'setup.screen.setup')}`,
    '',
    ...table(setupActionsIn('setup')),
    `## ${t(lang, 'setup.screen.setupText')}`,
    '',
    ...table(setupActionsIn('setupText')),
  ].join('\n');
}
