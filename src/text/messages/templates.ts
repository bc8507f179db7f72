import type { Message } from './message.ts';

/** Texts that an activity begins with. */
export const templatesMessages = {
  'templates.option.template': {
    en: 'begins with a template, by its id or name; an unknown name lists them',
    ja: 'テンプレートから始める（idまたは名前。分からないときは適当な名前で一覧を表示）',
  },
  'templates.option.answer': { en: 'a fact of the template that nobody knows', ja: 'テンプレートの不明な項目を補う' },
  'templates.error.unknown': {
    en: "there is no such template here: '{name}'. There are\n{list}",
    ja: 'テンプレート「{name}」はありません。使えるのは次のとおりです\n{list}',
  },
} as const satisfies Record<string, Message>;
