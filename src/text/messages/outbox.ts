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
  'outbox.action.undo': { en: 'Take back', ja: '取り消す' },
  'outbox.action.undo.hint': { en: 'also what HubSpot has: the record is archived', ja: '送信済みならHubSpotでも取り下げる' },
  'outbox.action.undo.short': { en: 'take back', ja: '取消' },
  'outbox.why.noUndo': { en: 'this cannot be taken back; x drops what was refused', ja: '取り消せません。拒否されたものは x で破棄' },
  'outbox.waits': { en: 'waits for {what}', ja: '{what} の送信待ち' },
  'outbox.option.set': { en: 'retry: give a property a value first (repeatable)', ja: 'retry: 送る前に値を設定 (繰り返し可)' },
  'outbox.option.all': { en: 'export: what was sent too', ja: 'export: 送信済みも含める' },
  'outbox.option.heal': { en: 'doubles: take back all but the oldest', ja: 'doubles: 最も古いもの以外を取り下げる' },
  'outbox.option.create_properties': {
    en: 'probe: make the property by which HubSpot keeps our records single',
    ja: 'probe: 二重登録を防ぐプロパティをHubSpotに作る',
  },
  'outbox.error.bad_set': {
    en: "'{value}' is not field=value, with HubSpot's name of the property or body",
    ja: '「{value}」は field=value の形ではありません。HubSpotのプロパティ名か body を使ってください',
  },
  'outbox.error.probe_account': {
    en: 'say on which account a test note may be made and taken back: kizashi outbox probe ACCOUNT',
    ja: 'テスト用メモを作ってすぐ取り下げる会社を指定してください: kizashi outbox probe 会社',
  },
  'outbox.doubles.what': { en: 'second copy', ja: '重複した記録' },
  'outbox.doubles.row': { en: '{object}: {keep} stays, also there: {others}', ja: '{object}: {keep} を残す、重複: {others}' },
  'outbox.doubles.none': { en: 'nothing is there twice', ja: '重複はありません' },
  'outbox.doubles.found': {
    en: {
      one: '{n} record is there twice; --heal takes the later copy back',
      other: '{n} records are there twice; --heal takes the later copies back',
    },
    ja: '{n}件が重複しています。--heal で後の記録を取り下げます',
  },
  'outbox.doubles.healed': { en: '{n} taken back', ja: '{n}件を取り下げました' },
  'outbox.probe.note': { en: 'kizashi: a test, taken back at once', ja: 'kizashi: テスト(すぐ取り下げます)' },
  'outbox.probe.property': {
    en: 'HubSpot keeps our records single by a property of its own: {objects}',
    ja: '専用プロパティで二重登録を防ぎます: {objects}',
  },
  'outbox.probe.text': {
    en: 'our records are known by a reference in their text, looked for before anything is sent again',
    ja: '本文末尾の目印で照合し、再送前に必ず確認します',
  },
  'outbox.probe.refused': { en: 'the property was refused: {message}', ja: 'プロパティを作れません: {message}' },
  'outbox.probe.facts': {
    en: 'mark came back: {mark} · milliseconds kept: {ms} · listed on the company at once: {listed}',
    ja: '目印の一致: {mark} · ミリ秒の保持: {ms} · 会社への即時表示: {listed}',
  },
  'outbox.probe.yes': { en: 'yes', ja: 'はい' },
  'outbox.probe.no': { en: 'no', ja: 'いいえ' },
  'outbox.refused.no_target': {
    en: 'what this would change is not in the outbox any more',
    ja: '対象の記録は送信箱にありません',
  },
  'outbox.undone.removed': { en: 'taken back: nothing was sent', ja: '取り消しました。送信していません' },
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
    en: 'this portal demands {property}: kizashi outbox retry {id} --set {property}=…',
    ja: 'このポータルでは{property}が必須です: kizashi outbox retry {id} --set {property}=…',
  },
  'outbox.because.coalesced': { en: 'went into a later change', ja: '後の変更にまとめました' },
} as const satisfies Record<string, Message>;
