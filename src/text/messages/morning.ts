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

  // The brief
  'morning.since': { en: 'Since {at}', ja: '{at}から' },
  'morning.since.yesterday': { en: 'yesterday', ja: '昨日' },
  'morning.wish.last': { en: 'since you last looked', ja: '前回見たときから' },
  'morning.wish.yesterday': { en: 'since yesterday', ja: '昨日から' },
  'morning.wish.monday': { en: 'since Monday', ja: '月曜から' },
  'morning.kind.newlyAtRisk': { en: '{n} newly at risk', ja: '新たに危険{n}' },
  'morning.kind.worse': { en: '{n} worse', ja: '悪化{n}' },
  'morning.kind.better': { en: '{n} better', ja: '改善{n}' },
  'morning.kind.mrrMoves': { en: 'MRR {amount} ({n})', ja: 'MRR {amount}（{n}社）' },
  'morning.kind.renewals': { en: { one: '{n} renewal inside 90 d', other: '{n} renewals inside 90 d' }, ja: '更新90日内{n}' },
  'morning.kind.tasks': { en: '{n} with tasks due', ja: '期日のタスク{n}' },
  'morning.kind.returned': { en: '{n} back from snooze', ja: '保留から復帰{n}' },
  'morning.list.newlyAtRisk': { en: 'newly at risk', ja: '新たに危険' },
  'morning.list.worse': { en: 'worse', ja: '悪化' },
  'morning.list.mrrMoves': { en: 'MRR moved', ja: 'MRRの増減' },
  'morning.list.renewals': { en: 'renewal came near', ja: '更新が接近' },
  'morning.list.tasks': { en: 'task due', ja: '期日のタスク' },
  'morning.list.returned': { en: 'back from snooze', ja: '保留から復帰' },
  'morning.list.better': { en: 'better', ja: '改善' },
  'morning.preview.moved': { en: 'moved', ja: '変化' },
  'morning.brief.reading': { en: 'Working out what changed …', ja: '変化を確認しています…' },
  'morning.brief.nothing': { en: 'nothing changed that needs a look', ja: '確認が必要な変化はありません' },
  'morning.brief.seen': { en: 'Brief seen {at}.', ja: '{at}に確認済み。' },
  'morning.brief.allSeen': { en: 'All seen: done for today', ja: 'すべて確認済みにする（今日はここまで）' },
  'morning.action.brief': { en: 'Next change', ja: '次の変化' },
  'morning.action.brief.hint': {
    en: 'narrows the list to what changed, one kind after the other; after the last the brief is seen',
    ja: '変化のあった会社に種類ごとに絞り込む。最後まで見ると確認済みになる',
  },
  'morning.action.brief.short': { en: 'changes', ja: '変化' },
  'morning.action.briefMenu': { en: 'What changed', ja: '変化の一覧' },
  'morning.action.briefMenu.hint': {
    en: 'the brief as a list: choose a kind, from when it tells, or that all is seen',
    ja: '変化を一覧で表示。種類や起点を選ぶ、すべて確認済みにする',
  },
  'morning.why.noBrief': { en: 'What changed is still being worked out', ja: '変化を確認しています' },
  'morning.why.noChange': { en: 'Nothing changed that needs a look', ja: '確認が必要な変化はありません' },
  'morning.toast.seen': { en: 'All seen: done for today. u takes it back', ja: 'すべて確認済みにしました。uで取り消し' },
  'morning.book.brief': { en: 'changed: {kind}', ja: '変化: {kind}' },

  // Done for today
  'morning.group.done': { en: { one: '── done today: {n} account', other: '── done today: {n} accounts' }, ja: '── 今日は対応済み {n}社' },
  'morning.action.done': { en: 'Done for today', ja: '今日は対応済み' },
  'morning.action.done.hint': {
    en: 'out of the list until tomorrow or until something changes; the next account follows. On a done one: back',
    ja: '明日まで、または変化があるまで一覧から外し、次の会社へ進む。対応済みの会社では元に戻す',
  },
  'morning.action.done.short': { en: 'done', ja: '済' },
  'morning.toast.done': {
    en: { one: 'Done for today. u takes it back', other: '{n} done for today. u takes it back' },
    ja: '{n}社を対応済みにしました。uで取り消し',
  },
  'morning.toast.undone': { en: { one: 'Back in the list', other: '{n} back in the list' }, ja: '{n}社を一覧に戻しました' },
  'morning.handled': { en: 'handled {done} of {of} · {mrrDone} of {mrrOf}', ja: '対応済み {of}社中{done}社 · MRR {mrrOf}中{mrrDone}' },
  'morning.handled.open': { en: 'handled {done} · {mrrDone}', ja: '対応済み {done}社 · MRR {mrrDone}' },
} as const satisfies Record<string, Message>;
