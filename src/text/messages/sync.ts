import type { Message } from './message.ts';

/** What a sync leaves out, asks and says of the day's quota. */
export const syncMessages = {
  'sync.option.team': { en: 'the book of a whole team, by name or id', ja: 'チーム全体の取り込み（チーム名またはID）' },
  'sync.option.yes': {
    en: 'let companies leave the book even where they are many at once',
    ja: '多数の会社が一度に対象から外れる場合もそのまま反映する',
  },
  'sync.error.one_scope': { en: 'give one of --owner, --team and --all', ja: '--owner、--team、--all は1つだけ指定してください' },
  'sync.error.no_team': {
    en: "no team '{value}' in this portal. Its teams: {teams}",
    ja: 'チーム「{value}」はこのポータルにありません。チーム: {teams}',
  },
  'sync.census': {
    en: 'daily census: {requests} requests',
    ja: '日次の全件照合: {requests}リクエスト',
  },
  'sync.census.rest': {
    en: 'daily census: {requests} requests so far; the rest follows at the next sync',
    ja: '日次の全件照合: {requests}リクエストまで完了。残りは次の同期で続けます',
  },
  'sync.held': {
    en: {
      one: '{n} company would leave the book at once and is kept for now. Is it right? kizashi sync --yes',
      other: '{n} companies would leave the book at once and are kept for now. Is it right? kizashi sync --yes',
    },
    ja: '{n}社が一度に対象から外れるため、いったん残しています。正しければ kizashi sync --yes',
  },
  'sync.held.ask': {
    en: '{n} companies are no longer given by HubSpot or are no longer customers of this book. Take them out? [y/N] ',
    ja: '{n}社がHubSpotにないか、この担当の顧客ではなくなっています。対象から外しますか？ [y/N] ',
  },
  'sync.alarm': {
    en: '{object}: searching by time of change finds nothing, yet {missed} records have changed. The daily census brings them; figures may be a day old',
    ja: '{object}: 更新日時の検索が何も返しませんが、{missed}件が変わっています。日次の全件照合で取り込むため、最大1日遅れます',
  },
  'sync.quota.slowed': { en: 'API {left} left today', ja: 'API残り{left}' },
  'sync.quota.stopped': { en: 'API {left} left today: background sync stopped', ja: 'API残り{left}・自動同期停止中' },
  'sync.first': { en: 'first sync under way', ja: '初回同期中' },
} as const satisfies Record<string, Message>;
