import type { Message } from './message.ts';

/** The palette, the brief and the day's queue. */
export const morningMessages = {
  'morning.palette.title': { en: 'What do you want to do?', ja: '操作を検索' },
  'morning.palette.none': { en: 'Nothing is called that. Esc closes.', ja: '該当する操作はありません。Escで閉じます。' },
  'morning.palette.more': { en: '{n} more', ja: 'ほか{n}件' },
  'morning.palette.account': { en: 'open the account', ja: '会社を開く' },
  'morning.why.elsewhere': { en: 'works in: {where}', ja: '使える画面: {where}' },
  'morning.action.palette': { en: 'Palette', ja: '操作の検索' },
  'morning.action.palette.hint': {
    en: 'everything that can be done, by a few letters of its name',
    ja: 'あらゆる操作を名前の一部で探す（かな・ローマ字も可）',
  },
  'morning.action.palette.short': { en: 'palette', ja: '操作' },
  'morning.action.paletteRun': { en: 'run', ja: '実行' },
  'morning.action.paletteRun.hint': {
    en: 'does the marked line; one that cannot be done says why',
    ja: '選んだ操作を実行する。できないときは理由を示す',
  },
} as const satisfies Record<string, Message>;
