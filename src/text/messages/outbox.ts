import type { Message } from './message.ts';

/** What waits to be sent, why, and what became of taking it back. `{message}` is HubSpot's own cleaned line. */
export const outboxMessages = {
  'outbox.kind.note': { en: 'note', ja: 'メモ' },
  'outbox.kind.task': { en: 'task', ja: 'タスク' },
  'outbox.kind.call': { en: 'call', ja: '電話' },
  'outbox.kind.meeting': { en: 'meeting', ja: '会議' },
  'outbox.kind.email': { en: 'mail', ja: 'メール' },
  'outbox.kind.task_update': { en: 'task change', ja: 'タスク変更' },
  'outbox.kind.company_update': { en: 'company change', ja: '会社の変更' },
  'outbox.kind.archive': { en: 'take-back', ja: '取り下げ' },
  'outbox.kind.edit': { en: 'edit', ja: '修正' },
  'outbox.refused.no_target': {
    en: 'what this would change is not in the outbox any more',
    ja: '対象の記録は送信箱にありません',
  },
  'outbox.undone.removed': {
    en: 'taken back: nothing was sent; the text is kept as a draft',
    ja: '取り消しました。送信されていません(下書きに残っています)',
  },
  'outbox.undone.queued': {
    en: 'it had left: HubSpot is asked to take it back too (see the outbox)',
    ja: '送信済みのため、HubSpotでも取り下げます(送信箱を参照)',
  },
  'outbox.because.offline': { en: 'offline', ja: 'オフライン' },
  'outbox.because.network': { en: 'HubSpot could not be reached', ja: 'HubSpotに接続できません' },
  'outbox.because.auth': {
    en: 'HubSpot refused the token: run kizashi init',
    ja: 'トークンが拒否されました。kizashi init を実行してください',
  },
  'outbox.because.rate': { en: 'HubSpot asked to wait', ja: 'HubSpotの制限により待機中' },
  'outbox.because.daily': { en: "today's API quota is used up", ja: '本日のAPI上限に達しました' },
  'outbox.because.server': { en: 'HubSpot has a problem', ja: 'HubSpot側の障害' },
  'outbox.because.scope': { en: 'the token may not write this: {message}', ja: 'トークンに書き込み権限がありません: {message}' },
  'outbox.because.refused': { en: 'HubSpot refused it: {message}', ja: 'HubSpotが拒否しました: {message}' },
  'outbox.because.target_gone': { en: 'the company is no longer in HubSpot', ja: '会社がHubSpotにありません' },
  'outbox.because.unclear': {
    en: 'not found after a day: look in HubSpot, then retry or drop',
    ja: '1日確認しても見つかりません。HubSpotを見て、再送か破棄を選んでください',
  },
  'outbox.because.unconfirmed': { en: 'it may have arrived; checking', ja: '届いたか確認中' },
  'outbox.because.restored': {
    en: 'restored from a backup: it may have been sent already',
    ja: 'バックアップから復元。送信済みかもしれません',
  },
  'outbox.because.crashed': { en: 'sending it failed {n} times', ja: '送信処理が{n}回失敗しました' },
  'outbox.because.other_portal': { en: 'the token belongs to another portal', ja: '別のポータルのトークンです' },
  'outbox.because.conflict': {
    en: '{property} is "{found}" in HubSpot by now (it was "{expected}"): send again to make it "{value}", or drop',
    ja: '{property}がHubSpotで「{found}」に変わっています(前は「{expected}」)。「{value}」にするなら再送、しないなら破棄',
  },
  'outbox.because.required': {
    en: 'this portal demands {property}: fill it in and send again',
    ja: 'このポータルでは{property}が必須です。入力して再送してください',
  },
  'outbox.because.coalesced': { en: 'went into a later change', ja: '後の変更にまとめました' },
} as const satisfies Record<string, Message>;
