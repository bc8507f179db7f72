import type { Message } from './message.ts';

/** What a sync is doing, and what was mended of the local store. */
export const dataMessages = {
  'data.cache.set_aside': {
    en: 'What was synced was damaged; it is set aside as {aside} and the store begins anew. Nothing of yours was in it',
    ja: '同期したデータが壊れていたため、{aside} に退避し、空の状態から始めます。あなたが書いたものは含まれていません',
  },
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
