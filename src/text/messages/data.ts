import type { Message } from './message.ts';

/** Why a row waits in the outbox, and what a sync is doing. `{message}` is HubSpot's own cleaned line. */
export const dataMessages = {
  'data.outbox.because.offline': { en: 'offline', ja: 'オフライン' },
  'data.outbox.because.network': { en: 'HubSpot could not be reached', ja: 'HubSpotに接続できません' },
  'data.outbox.because.auth': {
    en: 'HubSpot refused the token: run kizashi init',
    ja: 'トークンが拒否されました。kizashi init を実行してください',
  },
  'data.outbox.because.rate': { en: 'HubSpot asked to wait', ja: 'HubSpotの制限により待機中' },
  'data.outbox.because.daily': { en: "today's API quota is used up", ja: '本日のAPI上限に達しました' },
  'data.outbox.because.server': { en: 'HubSpot has a problem', ja: 'HubSpot側の障害' },
  'data.outbox.because.scope': { en: 'the token may not write this: {message}', ja: 'トークンに書き込み権限がありません: {message}' },
  'data.outbox.because.refused': { en: 'HubSpot refused it: {message}', ja: 'HubSpotが拒否しました: {message}' },
  'data.outbox.because.target_gone': { en: 'the company is no longer in HubSpot', ja: '会社がHubSpotにありません' },
  'data.outbox.because.unconfirmed': {
    en: 'not found after a day: look in HubSpot, then retry or drop',
    ja: '1日確認しても見つかりません。HubSpotを見て、再送か破棄を選んでください',
  },
  'data.outbox.because.unclear': { en: 'it may have arrived; checking', ja: '届いたか確認中' },
  'data.outbox.because.restored': {
    en: 'restored from a backup: it may have been sent already',
    ja: 'バックアップから復元。送信済みかもしれません',
  },
  'data.outbox.because.crashed': { en: 'sending it failed {n} times', ja: '送信処理が{n}回失敗しました' },
  'data.outbox.because.other_portal': { en: 'the token belongs to another portal', ja: '別のポータルのトークンです' },
  'data.local.restored': {
    en: 'The outbox and history were damaged or lost and are restored from {from}. What was unsent is looked for in HubSpot before it is sent again. The damaged file: {aside}',
    ja: '送信箱と履歴が壊れたか失われたため、{from} から復元しました。未送信の記録はHubSpotを確認してから送ります。壊れたファイル: {aside}',
  },
  'data.local.salvaged': {
    en: 'The outbox and history were damaged and no copy was usable; what could still be read was kept. The damaged file: {aside}',
    ja: '送信箱と履歴が壊れ、使える控えがありませんでした。読み取れた分だけ残しています。壊れたファイル: {aside}',
  },
  'data.sync.phase.portal': { en: 'definitions', ja: '定義' },
  'data.sync.phase.companies': { en: 'companies', ja: '会社' },
  'data.sync.phase.changes': { en: 'changes', ja: '変更' },
  'data.sync.phase.links': { en: 'associations', ja: '関連' },
  'data.sync.phase.records': { en: 'records', ja: 'レコード' },
} as const satisfies Record<string, Message>;
