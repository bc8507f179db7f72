import type { Message } from './message.ts';

/**
 * What went wrong outside a command: each says what, where, and what to do next.
 * `error.api.<FailureKind>` takes `request` (method and path) and what stands in its text; `error.store.<kind>` takes
 * `path`; `error.settings.<kind>` takes `file`, `key` and `because`; `error.secret.<kind>` takes `path`.
 */
export const errorMessages = {
  'error.api.auth': {
    en: 'HubSpot refused the access token ({request}, 401): it is wrong, expired or revoked. Make a new one in HubSpot (Development > Keys) and run kizashi init',
    ja: 'HubSpotがアクセストークンを受け付けません（{request}、401）。誤り・期限切れ・無効化のいずれかです。HubSpot（開発 > キー）で新しく作り、kizashi init を実行してください',
  },
  'error.api.scope': {
    en: 'The access token may not do this ({request}, 403). It needs the scope {scopes}: add it in HubSpot (Development > Keys), then run kizashi auth status',
    ja: 'アクセストークンの権限が足りません（{request}、403）。必要なスコープ: {scopes}。HubSpot（開発 > キー）で追加し、kizashi auth status で確認してください',
  },
  'error.api.not_found': {
    en: 'HubSpot no longer has this record ({request}, 404): deleted or merged. Run kizashi sync, then try again',
    ja: 'HubSpotにこのレコードがありません（{request}、404）。削除または統合されています。kizashi sync のあとでやり直してください',
  },
  'error.api.invalid': {
    en: 'HubSpot refused the request ({request}): {message}. Correct what it names and try again; the text is kept',
    ja: 'HubSpotがリクエストを拒否しました（{request}）: {message}。指摘された点を直してやり直してください。内容は残っています',
  },
  'error.api.rate': {
    en: 'HubSpot asks to slow down ({request}, 429). Other programs share this portal’s limit; kizashi goes on by itself, or try again in a minute',
    ja: 'HubSpotの呼び出し制限に達しました（{request}、429）。他のツールと共有の上限です。自動で再開しますが、1分後にやり直すこともできます',
  },
  'error.api.daily': {
    en: 'This portal’s HubSpot calls for today are used up ({request}, 429). They come back at {until}; until then kizashi works from its store and keeps what you write',
    ja: '本日分のHubSpot API呼び出しを使い切りました（{request}、429）。{until} に再開します。それまでは保存済みのデータで動き、記録は失われません',
  },
  'error.api.server': {
    en: 'HubSpot has a problem of its own ({request}, {status}). Try again in a few minutes; status.hubspot.com tells more. What you write is kept',
    ja: 'HubSpot側の障害です（{request}、{status}）。数分後にやり直してください。状況は status.hubspot.com で確認できます。記録は失われません',
  },
  'error.api.network': {
    en: 'HubSpot could not be reached ({request}): {message}. Check the network, VPN and proxy (kizashi doctor); what you write is kept',
    ja: 'HubSpotに接続できません（{request}）: {message}。ネットワーク・VPN・プロキシを確認してください（kizashi doctor）。記録は失われません',
  },
  'error.api.timeout': {
    en: 'HubSpot did not answer in time ({request}). Try again; if it stays so, run kizashi doctor',
    ja: 'HubSpotから時間内に応答がありません（{request}）。やり直してください。続く場合は kizashi doctor を実行してください',
  },
  'error.api.body': {
    en: 'The answer is not what HubSpot sends ({request}): a proxy or a sign-in page may stand between. Check the network and KIZASHI_API_URL',
    ja: 'HubSpotのものではない応答です（{request}）。プロキシやログイン画面が間にある可能性があります。ネットワークと KIZASHI_API_URL を確認してください',
  },
  'error.api.aborted': {
    en: 'Stopped before HubSpot answered ({request}). Run it again to go on',
    ja: 'HubSpotの応答前に中断しました（{request}）。もう一度実行すると続きから始まります',
  },
  'error.api.offline': {
    en: 'Offline: nothing is asked of HubSpot ({request}). Leave out --offline to connect',
    ja: 'オフラインのためHubSpotに接続しません（{request}）。接続するには --offline を外してください',
  },

  'error.store.newer': {
    en: 'The store {path} was written by a newer kizashi and is left untouched. Update kizashi, or choose another --home',
    ja: 'データ {path} は新しい版のkizashiのものです。変更していません。kizashiを更新するか、別の --home を指定してください',
  },
  'error.store.corrupt': {
    en: 'The store {path} is damaged and is left as it is. Move it away; cache.db is filled again by kizashi sync --full, local.db has copies in the backups folder beside it',
    ja: 'データ {path} が壊れています（変更していません）。別の場所へ移してください。cache.db は kizashi sync --full で作り直せます。local.db は同じ場所の backups に控えがあります',
  },
  'error.store.full': {
    en: 'The disk is full: {path} could not be written and nothing was queued. Free some space and try again',
    ja: 'ディスクの空きがないため {path} に書き込めず、保存していません。空きを作ってからやり直してください',
  },
  'error.store.readonly': {
    en: '{path} cannot be written. Check who owns the folder and its permissions, or choose another --home',
    ja: '{path} に書き込めません。フォルダーの所有者と権限を確認するか、別の --home を指定してください',
  },
  'error.store.busy': {
    en: 'Another process is writing to {path}, and nothing was changed here. Run it again in a moment',
    ja: '別のプロセスが {path} に書き込み中のため、何も変更していません。少し待ってからやり直してください',
  },
  'error.store.sqlite': {
    en: 'This Node.js has an SQLite that can lose commits ({path} was not opened). Install Node.js 24 or newer',
    ja: 'このNode.jsのSQLiteは書き込みを失うことがあります（{path} は開いていません）。Node.js 24以降を入れてください',
  },

  'error.settings.unreadable': {
    en: 'The settings {file} cannot be read ({because}). Check who owns the file and its permissions',
    ja: '設定 {file} を読めません（{because}）。ファイルの所有者と権限を確認してください',
  },
  'error.settings.not_json': {
    en: 'The settings {file} are not valid JSON ({because}) and are left untouched. Mend the file, or move it away and run kizashi init',
    ja: '設定 {file} がJSONとして読めません（{because}）。変更していません。直すか、別の場所へ移して kizashi init を実行してください',
  },
  'error.settings.invalid': {
    en: 'The settings {file} are wrong at {key}: {because}. The file is left untouched; correct that entry',
    ja: '設定 {file} の {key} が正しくありません: {because}。変更していません。この項目を直してください',
  },
  'error.settings.newer': {
    en: 'The settings {file} were written by a newer kizashi and are left untouched. Update kizashi, or choose another --home',
    ja: '設定 {file} は新しい版のkizashiのものです。変更していません。kizashiを更新するか、別の --home を指定してください',
  },
  'error.settings.unwritable': {
    en: 'The settings {file} cannot be written ({because}). Check the folder’s permissions and free space',
    ja: '設定 {file} に書き込めません（{because}）。フォルダーの権限とディスクの空きを確認してください',
  },

  'error.secret.exposed': {
    en: 'The token file {path} can be read by others and is not used. Run chmod 600 on it; if others may have read it, make a new token in HubSpot',
    ja: 'トークンのファイル {path} が他人から読める状態のため使いません。chmod 600 を実行してください。読まれた恐れがあれば、HubSpotで新しいトークンを作ってください',
  },
  'error.secret.unreadable': {
    en: 'The token file {path} cannot be read. Check who owns it, or run kizashi init again',
    ja: 'トークンのファイル {path} を読めません。所有者を確認するか、kizashi init をやり直してください',
  },
  'error.secret.unwritable': {
    en: 'The token could not be kept in {path}. Check the folder’s permissions and free space, or set HUBSPOT_ACCESS_TOKEN',
    ja: 'トークンを {path} に保存できません。フォルダーの権限と空きを確認するか、HUBSPOT_ACCESS_TOKEN を設定してください',
  },
  'error.secret.bad_token': {
    en: 'That is not an access token: it is empty or holds blanks or control characters. Copy it again from HubSpot (Development > Keys)',
    ja: 'アクセストークンの形ではありません（空、または空白や制御文字を含みます）。HubSpot（開発 > キー）からコピーし直してください',
  },
  'error.secret.not_removed': {
    en: 'The token could not be removed from {path}. Remove it there by hand, and revoke it in HubSpot (Development > Keys)',
    ja: 'トークンを {path} から削除できません。手動で削除し、HubSpot（開発 > キー）でも無効にしてください',
  },
} as const satisfies Record<string, Message>;
