import type { Message } from './message.ts';

/** Scores as company properties in HubSpot. */
export const scoresMessages = {
  'scores.command': { en: 'write scores to company properties in HubSpot', ja: 'スコアをHubSpotの会社プロパティに書き込む' },
  'scores.option.create': {
    en: 'make the properties that are missing, in a group of their own',
    ja: '足りないプロパティを専用グループに作る',
  },
  'scores.option.dry_run': { en: 'show what would change and write nothing', ja: '変更点だけを表示し、書き込まない' },
  'scores.option.full': {
    en: 'compare with what HubSpot holds instead of with what was last written',
    ja: '前回の書き込みではなく、HubSpotの現在の値と比べる',
  },
  'scores.progress': { en: '{done} of {total} written', ja: '{total}件中{done}件' },
  'scores.done': {
    en: '{changed} changed, {unchanged} unchanged, {failed} failed; {requests} requests',
    ja: '変更{changed}件、変更なし{unchanged}件、失敗{failed}件（リクエスト{requests}回）',
  },
  'scores.dry': {
    en: '{changed} would change, {unchanged} would not; {requests} requests; nothing was written',
    ja: '変更予定{changed}件、変更なし{unchanged}件（リクエスト{requests}回）。何も書き込んでいません',
  },
  'scores.missing': {
    en: 'not in HubSpot yet: {names}; --create-properties makes them',
    ja: 'HubSpotにまだないプロパティ: {names}（--create-properties で作れます）',
  },
  'scores.error.missing': {
    en: 'HubSpot has no property {names}. Run kizashi scores push --create-properties, with a token that has crm.schemas.companies.write; nothing was written',
    ja: 'HubSpotに {names} がありません。crm.schemas.companies.write のあるトークンで kizashi scores push --create-properties を実行してください。何も書き込んでいません',
  },
  'scores.error.unfit': {
    en: 'HubSpot has {names}, but of another type or with other options: rename or archive them there; nothing was written',
    ja: 'HubSpotの {names} は型や選択肢が合いません。HubSpotで名前を変えるか、アーカイブしてください。何も書き込んでいません',
  },
  'scores.because.silent': {
    en: 'HubSpot did not answer for it: the company may be gone',
    ja: 'HubSpotから応答がありません。会社が削除されている可能性があります',
  },
} as const satisfies Record<string, Message>;
