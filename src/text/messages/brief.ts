import type { Message } from './message.ts';

/** What changed since the last look. */
export const briefMessages = {
  'brief.command': { en: 'what changed since I last looked', ja: '前回見てからの変化' },
  'brief.option.since': {
    en: 'from when: last (the last look in the app, else yesterday), yesterday, monday, or a day (YYYY-MM-DD)',
    ja: 'いつから: last（アプリで最後に見た日、なければ前日）、yesterday、monday、または日付（YYYY-MM-DD）',
  },
  'brief.option.exit_code': { en: 'end with 10 where something needs attention', ja: '要対応があれば終了コード10で終わる' },
  'brief.error.since': {
    en: '--since takes last, yesterday, monday or a day before {asOf} (YYYY-MM-DD)',
    ja: '--since に使えるのは last、yesterday、monday、または{asOf}より前の日付（YYYY-MM-DD）です',
  },
  'brief.title': { en: 'Brief of {until}: what changed since {since}', ja: '{until}のブリーフ: {since}からの変化' },
  'brief.looked': { en: 'last looked {since}', ja: '前回見た日 {since}' },
  'brief.nothing': { en: 'Nothing changed that needs a look.', ja: '確認が必要な変化はありません。' },
  'brief.newlyAtRisk': { en: 'Newly at risk', ja: '新たに高リスク' },
  'brief.worse': { en: 'Worse', ja: '悪化' },
  'brief.better': { en: 'Better', ja: '改善' },
  'brief.mrrMoves': { en: 'MRR moved', ja: 'MRRの変動' },
  'brief.renewals': { en: 'Renewal within {days} days now', ja: '更新まで{days}日以内に入った顧客' },
  'brief.tasks': { en: 'Tasks due', ja: '期限のタスク' },
  'brief.returned': { en: 'Back from being put off', ja: '保留から戻った顧客' },
  'brief.column.account': { en: 'account', ja: '顧客' },
  'brief.column.risk': { en: 'risk', ja: 'リスク' },
  'brief.column.mrr': { en: 'MRR', ja: 'MRR' },
  'brief.column.renewal': { en: 'renewal', ja: '更新' },
  'brief.column.because': { en: 'because', ja: '理由' },
  'brief.column.task': { en: 'task', ja: 'タスク' },
  'brief.column.due': { en: 'due', ja: '期限' },
  'brief.new': { en: 'new', ja: '新規' },
} as const satisfies Record<string, Message>;
