/** Setting up a portal, its state of health, and what should be mended in it. */
import type { Message } from './message.ts';

export const setupMessages = {
  'setup.init.broken': { en: 'No longer in this portal: {line}', ja: 'このポータルにはもうありません: {line}' },
  'setup.init.declined': { en: 'Left out: {list}', ja: '使わない項目: {list}' },

  'setup.drift.property': {
    en: '{key}: the property {value} is no longer in HubSpot',
    ja: '{key}: プロパティ {value} がHubSpotからなくなっています',
  },
  'setup.drift.object': {
    en: '{key}: the object {value} is no longer in HubSpot',
    ja: '{key}: オブジェクト {value} がHubSpotからなくなっています',
  },
  'setup.drift.type': {
    en: '{key}: {value} holds another kind of value now',
    ja: '{key}: {value} の型が変わり、読み取れません',
  },
  'setup.drift.value': {
    en: '{key}: the option of {value} is no longer in HubSpot',
    ja: '{key}: {value} の選択肢がHubSpotからなくなっています',
  },
  'setup.drift.unreadable': {
    en: '{key}: {value} may no longer be read ({because})',
    ja: '{key}: {value} を読む権限がありません（{because}）',
  },
  'setup.drift.more': { en: '{line} (and {n} more)', ja: '{line}（ほか{n}件）' },
  'setup.drift.command': { en: '{line}. kizashi init mends it', ja: '{line}。kizashi init で直せます' },
  'setup.drift.app': { en: '{line} · `,` mends it', ja: '{line} · `,` で直せます' },

  'setup.doctor.clock': { en: "clock: {seconds} s off HubSpot's", ja: '時計: HubSpotとの差 {seconds}秒' },
  'setup.doctor.clock.fix': { en: 'set the clock of this machine', ja: 'このマシンの時刻を合わせてください' },
  'setup.doctor.limits': { en: 'requests today: {used} of {max} ({percent})', ja: '今日のリクエスト: {used} / {max}（{percent}）' },
  'setup.doctor.limits.unknown': { en: 'requests today: HubSpot did not say', ja: '今日のリクエスト: HubSpotから返されていません' },
  'setup.doctor.limits.fix': {
    en: 'background syncs stop at nine tenths; the count starts anew at midnight of the portal',
    ja: '9割で自動同期を止めます。ポータルの午前0時に数え直されます',
  },
  'setup.doctor.access': { en: 'every object that is mapped can be read', ja: '対応づけたオブジェクトはすべて読めます' },
  'setup.doctor.access.missing': { en: 'scopes are missing: {list}', ja: 'スコープが足りません: {list}' },
  'setup.doctor.access.fix': {
    en: 'add them to the key in HubSpot (Development > Keys), then run kizashi sync',
    ja: 'HubSpotのキー（開発 > キー）に追加し、kizashi sync を実行してください',
  },
  'setup.doctor.mapping': { en: 'mapping: everything it names is there', ja: '対応づけ: すべてHubSpotにあります' },
  'setup.doctor.sound': { en: 'store files: sound', ja: 'データファイル: 正常' },
  'setup.doctor.damaged': { en: 'store file damaged: {file}', ja: 'データファイルが破損しています: {file}' },
  'setup.doctor.proxy.none': { en: 'proxy: none', ja: 'プロキシ: なし' },
  'setup.doctor.data': {
    en: { one: '{what}: {n}', other: '{what}: {n}' },
    ja: '{what}: {n}件',
  },
  'setup.doctor.more': { en: '… and {n} more', ja: '…ほか{n}件' },

  'setup.hygiene.no-owner': { en: 'nobody is in charge', ja: '担当者がいない' },
  'setup.hygiene.owner-left': { en: 'the person in charge has left HubSpot', ja: '担当者がHubSpotを離れている' },
  'setup.hygiene.no-renewal': { en: 'no renewal day', ja: '契約更新日がない' },
  'setup.hygiene.renewal-passed': { en: 'the renewal day is over', ja: '契約更新日が過ぎている' },
  'setup.hygiene.no-mrr': { en: 'no MRR', ja: 'MRRがない' },
  'setup.hygiene.dates': { en: 'the contract ends before it starts', ja: '契約の開始日と更新日が逆' },
  'setup.hygiene.domain': { en: 'two accounts with one domain', ja: 'ドメインが重複' },
  'setup.hygiene.amount': { en: 'an amount that cannot be read', ja: '読み取れない金額' },
  'setup.hygiene.currency': { en: 'a currency that cannot be read', ja: '読み取れない通貨' },
  'setup.hygiene.date': { en: 'a date that cannot be read', ja: '読み取れない日付' },
  'setup.hygiene.number': { en: 'a number that cannot be read', ja: '読み取れない数値' },
  'setup.hygiene.orphan': { en: 'an MRR record of no account', ja: '会社のないMRRレコード' },
  'setup.hygiene.duplicate': { en: 'the same MRR twice', ja: '同じMRRが二重' },
  'setup.hygiene.gap': { en: 'a month without MRR between two with it', ja: 'MRRが1か月抜けている' },
  'setup.hygiene.churn-date': { en: 'left, and pays on', ja: '解約日のあとにMRRがある' },
  'setup.hygiene.foreign': { en: 'MRR in another currency', ja: '別の通貨のMRR' },
} as const satisfies Record<string, Message>;
